"""Which reports of the archive another body's prose may have come from, year by year."""

from __future__ import annotations

from array import array
from base64 import b85decode, b85encode
from collections import defaultdict
from collections.abc import Iterator, Mapping

from archive.derived import Outcome, load_report
from archive.memory import Memory, memo_key
from archive.store import Archive
from extract.model import Report
from monitor.copy_index import likely_pairs, sample_for, sketch_of
from monitor.publications import Publication
from monitor.rules.version import rules_version

Key = tuple[str, int]


class Peers:
    """The likely peers of every publication; their reports are loaded when they are asked for."""

    def __init__(
        self,
        archive: Archive,
        version: int,
        publications: Mapping[Key, Publication],
        memory: Memory | None = None,
    ) -> None:
        self._archive = archive
        self._version = version
        self._memory = memory or Memory(archive, rules_version())
        self._hashes = {
            key: found.best.sha256
            for key, found in publications.items()
            if found.best.outcome is Outcome.REPORT
        }
        self._peers = self._find()

    def hashes(self, body: str, year: int) -> list[str]:
        """Return the originals of the reports that this body's prose may come from."""
        own = self._hashes.get((body, year))
        others = (self._hashes[other, year] for other in self._peers.get((body, year), ()))
        return [sha256 for sha256 in others if sha256 != own]

    def of(self, body: str, year: int) -> tuple[Report, ...]:
        """Return the reports of other bodies whose prose this body's report may share."""
        own = self._hashes.get((body, year))
        reports = [self._load(sha256) for sha256 in self.hashes(body, year)]
        name = self._organization(own) if own and reports else None
        return tuple(report for report in reports if report is not None and report.organization != name)

    def _find(self) -> dict[Key, tuple[str, ...]]:
        bodies: dict[int, list[str]] = defaultdict(list)
        for body, year in sorted(self._hashes):
            bodies[year].append(body)
        found: dict[Key, tuple[str, ...]] = {}
        for year, members in bodies.items():
            if len(members) > 1:
                peers = self._peers_of_year(members, year)
                found |= {(body, year): tuple(others) for body, others in peers.items()}
        return found

    def _peers_of_year(self, members: list[str], year: int) -> Mapping[str, tuple[str, ...]]:
        key = memo_key("peers", [[body, self._hashes[body, year]] for body in members])
        known: dict[str, tuple[str, ...]] | None = self._memory.recall(key)
        if known is None:
            known = likely_pairs(self._sketches(members, year))
            self._memory.keep(key, known)
        return known

    def _sketches(self, members: list[str], year: int) -> Iterator[tuple[str, frozenset[int]]]:
        sample = sample_for(len(members))
        for body in members:
            sketch = self._sketch(self._hashes[body, year], sample)
            if sketch is not None:
                yield body, sketch

    def _sketch(self, sha256: str, sample: int) -> frozenset[int] | None:
        key = memo_key("sketch", sha256, sample)
        packed = self._memory.recall(key)
        if packed is not None:
            return frozenset(array("I", b85decode(packed)))
        report = self._load(sha256)
        if report is None:
            return None
        sketch = sketch_of(report, sample)
        self._memory.keep(key, b85encode(array("I", sorted(sketch)).tobytes()).decode())
        return sketch

    def _organization(self, sha256: str) -> str | None:
        report = self._load(sha256)
        return report.organization if report else None

    def _load(self, sha256: str) -> Report | None:
        return load_report(self._archive, sha256, self._version)
