"""Chinese numerals: 一百二十三, 两万, 二〇二四; and sentences with those that count in digits."""

from __future__ import annotations

import re

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_DIGITS |= {character: value for value, character in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
_SCALES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
MULTIPLIERS = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_COUNTING = re.compile(
    r"(?<![第每同某任各逐几数零〇一二两三四五六七八九十百千万亿\d])(?<!没有)(?<!无)"
    r"(?P<number>[零〇一二两三四五六七八九十百千]+)(?P<unit>[件条宗份篇期起])"
    r"(?=$|[，。；、：（）和及与]|均|已|予以|不予|部分|无法|结转|转|尚|未|被|(?:政府|政务)?信息|行政|申请|复议|诉讼|维持|纠正|撤销)"
)
"""A numeral that counts, by what follows its unit: 复议二件、诉讼三件; not 高效办成一件事, 二十条措施."""
_ZERO = frozenset("零〇")
_OF_CASES = ("申请", "复议", "诉讼", "公开", "结转", "案件", "受理", "收到", "提供", "处理")
"""零件 are parts of machines, but behind the words of a table."""
_TOGETHER = "一起"


def chinese_number(text: str) -> int | None:
    """Return 一百二十三 as 123, 两万 as 20000, 二〇二四 as 2024; None where it is not a number."""
    if not text:
        return None
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    for scale in ("亿", "万"):
        if text.count(scale) > 1:
            return None
        if scale in text:
            head, _scale, tail = text.partition(scale)
            high, low = chinese_number(head), chinese_number(tail) if tail else 0
            return None if high is None or low is None else high * MULTIPLIERS[scale] + low
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> int | None:
    total, digit, last = 0, None, 10_000
    for character in text:
        if character in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[character]
        elif character in _SCALES and _SCALES[character] < last:
            last = _SCALES[character]
            if digit is None and last > _SCALES["十"]:
                return None
            total += (1 if digit is None else digit) * last
            digit = None
        else:
            return None
    return total + (digit or 0)


def in_digits(text: str, places: list[int]) -> tuple[str, list[int]]:
    """Return a text, and where its characters stand, with the numerals that count written in digits.

    So 复议二件、诉讼三件 is read by the same patterns as 复议2件、诉讼3件.
    """
    characters: list[str] = []
    where: list[int] = []
    at = 0
    for match in _COUNTING.finditer(text):
        number = chinese_number(match["number"])
        is_no_count = match.group() == _TOGETHER or (
            match["number"] in _ZERO and not text.endswith(_OF_CASES, 0, match.start())
        )
        if number is None or is_no_count:
            continue
        own = places[match.start("number") : match.end("number")]
        digits = str(number)
        characters += (text[at : match.start()], digits)
        where += places[at : match.start()]
        where += [*(own[min(place, len(own) - 1)] for place in range(len(digits) - 1)), own[-1]]
        at = match.end("number")
    return "".join((*characters, text[at:])), where + places[at:]
