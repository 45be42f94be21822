"""The ruling lines of a scanned page, told from strokes of writing by what stands beside and around them.

Rows may be no higher than their writing, so that strokes reach from rule to rule. A wall stands free on
both sides and goes on over several rows; a horizontal rule goes from wall to wall.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from extract.readers.paged import Rule

Pixels: TypeAlias = npt.NDArray[np.uint8]
_SHORTEST_PT = (24.0, 11.0)
"""Horizontal and vertical; a horizontal one is longer than the strokes of a title."""
_GAP_PT = 5.0
"""A rule that dirt has interrupted goes on within this."""
_THICKEST_PT = 4.0
_MEETING_PT = 0.8
_NEAR_PT = 3.0
_NARROWEST_TABLE_PT = 100.0
_LONG_PT = 60.0
_HIGH_PT = 22.0
"""A wall as high as two rows; no stroke of body text is."""
_BESIDE_PT = (1.3, 2.6)
_MOST_TOUCHED = 0.24
"""Share of a wall's length along which something touches it: the horizontal rules, a tight number."""
_WRITING_TOUCHED = 0.5
_ROW_PT, _FREE_TOUCHED = 14.0, 0.15


def rules_of(faint: Pixels, black: Pixels, pixels_per_pt: float) -> list[Rule]:
    """Return the rules of the tables on a page, in points; `faint` has hair lines, `black` only ink."""
    across, down = _lines(faint, pixels_per_pt)
    walls = list(_rules(down, pixels_per_pt, upright=True))
    found: list[Rule] = []
    for lines in _groups(list(_rules(across, pixels_per_pt, upright=False)), walls):
        found += _table(lines, walls, black, pixels_per_pt)
    return found


def _table(lines: list[Rule], walls: list[Rule], black: Pixels, pixels_per_pt: float) -> list[Rule]:
    """Return the rules of one table; none where it is only a few strokes."""
    standing = []
    for wall in walls:
        edges = sorted(line.top for line in lines if _meet(line, wall))
        whole = _trimmed(wall, edges, lines, black, pixels_per_pt)
        if whole and _touched(whole, black, pixels_per_pt) < _MOST_TOUCHED:
            standing.append(whole)
    standing = _continued(standing, black, pixels_per_pt)
    kept = [whole for line in lines if (whole := _from_wall_to_wall(line, standing))]
    if not kept or max(line.x1 for line in kept) - min(line.x0 for line in kept) < _NARROWEST_TABLE_PT:
        return []
    return [*standing, *kept]


def _lines(faint: Pixels, pixels_per_pt: float) -> tuple[Pixels, Pixels]:
    """Return what is horizontal and what is vertical on a page, with short gaps closed."""
    gap = int(_GAP_PT * pixels_per_pt)
    thick = cv2.dilate(faint, np.ones((3, 3), np.uint8))
    found = []
    for upright, shortest in enumerate(_SHORTEST_PT):
        length = int(shortest * pixels_per_pt)
        line, join = ((length, 1), (gap, 3)) if upright else ((1, length), (3, gap))
        opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(line, np.uint8))
        found.append(cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones(join, np.uint8)))
    return found[0].astype(np.uint8), found[1].astype(np.uint8)


def _rules(lines: Pixels, pixels_per_pt: float, *, upright: bool) -> Iterator[Rule]:
    """Yield the lines as rules in points, each where most of its pixels are; a blot is none."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    for number in range(1, count):
        x, y, width, height, area = (int(value) for value in boxes[number])
        long = height if upright else width
        if long < 4 * area / long or area / long > _THICKEST_PT * pixels_per_pt:
            continue
        own = labels[y : y + height, x : x + width] == number
        across = own.T if upright else own
        profile = across.sum(axis=1)
        middle = int(np.median(np.flatnonzero(profile > 0.6 * profile.max())))
        along = np.flatnonzero(across[max(middle - 1, 0) : middle + 2].any(axis=0))
        at = (middle + 0.5 + (x if upright else y)) / pixels_per_pt
        start, end = (
            (int(edge) + (y if upright else x)) / pixels_per_pt for edge in (along[0], along[-1] + 1)
        )
        yield Rule(at, start, at, end) if upright else Rule(start, at, end, at)


def _groups(across: list[Rule], down: list[Rule]) -> list[list[Rule]]:
    """Return the horizontal rules that hang together by vertical ones."""
    groups: list[list[Rule]] = []
    for line in across:
        near = [rule for rule in down if _meet(line, rule)]
        joined = [group for group in groups if any(_meet(other, rule) for other in group for rule in near)]
        groups = [group for group in groups if group not in joined]
        groups.append([line, *(other for group in joined for other in group)])
    return groups


def _trimmed(
    wall: Rule, edges: Sequence[float], lines: Sequence[Rule], black: Pixels, pixels_per_pt: float
) -> Rule | None:
    """Return a wall between the horizontal rules that it meets, None where it meets fewer than two.

    A stroke of writing that stands in line with the wall, in the row beyond its end, is cut off. Where the
    page ends before the table does, the wall runs on.
    """
    edges = list(edges)
    while len(edges) > 1 and _is_writing(wall, edges[0], edges[1], black, pixels_per_pt):
        edges.pop(0)
    while len(edges) > 1 and _is_writing(wall, edges[-2], edges[-1], black, pixels_per_pt):
        edges.pop()
    if len(edges) < 2:
        return None
    first, last = min(line.top for line in lines), max(line.top for line in lines)
    top = min(wall.top, edges[0]) if edges[0] - first <= _NEAR_PT else edges[0]
    bottom = max(wall.bottom, edges[-1]) if last - edges[-1] <= _NEAR_PT else edges[-1]
    return wall._replace(top=top, bottom=bottom)


def _is_writing(wall: Rule, top: float, bottom: float, black: Pixels, pixels_per_pt: float) -> bool:
    part = wall._replace(top=top + 1, bottom=bottom - 1)
    return _touched(part, black, pixels_per_pt) > _WRITING_TOUCHED


def _touched(rule: Rule, black: Pixels, pixels_per_pt: float) -> float:
    """Return the share of a wall's length along which something is written close beside it."""
    x, near, far = (round(value * pixels_per_pt) for value in (rule.x0, *_BESIDE_PT))
    part = black[round(rule.top * pixels_per_pt) : round(rule.bottom * pixels_per_pt)]
    left, right = part[:, max(x - far, 0) : max(x - near, 0)], part[:, x + near : x + far]
    touched = left.any(axis=1) | right.any(axis=1)
    return float(touched.mean()) if touched.size else 1.0


def _continued(standing: list[Rule], black: Pixels, pixels_per_pt: float) -> list[Rule]:
    """Leave out walls of one row that no higher one continues, where they may be strokes of writing.

    They are walls where the row is clearly higher than writing and nothing touches them, or where the
    whole table has only one row.
    """
    high = [rule.x0 for rule in standing if rule.bottom - rule.top >= _HIGH_PT]
    if not high:
        return standing
    return [
        rule
        for rule in standing
        if rule.bottom - rule.top >= _HIGH_PT
        or min(abs(x - rule.x0) for x in high) <= 2 * _MEETING_PT
        or (rule.bottom - rule.top >= _ROW_PT and _touched(rule, black, pixels_per_pt) < _FREE_TOUCHED)
    ]


def _from_wall_to_wall(line: Rule, standing: list[Rule]) -> Rule | None:
    """Return a horizontal rule up to the walls on both sides, None for a stroke of writing in a cell.

    A long one that ends between walls is interrupted there, by a stamp or by wear.
    """
    walls = [rule.x0 for rule in standing if rule.top - _NEAR_PT <= line.top <= rule.bottom + _NEAR_PT]
    if not walls:
        return None
    left, right = (min(abs(wall - end) for wall in walls) <= _NEAR_PT for end in (line.x0, line.x1))
    if not (left and right) and line.x1 - line.x0 < _LONG_PT:
        return None
    x0 = line.x0 if left else max((wall for wall in walls if wall < line.x0), default=line.x0)
    x1 = line.x1 if right else min((wall for wall in walls if wall > line.x1), default=line.x1)
    return line._replace(x0=x0, x1=x1)


def _meet(across: Rule, down: Rule) -> bool:
    return (
        across.x0 - _NEAR_PT <= down.x0 <= across.x1 + _NEAR_PT
        and down.top - _MEETING_PT <= across.top <= down.bottom + _MEETING_PT
    )
