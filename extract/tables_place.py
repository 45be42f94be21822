"""Place the cells of a row in columns: by cell boundaries, never by counting where those say more.

Three ways, in this order:

    aligned    the row's label stands left of the first column, and under each header one value at most
    counted    the row is visibly shifted, or there is no header: exactly as many values as columns
    ambiguous  neither holds: the whole row is marked, its raw strings are kept
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.formats import TableForm
from extract.model import State
from extract.numbers import AMBIGUOUS, header_unit
from extract.readings import CellReading, ambiguous_cells, read_as
from extract.table_cells import GridCell
from extract.tables_header import Header, Span, column_named, official_keys
from extract.tables_labels import REQUESTS


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A data row of a grid: its key and the index of its label's cell (-1: it has none).

    `torn` are places under which a further number without a label stands: part of this one, or not.
    """

    key: str
    index: int
    cells: tuple[GridCell, ...]
    torn: frozenset[int] = frozenset()

    @property
    def values(self) -> tuple[GridCell, ...]:
        """The cells right of the label."""
        return self.cells[self.index + 1 :]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one official table under one header; `group` only where groups have own columns."""

    form: TableForm
    group: str
    stacked: bool
    header: Header
    rows: tuple[LabelledRow, ...]


def place_rows(piece: Piece) -> list[dict[str, CellReading]]:
    """Return the cells by column key of each row, in order; {} where the columns are not known."""
    aligned = [_is_aligned(row, piece) for row in piece.rows]
    spread = _spread_columns(piece, aligned)
    placed = []
    for row, straight in zip(piece.rows, aligned, strict=True):
        cells = _place_by_span(row, piece, spread) if straight else _place_by_count(row, piece)
        if (straight and not (all(aligned) or _is_pinned(cells))) or _may_be_shifted(cells, piece):
            cells = _mark_row(row, piece)
        placed.append(_mark_torn(cells, row) if row.torn else cells)
    return placed


def column_keys(piece: Piece) -> tuple[str, ...]:
    """Return the columns of a piece: those of its header, else the official ones if they are certain."""
    if piece.header.complete:
        return piece.header.keys
    if not piece.header.ordered:
        return ()
    official = official_keys(piece.form, piece.group)
    known = [keys for keys in official if set(piece.header.keys) <= set(keys)]
    return known[0] if len(known) == 1 else ()


def _is_aligned(row: LabelledRow, piece: Piece) -> bool:
    """Tell whether every value stands under its header: one a column, none beside them."""
    spans = piece.header.spans
    if piece.stacked or not spans or row.index >= spans[0].start or len(row.cells) <= spans[-1].start:
        return False
    beside = row.cells[row.index + 1 : spans[0].start] + row.cells[spans[-1].end :]
    return all(cell.empty for cell in beside) and all(len(_filled(row, span)) <= 1 for span in spans)


def _filled(row: LabelledRow, span: Span) -> list[GridCell]:
    return [cell for cell in row.cells[span.start : span.end] if not cell.empty]


def _spread_columns(piece: Piece, aligned: Sequence[bool]) -> frozenset[str]:
    """Find columns that may hide another whose header is lost: values at two places of one span."""
    if piece.header.complete:
        return frozenset()
    rows = [row for row, straight in zip(piece.rows, aligned, strict=True) if straight]
    return frozenset(
        span.key
        for span in piece.header.spans
        if len({cell.place for row in rows for cell in _filled(row, span)}) > 1
    )


def _place_by_span(row: LabelledRow, piece: Piece, spread: frozenset[str]) -> dict[str, CellReading]:
    cells: dict[str, CellReading] = {}
    left = ""
    for span in piece.header.spans:
        filled = _filled(row, span)
        cells[span.key] = _read(piece, span.key, filled[0] if filled else row.cells[span.start])
        doubtful = bool(filled) and span.key in spread
        if not filled and left and all(cell.covered for cell in row.cells[span.start : span.end]):
            # One merged cell over two columns: its number belongs to either.
            cells[left] = replace(cells[left], value=AMBIGUOUS)
            doubtful = True
        elif filled or not row.cells[span.start].covered:
            left = span.key if filled else ""
        if doubtful:
            cells[span.key] = replace(cells[span.key], value=AMBIGUOUS)
    return cells


def _place_by_count(row: LabelledRow, piece: Piece) -> dict[str, CellReading]:
    keys, values = column_keys(piece), row.values
    filled = [number for number, cell in enumerate(values) if not cell.empty]
    chosen: Sequence[GridCell] = ()
    if piece.stacked and len(values) == len(keys):
        chosen = values
    elif len(filled) == len(keys):
        chosen = [values[number] for number in filled]
    elif filled and not piece.stacked and filled[-1] - filled[0] + 1 == len(keys):
        chosen = values[filled[0] : filled[-1] + 1]
    elif not filled and len(values) >= len(keys):
        chosen = values[: len(keys)]
    if not keys or not chosen:
        return _mark_row(row, piece)
    return {key: _read(piece, key, cell) for key, cell in zip(keys, chosen, strict=True)}


def _read(piece: Piece, key: str, cell: GridCell) -> CellReading:
    column = column_named(piece.form, piece.group, key)
    return read_as(column, cell.text, (cell.line, cell.place), header_unit(piece.header.text_of(key)))


def _mark_row(row: LabelledRow, piece: Piece) -> dict[str, CellReading]:
    values = [cell for cell in row.values if not cell.empty]
    place = (values[0].line, values[0].place) if values else None
    return ambiguous_cells(column_keys(piece), " ".join(cell.text for cell in values), place)


def _mark_torn(cells: dict[str, CellReading], row: LabelledRow) -> dict[str, CellReading]:
    return {
        key: replace(cell, value=AMBIGUOUS) if cell.place and cell.place[1] in row.torn else cell
        for key, cell in cells.items()
    }


def continued(row: LabelledRow, below: Sequence[GridCell]) -> LabelledRow | None:
    """Join a row with its rest below (a page break went through it), or None where they do not fit.

    Where both pieces hold a number, the joined cell reads as two numbers and is ambiguous.
    """
    if len(below) != len(row.cells):
        return None
    cells = [
        under if over.empty else replace(over, text=f"{over.text} {under.text}".strip())
        for over, under in zip(row.cells, below, strict=True)
    ]
    cells[row.index] = row.cells[row.index]
    return replace(row, cells=tuple(cells))


def _is_pinned(cells: dict[str, CellReading]) -> bool:
    """Tell whether a row's place is certain beside shifted rows: values at both ends, or none at all."""
    blank = [cell.value.state is State.BLANK for cell in cells.values()]
    return all(blank) or not (blank[0] or blank[-1])


def _may_be_shifted(cells: dict[str, CellReading], piece: Piece) -> bool:
    """Tell whether a row with an empty total would add up if it stood one column further right."""
    if piece.form.key != REQUESTS or not cells:
        return False
    values = [cell.value.value for cell in cells.values()]
    if values[-1] is not None or not any(values):
        return False
    *parts, total = values[:-1]
    return total is not None and sum((Decimal(part) for part in parts if part), Decimal(0)) == total
