"""A report handed in by a person: checked, stored as a document, and marked as handed in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from archive.records import Capture, Role, Sighting, Verdict
from archive.store import Archive
from config import clock
from config.bodies import Body
from extract.errors import ExtractError
from extract.model import NormalizedText, Report
from monitor.documents import Document, load, read_loaded
from monitor.names import name_key
from monitor.naming import resolve_name
from monitor.roster import Roster

METHOD = "HAND-IN"
NO_PORTAL = "handed-in"


class Refused(ExtractError):
    """Raised when what is handed in is not this body's report of this year, by `hand_in`."""

    code = "refused"


@dataclass(frozen=True, slots=True)
class HandIn:
    """What a person says about a file: whose report of which year, and where it stands."""

    body: Body
    year: int
    url: str
    who: str


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that is an annual report."""

    document: Document
    text: NormalizedText
    report: Report


def bring(source: str) -> Brought:
    """Read a file as an annual report; raises ExtractError: no file, unreadable, or not a report."""
    document = load(source)
    read = read_loaded(document)
    return Brought(document, read.text, read.report)


def hand_in(archive: Archive, roster: Roster, brought: Brought, said: HandIn) -> int:
    """Store a document that a person brought; returns its id. Raises Refused with the reason.

    The same bytes at the same address, seen or handed in before, change nothing.
    """
    _check_year(brought.report, said)
    _check_body(roster, brought.report, said)
    known = archive.row(
        "select id from documents where url = :url and sha256 = :sha256",
        {"url": said.url, "sha256": brought.document.sha256},
    )
    if known is not None:
        return int(known["id"])
    with archive.atomic():
        document = _store(archive, roster, brought, said)
        told = {"body": said.body.id, "year": said.year, "url": said.url}
        archive.add_event("handed_in", f"document:{document}", told, said.who)
    return document


def _store(archive: Archive, roster: Roster, brought: Brought, said: HandIn) -> int:
    portals = roster.portals_of(said.body)
    portal = portals[0].id if portals else NO_PORTAL
    media_type = brought.text.media_type
    capture = Capture(
        portal=portal, role=Role.ATTACHMENT, url=said.url, requested_at=clock.now(), verdict=Verdict.OK,
        method=METHOD, reason=f"handed in by {said.who}", media_type=media_type,
        content=brought.document.content,
    )  # fmt: skip
    sighting = Sighting(
        portal=portal, url=said.url, role=Role.ATTACHMENT, media_type=media_type,
        name=PurePath(brought.document.source).name, handed_in_by=said.who,
    )  # fmt: skip
    return archive.add_document(sighting, archive.add_capture(capture))


def _check_year(report: Report, said: HandIn) -> None:
    if report.year is not None and report.year != said.year:
        raise Refused(f"是 {report.year} 年度的报告，不是 {said.year} 年度")
    if not said.body.owes(said.year):
        raise Refused(f"{said.body.name} 在 {said.year} 年度不应报")


def _check_body(roster: Roster, report: Report, said: HandIn) -> None:
    """Refuse what names another body; a misspelling of this one, or no name at all, is the person's word."""
    key = name_key(report.organization or "")
    if not key or key in {name_key(name) for name in said.body.names}:
        return
    for portal in roster.portals_of(said.body):
        naming = resolve_name(report.organization, portal.id, said.year, roster)
        if said.body.id in {body.id for body in (naming.body, *naming.candidates) if body}:
            return
    raise Refused(f"文中机关是“{report.organization}”，不是 {said.body.name}；确属该机关的请先在名录中加别名")
