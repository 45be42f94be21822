"""gkmlpt, Guangdong's disclosure platform: a tree of columns and their entries by a JSON API.

`/[<department>/]gkmlpt/index` holds `window._CONFIG = {SID: '755031', TREE: [{id, name, children,
jump_url}]}`.
`/gkmlpt/api/all/<column>?page=1&sid=<SID>` answers `{total, articles: [{title, url, display_publish_time}]}`,
100 a page from 1; a wrong sid is answered, too, with another site's entries, so it is taken from the
same page. On `/gkmlpt/content/2/2590/post_<id>.html` the text is in `_CONFIG.DETAIL.content` (JSON).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urldefrag, urljoin

from archive.records import Role
from config.clock import SHANGHAI
from crawler import relevance
from crawler.addressing import with_query
from crawler.errors import UnexpectedAnswer
from crawler.exchange import Found, Harvest
from crawler.links import Link
from crawler.lists import Batch, asked_first, json_of, link_to, read_batch, whole_number
from crawler.marks import Marks
from crawler.pages import Page
from crawler.reading import read_article_page
from crawler.spiders.generic import GenericOptions, GenericSpider
from crawler.trail import Trail
from extract.page_data import unfold, value_named

EVERYTHING = 0
"""The column that holds all entries of a site."""
_SID = re.compile(r"""\bSID["']?\s*[:=]\s*["']?(\d+)""")
_COLUMN = re.compile(r"年报|年度报告|年度工作报告")
_API = re.compile(r"/gkmlpt/api/all/\d+")
_TIMES = ("display_publish_time", "first_publish_time", "publish_time", "create_time")


class GkmlptOptions(GenericOptions):
    """Options of `family: gd-gkmlpt`: `columns` are ids of the tree, where its names do not tell."""

    columns: tuple[int, ...] = ()


class GdGkmlptSpider(GenericSpider):
    """Reads the tree, the API's answers, and articles out of their script."""

    name = "gd-gkmlpt"
    Options = GkmlptOptions
    marks = Marks(re.compile(r"/gkmlpt/"))

    def read_list(self, page: Page, trail: Trail) -> Harvest:
        """Read the directory's page, an answer of the API, or a list of another kind."""
        if _API.search(page.url):
            return self._read_answer(page, trail)
        sid = _SID.search(page.text) if "_CONFIG" in page.text else None
        return self._read_directory(page, trail, sid.group(1)) if sid else super().read_list(page, trail)

    def read_article(self, page: Page, trail: Trail) -> Harvest:
        """Read an article; raises UnexpectedAnswer where the platform's page holds none."""
        unfolded = unfold(page.text) if page.is_html else None
        if unfolded is not None:
            return read_article_page(Page(page.url, unfolded.encode("utf-8", "replace")), trail, self.reach)
        if "/gkmlpt/content/" in page.url and "_CONFIG" in page.text:
            raise UnexpectedAnswer("the page holds no article")
        return read_article_page(page, trail, self.reach)

    def _read_directory(self, page: Page, trail: Trail, sid: str) -> Harvest:
        options = cast("GkmlptOptions", self.options)
        reports = list(_report_nodes(value_named(page.text, "TREE"), self.year))
        jumps = [str(node["jump_url"]) for node in reports if node.get("jump_url")]
        named = [number for node in reports if not node.get("jump_url") for number in [_id(node)] if number]
        columns = (
            options.columns or _behind(trail.list_url) or tuple(named) or (() if jumps else (EVERYTHING,))
        )
        base = page.url.split("/gkmlpt", 1)[0]
        asked = [
            asked_first(f"{base}/gkmlpt/api/all/{column}?page=1&sid={sid}", page.url, trail)
            for column in dict.fromkeys(columns)
        ]
        return Harvest(found=(*asked, *self._jumps(page, trail, jumps)))

    def _jumps(self, page: Page, trail: Trail, jumps: list[str]) -> Iterator[Found]:
        if trail.depth < self.reach.most_depth:
            for url in filter(None, map(page.absolute, jumps)):
                yield Found(url, Role.LIST, Trail(list_url=page.url, depth=trail.depth + 1), page.url)

    def _read_answer(self, page: Page, trail: Trail) -> Harvest:
        answer = json_of(page)
        articles = answer.get("articles") if isinstance(answer, dict) else None
        if not isinstance(articles, list):
            raise UnexpectedAnswer("the answer has no articles")
        links = tuple(filter(None, (_link(page, one) for one in articles if isinstance(one, dict))))
        batch = Batch(trail.list_url or page.url, links, whole_number(answer.get("total")), len(articles))
        return read_batch(batch, trail, self.reach, lambda way: with_query(page.url, page=way.page_number))


def _report_nodes(tree: object, year: int) -> Iterator[Mapping[str, Any]]:
    """Yield the columns of annual reports and what is below them, other years left out."""
    waiting: list[tuple[object, bool]] = [(tree, False)]
    while waiting:
        node, is_below = waiting.pop(0)
        if isinstance(node, list):
            waiting = [*((one, is_below) for one in node), *waiting]
        elif isinstance(node, dict):
            name = str(node.get("name", ""))
            is_wanted = relevance.year_folder(name) in {None, year, year + 1}
            is_report = is_wanted and (is_below or _is_report_column(name))
            if is_report:
                yield node
            waiting = [(node.get("children") if is_wanted else None, is_report), *waiting]


def _is_report_column(name: str) -> bool:
    return bool(_COLUMN.search(name)) and (relevance.is_column(name) or not relevance.is_clearly_other(name))


def _id(node: Mapping[str, Any]) -> int | None:
    return whole_number(node.get("id"))


def _behind(entry: str | None) -> tuple[int, ...]:
    """Return the column that an entry such as `/gkmlpt/index#2590` names."""
    fragment = urldefrag(entry or "").fragment
    return (int(fragment),) if fragment.isdigit() else ()


def _link(page: Page, article: Mapping[str, Any]) -> Link | None:
    address = article.get("url") or article.get("post_url") or ""
    return link_to(
        page.absolute(urljoin(page.url, str(address))) if address else None,
        article.get("title"),
        _day(article),
    )


def _day(article: Mapping[str, Any]) -> str:
    for name in _TIMES:
        seconds = whole_number(article.get(name))
        if seconds:
            return datetime.fromtimestamp(seconds, UTC).astimezone(SHANGHAI).date().isoformat()
    return str(article.get("date") or article.get("created_at") or "")
