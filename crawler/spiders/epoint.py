"""Epoint (新点) EWB: numbered columns, listed by a JSON API.

List `/<number path>/subPage.html`, `moreinfo.html`, or `/dynamic/zwgk/govInfoPub.html?categorynum=003006`;
the entries come from `POST /<project>/rest/lightfrontaction/getgovinfolist` with the JSON `{deptcode,
categorynum, siteGuid, pageIndex, pageSize}`, which answers `{"custom": {"total", "data": [{"infourl",
"realtitle", "infodate"}]}}`. siteGuid and project stand in the page or in `/js/webBuilderCommon.js`.
Some servers count pages from 0, some from 1: the first question is for page 0, page 1 may repeat it.
Article `/<number path>/YYYYMMDD/<guid>.html`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, cast
from urllib.parse import urljoin, urlsplit

from pydantic import Field

from archive.records import Role
from crawler.addressing import query_of
from crawler.asking import posted_json, posting_json
from crawler.errors import UnexpectedAnswer
from crawler.exchange import Found, Harvest
from crawler.growth import digest_of
from crawler.links import Link
from crawler.lists import Batch, asked_first, json_of, link_to, read_batch, whole_number
from crawler.marks import Marks
from crawler.pages import Page
from crawler.spiders.generic import GenericOptions, GenericSpider
from crawler.trail import Trail

SCRIPT = "/js/webBuilderCommon.js"
PROJECT = "EWB-FRONT"
ACTION = "/rest/lightfrontaction/getgovinfolist"
_GUID = re.compile(r"\bsiteGuid[\"']?\s*[:=]\s*[\"']([0-9A-Za-z-]{8,40})[\"']", re.IGNORECASE)
_PROJECT = re.compile(r"\bprojectName[\"']?\s*[:=]\s*[\"']/?([\w-]+)/?[\"']", re.IGNORECASE)
_CATEGORY = re.compile(r"/(\d{6,})(?=/(?:subpage|moreinfo|index|list|secondpage)?[\w.]*$)", re.IGNORECASE)


class EpointOptions(GenericOptions):
    """Options of `family: epoint-ewb`: what a portal's own scripts do not tell.

    `category` is the column's number, `departments` the deptcodes to ask for one by one (none: all at
    once), `wrapped` is for APIs that want the question under `params`, `site_guid` and `project` are as
    the portal's script has them.
    """

    category: str | None = None
    departments: tuple[str, ...] = ("",)
    wrapped: bool = False
    site_guid: str | None = None
    project: str | None = None
    page_size: Annotated[int, Field(ge=1, le=200)] = 50


class EpointSpider(GenericSpider):
    """Asks the API for the column of a page."""

    name = "epoint-ewb"
    Options = EpointOptions
    marks = Marks(re.compile(r"/lightfrontaction/|/webBuilderCommon\.js"), (b"webBuilderCommon.js",))
    scripts_read = (b"webBuilderCommon", b"siteGuid", b"categorynum")

    def read_list(self, page: Page, trail: Trail) -> Harvest:
        """Read a list page, the script with the site's names, or an answer of the API."""
        if page.url.endswith(ACTION):
            return self._read_answer(page, trail)
        if page.url.endswith(SCRIPT):
            return self._ask(page, trail.list_url or page.url, trail)
        harvest = super().read_list(page, trail)
        if self._category(page.url) is None or trail.depth > 0:
            return harvest
        return harvest | self._ask(page, page.url, trail)

    def _category(self, column: str) -> str | None:
        named = cast("EpointOptions", self.options).category or query_of(column).get("categorynum")
        match = _CATEGORY.search(urlsplit(column).path)
        return named or (match.group(1) if match else None)

    def _ask(self, page: Page, column: str, trail: Trail) -> Harvest:
        options = cast("EpointOptions", self.options)
        guid, project = _GUID.search(page.text), _PROJECT.search(page.text)
        site = options.site_guid or (guid.group(1) if guid else None)
        if site is None and page.url.endswith(SCRIPT):
            raise UnexpectedAnswer("the script names no siteGuid")
        if site is None:
            return Harvest(
                found=(
                    Found(
                        urljoin(page.url, SCRIPT),
                        Role.LIST,
                        Trail(list_url=column, depth=trail.depth),
                        column,
                    ),
                )
            )
        name = options.project or (project.group(1) if project else PROJECT)
        api = urljoin(page.url, f"/{name}{ACTION}")
        payload = {
            "categorynum": self._category(column),
            "siteGuid": site,
            "pageIndex": 0,
            "pageSize": options.page_size,
        }
        asked = [{"deptcode": code, **payload} for code in options.departments]
        if options.wrapped:
            asked = [{"token": "", "params": question} for question in asked]
        return Harvest(found=tuple(asked_first(posting_json(api, one), column, trail) for one in asked))

    def _read_answer(self, page: Page, trail: Trail) -> Harvest:
        column = trail.list_url or page.url
        entries, total = _entries(page)
        links = tuple(filter(None, (_link(column, entry) for entry in entries)))
        batch = Batch(column, links, total, len(entries))
        if trail.page_number == 1 and not entries and total != 0:
            way = replace(trail, page_number=2, hops=())
            return Harvest(found=(Found(_page(page.asked, 1), Role.LIST, way, column),))
        if trail.page_number == 2 and _repeats(trail, links):
            trail = replace(trail, seen=0, before=None)
        return read_batch(batch, trail, self.reach, lambda way: _page(page.asked, way.page_number - 1))


def _entries(page: Page) -> tuple[list[Mapping[str, Any]], int | None]:
    answer = json_of(page)
    custom = answer.get("custom") if isinstance(answer, dict) else None
    if isinstance(custom, str):
        custom = _decoded(custom)
    data = custom.get("data") if isinstance(custom, dict) else None
    if not isinstance(custom, dict) or not isinstance(data, list):
        raise UnexpectedAnswer("the answer has no custom.data")
    totals = [whole_number(custom.get(name)) for name in ("total", "totalcount", "count")]
    return [one for one in data if isinstance(one, dict)], next((n for n in totals if n is not None), None)


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        raise UnexpectedAnswer("custom is not JSON") from error


def _link(column: str, entry: Mapping[str, Any]) -> Link | None:
    address = str(entry.get("infourl") or entry.get("href") or "")
    shown = entry.get("infodate") or entry.get("webdate") or entry.get("date")
    url = Page(column, b"").absolute(address) if address else None
    return link_to(url, entry.get("realtitle") or entry.get("title"), shown)


def _repeats(trail: Trail, links: tuple[Link, ...]) -> bool:
    """Tell whether this is the first page again: the server counts from 1."""
    return trail.before == digest_of(links)


def _page(asked: str, index: int) -> str:
    url, question = asked.partition("#")[0], posted_json(asked)
    inner = question.get("params")
    if isinstance(inner, dict):
        return posting_json(url, {**question, "params": {**inner, "pageIndex": index}})
    return posting_json(url, {**question, "pageIndex": index})
