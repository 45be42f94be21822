"""Place the cells of a row in columns: by cell boundaries, never by counting where those say more.

Three ways, in this order:

    aligned    the row's label stands left of the first column, and under each header one value at most
    counted    the row is visibly shifted, or there is no header: exactly as many values as columns
    ambiguous  neither holds: the whole row is marked, its raw strings are kept
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.formats import TableForm
from extract.model import State
from extract.numbers import AMBIGUOUS, header_unit, is_value
from extract.readings import CellReading, ambiguous_cells, read_as
from extract.table_cells import GridCell
from extract.tables_header import Header, Span, column_named, official_keys
from extract.tables_labels import REMEDIES, REQUESTS


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

    @property
    def swallows_values(self) -> bool:
        """Tell whether the label's cell holds numbers and no other cell has any: borders are lost."""
        words = self.cells[max(self.index, 0)].text.split()
        is_bare = all(cell.empty or cell.covered for cell in self.values)
        return self.index >= 0 and is_bare and any(map(is_value, words[1:]))


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
    straight = _label_places(piece)
    aligned = [_is_aligned(row, piece) and _is_straight(row, piece, straight) for row in piece.rows]
    hidden = _hidden_columns(piece)
    placed = []
    usual = _usual_places(piece)
    for row, in_line in zip(piece.rows, aligned, strict=True):
        is_straight = piece.form.key == REQUESTS and _is_straight(row, piece, straight)
        pinned = usual if is_straight else frozenset[int]()
        cells = _place_by_span(row, piece, hidden) if in_line else _place_by_count(row, piece, usual, pinned)
        if row.swallows_values or (in_line and not (all(aligned) or _is_pinned(cells))):
            cells = _mark_row(row, piece)
        placed.append(_mark_torn(cells, row) if row.torn else cells)
    return _doubt_totals([_doubt_shift(cells, piece) for cells in placed], piece)


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
    if piece.stacked or not spans or row.index >= spans[0].start or len(row.cells) < piece.header.width:
        return False
    beside = row.cells[row.index + 1 : spans[0].start] + row.cells[spans[-1].end :]
    return all(cell.empty for cell in beside) and all(len(_filled(row, span)) <= 1 for span in spans)


def _filled(row: LabelledRow, span: Span) -> list[GridCell]:
    return [cell for cell in row.cells[span.start : span.end] if not cell.empty]


def _hidden_columns(piece: Piece) -> dict[str, tuple[str, ...]]:
    """Find official columns that are there although their header is not: {column before it: columns}.

    A header is lost, not its column, where there is a grid place too many. "" stands for the left edge.
    """
    official, spans = column_keys(piece), piece.header.spans
    if piece.header.complete or piece.stacked or not spans or not official:
        return {}
    known = [official.index(span.key) for span in spans]
    room = {span.key: span.end - span.start > 1 for span in spans}
    room[spans[-1].key] = any(len(row.cells) > spans[-1].start + 1 for row in piece.rows)
    labels = max((row.index for row in piece.rows if row.index < spans[0].start), default=spans[0].start)
    hidden = {"": official[: known[0]]} if spans[0].start - labels > 1 else {}
    for span, start, end in zip(spans, known, [*known[1:], len(official)], strict=True):
        if room[span.key]:
            hidden[span.key] = official[start + 1 : end]
    return {key: columns for key, columns in hidden.items() if columns}


def _label_class(row: LabelledRow, piece: Piece) -> str:
    """Return the depth at which a row's label stands in table 3: rows of one depth share a place."""
    group = piece.form.group_of(row.key) if row.key else None
    return "item" if group and group != "outcomes" else group or ""


def _label_places(piece: Piece) -> dict[str, int]:
    """Return where the labels of each depth stand in most rows."""
    places: dict[str, list[int]] = {}
    for row in piece.rows:
        places.setdefault(_label_class(row, piece), []).append(row.index)
    return {depth: max(sorted(set(own)), key=own.count) for depth, own in places.items()}


def _is_straight(row: LabelledRow, piece: Piece, places: Mapping[str, int]) -> bool:
    """Tell whether a row's label stands where those of its depth do: else the row is shifted."""
    return piece.form.key != REQUESTS or row.index == places[_label_class(row, piece)]


def _usual_places(piece: Piece) -> frozenset[int]:
    """Return the places filled in most rows of a piece, where at least two rows agree."""
    filled = [frozenset(cell.place for cell in row.values if not cell.empty) for row in piece.rows]
    most = max(filled, key=filled.count, default=frozenset[int]())
    return most if filled.count(most) > 1 else frozenset()


def _place_by_span(
    row: LabelledRow, piece: Piece, hidden: Mapping[str, tuple[str, ...]]
) -> dict[str, CellReading]:
    cells = ambiguous_cells(hidden.get("", ()), "", None)
    left = ""
    for span in piece.header.spans:
        filled = _filled(row, span)
        cells[span.key] = _read(piece, span.key, filled[0] if filled else row.cells[span.start])
        doubtful = bool(filled) and span.key in hidden and span.end - span.start > 1
        if not filled and left and all(cell.covered for cell in row.cells[span.start : span.end]):
            # One merged cell over two columns: its number belongs to either.
            cells[left] = replace(cells[left], value=AMBIGUOUS)
            doubtful = True
        elif filled or not row.cells[span.start].covered:
            left = span.key if filled else ""
        if doubtful:
            cells[span.key] = replace(cells[span.key], value=AMBIGUOUS)
        cells |= ambiguous_cells(hidden.get(span.key, ()), "", None)
    return cells


def _place_by_count(
    row: LabelledRow, piece: Piece, usual: frozenset[int], pinned: frozenset[int]
) -> dict[str, CellReading]:
    keys, values = column_keys(piece), row.values
    filled = [number for number, cell in enumerate(values) if not cell.empty]
    chosen: Sequence[GridCell] = ()
    if piece.stacked:
        chosen = values if len(values) == len(keys) else ()
    elif filled and filled[-1] - filled[0] + 1 == len(keys):
        chosen = values[filled[0] : filled[-1] + 1]
    elif len(filled) == len(keys) and frozenset(values[n].place for n in filled) == usual:
        chosen = [values[number] for number in filled]  # every column is several grid places wide
    elif len(filled) < len(keys) == len(pinned) and _is_within(row, pinned):
        chosen = [cell for cell in values if cell.place in pinned]  # the first or the last cell is blank
    elif not filled and len(values) >= len(keys):
        chosen = values[: len(keys)]
    if not keys or not chosen:
        return _mark_row(row, piece)
    return {key: _read(piece, key, cell) for key, cell in zip(keys, chosen, strict=True)}


def _is_within(row: LabelledRow, places: frozenset[int]) -> bool:
    """Tell whether a row has a cell at each of the places, and no value beside them."""
    has_all = places <= {cell.place for cell in row.values}
    return has_all and all(cell.place in places for cell in row.values if not cell.empty)


def _read(piece: Piece, key: str, cell: GridCell) -> CellReading:
    column = column_named(piece.form, piece.group, key)
    unit = header_unit(piece.header.text_of(key)) if column.kind == "amount" else ""
    return read_as(column, cell.text, (cell.line, cell.place), unit)


def _mark_row(row: LabelledRow, piece: Piece) -> dict[str, CellReading]:
    values = [cell for cell in row.values if not cell.empty]
    place = (values[0].line, values[0].place) if values else None
    official = official_keys(piece.form, piece.group)
    keys = column_keys(piece) or (official[0] if len(official) == 1 else ())
    return ambiguous_cells(keys, " ".join(cell.text for cell in values), place)


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
    empty = [not cell.raw for cell in cells.values()]
    return all(empty) or not (empty[0] or empty[-1])


def _doubt_totals(placed: list[dict[str, CellReading]], piece: Piece) -> list[dict[str, CellReading]]:
    """Mark rows of table 3 with an empty total, where other rows have one: a cell before it may be lost."""
    if piece.form.key != REQUESTS:
        return placed
    totals = [cells["total"].value.value for cells in placed if "total" in cells]
    if all(total is None for total in totals):
        return placed
    checked = []
    for row, cells in zip(piece.rows, placed, strict=True):
        lost = "total" in cells and cells["total"].value.state is State.BLANK
        checked.append(_mark_row(row, piece) if lost and _may_have_moved(cells) else cells)
    return checked


def _may_have_moved(cells: dict[str, CellReading]) -> bool:
    """Tell whether the last number before an empty total is the sum of the others: it may be the total."""
    if any(cell.value.state in (State.AMBIGUOUS, State.UNREADABLE) for cell in cells.values()):
        return any(cell.value.value for cell in cells.values())
    *parts, last = (Decimal(cell.value.value or 0) for key, cell in cells.items() if key != "total")
    return last > 0 and sum(parts, Decimal(0)) == last


def _doubt_shift(cells: dict[str, CellReading], piece: Piece) -> dict[str, CellReading]:
    """Mark the row of table 4 if it ends blank, its sums fail, and one place to the right all would hold."""
    if piece.form.key != REMEDIES or not cells:
        return cells
    values = [Decimal(cell.value.value or 0) for cell in cells.values()]
    if (
        list(cells.values())[-1].raw
        or _groups_add_up(values)
        or not _groups_add_up([Decimal(0), *values[:-1]])
    ):
        return cells
    return {key: replace(cell, value=AMBIGUOUS) for key, cell in cells.items()}


def _groups_add_up(values: Sequence[Decimal]) -> bool:
    groups = [values[start : start + 5] for start in range(0, len(values), 5)]
    return all(sum(group[:-1], Decimal(0)) == group[-1] for group in groups)
