"""Findings: what a rule says of a report, as data (docs/contract/cli.md, "A finding").

A finding's fingerprint is made of the ids AND the values: running again gives the same one, and a
dismissed finding comes back only when a number changes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from extract.model import Fact, Number


class Severity(StrEnum):
    """How bad a failed rule is (docs/contract/rules.md)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class RuleOutcome(StrEnum):
    """What a rule says; findings are made of the last two only."""

    PASS = "pass"
    FAIL = "fail"
    CANNOT_TELL = "cannot_tell"


class Blame(StrEnum):
    """Whose error it is, where evidence allows to say so."""

    SOURCE = "source"  # the original says so itself
    EXTRACTION = "extraction"  # our reading is doubtful
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A cell (path, raw, place) or a stretch of the normalized text (`span`, characters) that proves."""

    path: str | None = None
    raw: str | None = None
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    locator: str | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One cell that, were it `expected` instead of `actual`, would mend every broken sum of a group."""

    cell: str
    expected: Number
    actual: Number


@dataclass(frozen=True, slots=True)
class Finding:
    """One failed or undecided rule about one report or one body's year.

    `body` is the roster's id, None outside the archive; `cell` is filled only if there is exactly one
    explanation. `group` is shared by findings that the same cell explains.
    """

    rule: str
    title: str
    severity: Severity
    outcome: RuleOutcome
    message: str
    basis: str
    source: str | None = None
    organization: str | None = None
    body: str | None = None
    year: int | None = None
    cell: str | None = None
    expected: Number | str | None = None
    actual: Number | str | None = None
    group: str | None = None
    blame: Blame = Blame.UNKNOWN
    explanations: tuple[Explanation, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Return 16 hex digits over the rule, the body, the year, the places and the values."""
        told = {
            "rule": self.rule,
            "outcome": str(self.outcome),
            "body": self.body or self.organization or self.source,
            "year": self.year,
            "cell": self.cell,
            "expected": _plain(self.expected),
            "actual": _plain(self.actual),
            "evidence": sorted((item.path or "", item.raw or "") for item in self.evidence),
        }
        text = json.dumps(told, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def about(self, *, source: str | None, body: str | None, organization: str | None) -> Finding:
        """Return the finding with what it is about filled in."""
        return replace(self, source=source, body=body, organization=organization)

    def to_json(self) -> dict[str, Any]:
        """Return the object of the contract, ready for `json.dumps`."""
        return {
            "rule": self.rule,
            "title": self.title,
            "severity": str(self.severity),
            "outcome": str(self.outcome),
            "source": self.source,
            "organization": self.organization,
            "body": self.body,
            "year": self.year,
            "cell": self.cell,
            "expected": _plain(self.expected),
            "actual": _plain(self.actual),
            "message": self.message,
            "basis": self.basis,
            "group": self.group,
            "fingerprint": self.fingerprint,
            "blame": str(self.blame),
            "explanations": [
                {"cell": item.cell, "expected": _plain(item.expected), "actual": _plain(item.actual)}
                for item in self.explanations
            ],
            "evidence": [_evidence_json(item) for item in self.evidence],
        }


def read_finding(told: dict[str, Any]) -> Finding:
    """Rebuild a finding from its JSON object; it has the fingerprint of the one that was written."""
    return Finding(
        **{name: told[name] for name in _PLAIN_NAMES},
        severity=Severity(told["severity"]),
        outcome=RuleOutcome(told["outcome"]),
        blame=Blame(told["blame"]),
        expected=_exact(told["expected"]),
        actual=_exact(told["actual"]),
        explanations=tuple(
            Explanation(item["cell"], _number(item["expected"]), _number(item["actual"]))
            for item in told["explanations"]
        ),
        evidence=tuple(_read_evidence(item) for item in told["evidence"]),
    )


_PLAIN_NAMES = (
    "rule",
    "title",
    "message",
    "basis",
    "source",
    "organization",
    "body",
    "year",
    "cell",
    "group",
)


def _read_evidence(item: dict[str, Any]) -> Evidence:
    box, span = item["bbox"], item["span"]
    return Evidence(
        path=item["path"],
        raw=item["raw"],
        page=item["page"],
        bbox=(float(box[0]), float(box[1]), float(box[2]), float(box[3])) if box else None,
        locator=item["locator"],
        span=(int(span[0]), int(span[1])) if span else None,
    )


def _exact(value: object) -> Number | str | None:
    return value if value is None or isinstance(value, str) else _number(value)


def _number(value: object) -> Number:
    return value if isinstance(value, int) else Decimal(str(value))


def evidence_of(fact: Fact) -> Evidence:
    """Return the evidence that a fact is: its path, raw string and place."""
    anchor = fact.anchor
    if anchor is None:
        return Evidence(fact.path, fact.raw)
    return Evidence(fact.path, fact.raw, anchor.page, anchor.bbox, anchor.locator)


def _evidence_json(item: Evidence) -> dict[str, Any]:
    return {
        "path": item.path,
        "raw": item.raw,
        "page": item.page,
        "bbox": list(item.bbox) if item.bbox else None,
        "locator": item.locator,
        "span": list(item.span) if item.span else None,
    }


def _plain(value: Number | str | None) -> int | float | str | None:
    return float(value) if isinstance(value, Decimal) else value
