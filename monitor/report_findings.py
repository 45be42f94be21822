"""The rules over the reports of bodies' years, each with its year before and its likely peers beside it.

What the rules said of exactly these originals, this body and these rules is remembered: a run asks the
rules only about what changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from archive.derived import Outcome, load_report, load_text
from archive.memory import Memory, memo_key
from archive.store import Archive
from config.bodies import Body
from extract.model import Report
from monitor.finding import Finding, read_finding
from monitor.peers import Peers
from monitor.publications import Publication
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules


@dataclass(frozen=True, eq=False)
class ReportFindings:
    """Runs the rules over the preferred readings of publications, at one version of extraction."""

    archive: Archive
    version: int
    publications: Mapping[tuple[str, int], Publication]
    peers: Peers
    memory: Memory

    def of(self, body: Body, year: int) -> list[Finding]:
        """Return what the rules find in the report of a body's year; nothing where it is unread."""
        found = self.publications.get((body.id, year))
        if found is None or found.best.outcome is not Outcome.REPORT:
            return []
        key = self._key(found, body)
        told = self.memory.recall(key)
        if told is not None:
            return [read_finding(item) for item in told]
        findings = self._check(found, body)
        self.memory.keep(key, [finding.to_json() for finding in findings])
        return findings

    def _key(self, found: Publication, body: Body) -> str:
        """Name everything that the rules see."""
        before = self.publications.get((body.id, found.year - 1))
        last = [before.best.sha256, _first_hash(before)] if before else []
        read = found.best.sha256, found.best.url, found.year
        kept = json.loads(body.model_dump_json())
        return memo_key("findings", read, last, kept, self.peers.hashes(body.id, found.year))

    def _check(self, found: Publication, body: Body) -> list[Finding]:
        report = self._report(found)
        if report is None:
            return []
        before = self.publications.get((body.id, found.year - 1))
        context = RuleContext(
            report=report,
            text=load_text(self.archive, found.best.sha256, self.version),
            body=body,
            previous=self._report(before),
            previous_first=load_report(self.archive, _first_hash(before), self.version) if before else None,
            peers=self.peers.of(body.id, found.year),
        )
        name = report.organization or body.name
        return [
            replace(finding.about(source=found.best.url, body=body.id, organization=name), year=found.year)
            for finding in run_rules(context)
        ]

    def _report(self, found: Publication | None) -> Report | None:
        if found is None or found.best.outcome is not Outcome.REPORT:
            return None
        return load_report(self.archive, found.best.sha256, self.version)


def _first_hash(found: Publication) -> str:
    """Return the report as it was first published at the address where it stands now."""
    versions = [item for item in found.documents if item.url == found.best.url]
    return min(versions, key=lambda item: item.first_seen_at).sha256
