"""The next page of a list, by what list pages of all families have in common.

`createPageHTML(3, 0, "index", "html")` counts pages from 0 (TRS: index_1.html is page 2), its longer
form `createPageHTML('page-div', 3, 1, 'list', 'shtml', 57)` from 1 (UCAP: list_2.shtml is page 2); in
both the next page's number is the current one plus 1. Countdown pages (VSB) and all others link it.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from crawler.links import address_of
from crawler.pages import Page, words_of

_NEXT = re.compile(
    r"^[\s\[【<>«»›→]*(?:下一?页|下一頁|后一?页|下页|next(?:\s*page)?)[\s\]】<>«»›→]*$", re.IGNORECASE
)
_ARROW = re.compile(r"^\s*(?:>|›|»|＞)\s*$")
_CREATE = re.compile(
    r"""createPageHTML\w*\(\s*(?P<box>['"][^'"]*['"]\s*,\s*)?(?P<total>\d+)\s*,\s*(?P<current>\d+)\s*,"""
    r"""\s*['"](?P<name>[^'"]+)['"]\s*,\s*['"](?P<ending>\w+)['"]"""
)
_COUNT = re.compile(r"\bcountPage\s*=\s*(\d+)")
_CURRENT = re.compile(r"\bcurrentPage\s*=\s*(\d+)")
_FILE = re.compile(r"(?P<name>[^/]*?)(?:_(?P<number>\d+))?\.(?P<ending>s?html?|jhtml)$")


def next_page(page: Page, number: int) -> str | None:
    """Return the address of the page after page `number` (from 1), or None on the last one."""
    following = _linked(page) or _scripted(page) or _counted(page) or _numbered(page, number + 1)
    return following if following != page.url else None


def _linked(page: Page) -> str | None:
    for element in page.root.iter("a"):
        name = words_of(element)
        if _NEXT.match(name) or _NEXT.match(element.get("title") or "") or _ARROW.match(name):
            url = address_of(page, element)
            if url is not None and "disabled" not in (element.get("class") or ""):
                return url
    return None


def _scripted(page: Page) -> str | None:
    match = _CREATE.search(page.text)
    if match is None:
        return None
    following = int(match["current"]) + 1
    last = int(match["total"]) if match["box"] else int(match["total"]) - 1
    if following > last:
        return None
    return urljoin(page.url, f"{match['name']}_{following}.{match['ending']}")


def _counted(page: Page) -> str | None:
    """TRS pages that write their paging themselves: var countPage = 5; var currentPage = 0;."""
    count, current = _COUNT.search(page.text), _CURRENT.search(page.text)
    file = _FILE.search(urlsplit(page.url).path)
    name, ending = (file["name"], file["ending"]) if file else ("index", "html")
    number = int(current[1] if current else (file and file["number"]) or 0)
    if count is None or number + 1 >= int(count[1]):
        return None
    return urljoin(page.url, f"{name or 'index'}_{number + 1}.{ending}")


def _numbered(page: Page, number: int) -> str | None:
    """Follow the link that is called by the next page's number, if page numbers stand beside it."""
    found: dict[str, str] = {}
    for element in page.root.iter("a"):
        name = words_of(element).strip("[]【】 ")
        if name.isdigit() and len(name) <= len(str(number)) + 1:
            url = address_of(page, element)
            if url is not None:
                found.setdefault(name, url)
    return found.get(str(number)) if len(found) > 1 or number == len(found) + 1 else None
