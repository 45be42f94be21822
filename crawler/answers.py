"""From Scrapy's responses to our values: answers, names of files, captures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from scrapy.http import Request, Response

from archive.frontier import Target
from archive.records import Capture, Role, Verdict
from config import clock
from crawler.asking import question_of
from crawler.attachments import ending_of
from crawler.trail import Trail
from crawler.verdicts import Answer
from extract import media

LONGEST_RETRY_AFTER = timedelta(days=7)

_ENCODED_NAME = re.compile(r"filename\*\s*=\s*[\w-]*'[^']*'([^;]+)", re.IGNORECASE)
_PLAIN_NAME = re.compile(r'filename\s*=\s*"?([^";]+)"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it was made: the target, how it was found, when it went out."""

    target: Target
    trail: Trail
    requested_at: datetime

    @property
    def url(self) -> str:
        """The address that was asked: the target's, or the last hop's."""
        return self.trail.hops[-1] if self.trail.hops else self.target.url

    @property
    def method(self) -> str:
        """The method that it was asked with."""
        return question_of(self.url).method


def asked_by(request: Request) -> Asked:
    """Read back what `PortalSpider.request_for` put into a request."""
    target: Target = request.meta["target"]
    return Asked(target, Trail.from_context(target.context), request.meta.get("requested_at") or clock.now())


def answer_of(response: Response, role: Role) -> Answer:
    """Make an answer of a response."""
    headers = {
        name.decode("latin-1").lower(): media.decode(b", ".join(values))
        for name, values in response.headers.items()
    }
    return Answer(response.status, headers, response.body, response.url, role)


def capture_of(asked: Asked, answer: Answer, verdict: Verdict, reason: str, final_url: str) -> Capture:
    """Make the capture of an answered request; an empty body and that of a 304 are not kept."""
    content = answer.content if answer.content and verdict is not Verdict.UNCHANGED else None
    return Capture(
        portal=asked.target.portal, role=asked.target.role, url=asked.target.url,
        requested_at=asked.requested_at, verdict=verdict, reason=reason, method=asked.method,
        status=answer.status,
        final_url=final_url, referer=asked.target.referer,
        media_type=answer.media_type if content else None, content=content,
        etag=answer.headers.get("etag"), last_modified=answer.headers.get("last-modified"),
        retry_after=answer.headers.get("retry-after"),
    )  # fmt: skip


def capture_of_hop(asked: Asked, answer: Answer, hop: str) -> Capture:
    """Make the capture of one hop of a chain; the end of the chain has a capture of its own."""
    capture = capture_of(asked, answer, Verdict.REDIRECTED, f"status {answer.status}", hop)
    return replace(capture, role=Role.REDIRECT, url=asked.url, content=None, media_type=None)


def capture_without_answer(asked: Asked, verdict: Verdict, reason: str) -> Capture:
    """Make the capture of a request that was refused, or that got no answer."""
    return Capture(
        portal=asked.target.portal, role=asked.target.role, url=asked.target.url,
        requested_at=asked.requested_at, verdict=verdict, reason=reason, method=asked.method,
        final_url=asked.url if asked.trail.hops else None, referer=asked.target.referer,
    )  # fmt: skip


def file_name(headers: Mapping[str, str], url: str) -> str | None:
    """Return the name under which a file is offered: Content-Disposition, else the address."""
    disposition = headers.get("content-disposition", "")
    if match := _ENCODED_NAME.search(disposition):
        return media.decode(unquote_to_bytes(match.group(1).strip().strip('"')))
    if match := _PLAIN_NAME.search(disposition):
        return media.decode(unquote_to_bytes(match.group(1).strip().encode()))
    name = PurePosixPath(unquote(urlsplit(url).path)).name
    return name if ending_of(url) and name else None


def wait_until(headers: Mapping[str, str]) -> datetime | None:
    """Return the instant before which the host asks us not to come back (Retry-After), or None."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    now = clock.now()
    if value.isdigit():
        return now + min(timedelta(seconds=int(value)), LONGEST_RETRY_AFTER)
    try:
        instant = parsedate_to_datetime(value)
    except ValueError:
        return None
    return min(instant, now + LONGEST_RETRY_AFTER) if instant.tzinfo else None
