"""Table 3: the sums that its own corner cell and its totals state."""

from __future__ import annotations

from collections.abc import Iterator

from extract.model import Number
from monitor.finding import Severity
from monitor.rules.arithmetic import number, sum_outcomes
from monitor.rules.context import FIRST_YEAR_OF_TABLES, RuleContext
from monitor.rules.official import column_label, row_label
from monitor.rules.outcome import Outcome
from monitor.rules.registry import rule
from monitor.rules.sums import BALANCE, PROCESSED_TOTAL, ROW_TOTAL, Sum, request_sums

_BASIS = "国办公开办函〔2021〕30号、〔2019〕60号所附格式第三部分表格"


@rule(
    ROW_TOTAL,
    "申请表各行：总计等于各类申请人之和",
    Severity.ERROR,
    basis=_BASIS,
    since=FIRST_YEAR_OF_TABLES,
)
def row_totals(context: RuleContext) -> Iterator[Outcome]:
    """表三每一行：总计 = 自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他."""
    return sum_outcomes(context, ROW_TOTAL, request_sums(context), _row_total_wording)


@rule(
    BALANCE,
    "申请表各列：本年新收加上年结转等于办理总计加结转下年度",
    Severity.ERROR,
    basis=f"{_BASIS}：本列数据的勾稽关系为第一项加第二项之和，等于第三项加第四项之和",
    since=FIRST_YEAR_OF_TABLES,
)
def balances(context: RuleContext) -> Iterator[Outcome]:
    """表三左上角: “本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和”."""
    return sum_outcomes(context, BALANCE, request_sums(context), _balance_wording)


@rule(
    PROCESSED_TOTAL,
    "申请表各列：办理结果总计等于各项办理结果之和",
    Severity.ERROR,
    basis=_BASIS,
    since=FIRST_YEAR_OF_TABLES,
)
def processed_totals(context: RuleContext) -> Iterator[Outcome]:
    """表三每一列：（七）总计 = 三（一）至（六）各明细项之和."""
    return sum_outcomes(context, PROCESSED_TOTAL, request_sums(context), _processed_total_wording)


def _row_total_wording(item: Sum, parts: Number, total: Number) -> str:
    return f"“{row_label(item.name)}”行：各类申请人之和为 {number(parts)}，总计写作 {number(total)}"


def _balance_wording(item: Sum, parts: Number, total: Number) -> str:
    return (
        f"“{_column(item)}”列：本年新收加上年结转为 {number(parts)}，"
        f"办理结果总计加结转下年度为 {number(total)}"
    )


def _processed_total_wording(item: Sum, parts: Number, total: Number) -> str:
    return f"“{_column(item)}”列：各项办理结果之和为 {number(parts)}，（七）总计写作 {number(total)}"


def _column(item: Sum) -> str:
    return column_label("requests", item.name.rpartition(".")[2])
