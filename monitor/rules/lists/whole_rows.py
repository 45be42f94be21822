"""All that a sentence counts behind 其中, where it nearly makes the total before it: whatever the words are.

Of 300 real sentences in which three or more things of any unit follow 其中, 213 add up to the total; of those
that miss it by a tenth at most, and say nothing of more (等), of lists within or of other matters, all were
mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from monitor.rules.lists.complements import Complement
from monitor.rules.lists.kinds import divides_across, is_step
from monitor.rules.lists.labels import labels
from monitor.rules.lists.openers import Opener, bracket_end, openers, without_inner_brackets
from monitor.rules.lists.runs import COUNTERS, OF_ANOTHER_KIND, is_wording
from monitor.rules.prose.quantities import Quantity, Reading

LEAST_PARTS = 3
MOST_SHARE_MISSED = Decimal("0.1")
_MOST_GAP = 14
_SAYS_MORE = re.compile(
    r"等(?![级次候])(?![^，。；：]*\d)|主要|部分|左右|其中|包括|包含|涵盖|含|分别|另|此外|同时|累计|共计|合计|同比|较|比|增|减|上年|去年|"
    r"结转|复议|诉讼|若干|召开|举办|开展|留言|阅读|点击|浏览|访问"
)
"""Words in a list that say that there are more parts, lists within it, or other things."""


def whole_rows(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield totals right before 其中 with everything that the sentence counts behind it."""
    if len(counted) <= LEAST_PARTS:
        return
    for opener in openers(text, counted):
        before = [item for item in counted if item.end <= opener.start]
        row = _row_of(text, counted, opener)
        if not before or len(row) < LEAST_PARTS or not {item.unit for item in (before[-1], *row)} <= COUNTERS:
            continue
        total = before[-1]
        is_right_behind = opener.start - total.end <= _MOST_GAP and bracket_end(text, total.start) is None
        sums = list(accumulate(item.value for item in row))
        may_be_right = {item.value for item in before} & set(sums)
        is_near = 0 < abs(sums[-1] - total.value) <= total.value * MOST_SHARE_MISSED
        if is_right_behind and is_near and not may_be_right and all(item.exact for item in (total, *row)):
            yield Complement(total, row)


def _row_of(text: str, counted: Sequence[Quantity], opener: Opener) -> Reading:
    """Return all that is counted from an opener to the end of its sentence, if nothing says more."""
    if opener.is_open or opener.again or opener.is_far:
        return ()
    body = without_inner_brackets(text, opener)
    end = body.find("。", *opener.body)
    stop = end if end >= 0 else opener.body[1]
    told = body[opener.body[0] : stop]
    if _SAYS_MORE.search(told) or OF_ANOTHER_KIND.search(told):
        return ()
    inside = [item for item in counted if opener.body[0] <= item.start and item.end <= stop]
    own = (item for item in inside if not is_wording(item, inside[:1]))
    row = tuple(item for item in own if body[item.start : item.end].strip())
    return () if _holds_others(body[:stop], opener.body[0], row) else row


def _holds_others(body: str, start: int, row: Reading) -> bool:
    """Tell a row with steps among its parts (废止6件), or with a number behind them that nothing counts."""
    if not row:
        return False
    told = labels(body, start, row)
    counts_more = any(map(str.isdecimal, body[row[-1].end :]))
    return counts_more or divides_across(told) or any(is_step(label, told[0]) for label in told[1:])
