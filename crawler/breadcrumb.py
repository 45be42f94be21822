"""The line by which a page says where on its site it stands: 当前位置: 首页 > 政府信息公开年报.

Theory. It is read from the source, which spares most articles their parsing: from the first 当前位置
that is shown, and only as far as a line goes. Where that is doubtful it is read from the parsed page.
"""

from __future__ import annotations

import re
from html import unescape

from crawler.pages import Page, words_of

LONGEST_BREADCRUMB = 200
MOST_BREADCRUMB_SOURCE = 4000
USUAL_BREADCRUMB_SOURCE = 1000
LONGEST_ENTITY = 40

_UNSEEN = re.compile(
    r"<(?=[!sth])(?:!--[^-]*+(?:-(?!->)[^-]*+)*+-->"
    r"|(script|style|template|head)\b[^<]*+(?:<(?!/\1\s*>)[^<]*+)*+</\1\s*>)",
    re.IGNORECASE,
)
_CUT = re.compile(r"<(?=[!st])(?:!--|(?:script|style|template)\b)", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_PLACE = "位置"
_HERE = re.compile(r"(?:当前|您的|你的|现在|所在)(?:所在)?的?位置")
LONGEST_HERE = 7
"""Characters of 当前所在的位置, the longest of them."""
_BREADCRUMB = re.compile(rf"{_HERE.pattern}[：:]?\s*([^\n]{{2,200}})")
_CRUMBS = re.compile(r"首页\s*(?:>|&gt;|›|»|/|-|→|＞)[^\n]{2,200}")


def breadcrumb(page: Page) -> str | None:
    """Return the page's 当前位置 line, or None."""
    if _PLACE not in page.text and "首页" not in page.text:
        return None
    line = _shown_breadcrumb(page.text)
    if line is None:
        body = page.root.find("body")
        line = _breadcrumb_in(words_of(page.root if body is None else body)[:20_000])
    return line[:LONGEST_BREADCRUMB].strip() if line else None


def _shown_breadcrumb(source: str) -> str | None:
    """Read the line from the source, which spares most articles their parsing; None where it is doubtful."""
    first = _here(source)
    if first is None:
        return None
    shown = _UNSEEN.sub("", source[: first.end() + MOST_BREADCRUMB_SOURCE])
    here = _here(shown)
    if here is None or _CUT.search(shown, 0, here.start()):  # the first one is not shown
        shown = _UNSEEN.sub("", source)
        here = _here(shown)
    if here is None or shown.rfind("<", 0, here.start()) > shown.rfind(">", 0, here.start()):
        return None
    part = shown[here.start() : here.start() + MOST_BREADCRUMB_SOURCE]
    part = part[: part.rfind("<")]
    return _whole_line(part[:USUAL_BREADCRUMB_SOURCE]) or _breadcrumb_in(_words(part))


def _here(text: str) -> re.Match[str] | None:
    """Find where a line says that it is the page's place, by the word that all such lines have."""
    end = text.find(_PLACE)
    while end >= 0:
        end += len(_PLACE)
        if found := _HERE.search(text, max(0, end - LONGEST_HERE), end):
            return found
        end = text.find(_PLACE, end)
    return None


def _whole_line(part: str) -> str | None:
    """Return the line where so little of the source has all of it: more would say the same."""
    text = _words(part[: part.rfind(">") + 1])
    match = _BREADCRUMB.match(text)
    if match is None or len(match.group(1)) < LONGEST_BREADCRUMB:
        return None
    return match.group(1) if match.end() + LONGEST_ENTITY <= len(text) else None


def _words(source: str) -> str:
    return " ".join(unescape(_TAG.sub("", source)).split())


def _breadcrumb_in(text: str) -> str | None:
    match = _BREADCRUMB.search(text)
    return match.group(1) if match else (_CRUMBS.search(text) or [None])[0]
