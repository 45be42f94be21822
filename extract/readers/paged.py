"""What every paged format is reduced to: characters with boxes, ruling lines, pictures, page size.

Sources (pdfium, pdfplumber, later OFD and OCR) yield `Page`s; the grid and the text flow are computed
from them by the same code. All lengths are points, x to the right, y down from the top left of the
page as it is displayed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeAlias

from extract.errors import TooLarge
from extract.readers.limits import MAX_CHARS_PER_PAGE

Box: TypeAlias = tuple[float, float, float, float]
"""(x0, top, x1, bottom)."""

_QUARTER_DEGREES = 90
_SKEW_DEGREES = 5


class Char(NamedTuple):
    """One character and its box; `degrees` is the direction of writing, 90 is upwards."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    degrees: int = 0


class Rule(NamedTuple):
    """A straight horizontal or vertical stroke; `shaded`: only the edge of a filled area."""

    x0: float
    top: float
    x1: float
    bottom: float
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `number` from 1. `turn` quarter turns were applied to make its writing upright."""

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    turn: int = 0


def upright(page: Page) -> Page:
    """Turn a page whose writing runs up, down or backwards; drop slanted writing (watermarks)."""
    if not any(char.degrees for char in page.chars):
        return page
    quarters = Counter(quarter for char in page.chars if (quarter := _quarter(char.degrees)) is not None)
    turn = quarters.most_common(1)[0][0] if quarters else 0
    chars = [char for char in page.chars if _quarter(char.degrees) is not None]
    if not turn:
        return replace(page, chars=chars)
    move = _turner(turn, page.width, page.height)
    width, height = (page.height, page.width) if turn % 2 else (page.width, page.height)
    return Page(
        number=page.number,
        width=width,
        height=height,
        chars=[Char(char.text, *move((char.x0, char.top, char.x1, char.bottom))) for char in chars],
        rules=[Rule(*move((rule.x0, rule.top, rule.x1, rule.bottom)), rule.shaded) for rule in page.rules],
        pictures=[move(picture) for picture in page.pictures],
        turn=turn,
    )


def displayed(page: Page, box: Box) -> Box:
    """Map a box of an upright page back to the page as it is displayed."""
    if not page.turn:
        return box
    return _turner(4 - page.turn, page.width, page.height)(box)


def _quarter(degrees: int) -> int | None:
    """Return the number of quarter turns that make writing upright, None where it is slanted."""
    quarter = round(degrees / _QUARTER_DEGREES)
    return quarter % 4 if abs(degrees - quarter * _QUARTER_DEGREES) <= _SKEW_DEGREES else None


def _turner(turn: int, width: float, height: float) -> Callable[[Box], Box]:
    """Return the map of boxes for `turn` quarter turns clockwise."""
    if turn == 1:
        return lambda box: (height - box[3], box[0], height - box[1], box[2])
    if turn == 2:
        return lambda box: (width - box[2], height - box[3], width - box[0], height - box[1])
    return lambda box: (box[1], width - box[2], box[3], width - box[0])


def check_char_count(count: int, number: int) -> None:
    """Raise UnreadableDocument where page `number` has more characters than any report."""
    if count > MAX_CHARS_PER_PAGE:
        raise TooLarge(f"第 {number} 页有 {count} 个字符，超过上限 {MAX_CHARS_PER_PAGE}")


def is_finite(*values: float) -> bool:
    """Tell whether all coordinates are real numbers: broken files hold infinities."""
    return all(map(math.isfinite, values))
