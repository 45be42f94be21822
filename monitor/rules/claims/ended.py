"""What a number of requests that ended (办结11件) may mean, beside what is told around it."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import accumulate

from monitor.rules.claims.claim import Meaning, number_in_table
from monitor.rules.claims.request_meanings import DONE, NEW, NEW_AND_OLD, ON
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import Quantity, quantities
from monitor.rules.prose.sentences import Sentence

_ENDED = re.compile("办结|办毕|办完|办理(?:完结|完毕)")
_LAST_CLAUSE = re.compile("[，。；：]")
_ENDED_BEHIND = re.compile(r"(?:申请)?(?:全部|均|已|都)*(?:办结|办理完毕)(?=[，。；：]|$)")
_SOME_CARRIED_ON = re.compile(
    r"(?:结转(?:至|到|入)?|转(?:[至到入])?)(?:下|次|明|20\d\d年)[^，。；\d]{0,12}[1-9]|(?<!\d)[1-9]\d*[件份条宗起](?:申请)?(?:依法|依规|按规定|已|需)*(?:结转|转|顺延|留)(?:至|到|入)?(?:下|次|明|20\d\d年)"
    r"|(?:留|转)[到至入]下(?:一)?年度?的?(?:有|为)?[1-9]"
    r"|(?<!\d)[1-9]\d*[件份宗条](?:申请)?(?:需|须|将|依法|按规定|因[^，。；\d]{2,20})*延(?:期|后)?[至到](?:下|次|明|20\d\d年)"
    r"|(?:剩|余|还有|另有|尚有|没办[完结])[^，。；\d]{0,4}[1-9]\d*[件宗份][^。；\d]{0,40}?(?:结转|转|留|顺延|延)(?:[至到入给])?(?:[下次明来]一?年|20\d\d年)"
)
"""Then those that ended are neither all that came nor all that there were to do."""
_ALL_TOLD = re.compile(
    r"(?:合计|共计|总计|[应需](?:要)?(?:办[理结]?|处理))(?:为|申请)?\d+件，(?:当年|全年|年内|已|实际|截?至年底|年底前|截至12月底)*办结$"
)
_ALL_ENDED = re.compile("(?:20\\d\\d年度?|全年|当年|年内|本年度?|共|已|实际)*(?:办结|办理完毕)(?:申请)?")
_CARRIED_BESIDE = re.compile(
    r"(?:申请)?，(?:其余|另有?|尚有|还有|剩余)?(?:的)?(?:(?:结转|转)(?:至|到|入)?(?:下一?年度?|次年|20\d\d年度?)(?:继续)?(?:办理|答复|处理)?)"
    r"(?:的|有|共|申请)*(?P<count>\d+)[件份宗]"
)
_OUTCOMES = re.compile(
    r"(?:申请)?(?:全部|均|已|都)*(?:办结|办理完毕)?[中里]?[，：（]?(?:其中[：，]?|按类别[为分]?|包括|具体[^，。；\d]{0,8}[，：])?"
    r"[^，。；、\d]{0,8}(?:公开|提供|处理)[^，。；、\d]{0,4}\d"
)
_SUM_OF_OUTCOMES = re.compile(
    r"(?:公开|提供|处理)[^，。；、\d]{0,4}\d+[件宗份条]，(?:共计?|合计|总计|以上|上述|一共)+(?:(?:办结|办理|答复|处理)(?:申请|了|的)*)?$"
)
"""予以公开7件、无法提供4件，共计办结11件."""
_OUTCOME = re.compile("(?:予以|完全|全部|部分|不予)公开|无法提供|不予处理|其他处理")
_WITHIN = re.compile(r"（[^（）]*）|(?:其中|包括|系|即)[^；。]*?(?=，(?:予以|部分|不予|无法|其他)|[；。]|$)")
_LIST_ENDS = re.compile("[。；]|结转|转入")
ONE_OF_THOSE_DONE = re.compile(
    r"(?:办结|答复|办理|处理)[^，。；、\d]{0,4}(?:上一?年度?|去年|20\d\d年度?)(?:结转|转结)[^，。；、\d]{0,4}\d+[件份宗条]、$"
)
"""办结上年结转3件、本年新收35件: both were done; how many came, it does not say."""
COUNTED_TOGETHER = re.compile(r"(?:公开|提供|处理|掌握|存在)、$")
"""公开、部分公开22件: one number of two outcomes."""
SHARED_BEHIND = re.compile(
    r"、[^，。；、\d]{0,6}(?:公开|提供|处理)(?:[、和及与或][^，。；、\d]{0,6}(?:公开|提供|处理))*(?=[，。；]|$)"
)
"""18件不予公开、无法提供或不予处理: one number of several outcomes."""
_LEAST_PARTS = 2


def are_ended(before: str, after: str) -> bool:
    """Tell a number of requests that ended, by the words before it or right behind it."""
    return bool(_ENDED.search(before) or _ENDED_BEHIND.match(after))


def meanings_of_those_ended(
    context: RuleContext, sentence: Sentence, item: Quantity, meanings: tuple[Meaning, ...]
) -> tuple[Meaning, ...]:
    """Return what a number of those that ended may mean: all that ended, where the sentence tells so."""
    before = sentence.text[: item.start]
    is_ended = are_ended(_LAST_CLAUSE.split(before)[-1], sentence.text[item.end :])
    carries_on = _carries_some_on(context, sentence)
    if _ALL_TOLD.search(before) or adds_up_outcomes(context, sentence, item):
        return (DONE,)
    if (is_ended or not carries_on) and _is_made_up_of_all_outcomes(context, sentence, item):
        return (DONE,)
    if is_ended and carries_on:
        return tuple(meaning for meaning in meanings if meaning not in (NEW, NEW_AND_OLD))
    return meanings


def is_all_that_ended(context: RuleContext, sentence: Sentence, item: Quantity) -> bool:
    """Tell a number of all that ended by what its outcomes come to, told before it or behind it."""
    return (
        _is_made_up_of_all_outcomes(context, sentence, item)
        or adds_up_outcomes(context, sentence, item)
        or _is_beside_those_carried_on(context, sentence, item)
    )


def _is_beside_those_carried_on(context: RuleContext, sentence: Sentence, item: Quantity) -> bool:
    """Tell those that ended from those carried on, which are all that did not: 办结33件，结转下年度2件."""
    before = _LAST_CLAUSE.split(sentence.text[: item.start])[-1]
    told = _CARRIED_BESIDE.match(sentence.text, item.end) if _ALL_ENDED.fullmatch(before) else None
    return told is not None and int(told["count"]) == number_in_table(context, ON) != 0


def adds_up_outcomes(context: RuleContext, sentence: Sentence, item: Quantity) -> bool:
    """Tell a number that adds up the outcomes right before it, which are all that the table finished."""
    text = sentence.text
    start = max(text.rfind(mark, 0, item.start) for mark in "。；") + 1
    is_sum = _SUM_OF_OUTCOMES.search(text, start, item.start)
    named = [
        other.value
        for other in quantities(text)
        if start <= other.start < item.start and other.unit == item.unit
    ]
    sums = list(accumulate(reversed(named)))[_LEAST_PARTS - 1 :]
    return bool(is_sum) and number_in_table(context, DONE) in sums


def _carries_some_on(context: RuleContext, sentence: Sentence) -> bool:
    """Tell whether a sentence says that some requests are carried on, as the table does."""
    return bool(number_in_table(context, ON)) and bool(_SOME_CARRIED_ON.search(sentence.text))


def _is_made_up_of_all_outcomes(context: RuleContext, sentence: Sentence, item: Quantity) -> bool:
    """Tell whether the outcomes behind 其中 are, together, all that the table finished.

    办结11件，其中予以公开7件、部分公开5件: then the number before them is of these 12 as well.
    """
    text = sentence.text
    if not _OUTCOMES.match(text, item.end):
        return False
    if _outcomes_behind(text, item) == number_in_table(context, DONE):
        return True
    stop = _LIST_ENDS.search(text, item.end)
    parts = [
        other.value
        for other in quantities(text)
        if item.end < other.start < (stop.start() if stop else len(text)) and other.unit == item.unit
    ]
    return len(parts) >= _LEAST_PARTS and sum(parts) == number_in_table(context, DONE)


def _outcomes_behind(text: str, item: Quantity) -> Decimal:
    """Return how many requests the outcomes behind a number have, without what divides one of them."""
    behind = text[item.end :].removeprefix("，其中")
    plain = _WITHIN.sub(lambda match: "。" * len(match.group()), behind)
    counted = [other for other in quantities(plain) if other.unit == item.unit]
    starts = (0, *(other.end for other in counted))
    named = (
        _OUTCOME.search(plain, start, other.start) for start, other in zip(starts, counted, strict=False)
    )
    return sum((other.value for other, told in zip(counted, named, strict=True) if told), Decimal(0))
