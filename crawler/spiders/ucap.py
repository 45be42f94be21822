"""UCAP (开普云): list `/<site>/<column>/list.shtml`, `xxgk_list.shtml` and the like, page 2 `..._2.shtml`.

Article `/<site>/<column>/YYYYMM/<32 hex>.shtml` with <ucaptitle>, <publishtime> and <ucapcontent>; its meta
ColumnName is often wrong. `createPageHTML('page-div', 3, 1, 'list', 'shtml', 57)` counts pages from 1;
other pagers only say how many pages there are.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from archive.records import Role
from crawler.exchange import Found, Harvest
from crawler.growth import following
from crawler.links import read_links
from crawler.pages import Page
from crawler.spiders.generic import GenericSpider
from crawler.trail import Trail

_TOTAL = re.compile(r"\b(?:totalPages?|pageCount|pageTotal)[\"']?\s*[:=]\s*[\"']?(\d+)", re.IGNORECASE)
_FILE = re.compile(r"(?P<name>[^/]+?)(?:_\d+)?\.(?P<ending>s?html?)$")


class UcapSpider(GenericSpider):
    """Reads UCAP columns: each page leads to the next, or its number does."""

    name = "ucap"

    def read_list(self, page: Page, trail: Trail) -> Harvest:
        """Read a list page."""
        harvest = super().read_list(page, trail)
        total, file = _TOTAL.search(page.text), _FILE.search(urlsplit(page.url).path)
        is_led = any(one.trail.page_number > trail.page_number for one in harvest.found)
        if is_led or total is None or file is None:
            return harvest
        if trail.page_number >= min(int(total.group(1)), self.reach.most_pages):
            return harvest
        way = following(trail, read_links(page))
        url = urljoin(page.url, f"{file['name']}_{trail.page_number + 1}.{file['ending']}")
        return harvest | Harvest(found=(Found(url, Role.LIST, way, page.url),)) if way else harvest
