"""Errors of the crawler.

CrawlerError
├── WrongAssignment   what was asked cannot be crawled: unknown portal, wrong options, a lock
├── UnreadableWarc    a file is no WARC of ours
├── NotRecorded       a request that a replayed WARC does not hold
├── UnexpectedAnswer  a page or an API's answer does not hold what its family's do
└── Refused           a request that must not be made, or may not be finished
"""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from archive.records import Verdict


class CrawlerError(Exception):
    """Root of crawler errors; `str()` is one line for people."""


class WrongAssignment(CrawlerError):
    """Raised when a portal cannot be crawled as asked, by `assign`, before any request is made."""


class UnreadableWarc(CrawlerError):
    """Raised when a file cannot be replayed, by `RecordedRun.open`."""


class NotRecorded(CrawlerError):
    """Raised by the replay for a request that its WARC does not hold; the target stays pending.

    `is_end` says that nothing more is in the file: there the run was killed.
    """

    def __init__(self, url: str, *, is_end: bool) -> None:
        super().__init__(url)
        self.is_end = is_end


class UnexpectedAnswer(CrawlerError):
    """Raised by a family's reading: what came is not what was asked for, so it proves nothing."""


class Refused(CrawlerError, IgnoreRequest):
    """Raised instead of making a request, by the admission middleware and the download handler.

    It becomes a capture with `verdict` and `reason`. `stops_host` says that no further request goes
    to this host in this run.
    """

    def __init__(self, verdict: Verdict, reason: str, *, stops_host: bool = False) -> None:
        super().__init__(reason)
        self.verdict = verdict
        self.reason = reason
        self.stops_host = stops_host

    def as_record(self) -> dict[str, object]:
        """Return what a WARC keeps of it."""
        return {"verdict": self.verdict, "reason": self.reason, "stops_host": self.stops_host}
