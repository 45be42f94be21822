"""Which totals behind their parts miss them, and by so little that the parts must be theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from monitor.rules.lists.runs import sum_of
from monitor.rules.lists.slips import is_slip
from monitor.rules.lists.sums_told import sums_told
from monitor.rules.lists.totals_behind import TotalBehind, totals_behind
from monitor.rules.lists.verdict import FEW_MISSED, LEAST_SHARE_OF_CLOSED_LIST
from monitor.rules.prose.quantities import Quantity

MOST_SHARE_MISSED = Decimal("0.2")
"""By how much a total behind its parts may differ from them and still be theirs."""
MOST_SHARE_MISSED_BY_SURE = Decimal("0.4")
"""The same where its own words say that it adds just these: 二者合计."""
_CLAUSE_APART = re.compile(r"[^，。；]*[；。][^，。；\d]{4,}，")


def wrong_sums_behind(text: str, counted: Sequence[Quantity]) -> Iterator[TotalBehind]:
    """Yield each total that its parts before it do not make up, once."""
    told: set[int] = set()
    for found in (*sums_told(text, counted), *totals_behind(text, counted)):
        is_new = found.total.start not in told and not _adds_up_otherwise(text, counted, found)
        if is_new and _is_near_miss(found):
            told.add(found.total.start)
            yield found


def _adds_up_otherwise(text: str, counted: Sequence[Quantity], found: TotalBehind) -> bool:
    """Tell a total that other things before it make up, in whatever units, or of which another clause tells.

    公开56篇；公众号238条，宣传栏31条，总计325条; 结转2件；申请人以自然人为主，共18件.
    """
    before = [item.value for item in counted if item.end <= found.total.start]
    between = text[found.parts[-1].end : found.total.start]
    return found.total.value in accumulate(reversed(before)) or bool(_CLAUSE_APART.match(between))


def _is_exceeded(behind: TotalBehind) -> bool:
    """Tell parts that are more than a total that says to add them, and that is none of them."""
    is_more = sum_of(behind.parts) > behind.total.value
    return behind.is_sure and is_more and all(part.value != behind.total.value for part in behind.parts)


def _is_near_miss(behind: TotalBehind) -> bool:
    """Tell whether the parts miss their total by so little that it must be theirs."""
    total, added = behind.total.value, sum_of(behind.parts)
    if behind.is_open and added <= total:
        return False
    missed = abs(total - added)
    is_few = missed <= FEW_MISSED and min(total, added) >= max(total, added) * LEAST_SHARE_OF_CLOSED_LIST
    most = MOST_SHARE_MISSED_BY_SURE if behind.is_sure else MOST_SHARE_MISSED
    is_near = is_few or _is_exceeded(behind) or missed <= max(total, added) * most
    return total != added and (is_near or is_slip(behind.total, behind.parts))
