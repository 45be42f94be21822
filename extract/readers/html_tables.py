"""From the cells of an HTML table to blocks: its grid, or its content where it only lays out the page.

A page may put the whole report into one table: prose and headings in cells that span it, the official
tables nested or as rows among them. Rows of that kind are read as text, the rows between as tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple, TypeAlias

from bs4 import Tag

from extract.errors import UnreadableDocument
from extract.model import Anchor
from extract.readers.blocks import Block, Cell, Paragraph, Picture, Row, Table
from extract.readers.limits import MAX_GRID_CELLS, MAX_SPAN
from extract.readers.titles_in_text import is_title, section_number
from extract.readers.wording import join_lines

_PROSE_CHARS = 120
"""No official cell is as long; a longer one is prose in a layout table."""
_SOLE_PROSE_CHARS = 60


class Placed(NamedTuple):
    """A block and the element that it stands in."""

    block: Block
    element: Tag


@dataclass(slots=True)
class RawCell:
    """A td or th as met; spans as written (rowspan 0: to the end of the table)."""

    locator: str
    rowspan: int
    colspan: int
    blocks: list[Placed] = field(default_factory=list)

    def text(self) -> str:
        """The cell's lines, joined."""
        if len(self.blocks) == 1 and isinstance(self.blocks[0].block, Paragraph):
            return self.blocks[0].block.text
        return join_lines(placed.block.text for placed in self.blocks if isinstance(placed.block, Paragraph))

    def is_prose(self) -> bool:
        """Tell whether the cell holds flowing content: a nested table, or more text than a label."""
        chars = 0
        for placed in self.blocks:
            if isinstance(placed.block, Table):
                return True
            if isinstance(placed.block, Paragraph):
                chars += len(placed.block.text)
        return chars > _PROSE_CHARS


@dataclass(slots=True)
class RawTable:
    """A table as met: its own rows, each with its own cells; `number` counts from 1 in the page."""

    element: Tag
    number: int
    rows: list[list[RawCell]] = field(default_factory=list)


class _GridRow(NamedTuple):
    cells: dict[int, RawCell]  # by the column in which they begin
    alone: bool  # one cell, and nothing continues into this row


_Columns: TypeAlias = list[int]


def lay_out(table: RawTable) -> Iterator[Placed]:
    """Yield the blocks of `table`; raises UnreadableDocument where its spans exceed the limit."""
    columns, rows = _expand(table.rows)
    for as_text, group in groupby(rows, lambda row: len(columns) == 1 or _is_layout(row)):
        members = list(group)
        if as_text:
            for row in members:
                for cell in row.cells.values():
                    yield from cell.blocks
        else:
            yield from _as_table(members, columns, table.element)


def _as_table(rows: Sequence[_GridRow], columns: _Columns, element: Tag) -> Iterator[Placed]:
    grid = tuple(_grid_row(row, columns) for row in rows)
    if any(cell and cell.text for row in grid for cell in row):
        yield Placed(Table(grid), element)
    for row in rows:
        for cell in row.cells.values():
            yield from (placed for placed in cell.blocks if isinstance(placed.block, Picture))


def _grid_row(row: _GridRow, columns: _Columns) -> Row:
    owned = ((row.cells.get(column)) for column in columns)
    return tuple(Cell(cell.text(), Anchor(locator=cell.locator)) if cell else None for cell in owned)


def _is_layout(row: _GridRow) -> bool:
    if any(cell.is_prose() for cell in row.cells.values()):
        return True
    if not row.alone:
        return False
    text = next(iter(row.cells.values())).text()
    return len(text) > _SOLE_PROSE_CHARS or bool(section_number(text)) or is_title(text)


def _expand(rows: Sequence[list[RawCell]]) -> tuple[_Columns, list[_GridRow]]:
    """Place the cells by the rules of HTML; columns and rows in which no cell begins are dropped."""
    covered: set[tuple[int, int]] = set()
    placed: list[_GridRow] = []
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
                raise UnreadableDocument(f"表格过大，超过上限 {MAX_GRID_CELLS} 格")
            covered.update((r + i, c + j) for i in range(height) for j in range(width))
            c += width
        if cells:
            alone = (
                len(cells) == 1 and 0 in cells and not any((r, n) in covered for n in range(c, c + MAX_SPAN))
            )
            placed.append(_GridRow(cells, alone))
    return sorted({c for row in placed for c in row.cells}), placed
