"""The same report in another dress: wrapped, spaced, full-width, numerals in words, other units.

Nothing in it is said differently, so the rules must find the same: nothing in a sound report, and the
same fault in a damaged one. Lines of tables and headings stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from extract.readers.chinese_numerals import chinese

Dress: TypeAlias = Callable[[str], str]
_TABLE_ROW = re.compile(r"\t|(?:\s\d+){3}")
_HEADING = re.compile(r"#|\s*[（(]?[一二三四五六七八九十]+[、）)]")
_LONGEST_HEADING = 35
_COUNTED = r"(?=[条篇份件次])"
_SMALL = re.compile(r"(?<![\d.,，年月日第])(?P<number>[1-9]\d?)(?=[条篇份件])")
_LARGE = re.compile(rf"(?<!\d)(\d{{1,3}})(\d{{3}}){_COUNTED}")


def wrapped(width: int) -> Dress:
    """Return the dress that cuts lines after so many characters, wherever that is."""
    return lambda line: "\n".join(line[at : at + width] for at in range(0, len(line), width))


DRESSES: dict[str, Dress] = {
    "wrapped narrow": wrapped(28),
    "wrapped wide": wrapped(35),
    "a sentence a line": lambda line: line.replace("。", "。\n").rstrip("\n"),
    "blanks around numbers": lambda line: re.sub(r"(\d[\d,]*(?:\.\d+)?)", r" \1 ", line),
    "ideographic blanks": lambda line: (
        "\u3000\u3000" + re.sub(r"(\d[\d,]*(?:\.\d+)?)", "\u00a0\\1\u00a0", line)
    ),
    "full-width digits": lambda line: re.sub(r"\d", lambda digit: chr(ord(digit[0]) + 0xFEE0), line),
    "half-width marks": lambda line: line.translate(str.maketrans("，；：（）", ",;:()")),
    "thousands": lambda line: _LARGE.sub(r"\1,\2", line),
    "numerals in words": lambda line: _SMALL.sub(lambda found: chinese(int(found["number"])), line),
    "宗 for 件": lambda line: re.sub(r"(\d)件", r"\1宗", line),
    "本机关": lambda line: re.sub("[我本](?:[局镇委厅])(?!属)", "本机关", line),
    "总计 for 共计": lambda line: line.replace("共计", "总计"),
}
"""By name, what is done with a line of prose."""


def dressed(text: str, dress: Dress) -> str:
    """Return a report's text with its prose in another dress; the title stays."""
    title, *lines = text.split("\n")
    return "\n".join([title, *(dress(line) if _is_prose(line) else line for line in lines)])


def _is_prose(line: str) -> bool:
    is_heading = len(line) < _LONGEST_HEADING and _HEADING.match(line)
    return bool(line.strip()) and not _TABLE_ROW.search(line) and not is_heading
