"""Hanweb JCMS (大汉): jpage lists, disclosure tables, and the annual report of a body and year.

List `/col/col<id>/index.html`: the first records stand in a script, all of them come from
`/module/web/jpage/dataproxy.jsp`. Many servers ignore startrecord and count pages only, or cut perpage:
both are asked for in agreement, and what comes is counted. Some take POST only, some want a Referer;
static index_1.html is 404.
`/module/xxgk/search.jsp` (POST) lists the disclosure module's entries by infotypeId and area.
`/module/xxgk/xxgkAnnualReport.jsp?area=<code of the body>&fbtime=<report year>` is the report itself;
`/module/xxgk/tree.jsp` names the codes, `codes` of the portal with a `{code}` entry gives them by hand.
Article `/art/YYYY/M/D/art_<column>_<id>.html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Annotated, cast
from urllib.parse import urlencode, urljoin, urlsplit

from pydantic import Field

from archive.records import Role, Verdict
from crawler.addressing import query_of, with_query
from crawler.asking import posted_form, posting_form
from crawler.errors import UnexpectedAnswer
from crawler.exchange import Found, Harvest
from crawler.jpage import Unit, read_units
from crawler.lists import Batch, asked_first, links_in, read_batch
from crawler.marks import Marks
from crawler.pages import Page
from crawler.reading import could_list_report, read_link_list
from crawler.spiders.generic import GenericOptions, GenericSpider
from crawler.trail import Trail
from crawler.verdicts import Judgement

PROXY = "/module/web/jpage/dataproxy.jsp"
SEARCH = "/module/xxgk/search.jsp"
ANNUAL = "/module/xxgk/xxgkAnnualReport.jsp"
_COLUMN = re.compile(r"/col/col(\d+)/")
_AREA = re.compile(r"\b(?:vc_xxgk)?area\b[\"']?\s*[=:]\s*[\"']?([0-9A-Za-z-]{6,24})\b")
_PROXIES = re.compile(r"""["']([^"'\s<>]*dataproxy\.jsp\?[^"'\s<>]+)["']""")
_TOTAL_PAGES = re.compile(r"共\s*(?:<[^>]+>\s*)*(\d+)\s*(?:<[^>]+>\s*)*页")
_SEARCHING = re.compile(r"module/xxgk/search\.jsp([^\"'\s]*)")
_FIELD = re.compile(
    r"\b(infotypeId|jdid|area|divid|standardXxgk|isAllList|sortfield|texttype)\b"
    r"[\"']?\s*[=:]\s*[\"']?([^\"'&,;\s}]*)"
)


class JcmsOptions(GenericOptions):
    """Options of `family: hanweb-jcms`.

    `page_size` is what the proxy is asked for at once; `infotype` narrows the disclosure module's search
    to the annual reports, where a page asks for a whole area.
    """

    page_size: Annotated[int, Field(ge=1, le=300)] = 100
    infotype: str | None = None


class HanwebJcmsSpider(GenericSpider):
    """Reads columns, proxies' answers, disclosure searches and trees of bodies."""

    name = "hanweb-jcms"
    Options = JcmsOptions
    marks = Marks(
        re.compile(r"/module/xxgk/|/dataproxy\.jsp"),
        (
            b"<datastore",
            b"dataproxy.jsp",
            b"module/xxgk/search.jsp",
            b"xxgkAnnualReport.jsp",
        ),
    )
    scripts_read = (b"/module/xxgk/", b".jpage(")

    def read_list(self, page: Page, trail: Trail) -> Harvest:
        """Read a list page of any of the module's kinds."""
        path = urlsplit(page.url).path
        if path.endswith("/dataproxy.jsp"):
            return self._read_proxy(page, trail)
        if path.endswith("/search.jsp"):
            return self._read_search(page, trail)
        harvest = super().read_list(page, trail)
        for unit in _units_of_column(page):
            harvest |= self._read_unit(page, unit, trail)
        return harvest | Harvest(found=(*self._searches(page, trail), *self._annual_reports(page, trail)))

    def _read_unit(self, page: Page, unit: Unit, trail: Trail) -> Harvest:
        links = links_in(unit.records, page.url)
        harvest = read_link_list(page.url, links, trail, self.reach)
        if unit.total is not None and unit.count >= unit.total:
            return harvest
        if not (unit.next_group or unit.params or unit.proxy):
            return harvest
        return harvest | Harvest(found=(asked_first(self._first(page, unit), page.url, trail),))

    def _first(self, page: Page, unit: Unit) -> str:
        size = cast("JcmsOptions", self.options).page_size
        address = unit.next_group or f"{unit.proxy or PROXY}?{urlencode(unit.params)}"
        url = page.absolute(address) or urljoin(page.url, PROXY)
        return with_query(url, page=1, startrecord=1, endrecord=size, perpage=size)

    def _read_proxy(self, page: Page, trail: Trail) -> Harvest:
        column = trail.list_url or page.url
        unit = next(iter(read_units(page.text)), None)
        if unit is None:
            raise UnexpectedAnswer("the answer has no datastore")
        links = links_in(unit.records, column)
        batch = Batch(column, links, unit.total, unit.count)
        return read_batch(batch, trail, self.reach, lambda way: _next_records(page.asked, way, unit.count))

    def instead(self, asked: Found, judgement: Judgement) -> Iterator[Found]:
        """Ask a proxy by POST that has no answer to a GET."""
        is_plain = "/dataproxy.jsp" in asked.url and "#" not in asked.url
        if is_plain and judgement.verdict is Verdict.GONE:
            yield replace(asked, url=posting_form(asked.url, query_of(asked.url)))

    def _searches(self, page: Page, trail: Trail) -> Iterator[Found]:
        """Ask the disclosure module what the page's own script asks it."""
        match = _SEARCHING.search(page.text)
        if match is None:
            return
        near = page.text[max(0, match.start() - 1500) : match.end() + 1500]
        fields = {name: value for name, value in reversed(_FIELD.findall(near)) if value}
        infotype = cast("JcmsOptions", self.options).infotype
        wanted = {"infotypeId": "", "area": "", **fields, **({"infotypeId": infotype} if infotype else {})}
        url = urljoin(page.url, SEARCH)
        yield asked_first(posting_form(url, {**wanted, "currpage": "1"}), page.url, trail)

    def _read_search(self, page: Page, trail: Trail) -> Harvest:
        column = trail.list_url or page.url
        links = tuple(link for link in links_in(page.text, column) if link.url != column)
        pages = _TOTAL_PAGES.search(page.text)
        is_last = pages is not None and trail.page_number >= int(pages.group(1))
        batch = Batch(column, links, trail.seen + len(links) if is_last else None)
        return read_batch(batch, trail, self.reach, lambda way: _search_page(page.asked, way))

    def _annual_reports(self, page: Page, trail: Trail) -> Iterator[Found]:
        """Ask for the due year's report of each body that the page has a code of."""
        links = (link.url for link in links_in(page.text, page.url) if ANNUAL in link.url)
        codes = [query_of(url).get("area", "") for url in links]
        path = urlsplit(page.url).path
        if path.endswith("/xxgkAnnualReport.jsp"):
            codes = [code for code in codes if code != query_of(page.url).get("area")]
        elif path.startswith("/module/xxgk/"):
            codes += _AREA.findall(page.text)
        way = Trail(list_url=page.url, years=(self.year,), depth=trail.depth)
        for code in dict.fromkeys(filter(None, codes)):
            address = f"{ANNUAL}?{urlencode({'area': code, 'fbtime': self.year})}"
            yield Found(urljoin(page.url, address), Role.ARTICLE, way, page.url)


def _units_of_column(page: Page) -> list[Unit]:
    """Return the lists that belong to the column, and not to a bar beside it."""
    units = read_units(page.text) or _called(page)
    column = _COLUMN.search(urlsplit(page.url).path)
    own = [unit for unit in units if column and unit.identity == column.group(1)]
    if own or len(units) == 1:
        return own or list(units)
    return [
        unit
        for unit in units
        if not unit.count or any(map(could_list_report, links_in(unit.records, page.url)))
    ]


def _called(page: Page) -> tuple[Unit, ...]:
    """Return the lists of a page whose own script calls the proxy, without any of their records."""
    urls = dict.fromkeys(unescape(url) for url in _PROXIES.findall(page.text))
    return tuple(Unit(next_group=url) for url in urls if "columnid" in query_of(url))


def _next_records(asked: str, way: Trail, size: int) -> str:
    """Ask by number of the page and by place of the record, both of the size that the server gives."""
    place = {
        "page": way.page_number,
        "startrecord": way.seen + 1,
        "endrecord": way.seen + size,
        "perpage": size,
    }
    url = with_query(asked.partition("#")[0], **place)
    return posting_form(url, query_of(url)) if "#" in asked else url


def _search_page(asked: str, way: Trail) -> str:
    url = asked.partition("#")[0]
    return posting_form(url, {**posted_form(asked), "currpage": str(way.page_number)})
