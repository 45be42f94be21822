"""The pictures of a report that is published as pictures: whole, or only its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.attachments import Attachment
from crawler.pages import Element, Page, words_of

MOST_PICTURES = 20
LEAST_SIDE = 200
"""Width or height, in pixels as declared, below which a picture is decoration."""

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp|tiff?|webp)(?:$|\?)", re.IGNORECASE)
_LABELS = ("商业企业", "行政许可", "结果维持", "自然人")
_AROUND = re.compile(
    r"^(?:nav|header?|footer?|foot|menu|side|sidebar|crumbs?|share|bottom|top|logo)(?:[-_\d]|$)",
    re.IGNORECASE,
)
_AROUND_TAGS = frozenset({"nav", "header", "footer", "aside"})
_DECORATION = re.compile(
    r"logo|icon|banner|button|btn|arrow|sprite|share|print|qrcode|ewm|erweima|weixin|weibo|wechat|jiucuo|dzjg"
    r"|beian|gongan|/(?:css|skin|theme|template|tpl)s?/",
    re.IGNORECASE,
)
_SOURCES = ("src", "data-src", "data-original", "oldsrc", "_src")


def has_official_table(page: Page) -> bool:
    """Tell whether one of the report's tables stands in the page as text."""
    places = [page.text.find(label) for label in _LABELS]
    if any(place >= 0 and _is_in_table(page.text, place) for place in places):
        return True
    return any(any(label in words_of(table) for label in _LABELS) for table in page.root.iter("table"))


def _is_in_table(source: str, place: int) -> bool:
    """Tell by the tags before a place of the source, which spares most reports their parsing."""
    return source.rfind("<table", 0, place) > source.rfind("</table", 0, place)


def read_pictures(page: Page) -> tuple[Attachment, ...]:
    """Return the page's pictures that are no decoration, in its order, at most MOST_PICTURES."""
    found: dict[str, Attachment] = {}
    for image in page.root.iter("img"):
        if _is_decoration(image):
            continue
        url = next(_addresses(page, image), None)
        if url is not None and not _DECORATION.search(url):
            found.setdefault(url, Attachment(url, (image.get("alt") or image.get("title") or "").strip()))
    return tuple(found.values())[:MOST_PICTURES]


def _addresses(page: Page, image: Element) -> Iterator[str]:
    """Yield where a picture may be; scripts that load late keep its address in an attribute of their own."""
    for name in reversed(_SOURCES):
        url = page.absolute(image.get(name) or "")
        if url is not None and _PICTURE.search(url):
            yield url


def _is_decoration(image: Element) -> bool:
    sides = [re.match(r"\d{1,6}", image.get(side) or "") for side in ("width", "height")]
    if any(side and int(side.group()) < LEAST_SIDE for side in sides):
        return True
    return any(_is_around(parent) for parent in image.iterancestors())


def _is_around(element: Element) -> bool:
    if element.tag in _AROUND_TAGS:
        return True
    marks = [*(element.get("class") or "").split(), element.get("id") or ""]
    return any(_AROUND.match(mark) for mark in marks)
