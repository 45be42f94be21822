"""Parts named first and counted after: 共120条，网站、微信、微博分别公开20条、60条、40条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from monitor.rules.lists.complements import Complement
from monitor.rules.lists.runs import sum_of
from monitor.rules.prose.quantities import Quantity

MOST_SHARE_MISSED = Decimal("0.1")
_NAMES = re.compile(
    r"(?:^|[，；。：])(?:其中[，：]?)?(?:20\d\d年度?|全年|本年度?)?，?(?:通过)?(?P<names>[^，；。：\d]{2,60}?)(?:等?[一二两三四五]种?(?:渠道|方式|平台|类))?"
    r"分别(?:主动|公开|发布|推送|政府|政务|各类|信息|数量|为|是|有)*$"
)
_BETWEEN = re.compile("[、，和及]")
_TOTAL_BEFORE = re.compile(r"[^，；。：\d]{0,6}[，；。：]")
_MORE_NAMES = re.compile("[、和及与]")


def respective(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield a total with as many numbers as names stand before 分别, where they nearly make it up."""
    if "分别" not in text:
        return
    for place, first in enumerate(counted):
        named = _NAMES.search(text[: first.start])
        if named is None:
            continue
        count = len(_MORE_NAMES.split(named["names"]))
        parts = tuple(counted[place : place + count])
        total = _total_of(text, counted, place, count, named.start())
        row = (*parts, total) if total else parts
        is_plain = len({item.unit for item in row}) == 1 and all(item.exact for item in row)
        if total is None or not is_plain or not 1 < count == len(parts) or not _are_in_a_row(text, parts):
            continue
        if 0 < abs(sum_of(parts) - total.value) <= total.value * MOST_SHARE_MISSED:
            yield Complement(total, parts)


def _are_in_a_row(text: str, parts: Sequence[Quantity]) -> bool:
    return all(_BETWEEN.fullmatch(text[before.end : item.start]) for before, item in pairwise(parts))


def _total_of(text: str, counted: Sequence[Quantity], place: int, count: int, start: int) -> Quantity | None:
    """Return the total right before the names, if nothing of its kind follows the numbers."""
    before = counted[place - 1] if place else None
    if before is None or any(item.unit == before.unit for item in counted[place + count :]):
        return None
    return before if _TOTAL_BEFORE.fullmatch(text[before.end : start + 1]) else None
