"""What there was, what went, what came and what there is: 年初126个，注销31个，新开设4个，年末99个."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.rules.prose.quantities import Quantity, Reading

_WAS = re.compile("年初|上年末|上年底|去年底|去年末|原有|原来有|(?:改造|整合|清理|撤并)前")
_GONE = re.compile("注销|关停|撤并|撤销|取消|减少|退出|清退|下线|关闭")
_CAME = re.compile("新增|新设|新建|新开|开设|开通|增加")
_IS = re.compile(
    r"[，；、]+(?:截至)?(?:20\d\d年)?(?:年末|年底|12月底|目前|现|当前|实际|(?:改造|整合|清理|撤并)后)*(?:尚|实|仍|还|现|共|总|存|在|有|为|达|保留|账号|政务|新媒体)*"
)
_NOTHING_CAME, _NOTHING_WENT = (
    re.compile("(?:未|没有|无)(?:再|有)?新(?:增|开|设|建)"),
    re.compile("(?:未|没有|无)(?:再|有)?(?:关停|注销|减少|撤并)"),
)
"""What is said to be nothing needs no number: 年内关停4个、未再新开."""
_KINDS = ((_WAS, 1), (_GONE, -1), (_CAME, 1))
_MOST_SHARE_MISSED = Decimal("0.3")
"""Figures that miss one another by more speak of different things."""


@dataclass(frozen=True, slots=True)
class Stock:
    """The numbers of a stock in their order, what its end has to be, and what it is said to be.

    `tells_all`: both what went and what came is told, so nothing else happened to it.
    """

    told: Reading
    end: Quantity
    expected: Decimal
    tells_all: bool


def stock_in(text: str, counted: Sequence[Quantity]) -> Stock | None:
    """Return the stock that a sentence tells from its beginning to its end, nothing else between."""
    for first in range(len(counted) - 2):
        row, signs = _row_from(text, counted, first)
        if {1, -1} & set(signs[1:-1]) and signs[-1] == 0:
            expected = sum((sign * item.value for sign, item in zip(signs, row, strict=True)), Decimal(0))
            if any(item.unit == row[0].unit for item in counted[first + len(row) :]):
                return None
            tells_all = {1, -1} <= set(signs[1:-1]) | _signs_of_nothing(text[row[0].end : row[-1].start])
            return Stock(tuple(row), row[-1], expected, tells_all)
    return None


def _signs_of_nothing(told: str) -> set[int]:
    """Return which changes are said not to have been."""
    return {sign for words, sign in ((_NOTHING_CAME, 1), (_NOTHING_WENT, -1)) if words.search(told)}


def wrong_stocks(text: str, counted: Sequence[Quantity]) -> Iterator[Stock]:
    """Yield a stock whose end does not follow from its beginning."""
    found = stock_in(text, counted)
    if found is not None and found.tells_all and all(item.exact for item in found.told):
        missed = abs(found.expected - found.end.value)
        if 0 < missed <= found.told[0].value * _MOST_SHARE_MISSED:
            yield found


def _row_from(text: str, counted: Sequence[Quantity], first: int) -> tuple[list[Quantity], list[int]]:
    """Return the numbers from one on that tell a stock, each with its sign, the last with none."""
    row: list[Quantity] = []
    signs: list[int] = []
    at = max(text.rfind(mark, 0, counted[first].start) for mark in "。；") + 1
    for item in counted[first:]:
        sign = _sign(text[at : item.start], bool(row))
        if sign is None or item.unit != counted[first].unit:
            break
        row.append(item)
        signs.append(sign)
        at = item.end
        if sign == 0:
            break
    return (row, signs) if signs else ([], [0])


def _sign(label: str, follows: bool) -> int | None:
    """Return what a number does to a stock by its label, None where that is not clear."""
    told = _NOTHING_WENT.sub("", _NOTHING_CAME.sub("", label))
    if follows and _IS.fullmatch(told):
        return 0
    found = [(kind, sign) for kind, sign in _KINDS if kind.search(told)]
    if len(found) != 1 or (found[0][0] is _WAS) == follows:
        return None
    return found[0][1]
