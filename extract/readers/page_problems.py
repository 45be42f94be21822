"""What is wrong with pages as pages: scans, text layers over scans, letters without a code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.model import Problem
from extract.readers.limits import MAX_RULES_PER_PAGE
from extract.readers.paged import Page

_REPLACEMENT = "\ufffd"
_WHOLE_PAGE_SHARE = 0.7
_MOST_NAMED = 20


def page_problems(pages: Sequence[Page]) -> list[Problem]:
    """Return the problems of docs/normalized-text.md that concern pages; pages are counted from 1."""
    problems = []
    unmapped = sum(char.text == _REPLACEMENT for page in pages for char in page.chars)
    if unmapped:
        problems.append(Problem("unmapped_characters", f"{unmapped} 个字符没有对应的文字编码，已标为 U+FFFD"))
    bare = [page.number for page in pages if not page.chars and page.pictures]
    if bare:
        problems.append(Problem("scan", f"第 {_named(bare)} 页只有图像，没有文字"))
    over = [page.number for page in pages if page.chars and _has_whole_picture(page)]
    if over:
        problems.append(Problem("ocr_layer", f"第 {_named(over)} 页的文字在整页图像之上，可能来自文字识别"))
    crowded = [page.number for page in pages if len(page.rules) >= MAX_RULES_PER_PAGE]
    if crowded:
        problems.append(Problem("too_many_rules", f"第 {_named(crowded)} 页线条过多，表格可能不完整"))
    return problems


def _has_whole_picture(page: Page) -> bool:
    area = page.width * page.height
    return any((x1 - x0) * (bottom - top) > _WHOLE_PAGE_SHARE * area for x0, top, x1, bottom in page.pictures)


def _named(numbers: Iterable[int]) -> str:
    names = [str(number) for number in numbers]
    return "、".join(names[:_MOST_NAMED]) + (" 等" if len(names) > _MOST_NAMED else "")
