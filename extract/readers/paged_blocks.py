"""Pages to blocks: tables by the grid, everything else as paragraphs in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.model import Anchor, Problem
from extract.readers.blocks import Block, Cell, Paragraph, Picture, Row, Table
from extract.readers.cell_text import padding_of, text_of
from extract.readers.chains import find_chains
from extract.readers.fragments import find_fragments
from extract.readers.furniture import furniture_of
from extract.readers.glyph_lines import Line, lines_of
from extract.readers.grid import GridCell, GridRow, GridTable, build_grid
from extract.readers.page_breaks import joined_rows
from extract.readers.page_problems import page_problems
from extract.readers.paged import Box, Char, Page, displayed, upright
from extract.readers.paragraphs import goes_on, join_paragraph, margins_of

_LEAST_PICTURE_PT = 100.0
"""A picture smaller than this on a side is a seal or an ornament, not a table."""


@dataclass(frozen=True, slots=True)
class _Item:
    """Something on a page, with where it begins."""

    page: int
    top: float
    content: Line | GridTable | Picture


def paged_blocks(source: Iterable[Page]) -> tuple[list[Block], list[Problem]]:
    """Read pages into blocks in reading order, with the problems met."""
    pages = [upright(page) for page in source]
    fragments = [find_fragments(page, index) for index, page in enumerate(pages)]
    outside = [
        _seen(page, lines_of(_outside(page.chars, [piece.box for piece in pieces])))
        for page, pieces in zip(pages, fragments, strict=True)
    ]
    dropped = furniture_of(pages, outside)
    lines = [[line for line in page_lines if id(line) not in dropped] for page_lines in outside]
    furniture = [[_box(line) for line in page_lines if id(line) in dropped] for page_lines in outside]
    chars = [page.chars for page in pages]
    built = [build_grid(chain, chars) for chain in find_chains(fragments, lines)]
    tables = [table for table in built if table.column_count > 1]
    taken = set[int]().union(*(table.taken for table in tables))
    lines = [
        _seen(page, lines_of(char for char in _outside(page.chars, boxes) if id(char) not in taken))
        for page, boxes in zip(pages, furniture, strict=True)
    ]
    return list(_Layout(pages, lines, tables).blocks()), page_problems(pages)


def _seen(page: Page, lines: Iterable[Line]) -> list[Line]:
    """Leave out lines beyond the page's edges, which nobody sees (a table may well run over them)."""
    return [
        line
        for line in lines
        if line.x1 > 0 and line.x0 < page.width and line.bottom > 0 and line.top < page.height
    ]


def _box(line: Line) -> Box:
    return (line.x0, line.top, line.x1, line.bottom)


def _outside(chars: Iterable[Char], boxes: Sequence[Box]) -> list[Char]:
    return [char for char in chars if not any(_is_inside(char, box) for box in boxes)]


def _is_inside(char: Char, box: Box) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


class _Layout:
    """Puts lines, tables and pictures into reading order and lines into paragraphs."""

    def __init__(
        self, pages: Sequence[Page], lines: Sequence[list[Line]], tables: Sequence[GridTable]
    ) -> None:
        self._pages = pages
        self._margins = [
            margins_of(found if len(found) > 5 else [line for other in lines for line in other], page.width)
            for page, found in zip(pages, lines, strict=True)
        ]
        items = [_Item(page, line.top, line) for page, found in enumerate(lines) for line in found]
        items += [_Item(table.page, table.top, table) for table in tables]
        items += [
            _Item(page.number - 1, box[1], _picture(page, box))
            for page in pages
            for box in page.pictures
            if min(box[2] - box[0], box[3] - box[1]) >= _LEAST_PICTURE_PT
        ]
        self._items = sorted(items, key=lambda item: (item.page, item.top))

    def blocks(self) -> Iterable[Block]:
        """Yield the blocks in reading order."""
        lines: list[tuple[int, Line]] = []
        for item in self._items:
            if isinstance(item.content, Line):
                lines.append((item.page, item.content))
                continue
            yield from self._paragraphs(lines)
            lines = []
            yield self._table(item.content) if isinstance(item.content, GridTable) else item.content
        yield from self._paragraphs(lines)

    def _paragraphs(self, lines: Sequence[tuple[int, Line]]) -> Iterable[Paragraph]:
        run: list[tuple[int, Line]] = []
        for page, line in lines:
            if run and not goes_on(run[-1][1], self._margins[run[-1][0]], line, self._margins[page]):
                yield self._paragraph(run)
                run = []
            run.append((page, line))
        if run:
            yield self._paragraph(run)

    def _paragraph(self, run: Sequence[tuple[int, Line]]) -> Paragraph:
        page, first = run[0]
        own = [line for number, line in run if number == page]
        box = (min(line.x0 for line in own), first.top, max(line.x1 for line in own), own[-1].bottom)
        margins = self._margins[page]
        in_columns = len(run) == 1 and (first.is_columnar or first.ends_in_column)
        text = first.laid_out(margins.left) if in_columns else join_paragraph([line for _, line in run])
        return Paragraph(text, self._anchor(page, box), margins.is_prominent(first))

    def _table(self, table: GridTable) -> Table:
        rows = joined_rows(table)
        padding = padding_of(cell for row in rows for cell in row)
        written: set[int] = set()
        grid = [self._row(row, padding, written) for row in rows]
        kept = [place for place in range(table.column_count) if any(row[place] for row in grid)]
        return Table(tuple(tuple(row[place] for place in kept) for row in grid if any(row)))

    def _row(self, row: GridRow, padding: float, written: set[int]) -> Row:
        cells: list[Cell | None] = []
        for cell in row:
            first = id(cell) not in written
            written.add(id(cell))
            cells.append(Cell(text_of(cell, padding), self._cell_anchor(cell)) if first else None)
        return tuple(cells)

    def _cell_anchor(self, cell: GridCell) -> Anchor:
        piece = next((piece for piece in cell.pieces if piece.lines), cell.pieces[0])
        return self._anchor(piece.page, piece.box)

    def _anchor(self, page: int, box: Box) -> Anchor:
        x0, top, x1, bottom = displayed(self._pages[page], box)
        return Anchor(page + 1, (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)))


def _picture(page: Page, box: Box) -> Picture:
    return Picture(Anchor(page.number, displayed(page, box)))
