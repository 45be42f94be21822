"""Lists of requests: what only table 3 can say of whether their parts are all, or may be another total's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Number
from monitor.rules.context import RuleContext
from monitor.rules.lists.part_lists import PartList
from monitor.rules.lists.runs import sum_of
from monitor.rules.official import ORGANIZATIONS, PERSON, outcome_groups
from monitor.rules.prose.quantities import Quantity
from monitor.rules.sums import form_of_requests

_APPLICANT = re.compile("企业|法人|自然人|公民|机构|组织")
LEAST_OUTCOMES = 4
"""Authors who name fewer outcomes may leave out the rare ones."""


def _divides_what_table_holds(context: RuleContext, found: PartList) -> bool:
    """Tell whether outcomes must make up their total: it is what the table finished, or had to finish."""
    rows = ("received", "carried_in") if found.carried else ("processed_total",)
    values = [context.values.get(f"requests.{row}.total") for row in rows]
    is_whole = found.whole or len(found.readings[0]) >= LEAST_OUTCOMES
    if not is_whole or any(value is None for value in values):
        return False
    return found.total.value == sum(value for value in values if value is not None)


def _exceeds_the_table(context: RuleContext, found: PartList) -> bool:
    """Tell whether the outcomes of requests are more than all that there were to decide."""
    new, old, done = (
        context.values.get(f"requests.{row}.total") for row in ("received", "carried_in", "processed_total")
    )
    if found.carried or new is None or old is None or done is None:
        return False
    return (
        sum_of(found.readings[0]) > max(new + old, done, found.total.value) and found.total.value <= new + old
    )


def may_be_in_table(context: RuleContext, parts: Sequence[Quantity]) -> bool:
    """Tell whether parts of requests may make up another total of the table: new, done, or all to do.

    A cell that is blank or unread may hold any number.
    """
    rows = ("received", "carried_in", "processed_total")
    new, old, done = (context.values.get(f"requests.{row}.total") for row in rows)
    if new is None or old is None or done is None:
        return True
    return sum_of(parts) in (new, new + old, done)


def _are_all_new(context: RuleContext, found: PartList) -> bool:
    """Tell the new requests, divided behind a number that counts those carried in as well."""
    new, old = (context.values.get(f"requests.{row}.total") for row in ("received", "carried_in"))
    is_of_both = new is not None and old is not None and found.total.value == new + old
    return is_of_both and sum_of(found.readings[0]) == new


def is_for_the_table(context: RuleContext, found: PartList, text: str) -> bool:
    """Tell whether only the table can say what the parts of a list of requests must make up.

    Information that was published may be as many as the requests by chance: `text` must speak of requests.
    """
    if found.outcomes:
        return _are_rows_of_the_table(context, found) or not (
            _divides_what_table_holds(context, found) or _exceeds_the_table(context, found)
        )
    if "申请" in text and _are_all_new(context, found):
        return True
    if _APPLICANT.search(text) and _are_some_applicants(context, found):
        return True
    return found.again and may_be_in_table(context, found.readings[0])


def _are_rows_of_the_table(context: RuleContext, found: PartList) -> bool:
    """Tell whether outcomes fall short of their total because some of the table's were left out."""
    parts = found.readings[0]
    return sum_of(parts) < found.total.value and {part.value for part in parts} <= _outcomes_held(context)


def _are_some_applicants(context: RuleContext, found: PartList) -> bool:
    """Tell applicants that fall short of their total because the rare kinds were left out.

    法人或其他组织25件，其中商业企业10件、法律服务机构5件: all three are those of one row of the table.
    """
    numbers = {found.total.value, *(part.value for part in found.readings[0])}
    if sum_of(found.readings[0]) >= found.total.value:
        return False
    return any(numbers <= _applicants_held(context, row) for row in ("received", "processed_total"))


def _applicants_held(context: RuleContext, row: str) -> set[Number]:
    """Return the numbers of a row by kind of applicant, of all but natural persons, and of all."""
    values = {
        column: context.values.get(f"requests.{row}.{column}") for column in (*ORGANIZATIONS, PERSON, "total")
    }
    legal = [values[column] for column in ORGANIZATIONS]
    read = {value for value in values.values() if value}
    return read | {sum(value or 0 for value in legal)} if None not in legal else read


def _outcomes_held(context: RuleContext) -> set[Number]:
    """Return the totals of all outcomes in table 3, rows and groups of rows, that were read."""
    held: set[Number] = set()
    for rows in outcome_groups(form_of_requests(context)):
        values = [context.values.get(f"requests.{row}.total") for row in rows]
        read = [value for value in values if value is not None]
        held |= {*read, sum(read)} if len(read) == len(values) else set(read)
    return held
