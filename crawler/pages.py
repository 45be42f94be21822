"""A page as the spiders read it: decoded by its bytes, parsed once, with absolute addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeAlias, cast
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree
from lxml.etree import _Element
from w3lib.url import safe_url_string

from extract import media

Element: TypeAlias = _Element

_JSESSION = re.compile(r";jsessionid=[^?#]*", re.IGNORECASE)
_PLAIN = re.compile(r"[\w\-.~:/?=&%+,;@!$*()']+", re.ASCII)
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script", re.DOTALL | re.IGNORECASE)
_HIDDEN = ("script", "style", "template")
_STRING = etree.XPath("string()", smart_strings=False)
MOST_SLASHES_OF_ROOT = 3
ADDRESSES_REMEMBERED = 8192
"""A navigation bar leads to the same places from every page."""


sniffed = lru_cache(maxsize=1)(media.sniff)
"""What bytes are; an answer is judged and read one after the other, and both ask."""


@dataclass(frozen=True)
class Page:
    """Bytes that came from `url` (the last of a chain) for the target `asked` (with a POST's body)."""

    url: str
    content: bytes
    asked: str = ""

    @cached_property
    def media_type(self) -> str:
        """What the bytes are (extract.media)."""
        return sniffed(self.content)

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
    def skeleton(self) -> str:
        """The source's ASCII in small letters: tags and addresses, to see what cannot be in the page."""
        return self.text.encode("ascii", "ignore").decode("ascii").lower()

    @cached_property
    def root(self) -> Element:
        """The parsed document without scripts and styles; an empty one where nothing can be parsed."""
        parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
        try:
            root = etree.fromstring(self.text.encode("utf-8", "replace"), parser)
        except (etree.ParserError, etree.XMLSyntaxError):
            root = None
        if root is None:
            return etree.Element("html")
        etree.strip_elements(root, *_HIDDEN, with_tail=False)
        return root

    @cached_property
    def anchors(self) -> tuple[tuple[Element, str], ...]:
        """The page's `a` elements in order, each with its words; every way of paging looks at them."""
        return tuple((element, words_of(element)) for element in self.root.iter("a"))

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """The text of the page's scripts."""
        return tuple(_SCRIPT.findall(self.text))

    @cached_property
    def base(self) -> str:
        """The address that relative links start from: <base href> if it is one, else the page's own."""
        hrefs = (element.get("href") or "" for element in self.root.iter("base"))
        return next((address for href in hrefs if (address := absolute(self.url, href))), self.url)

    def absolute(self, href: str) -> str | None:
        """Return a link's address as it is stored and asked, or None where it is no http(s) address."""
        return absolute(self.base, href)


def absolute(base: str, href: str) -> str | None:
    """Join, drop fragment and session id, and escape as a browser does; None for other schemes."""
    cleaned = href.strip()
    if not cleaned or cleaned.startswith(("#", "javascript:", "mailto:", "data:", "tel:")):
        return None
    return _joined(base if cleaned[0] in "?;" else _folder(base), cleaned)


@lru_cache(maxsize=ADDRESSES_REMEMBERED)
def _folder(url: str) -> str:
    """Return the part of an address that links depend on, but for those that begin with `?` or `;`."""
    folder = url.partition("#")[0].partition("?")[0].rpartition("/")[0] + "/"
    return folder if folder.count("/") > 2 else url


@lru_cache(maxsize=ADDRESSES_REMEMBERED)
def _joined(base: str, href: str) -> str | None:
    cleaned = "".join(href.split("\n")).replace("\r", "").replace("\t", "").strip().replace("\\", "/")
    try:
        joined = urldefrag(urljoin(base, cleaned)).url
        parts = urlsplit(joined)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        return None
    if ";" in joined:
        joined = _JSESSION.sub("", joined)
    return joined if _PLAIN.fullmatch(joined) and parts.path else str(safe_url_string(joined))


def is_below(page_url: str, url: str) -> bool:
    """Tell whether an address is in the page's own folder or below it; a host's root is no folder."""
    folder = _folder(page_url)
    return folder.count("/") > MOST_SLASHES_OF_ROOT and url != page_url and url.startswith(folder)


def on_same_scheme(page_url: str, url: str) -> str:
    """Return a link to the page's own host with the page's scheme: hosts without TLS link to https, too."""
    page, link = urlsplit(page_url), urlsplit(url)
    if page.netloc == link.netloc and page.scheme == "http" and link.scheme == "https":
        return url.replace("https:", "http:", 1)
    return url


def finder(expression: str) -> Callable[[Element], list[Any]]:
    """Return a function that finds what an XPath expression names, elements or texts, in page order."""
    compiled = etree.XPath(expression, smart_strings=False)
    return lambda element: cast("list[Any]", compiled(element))


def words_of(element: Element) -> str:
    """Return the words inside an element, blanks folded."""
    return " ".join(str(_STRING(element)).split())
