"""A number that is wrong for what it seems to be of, and just what the table holds of something else.

新收22件 behind 自然人居多 is of persons, 合计65件 of two outcomes: sound reports were accused for such words
because nobody had thought of them. Where the words beside a total name no request nor its end, and the number
is that of a kind of applicants, of an outcome or of two outcomes together, what it is of stays undecided.
"""

from __future__ import annotations

import re
from itertools import combinations

from extract.model import Number
from monitor.rules.claims.claim import Claim, Meaning, number_in_table
from monitor.rules.claims.remedy_rows import REVIEWS, SUITS
from monitor.rules.claims.request_meanings import DONE, NEW, NEW_AND_OLD, WITHOUT_OLD
from monitor.rules.claims.request_rows import rows_named
from monitor.rules.context import RuleContext
from monitor.rules.official import ORGANIZATIONS, PERSON, outcome_groups, outcome_rows
from monitor.rules.prose.quantities import quantities
from monitor.rules.sums import form_of_requests

LEAST = 10
"""Smaller numbers are those of some cell or other by chance."""
_TOTALS = frozenset(meaning.cells for meaning in (NEW, NEW_AND_OLD, DONE, WITHOUT_OLD))
_OUTCOMES = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
_NAMED = re.compile("申请|办结|办理|答复|处理|办毕|办完")
"""What is counted, or what became of it: then the number is of all that it says."""
_KINDS = re.compile("复议(?!后)|诉讼|起诉")
_SECTION_OF_PROBLEMS = 5
_ALL = ("received", "carried_in", "processed_total")
_ROWS = (*_ALL, "carried_forward")
_ANOTHER_ROW = re.compile("公开|提供|处理|办结|答复|结转|另|其余|剩余|余下|还有|。")
"""Between the number of all requests and that of applicants: these may be of what is named last."""


def may_be_of_something_else(context: RuleContext, claim: Claim) -> bool:
    """Tell a total of requests that names none, and is just what the table holds of a part of them."""
    is_total = claim.meanings[0].cells in _TOTALS
    if not is_total or claim.value < LEAST or _NAMED.search(_words(claim)):
        return False
    return claim.value in _parts(context)


def may_be_of_some_applicants(context: RuleContext, claim: Claim) -> bool:
    """Tell applicants who do not divide all requests, of whom another row of the table has just as many.

    另有商业企业申请1件，征求意见后结转: one of those carried on, not all that businesses asked for.
    """
    rows, columns = ({cell.split(".")[place] for cell in claim.meanings[0].cells} for place in (1, 2))
    is_of_one_kind = rows <= set(_ALL) and rows != {"carried_in"} and "total" not in columns
    if not is_of_one_kind or not claim.value or _divides_all(context, claim):
        return False
    form = form_of_requests(context)
    others = ((row,) for row in ("carried_in", "carried_forward", *outcome_rows(form)))
    return any(
        number_in_table(
            context, Meaning("", tuple(f"requests.{row}.{column}" for row in some for column in columns))
        )
        == claim.value
        for some in (*others, *outcome_groups(form))
    )


def _divides_all(context: RuleContext, claim: Claim) -> bool:
    """Tell applicants behind the number of all requests, no other row between them: 12件，其中自然人9件."""
    text = claim.sentence.text
    totals = [number_in_table(context, meaning) for meaning in (NEW, NEW_AND_OLD, DONE)]
    ends = [item.end for item in quantities(text) if item.end <= claim.start and item.value in totals]
    return bool(ends) and not _ANOTHER_ROW.search(text, ends[-1], claim.start)


def may_be_of_more_cases(context: RuleContext, claim: Claim) -> bool:
    """Tell an ending among the problems of section five that the table has of reviews and suits in some sum.

    Nobody says there exactly whose cases were corrected: 复议、诉讼中被纠正的10件.
    """
    columns = {cell.rpartition(".")[2] for cell in claim.meanings[0].cells}
    if len(_kinds_named(claim)) == 1:
        return False
    if claim.sentence.section != _SECTION_OF_PROBLEMS or "total" in columns:
        return False
    cells = [tuple(f"{row}.{column}" for column in sorted(columns)) for row in (*REVIEWS, *SUITS)]
    held = [number_in_table(context, Meaning("", one)) for one in cells]
    sums = (some for size in range(1, len(held) + 1) for some in combinations(held, size))
    return any(None not in some and sum(one or 0 for one in some) == claim.value for some in sums)


def _kinds_named(claim: Claim) -> set[str]:
    """Return the kinds of cases that the point names up to the claim's end: 复议, 诉讼, 起诉."""
    text = claim.sentence.text
    start = max(text.rfind(mark, 0, claim.start) for mark in "；。：") + 1
    return set(_KINDS.findall(text, start, claim.end))


def _words(claim: Claim) -> str:
    return claim.sentence.text[claim.start : claim.end]


def _parts(context: RuleContext) -> set[Number]:
    """Return what the table holds of each kind of applicants, of each outcome, and of two of these."""
    columns = (
        number_in_table(context, Meaning("", (f"requests.{row}.{column}",)))
        for row in _ROWS
        for column in (PERSON, *ORGANIZATIONS)
    )
    outcomes = [
        held
        for outcome in _OUTCOMES
        for meaning in rows_named(context, outcome)[:1]
        if (held := number_in_table(context, meaning))
    ]
    pairs = (one + other for one, other in combinations(outcomes, 2))
    return {held for held in (*columns, *outcomes, *pairs) if held}
