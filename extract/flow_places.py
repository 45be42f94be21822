"""In which columns the numbers of a row stand that has fewer of them than its table has columns.

A text in columns (`pdftotext -layout`, a PDF without rules) shows a blank cell by its place alone. The
columns are where the numbers of all rows stand; that counts only where they make exactly as many columns
as the table has, with room between any two, and one row has a number in each. Programs count characters
or widths: all are tried.

Where our own readers laid the lines out by their places on a page, the columns are also those of the words
above: a number belongs to the one heading that it stands below.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from extract.flow_stream import FlowValue, LabelPiece, Run

Span: TypeAlias = tuple[int, int]
METRICS = 3
LAID_OUT = 1
"""How our own readers count the room that they write as blanks: wide characters twice."""
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


def below(values: Sequence[FlowValue], headings: Sequence[Sequence[LabelPiece]]) -> tuple[int, ...]:
    """Return for each value the number of the heading above it, () where that is not plain.

    A heading is one or more pieces, one below the other.
    """
    if not all(piece.spans for pieces in headings for piece in pieces):
        return ()
    places = [_heading(value, headings) for value in values]
    return tuple(places) if -1 not in places and places == sorted(set(places)) else ()


def _heading(value: FlowValue, headings: Sequence[Sequence[LabelPiece]]) -> int:
    """Return the number of the only heading that a value overlaps, else -1."""
    start, end = value.spans[LAID_OUT]
    above = [
        number
        for number, pieces in enumerate(headings)
        if any(left < end and start < right for left, right in (piece.spans[LAID_OUT] for piece in pieces))
    ]
    return above[0] if len(above) == 1 else -1


def in_columns(pieces: Iterable[LabelPiece]) -> list[list[LabelPiece]]:
    """Put pieces that stand below each other together, from left to right."""
    columns: list[list[LabelPiece]] = []
    end = -1
    for piece in sorted((piece for piece in pieces if piece.spans), key=lambda piece: piece.spans[LAID_OUT]):
        left, right = piece.spans[LAID_OUT]
        if left >= end:
            columns.append([])
        columns[-1].append(piece)
        end = max(end, right)
    return columns


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
