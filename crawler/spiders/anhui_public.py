"""Anhui `public/column` (龙讯): a page for each unit and kind, where type=3 is the annual reports.

`/public/column/<unit>?type=3&action=list&nav=3[&pageIndex=2]` lists a unit's reports; `action=detail`
shows the newest of them itself. A directory page (any public page of another type) links all units:
each one's type=3 page is asked for. Article `/public/content/<id>`, `/public/<unit>/<id>.html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast
from urllib.parse import urljoin, urlsplit

from archive.records import Role
from crawler.addressing import query_of, with_query
from crawler.exchange import Found, Harvest
from crawler.growth import following
from crawler.links import read_links
from crawler.marks import Marks
from crawler.pages import Page
from crawler.spiders.generic import GenericOptions, GenericSpider
from crawler.trail import Trail

ANNUAL = "3"
"""The `type` of annual reports (1 institution, 2 guide, 4 catalogue, 5 requests)."""
_UNIT = re.compile(r"/public/column/(\d+)")
_PAGES = re.compile(r"\bpageCount[\"']?\s*[:=]\s*[\"']?(\d+)")


class AnhuiPublicOptions(GenericOptions):
    """Options of `family: anhui-public`: `all_units` asks every unit that an entry page links."""

    all_units: bool | None = None


class AnhuiPublicSpider(GenericSpider):
    """Reads units' report lists, and finds the units on a directory page."""

    name = "anhui-public"
    Options = AnhuiPublicOptions
    marks = Marks(re.compile(r"/public/column/\d+"))

    def read_list(self, page: Page, trail: Trail) -> Harvest:
        """Read a unit's list or a directory."""
        harvest = super().read_list(page, trail)
        return harvest | Harvest(found=(*self._units(page, trail), *self._next(page, trail, harvest)))

    def _units(self, page: Page, trail: Trail) -> Iterator[Found]:
        wanted = cast("AnhuiPublicOptions", self.options).all_units
        is_directory = query_of(page.url).get("type") != ANNUAL if wanted is None else wanted
        if trail.depth or trail.page_number > 1 or not is_directory:
            return
        own = _UNIT.search(page.url)
        numbers = [match.group(1) for link in read_links(page) if (match := _UNIT.search(link.url))]
        way = Trail(list_url=page.url, depth=trail.depth + 1)
        for number in dict.fromkeys([*([own.group(1)] if own else []), *numbers]):
            url = urljoin(page.url, f"/public/column/{number}?type={ANNUAL}&action=list")
            yield Found(url, Role.LIST, way, page.url)

    def _next(self, page: Page, trail: Trail, harvest: Harvest) -> Iterator[Found]:
        """Ask for the next page where the pager is a script that counts `pageCount`."""
        count = _PAGES.search(page.text)
        is_linked = any(one.trail.page_number > trail.page_number for one in harvest.found)
        if count is None or is_linked or trail.page_number >= min(int(count.group(1)), self.reach.most_pages):
            return
        way = following(trail, read_links(page))
        if way is not None and urlsplit(page.url).path.startswith("/public/"):
            yield Found(with_query(page.url, pageIndex=way.page_number), Role.LIST, way, page.url)
