"""A total followed at once by names with their numbers, without 其中: 播出46期，反诈25期，交通安全21期.

The same form tells things side by side (公告12条，通知8条，动态5条). The first number is a total where the
names divide whatever it is (`divisions`), where its own words name no kind (播出, 发布信息, 共), or where
another mark stands between the others than before them (发布会9场，疫情5场、教育4场).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from monitor.rules.lists.complements import Complement
from monitor.rules.lists.divisions import divides, exclude_each_other, is_complete, is_whole_year
from monitor.rules.lists.labels import CHANNEL, SAYS_ALL, goes_on
from monitor.rules.lists.runs import sum_of
from monitor.rules.lists.slips import is_slip
from monitor.rules.lists.totals_behind import MANY
from monitor.rules.prose.quantities import Quantity, Reading
from monitor.rules.prose.sentences import SEEN_BY

LEAST_PARTS = 2
MANY_PARTS = 3
FEW_MISSED = 2
LEAST_SHARE = Decimal("0.6")
"""What parts reach of their total at least, where their names say that there is no other."""
LEAST_SHARE_OF_MANY, LEAST_SHARE_OF_TWO = Decimal("0.83"), Decimal("0.95")
"""The same, where nothing says that these are all: three parts or more, and two."""
LEAST_SHARE_OF_TWO_SHIFTED = Decimal("0.98")
MOST_SHARE_OF_ALL = Decimal(2)
MOST_SHARE = Decimal("1.5")
MOST_SHARE_OF_NAMES = Decimal("1.2")
"""What they exceed it by at most: names that divide, or others."""
_GAP = re.compile(
    r"(?:（[条次篇个件期组份]）)?(?:[^，。；：、（）\d]|(?<=[A-Za-z])\d){0,14}[，：；]"
    r"(?P<intro>(?:[按从分][^，。；：、\d]{1,12}(?:看|分|计|统计|划分|为)|[^，。；：、\d]{2,10}(?:方式|渠道|来源|构成|类型|分布)(?:分别)?(?:为|如下))[，：]?)?"
    r"(?P<name>[^，。；：、\d]{1,18})"
)
_NEXT = re.compile(
    r"(?:（[条次篇个件期组份]）)?(?P<mark>[，、；])(?:以?及|和)?(?P<name>[^，。；：、\d]{1,18})"
)
_OTHER_UNIT = re.compile("^（([条次篇个件期组份])）")
_SAID = re.compile(r"(?<=[一-龥”])(?:占|为|有|计|达|的|是)+$")
_NO_NAME = re.compile(
    r"(?<!高)(?<!中)(?<!初)等|另|同比|较|[高低]于|增|减(?![贫负税灾排])|上年|去年|结转|累计|共|合计|总|其中|含|包括|涵盖|还|同时|(?<!网)约(?!谈)|超(?!限)|近|"
    r"余(?!家)|阅读|点击|浏览|访问|播放|点赞|粉丝|关注|平均|每|历年|主要|分别|各|其次|居|排|申请|复议|诉讼|维持|纠正|审结|同步|涉及|面向"
)
"""Words of a name that tell a change or a reader, or that there are more."""
_DEED = re.compile(
    r"公开|发布|推送|转发|更新|办理|办结|答复|回复|收到|召开|举办|开展|组织(?!机构)|培训|宣传|检查|督查|调研|研究|学习|座谈|编发|印发|制[发作]|采用|"
    r"刊|报送|发放|接待|走访|张贴|开通|关停|注销|新增|整改|审核|处理|解决|出席|参加|参与|受理|直播"
)
"""Words of a name that tell a deed, which may be done side by side with the first one."""
_CASES = re.compile("申请|复议|诉讼|应诉|案件办理|其中|最多|均为|不予公开|无法提供")
_DIVIDED = re.compile(SEEN_BY)
"""按栏目统计，许可412条，住房96条: the first number is a part as well."""
_WAY = re.compile(f"{CHANNEL.pattern}|专栏|热线|信箱|频道")
_AND_ANOTHER = re.compile(r"\d[^，。；\d]{1,8}[和及与、加]$")
_OF_NO_KIND = re.compile(
    r"(?:公开|公布|发布|播出|推出|推送|上线|出台|编发|刊发|刊登|收录|归集|公示|上传|采编|制作|共|总|累计|合计)"
    r"(?:了|出|各类|各种|全部|政府|政务|相关|有关|主动|公开|信息|内容|数据|稿件|文章|稿|政策)*$"
)
_SEVERAL_WAYS = re.compile("(?:[两二三四五六七八]个?|各|多个?)(?:大?平台|账号|渠道|载体|媒体|号)")
_OF_MANY_KINDS = re.compile(
    r"(?:留言|来信|来电|信件|咨询|诉求|投诉|意见|建议|问题|案件|事项|视频|稿件|作品|信息|内容|材料|问卷|活动|条|发布会)(?:共|计)*$"
)
"""What may be of any kind or from anybody."""
_PART_OF_SITE = "专栏"
_SO_MANY = re.compile("(?P<many>[两三四五])(?:级|个层级)")
_NOUN = 2
_OF_FORMS = "解读"
_MEETINGS = frozenset({"次", "场", "场次", "人", "人次", "名"})
"""Deeds are told side by side in these: 培训12次，宣讲7次."""


@dataclass(frozen=True, slots=True)
class Row:
    """A total and the names with their numbers right behind it; `said`: the words of its clause before it."""

    total: Quantity
    parts: Reading
    names: tuple[str, ...]
    said: str
    labels: tuple[str, ...]
    is_shifted: bool
    is_announced: bool


def bare_rows(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield the totals whose names do not make them up, and miss them as only parts do."""
    for place in range(len(counted) - LEAST_PARTS):
        row = _row_at(text, counted, place)
        if row is not None and _is_wrong(text, row):
            yield Complement(row.total, row.parts)
            return


def _row_at(text: str, counted: Sequence[Quantity], place: int) -> Row | None:
    total = counted[place]
    start = max(text.rfind(mark, 0, total.start) for mark in "。；") + 1
    if (
        _CASES.search(text, start, total.start)
        or _DIVIDED.search(text, start, total.start)
        or _is_one_of_several(text, counted[:place], total, start)
    ):
        return None
    units = {total.unit, *_OTHER_UNIT.findall(text[total.end :])}
    parts: list[Quantity] = []
    names: list[str] = []
    labels: list[str] = []
    intro = None
    marks: set[str] = set()
    for before, item in zip(counted[place:], counted[place + 1 :], strict=False):
        match = (_NEXT if parts else _GAP).fullmatch(text, before.end, item.start)
        intro = intro or (match and match.groupdict().get("intro"))
        name = _SAID.sub("", match["name"]) if match else ""
        if (
            not match
            or item.unit not in units
            or not _is_alike(item, total)
            or not _is_name(name, bool(intro))
        ):
            break
        marks |= {match["mark"]} if parts else set()
        parts.append(item)
        names.append(name)
        labels.append(text[before.end : item.start])
    behind = counted[place + len(parts) + 1 :]
    if len(parts) < LEAST_PARTS or not _is_over(text, behind, parts[-1], total.unit):
        return None
    said = text[max(text.rfind(mark, 0, total.start) for mark in "，。；") + 1 : total.start]
    return Row(
        total,
        tuple(parts),
        tuple(names),
        said,
        tuple(labels),
        is_shifted=marks == {"、"},
        is_announced=bool(intro),
    )


def _is_name(name: str, is_announced: bool) -> bool:
    """Tell a name of a part; where 方式为： goes before, it may name a deed."""
    return not _NO_NAME.search(name) and (is_announced or not _DEED.search(name))


def _is_one_of_several(text: str, before: Sequence[Quantity], total: Quantity, start: int) -> bool:
    """Tell a number with which its stretch counts others: 8县市和46个部门, 网站60条……."""
    is_with_another = bool(_AND_ANOTHER.search(text, start, total.start))
    return is_with_another or any(item.unit == total.unit and item.start >= start for item in before)


def _is_alike(item: Quantity, total: Quantity) -> bool:
    """Tell numbers that are meant to the unit, or rounded alike (285.4万、21.7万)."""
    is_meant = not (item.at_least or item.vague or total.at_least or total.vague)
    return is_meant and item.tolerance == total.tolerance


def _is_over(text: str, behind: Sequence[Quantity], last: Quantity, unit: str) -> bool:
    """Tell whether nothing of the kind is counted behind the last part, nor said to be more."""
    following = _OTHER_UNIT.sub("", text[last.end :])
    if goes_on(following) or following[:1] not in ("", "，", "。", "；"):
        return False
    stop = text.find("。", last.end)
    return not any(item.unit == unit and (stop < 0 or item.start < stop) for item in behind)


def _is_wrong(text: str, row: Row) -> bool:
    total, added = row.total.value, sum_of(row.parts)
    missed = abs(added - total)
    rounded = sum((part.tolerance for part in row.parts), row.total.tolerance)
    if missed <= rounded or total in set(accumulate(part.value for part in row.parts)):
        return False
    if is_whole_year(row.names) and exclude_each_other(row.names):
        return True
    is_division = _divides(row)
    if is_division is False or not (is_division or _is_total(text, row)):
        return False
    is_all = bool(is_division) and (is_complete(row.names) or _are_so_many(row))
    is_all = is_all or _are_all_ways(row)
    if (is_all or len(row.parts) >= MANY_PARTS) and is_slip(row.total, row.parts):
        return True
    if added > total:
        is_few = bool(is_division) and missed <= FEW_MISSED
        return is_few or added <= total * _most_share(row, is_all, bool(is_division))
    return added >= total * _least_share(row, is_all, bool(is_division))


def _most_share(row: Row, is_all: bool, is_division: bool) -> Decimal:
    if is_all:
        return MOST_SHARE_OF_ALL
    return MOST_SHARE if is_division or row.is_shifted or row.is_announced else MOST_SHARE_OF_NAMES


def _least_share(row: Row, is_all: bool, is_division: bool) -> Decimal:
    if is_all:
        return LEAST_SHARE
    if not is_division and len(row.parts) < MANY_PARTS and not _OF_NO_KIND.search(row.said):
        return LEAST_SHARE_OF_TWO_SHIFTED if row.is_shifted else Decimal(1)
    return LEAST_SHARE_OF_MANY if len(row.parts) >= MANY_PARTS else LEAST_SHARE_OF_TWO


def _is_total(text: str, row: Row) -> bool:
    """Tell a first number that is of no kind of its own, so that the others are its kinds."""
    if row.is_announced:
        return True
    largest = max(part.value for part in row.parts)
    if largest > row.total.value * MOST_SHARE_OF_NAMES:
        return False
    if any(map(_WAY.search, row.names)):
        return _is_of_all_ways(text, row)
    is_many = len(row.parts) >= MANY_PARTS
    if row.is_shifted and (is_many or _OF_MANY_KINDS.search(row.said)):
        return not _is_akin(row)
    if row.total.unit in _MEETINGS:
        return False
    return bool(_OF_NO_KIND.search(row.said))


def _is_of_all_ways(text: str, row: Row) -> bool:
    """Tell a total of several ways: 两个账号共发布1890条, not 网站共发布320条，微信180条, each its own."""
    if _WAY.search(text, 0, row.total.start):
        is_joined = len(set(_WAY.findall(row.said))) > 1 and bool(SAYS_ALL.search(row.said))
        return is_joined or bool(_SEVERAL_WAYS.search(row.said))
    if row.is_shifted:
        return True
    return bool(SAYS_ALL.search(row.said)) or all("占" in label for label in row.labels)


def _divides(row: Row) -> bool | None:
    if _are_all_named(row):
        return True
    known = divides(row.said, row.names)
    return True if known is None and _are_forms_of_it(row) else known


def _are_forms_of_it(row: Row) -> bool:
    """Tell names of the forms that the total's own thing has: 政策解读58篇，文字解读33篇，图表解读25篇."""
    return row.said.endswith(_OF_FORMS) and all(name.endswith(_OF_FORMS) for name in row.names)


def _are_so_many(row: Row) -> bool:
    """Tell levels of which the total says how many they are: 两级建议9件，自治区级2件，盟级7件."""
    many = _SO_MANY.search(row.said)
    return many is not None and MANY[many["many"]] == len(row.parts)


def _are_all_ways(row: Row) -> bool:
    """Tell the very ways that the total names: 微博、微信共发稿1430条，微博862条，微信568条."""
    told = [_WAY.search(name) for name in row.names]
    named = {way.group() for way in told if way}
    said = set(_WAY.findall(row.said))
    of_site = said - {_PART_OF_SITE} if "网站" in said else said
    return all(told) and len(named) == len(told) and named in (said, of_site)


def _are_all_named(row: Row) -> bool:
    """Tell a total that names its parts itself: 敏感信息、错别字84处，错别字51处，敏感信息33处."""
    return "、" in row.said and all(name in row.said for name in row.names)


def _is_akin(row: Row) -> bool:
    """Tell a total that is called like its names, as things side by side are: 行政许可120件，行政处罚60件."""
    noun = row.said[-_NOUN:]
    return any(name[:_NOUN] in noun for name in row.names)
