"""Hanweb jpaas: lists that a script fetches as JSON from the publishing server.

    <script src=".../unitbuild.js" url="/api-gateway/jpaas-publish-server/front/page/build/unit"
            queryData="{'webId':'1','pageId':'7','tplSetId':'a','tagId':'list','pageType':'column',...}">

The answer is `{"data": {"html": "<ul>..."}}` (or data as text). The number of the page must stand in
`paramJson={"pageNo":2,"pageSize":"15"}`: bare parameters are ignored.
Article `.../art/YYYY/art_<32 hex>.html`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Annotated, cast
from urllib.parse import urlencode, urljoin

from pydantic import Field

from crawler.addressing import with_query
from crawler.errors import UnexpectedAnswer
from crawler.exchange import Harvest
from crawler.links import Link
from crawler.lists import Batch, asked_first, json_of, links_in, read_batch
from crawler.marks import Marks
from crawler.pages import Page
from crawler.reading import could_list_report, read_link_list
from crawler.relevance import is_column, year_folder
from crawler.spiders.generic import GenericOptions, GenericSpider
from crawler.trail import Trail

API = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_TAG = re.compile(r"<script\b[^>]*unitbuild\.js[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(url|queryData)\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:totalRecords?|totalCount|data-total)\W{1,6}(\d+)", re.IGNORECASE)
_KEYS = ("webId", "pageId", "tplSetId", "tagId", "pageType", "parseType", "editType")
_BARE = re.compile(rf"\b({'|'.join(_KEYS)})[\"']?\s*[:=]\s*[\"']([^\"']+)[\"']")
_NEEDED = frozenset({"webId", "pageId"})


class JpaasOptions(GenericOptions):
    """Options of `family: hanweb-jpaas`: `page_size` is what the server is asked for at once."""

    page_size: Annotated[int, Field(ge=1, le=300)] = 100


class HanwebJpaasSpider(GenericSpider):
    """Asks the publishing server for each list that a page declares."""

    name = "hanweb-jpaas"
    Options = JpaasOptions
    marks = Marks(re.compile(r"/front/page/build/unit\b"), (b"jpaas-publish-server",))
    scripts_read = (b"unitbuild.js", b"jpaas-publish-server")

    def read_list(self, page: Page, trail: Trail) -> Harvest:
        """Read a page that declares lists, or an answer of the server."""
        if page.url.partition("?")[0].endswith("/front/page/build/unit"):
            return self._read_answer(page, trail)
        harvest = super().read_list(page, trail)
        size = cast("JpaasOptions", self.options).page_size
        asked = (asked_first(_numbered(url, 1, size), page.url, trail) for url in _declared(page))
        return harvest | Harvest(found=tuple(asked))

    def _read_answer(self, page: Page, trail: Trail) -> Harvest:
        column = trail.list_url or page.url
        markup = _markup_of(page, trail)
        links = links_in(markup, column)
        if trail.page_number == 1 and not any(map(_belongs, links)):
            return read_link_list(column, links, trail, self.reach)
        size = cast("JpaasOptions", self.options).page_size
        batch = Batch(column, links, _total(f"{markup} {page.text}", trail.seen + len(links)))
        return read_batch(batch, trail, self.reach, lambda way: _numbered(page.url, way.page_number, size))


def _declared(page: Page) -> Iterator[str]:
    """Yield the address of each list that the page's scripts fetch."""
    tags = [
        {name.lower(): value[1:-1] for name, value in _ATTRIBUTE.findall(tag)}
        for tag in _TAG.findall(page.text)
    ]
    for tag in tags:
        query = _query(unescape(tag.get("querydata", "")))
        if query.keys() >= _NEEDED:
            yield f"{urljoin(page.url, tag.get('url') or API)}?{urlencode(query)}"
    if not tags and "jpaas-publish-server" in page.text:
        query = dict(_BARE.findall(page.text))
        if query.keys() >= _NEEDED:
            yield f"{urljoin(page.url, API)}?{urlencode(query)}"


def _query(text: str) -> Mapping[str, str]:
    try:
        value = json.loads(text.replace("'", '"'))
    except ValueError:
        return {}
    return {str(name): str(one) for name, one in value.items()} if isinstance(value, dict) else {}


def _numbered(url: str, number: int, size: int) -> str:
    return with_query(
        url, paramJson=json.dumps({"pageNo": number, "pageSize": str(size)}, separators=(",", ":"))
    )


def _markup_of(page: Page, trail: Trail) -> str:
    answer = json_of(page)
    data = answer.get("data") if isinstance(answer, dict) else None
    markup = data.get("html") if isinstance(data, dict) else data
    if markup is None and isinstance(answer, dict) and trail.page_number > 1:
        return ""  # past the end
    if not isinstance(markup, str):
        raise UnexpectedAnswer("the answer has no data.html")
    return markup


def _belongs(link: Link) -> bool:
    return could_list_report(link) or is_column(link.title) or year_folder(link.title) is not None


def _total(markup: str, seen: int) -> int | None:
    """Return how many entries the list says it has; None where it says none, or fewer than it showed."""
    match = _TOTAL.search(markup)
    return int(match.group(1)) if match and int(match.group(1)) >= seen else None
