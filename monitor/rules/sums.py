"""The sums of the official tables, as equations over cells.

Table 3 is an error-detecting code: 39 sums over 175 cells (37 over 161 in the 2019 format). A sum is
kept as coefficients whose weighted total is zero where the report is right; +1 stands on the side of
the parts, -1 on the side of the written total.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.model import Number
from monitor.rules.context import RuleContext
from monitor.rules.official import FORM_2019, FORM_2021, cells_of, outcome_rows

ROW_TOTAL = "requests.row-total"
BALANCE = "requests.balance"
PROCESSED_TOTAL = "requests.processed-total"
REMEDIES_TOTAL = "remedies.total"


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum: `name` is the row (`requests.received`) or column (`requests.*.total`) it is about."""

    rule: str
    name: str
    terms: Mapping[str, int]

    def residual(self, values: Mapping[str, Number]) -> Number:
        """Return parts minus written total; zero where the sum is right."""
        total: Number = 0
        for path, coefficient in self.terms.items():
            total += coefficient * values[path]
        return total

    def side(self, values: Mapping[str, Number], sign: int) -> Number:
        """Return what one side adds up to: 1 for the parts, -1 for the written total."""
        chosen: Number = 0
        for path, coefficient in self.terms.items():
            if coefficient == sign:
                chosen += values[path]
        return chosen


def request_sums(context: RuleContext) -> tuple[Sum, ...]:
    """Return the sums of table 3 in the format that the table itself uses; none where it is missing."""
    return _sums_of_rows(form_of_requests(context), context.rows)


@lru_cache(maxsize=64)
def _sums_of_rows(form: str, rows: frozenset[str]) -> tuple[Sum, ...]:
    """Return the sums of the rows that a table 3 has: the same for nearly every report."""
    cells = {row: columns for row, columns in cells_of(form, "requests").items() if f"requests.{row}" in rows}
    if not cells:
        return ()
    columns = next(iter(cells.values()))
    return (
        *(Sum(ROW_TOTAL, f"requests.{row}", _row_total(f"requests.{row}", columns)) for row in cells),
        *(_balance(column) for column in columns),
        *(_processed_total(column, outcome_rows(form)) for column in columns),
    )


def remedy_sums(context: RuleContext) -> tuple[Sum, ...]:
    """Return the sums of table 4: one for each group that the document has."""
    return tuple(item for item in _all_remedy_sums() if item.name in context.rows)


@cache
def _all_remedy_sums() -> tuple[Sum, ...]:
    return tuple(
        Sum(REMEDIES_TOTAL, f"remedies.{row}", _row_total(f"remedies.{row}", columns))
        for row, columns in cells_of(FORM_2021, "remedies").items()
    )


def form_of_requests(context: RuleContext) -> str:
    """Return the form of table 3: （六）其他处理 is one row in the 2019 format, three rows since."""
    has_three_rows = any(_has(context, row) for row in outcome_rows(FORM_2021) if row.startswith("other_"))
    return FORM_2019 if _has(context, "other_processing") and not has_three_rows else FORM_2021


def _has(context: RuleContext, row: str) -> bool:
    return f"requests.{row}" in context.rows


def _row_total(row: str, columns: tuple[str, ...]) -> dict[str, int]:
    return {f"{row}.{column}": -1 if column == "total" else 1 for column in columns}


def _balance(column: str) -> Sum:
    signs = {"received": 1, "carried_in": 1, "processed_total": -1, "carried_forward": -1}
    terms = {f"requests.{row}.{column}": sign for row, sign in signs.items()}
    return Sum(BALANCE, f"requests.*.{column}", terms)


def _processed_total(column: str, outcomes: tuple[str, ...]) -> Sum:
    terms = {f"requests.{row}.{column}": 1 for row in outcomes}
    terms[f"requests.processed_total.{column}"] = -1
    return Sum(PROCESSED_TOTAL, f"requests.*.{column}", terms)
