"""Cut a text into its tables: lines with TABs, and the layout that writes one cell a line.

Accepted (docs/normalized-text.md, "What the parser accepts"):

    tab rows       a line a row, cells separated by TAB
    stacked cells  every cell on its own line behind a TAB, a blank line after each row; lines without a
                   TAB continue the cell above
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.labels import squash
from extract.model import Anchor, CellKey

_STACKED = re.compile(r"\t[^\t]*$")
_MOST_WRAPPED_CHARS = 30
_MOST_BLANK_LINES = 2


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell and its place; `covered`: a merged cell continues here, it is no cell of its own."""

    text: str
    line: int
    place: int
    covered: bool = False

    @property
    def empty(self) -> bool:
        """Tell whether nothing is written in the cell."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as written. `stacked`: rows list their own cells, and places are not grid columns."""

    rows: tuple[tuple[GridCell, ...], ...]
    stacked: bool
    first_line: int
    last_line: int


def cut_grids(lines: Sequence[str], anchors: Mapping[CellKey, Anchor]) -> list[Grid]:
    """Find every table in `lines`; a cell without an anchor beside anchored ones is a covered one."""
    grids: list[Grid] = []
    for first, last in _blocks(lines):
        grid = _read_block(lines, first, last, anchors)
        previous = grids[-1] if grids else None
        if previous and previous.stacked and grid.stacked and _follows(previous, grid, lines):
            grids[-1] = Grid(previous.rows + grid.rows, True, previous.first_line, grid.last_line)
        else:
            grids.append(grid)
    return grids


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of every run of lines that begins with a TAB line and belongs together."""
    number = 0
    while number < len(lines):
        if "\t" not in lines[number]:
            number += 1
            continue
        first = number
        while number + 1 < len(lines) and _continues(lines, number + 1):
            number += 1
        yield first, number
        number += 1


def _continues(lines: Sequence[str], number: int) -> bool:
    """Tell whether a line belongs to the table above: a TAB line, or the rest of a wrapped cell."""
    line = lines[number]
    if "\t" in line:
        return True
    if not lines[number - 1].strip() and line.strip()[:1].isdigit():
        return False  # a number below an empty cell is not that cell's
    short = bool(line.strip()) and len(line) <= _MOST_WRAPPED_CHARS
    return short and number + 1 < len(lines) and "\t" in lines[number + 1] and not _is_heading(line)


def _is_heading(line: str) -> bool:
    return line.startswith("#") or bool(re.match(r"[一二三四五六]、", line.strip()))


def _follows(above: Grid, below: Grid, lines: Sequence[str]) -> bool:
    between = lines[above.last_line + 1 : below.first_line]
    return len(between) <= _MOST_BLANK_LINES and not any(line.strip() for line in between)


def _read_block(lines: Sequence[str], first: int, last: int, anchors: Mapping[CellKey, Anchor]) -> Grid:
    numbers = range(first, last + 1)
    stacked = lines[first].startswith("\t") and all(
        _STACKED.match(lines[number]) for number in numbers if "\t" in lines[number]
    )
    if stacked:
        return Grid((_stacked_row(lines, first, last),), True, first, last)
    rows = tuple(_tab_row(lines[number], number, anchors) for number in numbers)
    return Grid(rows, False, first, last)


def _stacked_row(lines: Sequence[str], first: int, last: int) -> tuple[GridCell, ...]:
    cells: list[GridCell] = []
    for number in range(first, last + 1):
        if lines[number].startswith("\t"):
            cells.append(GridCell(lines[number][1:], number, 1))
        else:
            cells[-1] = GridCell(join_wrapped(cells[-1].text, lines[number]), cells[-1].line, 1)
    return tuple(cells)


def _tab_row(line: str, number: int, anchors: Mapping[CellKey, Anchor]) -> tuple[GridCell, ...]:
    texts = line.split("\t")
    anchored = [(number, place) in anchors for place in range(len(texts))]
    some = any(anchored)
    return tuple(
        GridCell(text.strip(" "), number, place, covered=some and not own and not text.strip())
        for place, (text, own) in enumerate(zip(texts, anchored, strict=True))
    )


def join_wrapped(above: str, below: str) -> str:
    """Join the lines of one cell; a blank stays before a digit that no word precedes: 1 0, - 7."""
    above, below = above.rstrip(), below.strip()
    apart = below[:1].isdigit() and (above[-1:].isdigit() or not squash(above[-1:]))
    return f"{above} {below}" if apart or not squash(below) else above + below
