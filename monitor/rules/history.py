"""A body's report beside its own report of the year before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from extract.model import Fact, Number, Report
from monitor.finding import Evidence, RuleOutcome, Severity, evidence_of
from monitor.rules.arithmetic import blame_of, number
from monitor.rules.context import FIRST_YEAR_OF_2021_FORMAT, FIRST_YEAR_OF_TABLES, RuleContext
from monitor.rules.explained import CARRIED, STOCK, noted, why_other
from monitor.rules.official import FORM_2021, cell_label, cells_of, column_label, columns_of_kind, row_label
from monitor.rules.outcome import Outcome, cannot_tell, fails
from monitor.rules.registry import rule

_IN, _ON = "requests.carried_in", "requests.carried_forward"
_STOCKS = frozenset({"disclosure.rules.in_force", "disclosure.normative_documents.in_force"})
"""What stands from year to year by its nature; equal stocks prove nothing."""
LEAST_DISTINCT_FIGURES = 3
LEAST_LARGEST_FIGURE = 10
"""Fewer or smaller equal figures happen by themselves."""
_FLOWS = ("disclosure.licensing.decisions", "disclosure.penalties.decisions", "disclosure.coercion.decisions")
_FEES = "disclosure.fees.amount"
_TEN = (Decimal(8), Decimal("12.5"))
_TEN_THOUSAND = (Decimal(3000), Decimal(30000))
LEAST_FIGURE_THAT_JUMPS = 20


@rule(
    "history.carry-over",
    "上年结转等于上一年度报告的结转下年度",
    Severity.ERROR,
    basis="国办公开办函〔2021〕30号、〔2019〕60号所附格式第三部分（第二项与上一年度的第四项是同一批申请）",
    since=FIRST_YEAR_OF_TABLES + 1,
)
def carry_over(context: RuleContext) -> Iterator[Outcome]:
    """本年表三各列“上年结转” = 上一年度同列“结转下年度”; 与最初公布的或现在的相符即可, 作了说明的不判断."""
    previous = context.previous
    if previous is None:
        return
    now, first = _facts(previous), _facts(context.previous_first or previous)
    unread: list[Fact] = []
    for column in cells_of(FORM_2021, "requests")["carried_in"]:
        brought, left = context.facts.get(f"{_IN}.{column}"), now.get(f"{_ON}.{column}")
        if brought is None or left is None:
            continue
        if brought.value is None or left.value is None:
            unread += [fact for fact in (brought, left) if fact.value is None]
        elif brought.value not in (left.value, _value(first, left.path)):
            why = why_other(context, CARRIED, brought.value - left.value)
            yield _explained(why) if why else _not_carried(previous, brought, left)
    if unread:
        yield cannot_tell(
            f"上年结转无法与上一年度核对：有 {len(unread)} 格没有读出。",
            *(evidence_of(fact) for fact in unread),
        )


@rule(
    "history.in-force",
    "现行有效件数与上一年度衔接",
    Severity.WARNING,
    basis="国办公开办函〔2021〕30号所附格式第二部分（制发、废止、现行有效件数）",
    since=FIRST_YEAR_OF_2021_FORMAT + 1,
)
def in_force(context: RuleContext) -> Iterator[Outcome]:
    """现行有效（本年）= 现行有效（上年）+ 制发 - 废止; 修订、自然失效等说明过的不作判断."""
    if context.previous is None:
        return
    before = _facts(context.previous)
    for row in ("rules", "normative_documents"):
        cells = [context.facts.get(f"disclosure.{row}.{key}") for key in ("issued", "repealed", "in_force")]
        old = before.get(f"disclosure.{row}.in_force")
        facts = [fact for fact in (*cells, old) if fact is not None]
        if len(facts) == len(cells) + 1:
            yield from _roll_forward(context, row, facts)


@rule(
    "history.identical",
    "数字不是上一年度的照抄",
    Severity.WARNING,
    basis="惯例：通报中的“数字雷同”；《政府信息公开条例》第五十条",
    since=FIRST_YEAR_OF_TABLES + 1,
)
def identical(context: RuleContext) -> Iterator[Outcome]:
    """三张表的非零数字与上一年度完全相同, 多半是照抄; 全为零的、只有一两个小数目的不算."""
    if context.previous is None:
        return
    before = _facts(context.previous)
    pairs = [(fact, before[path]) for path, fact in context.facts.items() if path in before]
    read = [(new, old) for new, old in pairs if new.value is not None and old.value is not None]
    telling = [(new, old) for new, old in read if (new.value or old.value) and new.path not in _STOCKS]
    figures = {new.value for new, _old in telling if new.value}
    if len(figures) < LEAST_DISTINCT_FIGURES or max(figures) < LEAST_LARGEST_FIGURE:
        return
    if any(new.value != old.value for new, old in telling):
        return
    evidence = [evidence_of(new) for new, _old in telling]
    if len(read) < len(pairs):
        yield cannot_tell(f"读出的 {len(telling)} 个非零数字与上一年度完全相同，另有未读出的格。", *evidence)
        return
    yield fails(f"三张表中 {len(telling)} 个非零数字与 {context.previous.year} 年度完全相同。", *evidence)


@rule(
    "history.outlier",
    "与上一年度相比没有单位错误的跳跃",
    Severity.INFO,
    basis="惯例：数量级突变多为单位（元与万元）或录入错误",
    since=FIRST_YEAR_OF_2021_FORMAT + 1,
)
def outlier(context: RuleContext) -> Iterator[Outcome]:
    """处理决定数量、收费金额与上一年度相比约为十倍或一万倍 (或其倒数) 的, 提示核对单位和录入."""
    if context.previous is None:
        return
    before = _facts(context.previous)
    for path in (*_FLOWS, _FEES):
        new, old = context.facts.get(path), before.get(path)
        if new is None or old is None:
            continue
        if new.value is None or old.value is None:
            if (new.value or 0) > LEAST_FIGURE_THAT_JUMPS or (old.value or 0) > LEAST_FIGURE_THAT_JUMPS:
                yield cannot_tell(f"{cell_label(path)}无法与上一年度比较：没有读出。", evidence_of(new))
        elif new.value > 0 and old.value > 0 and _jumps(path, new.value, old.value):
            yield _jump(new, old)


def _not_carried(previous: Report, brought: Fact, left: Fact) -> Outcome:
    column = column_label("requests", brought.path.rpartition(".")[2])
    return Outcome(
        RuleOutcome.FAIL,
        f"“{column}”列：上年结转写作 {_said(brought)}，{previous.year} 年度的结转下年度为 {_said(left)}。",
        cell=brought.path,
        expected=left.value,
        actual=brought.value,
        group=_IN,
        blame=blame_of((brought, left)),
        evidence=(evidence_of(brought), _of_last_year(left)),
    )


def _explained(why: Evidence) -> Outcome:
    return cannot_tell(f"与上一年度不衔接，但报告作了说明：“{why.raw}”，请人工核对。", why)


def _roll_forward(context: RuleContext, row: str, facts: list[Fact]) -> Iterator[Outcome]:
    issued, repealed, current, old = (fact.value for fact in facts)
    label = row_label(f"disclosure.{row}")
    evidence = (*(evidence_of(fact) for fact in facts[:-1]), _of_last_year(facts[-1]))
    if issued is None or repealed is None or current is None or old is None:
        yield cannot_tell(f"“{label}”的现行有效件数无法与上一年度核对：有的格没有读出。", *evidence)
    elif current != old + issued - repealed:
        due = old + issued - repealed
        why = noted(facts[:-1]) or why_other(context, STOCK, current - due)
        if why:
            yield _explained(why)
            return
        yield fails(
            f"“{label}”：上年现行有效 {number(old)} + 制发 {number(issued)} - 废止 {number(repealed)}"
            f" = {number(due)}，本年现行有效写作 {number(current)}。",
            *evidence,
            expected=due,
            actual=current,
        )


def _jumps(path: str, new: Number, old: Number) -> bool:
    ratio = max(Decimal(new) / Decimal(old), Decimal(old) / Decimal(new))
    if path in columns_of_kind("amount") and _TEN_THOUSAND[0] <= ratio <= _TEN_THOUSAND[1]:
        return True
    return _TEN[0] <= ratio <= _TEN[1] and min(new, old) >= LEAST_FIGURE_THAT_JUMPS


def _jump(new: Fact, old: Fact) -> Outcome:
    message = f"{cell_label(new.path)}为 {_said(new)}，上一年度为 {_said(old)}，请核对单位和录入。"
    return Outcome(
        RuleOutcome.FAIL,
        message,
        cell=new.path,
        actual=new.value,
        evidence=(evidence_of(new), _of_last_year(old)),
    )


def _of_last_year(fact: Fact) -> Evidence:
    """Return a fact of the other report as evidence; its place is not in this document."""
    return Evidence(path=fact.path, raw=fact.raw)


def _said(fact: Fact) -> str:
    return fact.raw if fact.value is None else number(fact.value)


def _facts(report: Report) -> Mapping[str, Fact]:
    return {fact.path: fact for fact in report.facts}


def _value(facts: Mapping[str, Fact], path: str) -> Number | None:
    fact = facts.get(path)
    return fact.value if fact else None
