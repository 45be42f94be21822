"""Numbers of running text that stand where no label is: whose they are, or whose they take doubt on.

`found` names the row of each run that has one, by the run's number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.flow_stream import Stream
from extract.numbers import is_value

_FEW_ROWS = 2
_FEW_LINES = 3
_FEW_CHARS = 3


def lone_values(stream: Stream, found: Mapping[int, str]) -> set[str]:
    """Find single values on a line of their own, where other rows have label and value on one line."""
    alone = {key for number, key in found.items() if stream.stands_alone(number)}
    return alone if len(found) > _FEW_ROWS and 2 * len(alone) < len(found) else set()


def numbers_apart(stream: Stream, found: Mapping[int, str]) -> set[int]:
    """Find runs without words on their lines, where most rows have label and numbers on one line."""
    apart = {number for number in found if not stream.has_words_beside(number)}
    return apart if 2 * len(apart) < len(found) else set()


def torn_rows(stream: Stream, found: Mapping[int, str]) -> set[str]:
    """Find rows right under which stand numbers of no row: 32 in a narrow cell is 3 above and 2 below.

    Their upper digits alone may even add up, where one cell of the row and its total are torn.
    """
    torn: set[str] = set()
    row, line = "", -1
    for number, run in enumerate(stream.runs):
        lines = [value.line for value in run.values]
        if number in found:
            row, line = found[number], max(lines)
        elif not stream.stands_alone(number) and row and _is_right_below(stream, number, line):
            torn.add(row)
            line = max(lines)
    return torn


def _is_right_below(stream: Stream, number: int, line: int) -> bool:
    """Tell whether at most a piece of a merged heading stands between a run and the line above."""
    lines = [value.line for value in stream.runs[number].values]
    between = sum(len(piece.text) for piece in stream.gap(number))
    return min(lines) - line <= 1 or (min(lines) - line <= _FEW_LINES and between <= _FEW_CHARS)


def numbers_below_heading(lines: Sequence[str], last: int) -> list[str]:
    """Return the words of the line below the heading after line `last`, if all of them are values.

    Where writing overlaps, the last row of a table may come to stand below the next section's heading.
    """
    below = (line.split() for line in lines[last + 1 :] if line.strip())
    _heading, after = next(below, []), next(below, [])
    return after if after and all(map(is_value, after)) else []
