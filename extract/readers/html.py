"""HTML pages: the report in a portal's article, its tables with spans expanded (BeautifulSoup).

`read_html` is also what the readers of containers of HTML (MHTML) end in.
"""

from __future__ import annotations

import json
import re

from bs4 import BeautifulSoup

from extract.errors import TooLarge
from extract.media import HTML, decode
from extract.model import NormalizedText
from extract.page_data import unfold
from extract.readers.canonical import Source, compose
from extract.readers.garbage import collected_at_once
from extract.readers.html_content import split_page
from extract.readers.html_hints import given_title, page_hints
from extract.readers.html_walk import Walk, walk_page
from extract.readers.limits import MAX_TEXT_BYTES

MEDIA_TYPES = frozenset({HTML})
VERSION = 1
_XML_DECLARATION = re.compile(r"^[\s\ufeff]*<\?xml[^>]*>")
_CONTENT_IN_SCRIPT = re.compile(r'"content"\s*:\s*("(?:[^"\\]|\\.){200,}")')
_FEW_BLOCKS = 10


def accepts(media_type: str) -> bool:
    """Tell whether this reader takes documents of `media_type`."""
    return media_type in MEDIA_TYPES


def read(content: bytes) -> NormalizedText:
    """Read a page; anchors are `table[N]/tr[R]/td[C]` and, outside tables, `TAG[N]`."""
    if len(content) > MAX_TEXT_BYTES:
        raise TooLarge(f"网页有 {len(content)} 字节，超过上限 {MAX_TEXT_BYTES}")
    return read_html(decode(content), HTML)


def read_html(markup: str, media_type: str) -> NormalizedText:
    """Read decoded markup; `media_type` is that of the document it came in."""
    with collected_at_once():
        return _read(markup, media_type)


def _read(markup: str, media_type: str) -> NormalizedText:
    walk = _walk(markup)
    parts = split_page(walk)
    hints = page_hints(walk, parts)
    if unfolded := unfold(markup):
        walk = _walk(unfolded)
        parts = split_page(walk)
        hints |= page_hints(walk, parts)
    report = parts.report
    if len(report) < _FEW_BLOCKS and (hidden := _content_in_script(markup)):
        report = split_page(_walk(hidden)).report
    return compose(report, Source(media_type, "html", VERSION, given_title(hints), hints=hints))


def _walk(markup: str) -> Walk:
    text = _XML_DECLARATION.sub("", markup.replace("\x00", ""))
    return walk_page(BeautifulSoup(text, "lxml", multi_valued_attributes=None))


def _content_in_script(markup: str) -> str:
    """Return the article that some systems carry as a JSON string for their script to show."""
    longest = max(_CONTENT_IN_SCRIPT.findall(markup), key=len, default="")
    try:
        return str(json.loads(longest)) if longest else ""
    except ValueError:
        return ""
