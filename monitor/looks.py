"""Looks: what one crawl of a portal saw of its annual-report columns, and whether that proves anything.

Theory. "The report is not there" is a statement about a whole look: every entry page and every further
list page that it led to was answered well, the crawl ended by itself, and the pages showed links. If
one page is missing, the report may stand on it; a look with any trouble proves nothing and says why.
A look is a round of the crawler: a run together with the killed or interrupted runs that it completes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby
from urllib.parse import urldefrag

from archive.records import GOOD_VERDICTS, Verdict
from archive.store import Archive, Row
from config.clock import default_year, local_date
from config.portals import Portal

NO_CAPTURE = "no_capture"
UNFINISHED = "unfinished"
EMPTY_LIST = "empty_list"
TOO_FEW = "too_few"
COLUMN_UNKNOWN = "column_unknown"
CONTENT_NOT_REPORT = "content_not_report"
NOT_READ_YET = "not_read_yet"
INTERRUPTED = "interrupted"
FAILED = "failed"
ENDED = "ok"
_GOOD = GOOD_VERDICTS | {Verdict.REDIRECTED}
"""A redirect is one hop: the capture of the last hop, and the run's outcome, say how it ended."""
WORST_FIRST = (
    str(Verdict.DECLINED), str(Verdict.FORBIDDEN), str(Verdict.JS_SHELL), str(Verdict.SOFT_404),
    str(Verdict.ERROR), str(Verdict.GONE), str(Verdict.NOT_OFFICIAL), COLUMN_UNKNOWN, EMPTY_LIST, TOO_FEW,
    CONTENT_NOT_REPORT, NOT_READ_YET, UNFINISHED, NO_CAPTURE,
)  # fmt: skip
"""Reasons why a look proves nothing; where several hold, the first is told."""


@dataclass(frozen=True, slots=True)
class ListCapture:
    """The last answer of one list page within a look."""

    id: int
    url: str
    requested_at: datetime
    verdict: Verdict
    reason: str


@dataclass(frozen=True)
class Look:
    """All list pages that one round asked, and the links that they showed: (address, title).

    `outcome` is how the crawl ended: ok, failed, interrupted, or empty where it was killed.
    """

    portal: str
    year: int | None
    pages: Mapping[str, ListCapture]
    outcome: str
    links: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @cached_property
    def began_at(self) -> datetime:
        """When the first of its pages was asked."""
        return min(page.requested_at for page in self.pages.values())

    @cached_property
    def ended_at(self) -> datetime:
        """When the last of its pages was asked."""
        return max(page.requested_at for page in self.pages.values())

    @cached_property
    def captures(self) -> tuple[int, ...]:
        """The ids of its captures: the evidence."""
        return tuple(sorted(page.id for page in self.pages.values()))

    def speaks_of(self, year: int) -> bool:
        """Tell whether the round looked for reports of this year."""
        return self.year is None or self.year == year


def trouble_of(look: Look, portal: Portal, reports: int) -> str:
    """Return why a look proves nothing, the worst reason of all; empty where it is good.

    `reports` is how many of its links are reports, or could be: a page that shows none may have its
    list filled in by a script.
    """
    reasons = {str(page.verdict) for page in look.pages.values() if page.verdict not in _GOOD}
    if not portal.column_known:
        reasons.add(COLUMN_UNKNOWN)
    if any(_address(url) not in look.pages for url in portal.entries(_year_of(look))):
        reasons.add(NO_CAPTURE)
    if look.outcome in {"", INTERRUPTED}:
        reasons.add(UNFINISHED)
    if reports == 0:
        reasons.add(EMPTY_LIST)
    elif portal.expect and reports < (portal.expect.reports_min or 0):
        reasons.add(TOO_FEW)
    if look.outcome == FAILED and not reasons:
        reasons.add(UNFINISHED)
    return worst(reasons)


def worst(reasons: Iterable[str]) -> str:
    """Return the reason that is told first; empty for none."""
    known = set(reasons)
    return next((reason for reason in WORST_FIRST if reason in known), "")


def looks_at(archive: Archive, portal: str) -> list[Look]:
    """Return all looks at a portal in the order of time, links included."""
    rows = archive.rows(
        "select c.id, c.url, c.requested_at, c.verdict, c.reason, c.run_id, r.year, r.outcome"
        " from captures c left join runs r on r.id = c.run_id"
        " where c.portal = :portal and c.role = 'list' order by coalesce(r.year, 0), c.id",
        {"portal": portal},
    )
    links = _links(archive, portal)
    looks = [_look(portal, group, links) for group in _rounds(rows)]
    return sorted(looks, key=lambda look: look.began_at)


def _rounds(rows: Sequence[Row]) -> Iterable[list[Row]]:
    """Split captures into rounds: runs of one year up to the one that ended; without runs, days."""
    for year, of_year in groupby(rows, key=lambda row: row["year"]):
        del year
        round_: list[Row] = []
        for _run, run_rows in groupby(of_year, key=_run_key):
            run = list(run_rows)
            round_ += run
            if _is_end(run[-1]):
                yield round_
                round_ = []
        if round_:
            yield round_


def _run_key(row: Row) -> object:
    return row["run_id"] or local_date(_instant(row["requested_at"]))


def _is_end(row: Row) -> bool:
    return row["run_id"] is None or row["outcome"] not in {None, INTERRUPTED}


def _look(portal: str, rows: Sequence[Row], links: Mapping[int, list[tuple[str, str]]]) -> Look:
    pages = {_address(row["url"]): _capture(row) for row in rows}
    shown = [link for page in pages.values() for link in links.get(page.id, ())]
    last = rows[-1]
    outcome = ENDED if last["run_id"] is None else last["outcome"] or ""
    return Look(portal, last["year"], pages, outcome, tuple(dict.fromkeys(shown)))


def _links(archive: Archive, portal: str) -> dict[int, list[tuple[str, str]]]:
    """Return the links of each list capture; an unchanged page shows what it showed before."""
    rows = archive.rows(
        "select l.capture_id, l.url, l.title from listings l join captures c on c.id = l.capture_id"
        " where c.portal = :portal order by l.capture_id, l.position",
        {"portal": portal},
    )
    links: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        links.setdefault(row["capture_id"], []).append((row["url"], row["title"]))
    for row in archive.rows(
        "select id, (select max(p.id) from captures p where p.url = c.url and p.portal = c.portal"
        " and p.id < c.id and p.verdict = 'ok') as before from captures c"
        " where c.portal = :portal and c.role = 'list' and c.verdict = 'unchanged'",
        {"portal": portal},
    ):
        links.setdefault(row["id"], links.get(row["before"], []))
    return links


def _capture(row: Row) -> ListCapture:
    return ListCapture(
        row["id"], row["url"], _instant(row["requested_at"]), Verdict(row["verdict"]), row["reason"] or ""
    )


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _year_of(look: Look) -> int:
    return default_year() if look.year is None else look.year


def _address(url: str) -> str:
    """Leave out an anchor; what stands behind #post- is the body of a request (crawler.asking)."""
    return url if "#post-" in url else urldefrag(url).url
