"""In which columns the numbers of a row stand that has fewer of them than its table has columns.

A text in columns (`pdftotext -layout`, a PDF without rules) shows a blank cell by its place alone. The
columns are where the numbers of all rows stand; that counts only where they make exactly as many columns
as the table has, with room between any two, and one row has a number in each. Programs count characters
or widths: all are tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from extract.flow_stream import FlowValue, Run

Span: TypeAlias = tuple[int, int]
METRICS = 3
_LEAST_ROWS = 3


def columns_of(runs: Iterable[Run], count: int) -> tuple[int, tuple[Span, ...]] | None:
    """Return how places are counted and the columns, None where the numbers do not make `count` columns."""
    rows = [run.values for run in runs if is_on_one_line(run) and len(run.values) <= count]
    if len(rows) < _LEAST_ROWS or not any(len(values) == count for values in rows):
        return None
    for metric in range(METRICS):
        columns = _joined(value.spans[metric] for values in rows for value in values)
        if len(columns) == count and all(_are_apart(values, columns, metric) for values in rows):
            return metric, columns
    return None


def is_on_one_line(run: Run) -> bool:
    """Tell runs on one line that shows where its numbers stand."""
    return len({value.line for value in run.values}) == 1 and all(value.spans for value in run.values)


def place_of(value: FlowValue, columns: Sequence[Span], metric: int) -> int:
    """Return the column that holds a value."""
    start, _end = value.spans[metric]
    return next(place for place, (_left, right) in enumerate(columns) if start < right)


def stand_in(values: Sequence[FlowValue], columns: Sequence[Span], metric: int) -> bool:
    """Tell whether each value stands in the column that its order gives it."""
    pairs = [
        (value.spans[metric], column) for value, column in zip(values, columns, strict=True) if value.spans
    ]
    return all(start < right and left < end for (start, end), (left, right) in pairs)


def _are_apart(values: Sequence[FlowValue], columns: Sequence[Span], metric: int) -> bool:
    places = [place_of(value, columns, metric) for value in values]
    return len(set(places)) == len(places)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that overlap or touch."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
