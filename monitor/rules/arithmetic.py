"""From broken sums to outcomes: the wording, the blame and the cells that could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from extract.model import Fact, Number, State
from monitor.finding import Blame, Explanation, RuleOutcome, evidence_of
from monitor.rules.context import RuleContext
from monitor.rules.explain import Broken, explain
from monitor.rules.official import cell_label
from monitor.rules.outcome import Outcome, cannot_tell
from monitor.rules.sums import Sum, remedy_sums, request_sums

DOUBTFUL_READERS = frozenset({"ocr", "disputed"})
"""Readings that may be mistaken: recognised pictures, and cells about which two readings differ."""
UNSURE_READERS = frozenset({None, "flow"})
"""Readings whose digits are sure, and whose places were found without a table's own lines."""
MOST_EXPLANATIONS_TOLD = 4
STATE_WORDS = {
    State.BLANK: "空白",
    State.MARK: "写作符号或“无”",
    State.AMBIGUOUS: "无法确定归属",
    State.UNREADABLE: "不是数字",
    None: "缺少该格",
}
Wording = Callable[[Sum, Number, Number], str]


@lru_cache(maxsize=8)
def broken_sums(context: RuleContext) -> tuple[Broken, ...]:
    """Return every broken sum of tables 3 and 4 with its explanations, each table on its own."""
    values = context.values
    groups = [request_sums(context), *((item,) for item in remedy_sums(context))]
    return tuple(broken for sums in groups for broken in explain(sums, values))


def sum_outcomes(context: RuleContext, rule: str, sums: Sequence[Sum], wording: Wording) -> Iterator[Outcome]:
    """Yield a failure for each broken sum of a rule, and one cannot-tell for what was not read."""
    values = context.values
    for broken in broken_sums(context):
        if broken.sum.rule == rule:
            yield _failure(context, broken, values, wording)
    unread = [item for item in sums if item.rule == rule and not _is_read(item, values)]
    if unread:
        yield _undecided(context, unread, values)


def number(value: Number) -> str:
    """Write a number as people do: no exponent, no trailing zeros behind the point."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_read(item: Sum, values: Mapping[str, Number]) -> bool:
    return all(path in values for path in item.terms)


def _failure(context: RuleContext, broken: Broken, values: Mapping[str, Number], wording: Wording) -> Outcome:
    parts, total = broken.sum.side(values, 1), broken.sum.side(values, -1)
    only = broken.explanations[0] if len(broken.explanations) == 1 else None
    facts = [context.facts[path] for path in broken.sum.terms]
    return Outcome(
        RuleOutcome.FAIL,
        f"{wording(broken.sum, parts, total)}，{_difference(parts, total)}{_told(broken.explanations)}。",
        cell=only.cell if only else None,
        expected=only.expected if only else parts,
        actual=only.actual if only else total,
        group=broken.group,
        blame=blame_of(facts),
        explanations=broken.explanations,
        evidence=tuple(evidence_of(fact) for fact in facts),
    )


def _difference(parts: Number, total: Number) -> str:
    return f"相差 {number(max(parts, total) - min(parts, total))}"


def _told(explanations: Sequence[Explanation]) -> str:
    said = [
        f"{cell_label(item.cell)}应为 {number(item.expected)}，表中 {number(item.actual)}"
        for item in explanations[:MOST_EXPLANATIONS_TOLD]
    ]
    if not said:
        return "；错处不止一格，无法指明是哪一格"
    if len(explanations) == 1:
        return f"；{said[0]}"
    more = f"等 {len(explanations)} 种可能" if len(explanations) > len(said) else ""
    return f"；可能是{'，或者'.join(said)}{more}"


def blame_of(facts: Iterable[Fact]) -> Blame:
    """Return whose error a wrong cell is, by how the cells were read."""
    readers = {fact.reader for fact in facts}
    if readers & DOUBTFUL_READERS:
        return Blame.EXTRACTION
    return Blame.UNKNOWN if readers & UNSURE_READERS else Blame.SOURCE


def _undecided(context: RuleContext, sums: Sequence[Sum], values: Mapping[str, Number]) -> Outcome:
    unread = list(dict.fromkeys(path for item in sums for path in item.terms if path not in values))
    facts = [context.facts[path] for path in unread if path in context.facts]
    states: list[State | None] = [fact.state for fact in facts]
    counts = Counter(states + [None] * (len(unread) - len(facts)))
    reasons = "、".join(f"{STATE_WORDS.get(state, '未读出')} {count} 格" for state, count in counts.items())
    message = f"{len(sums)} 处合计无法核对：{reasons}，如{cell_label(unread[0])}。"
    return cannot_tell(message, *(evidence_of(fact) for fact in facts))
