"""Parts named first and counted after: 共120条，网站、微信、微博分别公开20条、60条、40条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from monitor.rules.lists.complements import Complement
from monitor.rules.lists.runs import sum_of
from monitor.rules.lists.totals_behind import MANY
from monitor.rules.prose.quantities import Quantity

MOST_SHARE_MISSED = Decimal("0.1")
FEW_MISSED = 3
"""By so few all quarters may miss a small total."""
_NAMES = re.compile(
    r"(?:^|[，；。：])(?:其中[，：]?)?(?:20\d\d年度?|全年|本年度?)?，?(?:通过)?(?P<names>[^，；。：\d]{2,60}?)(?:等?[一二两三四五]种?(?:渠道|方式|平台|类))?"
    r"(?:分别|依次)(?:主动|举办|召开|列席|参加|公开|发布|推送|政府|政务|各类|信息|数量|为|是|有)*$"
)
NUMERALS = "零一二三四五六七八九"
_SPAN = re.compile("第?(?P<first>[一二三四])(?:季度)?[至到—-]第?(?P<last>[一二三四])季度")
_TIMES = re.compile(
    "(?:这|上述|以上)?(?P<many>[二两三四五六七八九])(?:次|期|场|批|个季度|者|类|项|种|个?(?:平台|渠道|账号|栏目|方面|部分))"
)
_BETWEEN = re.compile("[、，和及]")
_TOTAL_BEFORE = re.compile(r"[^，；。：\d]{0,6}[，；。：]")
_MORE_NAMES = re.compile("[、和及与]")


def respective(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield a total with as many numbers as names stand before 分别, where they nearly make it up."""
    if "分别" not in text and "依次" not in text:
        return
    for place, first in enumerate(counted):
        named = _NAMES.search(text[: first.start])
        if named is None:
            continue
        count = _many(named["names"])
        parts = tuple(counted[place : place + count])
        total = _total_of(text, counted, place, count, named.start())
        row = (*parts, total) if total else parts
        is_plain = len({item.unit for item in row}) == 1 and all(item.exact for item in row)
        if total is None or not is_plain or not 1 < count == len(parts) or not _are_in_a_row(text, parts):
            continue
        missed = abs(sum_of(parts) - total.value)
        is_few = _are_all(named["names"]) and missed <= FEW_MISSED and missed * 2 < total.value
        if missed and (is_few or missed <= total.value * MOST_SHARE_MISSED):
            yield Complement(total, parts)


def _are_all(names: str) -> bool:
    """Tell all four quarters, or all times that there were: 三次."""
    span = _SPAN.search(names)
    is_year = span is not None and (span["first"], span["last"]) == ("一", "四")
    return is_year or bool(_TIMES.fullmatch(names))


def _many(names: str) -> int:
    """Return how many names there are: 网站、微信 are two, 第一至第四季度 four, 三次 three."""
    span = _SPAN.search(names)
    if span:
        return NUMERALS.index(span["last"]) - NUMERALS.index(span["first"]) + 1
    times = _TIMES.fullmatch(names)
    return MANY[times["many"]] if times else len(_MORE_NAMES.split(names))


def _are_in_a_row(text: str, parts: Sequence[Quantity]) -> bool:
    return all(_BETWEEN.fullmatch(text[before.end : item.start]) for before, item in pairwise(parts))


def _total_of(text: str, counted: Sequence[Quantity], place: int, count: int, start: int) -> Quantity | None:
    """Return the total right before the names, if nothing of its kind follows the numbers."""
    before = next((item for item in reversed(counted[:place]) if item.end <= start + 1), None)
    if before is None or any(item.unit == before.unit for item in counted[place + count :]):
        return None
    return before if _TOTAL_BEFORE.fullmatch(text[before.end : start + 1]) else None
