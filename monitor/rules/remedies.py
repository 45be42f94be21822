"""Table 4: the total of each group."""

from __future__ import annotations

from collections.abc import Iterator

from extract.model import Number
from monitor.finding import Severity
from monitor.rules.arithmetic import number, sum_outcomes
from monitor.rules.context import FIRST_YEAR_OF_TABLES, RuleContext
from monitor.rules.official import row_label
from monitor.rules.outcome import Outcome
from monitor.rules.registry import rule
from monitor.rules.sums import REMEDIES_TOTAL, Sum, remedy_sums


@rule(
    REMEDIES_TOTAL,
    "复议诉讼表各组：总计等于四种结果之和",
    Severity.ERROR,
    basis="国办公开办函〔2021〕30号、〔2019〕60号所附格式第四部分表格",
    since=FIRST_YEAR_OF_TABLES,
)
def remedy_totals(context: RuleContext) -> Iterator[Outcome]:
    """表四每一组：总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结."""
    return sum_outcomes(context, REMEDIES_TOTAL, remedy_sums(context), _wording)


def _wording(item: Sum, parts: Number, total: Number) -> str:
    return f"“{row_label(item.name)}”：四种结果之和为 {number(parts)}，总计写作 {number(total)}"
