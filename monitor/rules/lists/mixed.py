"""Lists whose parts are counted in several units: 信息120条，其中公告30条、图解5篇、征集2期、动态83条."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest

from monitor.rules.lists.kinds import is_step
from monitor.rules.lists.labels import rank
from monitor.rules.lists.runs import (
    COUNTERS,
    INNER_LIST,
    MOST_LABEL,
    OF_ANOTHER_KIND,
    RATE,
    SEMICOLON,
    STOP_WORDS,
    is_wording,
    length,
    sum_of,
    tells_who,
)
from monitor.rules.prose.quantities import Quantity, Reading

MOST_SHARE_MISSED = Decimal("0.1")
"""By how much parts in mixed units may miss a total that is certainly theirs."""
MOST_SHARE_MISSED_BY_MANY = Decimal("0.17")
"""The same where many parts follow the opener, as in lists of one unit."""
MANY_PARTS = 4
LEAST_PARTS = 3
LEAST_WAYS = 2
"""So many are enough where they are ways in brackets: 推文100条（微信40篇，微博60条）."""
_PUBLISHED = COUNTERS - {"次", "起"}
"""Units of things that are published; meetings and their kinds are seldom one list."""


def mixed_to_the_end(text: str, parts: Reading, tail: Reading, total: Quantity) -> Reading:
    """Return parts and tail together where they are one list of mixed units that nearly makes the total."""
    tail = tuple(
        item
        for item, following in zip_longest(tail, tail[1:])
        if not tells_who(text, item, following, total.unit)
    )
    row = (*parts, *tail)
    if (
        not tail
        or not {item.unit for item in (total, *row)} <= COUNTERS
        or text[tail[-1].end :].strip("。；")
    ):
        return ()
    first = text[: parts[0].start].rpartition("其中")[2]
    labels = (
        text[before.end : item.start] for before, item in zip(row[len(parts) - 1 :], tail, strict=False)
    )
    if any(
        not _is_label(label)
        or OF_ANOTHER_KIND.search(label)
        or is_step(label, first)
        or RATE.match(label.strip())
        for label in labels
    ):
        return ()
    return row if is_near(row, total) else ()


def mixed_from_the_start(
    body: str, counted: Sequence[Quantity], start: int, total: Quantity, least: int
) -> Reading:
    """Return the parts from `start` on whatever their units, where they nearly make the total before them."""
    if total.unit not in _PUBLISHED or not total.exact:
        return ()
    row: list[Quantity] = []
    at = start
    for item, following in zip_longest(counted, counted[1:]):
        if item.start < start or is_wording(item, (total,)) or not body[item.start : item.end].strip():
            continue
        if tells_who(body, item, following, total.unit):
            continue
        if item.unit not in _PUBLISHED or not item.exact or not _is_label(body[at : item.start]):
            break
        row.append(item)
        at = item.end
    most = MOST_SHARE_MISSED_BY_MANY if len(row) >= MANY_PARTS else MOST_SHARE_MISSED
    return tuple(row) if len(row) >= least and is_near(row, total, most) else ()


def _is_label(label: str) -> bool:
    is_plain = length(label) <= MOST_LABEL and rank(label.strip()) < SEMICOLON
    return is_plain and not INNER_LIST.match(label.strip()) and not STOP_WORDS.search(label.strip())


def is_near(row: Sequence[Quantity], total: Quantity, most: Decimal = MOST_SHARE_MISSED) -> bool:
    """Tell whether several things make a number up, but for a slip."""
    return len(row) > 1 and abs(sum_of(row) - total.value) <= total.value * most
