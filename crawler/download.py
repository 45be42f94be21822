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

    async def download_request(self, request: Request) -> Response:
        """Make one exchange; raises Refused, or the download error that Scrapy names."""
        visit = cast("PortalSpider", self.crawler.spider).visit
        await asyncio.sleep(request.meta.get("wait_s", 0))
        async with turn(host_of(request.url), visit.pause_s(request.url)):
            request.meta["requested_at"] = clock.now()
            try:
                response = await self._exchange(visit, request)
            except Refused as refused:
                visit.warc.write_end(request, refused.as_record())
                raise
            except Exception as error:
                visit.warc.write_end(request, trouble_of(error).as_record())
                raise
            visit.warc.write_answer(request, response)
            return response

    async def _exchange(self, visit: Visit, request: Request) -> Response:
        if not visit.assignment.portal.allow_private:
            await check_public(request.url)
        visit.spend_request(request.url)
        return await super().download_request(request)
