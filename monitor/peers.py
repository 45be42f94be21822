"""Which reports of the archive another body's prose may have come from, year by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from archive.derived import Outcome, load_report
from archive.store import Archive
from extract.model import Report
from monitor.copy_index import likely_peers, sample_for
from monitor.publications import Publication

Key = tuple[str, int]


class Peers:
    """The likely peers of every publication; their reports are loaded when they are asked for."""

    def __init__(self, archive: Archive, version: int, publications: Mapping[Key, Publication]) -> None:
        self._archive = archive
        self._version = version
        self._hashes = {
            key: found.best.sha256
            for key, found in publications.items()
            if found.best.outcome is Outcome.REPORT
        }
        self._peers = self._find()

    def of(self, body: str, year: int) -> tuple[Report, ...]:
        """Return the reports of other bodies whose prose this body's report may share."""
        own = self._hashes.get((body, year))
        others = (self._hashes[other, year] for other in self._peers.get((body, year), ()))
        reports = [self._load(sha256) for sha256 in others if sha256 != own]
        name = self._organization(own) if own and reports else None
        return tuple(report for report in reports if report is not None and report.organization != name)

    def _find(self) -> dict[Key, tuple[str, ...]]:
        bodies: dict[int, list[str]] = defaultdict(list)
        for body, year in sorted(self._hashes):
            bodies[year].append(body)
        found: dict[Key, tuple[str, ...]] = {}
        for year, members in bodies.items():
            if len(members) > 1:
                peers = likely_peers(self._reports(members, year), sample_for(len(members)))
                found |= {(body, year): others for body, others in peers.items()}
        return found

    def _reports(self, members: list[str], year: int) -> Iterator[tuple[str, Report]]:
        for body in members:
            report = self._load(self._hashes[body, year])
            if report is not None:
                yield body, report

    def _organization(self, sha256: str) -> str | None:
        report = self._load(sha256)
        return report.organization if report else None

    def _load(self, sha256: str) -> Report | None:
        return load_report(self._archive, sha256, self._version)
