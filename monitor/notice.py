"""What a 通报 says of one supervisor's bodies and one report year: only what is certain, with its proof."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from archive.conclusions import latest_standings
from archive.store import Archive, Row, read_stamp, to_json
from config import clock
from config.bodies import Body
from config.clock import SHANGHAI
from extract.dates import DateKind
from monitor.coverage import StandingKind
from monitor.matrix import compliance_matrix
from monitor.standing_words import DATE_WORDS, REASONS

FORMER_UNTIL = 2018
"""Last report year under the former regulation (国令第492号)."""
_BY_LAW = "error"
OVERDUE = {
    "missing": ("未公布年度报告", (StandingKind.NOT_PUBLISHED,)),
    "late": ("逾期公布年度报告", (StandingKind.LATE,)),
    "withdrawn": ("公布后撤下年度报告", (StandingKind.WITHDRAWN,)),
}

_ACCUSED = frozenset(kind for _heading, kinds in OVERDUE.values() for kind in kinds)


@dataclass(frozen=True, slots=True)
class Line:
    """One body in a table: what is said of it, by what basis, with what proof."""

    name: str
    kind: str
    due_on: str
    basis: str
    words: str
    proof: str


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """One finding about a report."""

    name: str
    title: str
    severity: str
    words: str
    basis: str
    source: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Notice:
    """The whole 通报: tables by heading, bound by law and by custom apart.

    `waived` counts the bodies of whom a person decided that nothing is to be said.
    """

    supervisor: str
    year: int
    on: date
    counts: dict[str, int]
    by_law: dict[str, tuple[Line, ...]]
    by_custom: dict[str, tuple[Line, ...]]
    inconsistencies: tuple[Inconsistency, ...]
    undecided: tuple[Line, ...]
    unconfirmed: int
    waived: int


def make_notice(archive: Archive, config_dir: Path, supervisor: str, name: str, year: int) -> Notice:
    """Gather the 通报 of a supervisor (`name` as it is to be written)."""
    rows = compliance_matrix(archive, config_dir, year, supervisor)
    confirmed = [row for row in rows if row["confirmed"]]
    proofs = _proofs(archive, confirmed, year)
    severities = _severities(archive, year)
    waived = [row for row in confirmed if row["standing"] in _ACCUSED and row["body"] not in severities]
    counts = Counter(str(row["standing"]) for row in confirmed if row not in waived)
    groups: dict[bool, dict[str, tuple[Line, ...]]] = {True: {}, False: {}}
    for heading, kinds in OVERDUE.values():
        for by_law in (True, False):
            groups[by_law][heading] = tuple(
                _line(row, proofs)
                for row in confirmed
                if row["standing"] in kinds
                and row["body"] in severities
                and (severities[row["body"]] == _BY_LAW) is by_law
            )
    return Notice(
        supervisor=name,
        year=year,
        on=clock.today(),
        counts=counts,
        by_law=groups[True],
        by_custom=groups[False],
        inconsistencies=tuple(_inconsistencies(archive, confirmed, year)),
        undecided=tuple(
            _line(row, proofs) for row in confirmed if row["standing"] == StandingKind.CANNOT_TELL
        ),
        unconfirmed=len(rows) - len(confirmed),
        waived=len(waived),
    )


def supervisor_name(bodies: Iterable[Body], supervisor: str, recipients: dict[str, str]) -> str:
    """Return how a supervisor is written: alerts.yml, else the roster, else its id."""
    known = {body.id: body.name for body in bodies}
    return recipients.get(supervisor) or known.get(supervisor) or supervisor


def _severities(archive: Archive, year: int) -> dict[str, str]:
    """Return how grave a body's open finding about publishing is: error where an article names the day.

    Of whom it was dismissed nothing is said.
    """
    rows = archive.rows(
        "select body, severity from findings where year = :year and state = 'open'"
        " and rule in ('publication.missing', 'publication.late', 'publication.removed')"
        " order by rule = 'publication.removed' desc",
        {"year": year},
    )
    return {row["body"]: row["severity"] for row in rows}


def _line(row: Row, proofs: dict[str, str]) -> Line:
    words = row["sentence"] or ""
    if row["standing"] == StandingKind.CANNOT_TELL:
        words = REASONS.get(row["reason"] or "", row["reason"] or "")
    return Line(
        row["name"],
        row["kind"],
        row["due_on"] or "",
        row["due_basis"] or "",
        words,
        proofs.get(row["body"], ""),
    )


def _proofs(archive: Archive, rows: Sequence[Row], year: int) -> dict[str, str]:
    """Return the evidence of each standing in words: addresses with times and hashes."""
    latest = latest_standings(archive)
    proofs = {}
    for row in rows:
        standing = latest.get((row["body"], year))
        if standing is not None:
            proofs[row["body"]] = "；".join(_proof(archive, json.loads(standing["evidence"])))
    return proofs


def _proof(archive: Archive, evidence: dict[str, Any]) -> list[str]:
    captures = archive.rows(
        "select id, url, requested_at, sha256 from captures where id in (select value from json_each(:ids))"
        " order by id",
        {"ids": to_json(evidence.get("captures", []))},
    )
    told = [
        f"{_beijing_time(row['requested_at'])}查看 {row['url']}（采集记录 {row['id']}"
        + (f"，SHA-256 {row['sha256'][:16]}…）" if row["sha256"] else "）")
        for row in captures
    ]
    dates = evidence.get("dates", [])
    return [*told, *(f"{DATE_WORDS[DateKind(item['kind'])]} {item['on']}" for item in dates)]


def _beijing_time(instant: str) -> str:
    return read_stamp(instant).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def _inconsistencies(archive: Archive, rows: Sequence[Row], year: int) -> Iterable[Inconsistency]:
    """Return certain findings of errors and warnings about reports, one for each group."""
    names = {row["body"]: row["name"] for row in rows}
    found = archive.rows(
        "select finding, min(severity) from findings where year = :year and state = 'open'"
        " and outcome = 'fail' and blame <> 'extraction' and severity in ('error', 'warning')"
        " and rule not in ('publication.missing', 'publication.late', 'publication.removed')"
        " and body in (select value from json_each(:bodies))"
        ' group by body, coalesce("group", fingerprint) order by body, min(severity), rule',
        {"year": year, "bodies": to_json(sorted(names))},
    )
    for row in found:
        told = json.loads(row["finding"])
        yield Inconsistency(
            names[told["body"]], told["title"], told["severity"], told["message"], told["basis"],
            told["source"] or "", told["fingerprint"],
        )  # fmt: skip
