"""Links that stand in scripts only: nodes of trees (zTree and its like), entries of lists as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.links import Link
from crawler.pages import Page
from extract.dates import parse_date

_NODE = re.compile(r"\{[^{}]{4,2000}\}")
_NAME = re.compile(
    r"""\b(?:name|title|text|label|catname|columnName|cname)["']?\s*:\s*["']([^"']{2,400})["']""",
    re.IGNORECASE,
)
_URL = re.compile(r"""\b(?:url|href|link|linkUrl|jump_url|path|src)["']?\s*:\s*["']([^"'\s]{2,300})["']""")
_DAY = re.compile(r"""\b\w*(?:date|time)\w*["']?\s*:\s*["'](20\d\d[-./]\d{1,2}[-./]\d{1,2})""", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def nodes_in_scripts(page: Page) -> Iterator[Link]:
    """Yield the nodes that a page's scripts hold as objects, with a name and an address each."""
    for script in page.scripts:
        for node in _NODE.finditer(script):
            name, address = _NAME.search(node.group()), _URL.search(node.group())
            url = page.absolute(address.group(1).replace("\\/", "/")) if address else None
            if name and url:
                title = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), name.group(1)).strip()
                day = _DAY.search(node.group())
                yield Link(url, title, title, parse_date(day.group(1)) if day else None)
