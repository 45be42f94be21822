"""The grid reading: rows by their label within their group, cells by column header.

Used wherever the text shows cell boundaries. A table may come in several grids (page breaks), with its
header repeated or not; grids that hold nothing official are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.formats import TableForm, official_forms
from extract.labels import EXACT, squash
from extract.model import Problem
from extract.numbers import is_value
from extract.readings import LooseNumber, RowReading, TablesReading, is_ambiguous, row_name
from extract.table_cells import Grid, GridCell
from extract.tables_header import FOREIGN_HEADER, NO_HEADER, Header, official_keys, read_header
from extract.tables_labels import (
    DISCLOSURE,
    REMEDIES,
    REQUESTS,
    Context,
    article_of,
    header_of,
    is_number,
    label_of,
)
from extract.tables_place import LabelledRow, Piece, continued, place_rows

READER = "grid"
_ROW_OR_HEADING = "other_processing"
"""（六）其他处理 is a row of the form of 2019, and a heading in that of 2021."""


@dataclass(slots=True)
class _Open:
    """The piece that is being read: its header rows so far, and its data rows."""

    table: str
    group: str
    stacked: bool
    width: int
    head: list[tuple[GridCell, ...]] = field(default_factory=list)
    inherited: Header = NO_HEADER
    rows: list[LabelledRow] = field(default_factory=list)

    def header(self) -> Header:
        """Return the piece's own header, else the one of the piece before it."""
        own = read_header(self.head, self.table, self.group, self.stacked) if self.head else NO_HEADER
        return own if own.spans else self.inherited

    def move_to(self, group: str) -> None:
        """Count the piece to another group of its table; a header carried over may not be the group's."""
        self.group = group
        keys = self.inherited.keys
        if keys and not any(set(keys) <= set(own) for own in official_keys(self._form, group)):
            self.inherited = FOREIGN_HEADER

    @property
    def _form(self) -> TableForm:
        return official_forms().tables[self.table]


def read_grids(grids: Sequence[Grid]) -> TablesReading:
    """Read every official table in `grids`, in document order."""
    scanner = _Scanner()
    for grid in grids:
        scanner.read(grid)
    scanner.close()
    return scanner.reading


def _columns_of(row: LabelledRow) -> int:
    """Return how many columns the official row has at most."""
    forms = official_forms().tables
    table = next(table for table in forms.values() if not row.key or row.key in table.order)
    return 15 if not row.key else len(table.columns_of(row.key).columns)


def _may_be_torn(row: LabelledRow, below: int) -> bool:
    """Tell whether `below` numbers without a label may belong to the row above them.

    A whole row of them is another row, but for the one label that is a row or the heading of three.
    """
    return below < _columns_of(row) or row.key == _ROW_OR_HEADING


class _Scanner:
    """Walks over all grids once; knows which table it is in, and under which heading."""

    def __init__(self) -> None:
        self.reading = TablesReading()
        self.context = Context()
        self.piece: _Open | None = None
        self.strange = False

    def read(self, grid: Grid) -> None:
        official = False
        loose: list[LooseNumber] = []
        self._break(grid)
        for row in grid.rows:
            if self._read_row(row, grid.stacked):
                official = True
                self.reading.lines.update(cell.line for cell in row)
            else:
                table = self.context.table
                loose += [LooseNumber(c.line, c.text, table) for c in row if is_value(c.text.strip())]
        self.reading.loose += loose
        if official:
            self.reading.lines.update(range(grid.first_line, grid.last_line + 1))

    def close(self) -> None:
        """Place the rows of the open piece."""
        piece, self.piece = self.piece, None
        if piece and piece.rows:
            form = official_forms().tables[piece.table]
            done = Piece(form, piece.group, piece.stacked, piece.header(), tuple(piece.rows))
            self._take(done)

    def _break(self, grid: Grid) -> None:
        """Begin a new piece at a new grid; its header carries over where the grids are equally wide."""
        if self.piece is None:
            return
        width = max(len(row) for row in grid.rows)
        same = width == self.piece.width and grid.stacked == self.piece.stacked
        carried = self.piece.header() if same else NO_HEADER
        table, group = self.piece.table, self.piece.group
        self.close()
        self.piece = _Open(table, group, grid.stacked, width, inherited=carried)

    def _read_row(self, row: tuple[GridCell, ...], stacked: bool) -> bool:
        """Read one row; tell whether it is part of an official table."""
        article = article_of(row)
        if article:
            self._open(DISCLOSURE, article, row, stacked)
            return True
        table = header_of(row, self.context)
        if table:
            self._read_header(table, row, stacked)
            return True
        return self._read_data(row, stacked)

    def _open(self, table: str, group: str, row: tuple[GridCell, ...], stacked: bool) -> None:
        self.close()
        self.piece = _Open(table, group if table == DISCLOSURE else "", stacked, len(row))
        self.context = Context(table, group)
        self.reading.headed.add(table)

    def _read_header(self, table: str, row: tuple[GridCell, ...], stacked: bool) -> None:
        piece = self.piece
        group, previous = self.context.group, self.context.previous
        if piece is None or piece.table != table or piece.rows:
            self._open(table, group if table == self.context.table else "", row, stacked)
            if table == REQUESTS and self.context.table == table:
                self.context.group, self.context.previous = group, previous
        if self.piece:
            self.piece.head.append(row)

    def _read_data(self, row: tuple[GridCell, ...], stacked: bool) -> bool:
        here = self.context.table
        tried = (here or DISCLOSURE, DISCLOSURE, REQUESTS)
        if any(t != REMEDIES and self._read_labelled(t, row, stacked) for t in dict.fromkeys(tried)):
            return True
        if here == REMEDIES and self.piece and self.piece.head:
            return self._read_remedies(row)
        return bool(here) and self._read_rest(row)

    def _read_labelled(self, table: str, row: tuple[GridCell, ...], stacked: bool) -> bool:
        form = official_forms().tables[table]
        here = table == self.context.table
        context = self.context if here else Context(table)
        before = context.group
        label = label_of(row, form, context)
        if label is None:
            numbers = any(is_number(cell) for cell in row if not cell.empty)
            return here and context.group != before and not numbers
        if not here and label.score < EXACT:
            return False
        self._enter(table, label.key, context, row, stacked)
        if self.piece:
            self.piece.rows.append(LabelledRow(label.key, label.index, row))
        self.context.previous = label.key
        self.reading.unrecognised |= {table} if self.strange else set()
        self.strange = False
        return True

    def _read_rest(self, row: tuple[GridCell, ...]) -> bool:
        """Join the rest of a row that a page break went through; note what cannot be recognised."""
        rows = self.last_piece_rows()
        words = [cell for cell in row if not cell.empty and not is_number(cell)]
        numbers = [cell for cell in row if not cell.empty and is_number(cell)]
        if rows and len(words) == 1 and self._ends_label(rows[-1], words[0].text):
            joined = continued(rows[-1], row)
            if joined:
                rows[-1] = joined
                return True
        if rows and numbers and not words and _may_be_torn(rows[-1], len(numbers)):
            rows[-1] = replace(rows[-1], torn=rows[-1].torn | {cell.place for cell in numbers})
        self.strange = self.strange or bool(words)
        if numbers:
            self.reading.unrecognised.add(self.context.table)
        return False

    def last_piece_rows(self) -> list[LabelledRow]:
        """Return the data rows of the open piece, to which the next row may belong."""
        return self.piece.rows if self.piece else []

    def _ends_label(self, row: LabelledRow, text: str) -> bool:
        """Tell whether `text` is the end of the label that `row` begins."""
        labels = official_forms().tables[self.context.table].labels.labels
        head, rest = squash(row.cells[row.index].text), squash(text)
        cores = [label.number + core for label in labels if label.key == row.key for core in label.cores]
        return any(core == head + rest or core.removeprefix(head) == rest for core in cores if rest)

    def _enter(
        self, table: str, key: str, context: Context, row: tuple[GridCell, ...], stacked: bool
    ) -> None:
        """Make sure that the open piece is one that the row `key` belongs to."""
        form = official_forms().tables[table]
        group = form.group_of(key) or ""
        wanted = group if table == DISCLOSURE else ""
        if self.piece and self.piece.table == table and not self.piece.rows:
            self.piece.move_to(wanted)  # the row 第二十条… above this header is lost
        if self.piece is None or self.piece.table != table or self.piece.group != wanted:
            self._open(table, group, row, stacked)
        self.context.table, self.context.group = table, group if table == DISCLOSURE else context.group
        self.reading.headed.add(table)

    def _read_remedies(self, row: tuple[GridCell, ...]) -> bool:
        """Take a row of numbers (or an empty one) under the header of table 4 as its data row."""
        piece = self.piece
        words = [cell for cell in row if not cell.empty and not is_number(cell)]
        numbers = [cell for cell in row if not cell.empty and is_number(cell)]
        if piece is None or len(words) > 1 or not (numbers or not words):
            return False
        if not numbers and piece.rows:
            return False
        index = row.index(words[0]) if words else -1
        if words and index > row.index(numbers[0]):
            return False
        piece.rows.append(LabelledRow("", index, row))
        return True

    def _take(self, piece: Piece) -> None:
        for row, cells in zip(piece.rows, place_rows(piece), strict=True):
            line = row.cells[0].line
            if not cells:
                self._drop_row(row, piece)
            elif piece.form.key == REMEDIES:
                for official in piece.form.rows:
                    own = {
                        k.partition(".")[2]: v for k, v in cells.items() if k.startswith(official.key + ".")
                    }
                    if own:
                        self._add(RowReading(REMEDIES, official.key, READER, line, own), piece)
            else:
                self._add(RowReading(piece.form.key, row.key, READER, line, cells), piece)

    def _add(self, row: RowReading, piece: Piece) -> None:
        self.reading.rows.append(row)
        if is_ambiguous(row):
            raw = next(iter(row.cells.values())).raw
            detail = f"“{row_name(piece.form, row.row)}”的数字无法逐一对应各列：{raw}"
            self.reading.problems.append(Problem("row_ambiguous", detail))

    def _drop_row(self, row: LabelledRow, piece: Piece) -> None:
        self.reading.problems.append(
            Problem("column_missing", f"“{row_name(piece.form, row.key)}”一行没有可辨认的表头")
        )
        self.reading.loose += [
            LooseNumber(cell.line, cell.text, piece.form.key)
            for cell in row.values
            if is_number(cell) and not cell.empty
        ]
        self.reading.unrecognised.add(piece.form.key)
