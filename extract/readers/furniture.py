"""Page numbers and running heads: what stands at the edge of pages and is no part of the text.

Position alone decides nothing: a line is dropped only where it repeats on other pages or where its
number counts with the pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from extract.readers.glyph_lines import Line
from extract.readers.paged import Page

_EDGE_SHARE = 0.12
"""Share of the page's height, at its top and foot, in which furniture stands."""
_EDGE_LINES = 3
_PAGE_NUMBER = re.compile(
    r"[-—–―－_~·•\s]*(?P<bare>\d{1,4})[-—–―－_~·•\s]*"
    r"|[-—–\s]*第\s*(?P<page>\d{1,4})\s*页(?:\s*[,，/|]?\s*共\s*\d{1,4}\s*页)?[-—–\s]*"
    r"|(?P<of>\d{1,4})\s*/\s*\d{1,4}"
    r"|Page\s*(?P<english>\d{1,4})(?:\s*of\s*\d{1,4})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_LEAST_SHARE = 0.4
"""Share of the pages on which a running head stands (odd and even pages may differ)."""


def furniture_of(pages: Sequence[Page], lines_by_page: Sequence[Sequence[Line]]) -> set[int]:
    """Return the `id`s of the lines that are page numbers, running heads or feet."""
    numbers: dict[int, list[Line]] = defaultdict(list)
    heads: dict[tuple[str, int], list[tuple[int, Line]]] = defaultdict(list)
    for page, lines in zip(pages, lines_by_page, strict=True):
        for line in _edge_lines(page, lines):
            number = _page_number(line.text)
            if number is not None:
                numbers[number - page.number].append(line)
            heads[_DIGITS.sub("0", line.text), round(line.top / 4)].append((page.number, line))
    dropped = {id(line) for line in _counting(numbers)}
    for places in heads.values():
        if len({number for number, _ in places}) >= max(2, _LEAST_SHARE * len(pages)):
            dropped |= {id(line) for _, line in places}
    return dropped


def _edge_lines(page: Page, lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the first and last lines of a page that stand at its edges."""
    for line in lines[:_EDGE_LINES]:
        if line.bottom < page.height * _EDGE_SHARE:
            yield line
    for line in lines[max(_EDGE_LINES, len(lines) - _EDGE_LINES) :] or lines[-1:]:
        if line.top > page.height * (1 - _EDGE_SHARE):
            yield line


def _counting(numbers: dict[int, list[Line]]) -> list[Line]:
    """Return the lines whose numbers count with the pages: the commonest distance to the page's own."""
    if not numbers:
        return []
    counts = Counter({distance: len(lines) for distance, lines in numbers.items()})
    distance, count = counts.most_common(1)[0]
    if count > 1 or distance == 0:
        return [*numbers[distance], *(numbers.get(0, []) if distance else [])]
    return []


def _page_number(text: str) -> int | None:
    match = _PAGE_NUMBER.fullmatch(text)
    if not match:
        return None
    return int(next(group for group in match.groups() if group))
