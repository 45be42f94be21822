"""A slip of the pen in one number: two digits that changed places (186 for 168), or one digit mistaken.

Parts that reach little of their total may be the main ones only, and those that exceed it by far another
list. Where one such slip makes both equal to the unit, and so few numbers could be reached by one that
chance hardly does it, the slip is what parts them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from math import gcd

from monitor.rules.lists.runs import sum_of
from monitor.rules.prose.quantities import Quantity

LEAST_PARTS = 3
MOST_BY_CHANCE = Decimal("0.02")
"""What share of all differences so large a slip of one kind may reach by chance."""
LEAST_ROUND = 5
LEAST_SHARE_MISSED = Decimal("0.17")
"""Less is judged without slips."""
_DIGITS = "0123456789"


def is_slip(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Tell whether one slip in one number is what parts the total and its parts, not chance."""
    numbers = (total, *parts)
    is_plain = all(item.exact and not item.in_words and item.value == int(item.value) for item in numbers)
    return is_plain and any(_explains(kind, total, parts) for kind in (_changed_places, _mistaken))


def _explains(kind: Callable[[str], Iterator[str]], total: Quantity, parts: Sequence[Quantity]) -> bool:
    whole, values = int(total.value), [int(part.value) for part in parts]
    missed = whole - sum(values)
    most = max(whole, int(sum_of(parts)))
    reached = {whole - value for value in _reached(kind, whole)}
    reached |= {value - part for part in values for value in _reached(kind, part)}
    least = most * LEAST_SHARE_MISSED
    as_far = [by for by in reached if (by > 0) == (missed > 0) and least <= abs(by) <= most]
    step = gcd(whole, *values)
    step = step if step >= LEAST_ROUND else 1  # of round numbers all differences are round
    return missed in reached and len(as_far) * step <= (most - least) * MOST_BY_CHANCE


def _reached(kind: Callable[[str], Iterator[str]], number: int) -> Iterator[int]:
    """Yield the numbers that a slip of this kind makes of another, as many digits long."""
    digits = str(number)
    return (int(told) for told in kind(digits) if told != digits and told[0] != "0")


def _changed_places(digits: str) -> Iterator[str]:
    for place in range(len(digits) - 1):
        yield digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]


def _mistaken(digits: str) -> Iterator[str]:
    for place in range(len(digits)):
        for digit in _DIGITS:
            yield digits[:place] + digit + digits[place + 1 :]
