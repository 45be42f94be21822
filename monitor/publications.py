"""Publications: all stored documents that are one body's report of one year, as one thing.

A page and its attachment, two versions of a page, two portals: one publication. Of what stands now
the reading with the most read cells is preferred; the others are remembered beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from archive.derived import Outcome
from archive.store import Archive, Row, to_json
from extract.dates import DateEvidence, DateKind, date_in_url, dates_of_hints

FIRST_YEAR_OF_TABLES = 2019


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """One stored document that is the report, or that its title says is the report (unread)."""

    id: int
    sha256: str
    portal: str
    url: str
    page_url: str | None
    first_seen_at: datetime
    last_seen_at: datetime
    handed_in: bool
    outcome: Outcome
    cells: int = 0
    read_cells: int = 0
    unsure_cells: int = 0
    dates: tuple[DateEvidence, ...] = ()

    @property
    def addresses(self) -> frozenset[str]:
        """Where it was seen: its own address and that of the page that links it."""
        return frozenset(url for url in (self.url, self.page_url) if url)


@dataclass(frozen=True, eq=False)
class Publication:
    """The documents of one body's report of one year, at least one."""

    year: int
    documents: tuple[PublishedDocument, ...]

    @cached_property
    def best(self) -> PublishedDocument:
        """The document whose reading counts: of what stands now, the most cells read."""
        standing = {item.url: item for item in sorted(self.documents, key=lambda item: item.last_seen_at)}
        return max(standing.values(), key=_worth)

    @property
    def reading(self) -> str:
        """How far it could be read: read, partly or unread."""
        best = self.best
        if best.outcome is not Outcome.REPORT:
            return "unread"
        lacks_tables = best.cells == 0 and self.year >= FIRST_YEAR_OF_TABLES
        return "partly" if lacks_tables or best.unsure_cells else "read"

    @property
    def basis(self) -> str:
        """Whether a crawl saw it, or only a person handed it in."""
        return "handed_in" if all(item.handed_in for item in self.documents) else "seen"

    @property
    def first_seen_at(self) -> datetime:
        """When any of its documents was stored first."""
        return min(item.first_seen_at for item in self.documents)

    @property
    def dates(self) -> tuple[DateEvidence, ...]:
        """All date evidence of all its documents, each kind and day once."""
        found = {(item.kind, item.on): item for document in self.documents for item in document.dates}
        return tuple(found[key] for key in sorted(found))

    @property
    def addresses(self) -> frozenset[str]:
        """All addresses where it was seen."""
        return frozenset().union(*(item.addresses for item in self.documents))


def load_publications(archive: Archive, version: int) -> dict[tuple[str, int], Publication]:
    """Load the publications of all bodies and years that have one."""
    rows = archive.rows(_DOCUMENTS, {"version": version})
    hints = _hints(archive, version, rows)
    groups: dict[tuple[str, int], list[PublishedDocument]] = {}
    for row in rows:
        groups.setdefault((row["body"], row["year"]), []).append(_document(row, hints))
    return {key: Publication(key[1], tuple(documents)) for key, documents in groups.items()}


_DOCUMENTS = (
    "select m.body, m.year, o.outcome, d.*, r.facts from matches m"
    " join documents d on d.id = m.document_id"
    " join outcomes o on o.sha256 = d.sha256 and o.version = :version and o.outcome <> 'rejected'"
    " left join reports r on r.sha256 = d.sha256 and r.version = :version"
    " where m.version = :version and m.body is not null and m.year is not null order by d.id"
)


def _hints(archive: Archive, version: int, rows: Sequence[Row]) -> dict[str, Mapping[str, str]]:
    """Return the hints of documents by address: those of the pages that link them, too."""
    urls = {url for row in rows for url in (row["url"], row["page_url"]) if url}
    found = archive.rows(
        "select d.url, t.hints from documents d join texts t on t.sha256 = d.sha256 and t.version = :version"
        " where d.url in (select value from json_each(:urls)) order by d.id",
        {"version": version, "urls": to_json(sorted(urls))},
    )
    return {row["url"]: json.loads(row["hints"]) for row in found}


def _document(row: Row, hints: Mapping[str, Mapping[str, str]]) -> PublishedDocument:
    facts = json.loads(row["facts"]) if row["facts"] else []
    states = [fact[3] for fact in facts]
    return PublishedDocument(
        id=row["id"],
        sha256=row["sha256"],
        portal=row["portal"],
        url=row["url"],
        page_url=row["page_url"],
        first_seen_at=datetime.fromisoformat(row["first_seen_at"]),
        last_seen_at=datetime.fromisoformat(row["last_seen_at"]),
        handed_in=row["handed_in_by"] is not None,
        outcome=Outcome(row["outcome"]),
        cells=len(states),
        read_cells=states.count("read"),
        unsure_cells=states.count("ambiguous") + states.count("unreadable"),
        dates=tuple(_dates(row, hints)),
    )


def _dates(row: Row, hints: Mapping[str, Mapping[str, str]]) -> Iterable[DateEvidence]:
    for url in (row["url"], row["page_url"]):
        if url and (day := date_in_url(url)):
            yield DateEvidence(DateKind.URL, day, url)
        yield from dates_of_hints(hints.get(url or "", {}))
    if row["listed_on"]:
        yield DateEvidence(DateKind.LIST, date.fromisoformat(row["listed_on"]), row["listed_on"])


def _worth(document: PublishedDocument) -> tuple[bool, int, int]:
    return document.outcome is Outcome.REPORT, document.read_cells, -document.id
