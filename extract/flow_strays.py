"""Numbers of running text that stand where no label is: whose they are, or whose they take doubt on.

`found` names the row of each run that has one, by the run's number.
"""

from __future__ import annotations

from collections.abc import Mapping

from extract.flow_stream import Stream

_FEW_ROWS = 2


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
        elif not stream.stands_alone(number) and row and min(lines) - line <= 1:
            torn.add(row)
            line = max(lines)
    return torn
