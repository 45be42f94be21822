"""Make a run again from its WARC: the same crawl, its answers from the file and none from the network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from archive.records import Verdict
from config import clock
from crawler.courtesy import host_of
from crawler.errors import NotRecorded, Refused
from crawler.failures import Trouble, TroubleKnown
from crawler.recorded import RecordedEnd, RecordedRun

if TYPE_CHECKING:
    from crawler.spiders.base import PortalSpider

SETTING = "REPLAY_WARC"
HANDLERS = dict.fromkeys(("http", "https"), "crawler.replay.ReplayHandler")


class ReplayHandler(BaseDownloadHandler):
    """Answers requests from the file that `REPLAY_WARC` names."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.recorded = RecordedRun.open(Path(crawler.settings[SETTING]))

    async def download_request(self, request: Request) -> Response:
        """Return the recorded answer; raises the recorded trouble, or NotRecorded."""
        end = self.recorded.take(request)
        if end is None:
            raise NotRecorded(request.url, is_end=self.recorded.is_at_end)
        request.meta["requested_at"] = end.asked_at
        if end.how is None or "verdict" not in end.how:
            self._count(request)
        if end.how is not None:
            raise _error_of(end)
        kind = responsetypes.from_args(headers=end.headers, url=request.url, body=end.body)
        return kind(url=request.url, status=end.status, headers=end.headers, body=end.body)

    def _count(self, request: Request) -> None:
        """Count what was asked then, refused or not by today's budget: it was made."""
        visit = cast("PortalSpider", self.crawler.spider).visit
        visit.budget.spend(host_of(request.url), clock.today(), sys.maxsize)
        visit.counts["requests"] += 1


def _error_of(end: RecordedEnd) -> Exception:
    how = dict(end.how or {})
    if "verdict" in how:
        return Refused(Verdict(how["verdict"]), how["reason"], stops_host=how["stops_host"])
    return TroubleKnown(Trouble(how["reason"], unreachable=how["unreachable"], retry=how["retry"]))
