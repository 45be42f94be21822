"""A number that is wrong for what it seems to be of, and may be right of something else.

新收22件 behind 自然人居多 is of persons, 合计65件 of two outcomes, 收到回复11份 of letters to others: sound
reports were accused for such words because nobody had thought of them. What no reading can foresee, the
numbers show: a slip is seldom just what the table holds of a part or of the applicants named beside it, nor
in a unit of its own. Of 3705 changed numbers of the most usual texts one stays undecided for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from extract.model import Number
from monitor.rules.claims.claim import Claim, Meaning, agrees, number_in_table
from monitor.rules.claims.remedy_rows import REVIEWS, SUITS
from monitor.rules.claims.request_meanings import DONE, NEW, NEW_AND_OLD, WITHOUT_OLD
from monitor.rules.claims.request_rows import rows_named
from monitor.rules.context import RuleContext
from monitor.rules.official import ORGANIZATIONS, PERSON, outcome_groups, outcome_rows
from monitor.rules.prose.quantities import quantities
from monitor.rules.sums import form_of_requests

LEAST = 10
"""Smaller numbers are those of some cell or other by chance."""
LEAST_BESIDE = 2
_TOTALS = frozenset(meaning.cells for meaning in (NEW, NEW_AND_OLD, DONE, WITHOUT_OLD))
_OUTCOMES = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
_NAMED = re.compile("申请|办结|办理|答复|处理|办毕|办完")
"""What is counted, or what became of it: then the number is of all that it says."""
_ALL = ("received", "carried_in", "processed_total")
_ROWS = (*_ALL, "carried_forward")
_ANOTHER_ROW = re.compile("公开|提供|处理|办结|答复|结转|另|其余|剩余|余下|还有|。")
"""Between the number of all requests and that of applicants: these may be of what is named last."""
_APPLICANTS = re.compile("自然人|公民|个人|企业|机构|组织|单位|群众|律师")
_CASES = {"reviews": re.compile("(?<!未经)复议(?!后)"), "suits": re.compile("(?<!复议)诉讼|起诉")}
_ENDINGS = {
    "upheld": re.compile("维持|驳回"),
    "corrected": re.compile("纠[正错]|撤销|败诉"),
    "other": re.compile("其他结果|撤回|终止"),
    "pending": re.compile("未审结|审理中|在审|未结"),
}
_STOP = re.compile("[，；。]")
_UNIT = re.compile(r"\d ?([件份条宗次个项起家人名位户])")


def why_undecided(context: RuleContext, claim: Claim, proofs: Sequence[Claim]) -> str:
    """Return why a wrong number of requests may be right of something else, or nothing.

    `proofs` are all claims on requests, whose right ones show how the author counts requests.
    """
    is_of_part = _may_be_of_a_part(context, claim) or _may_be_of_one_kind(context, claim)
    if claim.value and (is_of_part or _may_be_of_another_row(context, claim, proofs)):
        return "与表中一部分申请的件数相同，不能确定说的是哪一部分"
    if _is_in_another_unit(context, claim, proofs):
        return "与文中别处申请的单位不同，不能确定说的是申请"
    return ""


def _may_be_of_a_part(context: RuleContext, claim: Claim) -> bool:
    """Tell a total of requests that names none, and is just what the table holds of a part of them."""
    is_total = claim.meanings[0].cells in _TOTALS
    if not is_total or claim.value < LEAST or _NAMED.search(claim.sentence.text, claim.start, claim.end):
        return False
    return claim.value in _parts(context)


def _may_be_of_one_kind(context: RuleContext, claim: Claim) -> bool:
    """Tell an outcome that the table has so often of applicants named beside it: 自然人6件予以公开."""
    rows, columns = _rows_and_columns(claim)
    if columns != {"total"} or rows & set(_ROWS) or not _APPLICANTS.search(_point(claim)):
        return False
    kinds = ((PERSON,), ORGANIZATIONS, *((column,) for column in ORGANIZATIONS))
    return claim.value in _held(context, (tuple(rows),), kinds)


def _may_be_of_another_row(context: RuleContext, claim: Claim, proofs: Sequence[Claim]) -> bool:
    """Tell applicants who do not divide all requests, of whom another row has just as many.

    另有商业企业申请1件，征求意见后结转: one of those carried on.
    """
    rows, columns = _rows_and_columns(claim)
    is_of_all = rows <= set(_ALL) and rows != {"carried_in"} and "total" not in columns
    if not is_of_all or _divides_all(context, claim) or _is_beside_others(context, claim, proofs):
        return False
    form = form_of_requests(context)
    others = ((row,) for row in ("carried_in", "carried_forward", *outcome_rows(form)))
    return claim.value in _held(context, (*others, *outcome_groups(form)), (tuple(columns),))


def _rows_and_columns(claim: Claim) -> tuple[set[str], set[str]]:
    cells = [cell.split(".") for cell in claim.meanings[0].cells]
    return {cell[1] for cell in cells}, {cell[2] for cell in cells}


def _point(claim: Claim) -> str:
    """Return the stretch behind the last semicolon that a claim stands in, up to the mark behind it."""
    text = claim.sentence.text
    start = max(text.rfind(mark, 0, claim.start) for mark in "；。") + 1
    stop = _STOP.search(text, claim.end)
    return text[start : stop.start() if stop else len(text)]


def _held(
    context: RuleContext, rows: Sequence[Iterable[str]], columns: Sequence[Iterable[str]]
) -> set[Number | None]:
    """Return what the table holds in each group of rows for each group of columns."""
    return {
        number_in_table(context, Meaning("", tuple(f"requests.{row}.{one}" for row in some for one in kind)))
        for some in rows
        for kind in columns
    }


def _divides_all(context: RuleContext, claim: Claim) -> bool:
    """Tell applicants behind the number of all requests, no other row between them: 12件，其中自然人9件."""
    text = claim.sentence.text
    totals = [number_in_table(context, meaning) for meaning in (NEW, NEW_AND_OLD, DONE)]
    ends = [item.end for item in quantities(text) if item.end <= claim.start and item.value in totals]
    return bool(ends) and not _ANOTHER_ROW.search(text, ends[-1], claim.start)


def _is_beside_others(context: RuleContext, claim: Claim, proofs: Sequence[Claim]) -> bool:
    """Tell applicants in a row with others whose number is right: 自然人14件，商业企业41件."""
    others = (one for one in proofs if one.sentence is claim.sentence and one.value >= LEAST_BESIDE)
    return any(
        one.meanings[0].cells != claim.meanings[0].cells
        and not one.meanings[0].cells[0].endswith(".total")
        and one.meanings[0].cells[0].startswith("requests.received.")
        and agrees(context, one)
        for one in others
    )


def _is_in_another_unit(context: RuleContext, claim: Claim, proofs: Sequence[Claim]) -> bool:
    """Tell a number in a unit in which the author counts no requests: 收到回复11份 beside 申请33件.

    Applicants may be counted as persons or bodies.
    """
    if _rows_and_columns(claim)[1] != {"total"}:
        return False
    right = (one for one in proofs if one.value and not one.at_most and agrees(context, one))
    units, own = {unit for one in right for unit in _units(one)}, set(_units(claim))
    return bool(units and own) and not units & own


def _units(claim: Claim) -> Iterator[str]:
    text = claim.sentence.text
    yield from (match[1] for match in _UNIT.finditer(text, claim.start, claim.end))


def may_be_of_more_cases(context: RuleContext, claim: Claim) -> bool:
    """Tell an ending that the table has of reviews and suits in some sum, where no one kind is named.

    Or a number of all cases that is just that of those which ended as it says beside it.

    Nobody says exactly whose cases were corrected: 复议、诉讼中被纠正的10件; 对被纠正的2件案件.
    """
    columns = {cell.rpartition(".")[2] for cell in claim.meanings[0].cells}
    if columns == {"total"}:
        return bool(claim.value) and claim.value in _ended_so(context, claim)
    if not claim.value or "total" in columns or len(_kinds_named(claim)) == 1:
        return False
    cells = [tuple(f"{row}.{column}" for column in sorted(columns)) for row in (*REVIEWS, *SUITS)]
    held = [number_in_table(context, Meaning("", one)) for one in cells]
    sums = (some for size in range(1, len(held) + 1) for some in combinations(held, size))
    return any(None not in some and sum(one or 0 for one in some) == claim.value for some in sums)


def _ended_so(context: RuleContext, claim: Claim) -> set[Number | None]:
    """Return how many cases of the kind ended as their clause says: 有2件行政复议案件和1件诉讼案件被纠正."""
    text = claim.sentence.text
    start = max(text.rfind(mark, 0, claim.start) for mark in "，；。") + 1
    stop = _STOP.search(text, claim.end)
    said = text[start : stop.start() if stop else len(text)]
    rows = [cell.rpartition(".")[0] for cell in claim.meanings[0].cells]
    return {
        number_in_table(context, Meaning("", tuple(f"{row}.{column}" for row in rows)))
        for column, words in _ENDINGS.items()
        if words.search(said)
    }


def is_apart_from_its_story(claim: Claim) -> bool:
    """Tell a number of a story that need not be of what the story told before.

    A sentence that names neither reviews nor suits (对被纠正的2件案件), or a number of all cases.
    """
    text = claim.sentence.text
    names_none = not _kinds(text[text.rfind("。", 0, claim.start) + 1 : claim.end])
    return names_none or all(cell.endswith(".total") for cell in claim.meanings[0].cells)


def _kinds_named(claim: Claim) -> set[str]:
    """Return the kinds of cases that a claim's own words name, or else the point up to it."""
    text = claim.sentence.text
    start = max(text.rfind(mark, 0, claim.start) for mark in "；。：") + 1
    return _kinds(text[claim.start : claim.end]) or _kinds(text[start : claim.end])


def _kinds(words: str) -> set[str]:
    return {kind for kind, pattern in _CASES.items() if pattern.search(words)}


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
