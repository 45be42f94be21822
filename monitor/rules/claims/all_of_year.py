"""All requests of a year, named once more when it is told that they were answered: 上述9件均已办结."""

from __future__ import annotations

import re

from monitor.rules.claims.claim import Meaning
from monitor.rules.claims.request_meanings import DONE, NEW, NEW_AND_OLD, ON, WITHOUT_OLD
from monitor.rules.prose.quantities import Quantity, quantities
from monitor.rules.prose.sentences import Sentence

_ALL = re.compile(
    r"(?:^|[把对将])(?:以上|上述|全部|所有|这)的?$|^(?:截?至|到)?(?:20\d\d年|当年|本年)?(?:年?底|年末|12月底|12月31日)$|"
    r"^(?:当年|全年|年内|本年度?)$"
)
_ENDED = re.compile(
    r"^(?:申请)?(?:均|全部|都|已|于|在|年内|按期|按时|及时|依法|按规定|法定期限内|规定期限内|当年|年底前)*"
    r"(?:办结|答复完毕|答复|回复完毕|办理完毕)(?=[，。；：]|$)"
)
_NONE_ENDED = re.compile(
    r"^(?:申请)?(?:均|全部|都)(?:未|尚未|没有)(?:办结|办理完毕|答复)(?=[，。；：]|$)|"
    r"^(?:申请)?(?:均|全部|都)(?:结转|转)(?:至|到|入)?(?:下一?年|次年|明年)"
)


def all_of_year(sentence: Sentence, item: Quantity, words: str) -> tuple[Meaning, ...]:
    """Return what a number may mean that is said to be of all, done or not; nothing if it was told before."""
    if (_ALL.search(words) or not words) and _NONE_ENDED.match(sentence.text[item.end :]):
        return (ON,)
    if not _ALL.search(words) or not _ENDED.match(sentence.text[item.end :]):
        return ()
    told = (other for other in quantities(sentence.text) if other.end <= item.start)
    is_told = any(other.value == item.value for other in told)
    return () if is_told else (DONE, WITHOUT_OLD, NEW, NEW_AND_OLD)
