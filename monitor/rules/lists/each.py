"""Things counted once for several names: 科研机构、公益组织各1件 are two, 信函、网络和当面各3件 nine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest

from monitor.rules.prose.quantities import Quantity, quantities

LEAST_NAMES = 2
_EACH = re.compile(r"(?P<names>[^，。；：（）()\d]{3,})(?:各(?:有|为|占|是)?|均(?:为|是|有))$")
_WITHIN_A_NAME = re.compile("法律、行政法规|法律、法规")
"""A name that holds a mark itself: 法律、行政法规禁止公开."""
_WITHIN_NAME = re.compile(r"的[^，。；：、（）\d]{1,12}")
"""常务会议14次的议题及图解28条: what the next number counts is told by this one."""
_WHOLE_ONES = frozenset({"件", "条", "篇", "份", "个", "期", "项", "次", "宗", "起", "人", "家"})
_LAST_JOINT = re.compile("(?:以及|[和与及])(?!时)")
_BEFORE_NAMES = re.compile("^(?:其中|因|来自|涉及|属于?|为|以及|[、和与及])*")


@lru_cache(maxsize=512)
def counted_in(text: str) -> tuple[Quantity, ...]:
    """Return the counted things of a sentence, those counted for each of several names as all of them."""
    found = _of_whole_things(text, quantities(text))
    if "各" not in text and "均" not in text:
        return found
    return tuple(_of_all(text, found, place) for place in range(len(found)))


def _of_whole_things(text: str, found: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Leave out what divides nothing and is no part: numbers within a name, and averages."""
    followed = zip_longest(found, found[1:])
    return tuple(
        item
        for item, other in followed
        if not (other and _WITHIN_NAME.fullmatch(text, item.end, other.start)) and not _is_an_average(item)
    )


def _is_an_average(item: Quantity) -> bool:
    """Tell a part of a thing that comes in whole ones: 平均每月1.5件."""
    return item.unit in _WHOLE_ONES and item.value != item.value.to_integral_value()


def is_for_each(label: str) -> bool:
    """Tell a label that names several things which are counted alike."""
    return len(_names(label)) >= LEAST_NAMES


def _of_all(text: str, found: Sequence[Quantity], place: int) -> Quantity:
    item = found[place]
    start = found[place - 1].end if place else 0
    names = _names(text[start : item.start])
    if len(names) < LEAST_NAMES:
        return item
    many, is_vague = len(names), any(map(_LAST_JOINT.search, names[:-1]))
    return replace(
        item,
        value=item.value * many,
        tolerance=item.tolerance * many,
        vague=item.vague or is_vague,
        in_words=False,
    )


def _names(label: str) -> list[str]:
    """Return the names that stand before 各, none where it does not.

    Of names that hold 和 themselves (规划和计划、预算和决算) nobody can say whether the last are two.
    """
    match = _EACH.search(label)
    if match is None:
        return []
    *firsts, last = _BEFORE_NAMES.sub("", _WITHIN_A_NAME.sub("法律法规", match["names"])).split("、")
    return [*firsts, *_LAST_JOINT.split(last)]
