"""What differs between two reports: cell by cell and sentence by sentence. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from extract.model import Fact, Report

SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]?")


class Change(StrEnum):
    """What became of a sentence."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A cell that reads differently; None on the side that does not have it."""

    path: str
    left: Fact | None
    right: Fact | None


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that follow each other and share what became of them."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class SectionDifference:
    """A section whose words differ."""

    number: int | None
    heading: str
    passages: tuple[Passage, ...]


def differing_cells(left: Report, right: Report) -> list[CellDifference]:
    """Return the cells whose value, state or words differ, in the order of the left report."""
    lefts = {fact.path: fact for fact in left.facts}
    rights = {fact.path: fact for fact in right.facts}
    paths = dict.fromkeys([*lefts, *rights])
    pairs = (CellDifference(path, lefts.get(path), rights.get(path)) for path in paths)
    return [pair for pair in pairs if _reads(pair.left) != _reads(pair.right)]


def differing_sections(left: Report, right: Report) -> list[SectionDifference]:
    """Return the sections whose words differ, blanks and line breaks aside."""
    lefts, rights = _sections(left), _sections(right)
    keys = sorted({*lefts, *rights}, key=lambda key: (key[0] is None and key[1] != "", key[0] or 0, key[1]))
    found = []
    for key in keys:
        passages = tuple(differing_passages(lefts.get(key, ""), rights.get(key, "")))
        if any(passage.change is not Change.SAME for passage in passages):
            found.append(SectionDifference(key[0], key[1], passages))
    return found


def differing_passages(left: str, right: str) -> Iterator[Passage]:
    """Compare two texts sentence by sentence."""
    before, after = sentences(left), sentences(right)
    matcher = SequenceMatcher(None, [_bare(item) for item in before], [_bare(item) for item in after], False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Passage(Change.SAME, "".join(after[c:d]))
            continue
        if a < b:
            yield Passage(Change.GONE, "".join(before[a:b]))
        if c < d:
            yield Passage(Change.NEW, "".join(after[c:d]))


def sentences(text: str) -> list[str]:
    """Split at the end of sentences and lines; the end mark stays with its sentence."""
    found = (match.group().strip() for match in SENTENCE.finditer(text))
    return [sentence for sentence in found if sentence]


def _sections(report: Report) -> dict[tuple[int | None, str], str]:
    """Return the words of each section; an official section is known by its number alone."""
    official: dict[int, str] = {}
    texts: dict[tuple[int | None, str], str] = {}
    for section in report.sections:
        heading = section.heading
        if section.number is not None:
            heading = official.setdefault(section.number, f"第{section.number}部分")
        key = (section.number, heading)
        texts[key] = "\n".join(part for part in (texts.get(key), section.text) if part)
    return texts


def _bare(sentence: str) -> str:
    return "".join(sentence.split())


def _reads(fact: Fact | None) -> tuple[object, ...] | None:
    return (fact.value, fact.state, _bare(fact.raw)) if fact else None
