"""Totals divided into equal parts that are counted once: 24期，上半年、下半年各12期."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from monitor.rules.lists.complements import Complement
from monitor.rules.lists.divisions import exclude_each_other
from monitor.rules.lists.labels import is_whole
from monitor.rules.prose.quantities import Quantity

_SHARED = re.compile(r"，(?:其中[，：]?)?(?P<names>[^，。；：（）\d]{3,24})各(?:有|为|占|是)?")
_JOINTS = re.compile("[、和与及]")
_OF_ACCOUNTS = "个"
_IN_ALL = re.compile("共(?:计|有)?$")


def shared_numbers(text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield totals of seasons, of levels or of accounts with the one number that each of their parts has.

    `counted` are the things counted, those with 各 already as many times as there are names.
    """
    for place, (total, parts) in enumerate(pairwise(counted)):
        shared = _SHARED.fullmatch(text, total.end, parts.start)
        if shared is None or total.unit != parts.unit or not (total.exact and parts.exact):
            continue
        if any(item.unit == total.unit for item in counted[place + 2 :]):
            continue  # 城区、农村各2场，机关1场
        names = _JOINTS.split(shared["names"])
        are_accounts = total.unit == _OF_ACCOUNTS and is_whole(names) and _IN_ALL.search(text, 0, total.start)
        if exclude_each_other(names) or are_accounts:
            yield Complement(total, (parts,))
