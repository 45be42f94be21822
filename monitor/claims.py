"""Claims: links on list pages without a document behind them that could be somebody's report.

Theory. "The report is not in the column" is only as true as our reading of the column's links. A link
whose document was read is settled by its match. Every other link that could be a report, by its title,
because a request for it failed, or because it stands with its day in the list and says only a body's
name, keeps the bodies that it could belong to from being called missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from archive.records import GOOD_VERDICTS, Verdict
from archive.store import Archive
from extract.titles import TitleReading, read_page_title, tidy_title
from extract.titles import Verdict as TitleVerdict
from monitor.looks import CONTENT_NOT_REPORT, LISTED_DEAD, LISTED_UNREAD, NOT_FOLLOWED, NOT_READ_YET, Look
from monitor.matching import is_possible_year
from monitor.naming import resolve_name
from monitor.roster import Roster


@dataclass(frozen=True, slots=True)
class Claim:
    """A link of a look without a stored document behind it, which could be somebody's report.

    `reason` is why there is no document, `bodies` whose it could be, `year` None for any year.
    """

    url: str
    title: str
    bodies: frozenset[str]
    year: int | None
    reason: str

    def concerns(self, body: str, year: int) -> bool:
        """Tell whether the link could be this body's report of the year."""
        return body in self.bodies and self.year in {None, year}


@dataclass(frozen=True, eq=False)
class LinkReader:
    """Reads the links of looks; `reports` are the addresses of stored reports."""

    archive: Archive
    roster: Roster
    version: int
    reports: frozenset[str]

    def count_reports(self, look: Look) -> int:
        """Return how many links of a look are reports, or by their titles could be."""
        return sum(url in self.reports or _is_telling(_read(title)) for url, title in look.links)

    def claims(self, look: Look) -> Iterator[Claim]:
        """Yield the links that could be a report and have no document that was read."""
        for url, title in look.links:
            if url in look.pages or url in self._settled:
                continue
            key = (look.portal, url, title, look.shown_on.get(url, ""))
            if key not in self._known:
                self._known[key] = self._claim(*key[:3]) or self._bare_name(*key)
            claim = self._known[key]
            if claim is not None and claim.bodies:
                yield claim if _is_possible_year(claim, look) else replace(claim, year=None)

    @cached_property
    def _known(self) -> dict[tuple[str, str, str, str], Claim | None]:
        """The links that were read already: the same ones stand on every look."""
        return {}

    def _claim(self, portal: str, url: str, title: str) -> Claim | None:
        """Read whose report a link without a document could be; None for what is no report."""
        reading = _read(title)
        if reading.verdict is TitleVerdict.OTHER:
            return None
        reason, was_tried = self._why_no_document(url)
        if not _is_telling(reading) and not was_tried:
            return None  # the name of the column itself, navigation
        name = reading.organization if _is_possible(reading) else title
        named = resolve_name(name, portal, reading.year, self.roster)
        if not _is_telling(reading) and named.body is None:
            named = resolve_name(None, portal, reading.year, self.roster)
        bodies = {named.body.id} if named.body else {body.id for body in named.candidates}
        return Claim(url, title, frozenset(bodies), reading.year, reason)

    def _bare_name(self, portal: str, url: str, title: str, shown_on: str) -> Claim | None:
        """Read an entry of the list that says whose it is and not what: dated, so no part of a menu."""
        if not shown_on or _read(title).verdict is TitleVerdict.OTHER:
            return None
        named = resolve_name(_BESIDE_NAME.sub("", tidy_title(title)), portal, None, self.roster)
        if not named.is_exact or named.body is None:
            return None
        year = date.fromisoformat(shown_on).year - 1
        return Claim(url, title, frozenset({named.body.id}), year, NOT_FOLLOWED)

    def _why_no_document(self, url: str) -> tuple[str, bool]:
        """Return why a link has no document that was read, and whether a request for it failed."""
        row = self.archive.row(
            "select verdict from captures where url = :url order by id desc limit 1", {"url": url}
        )
        if row is None:
            return LISTED_UNREAD, False
        verdict = Verdict(row["verdict"])
        if verdict in {Verdict.GONE, Verdict.SOFT_404}:
            return LISTED_DEAD, True
        if verdict not in GOOD_VERDICTS:
            return str(verdict), True
        known = self.archive.row("select 1 from documents where url = :url or page_url = :url", {"url": url})
        return (NOT_READ_YET, True) if known else (CONTENT_NOT_REPORT, False)

    @cached_property
    def _settled(self) -> frozenset[str]:
        """The addresses of documents that were read, one way or another, and of the pages linking them."""
        rows: Iterable[dict[str, str | None]] = self.archive.rows(
            "select d.url, d.page_url from documents d"
            " join outcomes o on o.sha256 = d.sha256 and o.version = :version",
            {"version": self.version},
        )
        return frozenset(url for row in rows for url in (row["url"], row["page_url"]) if url)


_BESIDE_NAME = re.compile(r"20\d\d年?度?|年度|(?:工作|情况|信息|公开|年度|报告|年报|公示|的)+$")

_read = lru_cache(maxsize=100_000)(read_page_title)


def _is_possible_year(claim: Claim, look: Look) -> bool:
    """Tell whether a report of the claim's year can exist on the day of the look."""
    return claim.year is None or is_possible_year(claim.year, look.began_at)


def _is_possible(reading: TitleReading) -> bool:
    """Tell a title that is, or cut short could be, that of a report."""
    if reading.verdict is TitleVerdict.REPORT:
        return True
    return reading.verdict is TitleVerdict.UNDECIDED and "公开" in reading.title and "年" in reading.title


def _is_telling(reading: TitleReading) -> bool:
    """Tell a possible title that says whose or of which year: not merely the name of a column."""
    return _is_possible(reading) and bool(reading.organization or reading.year)
