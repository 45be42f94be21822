"""Totals of which is said what was done: 34件，办结率100%; 除1件外，其余26件均已办结."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from monitor.rules.lists.complements import Complement
from monitor.rules.lists.openers import bracket_end
from monitor.rules.prose.quantities import Quantity, quantities

_ALL_DONE = re.compile(r"[，。](?:群众)?(?:办结|答复|回复)率[^，。；\d]{0,12}100%")
"""Not 按期办结率, which speaks of those alone that were due."""
_DONE = re.compile(r"(?:办结|答复|回复|办理)(?:完毕|了)?[^，。；\d]{0,4}$")
_NOT_OF_ONE_YEAR = re.compile("申请|复议|诉讼|案件|上年|结转|累计|其中|去年|主办|协办")
"""What is carried from year to year, or counted in parts: what was done need not be what came."""
_MOST_WORDS = 12
_BUT_FOR = re.compile(r"除(?:了|去)?[^，。；\d]{0,8}$")
_THE_OTHERS = re.compile(r"(?:[^，。；\d]|20\d\d年){0,24}，(?:其余|其他|剩余)的?$")
_DONE_BEHIND = re.compile(
    r"(?:申请)?[^，。；、\d]{0,24}(?:答复|回复|办结|办理完毕|办理完成|处理完毕)(?:完毕|完成)?(?:工作)?了?(?:[，。；、]|$)"
)
_PENDING_BEHIND = re.compile(
    r"(?:申请)?(?:需|须|依法|尚)?(?:结转|转结|转[至到入下]|顺延|正在|尚在|尚未|未办结)"
)
_ONLY_SOME = re.compile("补正|延期|告知|不予|无法|撤|不属|公开|转办")
"""What was done with some alone: others may have been answered otherwise."""
_ENDED_OTHERWISE = re.compile(
    r"撤[回销]|补正|(?<!结)转[办送交]|不予受理|不予处理|终止|其[余他]|另有|剩余|余下"
)
_PUT_RIGHT = re.compile(
    r"，(?!其中)[^，。；：、（）\d]{0,10}(?:整改|处理|解决|修复|销号)(?:完毕|完成|到位)?了?"
)
_REST = re.compile(r"[，；](?:其余|剩余|余下)的?")
_STILL_PENDING = re.compile(
    r"(?:正在|尚在|仍在|均在|持续|限期|未)[^，。；\d]{0,8}(?:整改|处理|解决|修复|推进)"
)
_IN_ALL = re.compile(r"，(?:全年|本年度?|全[省市县区镇局])?[^，。；：、（）\d]{0,14}共(?:计|举[办行]|召开)?")
_THE_REST = re.compile(r"(?:另|还|其余|剩余|余下)?有?")
_WITH_THOSE = re.compile("（(?:含|包括|包含)[^（）]*）")
_NUMBER_FIRST = re.compile(
    r"^[^，。；、\d]{0,12}[，；。、：]?(?:其中|另|还|其余|剩余|余下)?(?:有|的)?[，：]?(?:其余|剩余|余下)?$"
)


def all_done(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield totals of which all is said to be done, with the lesser number that was done."""
    for rate in _ALL_DONE.finditer(text):
        clause = max(text.rfind(mark, 0, rate.start()) for mark in "；。")
        before = [item for item in counted if clause < item.start and item.end <= rate.start()]
        if not before or rate.start() - before[-1].end > _MOST_WORDS:
            continue
        *totals, done = before
        words = text[: done.start]
        is_plain = _DONE.search(words) and not _NOT_OF_ONE_YEAR.search(text[clause + 1 : rate.start()])
        if (
            is_plain
            and len(totals) == 1
            and totals[0].value != done.value
            and totals[0].unit == done.unit
            and totals[0].exact
            and done.exact
        ):
            yield Complement(totals[0], (done,))


def done_and_rest(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield totals divided into what was put right and the rest: 问题74个，已整改70个，剩余3个正在整改."""
    for place in range(len(counted) - 2):
        total, done, rest = counted[place : place + 3]
        told = text[total.end : done.start]
        is_first = all(item.unit != total.unit for item in counted[:place])
        if (
            is_first
            and _are_of_one_kind(total, done, rest)
            and _PUT_RIGHT.fullmatch(told)
            and _REST.fullmatch(text[done.end : rest.start])
            and _STILL_PENDING.match(text, rest.end)
            and not _NOT_OF_ONE_YEAR.search(text[: done.start])
        ):
            yield Complement(total, (done, rest))


def one_kind_and_rest(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield totals told between one kind and the rest: 民生发布会64场，全年发布会共112场，其余48场……."""
    for place in range(len(counted) - 2):
        some, total, rest = counted[place : place + 3]
        is_first = all(item.unit != total.unit for item in counted[:place])
        if (
            is_first
            and _are_of_one_kind(some, total, rest)
            and _IN_ALL.fullmatch(text[some.end : total.start])
            and _REST.fullmatch(text[total.end : rest.start])
        ):
            yield Complement(total, (some, rest))


def _are_of_one_kind(*items: Quantity) -> bool:
    return all(item.exact and item.unit == items[0].unit for item in items)


def goes_on_with_pending(text: str) -> bool:
    """Tell whether a sentence begins with those that are carried on: 剩余2件结转下年."""
    first = quantities(text)[:1]
    return (
        bool(first)
        and bool(_THE_REST.fullmatch(text[: first[0].start]))
        and bool(_PENDING_BEHIND.match(text, first[0].end))
    )


def ended_otherwise(behind: str) -> bool:
    """Tell whether the words behind those carried on say that others were neither answered nor carried on."""
    return bool(_ENDED_OTHERWISE.search(behind))


def but_for_some(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield totals that are divided into some and all others, unless another number is what they divide."""
    for place, (some, others) in enumerate(pairwise(counted)):
        totals = [item for item in counted[:place] if item.unit == some.unit == others.unit]
        if not _BUT_FOR.search(text[: some.start]) or not totals:
            continue
        if not _THE_OTHERS.fullmatch(text[some.end : others.start]):
            continue
        if all(item.exact and item.value != some.value + others.value for item in (*totals, some, others)):
            yield Complement(min(totals, key=lambda item: abs(item.value - others.value)), (some, others))


def done_and_pending(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield totals of requests divided into those answered and those carried on, told number first.

    收到19件，其中17件按期答复，2件转至下年继续办理: nothing else is said of any of them.
    """
    outside = [item for item in counted if bracket_end(text, item.start) is None]
    for place in range(len(outside) - 2):
        total, done, pending = outside[place : place + 3]
        if not (
            total.unit == done.unit == pending.unit and all(item.exact for item in (total, done, pending))
        ):
            continue
        told = text[done.end : pending.start]
        behind = _DONE_BEHIND.match(told)
        if (
            behind
            and "申请" in text[: done.start]
            and not _ONLY_SOME.search(told)
            and _PENDING_BEHIND.match(text, pending.end)
            and _NUMBER_FIRST.match(_WITH_THOSE.sub("", text[total.end : done.start]))
            and _NUMBER_FIRST.match(told[behind.end() - 1 :])
        ):
            yield Complement(total, (done, pending))
