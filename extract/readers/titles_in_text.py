"""How the report's own headings and title look, whatever the format they come in."""

from __future__ import annotations

import re

SECTION_TITLES = (
    re.compile(r"总体情况|基本情况"),
    re.compile(r"主动公开政府信息.{0,4}情况"),
    re.compile(r"收到和处理.{0,4}信息公开申请"),
    re.compile(r"行政复议.{0,12}诉讼"),
    re.compile(r"问题.{0,4}改进"),
    re.compile(r"其他需要报告的?事项"),
)
"""Marks of the six official section titles, in order (docs/contract/report.md)."""

_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]\s*\S")
_SUB_NUMBERED = re.compile(r"^[（(]\s*[一二三四五六七八九十]{1,3}\s*[)）]\s*\S")
_SENTENCE = re.compile(r"[。；;！？!?]|[：:，,\d]$")
"""A line with one of these is no heading; one that ends in a digit is a row of numbers."""
_MOST_HEADING_CHARS = 40
_TITLE = re.compile(
    r"(?:信息|政务)公开.{0,16}(?:年报|年度(?:工作)?报告|工作(?:年度)?报告|年度工作总结)|年度报告.{0,8}信息公开"
)
_NOT_TITLE = re.compile(
    r"[。；！？]|[：:]\s*$|^(?:现将|根据|按照|本报告|上一[篇条]|下一[篇条])|当前位置|首页|网站地图|无障碍"
    r"|公开(?:指南|目录|制度)"
)
"""Sentences, links to other articles, and menus that name the list of reports among others."""
_MOST_TITLE_CHARS = 90
_YEAR = re.compile(
    r"(?<!\d)(20\d\d|２０[０-９]{2}|二[〇零○ＯOo][〇零○ＯOo一二][〇零○ＯOo一二三四五六七八九])(?=\D|$)"
)


def heading_level(text: str) -> int:
    """Return 2 for `一、…`, 3 for `（一）…`, 0 for what is not a heading by the official numbering."""
    if len(text) > _MOST_HEADING_CHARS or _SENTENCE.search(text):
        return 0
    if _NUMBERED.match(text):
        return 2
    return 3 if _SUB_NUMBERED.match(text) else 0


def section_number(text: str) -> int:
    """Return 1 to 6 where a short line reads as that official section's title, else 0."""
    if len(text) > _MOST_HEADING_CHARS or _SENTENCE.search(text):
        return 0
    bare = text.replace(" ", "")
    if not _NUMBERED.match(bare) and len(bare) > 30:
        return 0
    return next((n for n, pattern in enumerate(SECTION_TITLES, 1) if pattern.search(bare)), 0)


def is_title(text: str) -> bool:
    """Tell whether a line reads as the title of a report."""
    bare = text.replace(" ", "")
    return len(bare) <= _MOST_TITLE_CHARS and bool(_TITLE.search(bare)) and not _NOT_TITLE.search(bare)


def years_in(text: str) -> frozenset[str]:
    """Return the years a title names, as written."""
    return frozenset(_YEAR.findall(text.replace(" ", "")))
