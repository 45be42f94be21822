"""Single cells of the official tables: blank, not a number, negative."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extract.model import Fact, State
from monitor.finding import RuleOutcome, Severity, evidence_of
from monitor.rules.arithmetic import blame_of, number
from monitor.rules.context import FIRST_YEAR_OF_TABLES, RuleContext
from monitor.rules.official import TABLES, cell_label, columns_of_kind
from monitor.rules.outcome import Outcome
from monitor.rules.registry import rule

_BASIS = "国办公开办函〔2021〕30号、〔2019〕60号所附格式"
MOST_CELLS_NAMED = 3


@rule(
    "cell.blank",
    "表格应填数字之处没有空白或符号",
    Severity.WARNING,
    basis=f"{_BASIS}：没有发生的应填 0",
    since=FIRST_YEAR_OF_TABLES,
)
def blank_cells(context: RuleContext) -> Iterator[Outcome]:
    """格式要求逐格填写数字，没有发生的填 0; 空白、“-”、“/”、“无”都不是数字, 也不当作 0."""
    for table, title in TABLES.items():
        empty = [fact for fact in context.table(table) if fact.state in (State.BLANK, State.MARK)]
        if empty:
            yield _of_table(f"{title}有 {len(empty)} 格没有填数字：{_named(empty)}。", empty)


@rule(
    "cell.not-a-number",
    "表格各格都是数字",
    Severity.WARNING,
    basis=_BASIS,
    since=FIRST_YEAR_OF_TABLES,
)
def cells_that_are_no_numbers(context: RuleContext) -> Iterator[Outcome]:
    """格式要求逐格填写数字; 数字旁的说明 (22（其中修订16件）) 照读照存, 不算错."""
    for table, title in TABLES.items():
        wrong = [fact for fact in context.table(table) if fact.state is State.UNREADABLE]
        unsure = [fact for fact in context.table(table) if fact.state is State.AMBIGUOUS]
        if wrong:
            yield _of_table(f"{title}有 {len(wrong)} 格不是数字：{_named(wrong)}。", wrong)
        if unsure:
            message = f"{title}有 {len(unsure)} 格的数字无法确定归属：{_named(unsure)}。"
            yield _of_table(message, unsure, RuleOutcome.CANNOT_TELL)


@rule(
    "cell.negative",
    "件数不是负数，也没有小数",
    Severity.ERROR,
    basis=_BASIS,
    since=FIRST_YEAR_OF_TABLES,
)
def negative_cells(context: RuleContext) -> Iterator[Outcome]:
    """件数是自然数; 只有两格金额可以有小数, 60号格式的“本年增/减”可以为负."""
    changes, amounts = columns_of_kind("change"), columns_of_kind("amount")
    for fact in context.report.facts:
        if fact.value is None or fact.path in changes:
            continue
        if fact.value < 0:
            yield _of_cell(fact, f"{cell_label(fact.path)}写作 {number(fact.value)}，是负数。")
        elif fact.path not in amounts and fact.value != int(fact.value):
            yield _of_cell(fact, f"{cell_label(fact.path)}写作 {number(Decimal(fact.value))}，件数有小数。")


def _of_table(message: str, facts: list[Fact], outcome: RuleOutcome = RuleOutcome.FAIL) -> Outcome:
    evidence = tuple(evidence_of(fact) for fact in facts)
    return Outcome(outcome, message, blame=blame_of(facts), evidence=evidence)


def _of_cell(fact: Fact, message: str) -> Outcome:
    return Outcome(
        RuleOutcome.FAIL,
        message,
        cell=fact.path,
        actual=fact.value,
        blame=blame_of([fact]),
        evidence=(evidence_of(fact),),
    )


def _named(facts: list[Fact]) -> str:
    said = [f"{cell_label(fact.path)}{_written(fact)}" for fact in facts[:MOST_CELLS_NAMED]]
    return "、".join(said) + (" 等" if len(facts) > MOST_CELLS_NAMED else "")


def _written(fact: Fact) -> str:
    return f"（写作“{fact.raw.strip()}”）" if fact.raw.strip() else "（空白）"
