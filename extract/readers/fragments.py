"""Pieces of ruled tables on one page: strokes that meet, with the row edges that they draw.

A renderer may leave out the rule at a page break (Chromium does): the row that is cut there is closed
at the end of its vertical strokes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.readers.paged import Box, Page
from extract.readers.strokes import TOLERANCE_PT, Stroke, edges_of, strokes_of

_MOST_MEETINGS = 4_000_000


@dataclass(frozen=True, slots=True)
class Fragment:
    """Part of a table on page `page` (index from 0)."""

    page: int
    horizontals: tuple[Stroke, ...]
    verticals: tuple[Stroke, ...]
    row_edges: tuple[float, ...]
    box: Box
    """The area whose characters belong to it; in a chain wider and lower than its rules."""
    shift: float = 0.0
    """What was added to all x to lay the piece over the first of its table (pages with other margins)."""


def find_fragments(page: Page, index: int) -> list[Fragment]:
    """Return the ruled pieces of a page from the top; a frame around others is not one."""
    horizontals, verticals = strokes_of(page.rules)
    if len(horizontals) * len(verticals) > _MOST_MEETINGS:
        return []
    pieces = [piece for group in _meeting(horizontals, verticals) if (piece := _fragment(index, *group))]
    inner = [piece for piece in pieces if not any(_holds(piece.box, other.box) for other in pieces)]
    return sorted(inner, key=lambda piece: piece.box[1])


def _meeting(
    horizontals: Sequence[Stroke], verticals: Sequence[Stroke]
) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Return the groups of strokes that meet, directly or through others."""
    parent = list(range(len(horizontals) + len(verticals)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for v, (x, top, bottom) in enumerate(verticals, len(horizontals)):
        for h, (y, left, right) in enumerate(horizontals):
            if (
                left - TOLERANCE_PT <= x <= right + TOLERANCE_PT
                and top - TOLERANCE_PT <= y <= bottom + TOLERANCE_PT
            ):
                parent[root(v)] = root(h)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for h, stroke in enumerate(horizontals):
        groups.setdefault(root(h), ([], []))[0].append(stroke)
    for v, stroke in enumerate(verticals, len(horizontals)):
        groups.setdefault(root(v), ([], []))[1].append(stroke)
    return list(groups.values())


def _fragment(index: int, horizontals: list[Stroke], verticals: list[Stroke]) -> Fragment | None:
    columns = edges_of(stroke.at for stroke in verticals)
    if len(columns) < 2 or not horizontals:
        return None
    rows = edges_of(stroke.at for stroke in horizontals)
    above = [round(stroke.start) for stroke in verticals if rows[0] - stroke.start > TOLERANCE_PT]
    below = [round(stroke.end) for stroke in verticals if stroke.end - rows[-1] > TOLERANCE_PT]
    rows = [*_open_edge(above), *rows, *_open_edge(below)]
    if len(rows) < 2:
        return None
    box = (columns[0], rows[0], columns[-1], rows[-1])
    return Fragment(index, tuple(horizontals), tuple(verticals), tuple(rows), box)


def _open_edge(ends: Sequence[int]) -> Sequence[float]:
    """Return where a cut row ends: where most of its strokes do.

    Chromium draws the borders of merged cells on, off the page, and clips them there.
    """
    return [float(max(sorted(set(ends)), key=ends.count))] if ends else []


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer is not inner
        and outer[0] < inner[0] - TOLERANCE_PT
        and outer[1] < inner[1] - TOLERANCE_PT
        and outer[2] > inner[2] + TOLERANCE_PT
        and outer[3] > inner[3] + TOLERANCE_PT
    )
