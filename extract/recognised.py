"""Which recognised numbers are believed: those read twice alike, or confirmed by the sums.

A page that is a picture is read by text recognition. Every table cell there has two readings, one of the
page and one of the cell alone. Where they agree the cell is settled. Where they differ, the sums of the
official tables may decide between them: a candidate is taken if it is the only combination that makes a
sum come out. What stays open is ambiguous, never a guess; and a cell that is not blank by both readings
is not blank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeAlias

from extract.formats import official_forms
from extract.labels import half_width
from extract.model import CellKey, NormalizedText, Number, Problem, State
from extract.numbers import AMBIGUOUS, CellValue, read_cell
from extract.readings import CellReading, RowReading

READER = "ocr"
_Cell: TypeAlias = tuple[str, str, str]
"""(table, row, column)."""
_TOTAL = "total"
_INCOMING, _PROCESSED, _CARRIED = ("received", "carried_in"), "processed_total", "carried_forward"
_MOST_OPEN = 4
"""Cells of one sum that may be open at once; more leave too many combinations."""
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "〇": "0", "○": "0", "D": "0", "l": "1", "I": "1", "|": "1"})


@dataclass(frozen=True, slots=True)
class _Sum:
    """The cells of `left` together are the cells of `right` together."""

    left: tuple[_Cell, ...]
    right: tuple[_Cell, ...]

    @property
    def cells(self) -> tuple[_Cell, ...]:
        """All of them."""
        return (*self.left, *self.right)


def confirm(rows: Sequence[RowReading], text: NormalizedText) -> tuple[list[RowReading], list[Problem]]:
    """Settle the cells of recognised pages; the others are left as they are."""
    if not text.recognised_pages:
        return list(rows), []
    book = _Book(rows, text)
    book.settle()
    settled = [book.row(row) for row in rows]
    if not book.open:
        return settled, []
    detail = f"{len(book.open)} 个数字两次识别不一致，也没有合计可以核对，未采用"
    return settled, [Problem("recognised_unconfirmed", detail)]


class _Book:
    """The cells of a report that are open, and the values of those that are settled."""

    def __init__(self, rows: Sequence[RowReading], text: NormalizedText) -> None:
        self.open: dict[_Cell, tuple[Number, ...]] = {}
        self.values: dict[_Cell, Number] = {}
        self.taken: dict[_Cell, Number] = {}
        self.recognised: set[_Cell] = set()
        self._sums = list(_sums(rows))
        for row in rows:
            places = Counter(cell.place for cell in row.cells.values())
            for column, cell in row.cells.items():
                self._enter((row.table, row.row, column), cell, text, torn=places[cell.place] > 1)

    def _enter(self, key: _Cell, cell: CellReading, text: NormalizedText, *, torn: bool) -> None:
        if _is_recognised(cell.place, text):
            self.recognised.add(key)
            second = text.recognised.get(cell.place) if cell.place else None
            if second is None or not _same(cell.raw, second):
                self.open[key] = () if torn else _candidates(cell, second or "", key)
                return
        value = _summand(cell.value)
        if value is not None:
            self.values[key] = value

    def settle(self) -> None:
        """Let sums decide open cells until nothing changes; then doubt what every sum contradicts."""
        changed = True
        while changed:
            changed = sum(self._decide(one) for one in self._sums) > 0
        for key in self._contradicted():
            self.open[key] = ()

    def _decide(self, one: _Sum) -> bool:
        """Take the only combination of candidates with which a sum comes out."""
        unknown = [cell for cell in one.cells if cell not in self.values]
        if not 0 < len(unknown) <= _MOST_OPEN or not all(self.open.get(cell) for cell in unknown):
            return False
        fitting = [
            chosen
            for chosen in product(*(self.open[cell] for cell in unknown))
            if self._holds(one, dict(zip(unknown, chosen, strict=True)))
        ]
        if len(fitting) != 1:
            return False
        for cell, value in zip(unknown, fitting[0], strict=True):
            self.values[cell] = self.taken[cell] = value
            del self.open[cell]
        return True

    def _holds(self, one: _Sum, chosen: Mapping[_Cell, Number]) -> bool:
        known = {**self.values, **chosen}
        return sum(known[cell] for cell in one.left) == sum(known[cell] for cell in one.right)

    def _contradicted(self) -> list[_Cell]:
        """Return the recognised cells whose sums all fail, of at least two: both readings are wrong there."""
        known = [one for one in self._sums if all(cell in self.values for cell in one.cells)]
        verdicts: dict[_Cell, list[bool]] = {}
        for one in known:
            holds = self._holds(one, {})
            for cell in one.cells:
                verdicts.setdefault(cell, []).append(holds)
        return [
            cell
            for cell, holds in verdicts.items()
            if cell in self.recognised and len(holds) > 1 and not any(holds)
        ]

    def row(self, row: RowReading) -> RowReading:
        """Return a row with its recognised cells settled or marked."""
        cells = {column: self._cell((row.table, row.row, column), cell) for column, cell in row.cells.items()}
        own = any((row.table, row.row, column) in self.recognised for column in row.cells)
        return replace(row, cells=cells, reader=READER if own else row.reader)

    def _cell(self, key: _Cell, cell: CellReading) -> CellReading:
        if key not in self.recognised:
            return cell
        if key in self.taken:
            return replace(cell, value=CellValue(State.READ, self.taken[key], cell.value.note))
        if key in self.open:
            return replace(cell, value=AMBIGUOUS)
        return cell


def _is_recognised(place: CellKey | None, text: NormalizedText) -> bool:
    """Tell whether a cell stands on a recognised page; one without a place is taken to."""
    anchor = text.anchors.get(place) or text.anchors.get((place[0], 0)) if place else None
    return anchor is None or anchor.page in text.recognised_pages


def _same(first: str, second: str) -> bool:
    """Tell whether two readings of a cell say the same; blanks are the layout's, not the recogniser's."""
    one, other = ("".join(half_width(raw).split()) for raw in (first, second))
    return one == other or (
        bool(one) and read_cell(one).state is State.READ and one == other.translate(_LOOKALIKES)
    )


def _candidates(cell: CellReading, second: str, key: _Cell) -> tuple[Number, ...]:
    """Return the numbers that either reading offers."""
    kind = "amount" if key[0] == "disclosure" and key[2] == "amount" else "count"
    whole = "".join(cell.raw.split())  # a blank is the layout's doubt whether a number goes on
    readings = [cell.value, read_cell(whole, kind), read_cell(second.translate(_LOOKALIKES), kind)]
    found = [one.value for one in readings if one.state is State.READ and one.value is not None]
    return tuple(dict.fromkeys(found))


def _summand(value: CellValue) -> Number | None:
    """Return what a settled cell adds to a sum, None where that is not known."""
    if value.state is State.READ:
        return value.value
    return 0 if value.state in (State.BLANK, State.MARK) else None


def _sums(rows: Sequence[RowReading]) -> Iterator[_Sum]:
    """Yield the sums of tables 3 and 4 that the document has all the cells of."""
    for row in rows:
        parts = tuple((row.table, row.row, column) for column in row.cells if column != _TOTAL)
        if row.table in ("requests", "remedies") and _TOTAL in row.cells and parts:
            yield _Sum(parts, ((row.table, row.row, _TOTAL),))
    held = {row.row: row for row in rows if row.table == "requests"}
    for column in sorted({column for row in held.values() for column in row.cells}):
        yield from _column_sums(held, column)


def _column_sums(held: Mapping[str, RowReading], column: str) -> Iterator[_Sum]:
    forms, table = official_forms(), "requests"
    total = (table, _PROCESSED, column)
    for form in forms.by_id:
        outcomes = [key for key in forms.row_keys(form, table) if forms.tables[table].group_of(key)]
        if all(key in held and column in held[key].cells for key in outcomes):
            yield _Sum(tuple((table, key, column) for key in outcomes if key != _PROCESSED), (total,))
            break
    if all(key in held and column in held[key].cells for key in (*_INCOMING, _PROCESSED, _CARRIED)):
        incoming = tuple((table, key, column) for key in _INCOMING)
        yield _Sum(incoming, (total, (table, _CARRIED, column)))
