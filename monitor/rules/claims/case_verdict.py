"""One number in a story of reviews and suits that does not fit, where all the others do.

The story has to be understood word by word. Whether it is about the cases of disclosure, its own words
tell, or its other numbers, which are those of table 4; of cases that the body may decide itself only a
number is accused with which the story contradicts itself, and without which it is the table's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from monitor.rules.claims.case_story import Story
from monitor.rules.claims.case_teller import CLOSED
from monitor.rules.claims.case_told import Told
from monitor.rules.claims.causes import DISCLAIMED, OF_OTHER_ACTS, has_other_cause
from monitor.rules.claims.claim import Claim, agrees, is_proof, number_in_table
from monitor.rules.claims.remedy_rows import KINDS, REVIEWS, SUITS, Rows
from monitor.rules.claims.scope import speaks_of_year
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import Quantity
from monitor.rules.prose.readable import readable
from monitor.rules.prose.sentences import Sentence

_TOPIC = re.compile("复议|诉讼|起诉|被诉|行政应诉|涉诉|官司")
_GOES_ON = re.compile("复议|诉讼|起诉|被诉|维持|纠正|审结|其[他它]结果")
_LABEL = re.compile("信息公开|依申请|申请答复|公开(?:答复|申请)")
_AS_TABLE = re.compile("未经复议|复议后起诉")
"""The table's own words, which nobody needs for cases of other kinds."""
_IN_HAND = re.compile("审理|受理|审结|办理|办结|收到|接收|接到")
_NOT_IN_HAND = re.compile(
    "通知我|被申请人|被告|(?:引[发起]|产生|导致|信息公开)[^，。；]{0,4}行政复议|诉讼|起诉"
)
_SECTION_OF_CASES = 4
_LONGEST = 1500
"""A longer sentence has lost its full stops."""
_LEAST_RIGHT = 2


@lru_cache(maxsize=8)
def stories(context: RuleContext) -> tuple[Sequence[Told], ...]:
    """Return what each passage about reviews and suits says, number by number."""
    return tuple(_stories(context))


@lru_cache(maxsize=8)
def _right(context: RuleContext) -> frozenset[tuple[int | None, int, Decimal, bool]]:
    """Return the numbers of stories that are the table's: where they stand, and whether of all endings."""
    return frozenset(
        (told.sentence.section, told.sentence.places[told.place[1]], told.value, told.is_total)
        for said in stories(context)
        for told in said
        if (not told.is_of_all or told.start == told.place[1]) and is_proof(context, told.claim())
    )


def are_right(context: RuleContext, sentence: Sentence, items: Sequence[Quantity]) -> bool:
    """Tell whether all numbers are understood as cases and are those of table 4, so that none is wrong."""
    right = {(section, place) for section, place, _value, _is_total in _right(context)}
    return bool(right) and all((sentence.section, sentence.places[item.start]) in right for item in items)


def is_right(context: RuleContext, claim: Claim) -> bool:
    """Tell whether the number of a claim is understood, and the table's for what it is of."""
    sentence, right = claim.sentence, _right(context)
    is_total = all(cell.endswith(".total") for cell in claim.meanings[0].cells)
    places = (sentence.places[at] for at in range(claim.start, min(claim.end, len(sentence.places))))
    return bool(right) and any((sentence.section, at, claim.value, is_total) in right for at in places)


def _stories(context: RuleContext) -> Iterator[list[Told]]:
    story: Story | None = None
    last: Sentence | None = None
    said = readable(context)
    for place, sentence in enumerate(said):
        goes_on = (
            last is not None
            and last.source is sentence.source
            and last.heading == sentence.heading
            and _GOES_ON.search(sentence.text)
        )
        if story is not None and not goes_on:
            story.stop()
            yield _of_year(context, story.told)
            story = None
        if story is None and _TOPIC.search(sentence.text):
            story = Story(context)
        if story is not None:
            behind = said[place + 1].text if place + 1 < len(said) else ""
            if (
                len(sentence.text) > _LONGEST
                or _is_of_others(sentence)
                or DISCLAIMED.search(sentence.text + behind)
            ):
                story.stop()
            else:
                story.read(sentence)
        last = sentence
    if story is not None:
        story.stop()
        yield _of_year(context, story.told)


def _is_of_others(sentence: Sentence) -> bool:
    is_other = OF_OTHER_ACTS.search(sentence.text.replace("当事人", "")) and not _LABEL.search(sentence.text)
    return bool(is_other) or has_other_cause(sentence.text, anywhere=True)


def _of_year(context: RuleContext, said: Sequence[Told]) -> list[Told]:
    return [told for told in said if speaks_of_year(context, told.sentence, told.start, told.end)]


def wrong_in_story(context: RuleContext, said: Sequence[Told]) -> Iterator[Claim]:
    """Yield the only number of a story that is not the table's."""
    wrong = [told for told in said if not agrees(context, told.claim()) and not _is_denied_elsewhere(told)]
    if not wrong:
        yield from _too_many(context, said)
    if len({told.place for told in wrong}) != 1:
        return
    first = next((told for told in wrong if not told.is_of_all), wrong[0])
    if _is_sure(context, said, first):
        yield first.claim()


def _is_denied_elsewhere(told: Told) -> bool:
    """Tell a denial of all reviews or suits, which is understood more closely elsewhere."""
    return not told.value and told.is_total and not any(rows in KINDS for rows in told.groups)


def _is_sure(context: RuleContext, said: Sequence[Told], wrong: Told) -> bool:
    right = {told.place for told in said if is_proof(context, told.claim())}
    others = right - {wrong.place}
    if _may_be_in_hand(context, said, wrong):
        return len(others) >= _LEAST_RIGHT and _contradicts_itself(context, said, wrong)
    if _is_labelled(said, wrong):
        return bool(others) or not _is_shared(said, wrong)
    if wrong.is_of_all:
        return wrong.place in right
    totals = {told.place for told in said if told.is_total and is_proof(context, told.claim())}
    return bool(totals - {wrong.place}) or (
        len(others) >= _LEAST_RIGHT and _contradicts_itself(context, said, wrong)
    )


def _is_shared(said: Sequence[Told], wrong: Told) -> bool:
    """Tell a number that is said to be of each: 行政复议、行政诉讼各1件."""
    return sum(told.place == wrong.place and not told.is_of_all for told in said) > 1


def _is_labelled(said: Sequence[Told], wrong: Told) -> bool:
    """Tell whether the words say that the cases are of disclosure."""
    until = wrong.place[0]
    before = {id(told.sentence): told.sentence for told in said if told.place[0] <= until}
    text = wrong.sentence.heading + "".join(sentence.text for sentence in before.values())
    return bool(
        wrong.sentence.section == _SECTION_OF_CASES
        or _LABEL.search(text)
        or _AS_TABLE.search(wrong.sentence.text)
    )


def _may_be_in_hand(context: RuleContext, said: Sequence[Told], wrong: Told) -> bool:
    """Tell reviews that the body may decide itself: 收到行政复议2件."""
    if not any(rows == REVIEWS for rows in wrong.groups) or _is_beside_suits(context, said, wrong):
        return False
    return any(
        _IN_HAND.search(words) and not _NOT_IN_HAND.search(words)
        for told in said
        if told.groups == (REVIEWS,) and told.is_total
        for words in (told.sentence.text[told.start : told.end],)
    )


def _is_beside_suits(context: RuleContext, said: Sequence[Told], wrong: Told) -> bool:
    """Tell reviews beside suits in the table's own words, rightly counted: 收到行政复议2件；复议后起诉1件."""
    return "申请" not in wrong.sentence.text[wrong.start : wrong.end] and any(
        told.is_total
        and told.sentence is wrong.sentence
        and told.groups[0] in KINDS
        and is_proof(context, told.claim())
        for told in said
    )


def _contradicts_itself(context: RuleContext, said: Sequence[Told], wrong: Told) -> bool:
    """Tell whether the story adds up with the table's number, but not with its own."""
    values = (number_in_table(context, meaning) for meaning in wrong.claim().meanings)
    held = {Decimal(value) for value in values if value is not None}
    for total, parts in _sums(said):
        if total.value == sum(part.value for part in parts) or all(
            told is not wrong for told in (total, *parts)
        ):
            continue
        for number in held:
            amounts = [number if part is wrong else part.value for part in parts]
            if (number if total is wrong else total.value) == sum(amounts):
                return True
    return False


def _sums(said: Sequence[Told]) -> Iterator[tuple[Told, list[Told]]]:
    """Yield the totals of the story with what makes them up: the ways of suits, the endings of a kind."""
    for total in said:
        if not total.is_total or total.is_of_all or len(total.groups) > 1:
            continue
        (rows,) = total.groups
        if rows == SUITS:
            yield total, [told for told in said if told.is_total and told.groups[0] in KINDS]
        yield total, [told for told in said if _is_ending_of(told, rows)]


def _too_many(context: RuleContext, said: Sequence[Told]) -> Iterator[Claim]:
    """Yield the number of an ending that may be several columns, but makes up more than the total.

    行政复议4件：维持2件，终止3件: with 3件 there are more endings than cases; only the table's 2 fit.
    """
    for total, parts in _sums(said):
        if not is_proof(context, total.claim()) or sum(part.value for part in parts) <= total.value:
            continue
        if not _are_one_list(total, parts):
            continue
        found = [claim for part in parts if (claim := _as_left(context, total, parts, part)) is not None]
        if len(found) == 1 and _is_sure(context, said, parts[0]):
            yield found[0]


def _are_one_list(total: Told, parts: Sequence[Told]) -> bool:
    """Tell endings that stand behind their total, none of which divides another."""
    text = total.sentence.text
    return all(
        part.sentence is total.sentence
        and part.start > total.start
        and part.groups == total.groups
        and (part is parts[0] or "其中" not in text[part.start : part.end])
        for part in parts
    )


def _as_left(context: RuleContext, total: Told, parts: Sequence[Told], wrong: Told) -> Claim | None:
    """Return the claim that an ending is what the others leave of the total, if the table holds that."""
    left = total.value - sum(part.value for part in parts if part is not wrong)
    claim = wrong.claim()
    meanings = tuple(one for one in claim.meanings if number_in_table(context, one) == left)
    return replace(claim, meanings=meanings) if meanings and left > 0 else None


def _is_ending_of(told: Told, rows: Rows) -> bool:
    return told.ending is not None and told.ending[0] != CLOSED and not told.is_of_all and rows in told.groups
