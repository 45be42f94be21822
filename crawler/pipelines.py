"""The one pipeline: what spiders yield goes into the archive."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self, cast

from scrapy.crawler import Crawler

from crawler.exchange import Exchange
from crawler.together import commit_together

if TYPE_CHECKING:
    from crawler.spiders.base import PortalSpider

logger = logging.getLogger(__name__)


class ArchivePipeline:
    """Commits each exchange before the next request of its host goes out."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the pipeline of a crawler; a line below the log's level is not even made."""
        logger.setLevel(crawler.settings["LOG_LEVEL"])
        return cls(crawler)

    async def process_item(self, item: Exchange) -> Exchange:
        """Commit an exchange."""
        await commit_together(cast("PortalSpider", self.crawler.spider).visit, item)
        logger.info("%s", item)
        return item
