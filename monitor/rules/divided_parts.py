"""Whether a list divides the number before it, or another number, or goes on behind what was read of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from monitor.rules.claims.case_verdict import are_right
from monitor.rules.claims.ending_divided import divides_an_ending
from monitor.rules.context import RuleContext
from monitor.rules.lists.complements import Complement
from monitor.rules.lists.each import counted_in
from monitor.rules.lists.labels import CHANNEL
from monitor.rules.lists.part_lists import PartList
from monitor.rules.lists.runs import sum_of
from monitor.rules.lists.verdict import LEAST_BESIDE
from monitor.rules.prose.quantities import Quantity, Reading, quantities
from monitor.rules.prose.sentences import Sentence

_CASES_OF_DISCLOSURE = re.compile(
    r"[^。\d]{0,6}其中[^，。；\d]{0,8}信息公开[^，。；\d]{0,8}\d+件[，（：][^，。；\d]{0,8}(?:维持|纠正|撤销|驳回|胜诉|败诉|审结|起诉)"
)
"""复议15件，其中涉及政府信息公开8件，维持5件，撤销3件: what became of the part, not of all."""
_OF_THOSE_NAMED = re.compile(
    r"(?:新收|新增|结转|办结|答复|受理)(?:的|到|信息公开|政府)*(?:申请|件|申请件)?(?:当?中|里面?)[，：]?[^，。；、\d]{0,8}$"
)
"""合计12件；其中新收申请中自然人10件: a list of those that it names."""
_DEED = re.compile("推送|发布|公开|编发|刊发|播发|转发|更新")
_ANOTHER_PART = re.compile(
    r"(?:自然人|公民|企业|机构|组织|其[他它]|(?:公开|提供|处理)[^，。；\d]{0,2})(?:[的各有共]|申请|提出)*$"
)
"""A kind of applicant or of outcome, as the parts before it are."""
_DONE = re.compile("(?:办结|办毕|办理|答复|处理)[^，。；\\d]{0,8}$")
_ENDING = re.compile("(?:结果)?(?:维持|纠正|其他结果|未审结)[^，。；\\d]{0,4}$")
_CARRIED_TO = re.compile("(?:结转|转结|转入|转至|顺延)[^，。；\\d]{0,10}$")
_ONE_AND_ANOTHER, _LONGEST_NAME_OF_A_PART = 2, 12
_LEFT = re.compile("(?:剩余|其余|余下|尚余|还有|尚有|另有?)的?$")
_CARRIED_ON = re.compile(
    "(?:申请)?[^，。；、\\d]{0,8}(?:结转|转结|转[入至到]|顺延|跨年|20\\d\\d年|下一?年|次年)"
)
_OF_ANOTHER_WHOLE = re.compile("(?<![其当初高职])中$")
_APART = re.compile("[；。]")
_ANOTHER_NUMBER = re.compile("[；。](?:另|此外|同时|上一?年|去年|以前年度|往年|20\\d\\d年)")
_OTHERS_APART = re.compile("(?:作|另有?|还有)?其[他它余]")
"""The last part in a sentence of its own: 不予处理9件。其他处理4件。"""
_YEAR = re.compile(r"(20\d\d)年度?(?:同期|全年|共|新)*[^，。；\d]{0,12}$")


def divides_a_part(context: RuleContext, found: PartList, sentence: Sentence) -> bool:
    """Tell a list of which a part is divided in its turn: 直接起诉3件，复议后起诉2件中维持1件."""
    text, parts = sentence.text, found.readings[0]
    is_of_part = bool(_CASES_OF_DISCLOSURE.match(text, found.total.end))
    if is_of_part or are_right(context, sentence, (found.total, *parts)):
        return True
    if divides_others(context, text, found.total, parts[0]) or _goes_on_elsewhere(text, found):
        return True
    is_behind = "。" in text[found.total.end : parts[0].start]
    if is_behind and divides_another_number(text, found.total, parts):
        return True  # 网站267条，政府门户118条。从内容看，外贸类74条……
    if _is_behind_a_list(sentence, found.total, parts[0]) or ends_with_those_left(text, found.total, parts):
        return True
    if _goes_on_otherwise(text, found.total, parts):
        return True
    if any(_OF_ANOTHER_WHOLE.search(text, 0, part.start) for part in parts[1:]):
        return True  # 13个县中4个、市级部门中12个
    if len({divides_an_ending(text, part.start) for part in parts}) > 1:
        return True  # 13件，其中在审6件，复议、诉讼各3件
    return len(parts) > 1 and any(text[part.end : part.end + 1] == "中" for part in parts[:-1])


def _is_behind_a_list(sentence: Sentence, total: Quantity, first: Quantity) -> bool:
    """Tell what divides all that a list before it counted, its last part being the number right before.

    予以公开112件；
    其他处理8件。
    其中州本级受理63件。
    """
    is_behind = "。" in sentence.text[total.end : first.start]
    is_last = sentence.goes_on or bool(_OTHERS_APART.match(sentence.text))
    return is_behind and is_last and not quantities(sentence.text[: total.start])


def _goes_on_elsewhere(text: str, found: PartList) -> bool:
    """Tell what one channel told, where ；leads to another: 网站3872条，其中动态2315条；公众号1680条."""
    last, *before = reversed(found.readings[0])
    if not before:
        return False
    mark = max(text.rfind(one, 0, found.total.start) for one in "。；")
    own = {match.group() for match in CHANNEL.finditer(text, mark + 1, found.total.start)}
    behind = text[before[0].end : last.start]
    others = {match.group() for match in CHANNEL.finditer(behind)}
    return len(own) == 1 and "；" in behind and bool(others - own) and bool(_DEED.search(behind))


def divides_others(context: RuleContext, text: str, total: Quantity, first: Quantity) -> bool:
    """Tell a list that says itself of what it is, or behind a number of another year or thing, or none."""
    between = text[total.end : first.start]
    if _OF_THOSE_NAMED.search(between):
        return True
    named = _YEAR.search(text, 0, total.start)
    is_of_another_year = named is not None and int(named[1]) != context.report.year
    is_other_thing = total.unit != first.unit and total.value < first.value
    is_left = bool(_CARRIED_TO.search(text, 0, total.start))
    return "。" in between and (is_of_another_year or is_other_thing or is_left or not total.value)


def _goes_on_otherwise(text: str, total: Quantity, parts: Reading) -> bool:
    """Tell one part and what else was done behind ；: 会商44次，其中29次征求意见；与司法局等联合会商18次."""
    if len(parts) != _ONE_AND_ANOTHER or sum_of(parts) <= total.value:
        return False
    _own, mark, other = text[parts[0].end : parts[1].start].rpartition("；")
    return bool(mark) and len(other) > _LONGEST_NAME_OF_A_PART


def divides_another_number(text: str, total: Quantity, parts: Reading) -> bool:
    """Tell parts that make up a number before their total: 新收9件，上年同期8件，其中自然人4件……."""
    added = sum_of(parts)
    before = (item for item in counted_in(text) if item.end <= parts[0].start)
    return any(item.value == added and item.start != total.start for item in before)


def is_one_ending(text: str, pair: Complement) -> bool:
    """Tell an ending among others, which is no total of them: 维持26件，纠正3件，其他结果10件."""
    first = pair.parts[0]
    return bool(_ENDING.search(text, 0, pair.total.start) and _ENDING.search(text, 0, first.start))


def ends_with_those_left(text: str, total: Quantity, parts: Reading) -> bool:
    """Tell a list of those done that goes on with what was left: 办结8件，……不予处理1件，剩余1件转入下年."""
    *done, last = parts
    is_left = _LEFT.search(text, 0, last.start) and _CARRIED_ON.match(text, last.end)
    is_of_done = _DONE.search(text, 0, total.start)
    return bool(is_left and is_of_done) and len(done) > 1 and sum_of(tuple(done)) == total.value


def is_within(pair: Complement, lists: Sequence[Reading]) -> bool:
    """Tell a total that is itself a part, as its parts are, of a list that adds up."""
    return any({pair.total, *pair.parts} <= {*parts} for parts in lists)


def is_filled_up(pair: Complement, text: str, counted: Sequence[Quantity], following: str) -> bool:
    """Tell a total whose parts lack just the thing behind them, in another unit or behind ；or 。."""
    rest = pair.total.value - sum_of(pair.parts)
    last = pair.parts[-1].end
    behind = [item for item in counted if item.start >= last]
    if rest in accumulate(item.value for item in _alike(text, last, behind)):
        return True
    if behind and behind[0].unit == pair.total.unit and not _APART.search(text, last, behind[0].start):
        return False
    if not behind and _OTHERS_APART.match(following):
        behind = list(quantities(following))
    return rest >= LEAST_BESIDE and any(item.value == rest for item in behind[:1])


def is_overfull(pair: Complement, text: str) -> bool:
    """Tell a total that its first parts make, before a mark leads to another number: 10件，……；上年1件."""
    ends = range(2, len(pair.parts))
    return any(
        sum_of(pair.parts[:end]) == pair.total.value
        and _ANOTHER_NUMBER.search(text, pair.parts[end - 1].end, pair.parts[end].start)
        for end in ends
    )


def _alike(text: str, at: int, behind: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the kinds of applicants, or of outcomes, that go on behind a place."""
    for item in behind:
        if not _ANOTHER_PART.search(text[at : item.start]):
            return
        yield item
        at = item.end
