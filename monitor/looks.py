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

from archive.records import Verdict
from archive.store import Archive, Row
from config.clock import local_date

NO_CAPTURE = "no_capture"
UNFINISHED = "unfinished"
EMPTY_LIST = "empty_list"
TOO_FEW = "too_few"
MORE_PAGES = "more_pages"
NOT_FOLLOWED = "not_followed"
LISTED_UNREAD = "listed_unread"
LISTED_DEAD = "listed_dead"
COLUMN_UNKNOWN = "column_unknown"
CONTENT_NOT_REPORT = "content_not_report"
NOT_READ_YET = "not_read_yet"
INTERRUPTED = "interrupted"
FAILED = "failed"
ENDED = "ok"
WORST_FIRST = (
    str(Verdict.DECLINED), str(Verdict.FORBIDDEN), str(Verdict.JS_SHELL), str(Verdict.SOFT_404),
    str(Verdict.ERROR), str(Verdict.GONE), str(Verdict.NOT_OFFICIAL), COLUMN_UNKNOWN, EMPTY_LIST, TOO_FEW,
    MORE_PAGES, LISTED_DEAD, CONTENT_NOT_REPORT, NOT_FOLLOWED, LISTED_UNREAD, NOT_READ_YET, UNFINISHED,
    NO_CAPTURE,
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
    referer: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Look:
    """All list pages that one round asked, and the links that they showed: (address, title).

    `shown_on` are the days (ISO) that the lists show beside links, by address; `outcome` is how the
    crawl ended: ok, failed, interrupted, or empty where it was killed.
    """

    portal: str
    year: int | None
    pages: Mapping[str, ListCapture]
    outcome: str
    links: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    shown_on: Mapping[str, str] = field(default_factory=dict, repr=False)

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


def worst(reasons: Iterable[str]) -> str:
    """Return the reason that is told first; empty for none."""
    known = set(reasons)
    return next((reason for reason in WORST_FIRST if reason in known), "")


def looks_at(archive: Archive, portal: str) -> list[Look]:
    """Return all looks at a portal in the order of time, links included."""
    rows = archive.rows(
        "select c.id, c.url, c.requested_at, c.verdict, c.reason, c.run_id, c.referer, c.sha256, r.year,"
        " r.outcome"
        " from captures c left join runs r on r.id = c.run_id"
        " where c.portal = :portal and c.role = 'list' order by coalesce(r.year, 0), c.id",
        {"portal": portal},
    )
    shown = _Shown(archive, portal)
    looks = [_look(portal, group, shown) for group in _rounds(rows)]
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


def _look(portal: str, rows: Sequence[Row], shown: _Shown) -> Look:
    pages = {bare_address(row["url"]): _capture(row, shown) for row in rows}
    links = [link for page in pages.values() for link in shown.links_of(page.id)]
    last = rows[-1]
    outcome = ENDED if last["run_id"] is None else last["outcome"] or ""
    days = {url: day for url, _title, day in links if day}
    return Look(
        portal,
        last["year"],
        pages,
        outcome,
        tuple(dict.fromkeys((url, title) for url, title, _ in links)),
        days,
    )


class _Shown:
    """What the list captures of a portal showed; an unchanged page shows what it showed before."""

    def __init__(self, archive: Archive, portal: str) -> None:
        self._links: dict[int, list[tuple[str, str, str | None]]] = {}
        for row in archive.rows(
            "select l.capture_id, l.url, l.title, l.shown_on from listings l"
            " join captures c on c.id = l.capture_id where c.portal = :portal"
            " order by l.capture_id, l.position",
            {"portal": portal},
        ):
            self._links.setdefault(row["capture_id"], []).append((row["url"], row["title"], row["shown_on"]))
        rows = archive.rows(
            "select c.id, p.id as before, p.sha256 from captures c join captures p on p.id ="
            " (select max(o.id) from captures o where o.url = c.url and o.portal = c.portal"
            " and o.id < c.id and o.verdict = 'ok')"
            " where c.portal = :portal and c.role = 'list' and c.verdict = 'unchanged'",
            {"portal": portal},
        )
        self._before = {row["id"]: (row["before"], row["sha256"]) for row in rows}

    def links_of(self, capture: int) -> list[tuple[str, str, str | None]]:
        """Return the links of a capture: address, title, day beside it."""
        return self._links.get(capture) or self._links.get(self._before.get(capture, (0, ""))[0], [])

    def content_of(self, capture: int, sha256: str | None) -> str:
        """Return the hash of the bytes that a capture showed, or empty."""
        return sha256 or self._before.get(capture, (0, ""))[1] or ""


def _capture(row: Row, shown: _Shown) -> ListCapture:
    return ListCapture(
        row["id"], row["url"], _instant(row["requested_at"]), Verdict(row["verdict"]), row["reason"] or "",
        row["referer"] or "", shown.content_of(row["id"], row["sha256"]),
    )  # fmt: skip


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def bare_address(url: str) -> str:
    """Leave out an anchor; what stands behind #post- is the body of a request (crawler.asking)."""
    return url if "#post-" in url else urldefrag(url).url
