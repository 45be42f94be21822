"""A total whose parts stand on lines of their own, behind 其中： at the end of its line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.rules.prose.quantities import quantities
from monitor.rules.prose.sentences import Sentence, joined

LEAST_LINES = 2
MOST_LETTERS = 40
"""A longer line tells more than one part."""
_OPENS = re.compile(r"(?:其中|如下|分别[为是]|具体[为是]|具体情况|包括|涵盖|主要有)[：，]$")
_TELLS_MORE = re.compile(r"其中|包括|含|分别|同比|较|比上年|累计|共计|合计|（[^）]*\d[^）]*）")
_NUMBERED = re.compile(
    r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）]|\d{1,2}[.．、]|[一二三四五六]是|[①-⑳])"
)
_GOES_ON = "；，、"


def with_its_lines(said: Sequence[Sentence], place: int) -> Sentence | None:
    """Return a sentence that ends with 其中： together with the lines behind it, one part a line.

    None where the lines do not end the list: the last one says so, or the next one goes on.
    """
    first = said[place]
    if not _OPENS.search(first.text) or not quantities(first.text):
        return None
    unit = quantities(first.text)[-1].unit
    whole, last, count = first, first, 0
    for following in said[place + 1 :]:
        if following.source is not first.source or not _is_part(following.text, unit):
            break
        whole, last, count = joined(whole, following), following, count + 1
    is_over = last.text[-1] not in _GOES_ON and not _goes_on(last, unit)
    return whole if count >= LEAST_LINES and is_over else None


def _is_part(text: str, unit: str) -> bool:
    """Tell a line that counts one thing, and says nothing else of it."""
    told = _NUMBERED.sub("", text)
    counted = quantities(told)
    is_one = len(counted) == 1 and counted[0].unit == unit
    return is_one and len(told) <= MOST_LETTERS and not _TELLS_MORE.search(told)


def _goes_on(last: Sentence, unit: str) -> bool:
    """Tell whether the line behind the last part is one more, read as a heading or told in other words."""
    behind = last.source[last.places[-1] + 1 :].lstrip().partition("\n")[0]
    is_as_short = last.text[-1] != "。" and 0 < len(behind) <= MOST_LETTERS
    return bool(re.search(rf"\d\s*{unit}", behind)) or bool(_NUMBERED.match(behind)) or is_as_short
