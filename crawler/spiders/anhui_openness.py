"""The sister platform of Anhui (池州, 宣城, 郎溪, 利辛): a page for each unit and year.

`/OpennessAnnualReport/year/show/<unit>/<report year>.html` is a unit's report, whatever year a link to it
names; `/OpennessAnnualReport/?branch_id=<24 hex>` lists a unit's reports; articles are
`/OpennessAnnualReport/show/<id>.html`, `/XxgkAnnualReport/show/<id>.html`,
`/xxgk/openness/detail/annual_report/<24 hex>.html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from archive.records import Role
from crawler.exchange import Found, Harvest
from crawler.links import Link, read_links
from crawler.marks import Marks
from crawler.pages import Page
from crawler.spiders.generic import GenericSpider
from crawler.trail import Trail

_OF_YEAR = re.compile(r"(?i)(/(?:Openness|Xxgk)AnnualReport/year/show/\w+/)\d{4}(?=\.html?$)")
_OF_UNIT = re.compile(r"(?i)/(?:Openness|Xxgk)AnnualReport/?(?:index)?\?(?:.*&)?branch_id=\w+")


class AnhuiOpennessSpider(GenericSpider):
    """Reads lists, and asks for the due year wherever a page links a unit's report of any year."""

    name = "anhui-openness"
    marks = Marks(re.compile(r"(?i)/(?:Openness|Xxgk)AnnualReport\b"), (b"AnnualReport/year/show/",))

    def read_list(self, page: Page, trail: Trail) -> Harvest:
        """Read a list or a directory of units."""
        links = read_links(page)
        harvest = super().read_list(page, trail)
        ours = tuple(one for one in harvest.found if not _OF_YEAR.search(one.url))
        return replace(
            harvest, found=(*ours, *self._reports(page, links, trail), *self._units(page, links, trail))
        )

    def _reports(self, page: Page, links: tuple[Link, ...], trail: Trail) -> Iterator[Found]:
        urls = [_OF_YEAR.sub(rf"\g<1>{self.year}", link.url) for link in links if _OF_YEAR.search(link.url)]
        way = Trail(list_url=page.url, years=(self.year,), depth=trail.depth)
        for url in dict.fromkeys(urls):
            yield Found(url, Role.ARTICLE, way, page.url)

    def _units(self, page: Page, links: tuple[Link, ...], trail: Trail) -> Iterator[Found]:
        if trail.depth == 0:
            way = Trail(list_url=page.url, depth=trail.depth + 1)
            yield from (
                Found(link.url, Role.LIST, way, page.url)
                for link in links
                if _OF_UNIT.search(link.url) and link.url != page.url
            )
