"""The counted things in a row that may be the parts of a list, and where the row may end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from monitor.rules.lists.kinds import is_step
from monitor.rules.lists.labels import MARKS, rank
from monitor.rules.prose.quantities import Quantity, Reading

OPEN_WORDS = re.compile(
    r"等|主要|包括|包含|涵盖|涉及|重点|例如|譬如|诸如|其他若干|之一|尤其|特别是|各(?![类项级部界])"
)
"""Words behind the last part that say that there are more."""
STOP_WORDS = re.compile(
    r"20\d\d年度?(?:为|是|共|公开|发布|：|$)|此外|另外|另有|另(?!行)|同时|还|累计|(?<!等)(?:合计|总计|共计)|同比|较|比上年|上年|去年|环比|增长|增加|增幅|减少|下降|占比|平均|"
    r"点击|浏览|阅读|访问|播放|粉丝|关注|^[，；]?(?:全年|先后|累计|共)*(?:召开|举办|开展|组织(?!机构)|培训|参加)|^[，；]?总?共$|^[，；]对外公开总"
)
_OWN_SUM = re.compile("(?<=[^，；、])(?:累计|(?<!等)[合总共]计)")
"""其中网站累计发布73条: of the part alone; ，累计发布73条 is another total."""
_TAKES_THE_REST = re.compile("其[他它余]")
INNER_LIST = re.compile(
    r"^[，；、]?(?:内?含|内有|(?:主要|公开|发布|信息|内容|类[别型]|的)*(?:包括|包含|涵盖)|具体[为是])(?!.*等.{0,8}的)"
)
"""A list within the list: 网站120条，含文件20条、动态100条; not 包含教育、就业等信息的文件28条."""
_TITLE = re.compile(r"《[^》]*》")
_TOPICS = re.compile(r"(?:[^，。；、]{2,12}、){3,}(?=[^，。；、]{0,12}等)")
"""What a part is about: 聚焦就业、社保、住房等工作发布的信息357条."""
_ENDS_WITH_MORE = re.compile(r"^等(?![级次候])[^，；。、\d]{0,8}[，；]")
"""60条、50条等；公众号发布30条: 等 ends the list, what follows is counted on its own."""
_DIVIDED = re.compile(r"其中|具体|内有|包括|包含|含")
_LIST_IS_OVER = re.compile(
    r"^[，；](?:历年|历史)累计|^[，；]对外公开总|^[，；](?:总|累计|合计)?(?:阅读|浏览|点击|播放|访问|转发|点赞)(?:总|人|次)?(?:量|数|次数)|^[，；](?:均|每)|"
    r"^[，；](?:相比|与|同比|较|比)(?:去年|上年|上一年|20\d\d年)|^[，；](?:按时|按期|群众|总)?(?:办结|满意|回复|答复|处理|解读|公开)率"
)
RATE = re.compile(r"[，；][^，；。、\d]{2,10}率(?:均|已)?(?:达到?|为|超过?)?\d[\d.]*%[，；]")
"""其中许可412项，网上可办率99.2%，最多跑一次1943项: behind a rate of all begins something else."""
OF_ANOTHER_KIND = re.compile(
    r"采用|采纳|录用|转发|推送|更新|回复|答复(?!情况|结果)|办理(?!情况|结果)|上报|报送|刊登|解决|整改|点赞|评论"
)
"""Verbs in the words of a part: it may count something else than the total does."""
_VERB_ALONE = re.compile(
    r"^[，；、。]?(?:现?已|均|全部|目前|当年|实际|按时|按期|及时)*(?:办结|答复|回复|采纳|整改|办理|审结|完成|受理)(?:完毕|完成)?了?$"
)
"""What was done with the things that are divided, and no part of them: 收到25件，其中网上20件，办结24件."""
MOST_LABEL = 60
MOST_LABEL_APART = 80
"""Between ； a part may be told in a sentence of its own."""
COUNTERS = frozenset({"条", "件", "篇", "个", "期", "份", "次", "项", "则", "起", "部", "组"})
"""Units that authors mix in one list: 公告30条、图解5篇、征集2期."""
_REST = re.compile(
    r"(?:^|[，；、])(?:其[他它余]|剩余|余下)|(?:^|[，；、])(?:以及|及|和)其[他它](?!.*等)|等其[他它]"
)
"""The label of a last part that takes whatever the others left: such a list is whole."""
_LEFT = re.compile(r"[，；、](?:剩余|余下|其余|还有|尚有|另有)(?:的)?")
"""办结13件，其中……，不予处理1件，剩余1件转入下年: perhaps what is left of more than the list divides."""
SEMICOLON = rank("；")
_LAWSUIT = re.compile("行政(?:复议|诉讼|应诉)")
"""What stands at the end of a sentence about requests, and is none of their parts."""
_OF_BODIES = frozenset({"个", "家", "名", "人", "位", "户", "所"})
_ANY_MARK = re.compile("[，、；。：（）]")
_REMARK = re.compile(r"（[^（）\d]*）")
"""12个县（区）政府网站."""
_DIVIDES_IT = re.compile(
    r"(?:申请)?[，：](?:分别)?(?P<word>其中|涉及|包括|包含|含|因|由于|属于?|为|系|由|[^，。；、\d]{2,10}(?:原因|理由)[为是])"
)
_SAID_AGAIN = re.compile("，(?:合计|共计|共)$")
_PENDING = re.compile("[，；、](?:尚|仍)?未审结")
_ENDS_OF_CASES = re.compile("维持|纠正|驳回|撤|[胜败]诉|结果|审结|结案")
"""一审2件，二审1件，未审结1件: what is pending divides the cases once more."""
_NAMED_AGAIN = re.compile("申请(?:均|都|全部)")
"""What became of parts told before: 网上9件申请均当日答复."""
LEAST_EVEN = 2
"""More parts with the same mark between them all are one list, even if it is ；."""


@dataclass(frozen=True, slots=True)
class Run:
    """Counted things in a row; `rises` are the lengths at which a stronger mark may end the list.

    `complete`: after the last part comes the sentence's end, or a mark stronger than those between;
    `has_rest`: the last part is 其他.
    """

    parts: Reading
    rises: tuple[int, ...]
    complete: bool
    end: int
    is_followed: bool = False
    has_rest: bool = False


def run_of(body: str, counted: Sequence[Quantity], start: int, limit: int) -> Run:
    """Read the parts between two places; `body` is the sentence with its remarks blanked out."""
    row = [
        item
        for item in counted
        if start <= item.start and item.end <= limit and body[item.start : item.end].strip()
    ]
    parts: list[Quantity] = []
    rises: list[int] = []
    marks: list[int] = []
    ends_before: list[int] = []
    at, highest, has_rest = start, 0, False
    for place, quantity in enumerate(row):
        following = row[place + 1] if place + 1 < len(row) else None
        if is_wording(quantity, parts) or (parts and tells_who(body, quantity, following, parts[0].unit)):
            continue
        label = body[at : quantity.start]
        mark = rank(label.strip())
        is_of_suits = _LAWSUIT.search(label) and not _LAWSUIT.search(body[start:at])
        is_over = (
            is_of_suits
            or _NAMED_AGAIN.match(body, quantity.end)
            or (_PENDING.match(label.strip()) and not _ENDS_OF_CASES.search(body, start, at))
            or _ENDS_WITH_MORE.match(label)
            or is_step(label.strip(), body[start : row[0].start])
        )
        if parts and is_over:
            return Run(tuple(parts), tuple(rises), len(parts) > 1, at, has_rest=has_rest)
        if _is_no_part(_own(label, parts, body[start : row[0].start]), quantity, parts) and not _is_mixed_in(
            body, row[place:], parts, label
        ):
            over = mark > highest or bool(_LIST_IS_OVER.match(label.strip()))
            follows = bool(parts) and quantity.unit != parts[0].unit
            return Run(tuple(parts), tuple(rises), over and len(parts) > 1, at, follows, has_rest)
        if parts and mark > highest and (len(parts) > 1 or mark >= SEMICOLON):
            rises.append(len(parts))
        highest = max(highest, mark) if parts else 0
        if has_rest or (parts and _LEFT.match(label.strip())):
            ends_before.append(len(parts))
        has_rest = bool(_REST.search(label.strip(MARKS)))
        parts.append(quantity)
        marks.append(mark)
        at = quantity.end
    is_whole = not OPEN_WORDS.match(body[at:limit].strip("，、 "))
    if len(parts) > LEAST_EVEN and len(set(marks[1:])) == 1:
        rises = []
    rises += ends_before
    return Run(tuple(parts), tuple(rises), is_whole, at, has_rest=has_rest)


def is_wording(quantity: Quantity, parts: Sequence[Quantity]) -> bool:
    """Tell a Chinese numeral of another unit, which belongs to the words: 一类事项, 其他四个分局7件."""
    return quantity.in_words and bool(parts) and quantity.unit != parts[0].unit


def tells_who(body: str, item: Quantity, following: Quantity | None, unit: str) -> bool:
    """Tell things that belong to the next one's label, with no mark between: 8个乡镇和1个街道1856条."""
    if following is None or item.unit == unit or item.unit not in _OF_BODIES:
        return False
    return not _ANY_MARK.search(_REMARK.sub("", body[item.end : following.start]))


def _is_no_part(label: str, quantity: Quantity, parts: Sequence[Quantity]) -> bool:
    if parts and quantity.unit != parts[0].unit:
        return True
    words = label.strip()
    if parts and (_VERB_ALONE.match(words) or INNER_LIST.match(words) or RATE.match(words)):
        return True
    most = MOST_LABEL_APART if words.startswith("；") else MOST_LABEL
    return length(label) > most or bool(STOP_WORDS.search(words))


def _own(label: str, parts: Sequence[Quantity], first: str) -> str:
    """Return a label without a 累计 that says how one part came about, as the first's did, or the rest's."""
    is_own = not parts or _OWN_SUM.search(first) or _TAKES_THE_REST.search(label)
    return _OWN_SUM.sub("", label) if is_own else label


def length(label: str) -> int:
    """Return how long a label is without titles, topics and the remarks that were blanked out."""
    return len("".join(_TOPICS.sub("", _TITLE.sub("", label)).split()))


def _is_mixed_in(body: str, row: Sequence[Quantity], parts: Sequence[Quantity], label: str) -> bool:
    """Tell a part with another word for things of one kind, after which the list goes on as before."""
    odd = row[0]
    if len(row) == 1 or not parts or not {odd.unit, parts[0].unit} <= COUNTERS or odd.unit == parts[0].unit:
        return False
    words = body[odd.end : row[1].start]
    same_mark = rank(words.strip()) <= max(rank(label.strip()), 1)
    return (
        same_mark
        and row[1].unit == parts[0].unit
        and not _is_no_part(label, odd, ())
        and not _is_no_part(words, row[1], parts)
    )


def first_of_each(body: str, counted: Sequence[Quantity], start: int, limit: int) -> Reading:
    """Return the first thing of each stretch between ；: 办公室办结11件，公开4件；部门办结19件，公开9件."""
    found: list[Quantity] = []
    at = start
    for stretch in body[start:limit].split("；"):
        end = at + len(stretch)
        inside = (item for item in counted if at <= item.start and item.end <= end)
        first = next((item for item in inside if body[item.start : item.end].strip()), None)
        if first is None:
            break
        found.append(first)
        at = end + 1
    return tuple(found)


def without_inner(body: str, parts: Reading) -> tuple[Reading, ...]:
    """Return parts without those that divide one before, or repeat it, if there are any such.

    不予公开3件，涉及秘密1件、隐私2件；无法提供25件，其中不掌握15件、没有现成信息10件: the parts are 3 and 25.
    """
    outer: list[Quantity] = []
    at = 0
    while at < len(parts):
        outer.append(parts[at])
        at = _end_of_inner(body, parts, at)
    return (tuple(outer),) if len(outer) < len(parts) else ()


def _end_of_inner(body: str, parts: Reading, at: int) -> int:
    """Return the place behind what divides the part at `at`; the next one where nothing does."""
    label = body[parts[at].end : parts[at + 1].start] if at + 1 < len(parts) else ""
    if _SAID_AGAIN.search(label) and parts[at + 1].value == parts[at].value:
        return at + 2
    divides = _DIVIDES_IT.match(label)
    if divides is None or divides["word"] in body[parts[at - 1].end if at else 0 : parts[at].start]:
        return at + 1  # 涉及规划的6件，涉及价格的5件 stand beside one another
    sums = accumulate(part.value for part in parts[at + 1 :])
    ends = (at + 2 + place for place, added in enumerate(sums) if place and added == parts[at].value)
    return next(ends, at + 1)


def heads_of(body: str, counted: Sequence[Quantity], start: int, limit: int) -> Reading:
    """Return the first thing of each stretch between ；, where some of them are divided within.

    机构类20条，内有领导6条、职能14条；工作类11条，其中……；政策类4条: the parts are 20, 11 and 4.
    """
    found: list[Quantity] = []
    is_divided = False
    at = start
    for stretch in body[start:limit].rstrip("；").split("；"):
        inside = [
            item
            for item in counted
            if at <= item.start and item.end <= at + len(stretch) and body[item.start : item.end].strip()
        ]
        label = body[at : inside[0].start] if inside else ""
        at += len(stretch) + 1
        if not inside or (found and (_LAWSUIT.search(label) or not _are_alike(inside[0], found[0]))):
            return ()
        if len(inside) > 1:
            if not _DIVIDED.search(body[inside[0].end : inside[1].start]):
                return ()
            is_divided = True
        found.append(inside[0])
    return tuple(found) if is_divided and len(found) > 1 else ()


def _are_alike(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= COUNTERS


def prefixes(run: Run, total: Quantity) -> tuple[Reading, ...]:
    """Return the parts up to each place where the list may end, the nearest to the total first."""
    ends = dict.fromkeys((*run.rises, len(run.parts)))
    readings = [run.parts[:end] for end in ends]
    readings += [_of_one_unit(parts) for parts in readings if _of_one_unit(parts) != parts]
    return tuple(sorted(readings, key=lambda parts: abs(sum_of(parts) - total.value)))


def sum_of(parts: Sequence[Quantity]) -> Decimal:
    """Return what the parts add up to."""
    return sum((part.value for part in parts), Decimal(0))


def _of_one_unit(parts: Reading) -> Reading:
    return tuple(part for part in parts if part.unit == parts[0].unit)
