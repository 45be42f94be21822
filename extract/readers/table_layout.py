"""What a table really is: a grid of data, or a frame that lays out flowing text.

A page or document may put the whole report into one table: prose and headings in cells that span it,
the official tables nested or as rows among them. Rows of that kind are read as text, the rows between
as tables. Shared by the readers of formats that have table markup (HTML, DOCX).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from extract.model import Anchor
from extract.readers.blocks import Block, Cell, Paragraph, Picture, Row, Table
from extract.readers.titles_in_text import is_title, section_number
from extract.readers.wording import join_lines

_PROSE_CHARS = 120
"""No official cell is as long; a longer one is prose in a layout table."""
_SOLE_PROSE_CHARS = 60


class Placed(NamedTuple):
    """A block and the element of the original that it stands in."""

    block: Block
    element: Any


@dataclass(slots=True)
class RawCell:
    """A cell as met: where it stands in the original, and its own blocks."""

    locator: str
    blocks: list[Placed] = field(default_factory=list)

    def text(self) -> str:
        """The cell's lines, joined."""
        if len(self.blocks) == 1 and isinstance(self.blocks[0].block, Paragraph):
            return self.blocks[0].block.text
        return join_lines(placed.block.text for placed in self.blocks if isinstance(placed.block, Paragraph))

    def holds_table(self) -> bool:
        """Tell whether a table is nested in the cell."""
        return any(isinstance(placed.block, Table) for placed in self.blocks)

    def is_prose(self) -> bool:
        """Tell whether the cell holds more text than any label."""
        lengths = (len(placed.block.text) for placed in self.blocks if isinstance(placed.block, Paragraph))
        return sum(lengths) > _PROSE_CHARS


class GridRow(NamedTuple):
    """A row: its own cells by the column in which they begin; `alone`: it is one cell across the table."""

    cells: dict[int, RawCell]
    alone: bool


def lay_out(rows: Sequence[GridRow], element: object) -> Iterator[Placed]:
    """Yield the blocks of a table; columns and rows in which no cell begins are left out."""
    filled = [row for row in rows if row.cells]
    columns = sorted({column for row in filled for column in row.cells})
    for as_text, group in groupby(filled, lambda row: len(columns) == 1 or _is_layout(row)):
        members = list(group)
        if as_text:
            for row in members:
                for cell in row.cells.values():
                    yield from cell.blocks
        else:
            yield from _as_table(members, columns, element)


def _as_table(rows: Sequence[GridRow], columns: Sequence[int], element: object) -> Iterator[Placed]:
    grid = tuple(_grid_row(row, columns) for row in rows)
    if any(cell and cell.text for row in grid for cell in row):
        yield Placed(Table(grid), element)
    for row in rows:
        for cell in row.cells.values():
            yield from (placed for placed in cell.blocks if isinstance(placed.block, Picture))


def _grid_row(row: GridRow, columns: Sequence[int]) -> Row:
    owned = (row.cells.get(column) for column in columns)
    return tuple(Cell(cell.text(), Anchor(locator=cell.locator)) if cell else None for cell in owned)


def _is_layout(row: GridRow) -> bool:
    if any(cell.holds_table() for cell in row.cells.values()):
        return True
    if sum(cell.text().isdigit() for cell in row.cells.values()) > 1:
        return False
    if any(cell.is_prose() for cell in row.cells.values()):
        return True
    if not row.alone:
        return False
    text = next(iter(row.cells.values())).text()
    return len(text) > _SOLE_PROSE_CHARS or bool(section_number(text)) or is_title(text)
