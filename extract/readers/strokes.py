"""Ruling lines as the page means them: pieces on one line joined, hairs and text strokes dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.readers.paged import Rule

TOLERANCE_PT = 3.0
"""Edges nearer than this are one edge; a rule at most this thick is a line, not an area."""
_SAME_LINE_PT = 0.5
_SHORTEST_PT = 4.0


class Stroke(NamedTuple):
    """A line at `at` (y of a horizontal, x of a vertical one) from `start` to `end`."""

    at: float
    start: float
    end: float


def strokes_of(rules: Sequence[Rule]) -> tuple[list[Stroke], list[Stroke]]:
    """Return the horizontal and the vertical strokes; edges of shadings only where nothing else is."""
    horizontal, vertical = _split(rule for rule in rules if not rule.shaded)
    return (horizontal, vertical) if horizontal and vertical else _split(rules)


def edges_of(places: Iterable[float]) -> list[float]:
    """Return one edge for all places that are nearer than the tolerance to its first, ascending."""
    edges: list[float] = []
    group: list[float] = []
    for place in sorted(places):
        if group and place - group[0] > TOLERANCE_PT:
            edges.append(sum(group) / len(group))
            group = []
        group.append(place)
    return [*edges, sum(group) / len(group)] if group else edges


def joined_intervals(intervals: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Join intervals that touch or overlap within the tolerance, ascending."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1] + TOLERANCE_PT:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _split(rules: Iterable[Rule]) -> tuple[list[Stroke], list[Stroke]]:
    horizontal: list[Stroke] = []
    vertical: list[Stroke] = []
    for x0, top, x1, bottom, _ in rules:
        if bottom - top <= x1 - x0:
            horizontal.append(Stroke((top + bottom) / 2, x0, x1))
        else:
            vertical.append(Stroke((x0 + x1) / 2, top, bottom))
    return _joined(horizontal), _joined(vertical)


def _joined(strokes: list[Stroke]) -> list[Stroke]:
    """Join what lies on one line end to end (dashes, one piece per cell); drop what stays short."""
    lines: dict[float, list[tuple[float, float]]] = {}
    last = None
    for at, start, end in sorted(strokes):
        if last is None or at - last > _SAME_LINE_PT:
            last = at
        lines.setdefault(last, []).append((start, end))
    return [
        Stroke(at, start, end)
        for at, pieces in lines.items()
        for start, end in joined_intervals(pieces)
        if end - start >= _SHORTEST_PT
    ]
