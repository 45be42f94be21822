"""Where a list of parts begins in a sentence, and where its parts may stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.rules.quantities import Quantity

_OPENING = re.compile(
    r"[，,：:；;、（。]?(?:其中|分别为|分别是|分别涉及|分为|包括|包含|涵盖|主要有|主要包括|涉及|含)[，,：:]?|"
    r"(?<=[条件篇个份项宗])[^，。；：、\d]{0,8}(?<!其)中[，：]"
)
_DIVIDED_BY = re.compile(r"，按[^，。；：、\d]{1,10}(?:划分|分类|统计|区分|分|看)[，：:]")
"""How a total is divided; a second one in the sentence divides the total once more."""
_NAMED_BEHIND = re.compile(r"[^，。；：:、（）\d]{1,12}[：:](?=[^，。；：、\d]{1,14}\d)")
"""What a total counts, named behind it: 30件行政许可和处罚：行政许可20件……"""
_OPEN_OPENERS = ("包括", "包含", "涵盖", "主要", "涉及", "含")
_SHARE = re.compile(
    r"[，、（]?(?:约?占(?:比|总数|总量|全部|总体)?|占[^，。；、\d]{1,10})(?:为|的|约)?\d+(?:\.\d+)?[%‰]）?"
)
"""What share a part has: a remark between parts."""


@dataclass(frozen=True, slots=True)
class Opener:
    """Where a list of parts begins; `body` is where its parts may stand."""

    start: int
    body: tuple[int, int]
    is_open: bool
    in_brackets: bool


def openers(text: str, counted: Sequence[Quantity]) -> list[Opener]:
    """Return the places where lists begin, in their order; a counted thing before ： or （ may be a total."""
    found = {}
    for match in _OPENING.finditer(text):
        close = bracket_end(text, match.start())
        is_open = "分别" not in match.group() and any(word in match.group() for word in _OPEN_OPENERS)
        found[match.end()] = Opener(
            match.start(), (match.end(), close or len(text)), is_open, close is not None
        )
    divided = _DIVIDED_BY.search(text)
    if divided and any(quantity.end == divided.start() for quantity in counted):
        found.setdefault(divided.end(), Opener(divided.start(), (divided.end(), len(text)), False, False))
    for quantity in counted:
        follows = text[quantity.end : quantity.end + 1]
        if follows in ("：", ":", "（") and not _OPENING.match(text, quantity.end):
            end = bracket_end(text, quantity.end) if follows == "（" else len(text)
            body = (quantity.end + 1, end or len(text))
            found.setdefault(body[0], Opener(quantity.end, body, False, follows == "（"))
        named = _NAMED_BEHIND.match(text, quantity.end)
        if named:
            found.setdefault(named.end(), Opener(named.end() - 1, (named.end(), len(text)), False, False))
    return [found[start] for start in sorted(found)]


def bracket_end(text: str, at: int) -> int | None:
    """Return where the bracket that `at` stands in, or opens, is closed; None outside brackets."""
    if text.rfind("（", 0, at + 1) <= text.rfind("）", 0, at + 1):
        return None
    close = text.find("）", at)
    return close if close >= 0 else len(text)


def without_inner_brackets(text: str, opener: Opener) -> str:
    """Blank out what stands in brackets inside the list: remarks about single parts."""
    depth, out = 0, list(text)
    for place in range(*opener.body):
        depth += text[place] == "（"
        if depth > 0:
            out[place] = " "
        depth -= text[place] == "）"
    return _SHARE.sub(lambda match: " " * len(match.group()), "".join(out))
