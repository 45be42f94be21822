"""Totals whose division needs no 其中: a yes and its no, classes of documents, ways, kinds of applicants.

收集意见50条，采纳40条，未采纳10条; 公文30件，主动公开的20件，依申请公开的6件，不予公开的4件;
共公开信息120条，通过网站90条，通过微信公众号30条.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from monitor.rules.lists.labels import SAYS_ALL, goes_on, is_whole
from monitor.rules.lists.mixed import is_near
from monitor.rules.lists.opposites import are_done_and_not, are_opposite, is_one_itself
from monitor.rules.lists.runs import sum_of
from monitor.rules.prose.quantities import Quantity, Reading

_LABEL = re.compile(
    r"^(?:任务|事项|问题|建议|提案|意见|措施|工单|留言|来信)?[，、；（：,:]?(?:其中)?[，：]?(?P<words>[^，。；：、\d]{2,16})$"
)
LEAST_SHARE, MOST_SHARE = Decimal("0.6"), Decimal("1.5")
_CLASSES = tuple(
    re.compile(rf"^[，、；（：](?:其中)?[，：]?{words}{name}[^，。；：、\d]{{0,4}}$")
    for words, name in (
        (r"[^。；\d]{0,60}", "主动公开"),
        (r"[^，。；：、\d]{0,8}", "依申请公开"),
        (r"[^，。；：、\d]{0,8}", "不予?公开"),
    )
)
"""The first class may tell where it is disclosed: 64条，通过政府网站、档案馆主动公开政府信息16条."""
_ALL = re.compile(f"{SAYS_ALL.pattern}|受理|收到")
WAY = re.compile(r"网站|公众号|微信|微博|平台|APP|网络|信函|当面|邮寄")
_IS_A_WAY = re.compile(
    rf"{WAY.pattern}|网上(?!公开|发布)|在线|线上|线下|现场|窗口|邮件|邮箱|传真|电话|渠道(?=申请|提交|提出|收到|受理|\d)|"
    r"(?:自然人|公民|个人|企业|机构|组织)[^，。；\d]{0,4}$"
)
"""What is counted by one way is no total of others: 提交渠道方面，网上申请39件，信函申请35件."""
_WAY_LABEL = re.compile(r"^[，、；：][^，。；：\d]{2,40}$")
_COUNTED_THING = re.compile(r"^(?:政府|政务|各类|公开)*信息(?=[，、；：])")
"""The thing that a number before it counts: 90条政务信息，通过网站发布30条."""
_COLUMN = re.compile(r"专栏|栏目")
"""A part of a website, among other ways."""
_OTHER_WAY = re.compile(r"^[，、；](?:通过)?其[他它](?:方式|渠道|途径|形式|平台|媒体)")
_GOES_ON = re.compile(r"(?:[，、；]|以?及|和|与)[^，。；：\d]{2,40}\d")
_SHARE_BEHIND = re.compile(r"^[，（]约?占(?:比|总数|总量)?(?:为|的)?[\d.]+%）?")
"""What share a way has, before the next one."""
_OPENER = re.compile(r"^[^。；\d]*其中[，：]?")
"""What is said of the ways before they are counted one by one."""
_CHOSEN = re.compile("入选|入围|获评|获奖|被")
"""What became of some of the things, and no way."""
_REST_LABEL = re.compile(r"^[，、；](?:其[他它余](?!处理|结果|情形))[^，。；：、\d]{0,12}$")
_PLAIN_LABEL = re.compile(r"^[，、；][^，。；：\d]{2,40}$")
_OF_INFORMATION = re.compile(
    r"公开(?:[^，。；\d]{0,6}信息|(?:政务服务|公共服务|权责|(?:行政)?权力)(?:清单)?事项)(?:总?数量?|总量)?(?:为|达|共)*$"
)
_DONE_WITH = re.compile(
    "公开|发布|转载|转发|推送|办理|答复|收到|举办|召开|开展|组织|编发|采用|刊发|报送|更新|受理|另"
)
_PART = re.compile("[，、；：。（]?其中")
"""Before a number that is a part, and no total of what follows."""
_COMPARED = re.compile("较|比|增|减|同期|平均|其中")
LEAST_WAYS = 2
"""So few ways may stand beside a number that is not their total, unless it says 共."""
MOST_SHARE_OF_A_SLIP = Decimal("0.02")
_OTHER_DEED = re.compile("转[载发]|推送|首发|更新|编发|刊|报送")
"""What is done with the same thing once more."""
MOST_SHARE_OF_WAYS = Decimal("0.15")
_NUMBER_FIRST = re.compile(
    r"^(?:申请)?(?:，(?:均|全部|都)[为是][^，。；、\d]{2,8})?[，；、：](?:其中)?，?有?$"
)
_BEHIND = re.compile(
    r"(?:为|属于?|系|是|不属于?|不予|予以|无法|部分)[^，。；：、\d]{1,20}|"
    r"(?:网[上络]|线[上下]|信[函件]|邮[寄件政]|当面|现场|书面|自然人|公民|法人)[^，。；：、\d]{0,8}申请(?=[，。；、])"
)
_OUTCOME = re.compile(r"不属|不予|予以|无法|部分公开")
_NOT_HERE = re.compile(r"结转|办结|答复|上年|复议|诉讼")
_CASES = re.compile(r"申请|复议|诉讼|案件")
_OLD = re.compile("结转|上年|去年")
_WORDS_BEFORE = 12
_ALL_REQUESTS = re.compile("申请(?:数量|总数)?(?:共计?|合计|总计|为)*$")
_FOUND = re.compile(r"[，；](?:共|累计|其中|并)?(?:发现|查出|排查|查找|梳理|反馈|通报)[^，。；、\d]{0,8}$")


@dataclass(frozen=True, slots=True)
class Complement:
    """A total, its yes and its no."""

    total: Quantity
    parts: Reading


def complements(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield three numbers of one unit in a row whose labels say a total, a yes and the no to it."""
    for place in range(len(counted) - 2):
        total, yes, no = counted[place : place + 3]
        if not (total.unit == yes.unit == no.unit and all(item.exact for item in (total, yes, no))):
            continue
        first, second = (
            _LABEL.match(text[before.end : item.start]) for before, item in ((total, yes), (yes, no))
        )
        goes_on = place + 3 < len(counted) and _is_next_part(text, no, counted[place + 3])
        is_of_cases = bool(
            _CASES.search(text[max(0, total.start - _WORDS_BEFORE) : total.start]) or _OLD.search(text)
        )
        is_one_of_two = place > 0 and counted[place - 1].unit == total.unit and not _is_found(text, total)
        is_less = (
            first
            and second
            and yes.value + no.value < total.value
            and are_done_and_not(first["words"], second["words"])
        )
        if (
            first
            and second
            and not (goes_on or is_one_of_two or is_of_cases)
            and not is_one_itself(text[: total.start], second["words"])
            and (are_opposite(first["words"], second["words"]) or is_less)
        ):
            yield Complement(total, (yes, no))


def _is_found(text: str, total: Quantity) -> bool:
    """Tell what a check found, which is its own total: 检查11个分局、26个部门，发现问题34个."""
    return bool(_FOUND.search(text, 0, total.start))


def classes_of_documents(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield totals of documents divided into what is disclosed, on request, and not at all."""
    for place in range(len(counted) - len(_CLASSES)):
        total, *parts = counted[place : place + 1 + len(_CLASSES)]
        if any(item.unit != total.unit or not item.exact for item in (total, *parts)):
            continue
        labels = [text[before.end : item.start] for before, item in zip((total, *parts), parts, strict=False)]
        orders = (_CLASSES, (_CLASSES[0], *reversed(_CLASSES[1:])))
        if any(all(map(re.Pattern.search, names, labels)) for names in orders):
            yield Complement(total, tuple(parts))


def ways(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield totals followed by nothing but the ways, or the kinds of applicants, of what they count.

    Subjects in a row (公开信息50条，动态30条) are not read so: authors add up what overlaps.
    """
    for place, total in enumerate(counted):
        parts = _row_of_ways(text, counted[place:])
        own = text[counted[place - 1].end if place else 0 : total.start]
        is_all = bool(_ALL.search(own)) or len(parts) > LEAST_WAYS or _are_next_to_all(text, total, parts)
        says_all = is_all and not _PART.match(own)
        is_of_ways = len(parts) > 1 and total.exact and not _IS_A_WAY.search(own.rpartition("，")[2])
        if is_of_ways and says_all and not _is_made_before_another_deed(text, total, parts):
            yield Complement(total, parts)


def are_of_requests(text: str, pair: Complement) -> bool:
    """Tell the ways of requests, of which each came by one: 收到申请30件，通过网络提交17件，邮寄13件."""
    labels = (text[one.end : other.start] for one, other in pairwise((pair.total, *pair.parts)))
    return bool(_ALL_REQUESTS.search(text, 0, pair.total.start)) and all(map(WAY.search, labels))


def _is_made_before_another_deed(text: str, total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Tell whether the first ways make the total: 公开213条，其中网站150条、公众号63条，其他平台转发10条."""
    return any(
        sum_of(parts[:end]) == total.value and _OTHER_DEED.search(text, before.end, parts[end].start)
        for end, before in enumerate(parts[1:-1], start=2)
    )


def _are_next_to_all(text: str, total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Tell two ways that make their total but for a slip: 公开1886条，网站1511条，新媒体357条."""
    if not parts or _OTHER_DEED.search(text, total.end, parts[-1].end):
        return False
    return abs(sum_of(parts) - total.value) <= total.value * MOST_SHARE_OF_A_SLIP


def up_to_the_rest(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield a total that says 共, and all that its sentence counts behind it, the last of them 其他.

    Three names of things, with nothing that was done with them, are parts without 共, too.
    """
    for place, total in enumerate(counted[:-2]):
        parts = tuple(counted[place + 1 :])
        labels = [text[before.end : item.start] for before, item in pairwise(counted[place:])]
        own = text[counted[place - 1].end if place else 0 : total.start]
        is_plain = all(item.unit == total.unit and item.exact for item in (total, *parts))
        if (
            is_plain
            and (
                _ALL.search(own)
                or (is_near(parts, total) and _are_things(total, own, counted[:place], labels))
            )
            and not _PART.match(own)
            and (_REST_LABEL.match(labels[-1]) or _names_only_things(text, parts, total, labels))
            and all(_PLAIN_LABEL.match(label) and not _COMPARED.search(label) for label in labels)
        ):
            yield Complement(total, parts)
            return


def _names_only_things(text: str, parts: Reading, total: Quantity, labels: Sequence[str]) -> bool:
    """Tell several things that nearly make up their total, and end its sentence: 共发布165条，动态102条……."""
    is_end = text[parts[-1].end :] in ("", "。")
    return (
        is_end
        and len(parts) > LEAST_WAYS
        and is_near(parts, total)
        and not any(_DONE_WITH.search(label) or _NOT_HERE.search(label) for label in labels)
    )


def _are_things(total: Quantity, own: str, before: Sequence[Quantity], labels: Sequence[str]) -> bool:
    """Tell names of things, three or more, behind the first number of their kind: no deeds, no parts."""
    is_first = bool(_OF_INFORMATION.search(own)) and all(item.unit != total.unit for item in before)
    return is_first and len(labels) > LEAST_WAYS and not any(map(_DONE_WITH.search, labels))


def ways_of(total: Quantity, text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield the total of one sentence with the next one's ways to disclose, if that counts nothing else.

    共公开信息700条。通过网站公开65条，通过微信公开635条。
    """
    starts = (text.find("。", total.end) + 1, *(item.end for item in counted))
    labels = [
        "，" + _OPENER.sub("", text[start : item.start]).lstrip("，")
        for start, item in zip(starts, counted, strict=False)
    ]
    is_plain = all(item.unit == total.unit and item.exact for item in counted)
    if len(counted) > 1 and is_plain and is_whole(labels) and all(map(_WAY_LABEL.match, labels)):
        yield Complement(total, tuple(counted))


def applicants(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield totals of which it is said how many each kind of applicant, or outcome, has: 26件为自然人申请."""
    for place, total in enumerate(counted):
        parts: list[Quantity] = []
        told: list[str] = []
        for before, item in pairwise(counted[place:]):
            words = _BEHIND.match(text, item.end)
            between = text[before.end : item.start].removeprefix(told[-1] if told else "")
            if item.unit != total.unit or not item.exact or words is None or not _NUMBER_FIRST.match(between):
                break
            if _NOT_HERE.search(words.group()):
                break
            parts.append(item)
            told.append(words.group())
        if len(parts) > 1 and total.exact and (is_whole(told) or _is_more(total, parts, told)):
            yield Complement(total, tuple(parts))


def _is_more(total: Quantity, parts: Sequence[Quantity], told: Sequence[str]) -> bool:
    """Tell outcomes that exceed their total; rare ones may be left out, so they may make up less."""
    return all(_OUTCOME.match(words) for words in told) and sum_of(parts) > total.value


def misses_closely(found: Complement) -> bool:
    """Tell whether the ways miss their total by so little that they must be its parts."""
    added, total = sum_of(found.parts), found.total.value
    return added != total and abs(added - total) <= max(added, total) * MOST_SHARE_OF_WAYS


def misses(found: Complement) -> bool:
    """Tell whether the parts do not make the total, and miss it by so little that it is theirs."""
    added, total = sum_of(found.parts), found.total.value
    return added != total and LEAST_SHARE * total <= added <= MOST_SHARE * total


def _row_of_ways(text: str, row: Sequence[Quantity]) -> Reading:
    """Return the things right after the first whose labels are all ways, or all kinds of applicants."""
    parts: list[Quantity] = []
    labels: list[str] = []
    for before, item in pairwise(row):
        label = _SHARE_BEHIND.sub("", text[before.end : item.start])
        if not labels:
            label = _COUNTED_THING.sub("", label)
        if "结转" in label and sum_of(parts) == row[0].value:
            break  # those of last year, told apart
        is_last_way = bool(labels) and bool(_OTHER_WAY.match(label))
        if item.unit != row[0].unit or not item.exact or not _WAY_LABEL.match(label):
            return ()
        if _CHOSEN.search(label):
            return ()
        if not (is_last_way or _COLUMN.search(label) or is_whole((label, label))):
            return ()
        parts.append(item)
        labels.append(label)
        if not _GOES_ON.match(_SHARE_BEHIND.sub("", text[item.end :])):
            break
    return tuple(parts)


def _is_next_part(text: str, last: Quantity, following: Quantity) -> bool:
    return following.unit == last.unit and bool(_LABEL.match(text[last.end : following.start]))


def names_all(text: str, pair: Complement) -> bool:
    """Tell whether no 等 follows the last part."""
    return not goes_on(text[max(part.end for part in pair.parts) :])
