"""All requests of a year divided by the way they came or by what they ask for, against their number.

从提交方式看，在线平台22件、邮政寄递11件、当面递交2件: together as many as came, as there were to do, or as
were done. The number they divide often stands sentences before, so the table is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.model import Number
from monitor.finding import evidence_of
from monitor.rules.arithmetic import number
from monitor.rules.claims.claim import is_slip, number_in_table, number_of
from monitor.rules.claims.request_meanings import DONE, NEW, NEW_AND_OLD, divides_those_carried
from monitor.rules.claims.request_words import WAYS
from monitor.rules.claims.scope import speaks_of_year
from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome, fails
from monitor.rules.prose.quantities import Quantity, quantities
from monitor.rules.prose.sentences import Sentence

_UNITS = frozenset({"件", "份", "宗", "件次"})
_VERBS = "申请|提交|提出|接收|受理|递交|收件|来件|收到"
_BY_WAY = re.compile(
    rf"(?:[按从就依]照?|以)?(?:{_VERBS})*(?:人)?(?:的)?(?<![复达开布理送])(?:方式|渠道|形式|途径)(?:来)?(?:看|划分|分类|统计|分布|构成|情况|分)*(?:为|是)?[，：]?"
)
_BY_SUBJECT = re.compile(
    rf"(?:[按从就依]照?)(?:{_VERBS})*(?:的)?(?:内容|事项|领域|类别|主题)(?:来)?(?:划分|分类|分布|分)(?:为|是)?[，：]?|"
    r"申请(?:内容|事项|领域)(?:分布|构成|分类)(?:情况)?(?:为|是|：|，)"
)
_LABEL = re.compile(r"[，、；]?(?:(?!其中|主要|包括|涉及|约|近|超)[^，。；：、（）\d]){2,18}")
_SHARE = re.compile(r"[，（](?:约|各)?占(?:比|总[数量]|全部|新收)?[^，。；、\d]{0,8}[\d.]+[%％]）?")
_END = re.compile(r"[。；]|$")
_OPEN = re.compile(r"等|余|左右")
_WAY = re.compile(WAYS)
_ANOTHER_WAY = re.compile(rf"；[^，。；、\d]{{0,8}}(?:{WAYS})[^，。；、\d]{{0,8}}\d")
_NEW = re.compile("新收|新接收|收到")
_NO_VERB_BEFORE = re.compile(r"(?:其中，?)?(?:通过|以|由|从|采用)")
_MOST_SHARE_MISSED = Decimal("0.1")
_FEW_MISSED = 2
_LEAST_PARTS = 2


def wrong_divisions(context: RuleContext, sentence: Sentence) -> Iterator[Outcome]:
    """Yield the divisions of all requests of a year that make up no number of them, though nearly one."""
    text = sentence.text
    counted = [item for item in quantities(text) if item.value]
    if len(counted) < _LEAST_PARTS:
        return
    totals = [number_in_table(context, whole) for whole in (NEW, NEW_AND_OLD, DONE)]
    known = [total for total in totals if total]
    if len(known) < len(totals):
        return
    if counted[0].value == totals[0] and _NEW.search(text, 0, counted[0].start) and "结转" not in text:
        known = known[:1]
    for start, parts in _divisions(text, counted):
        added = sum(part.value for part in parts)
        before = [item.value for item in counted if item.end <= start]
        if added in known or added in before or not _may_be_all(parts, known):
            continue
        is_of_year = speaks_of_year(context, sentence, start, parts[-1].end)
        if is_of_year and not divides_those_carried(text, parts[0].start):
            yield _outcome(context, sentence, parts, added)


def _divisions(text: str, counted: Sequence[Quantity]) -> Iterator[tuple[int, Sequence[Quantity]]]:
    """Yield where a division begins, and its parts: all that is counted until the next ； or full stop."""
    alone = _parts(text, counted, 0, len(text.rstrip("。")))
    if len(alone) >= _LEAST_PARTS and _are_ways(text, 0, alone) and _NO_VERB_BEFORE.match(text):
        yield 0, alone
    for words, is_way in ((_BY_WAY, True), (_BY_SUBJECT, False)):
        for opener in words.finditer(text):
            end = _end_of_list(text, opener.end())
            parts = _parts(text, counted, opener.end(), end)
            if len(parts) >= _LEAST_PARTS and (not is_way or _are_ways(text, opener.end(), parts)):
                yield opener.start(), parts


def _end_of_list(text: str, start: int) -> int:
    """Return where a division ends; a ；before another way is within it: 网上15件、信函8件；当面1件."""
    end = _END.search(text, start)
    while end and _ANOTHER_WAY.match(text, end.start()):
        end = _END.search(text, end.end())
    return end.start() if end else len(text)


def _parts(text: str, counted: Sequence[Quantity], start: int, end: int) -> Sequence[Quantity]:
    """Return all that is counted in a stretch, if these are requests, each behind its name."""
    parts = [item for item in counted if start <= item.start < end]
    before = start
    for part in parts:
        label = _SHARE.sub("", text[before : part.start])
        if part.unit not in _UNITS or not part.exact or not _LABEL.fullmatch(label):
            return ()
        before = part.end
    return () if _OPEN.search(text, start, end) else parts


def _are_ways(text: str, start: int, parts: Sequence[Quantity]) -> bool:
    """Tell whether the parts are ways in which requests came; the last one may be 其他."""
    starts = (start, *(part.end for part in parts))
    named = [bool(_WAY.search(text, begin, part.start)) for begin, part in zip(starts, parts, strict=False)]
    return all(named[:-1])


def _may_be_all(parts: Sequence[Quantity], totals: Sequence[Number]) -> bool:
    """Tell whether parts miss one of the totals by few, or by a slip of the pen in one of them."""
    added = sum(part.value for part in parts)
    for total in map(Decimal, totals):
        if abs(added - total) <= max(Decimal(_FEW_MISSED), total * _MOST_SHARE_MISSED):
            return True
        if any(is_slip(part.value, part.value + total - added) for part in parts):
            return True
    return False


def _outcome(
    context: RuleContext, sentence: Sentence, parts: Sequence[Quantity], added: Decimal | int
) -> Outcome:
    evidence = sentence.evidence(context, parts[0].start, parts[-1].end)
    told = " + ".join(number(part.value) for part in parts)
    held = number_in_table(context, NEW)
    facts = (context.facts[path] for path in NEW.cells)
    return fails(
        f"“{evidence.raw}”：分项 {told} = {number(added)}，表中“{NEW.label}”为 {number(held or 0)}。",
        evidence,
        *(evidence_of(fact) for fact in facts),
        expected=held,
        actual=number_of(Decimal(added)),
    )
