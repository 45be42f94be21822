"""Findings as rows, and the scope (body, report year) within which they come and go."""

from __future__ import annotations

from typing import TypeAlias

from archive.store import Archive, Row, stamp, to_json
from config import clock
from monitor.finding import Finding

Scope: TypeAlias = tuple[str, int]
"""(body, report year); a finding without a body has its source instead, one without a year has 0."""


def scope_of(finding: Finding) -> Scope:
    """Return what a finding is about: its body (else its source) and year (else 0)."""
    return (finding.body or finding.source or finding.organization or "", finding.year or 0)


def scope_key(scope: Scope) -> str:
    """Write a scope the way the tables hold it."""
    return f"{scope[0]}|{scope[1]}"


def add_finding(archive: Archive, finding: Finding) -> None:
    """Write a finding that the archive does not have yet."""
    now = stamp(clock.now())
    archive.add("findings", {**_finding_row(finding), "first_seen_at": now, "last_seen_at": now})
    archive.add_event("finding.opened", f"finding:{finding.fingerprint}")


def _finding_row(finding: Finding) -> Row:
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "body": finding.body,
        "year": finding.year,
        "outcome": str(finding.outcome),
        "severity": str(finding.severity),
        "cell": finding.cell,
        "group": finding.group,
        "blame": str(finding.blame),
        "title": finding.title,
        "message": finding.message,
        "finding": to_json(finding.to_json()),
        "state": "open",
        "scope": scope_key(scope_of(finding)),
    }
