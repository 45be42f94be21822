"""Tables that a text writes with bars become rows with TABs (docs/normalized-text.md, "Plain text").

Accepted:

    row a line     `规章 | 0 | 0 | 6 |`, with or without a bar at either end; Markdown's rule is left out
    cell a line    `规章 |` or the bars on lines of their own, as programs write cells that hold paragraphs;
                   a row ends where words follow a number or a blank cell

Lines with bars that hold no official heading, and are few or without a number, are menus and footers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from extract.labels import squash
from extract.numbers import is_value
from extract.table_cells import join_wrapped

_BARS = str.maketrans("｜│┃║", "||||")
_RULED = frozenset(" |:+-─━═╌┄┌┬┐├┼┤└┴┘╞╪╡╠╬╣")
_STROKES = ("---", "─", "━", "═")
_PADDING = re.compile(r"\|\s*\|[\s|]*")
"""A line of bars alone where a cell a line is written: the rest of a merged cell, no cells of their own."""
_HEADING = re.compile(r"#|\s*[一二三四五六]、\s*(?!本年|上年|结转)\S")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七][)）、.]")
_ARTICLE = re.compile(r"\s*第二十条")
_HEADS = re.compile(r"本年制发|本年处理决定|本年收费金额|新制作数|商业企业|社会公益组织|结果维持|尚未审结")
_FIRST_RESULT = re.compile(r"结果维持|维持")
_MOST_VALUES = 7
"""A row with more values is that of table 4, which has no words of its own."""
_MOST_WRAPPED_LINES = 3
_MOST_APART = 8
"""Lines, blank ones included, between two with bars of one table."""
_MOST_WRAPPED_CHARS = 60
_LEAST_CELLS = 6
_LEAST_LINES = 3


class Place(NamedTuple):
    """Where a cell stands in the source: its line, and which of the line's cells it is, both from 0."""

    line: int
    cell: int


Cell: TypeAlias = tuple[str, Place]
"""What is written in a cell, and where."""


@dataclass(frozen=True, slots=True)
class Written:
    """A line of the result, and the place in the source of each of its cells."""

    text: str
    places: tuple[Place, ...]


def without_bars(lines: Sequence[str]) -> list[Written]:
    """Return the lines with tables of bars written in TABs; all others are as they were."""
    plain = [line.translate(_BARS) for line in lines]
    written: list[Written] = []
    number = 0
    while number < len(lines):
        end = _segment_end(plain, number)
        table = _table(plain, number, end) if end > number else []
        if table and table[0].places[0].line < number:
            written.pop()  # the first cell's words stand above its bar
        end = max(end, number + 1)
        written += table or [_as_it_is(lines[at], at) for at in range(number, end)]
        number = end
    return written


def _as_it_is(line: str, number: int) -> Written:
    return Written(line, tuple(Place(number, place) for place in range(line.count("\t") + 1)))


def _segment_end(lines: Sequence[str], first: int) -> int:
    """Return where the lines with bars from `first` on end, with what wraps between them; `first` if none."""
    end = first
    for number in range(first, len(lines)):
        if number > end + _MOST_APART or (number > end and not _may_wrap(lines[end:number])):
            break
        if "|" in lines[number] and "\t" not in lines[number]:
            end = number + 1
        elif number == first:
            break
    return end


def _may_wrap(lines: Sequence[str]) -> bool:
    """Tell whether lines between two with bars can be parts of cells."""
    words = [line for line in lines if line.strip()]
    return len(words) <= _MOST_WRAPPED_LINES and not any(
        len(line) > _MOST_WRAPPED_CHARS or _HEADING.match(line) for line in words
    )


def _table(lines: Sequence[str], first: int, end: int) -> list[Written]:
    """Return the table that the lines hold; none where they are no table."""
    barred = [line for line in lines[first:end] if "|" in line and not _is_rule(line)]
    filled = [line for line in barred if line.strip(" |")]
    if filled and 2 * sum(map(_is_row, filled)) >= len(filled):
        return list(_rows(lines, first, end, barred)) if _is_official(barred) else []
    cells = list(_cells(lines, first, end))
    if len(cells) < _LEAST_CELLS or not _is_official([text for text, _place in cells]):
        return []
    return [line for row in _rows_of(cells) for line in _stacked(row)]


def _is_rule(line: str) -> bool:
    """Tell the line that Markdown and drawn frames put between rows."""
    return any(stroke in line for stroke in _STROKES) and _RULED.issuperset(line)


def _is_row(line: str) -> bool:
    """Tell whether a line holds several cells, be they blank."""
    return line.count("|") > 1 or all(cell.strip() for cell in line.split("|"))


def _is_official(texts: Sequence[str]) -> bool:
    """Tell whether lines may be a table of a report: one of its headings, or lines enough with a number."""
    cells = [cell.strip() for text in texts for cell in text.split("|")]
    if any(_HEADS.search(squash(cell)) for cell in cells):
        return True
    return len(texts) >= _LEAST_LINES and any(
        is_value(cell) and any(map(str.isdigit, cell)) for cell in cells
    )


def _rows(lines: Sequence[str], first: int, end: int, barred: Sequence[str]) -> Iterator[Written]:
    """Yield a row a line; a bar at all lines' beginning, or at most lines' end, is a frame."""
    framed_left = all(line.lstrip().startswith("|") for line in barred)
    framed_right = 2 * sum(line.rstrip().endswith("|") for line in barred) > len(barred)
    rows: dict[int, list[Cell]] = {}
    for number in range(first, end):
        line = lines[number].strip()
        if "|" not in line or _is_rule(line):
            continue
        line = line[1:] if framed_left else line
        line = line[:-1] if framed_right and line.endswith("|") else line
        rows[number] = [(cell.strip(), Place(number, at)) for at, cell in enumerate(line.split("|"))]
    write = _in_grid if _is_grid(rows.values()) else _stacked
    for number in range(first, end):
        if number in rows:
            yield from write(rows[number])
        elif not _is_rule(lines[number]):
            yield _as_it_is(lines[number], number)


def _is_grid(rows: Iterable[Sequence[Cell]]) -> bool:
    """Tell whether rows have a cell for each column; else merged cells are left out where they go on."""
    counts = Counter(len(row) for row in rows)
    return 2 * counts[max(counts)] > counts.total()


def _in_grid(cells: Sequence[Cell]) -> list[Written]:
    return [Written("\t".join(text for text, _place in cells), tuple(place for _text, place in cells))]


def _levels(header: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Yield the rows of a header: an article is one, and the results of table 4 begin one each time."""
    row: list[Cell] = []
    for cell in header:
        if row and (_ARTICLE.match(row[0][0]) or _FIRST_RESULT.match(squash(cell[0]))):
            yield row
            row = []
        row.append(cell)
    if row:
        yield row


def _stacked(cells: Sequence[Cell]) -> list[Written]:
    """Write a row a cell a line: which columns a header names is told by its words, not by its places."""
    return [*(Written(f"\t{text}", (place, place)) for text, place in cells), Written("", ())]


def _rows_of(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Cut a run of cells into rows: words, then values; a header's words before the first row are its own."""
    words: list[Cell] = []
    values: list[Cell] = []
    for cell in cells:
        is_word = bool(cell[0]) and not is_value(cell[0])
        if is_word and values:
            yield from _parted(words, values)
            words, values = [], []
        (words if is_word else values).append(cell)
    yield from _parted(words, values)


def _parted(words: list[Cell], values: list[Cell]) -> Iterator[list[Cell]]:
    """Yield the header that precedes a row, if any, and the row with its own words."""
    own = 0 if len(values) > _MOST_VALUES else min(1, len(words))
    while 0 < own < len(words) and _NUMBERED.match(words[-own - 1][0]):
        own += 1
    if not values:
        own = 0
    yield from _levels(words[: len(words) - own])
    if values:
        yield [*words[len(words) - own :], *values]


def _cells(lines: Sequence[str], first: int, end: int) -> Iterator[Cell]:
    """Yield the cells of a table that is written a cell a line."""
    begins = lines[first].lstrip().startswith("|") and first > 0 and not _HEADING.match(lines[first - 1])
    text, place = (lines[first - 1].strip(), Place(first - 1, 0)) if begins else ("", Place(first, 0))
    for number in range(first, end):
        if _PADDING.fullmatch(lines[number].strip()) and not text:
            continue
        for at, part in enumerate(lines[number].split("|")):
            if at:
                yield text, place
                text, place = "", Place(number, at)
            if part.strip():
                place = place if text else Place(number, at)
                text = join_wrapped(text, part) if text else part.strip()
    if text:
        yield text, place
