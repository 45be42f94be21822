"""Read one cell: a number, blank, a mark, or something that cannot be read as one number.

Deliberately narrow. Only full-width digits are mapped to half-width (a raised or circled digit is a
footnote mark, not a digit); whatever does not fit the grammar below is ambiguous or unreadable, and the
raw string stays in the fact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from config.formats import ValueKind
from extract.labels import half_width
from extract.model import Number, State

MOST_DIGITS = 10
"""More digits than this in a count are several numbers grown together."""
YUAN_IN_WAN = Decimal(10_000)

_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0xFEFF, 0x2060, 0xAD))
_MARK = re.compile(r"(?:[-—–―─‐‑‒−－_~～]+|[/／\\＼|]+|无|暂无|无数据|空|\*+|…+|·+)$")
_NUMBER = re.compile(
    r"(?P<sign>[+\-−]|减少?|增加?)?\s*(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<fraction>\.[0-9]+)?"
    r"\s*(?P<unit>件次|人次|万元|亿元|元|件|条|宗|个|份|项|次|起|部|笔)?"
    r"\s*(?P<note>\(.+\))?$",
    re.DOTALL,
)
_FRAGMENT = re.compile(r"[0-9.,]*[0-9][0-9.,]*$")
_SPACED = re.compile(r"[+-]?[\d.,]+(?:\s+[\d.,]+)+$")
_UNIT_NOTE = re.compile(r"\((?:单位:?)?(万元|亿元|元|件|条|个|项)\)$")
_HEADER_UNIT = re.compile(r"(?:单位:?|金额|[(:,/]|^)(亿元|万元|元)")
_MONEY = {"元": 1 / YUAN_IN_WAN, "万元": Decimal(1), "亿元": YUAN_IN_WAN}


@dataclass(frozen=True, slots=True)
class CellValue:
    """What a cell says; `value` only where `state` is READ, `note` the words beside the number."""

    state: State
    value: Number | None = None
    note: str | None = None


BLANK = CellValue(State.BLANK)
AMBIGUOUS = CellValue(State.AMBIGUOUS)
UNREADABLE = CellValue(State.UNREADABLE)


@lru_cache(maxsize=8192)
def read_cell(raw: str, kind: ValueKind = "count", unit: str = "万元") -> CellValue:
    """Read a cell's text. Amounts come in 万元; `unit` is that of one which names none ("": illegible)."""
    text = half_width(raw).translate(_INVISIBLE).strip()
    if not text:
        return BLANK
    if _MARK.match(text):
        return CellValue(State.MARK)
    if text in {"零", "〇"}:
        return CellValue(State.READ, 0)
    match = _NUMBER.match(text)
    if not match:
        return AMBIGUOUS if _SPACED.match(text) else UNREADABLE
    return _read_number(match, kind, unit)


def is_value(word: str) -> bool:
    """Tell whether a word that stands alone in a line of text is a number or a mark."""
    text = half_width(word)
    return bool(_NUMBER.match(text) or _MARK.match(text) or _FRAGMENT.match(text))


def _read_number(match: re.Match[str], kind: ValueKind, unit: str) -> CellValue:
    digits, fraction = match["digits"].replace(",", ""), match["fraction"] or ""
    sign, own_unit, note = match["sign"] or "", match["unit"] or "", match["note"]
    if sign[:1] in ("减", "增") and kind != "change":
        return UNREADABLE
    if _is_several(match, digits):
        return AMBIGUOUS
    if note and _UNIT_NOTE.match(note) and not own_unit:
        own_unit, note = _UNIT_NOTE.sub(r"\1", note), None
    if note and not re.search(r"[^\W\d_]", note):
        return AMBIGUOUS  # (3): a second number, not words about the first
    if kind != "amount" and own_unit in _MONEY:
        return UNREADABLE
    if kind == "amount" and not (own_unit or unit):
        return AMBIGUOUS
    number = Decimal(digits + fraction) * (-1 if sign[:1] in ("-", "−", "减") else 1)
    if kind == "amount":
        number *= _MONEY.get(own_unit or unit, Decimal(1))
    return CellValue(State.READ, _plain(number), note[1:-1].strip() if note else None)


def _is_several(match: re.Match[str], digits: str) -> bool:
    """Tell cells grown together: a dash and a number, 0 and 0, or more digits than a count has."""
    apart = match["sign"] in ("+", "-", "−") and match.end("sign") != match.start("digits")
    return apart or (len(digits) > 1 and digits.startswith("0")) or len(digits) > MOST_DIGITS


def _plain(number: Decimal) -> Number:
    return int(number) if number == number.to_integral_value() else number.normalize()


def header_unit(header: str) -> str:
    """Return the unit of money that a column header names: 万元 where none, "" where it is illegible."""
    text = half_width(header).translate(_INVISIBLE)
    match = _HEADER_UNIT.search("".join(text.split()))
    return match[1] if match else "" if "元" in text else "万元"
