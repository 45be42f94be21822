"""Data that a page carries in a script: values by their name, and the article that one may hold.

Theory. On Guangdong's disclosure platform (gkmlpt) the article is not in the page's elements but in
`window._CONFIG.DETAIL`, whose `content` is HTML as a JSON string. `unfold` writes the page that the
platform's own script would show. Pure: the stored original stays as it came.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from extract.dates import SHANGHAI

_DECODER = json.JSONDecoder(strict=False)
_TIMES = ("display_publish_time", "first_publish_time", "publish_time")


def value_named(script: str, name: str) -> Any:  # noqa: ANN401  (any JSON)
    """Return the first JSON value that stands behind `name:` or `name =`, or None where none can be read."""
    for match in re.finditer(rf"""(?<!\w){re.escape(name)}["']?\s*[:=]\s*(?=[\[{{"\d])""", script):
        try:
            return _DECODER.raw_decode(script, match.end())[0]
        except ValueError:
            continue
    return None


def detail_of(markup: str) -> Mapping[str, Any] | None:
    """Return the article that `window._CONFIG` holds under DETAIL, or None."""
    start = markup.find("_CONFIG")
    if start < 0 or (place := re.search(r"(?<!\w)DETAIL\b", markup[start:])) is None:
        return None
    detail = value_named(markup[start:], "DETAIL")
    if not isinstance(detail, dict):
        detail = _strings(markup[start + place.end() :])
    has_text = str(detail.get("content") or "").strip() or _items(detail.get("attachment"))
    return detail if has_text else None


def unfold(markup: str) -> str | None:
    """Return the page that DETAIL stands for: its title, dates and files around its content; else None.

    The body begins with the content, so that locators count within it alone.
    """
    detail = detail_of(markup)
    if detail is None:
        return None
    title = html.escape(str(detail.get("title") or ""))
    metas = {"ArticleTitle": title, "PubDate": _published(detail), "ContentSource": detail.get("publisher")}
    head = "".join(
        f'<meta name="{name}" content="{html.escape(str(value))}">' for name, value in metas.items() if value
    )
    files = "".join(_file(one) for one in _items(detail.get("attachment")))
    content = detail.get("content") or ""
    return f"<html><head><title>{title}</title>{head}</head><body>{content}{files}</body></html>"


def _strings(script: str) -> Mapping[str, Any]:
    """Read the fields of an object that is JavaScript and no JSON: its strings in double quotes."""
    found: dict[str, Any] = {}
    for name in ("title", "content", "publisher", *_TIMES):
        pattern = rf"""(?<!\w)["']?{name}["']?\s*:\s*("(?:[^"\\]|\\.)*"|\d+)"""
        match = re.search(pattern, script, re.DOTALL)
        if match is not None:
            found[name] = _read(match.group(1))
    return found


def _read(literal: str) -> object:
    try:
        return _DECODER.decode(literal)
    except ValueError:
        return ""


def _published(detail: Mapping[str, Any]) -> str:
    """Return when the article was published (Asia/Shanghai), from the first of its times that is set."""
    for name in _TIMES:
        value = str(detail.get(name) or "")
        if value.isdigit() and int(value):
            return datetime.fromtimestamp(int(value), UTC).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return str(detail.get("date") or detail.get("created_at") or "")


def _items(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _file(item: Mapping[str, Any]) -> str:
    url, name = item.get("url") or item.get("path"), item.get("name") or item.get("title") or ""
    return f'<p><a href="{html.escape(str(url))}">{html.escape(str(name))}</a></p>' if url else ""
