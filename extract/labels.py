"""Compare labels as people do: width, blanks, brackets, numbering and small damage do not matter.

A label is split into its number (`3` of `3.其他`, `三` of `（三）不予公开`) and its core. Cores are
compared; numbers only tip the scales. A match needs a high score and a margin over the second best, so
a label that could be two rows is no match at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

LEAST_SCORE = 74.0
LEAST_MARGIN = 9.0
EXACT = 100.0
_PART_SCORE = 92.0
_LEAST_PART_CHARS = 4
_SAME_NUMBER = 6.0
_OTHER_NUMBER = -12.0
_MOST_REMEMBERED = 4096

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_NOT_WORD = re.compile(r"[^0-9A-Za-z\u3400-\u9fff〇]+")
_BLANKS = re.compile(r"\s+")
_NUMBER = re.compile(
    r"[(]?([一二三四五六七八九十]{1,3}|\d{1,2})(?:[)][、.,:．]?|[、.,:．])(?=\D)|(\d{1,2})(?=[^\W\d_])"
)
_BRACKETS = re.compile(r"[(][^()]*[)]?")


def half_width(text: str) -> str:
    """Map full-width ASCII and the ideographic blank to half width, nothing else (² stays ²)."""
    return text if text.isascii() else text.translate(_WIDTH)


@lru_cache(maxsize=8192)
def squash(text: str) -> str:
    """Return the words and digits of `text` alone, half-width, without blanks and punctuation."""
    return _NOT_WORD.sub("", half_width(text))


@lru_cache(maxsize=8192)
def split_number(text: str) -> tuple[str, str]:
    """Split a label into its number (or "") and its squashed core."""
    bare = _BLANKS.sub("", half_width(text))
    match = _NUMBER.match(bare)
    if not match:
        return "", squash(bare)
    return match[1] or match[2], squash(bare[match.end() :])


@dataclass(frozen=True, slots=True)
class Label:
    """A known label: what it stands for, its number, and all its known cores, longest first."""

    key: str
    number: str
    cores: tuple[str, ...]


def make_label(key: str, label: str, aliases: Iterable[str] = ()) -> Label:
    """Compile an official label and its variants; an explanation in brackets may be left out."""
    number = split_number(label)[0]
    cores = set()
    for text in (label, *aliases):
        cores.add(split_number(text)[1])
        numbered = _NUMBER.match(half_width(text))
        rest = half_width(text)[numbered.end() :] if numbered else half_width(text)
        cores.add(squash(_BRACKETS.sub("", rest)))
    return Label(key, number, tuple(sorted(cores - {""}, key=lambda core: (-len(core), core))))


@dataclass(slots=True)
class Vocabulary:
    """A set of labels to tell apart; keys may be given more than once."""

    labels: tuple[Label, ...]
    _exact: dict[str, list[Label]] = field(init=False)
    _found: dict[str, tuple[str, float] | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the cores."""
        self._exact = {}
        for label in self.labels:
            for core in label.cores:
                self._exact.setdefault(core, []).append(label)

    def exact(self, text: str) -> frozenset[str]:
        """Return all keys that `text` names to the letter; its number, where it has one, decides."""
        number, core = split_number(text)
        named = self._exact.get(core, ())
        numbered = frozenset(label.key for label in named if number and label.number == number)
        return numbered or frozenset(label.key for label in named)

    def find(self, text: str) -> tuple[str, float] | None:
        """Return (key, score) of the label that `text` is, or None where none or two could be meant."""
        if text not in self._found:
            if len(self._found) >= _MOST_REMEMBERED:
                self._found.clear()
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> tuple[str, float] | None:
        number, core = split_number(text)
        if not core:
            return None
        known = self._exact.get(core)
        if known and len(known) == 1 and number in ("", known[0].number):
            return known[0].key, EXACT
        return self._closest(number, core)

    def _closest(self, number: str, core: str) -> tuple[str, float] | None:
        best: dict[str, float] = {}
        for label in self.labels:
            score = max(_similarity(core, known) for known in label.cores)
            if number and label.number:
                score += _SAME_NUMBER if number == label.number else _OTHER_NUMBER
            best[label.key] = max(score, best.get(label.key, 0.0))
        (first, score), *others = sorted(best.items(), key=lambda item: -item[1])
        if score < LEAST_SCORE or (others and score - others[0][1] < LEAST_MARGIN):
            return None
        return first, min(score, EXACT)


def _similarity(text: str, known: str) -> float:
    if text == known:
        return EXACT
    short, long = sorted((text, known), key=len)
    if len(short) >= _LEAST_PART_CHARS and (long.startswith(short) or long.endswith(short)):
        return _PART_SCORE
    return fuzz.ratio(text, known, score_cutoff=50)
