"""The rules over the report of a body's year, with its year before beside it."""

from __future__ import annotations

from dataclasses import replace

from archive.derived import Outcome, load_report, load_text
from archive.store import Archive
from config.bodies import Body
from extract.model import Report
from monitor.finding import Finding
from monitor.publications import Publication
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules


def report_findings(
    archive: Archive,
    version: int,
    body: Body,
    found: Publication | None,
    before: Publication | None,
    peers: tuple[Report, ...] = (),
) -> list[Finding]:
    """Run every rule over the preferred reading of a publication; nothing where it is unread.

    `before` is the body's publication of the year before, `peers` are reports of other bodies whose
    prose may be the same.
    """
    report = _report(archive, version, found)
    if found is None or report is None:
        return []
    context = RuleContext(
        report=report,
        text=load_text(archive, found.best.sha256, version),
        body=body,
        previous=_report(archive, version, before),
        previous_first=_first_report(archive, version, before),
        peers=peers,
    )
    name = report.organization or body.name
    return [
        replace(finding.about(source=found.best.url, body=body.id, organization=name), year=found.year)
        for finding in run_rules(context)
    ]


def _report(archive: Archive, version: int, found: Publication | None) -> Report | None:
    if found is None or found.best.outcome is not Outcome.REPORT:
        return None
    return load_report(archive, found.best.sha256, version)


def _first_report(archive: Archive, version: int, found: Publication | None) -> Report | None:
    """Return the report as it was first published at the address where it stands now."""
    if found is None:
        return None
    versions = [item for item in found.documents if item.url == found.best.url]
    first = min(versions, key=lambda item: item.first_seen_at)
    return load_report(archive, first.sha256, version)
