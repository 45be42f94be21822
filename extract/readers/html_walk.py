"""One walk over a parsed page: every text, table and picture in document order, with its element.

The tree is visited once, without recursion. Each cell of a table has a flow of its own, so that nested
tables and prose in layout cells come out as blocks; `html_tables` decides what a table really is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag

from extract.errors import TooLarge
from extract.model import Anchor
from extract.readers.blocks import Block, Paragraph, Picture
from extract.readers.html_tables import RawTable, SpanCell, expand
from extract.readers.limits import MAX_BLOCKS, MAX_DEPTH
from extract.readers.table_layout import Placed, lay_out
from extract.readers.wording import clean, is_wide

_SKIPPED = frozenset(
    {
        "script", "style", "noscript", "template", "select", "option", "button", "iframe",
        "object", "embed", "svg", "canvas", "audio", "video", "map", "applet", "frame", "rt", "rp",
    }
)  # fmt: skip
_BLOCK = frozenset(
    {
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section",
        "article", "main", "header", "footer", "nav", "aside", "form", "fieldset", "center",
        "blockquote", "address", "figure", "figcaption", "details", "summary", "hr", "caption", "body",
        "html", "head", "pre", "textarea", "ucapcontent", "ucaptitle", "publishtime", "title",
    }
)  # fmt: skip
_KEPT_BREAKS = frozenset({"pre", "textarea"})
_SHOWN_FIELDS = frozenset({"text", "number"})
_HEADINGS = frozenset({"h1", "h2", "ucaptitle", "center"})
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SMALL_PICTURE = 100
"""Width or height, in pixels as declared, below which a picture is decoration."""


class Place(NamedTuple):
    """The nearest block element: where a paragraph begins and ends."""

    element: Tag
    locator: str
    prominent: bool
    keeps_breaks: bool


@dataclass(slots=True)
class Walk:
    """What the walk found; `meta` keeps the first value of each meta name, `marked` all id/class divs."""

    blocks: list[Placed] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    marked: list[Tag] = field(default_factory=list)


class _Frame(NamedTuple):
    children: Iterator[PageElement]
    element: Tag
    blocks: list[Placed]  # the flow outside this element
    opened: str  # block, table, cell or inline


def walk_page(soup: BeautifulSoup) -> Walk:
    """Visit the page; raises UnreadableDocument beyond the limits on depth and number of blocks."""
    return _Walker(soup).run()


class _Walker:
    """The state of the walk: the open elements, tables and the text of the open paragraph."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.result = Walk()
        self.flow = self.result.blocks
        self.buffer: list[str] = []
        self.places = [Place(soup, "body", False, False)]
        self.tables: list[RawTable] = []
        self.counts: dict[str, int] = {}
        self.stack = [_Frame(iter(soup.contents), soup, self.flow, "inline")]
        self.block_count = 0

    def run(self) -> Walk:
        stack = self.stack
        while stack:
            for node in stack[-1].children:
                kind = node.__class__
                if kind is NavigableString or kind is CData:
                    self.buffer.append(str(node))
                elif isinstance(node, Tag) and self.enter(node):
                    break
            else:
                self.leave(stack.pop())
        self.flush()
        return self.result

    def enter(self, element: Tag) -> bool:
        """Open `element`; False where its children are not visited."""
        name = element.name
        if name in _SKIPPED or self._is_hidden(element):
            self._count_below(element)
            return False
        if name == "br":
            self._break_line()
            return bool(element.contents) and self._push(element, "inline")
        if name in _BLOCK:
            return self._open_block(element)
        if name == "td" or name == "th":
            return self._open_cell(element)
        if name == "table":
            return self._open_table(element)
        if name == "tr" and self.tables:
            self.flush()
            self.tables[-1].rows.append([])
        elif name == "meta":
            self._read_meta(element)
        elif name == "img":
            self._add_picture(element)
        elif name == "input":
            self._read_field(element)
        return self._push(element, "inline")

    def leave(self, frame: _Frame) -> None:
        """Close what `enter` opened."""
        if frame.opened == "inline":
            return
        self.flush()
        if frame.opened == "table":
            table = self.tables.pop()
            self.flow.extend(lay_out(expand(table.rows), table.element))
            return
        self.places.pop()
        self.flow = frame.blocks

    def flush(self) -> None:
        """End the open paragraph."""
        if not self.buffer:
            return
        raw = "".join(self.buffer)
        self.buffer.clear()
        if raw.isspace():
            return
        place = self.places[-1]
        for line in raw.split("\n") if place.keeps_breaks else (raw,):
            text = _collapse(line)
            if text:
                anchor = Anchor(locator=place.locator)
                self._add(Paragraph(text, anchor, place.prominent), place.element)

    def _add(self, block: Block, element: Tag) -> None:
        self.block_count += 1
        if self.block_count > MAX_BLOCKS:
            raise TooLarge(f"网页段落过多，超过上限 {MAX_BLOCKS}")
        self.flow.append(Placed(block, element))

    def _push(self, element: Tag, opened: str, flow: list[Placed] | None = None) -> bool:
        if len(self.stack) > MAX_DEPTH:
            raise TooLarge(f"网页嵌套过深，超过 {MAX_DEPTH} 层")
        contents = element.contents
        frame = _Frame(iter(contents), element, self.flow if flow is None else flow, opened)
        if not contents or (len(contents) == 1 and contents[0].__class__ is NavigableString):
            self.buffer += map(str, contents)
            self.leave(frame)
            return False
        self.stack.append(frame)
        return True

    def _open_block(self, element: Tag) -> bool:
        self.flush()
        name = element.name
        if "id" in element.attrs or "class" in element.attrs:
            self.result.marked.append(element)
        number = self.counts[name] = self.counts.get(name, 0) + 1
        prominent = name in _HEADINGS or self.places[-1].prominent or _is_centred(element)
        keeps_breaks = name in _KEPT_BREAKS or self.places[-1].keeps_breaks
        self.places.append(Place(element, f"{name}[{number}]", prominent, keeps_breaks))
        return self._push(element, "block")

    def _open_table(self, element: Tag) -> bool:
        self.flush()
        number = self.counts["table"] = self.counts.get("table", 0) + 1
        self.tables.append(RawTable(element, number))
        return self._push(element, "table")

    def _open_cell(self, element: Tag) -> bool:
        self.flush()
        if not self.tables:
            self.places.append(Place(element, element.name, False, False))
            return self._push(element, "block")
        table = self.tables[-1]
        if not table.rows:
            table.rows.append([])
        row = table.rows[-1]
        locator = f"table[{table.number}]/tr[{len(table.rows)}]/td[{len(row) + 1}]"
        cell = SpanCell(locator, rowspan=_span(element, "rowspan"), colspan=_span(element, "colspan"))
        row.append(cell)
        self.places.append(Place(element, locator, _is_centred(element), False))
        outside, self.flow = self.flow, cell.blocks
        return self._push(element, "block", outside)

    def _break_line(self) -> None:
        if self.places[-1].keeps_breaks:
            self.buffer.append("\n")
        else:
            self.flush()

    def _read_meta(self, element: Tag) -> None:
        name, value = element.get("name"), element.get("content")
        if isinstance(name, str) and isinstance(value, str) and value.strip():
            self.result.meta.setdefault(name.strip().lower(), clean(value).strip())

    def _read_field(self, element: Tag) -> None:
        """Read a form field as the page shows it: some portals publish tables as filled-in forms."""
        value = element.get("value")
        if isinstance(value, str) and str(element.get("type", "text")).lower() in _SHOWN_FIELDS:
            self.buffer.append(value)

    def _add_picture(self, element: Tag) -> None:
        sizes = [str(element.get(side, "")).removesuffix("px") for side in ("width", "height")]
        if any(size.isascii() and size.isdigit() and int(size[:6]) < _SMALL_PICTURE for size in sizes):
            return
        number = self.counts["img"] = self.counts.get("img", 0) + 1
        self.flush()
        self._add(Picture(Anchor(locator=f"img[{number}]")), element)

    def _is_hidden(self, element: Tag) -> bool:
        style = element.attrs.get("style")
        return style is not None and _HIDDEN.search(str(style)) is not None

    def _count_below(self, element: Tag) -> None:
        """Keep the numbers of locators right: what is skipped counts too."""
        if element.contents:
            for below in (element, *element.find_all(True)):
                self.counts[below.name] = self.counts.get(below.name, 0) + 1


def _is_centred(element: Tag) -> bool:
    attrs = element.attrs
    if attrs.get("align") == "center":
        return True
    style = attrs.get("style")
    return style is not None and _CENTRED.search(str(style)) is not None


def _span(element: Tag, name: str) -> int:
    """Return a span attribute as written, 1 where it is absent or no number; 0 means to the end."""
    value = element.attrs.get(name)
    if value is None:
        return 1
    digits = re.match(r"\s*(\d{1,9})", str(value))
    return int(digits.group(1)) if digits else 1


def _collapse(raw: str) -> str:
    """Apply the white-space rule of HTML; a source line break between CJK characters is no blank."""
    if "\n" in raw:
        parts = [_SPACE.sub(" ", part) for part in raw.split("\n")]
        text = parts[0]
        for part in parts[1:]:
            before, after = text.rstrip(), part.lstrip()
            tight = before and after and is_wide(before[-1]) and is_wide(after[0])
            text = before + after if tight else f"{text} {part}"
    else:
        text = raw
    return clean(text.replace("\n", " ").replace("\r", " ")).strip()
