"""Crawl many portals in one process: each is a crawler of its own, a bounded number at a time."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from typing import NoReturn, cast

from scrapy.crawler import AsyncCrawlerProcess, Crawler, CrawlerProcessBase
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from config.portals import Portal
from crawler.errors import CrawlerError
from crawler.spiders.base import PortalSpider

WRONG_USAGE = 64


def refuse(error: CrawlerError) -> NoReturn:
    """Say in one line why nothing is crawled, and end the program."""
    sys.stderr.write(f"nianbao: {error}\n")
    raise SystemExit(WRONG_USAGE)


def families(settings: BaseSettings | None) -> dict[str, type[PortalSpider]]:
    """Return the spider class of every family, by name."""
    if settings is None:
        raise TypeError("a command without settings")
    loader = SpiderLoader.from_settings(settings)
    return {name: cast("type[PortalSpider]", loader.load(name)) for name in loader.list()}


def crawl_all(process: CrawlerProcessBase | None, portals: Sequence[Portal], year: int) -> int:
    """Crawl the portals and return the exit code: 1 where one failed, else 0."""
    if not portals:
        sys.stdout.write("没有需要采集的门户\n")
        return 0
    if not isinstance(process, AsyncCrawlerProcess):
        raise TypeError("the project needs Scrapy's default process")
    queue = _Queue(process, list(portals), year)
    for _ in range(process.settings.getint("PORTALS_AT_ONCE")):
        queue.start_next()
    process.start()
    for portal_id, reason in queue.failed.items():
        sys.stderr.write(f"portal={portal_id}: {reason}\n")
    return 1 if queue.failed or queue.waiting else 0


class _Queue:
    """Starts the next portal's crawler when one has ended."""

    def __init__(self, process: AsyncCrawlerProcess, portals: list[Portal], year: int) -> None:
        self.process = process
        self.waiting = portals
        self.year = year
        self.failed: dict[str, str] = {}
        self.stopping = False

    def start_next(self) -> None:
        """Start the next portal, if there is one."""
        if not self.waiting or self.stopping:
            return
        portal = self.waiting.pop(0)
        crawler = self.process.create_crawler(portal.family)
        task = self.process.crawl(crawler, portal=portal.id, year=str(self.year))
        task.add_done_callback(lambda ended: self._ended(portal, crawler, ended))

    def _ended(self, portal: Portal, crawler: Crawler, task: asyncio.Task[None]) -> None:
        error = task.exception() if not task.cancelled() else asyncio.CancelledError()
        outcome = _outcome(crawler) if error is None else ""
        if isinstance(error, CrawlerError):
            self.failed[portal.id] = str(error).removeprefix(f"portal={portal.id}: ")
        elif error is not None:
            self.failed[portal.id] = f"{type(error).__name__}: {error}"
        elif outcome != "ok":
            self.failed[portal.id] = f"采集未成功 ({outcome})"
        self.stopping = self.stopping or outcome == "interrupted"
        self.start_next()


def _outcome(crawler: Crawler) -> str:
    """Return how a crawl ended; `unfinished` where its spider never closed in order."""
    return str(crawler.stats.get_value("nianbao/outcome", "unfinished")) if crawler.stats else "unfinished"
