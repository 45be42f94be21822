"""Lines of writing from characters: doubled strokes removed, blanks where the gaps are wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.numbers import is_value
from extract.readers.paged import Char
from extract.readers.wording import clean, is_wide

_SAME_LINE = 0.5
"""Middles nearer than this share of a character's height are on one line."""
_WIDE_GAP = 0.6
_NARROW_GAP = 0.3
"""Gaps, as shares of a character's height, from which a blank is read between CJK / other characters."""
_COLUMN_GAP = 1.5
_SMALLEST = 1.0
"""Points: writing lower than this is of a damaged file; how many characters a gap holds cannot be told."""
_WIDEST = 1000.0
"""Characters: more than any page has room for, so a place beyond is of a damaged file."""
_FEW_WORDS = 4
_SHORTEST_WORD = 3
_DOUBLED = 0.25
"""Two equal characters nearer than this share of their width are one, printed twice to look bold."""


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one line, from left to right, and the line as read, cleaned."""

    chars: tuple[Char, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def size(self) -> float:
        """Height of the writing: that of the line's first character."""
        return self.chars[0].bottom - self.chars[0].top

    @property
    def is_columnar(self) -> bool:
        """Tell lines in columns, as rows of a table without rules: wide gaps, or hardly a word in each."""
        words = self.text.split()
        if len(words) > _FEW_WORDS and all(len(word) < _SHORTEST_WORD or word.isdigit() for word in words):
            return True
        return self._wide_gaps() > 1

    @property
    def ends_in_column(self) -> bool:
        """Tell whether the line's last word is a number or mark that stands apart, or the only word."""
        words = self.text.split()
        return is_value(words[-1]) and (len(words) == 1 or self._wide_gaps() > 0)

    def laid_out(self, left: float) -> str:
        """Return the line with blanks where the page has room, as `pdftotext -layout`, from `left` on."""
        text, width = "", 0
        for start, word in _words(self.chars):
            at = round(min(2 * (start - left) / max(self.size, _SMALLEST), _WIDEST))
            blanks = max(at - width, 1 if text else 0)
            text += " " * blanks + word
            width += blanks + sum(2 if is_wide(character) else 1 for character in word)
        return text

    def _wide_gaps(self) -> int:
        wide = _COLUMN_GAP * self.size
        return sum(after.x0 - before.x1 > wide for before, after in pairwise(self.chars))


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """Group characters into lines, from the top; blanks at the ends of a line are left out."""
    rows: list[list[Char]] = []
    middle = height = 0.0
    for char in sorted(chars, key=_middle):
        if rows and _middle(char) - middle <= _SAME_LINE * max(height, 1.0):
            rows[-1].append(char)
        else:
            rows.append([char])
            middle, height = _middle(char), char.bottom - char.top
    return [line for row in rows if (line := _line(row)) is not None]


def _middle(char: Char) -> float:
    return (char.top + char.bottom) / 2


def _line(row: Sequence[Char]) -> Line | None:
    chars = _without_doubles(sorted(row, key=lambda char: char.x0))
    while chars and not chars[-1].text.strip():
        chars.pop()
    first = next((place for place, char in enumerate(chars) if char.text.strip()), len(chars))
    chars = chars[first:]
    if not chars:
        return None
    top, bottom = min(char.top for char in chars), max(char.bottom for char in chars)
    text = clean("".join(piece for piece, _char in _pieces(chars))).strip()
    return Line(tuple(chars), text, chars[0].x0, top, max(char.x1 for char in chars), bottom)


def _without_doubles(chars: list[Char]) -> list[Char]:
    kept: list[Char] = []
    for char in chars:
        if not any(_is_double(other, char) for other in kept[-2:] if other.text == char.text):
            kept.append(char)
    return kept


def _is_double(one: Char, other: Char) -> bool:
    return other.x0 - one.x0 < _DOUBLED * max(other.x1 - other.x0, 1.0)


def _words(chars: Sequence[Char]) -> Iterator[tuple[float, str]]:
    """Yield where each word of a line begins, and the word."""
    start, word = chars[0].x0, ""
    for piece, char in _pieces(chars):
        if not piece.strip():
            if word:
                yield start, clean(word)
            word = ""
            continue
        if not word:
            start = char.x0
        word += piece
    if word:
        yield start, clean(word)


def _pieces(chars: Sequence[Char]) -> Iterator[tuple[str, Char]]:
    """Yield each character's text, and a blank before those that stand apart."""
    yield chars[0].text, chars[0]
    for before, char in pairwise(chars):
        gap, height = char.x0 - before.x1, char.bottom - char.top
        if gap > _NARROW_GAP * height:
            both_wide = is_wide(before.text[:1] or " ") and is_wide(char.text[:1] or " ")
            if not both_wide or gap > _WIDE_GAP * height:
                yield " ", char
        yield char.text, char
