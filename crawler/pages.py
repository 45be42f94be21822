"""A page as the spiders read it: decoded by its bytes, parsed once, with absolute addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree, html
from lxml.etree import _Element
from w3lib.url import safe_url_string

from extract import media

Element: TypeAlias = _Element

_JSESSION = re.compile(r";jsessionid=[^?#]*", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_HIDDEN = frozenset({"script", "style", "noscript", "template"})


@dataclass(frozen=True)
class Page:
    """Bytes that came from `url` (the last of a chain)."""

    url: str
    content: bytes

    @cached_property
    def media_type(self) -> str:
        """What the bytes are (extract.media)."""
        return media.sniff(self.content)

    @property
    def is_html(self) -> bool:
        """Whether there are elements to read; a bare fragment with links is a page, too."""
        return self.media_type == media.HTML or (
            self.media_type == media.TEXT and self.content.lstrip()[:1] == b"<" and b"<a " in self.content
        )

    @cached_property
    def text(self) -> str:
        """The source, decoded by its bytes."""
        return media.decode(self.content)

    @cached_property
    def root(self) -> Element:
        """The parsed document; an empty one where nothing can be parsed."""
        parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
        try:
            root = etree.fromstring(self.text.encode("utf-8", "replace"), parser)
        except (etree.ParserError, etree.XMLSyntaxError):
            root = None
        return html.Element("html") if root is None else root

    @cached_property
    def base(self) -> str:
        """The address that relative links start from: <base href>, else the page's own."""
        for element in self.root.iter("base"):
            if href := (element.get("href") or "").strip():
                return urljoin(self.url, href)
        return self.url

    def absolute(self, href: str) -> str | None:
        """Return a link's address as it is stored and asked, or None where it is no http(s) address."""
        return absolute(self.base, href)


def absolute(base: str, href: str) -> str | None:
    """Join, drop fragment and session id, and escape as a browser does; None for other schemes."""
    cleaned = "".join(href.split("\n")).replace("\r", "").replace("\t", "").strip().replace("\\", "/")
    if not cleaned or cleaned.startswith(("#", "javascript:", "mailto:", "data:", "tel:")):
        return None
    try:
        joined = urldefrag(urljoin(base, cleaned)).url
        parts = urlsplit(joined)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        return None
    return str(safe_url_string(_JSESSION.sub("", joined)))


def words_of(element: Element) -> str:
    """Return the visible words inside an element, blanks folded."""
    parts: list[str] = []
    _collect(element, parts)
    return _BLANKS.sub(" ", "".join(parts)).strip()


def _collect(element: Element, parts: list[str]) -> None:
    for node in element.iter():
        if isinstance(node.tag, str) and node.tag not in _HIDDEN:
            parts.append(node.text or "")
        if node is not element:
            parts.append(node.tail or "")
