"""Cut a text into its parts at the titles found, and join the lines that only wrap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.headings import SENTENCE_END, Heading, plain
from extract.model import Section

_ANY_HEADING = re.compile(r"\s*(?:#|[（(]?[一二三四五六七八九十\d]{1,2}\s*[)）、.．])")
_MOST_WRAP_WIDTH = 110
_LEAST_WRAP_SHARE = 0.8
_ENDS_IN_NUMBER, _GOES_ON_IN_NUMBER = re.compile(r"\d[.,]?$"), re.compile(r"[.,]?\d")


def cut_sections(
    lines: Sequence[str], headings: Sequence[Heading], first: int, table_lines: Iterable[int]
) -> tuple[Section, ...]:
    """Cut the text into sections; lines of official tables are left out. `first`: line after the title."""
    ordered = sorted(headings, key=lambda heading: heading.line)
    dropped = set(table_lines)
    starts = [*(heading.line for heading in ordered), len(lines)]
    sections = []
    head = [lines[n] for n in range(first, starts[0]) if n not in dropped]
    opening = _tidy([*head, ordered[0].before] if ordered else head)
    if opening:
        sections.append(Section(None, "", opening))
    for place, heading in enumerate(ordered):
        own = [lines[n] for n in range(heading.last_line + 1, starts[place + 1]) if n not in dropped]
        residue = ordered[place + 1].before if place + 1 < len(ordered) else ""
        text = _tidy([heading.glued, *own, residue])
        sections.append(Section(heading.number, heading.title, text, heading.mark))
    return tuple(sections)


def _tidy(lines: Sequence[str]) -> str:
    """Return paragraphs one a line, without blank lines; lines that only wrap are joined."""
    kept = [text for line in lines if (text := plain(line))]
    widths = [_display_width(line) for line in kept]
    full_width = sorted(widths)[-1 - len(widths) // 8] if widths else 0
    if full_width > _MOST_WRAP_WIDTH:
        return "\n".join(kept)
    joined: list[str] = []
    for place, line in enumerate(kept):
        full = place > 0 and widths[place - 1] >= _LEAST_WRAP_SHARE * full_width
        if full and kept[place - 1][-1] not in SENTENCE_END and not _ANY_HEADING.match(line):
            joined[-1] += _between(joined[-1], line) + line
        else:
            joined.append(line)
    return "\n".join(joined)


def _between(before: str, line: str) -> str:
    """Return what a full line's end stands for: a blank between words, nothing in a number or in Chinese."""
    if _ENDS_IN_NUMBER.search(before) and _GOES_ON_IN_NUMBER.match(line):
        return ""
    return " " if before[-1:].isascii() and line[:1].isascii() else ""


def _display_width(line: str) -> int:
    """Return the width of a line in columns, CJK characters counting two."""
    return 2 * len(line) - len(line.encode("ascii", "ignore"))
