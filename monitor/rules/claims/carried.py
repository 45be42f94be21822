"""Requests carried from or to a year in other words than the table's: 承接上年未办结2件, 余3件跨年办理."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from monitor.rules.claims.claim import Claim, Meaning
from monitor.rules.claims.denials import CARRIED, denied
from monitor.rules.claims.request_meanings import NEW_AND_OLD, OLD, ON
from monitor.rules.claims.scope import speaks_of_year
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import Quantity
from monitor.rules.prose.readable import readable
from monitor.rules.prose.sentences import Sentence

_LEFT_OVER = re.compile(
    r"(?:承接|接转|接续)(?:上一?年度?|去年)(?:未办结|未办|遗留)?的?(?:申请)?$|"
    r"(?:上一?年度?|去年)(?:转来|转入|遗留|接转|跨年|未办结)+的?(?:申请)?$"
)
_REST = re.compile("余|剩余|其余|剩下|余下|尚余")
_CARRIED = re.compile("结转|转结|转[入到至]|遗留|留下|剩下|跨年")
_FROM_LAST, _TO_NEXT = re.compile("上一?年|去年"), re.compile("[下次明]一?年|年[底末]|期末")
_ENDED_BEFORE = re.compile("办结[^。；]*，$")
"""办结3件，无结转: what is behind those that ended goes on to the next year."""
CARRIED_SOMEWHERE = re.compile("(?:结转|转结)的?(?:申请|件)")
"""2件结转申请: from last year or to the next, the words do not say."""
_OLD_NEXT = re.compile(
    r"(?:另外?有?|此外，?(?:还?有)?|同时，?|加上|还有)[^，。；\d]{0,6}(?:上一?年度?|去年|20\d\d年度?)(?:结转|转结|转入)"
)
"""A sentence on those of last year, besides those just counted: 另有2019年结转的申请2件."""
_LEFT_AT_END = re.compile("(?:20\\d\\d年)?(?:年?[底末]|期末)结转(?:申请)?")
_SENTENCES_AHEAD = 2
_PUT_OFF = re.compile(
    r"(?:申请)?(?:因|由于|正在|尚在|仍在|尚需|需)[^，。；\d]{2,24}，?(?:依法|按规定)?(?:顺延|延期|延至|结转|转)(?:至|到|入)?(?:20\d\d年|次年|明年|下一?年)"
)
"""1件因需征求第三方意见，顺延至2023年1月答复: it is not done within the year."""
_TO_BE_DONE = re.compile(r"[^。；\d]{0,24}(?:跨年|结转|下一?年度?|次年|明年)[^，。；]{0,6}(?:办理|答复|处理)")
_OF_EITHER = re.compile(r"上一?年度?(?:[、和与及或]|或者)(?:下一?年|次年|明年)度?(?:的|均)?结转")
"""无上年和下年结转件: nothing came from last year, and nothing goes on to the next."""
_ALL_DUE = re.compile(
    "(?:合计|共计|总计|一共|总共|共|全年|本年度?|当年|年内)*(?:应当?|需要?|须|要)(?:办理|处理|办结|办)的?(?:申请件?)?(?:共|为|有|是)*|"
    "(?:总量|总数|申请总量|申请总数)(?:共|为|达|达到|是)*|"
    "(?:[两二]项|两者|[这前]两[项部]分?)?(?:加起来|加在一起|合起来|合在一起|相加)(?:一共|总共|共|有|是|为)*"
)
_NEW_AND_LAST_YEARS = re.compile(
    r"(?:收到?|新收|新来|受理|接收|加上|连同|加之|再加|算上)[^。；]*?(?:上年度?|上一年度?|去年|头年|20\d\d年度?)[^，。；\d]{0,6}(?:结转|转结|转入|转来|转过来|遗留|留下|剩下|没办完|未办[完结])[^，。；\d]{0,6}\d+[^，。；\d]{0,6}，$"
)


def carried_oddly(text: str, item: Quantity, label: str, words: str) -> tuple[Meaning, ...]:
    """Return what a number carried means, from or to a year, where other words than the table's tell it."""
    if _is_new_with_old(text[: item.start - len(words)], words):
        return (NEW_AND_OLD,)
    if _LEFT_AT_END.fullmatch(label):
        return (ON,)
    if label == "结转" or CARRIED_SOMEWHERE.match(text, item.end):
        return (ON, OLD)
    if is_left_over(words):
        return (OLD,)
    if (not label or _REST.fullmatch(label)) and _PUT_OFF.match(text, item.end):
        return (ON,)
    is_rest = _REST.fullmatch(label) and _TO_BE_DONE.match(text, item.end)
    return (ON,) if is_rest else ()


def old_told_next(context: RuleContext, sentence: Sentence) -> bool:
    """Tell whether one of the next sentences counts those of last year besides those received."""
    said = readable(context)
    at = next((place for place, one in enumerate(said) if one is sentence), len(said))
    ahead = (one for one in said[at + 1 : at + 1 + _SENTENCES_AHEAD] if one.source is sentence.source)
    return any(_OLD_NEXT.match(one.text) for one in ahead)


def is_left_over(words: str) -> bool:
    """Tell words that count what last year left, though they name last year as a comparison would."""
    return bool(_LEFT_OVER.search(words))


def none_carried(context: RuleContext, sentence: Sentence, start: int, end: int) -> Iterator[Claim]:
    """Yield denials that anything was carried, from last year, to the next, or either."""
    if not _CARRIED.search(sentence.text, start, end) or not speaks_of_year(context, sentence, start, start):
        return
    is_ended = bool(_ENDED_BEFORE.search(sentence.text, 0, start))
    for part in denied(sentence, start, end, context.report.organization or "", CARRIED):
        for meanings in _none_of(part, context.report.year or 0, is_ended):
            yield Claim(sentence, start, end, Decimal(0), meanings, understood=True)


def _none_of(part: str, year: int, is_ended: bool) -> tuple[tuple[Meaning, ...], ...]:
    """Return what is denied to have been carried; each denial may mean one or the other."""
    years = {int(told) for told in re.findall(r"20\d\d", part)} - {year}
    is_old = bool(_FROM_LAST.search(part)) or year - 1 in years
    is_next = bool(_TO_NEXT.search(part)) or year + 1 in years
    if len(_CARRIED.findall(part)) != 1 or years - {year - 1, year + 1}:
        return ()
    if is_old and is_next:
        return ((OLD,), (ON,)) if _OF_EITHER.search(part) else ()
    return ((OLD,) if is_old else (ON,) if is_next or is_ended else (ON, OLD),)


def _is_new_with_old(told: str, words: str) -> bool:
    """Tell what is due of new requests and last year's: 收到12件，加上上年结转的3件，需办理15件."""
    return bool(_ALL_DUE.fullmatch(words) and _NEW_AND_LAST_YEARS.search(told))
