"""Whether the numbers of a row in running text may be believed.

Where there are as many values as columns they are placed in official order. That is safe while nothing
in the document hints at lost or torn numbers. Once a row has the wrong count, rows whose digits could
also be joined otherwise must prove themselves by their sum, or are marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extract.formats import official_forms
from extract.model import State
from extract.numbers import AMBIGUOUS, BLANK
from extract.readings import CellReading, RowReading, TablesReading
from extract.tables_labels import DISCLOSURE, REMEDIES, REQUESTS

_DIGITS = re.compile(r"[0-9][0-9.,]*")
_LEAST_CELLS = 150
"""Of the 200 cells of a report, so many must stand a line each before that is how it is written."""


def adds_up(cells: Sequence[CellReading]) -> bool:
    """Tell whether the last cell is the sum of the others, marks and blanks counting as nothing."""
    if any(cell.value.state in (State.AMBIGUOUS, State.UNREADABLE) for cell in cells):
        return False
    *parts, total = (Decimal(cell.value.value or 0) for cell in cells)
    return sum(parts, Decimal(0)) == total


def may_be_joined(raws: Sequence[str]) -> bool:
    """Tell whether two neighbours could be one number torn apart: 2 3 may be 23, but 0 3 is never 03."""
    return any(
        left.isdigit() and not left.startswith("0") and _DIGITS.fullmatch(right) is not None
        for left, right in pairwise(raws)
    )


def _adds_up_joined(raws: Sequence[str]) -> bool:
    """Tell whether a row adds up with two neighbours as one number: 1 2 … 12, beside a blank cell."""
    for place in range(len(raws) - 1):
        if may_be_joined(raws[place : place + 2]):
            row = [*raws[:place], raws[place] + raws[place + 1], *raws[place + 2 :]]
            if all(map(str.isdecimal, row)) and sum(map(int, row[:-1])) == int(row[-1]):
                return True
    return False


def doubted_rows(reading: TablesReading) -> list[RowReading]:
    """Mark rows that may be torn, where other rows show that numbers are missing or torn."""
    states = [[cell.value for cell in row.cells.values()] for row in reading.rows]
    damaged = any(all(value in (AMBIGUOUS, BLANK) for value in values) for values in states)
    damaged = damaged or any(not number.alone for number in reading.loose)
    # Strays may be page numbers: they cast doubt on their own table only.
    tables = {number.table for number in reading.loose} | _tables_out_of_order(reading.rows)
    cell_a_line = not damaged and _is_cell_a_line(reading.rows)
    return [
        marked(row) if _is_doubtful(row, damaged or row.table in tables, cell_a_line) else row
        for row in reading.rows
    ]


def _is_cell_a_line(rows: Sequence[RowReading]) -> bool:
    """Tell whether each number of the document stands on a line of its own, so that none is in pieces."""
    lines = [cell.place[0] for row in rows for cell in row.cells.values() if cell.place]
    return len(lines) >= _LEAST_CELLS and len(set(lines)) == len(lines)


def _tables_out_of_order(rows: Sequence[RowReading]) -> set[str]:
    """Find tables in which more sums fail than one wrong number explains: numbers may have moved."""
    found = set()
    suits = [row for row in rows if row.table == REMEDIES]
    if sum(not adds_up(list(row.cells.values())) for row in suits) > 1:
        found.add(REMEDIES)
    requests = {row.row: row.cells for row in rows if row.table == REQUESTS}
    edges = {"received", "carried_in", "processed_total", "carried_forward"}
    if edges <= set(requests) and sum(not _balances(requests, key) for key in requests["received"]) > 1:
        found.add(REQUESTS)
    return found


def _balances(rows: Mapping[str, Mapping[str, CellReading]], key: str) -> bool:
    """Tell whether both sums of a column of table 3 hold."""
    column = {row: Decimal(cells[key].value.value or 0) for row, cells in rows.items()}
    new, old = column.pop("received"), column.pop("carried_in")
    total, left = column.pop("processed_total"), column.pop("carried_forward")
    return new + old == total + left and total == sum(column.values())


def _is_doubtful(row: RowReading, damaged: bool, cell_a_line: bool) -> bool:
    """Tell whether a row's numbers may be torn ones that only happen to be as many as its columns."""
    cells = list(row.cells.values())
    lines = [cell.place[0] for cell in cells if cell.place]
    if row.table == REQUESTS and damaged and _is_in_pieces(lines):
        return True
    if row.table == DISCLOSURE:
        torn = damaged and may_be_joined([cell.raw for cell in cells])
        scattered = len(set(lines)) > 1 and not cell_a_line
        return len(cells) > 1 and (torn or scattered or not _fits_kinds(row))
    is_told_apart = cell_a_line and not _adds_up_joined([cell.raw for cell in cells])
    broken = len(set(lines)) > 1 and not is_told_apart
    return (damaged or broken) and not adds_up(cells)


def _is_in_pieces(lines: Sequence[int]) -> bool:
    """Tell rows with two numbers or more on each of several lines: wrapped numbers leave such pieces.

    The total alone on its line is a wrapped row; its last digits alone would not make the sum.
    """
    counts = Counter(lines)
    return len(counts) > 1 and min(counts.values()) > 1


def _fits_kinds(row: RowReading) -> bool:
    """Tell whether no count of a row is a broken number."""
    columns = official_forms().tables[row.table].columns_of(row.row)
    return all(
        isinstance(cell.value.value, int | None) or columns.column(key).kind == "amount"
        for key, cell in row.cells.items()
    )


def marked(row: RowReading) -> RowReading:
    """Return the row with every cell ambiguous, its raw strings kept."""
    cells = {key: replace(cell, value=AMBIGUOUS) for key, cell in row.cells.items()}
    return replace(row, cells=cells)
