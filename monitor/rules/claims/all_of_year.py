"""All requests of a year, named once more when it is told that they were answered: 上述9件均已办结."""

from __future__ import annotations

import re

from monitor.rules.claims.claim import Meaning
from monitor.rules.claims.request_meanings import DONE, NEW, NEW_AND_OLD, ON, WITHOUT_OLD
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import Quantity, quantities
from monitor.rules.prose.readable import readable
from monitor.rules.prose.sentences import Sentence

_ALL = re.compile(
    r"(?:^|[把对将])(?:以上|上述|全部|所有|这)的?$|^(?:截?至|到)?(?:20\d\d年|当年|本年)?(?:年?底|年末|12月底|12月31日)$|"
    r"^(?:当年|全年|年内|本年度?)$"
)
_ENDED = re.compile(
    r"^(?:申请)?(?:均|全部|都|悉数|已|于|在|年内|按期|按时|及时|依法|按规定|(?:法定|规定)[期时]限内|当年|本年度?|年底前)*"
    r"(?:办结|答复完毕|答复|回复完毕|办理完毕|处理完结|处理完毕|办毕)(?=[，。；：]|$)"
)
_NONE_ENDED = re.compile(
    r"^(?:申请)?(?:均|全部|都)(?:未|尚未|没有)(?:办结|办理完毕|答复)(?=[，。；：]|$)|"
    r"^(?:申请)?(?:均|全部|都)(?:结转|转)(?:至|到|入)?(?:下一?年|次年|明年)"
)
_SAYS_ALL = re.compile("[^，。；：]*(?:全部|均|都|悉数)")
_BARE = re.compile(r"(?:\d\.|[（(]\d[）)])?(?:合计|共计|总计|共|至年底|截?至(?:20\d\d年)?12月31日)?")
"""134件已全部办理完毕: no word before the number narrows it."""
_NEAR = 5
"""Sentences before, in which what is called all may have been counted as a part."""


def all_of_year(context: RuleContext, sentence: Sentence, item: Quantity, words: str) -> tuple[Meaning, ...]:
    """Return what a number may mean that is said to be of all, done or not; nothing if it was told before."""
    behind = sentence.text[item.end :]
    if (_ALL.search(words) or not words) and _NONE_ENDED.match(behind):
        return (ON,)
    if _ALL.search(words) and _ENDED.match(behind):
        told = (other for other in quantities(sentence.text) if other.end <= item.start)
        is_told = any(other.value == item.value for other in told)
        return () if is_told else (DONE, WITHOUT_OLD, NEW, NEW_AND_OLD)
    is_bare = bool(_BARE.fullmatch(words) and _SAYS_ALL.match(behind) and _ENDED.match(behind))
    is_all = is_bare and not is_told_before(context, sentence, item)
    return (DONE, WITHOUT_OLD, NEW, NEW_AND_OLD) if is_all else ()


def is_told_before(context: RuleContext, sentence: Sentence, item: Quantity) -> bool:
    """Tell whether a number is one told just before, or the sum of two: what it points at may be a part."""
    said = readable(context)
    at = next((place for place, one in enumerate(said) if one is sentence), 0)
    near = [one.text for one in said[max(0, at - _NEAR) : at] if one.source is sentence.source]
    told = [other.value for one in near for other in quantities(one)]
    told += [other.value for other in quantities(sentence.text) if other.end <= item.start]
    sums = {one + other for place, one in enumerate(told) for other in told[place + 1 :]}
    return not told or item.value in sums.union(told)
