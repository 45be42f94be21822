"""What a request brought: the one item that spiders yield and the pipeline commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.columns import SeenStep
from archive.frontier import Target
from archive.records import Capture, Listing, Role, Sighting
from crawler.trail import Trail


@dataclass(frozen=True, slots=True)
class Found:
    """An address worth a request, found on a page."""

    url: str
    role: Role
    trail: Trail
    referer: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """What a page behind a portal's door is: a column with so many reports, and where it leads."""

    is_column: bool
    reports: int
    steps: tuple[SeenStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a page was read to hold.

    `listings` are all links of a list page, `found` those to follow, `is_document` tells whether the
    bytes may be a report themselves, `context` the words around it (breadcrumb), `reports` how many
    links could be reports of any year, `location` what a page behind a door is.
    """

    listings: tuple[Listing, ...] = ()
    found: tuple[Found, ...] = ()
    is_document: bool = False
    context: str | None = None
    reports: int = 0
    location: Location | None = None

    def __or__(self, other: Harvest) -> Harvest:
        """Return what two readings of one page found together."""
        return Harvest(
            listings=tuple(dict.fromkeys((*self.listings, *other.listings))),
            found=(*self.found, *other.found),
            is_document=self.is_document or other.is_document,
            context=self.context or other.context,
            reports=self.reports + other.reports,
        )


NOTHING = Harvest()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A target's request with its end: everything that is committed in one transaction.

    `hop` is where a redirect leads, `retry` whether the same request may be tried again in this run,
    `unreachable` whether the host could not be reached at all, `stops_host` whether it gets no further
    request; `asked_at_all` is False for what was refused before any request.
    """

    target: Target
    trail: Trail
    capture: Capture
    harvest: Harvest = NOTHING
    sighting: Sighting | None = None
    hop: str | None = None
    retry: bool = False
    unreachable: bool = False
    stops_host: bool = False
    asked_at_all: bool = True
    refetch: bool = False
    not_before: datetime | None = None

    def __str__(self) -> str:
        """One line for the log; an exchange holds whole pages."""
        capture = self.capture
        return f"{capture.verdict} {capture.url} {capture.reason}".rstrip()
