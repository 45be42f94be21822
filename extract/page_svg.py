"""A written OFD page as an SVG of our own making: its characters at their places, and its lines.

Nothing of the file's own markup is taken over, so nothing of it can run or load; a character that XML
does not allow is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from extract.errors import UnreadableDocument
from extract.readers.ofd import pages
from extract.readers.package import Package
from extract.readers.paged import Char, Page, Rule

ASCENT = 0.88
"""Part of a character's box that lies above its line of writing."""
FONTS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
THINNEST_PT = 0.5


def draw_written_page(content: bytes, number: int) -> tuple[bytes, tuple[float, float]] | None:
    """Return (SVG, size in points) of an OFD's page, counted from 1; None where it has only pictures.

    Raises UnreadableDocument where there is no such page.
    """
    with Package(content) as package:
        for page, _files in pages(package):
            if page.number == number:
                return (_svg(page).encode(), (page.width, page.height)) if page.chars else None
    raise UnreadableDocument(f"没有第 {number} 页")


def _svg(page: Page) -> str:
    size = f'width="{page.width:.2f}" height="{page.height:.2f}"'
    box = f'viewBox="0 0 {page.width:.2f} {page.height:.2f}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} {size} font-family="{FONTS}">',
        f'<rect {size} fill="#fff"/>',
        *map(_line, page.rules),
        *_words(page.chars),
        "</svg>",
    ]
    return "\n".join(parts)


def _line(rule: Rule) -> str:
    width, height = max(rule.x1 - rule.x0, THINNEST_PT), max(rule.bottom - rule.top, THINNEST_PT)
    return f'<rect x="{rule.x0:.2f}" y="{rule.top:.2f}" width="{width:.2f}" height="{height:.2f}"/>'


def _words(chars: list[Char]) -> Iterator[str]:
    """Write characters that stand in one line together, each at its own place."""
    for (top, bottom, degrees), run in groupby(chars, lambda char: (char.top, char.bottom, char.degrees)):
        shown = [char for char in run if _is_written(char.text)]
        if not shown:
            continue
        size, line = bottom - top, top + ASCENT * (bottom - top)
        places = " ".join(f"{char.x0:.2f}" for char in shown)
        turned = f' transform="rotate({-degrees} {shown[0].x0:.2f} {line:.2f})"' if degrees else ""
        words = escape("".join(char.text for char in shown))
        yield f'<text x="{places}" y="{line:.2f}" font-size="{size:.2f}"{turned}>{words}</text>'


def _is_written(text: str) -> bool:
    """Tell whether this is one visible character, and one that `x` counts as one."""
    return len(text) == 1 and text.isprintable() and not text.isspace() and text <= "\uffff"
