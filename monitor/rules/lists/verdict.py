"""Whether a list of parts makes up its total, or may do so in any reading."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from monitor.rules.lists.part_lists import PartList
from monitor.rules.lists.runs import sum_of
from monitor.rules.lists.slips import LEAST_PARTS, is_slip
from monitor.rules.prose.quantities import Quantity

LEAST_BESIDE = 3
"""So many items that exceed the total, and are just its last parts, may stand beside the list."""
LEAST_SHARE_OF_CLOSED_LIST = Decimal("0.6")
"""Parts that reach less of their total may be examples, although nothing says so."""
SHARE_OF_A_WHOLE_LIST = Decimal("0.83")
"""Parts that reach this much of their total are all of them, whatever stands after the list.

Of some 110 real lists those that reached 60 to 80 % had named the main subjects only, those that reached
89 to 99 % had a slip.
"""
FEW_MISSED = 2
"""So few may miss that the share says nothing: 5件，其中网上2件、信函1件."""
ROUGH_SUMS = Decimal("1.2")
"""By how much rough parts (6500余、2000余) must exceed a rough total (8000余) to prove anything."""
MOST_SHARE_OF_ONE_LIST = Decimal("1.5")
"""Parts that exceed their total by more may count the same things twice."""
MOST_SHARE_OF_ONE_PART = Decimal("1.2")
"""A last thing that exceeds the total by more is no part of it, but counted beside it."""
_NUMBER_OF_DIMENSIONS = (2, 3)
_FEW_PARTS = 3


def judge(found: PartList) -> bool | None:
    """Return True where the list is certainly wrong, False where it may be, None where it is not."""
    if not found.adjacent or not _is_exact(found) or any(_fits(found, reading) for reading in found.readings):
        return None
    if not found.settled or _is_passed_by_others(found):
        return None
    return _is_far_slip(found) or _by_share(found)


def _by_share(found: PartList) -> bool | None:
    """Judge a list that does not add up by how much of its total the parts reach."""
    total, parts = found.total.value, found.readings[0]
    added = sum_of(parts)
    limit = found.most_missed
    if limit is not None and abs(added - total) > max(added, total) * limit:
        return None
    if added > total:
        may_overlap = found.of_qualities and max(part.value for part in parts) <= total
        if len(parts) > 1 and may_overlap and not found.exclusive:
            return None
        is_beside = parts[-1].value > total * MOST_SHARE_OF_ONE_PART and sum_of(parts[:-1]) <= total
        if len(parts) > 1 and not (found.whole or found.exclusive) and is_beside:
            return None
        if not found.closed and any(one.value >= added for one in found.candidates):
            return None  # 公开7315条，其中网站5960条、新媒体1355条。主要包括……: an open list of all
        is_one_list = len(parts) > 1 and added <= total * MOST_SHARE_OF_ONE_LIST
        return is_one_list or (found.closed and not found.has_rivals) or None
    if len(parts) == 1 or not (found.closed or found.whole or (found.followed and found.uniform)):
        return None
    if added >= total * SHARE_OF_A_WHOLE_LIST:
        return True
    if not found.closed:
        return None
    few = total - added <= FEW_MISSED
    reaches = added >= total * LEAST_SHARE_OF_CLOSED_LIST
    return (found.whole and (few or reaches)) or (found.uniform and few and reaches)


def _is_far_slip(found: PartList) -> bool:
    """Tell whether one slip of the pen parts a closed list of one kind from its total by far."""
    parts = found.readings[0]
    is_one_kind = found.uniform or sum_of(parts) > found.total.value
    is_plain = found.closed and is_one_kind and not (found.outcomes or found.again or found.of_qualities)
    is_list = len(parts) >= LEAST_PARTS or (found.whole and len(parts) > 1)
    return is_plain and is_list and is_slip(found.total, parts)


def _is_passed_by_others(found: PartList) -> bool:
    """Tell whether a list falls short without its last parts and exceeds its total with them.

    They begin anew, in another unit, so the list may well be incomplete and they no part of it.
    """
    parts = max(found.readings, key=len)
    own = tuple(part for part in parts if part.unit == parts[0].unit)
    is_anew = parts[: len(own)] == own and any(part.start in found.breaks for part in parts[len(own) :])
    return is_anew and sum_of(own) < found.total.value < sum_of(parts)


def _is_exact(found: PartList) -> bool:
    """Tell whether the numbers can prove anything: 余 in a part proves that it is at least that many.

    Where the parts are of other kinds (报送信息100余条) it proves nothing.
    """
    parts = found.readings[0]
    if found.total.vague:
        return False
    if found.total.at_least:
        most = found.total.ceiling * (ROUGH_SUMS if any(part.at_least for part in parts) else 1)
        return sum_of(parts) >= most and not any(part.vague for part in parts)
    if not any(part.vague or part.at_least for part in parts):
        return True
    return found.uniform and sum_of(parts) > found.total.value and not any(part.vague for part in parts)


def _fits(found: PartList, parts: Sequence[Quantity]) -> bool:
    """Tell whether the parts add up to the total, or to any other number that they may divide.

    Parts may also be the total divided in several ways, one after another, or divide several totals.
    """
    added = sum_of(parts)
    rounded = sum((part.tolerance for part in parts), Decimal(0))
    if _is_filled_up(found.total.value - added, found.tail):
        return True
    if _are_of_its_unit(found.total, parts):
        return True
    totals = (found.total, *found.candidates)
    if any(abs(added - item.value) <= item.tolerance + rounded for item in totals):
        return True
    if any(_are_dimensions(found.total.value, parts, times) for times in _NUMBER_OF_DIMENSIONS):
        return True
    if any(added == sum_of(found.candidates[place:]) for place in range(len(found.candidates))):
        return True
    return _fits_nested(found.total.value, parts) or _fits_without_some(found, parts)


def _are_of_its_unit(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Tell parts that make the total without those in other units: 864条，其中14次会议的议题28条……."""
    own = [part for part in parts if part.unit == total.unit]
    return len(own) > 1 and sum_of(own) == total.value


def _fits_nested(total: Decimal, parts: Sequence[Quantity]) -> bool:
    """Tell whether a part is divided by those behind it: 直接起诉1件，复议后起诉2件，维持1件，未审结1件."""
    beside = sum_of(parts) - total
    ends = ((place, end) for place in range(len(parts)) for end in range(place + 3, len(parts) + 1))
    return beside > 0 and any(
        parts[place].value == beside == sum_of(parts[place + 1 : end]) for place, end in ends
    )


def _fits_without_some(found: PartList, parts: Sequence[Quantity]) -> bool:
    """Tell whether the first parts make the total, and the others may be something else.

    Others that begin anew may always be, of the rest a few items are more likely a slip of the pen. One part
    that is the total itself may hold the others: 公开50条，其中网站50条、公众号20条. A part that takes the
    rest (其他信息4条) says that all before it, and it, are parts.
    """
    total = found.total.value
    beside = sum_of(parts) - total
    if found.total.exact and beside >= LEAST_BESIDE and any(part.value == total for part in parts):
        return True
    of_list = -1 if found.rest is None else found.rest
    firsts = {part.start for part in parts if part.start > of_list} if beside >= LEAST_BESIDE else set()
    ends = (end for end in range(2, len(parts)) if parts[end].start in found.breaks | firsts)
    return any(sum_of(parts[:end]) == total > 0 for end in ends)


def _are_dimensions(total: Decimal, parts: Sequence[Quantity], times: int) -> bool:
    """Tell whether parts divide a total so many times; few parts do so one division after another."""
    if sum_of(parts) != total * times:
        return False
    reached = {sum_of(parts[:end]) for end in range(1, len(parts))}
    return len(parts) > _FEW_PARTS or all(total * time in reached for time in range(1, times))


def _is_filled_up(rest: Decimal, tail: Sequence[Quantity]) -> bool:
    """Tell whether what comes behind the parts, or one thing of it, is just what they lack."""
    is_one = rest >= LEAST_BESIDE and any(item.value == rest for item in tail)
    return is_one or any(sum_of(tail[:end]) == rest for end in range(1, len(tail) + 1))
