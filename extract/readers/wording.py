"""Text inside a block: cleaning, and joining the lines that a cell or paragraph was broken into."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.readers.radicals import RADICALS

_DROPPED = (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0xAD, 0xFEFF, 0xFFFE, 0xFFFF)
_INVISIBLE = (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070))
_LINE_BREAKS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_TABLE: dict[int, str | None] = {
    **RADICALS,
    **dict.fromkeys((*_DROPPED, *_INVISIBLE)),
    **dict.fromkeys(_LINE_BREAKS, "\n"),
    **dict.fromkeys((0x09, 0xA0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F), " "),
    **dict.fromkeys(range(55296, 57344), "�"),
}
_LAYOUT_TABLE: dict[int, str | None] = {
    **_TABLE,
    **dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85)),
    **dict.fromkeys((0x2028, 0x2029), " "),
    0x09: "\t",
    0x3000: "  ",
}
_UNCLEAN = re.compile("[" + "".join(map(chr, _TABLE)) + "]")
"""What either table changes; most texts have none of it, and finding that out is far cheaper."""
_BLANKS = re.compile(r" {2,}")
_NUMBER_CHARS = frozenset("0123456789０１２３４５６７８９.．,，")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3001-\u303f“”‘’—…·\U00020000-\U0003ffff]")


def clean(text: str) -> str:
    """Map radicals, drop control and invisible characters, collapse blanks; line breaks stay."""
    return _BLANKS.sub(" ", text.translate(_TABLE) if _UNCLEAN.search(text) else text)


def clean_keeping_columns(text: str) -> str:
    """Clean a text whose TABs and runs of blanks are layout; line ends become LF."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return unified.translate(_LAYOUT_TABLE) if _UNCLEAN.search(unified) else unified


def one_line(text: str) -> str:
    """Clean `text` and join its lines by `join_lines`."""
    cleaned = clean(text)
    return join_lines(cleaned.split("\n")) if "\n" in cleaned else cleaned.strip()


def join_lines(lines: Iterable[str]) -> str:
    """Join broken lines: nothing between where a CJK character meets, a blank between otherwise.

    Two digits that meet over a break are kept apart: whether they are one number is not known here.
    """
    joined = ""
    for line in lines:
        part = line.strip()
        if part:
            joined += glue(joined, part) + part
    return joined


def glue(before: str, after: str) -> str:
    """Return what goes between two pieces of broken text: nothing, or one blank."""
    if not before or not after or is_wide(before[-1]) or is_wide(after[0]):
        return ""
    return " "


def is_wide(character: str) -> bool:
    """Tell CJK characters and full-width punctuation, which stand without blanks."""
    return bool(_WIDE.match(character)) and character not in _NUMBER_CHARS


def is_number_char(character: str) -> bool:
    """Tell the characters a number is made of."""
    return character in _NUMBER_CHARS
