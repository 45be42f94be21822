"""The signature below a report: who signed it and when, side evidence for its body and its year.

A signature is the name of a body with a date on the same line or beside it, among the last lines of the
text. Either alone is none: prose ends in such words too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extract.labels import half_width

_LAST_LINES = 12
_MOST_NAME_CHARS = 40
_LEAST_NAME_CHARS = 3
_NAME = re.compile(
    r"(?:政府|办公[厅室]|[局委厅办院处站所队部署社会]|街道|[镇乡县市区州盟旗省苏木]|中心|公司|学校|集团|法院)$"
)
_NOT_NAME = re.compile(r"[。；;：:，,、！？!?《》“”0-9]|^(?:本|各|附件|抄送|主送|联系)")
_DATE = re.compile(r"(20\d\d)\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?$")
_CHINESE_DATE = re.compile(
    r"([二〇零○OＯ一三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日$"
)
_DIGITS = {**dict(zip("一二三四五六七八九", range(1, 10), strict=True)), **dict.fromkeys("〇零○OＯ", 0)}


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and the day (Asia/Shanghai) that is written below; both None where nobody did."""

    organization: str | None = None
    signed_on: date | None = None


def find_signature(lines: Sequence[str]) -> Signature:
    """Find the last signature of a text."""
    last = [bare for line in lines if (bare := "".join(half_width(line).split()))][-_LAST_LINES:]
    for place in range(len(last) - 1, -1, -1):
        day, rest = _take_date(last[place])
        if day is None:
            continue
        beside = [rest] if rest else [*last[max(place - 1, 0) : place], *last[place + 1 : place + 2]]
        name = next((text for text in beside if _is_name(text)), None)
        if name:
            return Signature(name, day)
    return Signature()


def _take_date(line: str) -> tuple[date | None, str]:
    """Return the day at the end of a line and the words before it."""
    for pattern, read in ((_DATE, int), (_CHINESE_DATE, _chinese_number)):
        match = pattern.search(line)
        if match:
            try:
                return date(*(read(group) for group in match.groups())), line[: match.start()].strip("()")
            except ValueError:
                return None, line
    return None, line


def _chinese_number(text: str) -> int:
    """Read 二〇二五 digit by digit, and 十六, 三十一 as numbers."""
    if "十" not in text:
        return int("".join(str(_DIGITS[character]) for character in text))
    tens, _, ones = text.partition("十")
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def _is_name(text: str) -> bool:
    fits = _LEAST_NAME_CHARS <= len(text) <= _MOST_NAME_CHARS
    return fits and not _NOT_NAME.search(text) and _NAME.search(text) is not None
