"""A total and its parts told point by point: 公开信息100条，一是通过网站公开60条；二是通过公众号公开40条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from itertools import accumulate

from monitor.rules.lists.complements import Complement
from monitor.rules.lists.runs import COUNTERS, OF_ANOTHER_KIND, sum_of
from monitor.rules.prose.quantities import Quantity, quantities
from monitor.rules.prose.sentences import Sentence, joined

MOST_SHARE_MISSED = Decimal("0.1")
_POINTS = "零一二三四五六七八"
LEAST_PARTS = 3
_FIRST_POINT = re.compile(r"[^，。；：、\d]{0,8}[，：；。](?:其中[，：]?)?一是")
_POINT = re.compile(r"(?:^|[，；：。])(?:[一二三四五六七八]是|[（(]?[1-8][)）.．、](?!\d))")
_LINE_OF_POINT = re.compile(r"[一二三四五六七八]是|[（(]?[1-8][)）.．、](?!\d)")
"""1.土地征收信息：……63条。"""
_TOTAL_OF_POINTS = re.compile(
    r"(?:以上|上述|这)(?P<many>[三四五六七八])(?:大?类|项|个?方面|部分|种|点)(?:重点|主要)?(?:内容|信息)?(?:合计|共计|总计|共)(?:公开|发布)?(?:信息)?$"
)
"""以上四类合计203条, behind four points."""
_NEXT_POINT = re.compile(r"[二三四五六七八]是")
_SAYS_MORE = re.compile(
    r"等(?![级次候])(?![^，。；：]*\d)|主要|部分|其中|含|分别|另|此外|同时|累计|同比|较|比|增|减|上年|去年|"
    r"结转|复议|诉讼|召开|举办|开展|留言|阅读|点击|浏览|访问|\d[条件份篇个期次项][^；。]*(?:合计|共计|总计)"
)
"""Words in the points that say that there are more parts, lists within it, or other things."""


def with_its_points(said: Sequence[Sentence], place: int) -> Sentence:
    """Return a sentence that begins to tell points, 一是……。, with the sentences that go on: 二是……."""
    whole = said[place]
    for following in said[place + 1 :]:
        goes_on = following.text.startswith("一是") or (
            "一是" in whole.text and _NEXT_POINT.match(following.text)
        )
        if following.source is not whole.source or not goes_on:
            break
        whole = joined(whole, following)
    return whole


def points(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield a total with all that is counted in the points behind it, where they nearly make it up."""
    if "一是" not in text or "二是" not in text:
        return
    for place, total in enumerate(counted):
        row = tuple(counted[place + 1 :])
        if len(row) < LEAST_PARTS or not _FIRST_POINT.match(text, total.end):
            continue
        told = text[total.end :]
        is_plain = all(item.exact and item.unit in COUNTERS for item in (total, *row))
        is_alike = len({item.unit for item in (total, *row)}) == 1
        if not (is_plain and is_alike) or _SAYS_MORE.search(told) or OF_ANOTHER_KIND.search(told):
            return
        may_be_right = total.value in set(accumulate(item.value for item in row))
        if not may_be_right and abs(sum_of(row) - total.value) <= total.value * MOST_SHARE_MISSED:
            yield Complement(total, row)
        return


def points_before_total(said: Sequence[Sentence], place: int) -> Iterator[tuple[Sentence, Complement]]:
    """Yield the total of so many points that stand before it, each with one number, and miss it."""
    sentence = said[place]
    total = next(iter(quantities(sentence.text)), None)
    match = _TOTAL_OF_POINTS.fullmatch(sentence.text[: total.start]) if total else None
    if total is None or match is None:
        return
    many = _POINTS.index(match["many"])
    before = _its_points(said, place, many)
    if before is None:
        return
    starts = [found.end() for found in _POINT.finditer(before.text)]
    if not starts:
        return
    ends = [*starts[1:], len(before.text)]
    inside = [
        [item for item in quantities(before.text) if start <= item.start and item.end <= end]
        for start, end in zip(starts, ends, strict=True)
    ]
    parts = tuple(found[0] for found in inside if len(found) == 1)
    is_each = len(parts) == len(starts) == many
    is_alike = all(item.exact and item.unit == total.unit for item in (total, *parts))
    if is_each and is_alike and sum_of(parts) != total.value:
        size = len(before.text)
        yield (
            joined(before, sentence),
            Complement(replace(total, start=total.start + size, end=total.end + size), parts),
        )


def _its_points(said: Sequence[Sentence], place: int, many: int) -> Sentence | None:
    """Return so many points before a sentence as one: all in the sentence before, or each in its own."""
    near = [one for one in said[max(0, place - many) : place] if one.source is said[place].source]
    if not near:
        return None
    if len(near) < many or not all(_LINE_OF_POINT.match(one.text) for one in near):
        return near[-1]
    return reduce(joined, near)
