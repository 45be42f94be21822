"""Visual SiteBuilder (博达): list `/<column>.htm`, further pages `/<column>/<n>.htm` counting down.

Page 2 of 6 is `/<column>/5.htm`; the pager links it, or is a script that only says how many there are.
Article `/info/<column>/<id>.htm`. Files come from `/system/_content/download.jsp?...&wbfileid=<id>`, which
wants a Referer and often answers with a captcha: files are asked for after all pages, so that a host
that declines one has shown its pages before.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from archive.records import Role
from crawler.exchange import Found, Harvest
from crawler.growth import following
from crawler.links import read_links
from crawler.marks import Marks
from crawler.pages import Page
from crawler.spiders.generic import GenericSpider
from crawler.trail import Trail

_TOTAL = re.compile(r"gotopage_fun\(\s*(\d+)")
_DOWN = re.compile(r"(?P<column>.*?)(?:/(?P<number>\d+))?\.htm$")


class VsbSpider(GenericSpider):
    """Reads VSB columns: each page links the next, or its place among the pages tells it."""

    name = "vsb"
    marks = Marks(content=(b"_list_gotopage_fun",))

    def read_list(self, page: Page, trail: Trail) -> Harvest:
        """Read a list page."""
        harvest = super().read_list(page, trail)
        if any(one.trail.page_number > trail.page_number for one in harvest.found):
            return harvest
        url = _counted_down(page, trail.page_number)
        way = (
            following(trail, read_links(page)) if url and trail.page_number < self.reach.most_pages else None
        )
        return harvest | Harvest(found=(Found(url, Role.LIST, way, page.url),)) if url and way else harvest


def _counted_down(page: Page, number: int) -> str | None:
    """Return the address of the next page from how many there are; None on the last one."""
    total, file = _TOTAL.search(page.text), _DOWN.match(urlsplit(page.url).path)
    if total is None or file is None or int(total.group(1)) <= number:
        return None
    column = file["column"] if number > 1 else urlsplit(page.url).path.removesuffix(".htm")
    return urljoin(page.url, f"{column}/{int(total.group(1)) - number}.htm")
