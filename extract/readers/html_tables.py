"""The grid of an HTML table: rowspan and colspan expanded by the rules of HTML, within limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bs4.element import Tag

from extract.errors import TooLarge
from extract.readers.limits import MAX_GRID_CELLS, MAX_SPAN
from extract.readers.table_layout import GridRow, RawCell


@dataclass(slots=True)
class SpanCell(RawCell):
    """A td or th; spans as written (rowspan 0: to the end of the table)."""

    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True)
class RawTable:
    """A table as met: its own rows, each with its own cells; `number` counts from 1 in the page."""

    element: Tag
    number: int
    rows: list[list[SpanCell]] = field(default_factory=list)


def expand(rows: Sequence[list[SpanCell]]) -> list[GridRow]:
    """Place the cells; raises UnreadableDocument where the spans make more cells than any report."""
    covered: set[tuple[int, int]] = set()
    placed: list[GridRow] = []
    for r, row in enumerate(rows):
        cells: dict[int, RawCell] = {}
        c = 0
        for cell in row:
            while (r, c) in covered:
                c += 1
            cells[c] = cell
            height = min(cell.rowspan or len(rows), MAX_SPAN, len(rows) - r)
            width = max(1, min(cell.colspan, MAX_SPAN))
            if len(covered) + height * width > MAX_GRID_CELLS:
                raise TooLarge(f"表格过大，超过上限 {MAX_GRID_CELLS} 格")
            covered.update((r + i, c + j) for i in range(height) for j in range(width))
            c += width
        alone = list(cells) == [0] and not any((r, n) in covered for n in range(c, c + MAX_SPAN))
        placed.append(GridRow(cells, alone))
    return placed
