"""Prose: the share that it gives of a number of the table is a share of something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from monitor.rules.claims.changes import SHARE, fits
from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome, fails
from monitor.rules.prose.quantities import Quantity, quantities
from monitor.rules.prose.sentences import Sentence

_OF_ALL = re.compile(
    r"(?:申请|办结|收到|受理|总|全部|全年|本年度?|新收|答复|办理|结果|件|数|量|案件|复议|诉讼|的|比)*"
)

_RATE_OF_ONE = re.compile("纠错率")
"""A rate that says itself what it is of, wherever that was counted: 纠正19件……未审结8件，纠错率17.3%."""


_OF_BODIES = frozenset({"家", "个"})


def shared_numbers(sentence: Sentence) -> list[Quantity]:
    """Return the numbers of a sentence right behind which their share of all is told."""
    found = []
    for item in quantities(sentence.text):
        match = SHARE.match(sentence.text, item.end)
        if item.value and item.exact and match is not None and _OF_ALL.fullmatch(match["of"] or ""):
            found.append(item)
    return found


def wrong_share(
    context: RuleContext, sentence: Sentence, item: Quantity, bases: Sequence[Decimal | int]
) -> Iterator[Outcome]:
    """Yield the share right behind a number that neither it nor those before it have of any of `bases`."""
    text = sentence.text
    match = SHARE.match(text, item.end)
    if match is None:
        return
    before = [other.value for other in quantities(text) if other.end <= item.end]
    parts = list(accumulate(reversed(before)))
    if item.unit in _OF_BODIES:
        parts += accumulate(reversed(before[:-1]))  # 48件、31件，以上两家占50%
    if _RATE_OF_ONE.search(match.group()):
        parts += before
    share = Decimal(match["share"])
    totals = tuple(Decimal(base) for base in (*bases, *accumulate(before)))
    if not any(fits(share, part, totals, match["share"]) for part in parts):
        evidence = sentence.evidence(context, item.start, match.end())
        total = max((base for base in bases if base >= item.value), default=item.value)
        right = (item.value / Decimal(total) * 100).quantize(Decimal("0.1"))
        message = f"“{evidence.raw}”的比例与数字不符：按 {item.value:f} / {total} 应为 {right}%。"
        yield fails(message, evidence, expected=str(right), actual=match["share"])
