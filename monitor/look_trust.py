"""Trust: whether a look proves that what it did not show is not there.

Theory. A list is read by its links, so whatever keeps links from us looks like an empty place: a pager
that only a script works, a rebuilt page, a round that took days. Such a look is not called good because
no request failed: what the page itself says of its length, and what it showed before, must fit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

from archive.errors import ArchiveError
from archive.memory import Memory, memo_key
from archive.records import GOOD_VERDICTS, Verdict
from archive.store import Archive
from config.clock import default_year
from config.portals import Portal
from extract.media import decode
from monitor.looks import (
    COLUMN_UNKNOWN,
    EMPTY_LIST,
    FAILED,
    INTERRUPTED,
    MORE_PAGES,
    NO_CAPTURE,
    TOO_FEW,
    UNFINISHED,
    ListCapture,
    Look,
    bare_address,
    worst,
)
from monitor.portal_health import LEAST_SHARE

LONGEST_ROUND = timedelta(hours=36)
"""A round that took longer saw its pages on different days: what moved between them was missed."""
_GOOD = GOOD_VERDICTS | {Verdict.REDIRECTED}
"""A redirect is one hop: the capture of the last hop, and the run's outcome, say how it ended."""
_HTML = re.compile(rb"<(?:!doctype\s+html|html|body|head)\b", re.IGNORECASE)
_GAP = r"(?:\s|&nbsp;|<[^>]{0,80}>)*"
_STATED = (
    re.compile(rf"[共总]{_GAP}(?:计|有)?{_GAP}(\d{{1,4}}){_GAP}页"),
    re.compile(rf"(?<!\d)\d{{1,4}}{_GAP}/{_GAP}(\d{{1,4}}){_GAP}页"),
    re.compile(r"createPageHTML\w*\(\s*(?:['\"][^'\"]*['\"]\s*,\s*)?(\d{1,4})\s*,"),
    re.compile(
        r"\b(?:countPage|pageCount|totalPages?|pageTotal|total_pages?)['\"]?\s*[:=]\s*['\"]?(\d{1,4})\b"
    ),
)


def stated_pages(content: bytes) -> int:
    """Return how many pages a list page says that its list has; 0 where it says nothing, or is no HTML."""
    if not _HTML.search(content[:4096]):
        return 0
    text = decode(content)
    found = [int(number) for pattern in _STATED for number in pattern.findall(text)]
    return max(found, default=0)


@dataclass(eq=False)
class LookTrust:
    """Judges looks; `memory` remembers what stored pages state, `None` where nothing may be written."""

    archive: Archive
    memory: Memory | None = None
    _known: dict[str, int] = field(default_factory=dict)

    def trouble_of(self, look: Look, portal: Portal, reports: int, known_reports: int = 0) -> str:
        """Return why a look proves nothing, the worst reason of all; empty where it is good.

        `reports` is how many of its links are reports, or could be: a page that shows none may have
        its list filled in by a script; `known_reports` how many the same column showed before.
        """
        reasons = {str(page.verdict) for page in look.pages.values() if page.verdict not in _GOOD}
        if not portal.column_known:
            reasons.add(COLUMN_UNKNOWN)
        if any(bare_address(url) not in look.pages for url in portal.entries(year_of(look))):
            reasons.add(NO_CAPTURE)
        if look.outcome in {"", INTERRUPTED} or look.ended_at - look.began_at > LONGEST_ROUND:
            reasons.add(UNFINISHED)
        if reports == 0:
            reasons.add(EMPTY_LIST)
        elif reports < _least(portal, known_reports):
            reasons.add(TOO_FEW)
        if look.outcome == FAILED and not reasons:
            reasons.add(UNFINISHED)
        if not reasons and self._lacks_pages(look):
            reasons.add(MORE_PAGES)
        return worst(reasons)

    def _lacks_pages(self, look: Look) -> bool:
        """Tell whether a page that led no further says that its list goes on."""
        followed = {page.referer for page in look.pages.values() if page.referer}
        return any(
            self._stated(page) > self._position(page, look)
            for page in look.pages.values()
            if page.url not in followed
        )

    def _position(self, page: ListCapture, look: Look) -> int:
        """Count the pages of the same list up to this one: those that led here and state the same."""
        stated, position, seen = self._stated(page), 1, {page.url}
        while page.referer and page.referer not in seen:
            seen.add(page.referer)
            before = look.pages.get(bare_address(page.referer))
            if before is None or self._stated(before) != stated:
                break
            page, position = before, position + 1
        return position

    def _stated(self, page: ListCapture) -> int:
        if not page.sha256:
            return 0
        if page.sha256 not in self._known:
            self._known[page.sha256] = self._read(page.sha256)
        return self._known[page.sha256]

    def _read(self, sha256: str) -> int:
        key = memo_key("stated-pages", 1, sha256)
        told = self.memory.recall(key) if self.memory else None
        if told is not None:
            return int(told)
        try:
            stated = stated_pages(self.archive.originals.read(sha256))
        except ArchiveError:
            return 0
        if self.memory:
            self.memory.keep(key, stated)
        return stated


def year_of(look: Look) -> int:
    """Return the report year that a look was for."""
    return default_year() if look.year is None else look.year


def _least(portal: Portal, known_reports: int) -> float:
    """Return how many reports a good look shows at least: as configured, else half of what was known."""
    if portal.expect and portal.expect.reports_min is not None:
        return portal.expect.reports_min
    return known_reports * LEAST_SHARE
