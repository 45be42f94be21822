"""From the archive to cases: what was seen of each body's year, ready to be decided."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from archive.memory import Memory
from archive.store import Archive, Row, to_json
from config.bodies import Body
from config.clock import local_date
from config.deadlines import Deadlines
from config.portals import Portal
from extract.dates import DateEvidence, DateKind, date_in_url
from monitor.claims import Claim, LinkReader
from monitor.coverage import DOUBTFUL_MATCH, Case, Doubt, PortalView, shows
from monitor.look_trust import LookTrust, year_of
from monitor.looks import CONTENT_NOT_REPORT, NO_CAPTURE, Look, looks_at, worst
from monitor.publications import Publication, load_publications
from monitor.roster import Roster

CLOCK_MARGIN = timedelta(minutes=30)
"""So long after a deadline a look is not believed to be after it: clocks differ."""
SHARED_BY = 20
"""From so many articles of a portal with one date on, the date is that of a site's move."""


@dataclass(frozen=True, eq=False)
class SeenPortal:
    """All looks at one portal, each with its trouble and the claims of its links."""

    portal: Portal
    looks: tuple[tuple[Look, str, tuple[Claim, ...]], ...]

    def view(self, body: str, year: int, passed_at: datetime) -> PortalView:
        """Return what the portal shows of a body's year after its deadline."""
        clean, last, looked_at = [], NO_CAPTURE, None
        named_at, named = self._named.get((body, year), (None, ""))
        open_link = named
        for look, trouble, claims in self._after(year, passed_at):
            claimed = next((claim.reason for claim in claims if claim.concerns(body, year)), "")
            is_named = named_at is not None and look.began_at >= named_at
            open_link = named if is_named else claimed or (open_link if trouble else "")
            last = trouble or claimed or open_link
            looked_at = look.ended_at
            if not last:
                clean.append(look)
        return PortalView(self.portal.id, self.portal.name, tuple(clean), last, looked_at, open_link)

    def _after(self, year: int, passed_at: datetime) -> tuple[tuple[Look, str, tuple[Claim, ...]], ...]:
        """Return the looks for a year after an instant: the same for all bodies with one deadline."""
        key, since = (year, passed_at), passed_at + CLOCK_MARGIN
        if key not in self._looks_after:
            self._looks_after[key] = tuple(
                seen for seen in self.looks if seen[0].speaks_of(year) and seen[0].began_at >= since
            )
        return self._looks_after[key]

    @cached_property
    def _named(self) -> Mapping[tuple[str, int], tuple[datetime, str]]:
        """Since when a link named one body and year and never led to a document, and why, by both.

        Such a link may vanish again: its report was listed, whatever became of it.
        """
        named: dict[tuple[str, int], tuple[datetime, str]] = {}
        for look, _trouble, claims in self.looks:
            for claim in claims:
                if claim.year is not None and len(claim.bodies) == 1:
                    named.setdefault((min(claim.bodies), claim.year), (look.began_at, claim.reason))
        return named

    @cached_property
    def _looks_after(self) -> dict[tuple[int, datetime], tuple[tuple[Look, str, tuple[Claim, ...]], ...]]:
        return {}

    def lacks(self, body: str, found: Publication, since: datetime) -> bool:
        """Tell whether the last good look since an instant shows neither the report nor what could be it."""
        entries = self.portal.entries(found.year)
        for look, trouble, claims in reversed(self.looks):
            if look.began_at < since:
                return False
            if not trouble and self.portal.entries(year_of(look)) == entries:
                return not shows(look, found) and not any(one.concerns(body, found.year) for one in claims)
        return False

    def last_trouble(self, year: int) -> str:
        """Return the trouble of the last look for a year, empty where it was good or there is none."""
        return next((trouble for look, trouble, _ in reversed(self.looks) if look.speaks_of(year)), "")

    @cached_property
    def shared_days(self) -> frozenset[tuple[DateKind, date]]:
        """Days that so many links of the portal carry in their addresses that a move explains them."""
        urls = {url for look, _trouble, _claims in self.looks for url, _title in look.links}
        days = Counter(day for url in urls if (day := date_in_url(url)))
        return frozenset((DateKind.URL, day) for day, count in days.items() if count >= SHARED_BY)


@dataclass(frozen=True, eq=False)
class Evidence:
    """Everything seen, at one version of extraction and matching."""

    archive: Archive
    roster: Roster
    deadlines: Deadlines
    version: int
    now: datetime
    memory: Memory | None = None

    @cached_property
    def portals(self) -> Mapping[str, SeenPortal]:
        """The looks at every portal."""
        return {id_: self._seen(portal) for id_, portal in self.roster.portals.items()}

    @cached_property
    def publications(self) -> Mapping[tuple[str, int], Publication]:
        """The publications of all bodies and years."""
        return load_publications(self.archive, self.version)

    @cached_property
    def _publications_of(self) -> Mapping[str, list[Publication]]:
        """The publications of each body."""
        found: dict[str, list[Publication]] = {}
        for (body, _year), publication in self.publications.items():
            found.setdefault(body, []).append(publication)
        return found

    @cached_property
    def keys(self) -> list[tuple[str, int]]:
        """Return the bodies and years to decide: of years that were crawled, and of what was found."""
        crawled = self.archive.rows(
            "select distinct portal, year from runs where command = 'crawl' and year is not null"
        )
        looked = {(row["portal"], row["year"]) for row in crawled}
        years = {year for _portal, year in looked}
        owing = {(body.id, year) for body in self.roster.bodies.values() for year in years if body.owes(year)}
        known = {key for key in self.publications if key[0] in self.roster.bodies}
        return sorted(owing | known, key=lambda key: (key[1], key[0]))

    def case(self, body: Body, year: int) -> Case:
        """Return everything that decides the standing of a body's year."""
        deadline = self.deadlines.deadline(body, year)
        publication = self.publications.get((body.id, year))
        portals = [self.portals[portal.id] for portal in self.roster.portals_of(body)]
        return Case(
            body=body,
            year=year,
            deadline=deadline,
            now=self.now,
            upcoming_days=self.deadlines.upcoming_days,
            views=tuple(seen.view(body.id, year, deadline.passed_at) for seen in portals),
            publication=publication,
            first_shown_at=self._first_shown(publication),
            dates=self._own_dates(body, publication) if publication else (),
            gone=self._gone(body, publication),
            doubts=tuple(self._doubts(body.id, year)),
            trouble_before=worst(seen.last_trouble(year) for seen in portals),
        )

    def _seen(self, portal: Portal) -> SeenPortal:
        told = []
        known: dict[tuple[str, ...], int] = {}
        for look in looks_at(self.archive, portal.id):
            reports, entries = self._links.count_reports(look), portal.entries(year_of(look))
            trouble = self._trust.trouble_of(look, portal, reports, known.get(entries, 0))
            if not trouble:
                known[entries] = max(reports, known.get(entries, 0))
            told.append((look, trouble, tuple(self._links.claims(look))))
        return SeenPortal(portal, tuple(told))

    @cached_property
    def _trust(self) -> LookTrust:
        return LookTrust(self.archive, self.memory)

    @cached_property
    def _links(self) -> LinkReader:
        reports = frozenset[str]().union(*(item.addresses for item in self.publications.values()))
        return LinkReader(self.archive, self.roster, self.version, reports)

    # Documents

    def _first_shown(self, publication: Publication | None) -> datetime | None:
        """Return when a list page first showed a link to the publication."""
        if publication is None:
            return None
        row = self.archive.row(
            "select min(c.requested_at) as at from listings l join captures c on c.id = l.capture_id"
            " where l.url in (select value from json_each(:urls))",
            {"urls": to_json(sorted(publication.addresses))},
        )
        return datetime.fromisoformat(row["at"]) if row and row["at"] else None

    def _own_dates(self, body: Body, publication: Publication) -> tuple[DateEvidence, ...]:
        """Leave out borrowed dates, and those that speak of another year's report."""
        borrowed, following = self._borrowed_dates(body, publication), publication.year + 1
        own = tuple(item for item in publication.dates if (item.kind, item.on) not in borrowed)
        if (body.id, following) not in self.publications and all(item.on.year > following for item in own):
            return ()  # published when the next one was due, which is not there: a year miswritten?
        return own

    def _borrowed_dates(self, body: Body, publication: Publication) -> frozenset[tuple[DateKind, date]]:
        """Return the dates that many articles share, or that the body's older reports carry too."""
        portals = [self.portals[portal.id] for portal in self.roster.portals_of(body)]
        older = {
            (item.kind, item.on)
            for found in self._publications_of.get(body.id, ())
            if found.year < publication.year
            for item in found.dates
        }
        return frozenset().union(*(seen.shared_days for seen in portals), self._listed_days, older)

    @cached_property
    def _listed_days(self) -> frozenset[tuple[DateKind, date]]:
        """Days that list pages show beside so many links of one portal."""
        rows = self.archive.rows(
            "select l.shown_on from listings l join captures c on c.id = l.capture_id"
            " where l.shown_on is not null group by c.portal, l.shown_on"
            " having count(distinct l.url) >= :many",
            {"many": SHARED_BY},
        )
        days = [date.fromisoformat(row["shown_on"]) for row in rows]
        kinds = (DateKind.LIST, DateKind.LABEL, DateKind.INDEX)
        return frozenset((kind, day) for day in days for kind in kinds)

    def _gone(self, body: Body, publication: Publication | None) -> tuple[datetime, datetime] | None:
        """Return since when and until when every address was answered with gone, since last seen.

        What says neither, such as a portal that declines for a day, proves nothing and ends nothing.
        Nor does it prove anything where the columns were not seen well since then, as when a whole
        site moves, or still show what could be the report.
        """
        if publication is None or publication.basis == "handed_in":
            return None
        spans = [self._gone_span(item.url) for item in publication.documents if not item.handed_in]
        found = [span for span in spans if span is not None]
        if len(found) < len(spans):
            return None
        first, last = max(span[0] for span in found), min(span[1] for span in found)
        portals = [self.portals[portal.id] for portal in self.roster.portals_of(body)]
        if not portals or not all(seen.lacks(body.id, publication, first) for seen in portals):
            return None
        return first, last

    def _gone_span(self, url: str) -> tuple[datetime, datetime] | None:
        row = self.archive.row(
            "select min(requested_at) as first, max(requested_at) as last from captures"
            " where url = :url and verdict = 'gone' and id > coalesce((select max(id) from captures"
            " where url = :url and verdict in ('ok', 'unchanged')), 0)",
            {"url": url},
        )
        if row is None or row["first"] is None:
            return None
        return datetime.fromisoformat(row["first"]), datetime.fromisoformat(row["last"])

    def _doubts(self, body: str, year: int) -> Iterable[Doubt]:
        """Return the doubtful documents that could be this report: not those seen before it was due."""
        for row, candidates in self._doubtful:
            seen_on = local_date(datetime.fromisoformat(row["first_seen_at"]))
            if body in candidates and row["year"] in {None, year} and seen_on.year > year:
                reason = row["code"] if row["code"] == CONTENT_NOT_REPORT else DOUBTFUL_MATCH
                yield Doubt(reason, row["document_id"], row["url"], row["doubt"] or "")
        yield from self._misdated(body, year)

    def _misdated(self, body: str, year: int) -> Iterable[Doubt]:
        """Return reports of the year before that were published when this one was due: a year miswritten?"""
        before, known = self.publications.get((body, year - 1)), self.roster.bodies[body]
        if before is None:
            return
        borrowed = self._borrowed_dates(known, before)
        for item in before.documents:
            days = [shown.on for shown in item.dates if (shown.kind, shown.on) not in borrowed]
            if days and not item.handed_in and all(day.year > year for day in days):
                words = f"写明是{year - 1}年度，所示日期却都在{year + 1}年以后"
                yield Doubt(DOUBTFUL_MATCH, item.id, item.url, words)

    @cached_property
    def _doubtful(self) -> list[tuple[Row, frozenset[str]]]:
        rows = self.archive.rows(
            "select m.document_id, m.year, m.code, m.doubt, m.candidates, d.url, d.first_seen_at"
            " from matches m join documents d on d.id = m.document_id"
            " where m.version = :version and m.body is null and m.candidates <> '[]' order by m.document_id",
            {"version": self.version},
        )
        return [(row, frozenset(json.loads(row["candidates"]))) for row in rows]
