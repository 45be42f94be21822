"""Links of a page by content: where they lead, what they are called, and the date beside them.

No selector of any site is used. The *row* of a link is the largest element around it that holds no
other link; the date beside a link stands in its row, right behind it, or in a table row or list item
that names one day only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.pages import Element, Page, finder, words_of
from crawler.relevance import could_be_report
from extract.dates import parse_date

_QUOTED_ADDRESS = re.compile(r"""['"]([^'"\s<>()]*[/.][^'"\s<>()]*|\?\w+=[^'"\s<>()]*)['"]""")
_SAYS_NOTHING = re.compile(
    r"^[\[【(（]?(?:点击|立即)?(?:查看|进入|详情|浏览|阅读|下载|打开)(?:详情|全文|内容|报告|年报)?[\]】)）>]*$"
)
_ELLIPSIS = re.compile(r"(?:…+|\.{2,})$")
_DAY = re.compile(r"20\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}")
_EDGE_DAY = re.compile(rf"^\W{{0,4}}{_DAY.pattern}日?\W{{0,4}}|\W{{0,4}}{_DAY.pattern}日?\W{{0,4}}$")
_ROW_ENDS = frozenset({"body", "html", "table", "tbody", "ul", "ol"})
_ROW_ITEMS = frozenset({"tr", "li", "dl"})
_clickable = finder("//a | //area | //*[@onclick][not(.//a)]")
_ASIDE = ("tagname", "data-url", "data-href")
"""Attributes from which a page's script takes the address."""
MOST_LEVELS = 6
MOST_LINKS_OF_A_ROW = 4
MOST_BESIDE_CHARS = 60


@dataclass(frozen=True, slots=True)
class Link:
    """One link. `title` is its best name, `text` the words that are clicked on."""

    url: str
    title: str
    text: str
    shown_on: date | None = None


def read_links(page: Page) -> tuple[Link, ...]:
    """Return the page's links in its order, each address once, with its best title and date."""
    links: dict[str, Link] = {}
    for element, url in _targets(page):
        link = _read(element, url)
        known = links.get(url)
        links[url] = _better(known, link) if known else link
    return tuple(links.values())


def address_of(page: Page, element: Element) -> str | None:
    """Return where an element leads: its href, the address in its href's or onclick's script, or beside."""
    href = (element.get("href") or "").strip()
    if url := page.absolute(href):
        return url
    script = href if href.lower().startswith("javascript:") else ""
    for match in _QUOTED_ADDRESS.finditer(f"{script} {element.get('onclick') or ''}"):
        if url := page.absolute(match.group(1)):
            return url
    return next((url for name in _ASIDE if (url := page.absolute(element.get(name) or ""))), None)


def _targets(page: Page) -> Iterator[tuple[Element, str]]:
    for element in _clickable(page.root):
        url = address_of(page, element)
        if url is not None:
            yield element, url


def _read(element: Element, url: str) -> Link:
    row = _row_of(element)
    words = words_of(element)
    text = _EDGE_DAY.sub("", words) or words
    own_day = parse_date(words) if text != words else None
    return Link(url, _title(element, text, row), text, own_day or _date_beside(element, row, words))


def _better(known: Link, other: Link) -> Link:
    """Keep the more telling of two links to one address: a report's title before any, then the longer."""
    best = max(known, other, key=lambda link: (could_be_report(link.title), len(link.title)))
    return Link(best.url, best.title, best.text, known.shown_on or other.shown_on)


def _title(element: Element, text: str, row: Element) -> str:
    full = (element.get("title") or "").strip()
    if _is_shortened(text, full):
        return full
    names = [text, full]
    names += [(image.get("alt") or "").strip() for image in element.iter("img")]
    if possible := next((name for name in names if could_be_report(name)), None):
        return possible
    near = words_of(row)
    if could_be_report(near):
        return near
    if _SAYS_NOTHING.match(text) and (cell := _name_beside(element)):
        return cell
    return next((name for name in names if name), near)


def _name_beside(element: Element) -> str:
    """Return the first words of a table row whose only links say 查看: the name of what is looked at."""
    row = next((one for one in element.iterancestors() if one.tag == "tr"), None)
    cells = [] if row is None else [words_of(cell) for cell in row if next(cell.iter("a"), None) is None]
    return next((words for words in cells if words and not words.isdigit()), "")


def _is_shortened(text: str, full: str) -> bool:
    """Tell whether the shown words are the beginning of the whole title, which may end in 解读."""
    beginning = _ELLIPSIS.sub("", text).strip()
    return beginning != text and len(full) > len(beginning) and full.startswith(beginning)


def _row_of(element: Element) -> Element:
    """Climb to the largest element that holds no link to elsewhere."""
    row = element
    address = element.get("href")
    for _ in range(MOST_LEVELS):
        parent = row.getparent()
        if parent is None or parent.tag in _ROW_ENDS or _leads_elsewhere(parent, address):
            break
        row = parent
    return row


def _leads_elsewhere(element: Element, address: str | None) -> bool:
    return any(other.get("href") not in {None, address} for other in element.iter("a"))


def _date_beside(element: Element, row: Element, text: str) -> date | None:
    inside = words_of(row).replace(text, " ", 1) if row is not element else ""
    return parse_date(inside) or parse_date(_behind(row)) or _only_date(element)


def _behind(row: Element) -> str:
    """Return the words right behind a row up to the next link, where dates do not lead their links."""
    parent = row.getparent()
    if parent is None or (len(parent) and _is_date(parent[0])):
        return ""
    parts = [row.tail or ""]
    for sibling in row.itersiblings():
        if sibling.tag == "a" or next(sibling.iter("a"), None) is not None:
            break
        parts += [words_of(sibling), sibling.tail or ""]
        if sum(map(len, parts)) > MOST_BESIDE_CHARS:
            break
    return " ".join(parts)[:MOST_BESIDE_CHARS]


def _is_date(element: Element) -> bool:
    return element.tag != "a" and bool(_DAY.fullmatch(words_of(element).strip("[]()【】（） ")))


def _only_date(element: Element) -> date | None:
    """Return the one day that the table row or list item around names, if it is of few links."""
    item = next((one for one in element.iterancestors() if one.tag in _ROW_ITEMS), None)
    if item is None or sum(1 for _ in item.iter("a")) > MOST_LINKS_OF_A_ROW:
        return None
    days = set(_DAY.findall(words_of(item)))
    return parse_date(days.pop()) if len(days) == 1 else None
