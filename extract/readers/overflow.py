"""Numbers that run over the edge of their cell: kept whole, and marked by a blank where they cross.

Without care each half would be read in another cell as a number of its own. The run of characters goes
to the cell that holds its middle; the blank makes the parser call the reading ambiguous.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extract.readers.paged import Box, Char
from extract.readers.wording import is_number_char

_STRADDLE = 0.2
"""Share of a character's width on the far side of an edge from which it counts as crossing."""
_TOUCHING = 0.3
"""Gap, as a share of the height, below which two characters belong to one run."""


def settle_overflow(held: dict[int, list[Char]], boxes: Mapping[int, Box]) -> None:
    """Move runs of digits that cross an edge into one cell, in place."""
    for area in list(held):
        left, _, right, _ = boxes[area]
        for char in list(held[area]):
            if char not in held[area] or not is_number_char(char.text[:1] or " "):
                continue
            width = _STRADDLE * (char.x1 - char.x0)
            if char.x0 < left - width or char.x1 > right + width:
                _gather(held, area, char, boxes)


def _gather(held: dict[int, list[Char]], area: int, char: Char, boxes: Mapping[int, Box]) -> None:
    run = sorted(_run_of(held, char), key=lambda pair: pair[1].x0)
    middle = (run[0][1].x0 + run[-1][1].x1) / 2
    areas = list(dict.fromkeys(owner for owner, _ in run))
    target = next((owner for owner in areas if boxes[owner][0] <= middle <= boxes[owner][2]), area)
    for owner, member in run:
        held[owner].remove(member)
    held.setdefault(target, []).extend(member for _, member in run)
    crossing = next((member for owner, member in run if owner != run[0][0]), char)
    blank = Char(" ", crossing.x0 - 0.01, crossing.top, crossing.x0, crossing.bottom)
    held[target].append(blank)


def _run_of(held: dict[int, list[Char]], char: Char) -> Iterator[tuple[int, Char]]:
    """Yield (area, character) for all that touch `char` on its line, through others."""
    middle, height = (char.top + char.bottom) / 2, char.bottom - char.top
    beside = sorted(
        (
            (owner, other)
            for owner, chars in held.items()
            for other in chars
            if abs((other.top + other.bottom) / 2 - middle) <= height / 2 and other.text.strip()
        ),
        key=lambda pair: pair[1].x0,
    )
    at = next(place for place, (_, other) in enumerate(beside) if other is char)
    first = last = at
    while first > 0 and beside[first][1].x0 - beside[first - 1][1].x1 < _TOUCHING * height:
        first -= 1
    while last + 1 < len(beside) and beside[last + 1][1].x0 - beside[last][1].x1 < _TOUCHING * height:
        last += 1
    yield from beside[first : last + 1]
