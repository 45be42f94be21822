"""What became of this year's requests alone, told beside those that last year left.

收到12件，其中11件当年办结，1件结转; 上年结转的1件仍在办理: the table counts 11 done and 2 carried on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from monitor.rules.claims.claim import Claim, number_in_table
from monitor.rules.claims.request_meanings import DONE, NEW, OLD, ON
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import Quantity, quantities
from monitor.rules.prose.readable import readable

_PART = re.compile(r"其中(?:有|已)?\D{0,4}$|当年|年内")
_REST = re.compile(r"(?:其余|余下|剩余|剩下|[另还尚]有)的?$")
"""Words before a number that make it a part, or the rest, of those that came."""
_ENDS_THIS_YEAR = re.compile(r"(?:申请)?(?:已|均|在)*(?:当年|年内)")
OLD_TOLD = re.compile(r"(?:上一?年度?|去年|20\d\d年度?)(?:结转|转结|转入)(?!至|到|下)")
"""Then what is told of them, or behind them, may be of those of last year as well."""
NEW_TOLD = re.compile(r"收到|新收|接收|受理|申请中|[当本]年|年内")
"""Then what is told behind may be of the new requests alone."""
_OF_THE_NEW = re.compile(r"(?:新收到?|收到|受理|[当本]年)的?[^，。；\d]{0,6}申请[中里]")
_OPEN = re.compile(r"[^，；。\d]{0,12}?(?:结转|转结|顺延|正在|尚在|仍在|在办|未办结|尚未|次年|下一?年|明年)")
_MARKS = "，；。："


def is_of_the_new_alone(context: RuleContext, claim: Claim) -> bool:
    """Tell whether a number done, or left, is just a part of the new requests that the table allows."""
    new, old, done = (number_in_table(context, meaning) for meaning in (NEW, OLD, DONE))
    if new is None or done is None or not old or _is_of_all_told(context, claim):
        return False
    return any(ended + left == new and done - old <= ended <= done for ended, left in _pairs(claim))


def _is_of_all_told(context: RuleContext, claim: Claim) -> bool:
    """Tell whether those of last year are counted before, and what follows is not of the new alone again.

    In the sentence before as well: 收到8件，上年结转1件。办结8件，结转0件.
    """
    text = claim.sentence.text
    if _OF_THE_NEW.search(text, 0, claim.end):
        return False
    if OLD_TOLD.search(text, 0, claim.end):
        return True
    said = readable(context)
    at = next((place for place, one in enumerate(said) if one is claim.sentence), 0)
    before = said[at - 1] if at else None
    if before is None or before.source is not claim.sentence.source:
        return False
    is_of_all = NEW_TOLD.search(before.text) and OLD_TOLD.search(before.text)
    return bool(is_of_all) and not NEW_TOLD.search(claim.sentence.text, 0, claim.end)


def _pairs(claim: Claim) -> Iterator[tuple[int, int]]:
    """Yield what a claim may tell of those that ended and those that are left, one of them its own."""
    text = claim.sentence.text
    told = [item for item in quantities(text) if item.exact and item.value == int(item.value)]
    at = next((place for place, item in enumerate(told) if claim.start <= item.start < claim.end), None)
    if at is None:
        return
    own, alike = told[at], [item for item in told if item.unit == told[at].unit]
    if ON in claim.meanings:
        before = [item for item in reversed(alike) if item.start < own.start]
        sums = accumulate(int(item.value) for item in before)
        yield from (
            (ended, int(own.value))
            for first, ended in zip(before, sums, strict=True)
            if _is_divided(text, first, own)
        )
    left = next((item for item in alike if item.start > own.start), None)
    if DONE in claim.meanings and left and _is_divided(text, own, left) and _is_open(text, left):
        yield int(own.value), int(left.value)


def _is_divided(text: str, first: Quantity, rest: Quantity) -> bool:
    """Tell whether words say that the numbers from the first to the rest divide those that came."""
    is_part = _PART.search(_words(text, first)) or _ENDS_THIS_YEAR.match(text, first.end)
    return bool(is_part or _REST.search(_words(text, rest)))


def _is_open(text: str, item: Quantity) -> bool:
    return bool(_OPEN.search(_words(text, item)) or _OPEN.match(text, item.end))


def _words(text: str, item: Quantity) -> str:
    """Return the words between the last mark and a number."""
    return text[max(text.rfind(mark, 0, item.start) for mark in _MARKS) + 1 : item.start]
