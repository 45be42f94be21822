"""One grid per table over all its pages: column edges shared by all its fragments.

A fragment on the next page often shows fewer columns (only merged cells are left of a header, or a
label column runs through), so columns are taken from all fragments together. Cells are the areas that
rules enclose; what a missing rule joins is one cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from extract.errors import TooLarge
from extract.readers.fragments import Fragment
from extract.readers.glyph_lines import Line, lines_of
from extract.readers.limits import MAX_GRID_CELLS
from extract.readers.overflow import OUTSIDE, settle_overflow
from extract.readers.paged import Box, Char
from extract.readers.strokes import TOLERANCE_PT, Stroke, edges_of, joined_intervals


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a cell that one page shows; `page` is an index from 0."""

    page: int
    box: Box
    lines: tuple[Line, ...]


@dataclass(slots=True, eq=False)
class GridCell:
    """A cell, in one piece or, over a page break, in several."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def bare_text(self) -> str:
        """All characters without blanks, for comparing labels."""
        lines = (line.text for piece in self.pieces for line in piece.lines)
        return "".join(lines).replace(" ", "")


GridRow: TypeAlias = list[GridCell]
"""The owner of every grid place in a row; a merged cell owns several."""


@dataclass(slots=True)
class GridTable:
    """A table: per fragment its rows; `page` and `top` say where it begins.

    `taken` holds the `id`s of the characters that it has used.
    """

    page: int
    top: float
    parts: list[list[GridRow]]
    column_count: int
    taken: set[int] = field(default_factory=set)


def build_grid(chain: Sequence[Fragment], chars_by_page: Sequence[Sequence[Char]]) -> GridTable:
    """Read the fragments of one table; raises UnreadableDocument beyond the limit of cells."""
    columns = edges_of(stroke.at for fragment in chain for stroke in fragment.verticals)
    places = (len(columns) - 1) * sum(len(fragment.row_edges) - 1 for fragment in chain)
    if places > MAX_GRID_CELLS:
        raise TooLarge(f"表格过大，超过上限 {MAX_GRID_CELLS} 格")
    first = chain[0]
    table = GridTable(first.page, first.box[1], [], len(columns) - 1)
    for fragment in chain:
        rows, taken = _Matrix(fragment, columns).rows(chars_by_page[fragment.page])
        table.parts.append(rows)
        table.taken |= taken
    return table


class _Matrix:
    """The grid places of one fragment and the areas that its rules make of them."""

    def __init__(self, fragment: Fragment, columns: Sequence[float]) -> None:
        self._fragment = fragment
        self._xs, self._ys = columns, fragment.row_edges
        self._width, self._height = len(columns) - 1, len(fragment.row_edges) - 1
        self._walls = _with_missing(_intervals_at(fragment.verticals, columns), fragment, columns)
        self._floors = _intervals_at(fragment.horizontals, fragment.row_edges)
        self._owner = self._areas()

    def rows(self, chars: Iterable[Char]) -> tuple[list[GridRow], set[int]]:
        """Return the owner of every place, its characters read into lines, and the characters used."""
        held: dict[int, list[Char]] = {area: [] for area in (OUTSIDE, *self._owner)}
        for char in chars:
            held[self._area_of(char)].append(char)
        beside = {id(char) for char in held[OUTSIDE]}
        boxes = self._boxes()
        settle_overflow(held, boxes)
        left = {id(char) for char in held[OUTSIDE]}
        page = self._fragment.page
        cells = {
            area: GridCell([Piece(page, box, tuple(lines_of(held[area])))]) for area, box in boxes.items()
        }
        owners = [cells[area] for area in self._owner]
        rows = [owners[r * self._width : (r + 1) * self._width] for r in range(self._height)]
        inside = {id(char) for area, chars in held.items() if area != OUTSIDE for char in chars}
        return rows, inside | (beside - left)

    def _area_of(self, char: Char) -> int:
        x, y = (char.x0 + char.x1) / 2 + self._fragment.shift, (char.top + char.bottom) / 2
        left, top, right, bottom = self._fragment.box
        if not (left <= x <= right and top <= y <= bottom):
            return OUTSIDE
        column = min(max(bisect_right(self._xs, x) - 1, 0), self._width - 1)
        row = min(max(bisect_right(self._ys, y) - 1, 0), self._height - 1)
        return self._owner[row * self._width + column]

    def _areas(self) -> list[int]:
        """Return for every place the first place of its area."""
        owner = list(range(self._width * self._height))

        def root(place: int) -> int:
            while owner[place] != place:
                owner[place] = owner[owner[place]]
                place = owner[place]
            return place

        def join(one: int, other: int) -> None:
            low, high = sorted((root(one), root(other)))
            owner[high] = low

        for r in range(self._height):
            y = (self._ys[r] + self._ys[r + 1]) / 2
            for c in range(self._width):
                place = r * self._width + c
                if c + 1 < self._width and not _covers(self._walls[c + 1], y):
                    join(place, place + 1)
                x = (self._xs[c] + self._xs[c + 1]) / 2
                if r + 1 < self._height and not _covers(self._floors[r + 1], x):
                    join(place, place + self._width)
        return [root(place) for place in range(len(owner))]

    def _boxes(self) -> dict[int, Box]:
        """Return the box of every area, where the page shows it."""
        extents: dict[int, tuple[int, int, int, int]] = {}
        for place, area in enumerate(self._owner):
            r, c = divmod(place, self._width)
            r0, c0, r1, c1 = extents.get(area, (r, c, r, c))
            extents[area] = (min(r0, r), min(c0, c), max(r1, r), max(c1, c))
        xs, ys, shift = self._xs, self._ys, self._fragment.shift
        return {
            area: (xs[c0] - shift, ys[r0], xs[c1 + 1] - shift, ys[r1 + 1])
            for area, (r0, c0, r1, c1) in extents.items()
        }


def _intervals_at(strokes: Iterable[Stroke], edges: Sequence[float]) -> list[list[tuple[float, float]]]:
    """Return, for every edge, the intervals that strokes on it cover."""
    at_edge: list[list[tuple[float, float]]] = [[] for _ in edges]
    for at, start, end in strokes:
        at_edge[_nearest(edges, at)].append((start, end))
    return [joined_intervals(intervals) for intervals in at_edge]


def _with_missing(
    walls: list[list[tuple[float, float]]], fragment: Fragment, columns: Sequence[float]
) -> list[list[tuple[float, float]]]:
    """Put up the walls beside the fragment's own rules: its page shows none of those columns' borders."""
    first = min(stroke.at for stroke in fragment.verticals) - TOLERANCE_PT
    last = max(stroke.at for stroke in fragment.verticals) + TOLERANCE_PT
    whole = [(fragment.row_edges[0], fragment.row_edges[-1])]
    return [wall if first <= at <= last else whole for at, wall in zip(columns, walls, strict=True)]


def _nearest(edges: Sequence[float], at: float) -> int:
    place = bisect_right(edges, at)
    if place == 0:
        return 0
    if place == len(edges):
        return place - 1
    return place if edges[place] - at < at - edges[place - 1] else place - 1


def _covers(intervals: Iterable[tuple[float, float]], at: float) -> bool:
    return any(start - TOLERANCE_PT <= at <= end + TOLERANCE_PT for start, end in intervals)
