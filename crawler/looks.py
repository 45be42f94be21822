"""What is seen of a page without parsing it: its shown bytes, title, links, and what it has to offer.

*Own* bytes are those shown outside of links: menus and lists of links say the same on every page of a
site, also around an error or a refusal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from crawler import markers

LITTLE_BYTES = 1800
"""Visible bytes below which words and scripts of a challenge decide (about 600 characters)."""
FEW_LINKS = 8
"""Links from which on a page is no challenge, however little it says."""
MUCH_OWN_BYTES = 900
"""Own bytes from which on an article is taken to say something (about 300 characters)."""

_NOISE = re.compile(
    rb"<(?:(?=[!st])(?:!--[^-]*+(?:-(?!->)[^-]*+)*+-->"
    rb"|(script|style|template)\b[^<]*+(?:<(?!/\1\s*>)[^<]*+)*+</\1\s*>)|[^>]*>)",
    re.IGNORECASE,
)
"""Comments, scripts and tags. Every page of a list goes through it: most tags fail at their first letter."""
_ANCHOR = re.compile(rb"<a\b[^>]*>.*?</a\s*>", re.DOTALL | re.IGNORECASE)
_NAMED_BLANKS = re.compile(rb"&(?:nbsp|#160|ensp|emsp);")
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.DOTALL | re.IGNORECASE)
_HEADING = re.compile(rb"<h[1-3][^>]*>(.*?)</h[1-3]", re.DOTALL | re.IGNORECASE)
_LINK = re.compile(rb"<a\b[^>]*?\bhref\s*=", re.IGNORECASE)
_SCRIPT = re.compile(rb"<script\b", re.IGNORECASE)
_INNER = re.compile(rb"<(?:iframe|frame|embed|object)\b", re.IGNORECASE)
_FILE = re.compile(
    rb"\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar|rtf)\b"
    rb"|(?:href|onclick)\s*=\s*[\"'][^\"'>]*(?:downfile|download|filedown|/attach|getfile|wbfileid)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Look:
    """What is seen of a page; `visible` and `title` are without blanks."""

    content: bytes
    visible: bytes
    title: bytes
    links: int
    has_script: bool

    @property
    def is_bare(self) -> bool:
        """Whether the page shows little and leads almost nowhere."""
        return len(self.visible) < LITTLE_BYTES and self.links < FEW_LINKS

    @cached_property
    def own(self) -> bytes:
        """What is shown outside of links, the title left out."""
        without = _TITLE.sub(b"", _ANCHOR.sub(b" ", self.content)) if self.links else self.content
        return _shown(without)

    @cached_property
    def lists_reports(self) -> bool:
        """Whether a link names a year and disclosure."""
        return markers.REPORT_LINK.search(self.content) is not None

    @property
    def headings(self) -> bytes:
        """What the page's headings say."""
        return _without_blanks(b" ".join(_HEADING.findall(self.content)))

    @property
    def has_page_data(self) -> bool:
        """Whether the page holds data that its family's script turns into a page."""
        return any(sign in self.content for sign in markers.PAGE_DATA)

    @property
    def has_inside(self) -> bool:
        """Whether something to read may be in a frame or in a file."""
        has_frame = (self.title or self.visible) and _INNER.search(self.content)
        return bool(has_frame) or _FILE.search(self.content) is not None


def look_at(content: bytes) -> Look:
    """Look at a page's bytes."""
    title = _TITLE.search(content)
    return Look(
        content,
        visible=_shown(content),
        title=_without_blanks(title.group(1)) if title else b"",
        links=len(_LINK.findall(content)),
        has_script=_SCRIPT.search(content) is not None,
    )


def says_something(look: Look) -> bool:
    """Tell whether a page behind a link has anything of its own to read: a report's words, a file, a text.

    A site's frame around one sentence has not, whatever the sentence is.
    """
    if markers.REPORT_WORDS.search(look.own) or look.has_inside or look.has_page_data or look.lists_reports:
        return True
    names = look.title + look.own
    return len(look.own) >= MUCH_OWN_BYTES or markers.REPORT_NAME.search(names) is not None


def leads_somewhere(look: Look) -> bool:
    """Tell whether a page of links could be a portal's: it has many, or it speaks of disclosure."""
    if look.links >= FEW_LINKS or look.has_inside or look.has_page_data:
        return True
    return markers.DISCLOSURE_WORDS.search(look.visible + look.title) is not None


def _shown(content: bytes) -> bytes:
    return _without_blanks(_NOISE.sub(b" ", content))


def _without_blanks(content: bytes) -> bytes:
    return b"".join(_NAMED_BLANKS.sub(b"", content).split())
