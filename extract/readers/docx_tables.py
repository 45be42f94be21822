"""The grid of a DOCX table: gridSpan, vMerge, skipped columns; slivers between ragged rows closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.etree import _Element as Element

from extract.readers.docx_markup import Names
from extract.readers.limits import MAX_SPAN

_SLIVER_TWIPS = 113
"""2 mm. Rows dragged by hand differ by less; no column of a report is as narrow."""


class Columns:
    """The grid columns of a table, with those that only a sliver separates made one.

    Word gives every edge of every row a grid line, so that two rows whose edges differ by a hair have
    cells in different grid columns.
    """

    def __init__(self, table: Element, names: Names) -> None:
        """Read the widths of w:tblGrid; where they are missing nothing is made one."""
        self._first: list[int] = []
        grid = names.find(table, "tblGrid")
        widths = [] if grid is None else [names.number(c, attribute="w", default=-1) for c in grid][:MAX_SPAN]
        for column in range(len(widths)):
            closes = column > 0 and 0 <= widths[column - 1] <= _SLIVER_TWIPS
            self._first.append(self._first[-1] if closes else column)

    def snapped(self, column: int) -> int:
        """Return the first of the columns that `column` belongs with."""
        return self._first[column] if column < len(self._first) else column


def place_cells(row: Element, cells: Sequence[Element], names: Names) -> Iterator[tuple[int, int]]:
    """Yield (number in the row, grid column) for the cells that begin in this row."""
    column = max(0, min(names.number(row, "trPr", "gridBefore"), MAX_SPAN))
    for number, cell in enumerate(cells):
        if not _continues(cell, names):
            yield number, column
        column += max(1, min(names.number(cell, "tcPr", "gridSpan", default=1), MAX_SPAN))


def _continues(cell: Element, names: Names) -> bool:
    """Tell cells that only carry on the one above (vMerge) or to the left (hMerge, of older files)."""
    for merge in ("vMerge", "hMerge"):
        element = names.find(cell, "tcPr", merge)
        if element is not None and element.get(names.tag("val"), "continue") == "continue":
            return True
    return names.find(cell, "tcPr", "cellDel") is not None
