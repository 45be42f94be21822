"""What all families share: how a request is made, how its end is judged, and what follows from it.

A family says where lists begin (`entries`), how a page is read (`read_list`, `read_article`) and which
options its portals may have (`Options`). Reading is pure: bytes in, `Harvest` out. Everything else is
here and in the pipeline: an exchange is yielded for every request, however it ended.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.frontier import Target
from archive.records import Role, Sighting, Verdict
from config.portals import Portal
from config.yaml_model import ConfigModel
from crawler.answers import (
    Asked,
    answer_of,
    asked_by,
    capture_of,
    capture_of_hop,
    capture_without_answer,
    file_name,
    wait_until,
)
from crawler.asking import question_of
from crawler.assignment import assign, check_options
from crawler.browsing import browser_settings
from crawler.courtesy import host_of
from crawler.errors import NotRecorded, Refused, UnexpectedAnswer
from crawler.exchange import NOTHING, Exchange, Found, Harvest
from crawler.failures import trouble_of
from crawler.hijack import gambling_words
from crawler.pages import Page, on_same_scheme
from crawler.redirects import leads_home, redirect_of
from crawler.trail import Trail
from crawler.verdicts import OK, Answer, Judgement, judge
from crawler.visit import Visit, asked_url

logger = logging.getLogger(__name__)

READING_FAILED = "our reading of this page failed"


class NoOptions(ConfigModel):
    """For families without options."""


class PortalSpider(Spider):
    """Crawls one portal: `-a portal=ID [-a year=Y]`."""

    Options: ClassVar[type[ConfigModel]] = NoOptions
    scripts_read: ClassVar[tuple[bytes, ...]] = ()
    """Signs of scripts whose work the family's reading does: a page with one is no empty shell."""
    needs_known_column: ClassVar[bool] = True
    visit: Visit

    def __init__(self, portal: str | None = None, year: str | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.assignment = assign(self.name, portal, year)
        self.options = check_options(self.assignment.portal, self.Options)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401
        """Make the spider and begin its visit."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        browser = browser_settings(spider.portal, crawler.settings["USER_AGENT"])
        crawler.settings.setdict(browser, priority="spider")
        spider.visit = Visit.begin(spider.assignment, crawler.settings)
        return spider

    @property
    def portal(self) -> Portal:
        """The portal that is crawled."""
        return self.assignment.portal

    @property
    def year(self) -> int:
        """The report year that is looked for."""
        return self.assignment.year

    # What a family may change

    def entries(self) -> Iterable[Found]:
        """Return where to begin."""
        return [Found(url, Role.LIST, Trail(list_url=url)) for url in self.portal.entries(self.year)]

    def read_list(self, page: Page, trail: Trail) -> Harvest:
        """Read a list page."""
        raise NotImplementedError

    def read_article(self, page: Page, trail: Trail) -> Harvest:
        """Read an article page."""
        raise NotImplementedError

    def does_the_work_of(self, content: bytes) -> bool:
        """Tell whether a page's script only fetches what the family's reading fetches, too."""
        return any(sign in content for sign in self.scripts_read)

    def instead(self, asked: Found, judgement: Judgement) -> Iterable[Found]:  # noqa: ARG002
        """Return what to ask in the place of a request that ended badly."""
        return ()

    def read(self, page: Page, role: Role, trail: Trail) -> Harvest:
        """Read a good answer; an attachment is kept as it is."""
        if role is Role.ROBOTS:
            return NOTHING
        if role is Role.LIST:
            return self.read_list(page, trail)
        if role is Role.ARTICLE:
            return self.read_article(page, trail)
        return Harvest(is_document=True, context=trail.context)

    # Requests and their ends

    async def start(self) -> AsyncIterator[Request]:
        """Yield the entry pages; the scheduler puts them into the frontier."""
        entries = list(self.entries())
        self.visit.entry_urls = tuple(found.url for found in entries)
        for found in entries:
            yield Request(found.url, meta={"found": found})

    def request_for(self, target: Target) -> Request:
        """Make the request of a target: conditional where an answer is known, late where it failed."""
        url = asked_url(target)
        wait_s = self.settings.getfloat("RETRY_PAUSE_S") * 2**target.failures if target.failures else 0.0
        question = question_of(url)
        request = Request(
            question.url,
            method=question.method,
            body=question.body,
            headers=dict(question.headers),
            callback=self.parse,
            errback=self.failed,
            meta={"target": target, "download_slot": host_of(url), "wait_s": wait_s},
            dont_filter=True,
        )
        if target.referer:
            request.headers["Referer"] = target.referer
        may_be_unchanged = question.method == "GET" and target.last_good_capture is not None
        if self.portal.browser and target.role is not Role.ATTACHMENT:
            may_be_unchanged = False  # the page stays the same, what its scripts ask for does not
        if may_be_unchanged and not Trail.from_context(target.context).refetch:
            for header, value in (
                ("If-None-Match", target.etag),
                ("If-Modified-Since", target.last_modified),
            ):
                if value:
                    request.headers[header] = value
        return request

    def parse(self, response: Response, **_kwargs: Any) -> Iterator[Exchange]:  # noqa: ANN401
        """Judge an answer, read it where it is good, and yield the exchange."""
        assert response.request is not None  # noqa: S101  (Scrapy sets it before the callback)
        asked = asked_by(response.request)
        answer = answer_of(response, asked.target.role)
        hop = redirect_of(answer)
        yield self._redirected(asked, answer, hop) if hop else self._ended(asked, answer)

    def failed(self, failure: Failure) -> Iterator[Exchange]:
        """Yield the exchange of a request that was refused or got no answer."""
        asked = asked_by(failure.request)  # type: ignore[attr-defined]
        error = failure.value or Exception(failure.type)
        if isinstance(error, NotRecorded):
            self.visit.pass_over(asked.target, is_end=error.is_end)
            return
        if isinstance(error, Refused):
            capture = capture_without_answer(asked, error.verdict, error.reason)
            yield Exchange(
                asked.target, asked.trail, capture, stops_host=error.stops_host, asked_at_all=False
            )
            return
        trouble = trouble_of(error)
        capture = capture_without_answer(asked, Verdict.ERROR, trouble.reason)
        yield Exchange(
            asked.target, asked.trail, capture, retry=trouble.retry, unreachable=trouble.unreachable
        )

    def closed(self, reason: str) -> None:
        """Finish the run and leave its outcome in the statistics, where the commands look."""
        outcome, detail = self.visit.end(reason)
        self.crawler.stats.set_value("nianbao/outcome", outcome)
        logger.info("%s: %s %s", self.portal.id, outcome, detail)

    def _redirected(self, asked: Asked, answer: Answer, hop: str) -> Exchange:
        trail, limit = asked.trail, self.settings.getint("REDIRECT_LIMIT")
        if not self.portal.allows(hop):
            judgement = Judgement(
                Verdict.NOT_OFFICIAL, f"redirected to {host_of(hop)}, not a host of this portal"
            )
        elif hop in {asked.target.url, *trail.hops}:
            judgement = Judgement(Verdict.ERROR, f"redirected in a circle to {hop}")
        elif len(trail.hops) >= limit:
            judgement = Judgement(Verdict.ERROR, f"redirected more than {limit} times")
        else:
            return Exchange(asked.target, trail, capture_of_hop(asked, answer, hop), hop=hop)
        return Exchange(
            asked.target, trail, capture_of(asked, answer, judgement.verdict, judgement.reason, hop)
        )

    def _ended(self, asked: Asked, answer: Answer) -> Exchange:
        judgement = judge(answer)
        if judgement.verdict is Verdict.JS_SHELL and self.does_the_work_of(answer.content):
            judgement = OK
        if judgement.verdict is Verdict.OK and leads_home(asked.target.url, answer):
            judgement = Judgement(Verdict.SOFT_404, "redirected to the front page")
        content = answer.content
        if judgement.verdict is Verdict.UNCHANGED:
            stored = self.visit.stored_content(asked.target)
            if stored is None:
                return self._asked_again(asked, answer)
            content = stored
        self._note_hijack(asked, answer.url, content)
        harvest = NOTHING
        if judgement.verdict in {Verdict.OK, Verdict.UNCHANGED}:
            harvest, judgement = self._read(asked, Page(answer.url, content, asked.url), judgement)
        else:
            failed = Found(asked.url, asked.target.role, asked.trail, asked.target.referer)
            harvest = Harvest(found=tuple(self.instead(failed, judgement)))
        capture = capture_of(asked, answer, judgement.verdict, judgement.reason, answer.url)
        return Exchange(
            asked.target, asked.trail, capture, harvest,
            sighting=self._sighting(asked, answer, harvest) if harvest.is_document else None,
            retry=judgement.verdict is Verdict.ERROR and not judgement.reason.startswith(READING_FAILED),
            not_before=wait_until(answer.headers) if judgement.verdict is Verdict.DECLINED else None,
        )  # fmt: skip

    def _note_hijack(self, asked: Asked, url: str, content: bytes) -> None:
        """Note gambling words on an official page for the operator (monitor.portal_health)."""
        if asked.target.role in {Role.LIST, Role.ARTICLE}:
            words = gambling_words(content, whole=asked.target.role is Role.LIST)
            if words:
                self.visit.hijacked[url] = "、".join(words)

    def _asked_again(self, asked: Asked, answer: Answer) -> Exchange:
        """A 304 is worth nothing where the bytes it speaks of are not there."""
        capture = capture_of(
            asked, answer, Verdict.ERROR, "unchanged, but its bytes are not kept", answer.url
        )
        return Exchange(asked.target, asked.trail, capture, refetch=not asked.trail.refetch)

    def _read(self, asked: Asked, page: Page, judgement: Judgement) -> tuple[Harvest, Judgement]:
        try:
            harvest = self.read(page, asked.target.role, asked.trail)
        except UnexpectedAnswer as error:
            return NOTHING, Judgement(Verdict.ERROR, f"{READING_FAILED}: {error}")
        except Exception:  # a page that trips our reading is still evidence, and is kept
            logger.exception("cannot be read: %s", page.url)
            return NOTHING, Judgement(Verdict.ERROR, READING_FAILED)
        found = (replace(one, url=on_same_scheme(page.url, one.url)) for one in harvest.found)
        official = tuple(one for one in found if one.role is not Role.LIST or self.portal.allows(one.url))
        return replace(harvest, found=official), judgement

    def _sighting(self, asked: Asked, answer: Answer, harvest: Harvest) -> Sighting:
        trail, target = asked.trail, asked.target
        return Sighting(
            portal=target.portal, url=target.url, role=target.role, media_type=answer.media_type,
            name=file_name(answer.headers, answer.url), link_title=trail.link_title, page_url=trail.page_url,
            list_url=trail.list_url, listed_on=trail.listed_on, context=harvest.context,
        )  # fmt: skip
