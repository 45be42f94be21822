"""“a、b、c，共计 A”: a total behind its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise

from monitor.rules.lists.mixed import is_near
from monitor.rules.prose.quantities import Quantity

_TOTAL = re.compile(
    r"[，,；](?:以?上?[两三四五六七八]项|(?:以上|上述)?[两三四五六七八](?:类|者|种|方面|部分|个?(?:平台|渠道|途径|账号))[^，。；、\d]{0,8}|(?:政务)?新媒体(?:平台)?|全年|全年度|本年度|全[区县市镇乡省局委]|各?渠道|两者)?(?:共计|合计|总计|总共|合计共|共)(?:为|达|主动|公开|发布|清理|调整|梳理|评估|审核|审查|编发|印发|举办|回应|受理|接受|开展|接待|推送|制作|咨询|诉求|来信|新收|收到|政府|政务|各类|信息|数量)*$"
)
_TOTAL_OF_MORE = re.compile(
    r"等(?![级次候])[^，。；、\d]{0,10}[，]?(?:共计|合计|总计|总共|共)(?:为|达|主动|公开|发布|政府|政务|各类|信息|数量)*"
)
"""政策60条、动态40条等信息共计120条: there may be more parts, not less."""
_NO_PLAIN_LIST = re.compile(
    r"其中|包括|包含|含|分别(?![^，。；\d]{0,12}\d+[条件篇份次期]、\d)|以上|累计|同比|较|比(?!武|学)|上年(?!度?结转)|去年|增(?!强|进)|减(?!负|灾)|降|占|余|(?<!集)约(?!谈|束)|平均|共(?=\d)|等(?![^，。；]{1,10}\d)|[（）：]|其他若干"
)
_AREAS = re.compile("（[市区县旗镇乡、街道]{1,6}）")
"""县（市、区）, 乡镇（街道）: brackets within a name."""
_NAME_IN_ROW = re.compile(r"、[^，。；、（）：\d]{2,24}")
_OF_NEW_MEDIA, _WEBSITE = re.compile("新媒体"), re.compile("网站")
_HEADING = re.compile(
    r"^(?:（[一二三四五六七八九]）|[一二三四五六七八九]、|（?\d{1,2}[）.．、])?[一-龥]{2,20}："
)
"""（三）政府信息管理：清理39条，规范12条，两项合计51条."""
_COUNTS_MORE = re.compile("[，（](?:含|包括)")
"""Behind a total: it counts what is not among its parts."""
_SUM_OF_THE_YEAR = re.compile(
    r"[，；](?:全年|本年度?)?累计(?:主动)?(?:公开|发布)(?:政府|政务|各类)*(?:信息)?$"
)
"""累计 may count from the beginning on; where it is near the sum of three things, it is theirs."""
_BARE_SUM = re.compile(r"[，；]累计$")
"""Of two things, where it misses their sum by next to nothing: 网站623条，微信351条，累计974条。"""
_ADDED_UP = re.compile("[，；](?:合计|共计|总计)")
_PIECES = frozenset("条篇件份个期部幅张组")
MOST_SHARE_MISSED_MIXED = Decimal("0.15")
MOST_SHARE_MISSED_BARE = Decimal("0.1")
LEAST_PARTS = 2
_JOINED = re.compile(r"[^，。；\d]{1,12}?[、和与及]")
_IN_ALL = re.compile(r"(?P<last>[^，。；、\d]{1,12}?)，?(?:共计?|合计|总计)")
MANY = {word: number for number, word in enumerate("二三四五六七八九", start=2)} | {"两": 2}
"""Numerals of the things that a sum says to add: 二者合计, 三类共计."""
_SO_MANY = re.compile("[二两三四五六七八九](?=者|项|类|种|方面|部分|个?(?:平台|渠道|途径|账号|方面))")
_ANY_OF_THEM = ("单位", "部门", "机构", "地方", "主体")
"""What offices of all kinds are called together."""


@dataclass(frozen=True, slots=True)
class TotalBehind:
    """A total with the parts that stand before it; `is_open`: 等 says that there may be more of them.

    `is_sure`: the total's own words say that it adds just these.
    """

    total: Quantity
    parts: tuple[Quantity, ...]
    is_open: bool = False
    is_sure: bool = False


def totals_behind(text: str, counted: Sequence[Quantity]) -> Iterator[TotalBehind]:
    """Yield the totals whose parts are all things that their sentence counts before them."""
    for place, total in enumerate(counted):
        before = counted[:place]
        stretch = text[: total.start]
        of_more = _TOTAL_OF_MORE.fullmatch(stretch, before[-1].end) if before else None
        is_sum = (
            of_more
            or _TOTAL.search(stretch)
            or (len(before) > LEAST_PARTS and _SUM_OF_THE_YEAR.search(stretch))
            or _bare_sum(text, stretch, before, total)
        )
        joined = () if is_sum else _joined(text, before, total)
        if joined:
            yield TotalBehind(total, joined)
        if not is_sum:
            continue
        before = [item for item in before if item.end <= is_sum.start()]  # 三个平台共计 counts no platforms
        words = _HEADING.sub("", _AREAS.sub("", stretch[: is_sum.start()]))
        mixed = _in_mixed_units(text, before, total, is_sum)
        if mixed:
            yield TotalBehind(total, mixed)
            continue
        if _NO_PLAIN_LIST.search(words) or any(item.unit != total.unit for item in before):
            before = _in_a_row(text, before, is_sum.start())
        if _OF_NEW_MEDIA.search(is_sum.group()) and _WEBSITE.search(words):
            continue
        if len(before) < LEAST_PARTS or _adds_others(is_sum.group(), before):
            continue
        if _COUNTS_MORE.match(text, total.end) or _ends_with_its_parts(total, before):
            continue
        if all(item.exact and item.unit == total.unit for item in (*before, total)):
            yield TotalBehind(total, tuple(before), is_open=of_more is not None)


def _adds_others(said: str, before: Sequence[Quantity]) -> bool:
    """Tell a sum of fewer or more things than stand before it: 三个平台……，其中两个平台合计180条."""
    many = _SO_MANY.search(said)
    return many is not None and MANY[many.group()] != len(before)


def _in_a_row(text: str, before: Sequence[Quantity], end: int) -> list[Quantity]:
    """Return the things with nothing but 、 and names between them, up to where their sum begins.

    涉及县级目录208个、乡镇级目录1456个，共1664个: whatever the sentence counts before them.
    """
    row = [item for item in before[-1:] if item.end == end]
    for item, following in pairwise(reversed(before)):
        label = _AREAS.sub("", text[following.end : item.start])
        if not row or not _NAME_IN_ROW.fullmatch(label):
            break
        row.append(following)
    row.reverse()
    if len(row) < LEAST_PARTS:
        return []
    first = text[max(text.rfind(mark, 0, row[0].start) for mark in "，。；") + 1 : row[0].start]
    return [] if _NO_PLAIN_LIST.search(_AREAS.sub("", first)) else row


def _in_mixed_units(
    text: str, before: Sequence[Quantity], total: Quantity, is_sum: re.Match[str]
) -> tuple[Quantity, ...]:
    """Return all that a stretch counts before 合计24件, in several units, where they nearly make it."""
    start = max(text.rfind(mark, 0, is_sum.start()) for mark in "。；") + 1
    row = tuple(item for item in before if item.start >= start)
    is_mixed = len({item.unit for item in row}) > 1 and {item.unit for item in (*row, total)} <= _PIECES
    is_plain = not _NO_PLAIN_LIST.search(text, start, is_sum.start()) and _ADDED_UP.match(is_sum.group())
    if len(row) <= LEAST_PARTS or not (is_mixed and is_plain and all(item.exact for item in (*row, total))):
        return ()
    return row if is_near(row, total, MOST_SHARE_MISSED_MIXED) else ()


def _joined(text: str, before: Sequence[Quantity], total: Quantity) -> tuple[Quantity, ...]:
    """Return things that are counted in a row and called the same in all: 17个科室和8个直属单位共25个单位."""
    said = _IN_ALL.fullmatch(text, before[-1].end, total.start) if before else None
    if said is None or not text.startswith((*_ANY_OF_THEM, said["last"][-2:]), total.end):
        return ()
    row = [before[-1]]
    for item in reversed(before[:-1]):
        if not _JOINED.fullmatch(text, item.end, row[0].start):
            break
        row.insert(0, item)
    is_plain = all(item.exact and item.unit == total.unit for item in (*row, total))
    return tuple(row) if is_plain and len(row) >= LEAST_PARTS else ()


def _bare_sum(text: str, stretch: str, before: Sequence[Quantity], total: Quantity) -> re.Match[str] | None:
    """Return where a sentence ends with ，累计 and a number near the sum of all that it counts."""
    added = sum((item.value for item in before), Decimal(0))
    is_near = abs(added - total.value) <= added * MOST_SHARE_MISSED_BARE
    is_last = text[total.end :] in ("", "。")
    is_of_year = "全年" in stretch or len(before) > LEAST_PARTS
    return _BARE_SUM.search(stretch) if is_near and is_last and is_of_year else None


def _ends_with_its_parts(total: Quantity, before: Sequence[Quantity]) -> bool:
    """Tell whether the last of the things before a total make it: 市级3件，区级建议8件、提案9件，共计17件."""
    sums = accumulate(item.value for item in reversed(before))
    return total.value in list(sums)[1:-1]
