"""Scrapy's scheduler on our frontier: the queue is the table `targets`, so a kill loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler
from twisted.internet.defer import Deferred

if TYPE_CHECKING:
    from crawler.spiders.base import PortalSpider


class FrontierScheduler(BaseScheduler):
    """Hands out one target per host at a time, robots.txt of the host first."""

    def open(self, spider: Spider) -> Deferred[None] | None:
        """Remember the spider, whose visit holds the frontier."""
        self.spider = cast("PortalSpider", spider)
        return None

    def has_pending_requests(self) -> bool:
        """Tell whether a target could be handed out now."""
        return self.spider.visit.has_targets()

    def enqueue_request(self, request: Request) -> bool:
        """Put a request that a spider yielded into the frontier; False where it names no target."""
        found = request.meta.get("found")
        if found is None:
            return False
        self.spider.visit.offer(found)
        return True

    def next_request(self) -> Request | None:
        """Hand out the next target as a request, or None while all hosts are busy."""
        visit = self.spider.visit
        target = visit.next_target()
        if target is None:
            return None
        visit.take(target)
        return self.spider.request_for(target)
