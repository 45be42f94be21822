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
    r"^[\s\[【<>«»›→]*(?:下一?页|下一頁|后一?页|下页|加载更多|next(?:\s*page)?)[\s\]】<>«»›→]*$",
    re.IGNORECASE,
)
_ARROW = re.compile(r"^\s*(?:>|›|»|＞)\s*$")
_HINTS = ("下一页", "下页", "»", ">>", "&gt;&gt;", "＞＞")
_DOUBLE = re.compile(r"^\s*(?:>>|»|››|＞＞)\s*$")
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])next(?:$|[\s_-]|page)", re.IGNORECASE)
_DISABLED = re.compile(r"disabled?|\bno\b")
_CREATE = re.compile(
    r"""createPage(?:HTML)?\w*\(\s*(?P<box>['"][^'"]*['"]\s*,\s*)?(?P<total>\d+)\s*,\s*(?P<current>\d+)\s*,"""
    r"""\s*['"](?P<name>[^'"]+)['"]\s*,\s*['"](?P<ending>\w+)['"]"""
)
_COUNT = re.compile(r"\b(?:countPage|m_nPageCount|nPageCount)\s*=\s*(\d+)")
_COUNT_HINTS = ("countpage", "pagecount")
_CURRENT = re.compile(r"\b(?:currentPage|m_nCurrPage|nCurrIndex)\s*=\s*(\d+)")
_PAGER = re.compile(
    r"""\bPager\(\{[^}]*?size\s*:\s*(?P<total>\d+)[^}]*?current\s*:\s*(?P<current>\d+)"""
    r"""[^}]*?prefix\s*:\s*['"](?P<name>[^'"]+)['"][^}]*?suffix\s*:\s*['"](?P<ending>\w+)['"]"""
)
_STATIC = re.compile(r"\.(html|shtml|htm)\b")
_FILE = re.compile(r"(?P<name>[^/]*?)(?:_(?P<number>\d+))?\.(?P<ending>s?html?|jhtml)$")


def next_page(page: Page, number: int) -> str | None:
    """Return the address of the page after page `number` (from 1), or None on the last one."""
    ways = (_linked, _scripted, _counted, lambda one: _numbered(one, number + 1),
            lambda one: _chosen(one, number + 1), _hinted)  # fmt: skip
    following = next((url for way in ways if (url := way(page)) is not None), None)
    return following if following != page.url else None


def _linked(page: Page) -> str | None:
    for element, name in page.anchors:
        if _NEXT.match(name) or _NEXT.match(element.get("title") or "") or _ARROW.match(name):
            url = address_of(page, element)
            if url is not None and "disabled" not in (element.get("class") or ""):
                return url
    return None


def _hinted(page: Page) -> str | None:
    """Follow what only a picture's name, a class or rel calls the next page, or a lone double arrow."""
    if "next" not in page.skeleton and not any(
        sign in page.text for sign in ("下一页", "下页", "»", ">>", "&gt;&gt;")
    ):
        return None
    double = None
    for element, words in page.anchors:
        url = None if _DISABLED.search(element.get("class") or "") else address_of(page, element)
        if url is None:
            continue
        names = [element.get("aria-label") or "", *(image.get("alt") or "" for image in element.iter("img"))]
        if (element.get("rel") or "").lower() == "next" or any(map(_NEXT.match, names)):
            return url
        if _NEXT_CLASS.search(element.get("class") or "") and not words.isdigit():
            return url
        if _DOUBLE.match(words):
            double = url
    return double


def _chosen(page: Page, number: int) -> str | None:
    """Follow the option of a list of pages that is called by the next page's number."""
    for option in page.root.iter("option"):
        name, value = words_of(option).strip("第页 "), option.get("value") or ""
        if name == str(number) and ("/" in value or "." in value or "?" in value):
            return page.absolute(value)
    return None


def _scripted(page: Page) -> str | None:
    match = _CREATE.search(page.text) or ("Pager({" in page.text and _PAGER.search(page.text)) or None
    if match is None:
        return None
    following = int(match["current"]) + 1
    last = int(match["total"]) if match.groupdict().get("box") else int(match["total"]) - 1
    if following > last:
        return None
    return urljoin(page.url, f"{match['name']}_{following}.{match['ending']}")


def _counted(page: Page) -> str | None:
    """TRS pages that write their paging themselves: var countPage = 5; var currentPage = 0;."""
    if not any(sign in page.skeleton for sign in _COUNT_HINTS):
        return None
    count, current = _COUNT.search(page.text), _CURRENT.search(page.text)
    file = _FILE.search(urlsplit(page.url).path)
    name, ending = (file["name"], file["ending"]) if file else ("index", _ending_of_links(page))
    number = int(current[1] if current else (file and file["number"]) or 0)
    if count is None or number + 1 >= int(count[1]):
        return None
    return urljoin(page.url, f"{name or 'index'}_{number + 1}.{ending}")


def _ending_of_links(page: Page) -> str:
    """Return the ending that most static pages of the site have."""
    endings = _STATIC.findall(page.skeleton)
    return max(("html", "shtml", "htm"), key=endings.count)


def _numbered(page: Page, number: int) -> str | None:
    """Follow the link that is called by the next page's number, if page numbers stand beside it."""
    found: dict[str, str] = {}
    for element, words in page.anchors:
        name = words.strip("[]【】 ")
        if name.isdigit() and len(name) <= len(str(number)) + 1:
            url = address_of(page, element)
            if url is not None:
                found.setdefault(name, url)
    return found.get(str(number)) if len(found) > 1 or number == len(found) + 1 else None
