"""Automatic numbering of DOCX paragraphs: what Word prints before the text, 一、 or （二） or 3.

A paragraph names a list (numId) and a level, itself or through its style; the list's abstract
definition has for each level a number format and a text such as `%1、`. Counters belong to the
abstract definition, so that several lists may count on; a level counts from its start again after a
paragraph of a higher level. Labels matter: headings and even row labels are often numbered so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element as Element

from extract.readers.chinese_numerals import written_number
from extract.readers.docx_markup import Names

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_MOST_BASES = 20


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    number_format: str
    text: str
    legal: bool  # all numbers of the label in decimal


class Numbering:
    """The lists of one document, and how far each has counted."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        """Take the roots of numbering.xml and styles.xml, None where the part is missing."""
        self._abstract_of: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._style_levels: dict[tuple[str, str], int] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._styles: dict[str, tuple[str | None, str | None, int]] = {}
        if numbering is not None:
            self._read_lists(numbering, Names(numbering))
        if styles is not None:
            self._read_styles(styles, Names(styles))

    def label(self, paragraph: Element, names: Names) -> str:
        """Return the label printed before `paragraph`, "" where there is none; counts on."""
        properties = names.find(paragraph, "pPr")
        style = names.value(properties, "pStyle") or ""
        list_id = names.value(properties, "numPr", "numId")
        level = names.number(properties, "numPr", "ilvl", default=-1)
        if list_id is None:
            list_id, style_level = self._of_style(style)
            level = style_level if level < 0 else level
        abstract = self._abstract_of.get(list_id or "")
        if list_id is None or abstract is None:
            return ""
        if level < 0:
            level = self._style_levels.get((abstract, style), 0)
        return self._count(list_id, abstract, min(level, _LEVELS - 1))

    def _count(self, list_id: str, abstract: str, level: int) -> str:
        levels = self._levels.get(abstract, {})
        counters = self._counters.setdefault(abstract, [None] * _LEVELS)
        for place, start in self._overrides.pop(list_id, {}).items():
            counters[place] = start - 1
        own = levels.get(level)
        if own is None:
            return ""
        for place in range(level):
            if counters[place] is None:
                counters[place] = levels[place].start if place in levels else 1
        counter = counters[level]
        counters[level] = own.start if counter is None else counter + 1
        counters[level + 1 :] = [None] * (_LEVELS - level - 1)
        return _PLACE.sub(lambda match: _written(levels, counters, int(match.group(1)) - 1, own), own.text)

    def _of_style(self, style: str) -> tuple[str | None, int]:
        """Follow the chain of styles to the first that names a list."""
        for _ in range(_MOST_BASES):
            base, list_id, level = self._styles.get(style, (None, None, -1))
            if list_id is not None:
                return list_id, level
            if base is None:
                break
            style = base
        return None, -1

    def _read_lists(self, root: Element, names: Names) -> None:
        for abstract in root.iter(names.tag("abstractNum")):
            key = abstract.get(names.tag("abstractNumId"), "")
            self._levels[key] = {}
            for level in abstract.iter(names.tag("lvl")):
                place = _place(level, names)
                self._levels[key][place] = _read_level(level, names)
                style = names.value(level, "pStyle")
                if style:
                    self._style_levels[key, style] = place
        for number in root.iter(names.tag("num")):
            key = number.get(names.tag("numId"), "")
            self._abstract_of[key] = names.value(number, "abstractNumId") or ""
            for override in number.iter(names.tag("lvlOverride")):
                if names.find(override, "startOverride") is not None:
                    start = names.number(override, "startOverride", default=1)
                    self._overrides.setdefault(key, {})[_place(override, names)] = start

    def _read_styles(self, root: Element, names: Names) -> None:
        for style in root.iter(names.tag("style")):
            self._styles[style.get(names.tag("styleId"), "")] = (
                names.value(style, "basedOn"),
                names.value(style, "pPr", "numPr", "numId"),
                names.number(style, "pPr", "numPr", "ilvl", default=-1),
            )


def _written(levels: dict[int, _Level], counters: list[int | None], place: int, own: _Level) -> str:
    number_format = "decimal" if own.legal or place not in levels else levels[place].number_format
    return written_number(counters[place] or 0, number_format)


def _place(element: Element, names: Names) -> int:
    value = element.get(names.tag("ilvl"), "0")
    return min(int(value), _LEVELS - 1) if value.isascii() and value.isdigit() else 0


def _read_level(level: Element, names: Names) -> _Level:
    return _Level(
        start=names.number(level, "start", default=1),
        number_format=names.value(level, "numFmt") or "decimal",
        text=names.value(level, "lvlText") or "",
        legal=names.is_on(level, "isLgl"),
    )
