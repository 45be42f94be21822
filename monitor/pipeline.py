"""`nianbao process`: stored documents -> texts and reports -> matches -> standings -> findings.

Theory. Every stage asks for "rows that lack an output": it can be killed between any two statements,
and the next run completes it and adds nothing twice. Derivations are committed one by one; matches,
standings and the ledger each in one transaction. Standings are decided from all that is stored, so
nothing is remembered between runs but what the archive holds. A run over exactly what the last whole
run saw (archive, configuration, program, day) ends at once.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from archive.conclusions import add_standings, last_listing, store_bodies
from archive.derived import Outcome, add_derivation, pending_originals
from archive.memory import Memory
from archive.store import Archive, Row, read_stamp, stamp
from config import clock
from config.alerts import AlertConfig, load_alerts
from config.deadlines import Deadlines
from config.executor import ExecutorSettings, load_executor
from config.packs import Packs
from config.places import Places
from extract.version import EXTRACT_VERSION
from monitor.change_findings import ChangeFindings
from monitor.coverage import decide
from monitor.evidence import Evidence
from monitor.executors import open_executor
from monitor.extraction import Extraction
from monitor.finding import Finding
from monitor.found_documents import match_documents
from monitor.ledger import Changes, record_findings, tell_dropped
from monitor.lock import holding
from monitor.peers import Peers
from monitor.place_findings import PlaceFindings
from monitor.portal_health import portal_findings, portal_health, portal_scopes
from monitor.publication_findings import publication_findings
from monitor.report_findings import ReportFindings
from monitor.roster import Roster, load_roster
from monitor.rules.packs import load_due_days, load_local_packs, weighed
from monitor.rules.version import rules_version
from monitor.standing_rows import standing_row

DAMAGED = "original_damaged"
PROGRAM = Path(__file__).parent.parent
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Moment:
    """The two instants of a run: of the look at the evidence, and of the conclusions."""

    evidence_at: datetime
    concluded_at: datetime

    @classmethod
    def of(cls, detail: Mapping[str, Any]) -> Moment | None:
        """Read what a run's detail tells; None where it is of an older program."""
        if "concluded_at" not in detail:
            return None
        return cls(read_stamp(detail["evidence_at"]), read_stamp(detail["concluded_at"]))


@dataclass(frozen=True, slots=True)
class Processed:
    """What a run did: outcomes of the originals read, changed matches and standings, alerts."""

    outcomes: Counter[str] = field(default_factory=Counter)
    matches: int = 0
    standings: int = 0
    changes: Changes = field(default_factory=Changes)
    damaged: tuple[str, ...] = ()
    moment: Moment | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """The last run that evaluated: what it saw as a hash, until which listing, and when."""

    digest: str = ""
    listing: int | None = None
    moment: Moment | None = None


def process_archive(
    archive: Archive, at: Places, *, again: bool = False, on_progress: Progress | None = None
) -> Processed:
    """Bring everything derived up to date; the same archive and day again change nothing.

    `again` evaluates everything although nothing is new. Raises ConfigError before anything is
    changed, and Locked where another run is on its way.
    """
    with holding(at.data / "locks" / "process.lock"):
        digest, last = evidence_digest(archive, at, clock.today()), last_run(archive)
        if not again and digest == last.digest:
            told = {"digest": digest, "nothing_new": True}
            archive.finish_run(archive.start_run("process"), "ok", told)
            return Processed()
        rules = _load_rules(at.config)
        run = archive.start_run("process")
        listing = last_listing(archive)
        done = _process(archive, rules, last, on_progress)
        detail = {**done.outcomes, "matches": done.matches, "standings": done.standings}
        told = {"digest": "" if done.damaged else digest, "listing": listing, **_told(done.moment)}
        archive.finish_run(run, "ok", {**detail, **told})
        return done


def derive_again(archive: Archive, at: Places, moment: Moment, on_progress: Progress | None) -> Processed:
    """Derive everything in an archive that lacks it, as the run at `moment` did; no run is recorded."""
    with clock.stopped(moment.concluded_at):
        return _process(archive, _load_rules(at.config), Run(moment=moment), on_progress, moment)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The configuration that decides."""

    roster: Roster
    deadlines: Deadlines
    alerts: AlertConfig
    packs: Packs
    executor: ExecutorSettings


def _load_rules(config_dir: Path) -> _Rules:
    packs = load_local_packs(config_dir)
    return _Rules(
        load_roster(config_dir), load_due_days(config_dir), load_alerts(config_dir), packs,
        load_executor(config_dir),
    )  # fmt: skip


def _process(
    archive: Archive,
    rules: _Rules,
    last: Run,
    on_progress: Progress | None,
    moment: Moment | None = None,
) -> Processed:
    outcomes, damaged = derive_pending(archive, rules.executor, on_progress)
    store_bodies(archive, rules.roster.rows())
    matches = match_documents(archive, rules.roster, EXTRACT_VERSION, last.listing)
    with clock.stopped(moment.evidence_at if moment else None) as evidence_at:
        evidence = Evidence(archive, rules.roster, rules.deadlines, EXTRACT_VERSION, evidence_at)
        rows, findings = _evaluate(archive, rules, evidence)
    with clock.stopped(moment.concluded_at if moment else None) as concluded_at:
        findings = weighed(findings, rules.packs, rules.roster.bodies, clock.today())
        standings = add_standings(archive, rows)
        changes = record_findings(archive, findings, set(evidence.keys), rules.alerts, rules.roster.bodies)
        changes = changes.with_(_record_health(archive, rules))
        if moment is None and last.moment is not None:
            tell_dropped(archive, stamp(last.moment.concluded_at))
    return Processed(outcomes, matches, standings, changes, damaged, Moment(evidence_at, concluded_at))


def _evaluate(archive: Archive, rules: _Rules, evidence: Evidence) -> tuple[list[Row], list[Finding]]:
    """Return the standing of every body and year, and all that is wrong."""
    memory = Memory(archive, rules_version())
    peers = Peers(archive, EXTRACT_VERSION, evidence.publications, memory)
    reports = ReportFindings(archive, EXTRACT_VERSION, evidence.publications, peers, memory)
    changed = ChangeFindings(archive, EXTRACT_VERSION, memory)
    places = PlaceFindings(archive, EXTRACT_VERSION, memory)
    rows, findings = list[Row](), list[Finding]()
    for body_id, year in evidence.keys:
        body = rules.roster.bodies[body_id]
        case = evidence.case(body, year)
        standing = decide(case)
        rows.append(standing_row(case, standing))
        findings += publication_findings(case, standing)
        findings += reports.of(body, year)
        findings += changed.of(body, case.publication)
        findings += places.of(case, standing)
    memory.flush()
    return rows, findings


def _record_health(archive: Archive, rules: _Rules) -> Changes:
    """Record what is wrong with our crawls: findings of their own, of which no body is the subject."""
    healths = [portal_health(archive, one) for one in rules.roster.portals.values() if one.enabled]
    return record_findings(
        archive, portal_findings(healths), portal_scopes(healths), rules.alerts, rules.roster.bodies
    )


def derive_pending(
    archive: Archive, settings: ExecutorSettings, on_progress: Progress | None = None
) -> tuple[Counter[str], tuple[str, ...]]:
    """Read every original without an outcome at this version; returns outcomes and damaged originals.

    A damaged original stays pending: once it is restored it is read.
    """
    pending = pending_originals(archive, EXTRACT_VERSION)
    outcomes: Counter[str] = Counter()
    damaged: list[str] = []
    if not pending:
        return outcomes, ()
    with closing(open_executor(settings)) as executor:
        extraction = Extraction(archive.originals, executor)
        for done, derivation in enumerate(extraction.derivations(pending), 1):
            if derivation.code == DAMAGED:
                damaged.append(derivation.sha256)
            else:
                add_derivation(archive, derivation)
                outcomes[str(derivation.outcome)] += 1
            if on_progress is not None:
                on_progress(done, len(pending))
    return outcomes, tuple(damaged)


def outcome_counts(archive: Archive) -> dict[str, int]:
    """Return how the stored originals ended at this version: report, rejected, problem, pending."""
    rows = archive.rows(
        "select o.outcome, count(*) as n from outcomes o where o.version = :version"
        " and o.sha256 in (select sha256 from documents) group by o.outcome",
        {"version": EXTRACT_VERSION},
    )
    counts = {row["outcome"]: int(row["n"]) for row in rows}
    pending = len(pending_originals(archive, EXTRACT_VERSION))
    return {**{str(kind): counts.get(kind, 0) for kind in Outcome}, "pending": pending}


def evidence_digest(archive: Archive, at: Places, day: date) -> str:
    """Return a hash over everything that decides: what is stored, configuration, program, day."""
    seen = archive.row(
        "select (select max(id) from captures) as captures, (select max(id) from documents) as documents,"
        " (select max(id) from runs where command = 'crawl' and outcome is not null) as runs,"
        " (select max(id) from events where kind = 'handed_in') as handed_in"
    )
    hashed = hashlib.sha256(json.dumps([seen, day.isoformat()]).encode())
    for folder, pattern in ((at.config, "**/*.yml"), (at.config, "**/*.csv"), *_PROGRAM_FILES):
        for path in sorted(folder.glob(pattern)):
            hashed.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return hashed.hexdigest()[:16]


_PROGRAM_FILES = tuple(
    (PROGRAM / package, pattern)
    for package in ("config", "extract", "archive", "monitor")
    for pattern in ("**/*.py", "**/*.yml")
)


def last_run(archive: Archive) -> Run:
    """Return the last run that evaluated; an empty one where there is none."""
    rows = archive.rows(
        "select detail from runs where command = 'process' and outcome = 'ok'"
        " and json_extract(detail, '$.nothing_new') is null order by id desc limit 1"
    )
    if not rows:
        return Run()
    detail = json.loads(rows[0]["detail"])
    return Run(str(detail.get("digest", "")), detail.get("listing"), Moment.of(detail))


def _told(moment: Moment | None) -> dict[str, str]:
    if moment is None:
        return {}
    return {"evidence_at": stamp(moment.evidence_at), "concluded_at": stamp(moment.concluded_at)}
