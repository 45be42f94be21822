"""Which words are the name of a township or street, by the nation's table of divisions.

What ends in 镇, 乡 or 街道 is often no name: 办公室设在镇党政办, 坚持乡党政办统一发布.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from config.divisions import Level, load_divisions

_OFFICES = re.compile("(?:人民政府|政府|办事处)$")
_KIND = re.compile("(?:镇|乡|街道|苏木)$")
_WITH_AREA = re.compile("[一-龥]{1,6}[县区市旗][一-龥]{1,5}(?:镇|乡|街道|苏木)$")
"""清水县城关镇: an area before the name."""
_LONGEST = 8
_SHORTEST = 2


def is_just_a_township(name: str) -> bool:
    """Tell words that are an existing township's or street's whole name and no more: 建设路街道办事处."""
    return _OFFICES.sub("", name) in _known()


def is_township(name: str, like: Sequence[str] = ()) -> bool:
    """Tell whether words end with the name of a township or street that exists, or name its area as well.

    Names `like` it differ in one character of the place: 盐河镇, 洁河镇.
    """
    place = _OFFICES.sub("", name)
    ends = (place[at:] for at in range(max(0, len(place) - _LONGEST), len(place)))
    is_alike = any(_is_one_off(_KIND.sub("", place), _KIND.sub("", _OFFICES.sub("", one))) for one in like)
    return is_alike or bool(_WITH_AREA.fullmatch(place)) or any(end in _known() for end in ends)


def _is_one_off(place: str, other: str) -> bool:
    """Tell a place of two or more characters that is another but for one of them."""
    own = other[-len(place) :]
    apart = sum(one != two for one, two in zip(place, own, strict=False))
    return len(own) == len(place) >= _SHORTEST and apart == 1


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    divisions = load_divisions().by_code.values()
    return frozenset(one.name for one in divisions if one.level is Level.TOWNSHIP)
