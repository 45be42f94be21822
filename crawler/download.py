"""The only way to the network: every request waits its turn, is counted, and goes to a public address."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from config import clock
from crawler.addresses import check_public
from crawler.courtesy import host_of, turn
from crawler.errors import Refused
from crawler.failures import trouble_of

if TYPE_CHECKING:
    from crawler.spiders.base import PortalSpider
    from crawler.visit import Visit


class PoliteDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler behind our courtesy and our guards, every exchange recorded."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawler = crawler

    @property
    def visit(self) -> Visit:
        """The crawl that the handler works for."""
        return cast("PortalSpider", self.crawler.spider).visit

    async def download_request(self, request: Request) -> Response:
        """Make one exchange; raises Refused, or the download error that Scrapy names."""
        return await self.exchange(request)

    def is_part(self, request: Request, _answer: Response | None) -> bool:
        """Tell whether an exchange only contributes to a page that is recorded by itself."""
        return bool(request.meta.get("is_part"))

    async def exchange(self, request: Request) -> Response:
        """Make one exchange and record it."""
        if wait_s := request.meta.get("wait_s"):
            await asyncio.sleep(wait_s)
        async with turn(host_of(request.url), self.visit.pause_s(request.url)):
            request.meta["requested_at"] = clock.now()
            try:
                response = await self._exchange(self.visit, request)
            except Exception as error:
                self.record_end(request, error)
                raise
            self.visit.warc.write_answer(request, response, is_part=self.is_part(request, response))
            return response

    def record_end(self, request: Request, error: Exception) -> None:
        """Record an exchange that got no answer."""
        how = error.as_record() if isinstance(error, Refused) else trouble_of(error).as_record()
        self.visit.warc.write_end(request, how, is_part=self.is_part(request, None))

    async def _exchange(self, visit: Visit, request: Request) -> Response:
        if not visit.assignment.portal.allow_private:
            await check_public(request.url)
        visit.spend_request(request.url)
        return await super().download_request(request)
