"""Which number a list divides, and which others it may divide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.rules.lists.gaps import is_adjacent
from monitor.rules.lists.openers import Opener, bracket_end
from monitor.rules.lists.runs import Run
from monitor.rules.prose.quantities import Quantity

_CHANGE_WORDS = re.compile(
    r"(?:增长|增加|增多|减少|下降|同比|较上年|比上年|较去年|比去年|环比)[^，。；\d]{0,8}$"
    r"|[较比与](?:上一?年|去年|20\d\d年)度?(?:同期)?的?$|(?:上一?年|去年)度?(?:同期[为是共]?|[为是共])$"
)
_AVERAGE = re.compile(
    r"(?:平均|日均|月均|人均|户均|每[年月日天周期人户篇条件]|单篇|单条|单日)[^，。；\d]{0,10}$"
)
"""Before a number that is no total of anything."""
_OF_ALL_YEARS = re.compile(r"(?:历年|历史)(?:以来)?(?:累计|共)[^，。；\d]{0,16}$")
_WORDS_BEFORE = 40
"""No pattern above looks further back; a text without full stops may be long."""
_AND = re.compile("[^，。；、]{0,12}?(?:以及|[和及与加、])[^，。；、]{0,16}")
_CARRIED_IN = re.compile(r"上(?:一)?年度?(?:结转|转结)[^，。；\d]{0,12}$")
_OF_REQUESTS = frozenset({"件", "份", "条", "项", "起"})
"""Units in which one author counts requests."""


def totals(
    text: str, counted: Sequence[Quantity], opener: Opener, run: Run
) -> tuple[Quantity | None, tuple[Quantity, ...]]:
    """Return the number that the list divides, and all numbers before it that it may divide."""
    unit = run.parts[0].unit if run.parts else ""
    before = tuple(
        item
        for item in counted
        if item.end <= opener.start and item.unit == unit and same_level(text, item, opener)
    )
    if not before and unit in _OF_REQUESTS:
        before = _of_requests(text, counted, opener)
    if before and (opener.names_one or (opener.in_brackets and before[-1].end == opener.start)):
        before = before[-1:]
    if opener.names_one and is_counted_with_another(text, counted, opener):
        return None, before
    stable = [item for item in before if not is_no_total(text[: item.start])]
    total = stable[0 if opener.again else -1] if stable else None
    if total is not None and _is_carried_in_beside_others(text, counted, total, stable):
        return None, before
    return _with_those_carried(text, total, stable), before


def is_counted_with_another(text: str, counted: Sequence[Quantity], opener: Opener) -> bool:
    """Tell a number that is named with the one before it: 新收40件和结转申请3件中，办结38件."""
    before = [item for item in counted if item.end <= opener.start]
    return len(before) > 1 and bool(_AND.fullmatch(text, before[-2].end, before[-1].start))


def _is_carried_in_beside_others(
    text: str, counted: Sequence[Quantity], total: Quantity, stable: Sequence[Quantity]
) -> bool:
    """Tell those carried in behind those received in another unit: 收到89件次，上年结转2件。其中网上52件."""
    is_alone = stable[0] is total and bool(_CARRIED_IN.search(text[: total.start]))
    return is_alone and any(item.end <= total.start and item.value > total.value for item in counted)


def _with_those_carried(text: str, total: Quantity | None, candidates: Sequence[Quantity]) -> Quantity | None:
    """Return what was received and carried in as one total: 收到9件，上年结转1件，其中网络5件、信函5件."""
    before = candidates.index(total) if total in candidates else 0
    if total is None or not before or not _CARRIED_IN.search(text[: total.start]):
        return total
    received = candidates[before - 1]
    return replace(total, value=received.value + total.value, start=received.start)


def _of_requests(text: str, counted: Sequence[Quantity], opener: Opener) -> tuple[Quantity, ...]:
    """Return the number of requests in another unit right before a list: 收到8份申请，其中自然人6件."""
    before = [item for item in counted if item.end <= opener.start]
    if not before or before[-1].unit not in _OF_REQUESTS or "申请" not in text[: opener.start]:
        return ()
    return (before[-1],) if is_adjacent(text, before[-1], opener) else ()


def is_no_total(before: str) -> bool:
    """Tell whether the words before a number say that it is a change, an average, or not of one year."""
    patterns = (_CHANGE_WORDS, _AVERAGE, _OF_ALL_YEARS)
    near = before[-_WORDS_BEFORE:]
    return any(pattern.search(near) for pattern in patterns)


def same_level(text: str, item: Quantity, opener: Opener) -> bool:
    """Tell whether a quantity is not shut in brackets that end before the list.

    Brackets with nothing but a number hold another count of the same things: 信息11条（126件），其中.
    """
    close = bracket_end(text, item.start)
    is_alone = text[item.start - 1 : item.start] == "（" and item.end == close == opener.start - 1
    return is_alone or close is None or (opener.in_brackets and close >= opener.body[1])


def has_rivals(text: str, candidates: Sequence[Quantity], opener: Opener, end: int) -> bool:
    """Tell whether other numbers than the nearest may be the total of a list.

    Where list and total stand together behind a ；, nothing before it is.
    """
    start = text.rfind("；", 0, opener.start)
    is_apart = start >= 0 and "；" not in text[opener.start : end]
    return len([item for item in candidates if not is_apart or item.start > start]) > 1
