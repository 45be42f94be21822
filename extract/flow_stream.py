"""Cut lines without cell boundaries into runs of numbers and the label pieces between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.labels import half_width, split_number, squash
from extract.numbers import is_value

_PAGE_NUMBER = re.compile(
    r"\s*(?:第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|[-—–－]+\s?\d{1,3}\s?[-—–－]+|\d{1,3}\s?/\s?\d{1,3})\s*$"
)
"""Marks with more room around them stand in columns: 0      /      0 are cells of a row."""
_WORD = re.compile(r"\S+")
_COLUMNS = re.compile(r"\S {2,}\S|^ {2,}\S")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6\u3001-\u303f]")
_WIDE_OR_NARROW = re.compile(r"[“”‘’—…·]")
"""As wide as a Chinese character for some programs, half as wide for others."""
_LEAST_COLUMN_GAP = 2
_LEAST_BLANK_LINES = 2
_MOST_PAGE_DIGITS = 3
_PAGE_DIGITS = re.compile(r"[0-9]+")
_WORDLIKE_MARKS = frozenset({"无", "空", "暂无"})


@dataclass(frozen=True, slots=True)
class LabelPiece:
    """Words of one line, squashed. `leading`: another piece stands right of it on the same line.

    `spans` are where they stand, as those of a value.
    """

    text: str
    line: int
    leading: bool = False
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FlowValue:
    """A number or mark that stands alone, as written.

    `spans` are its (start, end) on the line, counted in characters and in half widths (with dashes and
    quotation marks wide, or narrow); none where the line shows no columns.
    """

    raw: str
    line: int
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers that follow each other without words between; `before` are the words since the last run."""

    before: tuple[LabelPiece, ...]
    values: tuple[FlowValue, ...]

    @property
    def raw(self) -> str:
        """The run as one string."""
        return " ".join(value.raw for value in self.values)


@dataclass(frozen=True, slots=True)
class Stream:
    """The runs of a region in order, and the words after the last one."""

    runs: tuple[Run, ...]
    rest: tuple[LabelPiece, ...]

    def without(self, numbers: Iterable[int]) -> Stream:
        """Return the stream without some runs; the words on both sides of each come together."""
        dropped, kept = set(numbers), []
        carried: tuple[LabelPiece, ...] = ()
        for place, run in enumerate(self.runs):
            if place in dropped:
                carried += run.before
            else:
                kept.append(Run(carried + run.before, run.values))
                carried = ()
        return Stream(tuple(kept), carried + self.rest)

    def stands_alone(self, number: int) -> bool:
        """Tell whether run `number` is one number without words on its line, as page numbers are."""
        return len(self.runs[number].values) == 1 and not self.has_words_beside(number)

    def has_words_beside(self, number: int) -> bool:
        """Tell whether words stand on a line of run `number`."""
        lines = {value.line for value in self.runs[number].values}
        return any(piece.line in lines for piece in (*self.gap(number), *self.gap(number + 1)))

    def gap(self, number: int) -> tuple[LabelPiece, ...]:
        """Return the words before run `number` (the rest after the last run)."""
        return self.runs[number].before if number < len(self.runs) else self.rest


def page_number_lines(lines: Sequence[str]) -> frozenset[int]:
    """Find the page numbers of a text: numbers alone on a line after a gap, counting up by one.

    A single one is no evidence, and neither is a number that the lines around do not set apart.
    """
    chain: list[int] = []
    chains: list[list[int]] = []
    for number, line in enumerate(lines):
        text = line.strip()
        if not (
            len(text) <= _MOST_PAGE_DIGITS and _PAGE_DIGITS.fullmatch(text) and _is_set_apart(lines, number)
        ):
            continue
        if chain and int(text) == int(lines[chain[-1]]) + 1:
            chain.append(number)
        else:
            chain = [number]
            chains.append(chain)
    longest = max((len(one) for one in chains), default=0)
    return frozenset(n for one in chains if len(one) == longest > 1 for n in one)


def _is_set_apart(lines: Sequence[str], number: int) -> bool:
    above = lines[max(0, number - _LEAST_BLANK_LINES) : number]
    return len(above) == _LEAST_BLANK_LINES and not any(line.strip() for line in above)


def read_stream(lines: Sequence[str], numbers: Iterable[int]) -> Stream:
    """Cut the lines with the given numbers into runs and label pieces; page numbers are left out."""
    runs: list[Run] = []
    before: list[LabelPiece] = []
    values: list[FlowValue] = []
    for number in numbers:
        for item in _cut_line(lines[number], number):
            if isinstance(item, FlowValue):
                values.append(item)
                continue
            if values:
                runs.append(Run(tuple(before), tuple(values)))
                before, values = [], []
            before.append(item)
    if values:
        runs.append(Run(tuple(before), tuple(values)))
        before = []
    return Stream(tuple(runs), tuple(before))


def _cut_line(line: str, number: int) -> list[LabelPiece | FlowValue]:
    if not line.strip() or _PAGE_NUMBER.match(line):
        return []
    line = line.lstrip("#")
    words = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(line)]
    kinds = _value_words([word for _start, _end, word in words])
    in_columns = bool(_COLUMNS.search(line))
    items: list[LabelPiece | FlowValue] = []

    def place(start: int, stop: int) -> tuple[tuple[int, int], ...]:
        return _spans(line, start, stop) if in_columns else ()

    open_piece, begin, end = "", 0, 0
    for (start, stop, word), value in zip(words, kinds, strict=True):
        # The first word of a line may be a piece of a merged heading, whatever room it has.
        if open_piece and (value or not items or start - end >= _LEAST_COLUMN_GAP):
            items.append(LabelPiece(squash(open_piece), number, not value, place(begin, end)))
            open_piece = ""
        if value:
            items.append(FlowValue(word, number, place(start, stop)))
        else:
            begin = begin if open_piece else start
            open_piece += word
        end = stop
    if open_piece:
        items.append(LabelPiece(squash(open_piece), number, spans=place(begin, end)))
    return [item for item in items if isinstance(item, FlowValue) or item.text]


def _spans(line: str, start: int, stop: int) -> tuple[tuple[int, int], ...]:
    """Return where a word stands, in characters and in half widths of two kinds: programs count all three."""
    wide_from, wide_to = (len(_WIDE.findall(line[:end])) for end in (start, stop))
    dash_from, dash_to = (len(_WIDE_OR_NARROW.findall(line[:end])) for end in (start, stop))
    return (
        (start, stop),
        (start + wide_from + dash_from, stop + wide_to + dash_to),
        (start + wide_from, stop + wide_to),
    )


def _value_words(words: Sequence[str]) -> list[bool]:
    """Tell which words of a line are values: those at its end, and runs that a numbered label follows.

    A number before other words is part of the text (`2024 年`, `1 属于国家秘密`).
    """
    kinds = [is_value(word) for word in words]
    if len(words) == 1 and half_width(words[0]) in _WORDLIKE_MARKS:
        return [False]
    last_word = next((i for i in range(len(words) - 1, -1, -1) if not kinds[i]), -1)
    place = 0
    while place < last_word:
        stop = place
        while kinds[stop]:
            stop += 1
        if stop > place and not _begins_label(words[stop], place, stop - place):
            kinds[place:stop] = [False] * (stop - place)
        place = stop + 1
    return kinds


def _begins_label(word: str, place: int, count: int) -> bool:
    number, core = split_number(word)
    if number and core:
        return True
    return count > 1 or (place > 0 and bool(re.match(r"第二十条|规章|行政|规范性|其他|政府|信息内容", core)))
