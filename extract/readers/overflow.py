"""Numbers that run over the edge of their cell: kept whole where that is certain, else marked.

Without care each half would be read as a number of its own, in two cells. A number that leaves the table
is whole in its cell: nothing else can stand outside; unless the page's writing ends there. One that reaches
into another cell may have met that cell's number; it is kept with a blank where it crosses, which the parser
calls ambiguous, and the other cell holds U+FFFD: what belongs there cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from extract.readers.paged import Box, Char
from extract.readers.wording import is_number_char

OUTSIDE = -1
"""The area of characters beside the table."""
_STRADDLE = 0.2
"""Share of a character's width on the far side of an edge from which it counts as crossing."""
_ABUTTING = 0.1
_TOUCHING = 0.3
"""Gaps, as shares of the height: none to speak of, and less than a blank."""
_REPLACEMENT = "\ufffd"


class _Digit(NamedTuple):
    char: Char
    area: int


def settle_overflow(held: dict[int, list[Char]], boxes: Mapping[int, Box]) -> None:
    """Move runs of digits that cross an edge into one cell, in place."""
    digits = [
        _Digit(char, area)
        for area, chars in held.items()
        for char in chars
        if is_number_char(char.text[:1] or " ")
    ]
    for line in _lines(digits):
        run = line[:1]
        for before, digit in pairwise(line):
            if not _runs_on(before, digit, boxes):
                _settle(run, held, boxes)
                run = []
            run.append(digit)
        _settle(run, held, boxes)


def _lines(digits: list[_Digit]) -> Iterator[list[_Digit]]:
    """Yield the digits of each line of the whole table, from left to right."""
    line: list[_Digit] = []
    for digit in sorted(digits, key=lambda digit: digit.char.top + digit.char.bottom):
        if line and _middle(digit.char) - _middle(line[0].char) > (digit.char.bottom - digit.char.top) / 2:
            yield sorted(line, key=lambda digit: digit.char.x0)
            line = []
        line.append(digit)
    yield sorted(line, key=lambda digit: digit.char.x0)


def _runs_on(before: _Digit, digit: _Digit, boxes: Mapping[int, Box]) -> bool:
    gap = digit.char.x0 - before.char.x1
    height = digit.char.bottom - digit.char.top
    if before.area == digit.area:
        return gap < _TOUCHING * height
    return gap < _ABUTTING * height or (
        gap < _TOUCHING * height and (_crosses(before, boxes) or _crosses(digit, boxes))
    )


def _crosses(digit: _Digit, boxes: Mapping[int, Box]) -> bool:
    if digit.area == OUTSIDE:
        return True
    left, _, right, _ = boxes[digit.area]
    share = _STRADDLE * (digit.char.x1 - digit.char.x0)
    return digit.char.x0 < left - share or digit.char.x1 > right + share


def _settle(run: list[_Digit], held: dict[int, list[Char]], boxes: Mapping[int, Box]) -> None:
    areas = list(dict.fromkeys(digit.area for digit in run))
    inside = [area for area in areas if area != OUTSIDE]
    if len(areas) < 2 or not inside:
        return
    middle = (run[0].char.x0 + run[-1].char.x1) / 2
    target = next((area for area in inside if boxes[area][0] <= middle <= boxes[area][2]), inside[-1])
    for char, area in run:
        held[area].remove(char)
    held[target].extend(char for char, _ in run)
    if len(inside) > 1 or _may_be_cut(run, held):
        crossing = next(digit.char for before, digit in pairwise(run) if digit.area != before.area)
        held[target].append(crossing._replace(text=" ", x0=crossing.x0 - 0.01, x1=crossing.x0))
        for area in inside:
            if area != target:
                held[area].append(crossing._replace(text=_REPLACEMENT))


def _may_be_cut(run: list[_Digit], held: Mapping[int, list[Char]]) -> bool:
    """Tell whether a run leaves the table to the right and ends where the page's other writing ends.

    Chromium draws nothing beyond the page's margin: further digits may be lost.
    """
    last = run[-1]
    if last.area != OUTSIDE:
        return False
    own = {id(digit.char) for digit in run}
    others = (char.x1 for chars in held.values() for char in chars if id(char) not in own)
    return abs(max(others, default=0.0) - last.char.x1) < last.char.x1 - last.char.x0


def _middle(char: Char) -> float:
    return (char.top + char.bottom) / 2
