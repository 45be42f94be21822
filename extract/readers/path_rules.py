"""Rules from drawn paths: thin areas are lines, outlines give their edges, fillings shaded edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.readers.paged import Box, Rule
from extract.readers.strokes import TOLERANCE_PT

_STRAIGHT_PT = 1.0
_LONGEST_POLYLINE = 5_000


def area_rules(box: Box, *, stroked: bool, thin_only: bool = False) -> Iterator[Rule]:
    """Yield the rule that a thin rectangle is, or the edges of a thick one."""
    x0, top, x1, bottom = box
    if x1 - x0 <= TOLERANCE_PT or bottom - top <= TOLERANCE_PT:
        yield Rule(x0, top, x1, bottom)
    elif not thin_only:
        shaded = not stroked
        yield Rule(x0, top, x1, top, shaded)
        yield Rule(x0, bottom, x1, bottom, shaded)
        yield Rule(x0, top, x0, bottom, shaded)
        yield Rule(x1, top, x1, bottom, shaded)


def polyline_rules(points: Sequence[tuple[float, float]], *, stroked: bool, filled: bool) -> Iterator[Rule]:
    """Yield the straight horizontal and vertical parts of a path."""
    if not points or not (stroked or filled):
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    if box[2] - box[0] <= TOLERANCE_PT or box[3] - box[1] <= TOLERANCE_PT:
        yield Rule(*box)
        return
    for (xa, ya), (xb, yb) in pairwise(points[:_LONGEST_POLYLINE]):
        if abs(xa - xb) <= _STRAIGHT_PT or abs(ya - yb) <= _STRAIGHT_PT:
            yield Rule(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb), not stroked)
