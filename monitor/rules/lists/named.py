"""How many things there are that are named before: “住房保障”“工程建设”两个专栏, the parts of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.rules.prose.numerals import chinese_number

_QUOTED = r"[“「][^“”「」，。；]{2,20}[”」]"
_NAMES_IN_QUOTES = re.compile(
    rf"(?<![、和及与])(?P<names>{_QUOTED}(?:(?:[、和及与]|以及)?{_QUOTED})+)(?P<more>等)?"
    r"(?P<number>\d{1,2}|[两二三四五六七八九十])(?:个(?!月|工作日)|项|大|类)"
    r"(?P<things>(?:[^，。；、\d]{0,4}(?:栏目?|专题|板块|模块|账号|平台|公众号|渠道|端口))?)"
)
"""Names in quotation marks and nothing else, how many they are right behind them."""
_FIRST_PART, _LAST_PART = "总体情况", r"其他(?:需要报告的)?事项"
_PARTS_OF_REPORT = re.compile(
    rf"{_FIRST_PART}(?=[、，；和])[^。]{{20,160}}?{_LAST_PART}[”」》]?(?P<number>\d|[一二两三四五六七八九])(?=个?(?:大|方面|部分))"
)
_PARTS = 6
"""State Council's form of the report, 2019 and 2021: 总体情况 … 其他需要报告的事项."""


@dataclass(frozen=True, slots=True)
class WrongCount:
    """A stretch of a sentence in which `expected` things are named and `told` are counted."""

    start: int
    end: int
    expected: int
    told: int


def wrong_counts(text: str) -> Iterator[WrongCount]:
    """Yield where a numeral is not the number of the names before it.

    It may be more behind 等, and of other things than columns and accounts, of which two may stand for many.
    """
    for match in _NAMES_IN_QUOTES.finditer(text):
        named, told = len(re.findall(_QUOTED, match["names"])), _number(match["number"])
        is_all = match["things"] and not match["more"]
        if told < named or (is_all and told > named):
            yield WrongCount(match.start(), match.end(), named, told)
    for match in _PARTS_OF_REPORT.finditer(text):
        told = _number(match["number"])
        if told != _PARTS:
            yield WrongCount(match.start(), match.end(), _PARTS, told)


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else int(chinese_number(word) or 0)
