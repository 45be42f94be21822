"""Totals behind parts that say themselves how many numbers, or which, they add: 二者合计, 改造前共有.

`totals_behind` reads those that follow all that their sentence counts, whatever the words are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from monitor.rules.lists.divisions import are_of_those_kept
from monitor.rules.lists.totals_behind import LEAST_PARTS, MANY, TotalBehind
from monitor.rules.prose.quantities import Quantity

_SO_MANY = re.compile(
    r"[，；](?:以上|上述|这)?(?P<many>[二两三四五六七八九])(?:者|项|类|种|个?方面|部分|个?(?:平台|渠道|账号|栏目|网站|媒体))"
    r"(?:全年|累计|信息)*(?:共计|合计|总计|总共|共|相加)(?:为|达|公开|发布|推送|信息)*$"
)
_BEFORE_ALL = re.compile(r"[，；](?:改造|整合|清理|调整|撤并)前(?:共|总|原)?有?$")
_OF_ALL_EXAMINED = re.compile(r"[，；](?:以上|上述)?(?:纳入|列入)[^，。；\d]{0,6}范围的(?:共|共计)?$")
_PLAIN = re.compile(r"[，；、](?:共计|合计|总计|共|总共)$")
_WITHIN = re.compile("其中|包括|包含|含|其余|较|比上年|同比|上年|去年")
_LABEL = re.compile(r"[，；、](?:另有?|以及|及|和)?[^，。；、\d]{2,30}")
_GONE = re.compile("关停|撤并|注销|归并|整合|下线|关闭")
_KEPT = re.compile("保留|保有|留存|运行")
_MARKS = "。；"


def sums_told(text: str, counted: Sequence[Quantity]) -> Iterator[TotalBehind]:
    """Yield the totals of which their own words say which numbers before them they add."""
    for place, total in enumerate(counted):
        stretch = text[: total.start]
        row = [item for item in counted[:place] if item.unit == total.unit]
        parts = _so_many(stretch, row) or _of_stretch(stretch, row, counted[:place])
        if len(parts) < LEAST_PARTS or not all(item.exact for item in (*parts, total)):
            continue
        if not _WITHIN.search(text, parts[0].end, total.start) and not text.startswith("（", total.end):
            yield TotalBehind(total, tuple(parts), is_sure=True)


def _so_many(stretch: str, row: Sequence[Quantity]) -> Sequence[Quantity]:
    """Return the numbers that a total says to add, if its sentence counts no more of the kind."""
    said = _SO_MANY.search(stretch)
    return row if said is not None and len(row) == MANY[said["many"]] else ()


def _of_stretch(stretch: str, row: Sequence[Quantity], before: Sequence[Quantity]) -> Sequence[Quantity]:
    """Return the numbers between two ； that a total adds, side by side, with nothing else counted there."""
    start = max(stretch.rfind(mark, 0, row[-1].start) for mark in _MARKS) + 1 if row else 0
    own = [item for item in row if item.start >= start]
    if len(own) < LEAST_PARTS or any(item.start >= start and item not in own for item in before):
        return ()
    labels = [stretch[one.end : other.start] for one, other in pairwise(own)]
    if not all(map(_LABEL.fullmatch, labels)):
        return ()
    names = [stretch[start : own[0].start], *labels]
    if _PLAIN.match(stretch, own[-1].end):
        return own if len({label[:1] for label in labels}) == 1 else ()
    if _OF_ALL_EXAMINED.match(stretch, own[-1].end):
        return own if are_of_those_kept(names) else ()
    is_before = _BEFORE_ALL.match(stretch, own[-1].end) and len(own) == LEAST_PARTS
    return own if is_before and _GONE.search(names[0]) and _KEPT.search(names[1]) else ()
