"""The values that go into the archive: what a crawl brings home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """How a request ended (design.md, "The data's way"). Only the first two are good captures."""

    OK = "ok"
    UNCHANGED = "unchanged"
    DECLINED = "declined"  # 412, 521, 403, captcha, challenge page
    FORBIDDEN = "forbidden"  # robots.txt says no; no request was made
    SOFT_404 = "soft_404"  # status 200 with an error text
    JS_SHELL = "js_shell"  # status 200 with a page that only a browser can fill
    GONE = "gone"  # 404, 410
    NOT_OFFICIAL = "not_official"  # a host that is not on the portal's list
    REDIRECTED = "redirected"  # one hop of a chain; the capture of the last hop has the verdict
    ERROR = "error"  # DNS, TLS, reset, timeout, 5xx


GOOD_VERDICTS = frozenset({Verdict.OK, Verdict.UNCHANGED})


class Role(StrEnum):
    """What a request was for."""

    ROBOTS = "robots"
    LIST = "list"  # an annual-report column, or a page of it
    ARTICLE = "article"
    ATTACHMENT = "attachment"
    REDIRECT = "redirect"  # a hop on the way to one of these; `final_url` is where it points


@dataclass(frozen=True, slots=True)
class Capture:
    """One request and how it ended, good or bad: the evidence for "we looked, and it was (not) there".

    `content` is the body as received after transfer decoding, None where there was none.
    """

    portal: str
    role: Role
    url: str
    requested_at: datetime
    verdict: Verdict
    reason: str = ""
    method: str = "GET"
    status: int | None = None
    final_url: str | None = None
    referer: str | None = None
    media_type: str | None = None
    content: bytes | None = None
    etag: str | None = None
    last_modified: str | None = None
    retry_after: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One link that a list page showed, in the order of the page. `shown_on` is the date beside it."""

    url: str
    title: str
    shown_on: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A document seen at an address: what `Archive.add_document` stores.

    `page_url` is the article that links an attachment, `list_url` the column that links the article,
    `listed_on` the date beside the link (ISO), `context` the words around it (breadcrumb, headings).
    """

    portal: str
    url: str
    role: Role
    media_type: str | None = None
    name: str | None = None
    link_title: str | None = None
    page_url: str | None = None
    list_url: str | None = None
    listed_on: str | None = None
    context: str | None = None
    handed_in_by: str | None = None
