"""What the prose claims of a number that a table holds as well, and whether the two agree.

A claim names the cells that it may mean, most literal first: 收到 may or may not count what was carried
in. It fails only if it equals none of them, and cannot be told as long as one of them was not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from extract.model import Number
from monitor.finding import evidence_of
from monitor.rules.arithmetic import number
from monitor.rules.claims.scope import WORDS_BEHIND
from monitor.rules.claims.understood import strange_words
from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome, cannot_tell, fails
from monitor.rules.prose.sentences import Sentence

Cells: TypeAlias = tuple[str, ...]
"""Paths whose values are added; a path may start with `-` to be taken away."""

FAR_TIMES, FAR_BEYOND = 3, 10
"""A slip of the pen seldom goes so far; a number of something else may."""
_SAYS_WHAT = re.compile("申请|复议|诉讼|结转")
LEAST_PROOFS = 2
"""So many numbers of a clause, or of a passage, that are those of the table prove what it is about."""
_MARKS, _DIVIDED = "，；。：", "其中"
_LEAST_DIGITS = 2
"""A number of one digit is any other but for one digit."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a claim may mean: cells that add up to it, and what to call their sum."""

    label: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Claim:
    """A number (0 for a negation) that the prose states at [start, end) of a sentence.

    `understood`: whoever read it knows that none of its words narrows it, as of denials.
    """

    sentence: Sentence
    start: int
    end: int
    value: Decimal
    meanings: tuple[Meaning, ...]
    at_most: bool = False
    understood: bool = False


def judge(context: RuleContext, claim: Claim, among: Sequence[Claim]) -> Iterator[Outcome]:
    """Compare one claim with the table; those that it is among may prove what its list is about."""
    evidence = claim.sentence.evidence(context, claim.start, claim.end)
    values = [number_in_table(context, meaning) for meaning in claim.meanings]
    first = claim.meanings[0]
    if any(value is None for value in values):
        if not any(value == claim.value for value in values):
            yield cannot_tell(f"“{evidence.raw}”无法与表核对：表中“{first.label}”没有读出。", evidence)
        return
    known = [value for value in values if value is not None]
    if claim.value in known or (claim.at_most and claim.value < known[0]):
        return
    is_known = claim.understood or _says_what(claim) or _is_beside_proofs(context, claim, among)
    if _is_far(claim, known) and not is_known:
        held = f"表中“{first.label}”为 {number(known[0])}"
        yield cannot_tell(f"“{evidence.raw}”与表相差悬殊（{held}），不能确定说的是同一件事。", evidence)
        return
    told = claim.sentence.text[claim.start : claim.end]
    strange = "" if claim.understood else strange_words(told, context.report.organization or "")
    if strange:
        yield cannot_tell(
            f"“{evidence.raw}”与表不同，但其中的“{strange}”含义不明，不能确定说的是同一件事。", evidence
        )
        return
    facts = (context.facts[path.lstrip("-")] for path in first.cells)
    yield fails(
        f"“{evidence.raw}”与表不符：表中“{first.label}”为 {number(known[0])}。",
        evidence,
        *(evidence_of(fact) for fact in facts),
        expected=known[0],
        actual=number_of(claim.value),
    )


def _is_far(claim: Claim, known: Sequence[Number]) -> bool:
    """Tell a number so far from the table's that it may be of something else: 完成信息公开716件."""
    is_more = claim.value > FAR_TIMES * max(known) + FAR_BEYOND
    return is_more or (FAR_TIMES * claim.value + FAR_BEYOND < min(known) and bool(claim.value))


def _says_what(claim: Claim) -> bool:
    """Tell whether a claim, or what its list divides, says what is counted: 复议2起，其中维持1起."""
    text, clause = claim.sentence.text, _clause(claim)
    is_divided = text.startswith(_DIVIDED, clause)
    start = _last_mark(text, max(clause - 1, 0)) + 1 if is_divided else claim.start
    return bool(_SAYS_WHAT.search(text, start, claim.end + WORDS_BEHIND))


def _is_beside_proofs(context: RuleContext, claim: Claim, among: Sequence[Claim]) -> bool:
    """Tell whether several numbers of the same clause are just those of the table.

    A number that is the table's but for one slip of the pen may stand anywhere in their sentence.
    """
    held = number_in_table(context, claim.meanings[0])
    is_near = held is not None and is_slip(claim.value, held)
    beside = (
        other
        for other in among
        if other.sentence is claim.sentence and (is_near or _clause(other) == _clause(claim))
    )
    return sum(is_proof(context, other) for other in beside) >= LEAST_PROOFS


def is_slip(told: Number, held: Number) -> bool:
    """Tell whether two numbers differ by one digit, or by two neighbours that changed places: 17, 71."""
    one, other = str(told), str(held)
    apart = [place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(one) < _LEAST_DIGITS:
        return False
    is_turned = len(apart) == _LEAST_DIGITS and apart[1] == apart[0] + 1 and sorted(one) == sorted(other)
    return len(apart) == 1 or is_turned


def _clause(claim: Claim) -> int:
    return _last_mark(claim.sentence.text, claim.start) + 1


def _last_mark(text: str, end: int) -> int:
    return max(text.rfind(mark, 0, end) for mark in _MARKS)


def apart(context: RuleContext, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield claims but those that share one meaning among several bodies: 政府新收2件；部门新收10件."""
    for claim in claims:
        alike = [other.value for other in claims if other.meanings == claim.meanings]
        if len(set(alike)) == 1 or not may_be(context, claim, sum(alike, Decimal(0))):
            yield claim


def may_be(context: RuleContext, claim: Claim, value: Decimal) -> bool:
    """Tell whether a number is what the table holds for any meaning of a claim."""
    return any(number_in_table(context, meaning) == value for meaning in claim.meanings)


def agrees(context: RuleContext, claim: Claim) -> bool:
    """Tell whether a claim is right, or may be, because a cell that it may mean was not read."""
    values = [number_in_table(context, meaning) for meaning in claim.meanings]
    known = [value for value in values if value is not None]
    is_fewer = claim.at_most and bool(known) and claim.value < known[0]
    return claim.value in known or len(known) < len(values) or is_fewer


def is_proof(context: RuleContext, claim: Claim) -> bool:
    """Tell whether a claim of something is just what the table holds; what was not read proves nothing."""
    return bool(claim.value) and any(
        number_in_table(context, meaning) == claim.value for meaning in claim.meanings
    )


def overlap(claim: Claim, other: Claim) -> bool:
    """Tell whether two claims rest on the same words."""
    return claim.sentence is other.sentence and claim.start < other.end and other.start < claim.end


def is_of_same_number(claim: Claim, other: Claim) -> bool:
    """Tell whether two claims are about one number of a sentence."""
    return overlap(claim, other) and claim.value == other.value


def is_told(context: RuleContext, claim: Claim, other: Claim) -> bool:
    """Tell whether another claim on the same number was told already, or allows all that this one does."""
    is_same = claim.meanings[0].cells in {meaning.cells for meaning in other.meanings}
    return is_of_same_number(claim, other) and (is_same or not agrees(context, other))


def segments(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas; lists (、) stay together."""
    start = 0
    for match in re.finditer(r"[，；。：]", sentence.text):
        yield start, match.start()
        start = match.end()
    if start < len(sentence.text):
        yield start, len(sentence.text)


def number_of(value: Decimal) -> Number:
    """Return a whole number as int."""
    return int(value) if value == value.to_integral_value() else value


def number_in_table(context: RuleContext, meaning: Meaning) -> Number | None:
    """Return what the table holds of a meaning; None where one of its cells was not read."""
    total: Number = 0
    for path in meaning.cells:
        fact = context.facts.get(path.lstrip("-"))
        if fact is None or fact.value is None:
            return None
        total += -fact.value if path.startswith("-") else fact.value
    return total
