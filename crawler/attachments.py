"""The files that a page carries: by link, frame, script or download servlet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.links import address_of
from crawler.pages import Element, Page, finder, words_of
from crawler.relevance import is_explanation

ENDINGS = ("pdf", "doc", "docx", "wps", "ofd", "xls", "xlsx", "et", "zip", "rar", "7z", "rtf", "jpg", "jpeg",
           "png", "tif", "tiff")  # fmt: skip
MOST_ATTACHMENTS = 30

_FILE = re.compile(rf"\.(?:{'|'.join(ENDINGS)})$", re.IGNORECASE)
_SERVLET = re.compile(
    r"downfile|download(?:\.jsp|\.do|\.action|file|attach|servlet|\?|/\d)|_content/download|/attach(?:ment)?/"
    r"|getfile|filedown|downloadattach|attachment[./?]\w*(?:down|id=)|wbfileid=",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(rf"\.(?:{'|'.join(ENDINGS)})[\s)）】\]]*$", re.IGNORECASE)
"""What a link to a file is called where its address does not tell."""
_DOWNLOADING = re.compile(
    r"\b(?:down|file_?down|attach_?down|do_?down|to_?down|get_?file)\w*\s*\(", re.IGNORECASE
)
_QUOTED_FILE = re.compile(r"""['"]([^'"\s<>]+\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar|rtf))['"]""", re.IGNORECASE)
_QUOTED_ENDINGS = (".pdf", ".doc", ".wps", ".ofd", ".xls", ".zip", ".rar", ".rtf")
_ENDING_HINT = re.compile(r"\.(?:pdf|doc|wps|ofd|xls|et|zip|rar|7z|rtf|jp|png|tif)")
_HINTS = ("down", "attach", "getfile", "wbfileid=")
"""What an address of a file has somewhere in it: a quick look before the patterns above."""
_HINTS_OF_SCRIPTS = ("onclick", "javascript:")
_with_address = finder("//*[@href or @onclick]")
_handlers = finder("//@*[starts-with(name(), 'on')]")
_data = finder("//@*[starts-with(name(), 'data-')]")
_FRAMES = (("iframe", "src"), ("frame", "src"), ("embed", "src"), ("object", "data"))


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside or inside a page; `title` is what the link calls it."""

    url: str
    title: str


def ending_of(url: str) -> str:
    """Return the file ending that an address shows, lower case, or an empty string.

    Also looks into the query, where download servlets name the file (`filename=a.pdf`).
    """
    parts = urlsplit(url)
    names = [parts.path, *(value for _, value in parse_qsl(parts.query))]
    for name in names:
        match = _FILE.search(unquote(name).strip())
        if match:
            return match.group()[1:].lower()
    return ""


def is_file(url: str) -> bool:
    """Tell whether an address looks like a file to download rather than a page."""
    return bool(ending_of(url)) or bool(_SERVLET.search(url))


@lru_cache(maxsize=8192)
def _may_lead_to_file(href: str) -> bool:
    """Look at a raw address before it is made absolute: most links are pages."""
    if href[:11].lower() == "javascript:":
        return True
    return _has_hint(href.lower())


def _has_hint(small: str) -> bool:
    return _ENDING_HINT.search(small) is not None or any(hint in small for hint in _HINTS)


def read_attachments(page: Page) -> tuple[Attachment, ...]:
    """Return the files that the page links, frames or names in its scripts, each address once."""
    found: dict[str, Attachment] = {}
    has_hint = _has_hint(page.skeleton)
    may_link = has_hint or any(hint in page.skeleton for hint in _HINTS_OF_SCRIPTS)
    linked, quoted = _linked(page) if may_link else (), _quoted(page) if has_hint else ()
    for url, title in (*linked, *_framed(page), *quoted):
        if url != page.url and not is_explanation(title) and (url not in found or not found[url].title):
            found[url] = Attachment(url, title)
    return tuple(found.values())[:MOST_ATTACHMENTS]


def read_frames(page: Page) -> tuple[str, ...]:
    """Return the addresses of inner pages, which may hold the list or the report itself."""
    urls = [url for _, url in _frames(page) if not is_file(url)]
    return tuple(dict.fromkeys(url for url in urls if url != page.url))


def _linked(page: Page) -> Iterator[tuple[str, str]]:
    for element in _with_address(page.root):
        name = words_of(element) or element.get("title") or ""
        is_called_file = _FILE_NAME.search(name) is not None
        if is_called_file or _may_lead_to_file(element.get("href") or "") or element.get("onclick"):
            url = address_of(page, element)
            if url is not None and (is_called_file or is_file(url) or _downloads(element)):
                yield url, name


def _downloads(element: Element) -> bool:
    """Tell by its script's name that a link brings a file, whatever its address looks like."""
    return bool(_DOWNLOADING.search(f"{element.get('onclick') or ''} {element.get('href') or ''}"))


def _frames(page: Page) -> Iterator[tuple[Element, str]]:
    for tag, attribute in _FRAMES:
        if f"<{tag}" not in page.skeleton:
            continue
        for element in page.root.iter(tag):
            url = page.absolute(element.get(attribute) or "")
            if url is not None:
                yield element, url


def _framed(page: Page) -> Iterator[tuple[str, str]]:
    for element, url in _frames(page):
        inner = _viewed_file(page, url)
        if inner is not None or is_file(url):
            yield inner or url, element.get("title") or ""


def _viewed_file(page: Page, url: str) -> str | None:
    """Return the file that a viewer page shows (`viewer.html?file=/a/b.pdf`)."""
    for _, value in parse_qsl(urlsplit(url).query):
        if "/" in value and _FILE.search(value):
            return page.absolute(value)
    return None


def _quoted(page: Page) -> Iterator[tuple[str, str]]:
    if not any(ending in page.skeleton for ending in _QUOTED_ENDINGS):
        return
    for text in _scripts(page):
        for match in _QUOTED_FILE.finditer(text):
            url = page.absolute(match.group(1))
            if url is not None:
                yield url, ""


def _scripts(page: Page) -> Iterator[str]:
    """Return what may hold addresses for scripts; a link's title that ends in .pdf is only a name."""
    yield from _handlers(page.root)
    yield from (f'"{value}"' for value in _data(page.root))
    yield from page.scripts
