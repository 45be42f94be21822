"""A number of requests that is right, and divided without a gap: its list is about the same requests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from monitor.rules.claims.claim import Claim, is_proof
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import quantities

_DIVIDES = re.compile(r"[^\d]{0,40}其中")
_LEAST_PARTS = 2


def is_divided_whole(context: RuleContext, right: Sequence[Claim]) -> bool:
    """Tell whether one of the claims that agree with the table has, behind 其中, parts that make it up."""
    return any(is_proof(context, claim) and _is_whole(claim) for claim in right)


def _is_whole(claim: Claim) -> bool:
    text = claim.sentence.text
    counted = quantities(text)
    own = next((item for item in counted if item.end == claim.end), None)
    if own is None or not _DIVIDES.match(text, own.end):
        return False
    behind = [item.value for item in counted if item.start > own.end and item.unit == own.unit]
    sums = list(accumulate(behind))
    return claim.value in sums[_LEAST_PARTS - 1 :]
