"""Paragraphs from the lines of pages: wrapped lines joined, also over a page break.

A paragraph ends where its line stops short of the right margin, where the next line is indented, or
where the size of the writing changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extract.readers.glyph_lines import Line
from extract.readers.wording import glue, is_number_char, is_wide

_LONG_LINE_CHARS = 15
_SIZE_CHANGE = 0.15
_LARGER = 1.15
_INDENT = 1.2
_SPARE = 1.2
"""Room at the end of a line, in heights beyond the next word, that a wrap does not leave."""
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]")
_ENDED = ("。", "；", "：", "！", "？", ":", ";")


@dataclass(frozen=True, slots=True)
class Margins:
    """The body's left and right edge and the height of its writing."""

    left: float
    right: float
    size: float

    def is_centred(self, line: Line) -> bool:
        """Tell lines that stand in the middle, away from both margins."""
        off = abs((line.x0 + line.x1) - (self.left + self.right)) / 2
        away = 1.5 * line.size
        return off < line.size and line.x0 - self.left > away and self.right - line.x1 > away

    def is_prominent(self, line: Line) -> bool:
        """Tell lines that are centred or larger than the body."""
        return line.size > _LARGER * self.size or self.is_centred(line)


def margins_of(lines: Sequence[Line], width: float) -> Margins:
    """Measure the margins on the long lines; on a text without any, from all lines."""
    long_lines = [line for line in lines if len(line.chars) >= _LONG_LINE_CHARS] or list(lines)
    if not long_lines:
        return Margins(0.0, width, 12.0)
    lefts, rights = sorted(line.x0 for line in long_lines), sorted(line.x1 for line in long_lines)
    tenth = len(long_lines) // 10
    return Margins(lefts[tenth], rights[-1 - tenth], median(line.size for line in long_lines))


def goes_on(before: Line, before_margins: Margins, after: Line, margins: Margins) -> bool:
    """Tell whether `after` continues the paragraph of `before`."""
    if abs(before.size - after.size) > _SIZE_CHANGE * before.size:
        return False
    if before_margins.is_prominent(before) or margins.is_centred(after):
        return False
    if before.is_columnar or after.is_columnar:
        return False
    if after.x0 - margins.left > _INDENT * after.size:
        return False
    if before.text.endswith(_ENDED) and _NUMBERED.match(after.text):
        return False
    room = before_margins.right - before.x1
    return room < _first_word_width(after) + _SPARE * before.size


def join_paragraph(lines: Sequence[Line]) -> str:
    """Join wrapped lines; the lines are full, so digits that meet are one number."""
    joined = ""
    for line in lines:
        text = line.text
        wrap = joined and text and is_number_char(joined[-1]) and is_number_char(text[0])
        joined += ("" if wrap else glue(joined, text)) + text
    return joined


def _first_word_width(line: Line) -> float:
    """Return the width of what cannot be broken at the start of a line: one CJK character, or a word."""
    end = line.chars[0].x1
    for char in line.chars:
        if char.text.strip() == "" or (is_wide(char.text[0]) and char is not line.chars[0]):
            break
        end = char.x1
        if is_wide(char.text[0]):
            break
    return end - line.x0
