"""Admission: no request is made that the portal's list, robots.txt or a stopped host forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

from scrapy import Request
from scrapy.crawler import Crawler

if TYPE_CHECKING:
    from crawler.spiders.base import PortalSpider


class AdmissionMiddleware:
    """Downloader middleware, the first to see a request; a refusal goes to the spider's errback."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware of a crawler."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise Refused where the request must not be made."""
        spider = cast("PortalSpider", self.crawler.spider)
        spider.visit.admit(request.url, request.meta["target"])
