"""Who must learn of a finding: pure decisions over the roster and config/alerts.yml.

An accusation goes to a supervisor only when it is certain: what could not be decided, what may be our
own misreading, and what concerns an unconfirmed body or no body at all goes to the operator.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import TypeAlias

from config.alerts import OPERATOR, SUPERVISOR, AlertConfig, Route
from config.bodies import Body
from monitor.finding import Blame, Finding, RuleOutcome, Severity

OPERATOR_RULES = ("publication.cannot-tell", "portal.*", "monitor.*", "crawl.*")
"""Rules that speak about our work, not about a body's."""
UPCOMING = "publication.upcoming"
LIST_SOURCE = "supervisor"
"""`supervisor:ID:DAY` is the source of a finding that lists bodies for their supervisor."""
Group: TypeAlias = Mapping[str, Finding]
"""Findings with one cause by fingerprint, the gravest first."""
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Audience(StrEnum):
    """For whom an alert is meant."""

    SUPERVISOR = "supervisor"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Address:
    """One channel of one recipient. `immediate` messages do not wait for the digest."""

    recipient: str
    channel: str
    immediate: bool = False


@dataclass(frozen=True, slots=True)
class Routing:
    """What is decided for a finding: for whom, and which channels it has today (maybe none)."""

    audience: Audience
    addresses: tuple[Address, ...]


def group_findings(findings: Mapping[str, Finding]) -> list[Group]:
    """Put findings of one body and year that the same cell explains together, the gravest first."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for fingerprint, finding in findings.items():
        about = (finding.body or finding.source, finding.year, finding.outcome)
        groups.setdefault((*about, finding.group or fingerprint), []).append(fingerprint)
    return [
        {key: findings[key] for key in sorted(group, key=lambda key: (*_gravity(findings[key]), key))}
        for group in groups.values()
    ]


def gravest(group: Group) -> Finding:
    """Return the finding that speaks for its group."""
    return next(iter(group.values()))


def route_finding(finding: Finding, bodies: Mapping[str, Body], config: AlertConfig) -> Routing | None:
    """Return who must learn of `finding`, or None where nobody needs to."""
    if (listed_for := listing_supervisor(finding)) is not None:
        return _take(Route(), listed_for, config)
    body = bodies.get(finding.body or "")
    if audience_of(finding, body) is Audience.OPERATOR:
        if finding.severity is Severity.INFO and not _about_us(finding):
            return None
        return Routing(Audience.OPERATOR, _addresses((OPERATOR,), Route(), config))
    supervisor, area = (body.supervisor, body.division) if body else ("", "")
    for route in config.routes:
        if route.matches(supervisor=supervisor, severity=str(finding.severity), rule=finding.rule, area=area):
            return _take(route, supervisor, config)
    return None


def listing_supervisor(finding: Finding) -> str | None:
    """Return for which supervisor a finding lists bodies, or None where it is no list."""
    kind, _, rest = (finding.source or "").partition(":")
    is_list = finding.rule == UPCOMING and finding.body is None and kind == LIST_SOURCE
    return rest.rpartition(":")[0] if is_list else None


def audience_of(finding: Finding, body: Body | None) -> Audience:
    """Tell for whom a finding is meant; `body` is None where the roster does not have it."""
    certain = finding.outcome is RuleOutcome.FAIL and finding.blame is not Blame.EXTRACTION
    if certain and not _about_us(finding) and body is not None and body.confirmed:
        return Audience.SUPERVISOR
    return Audience.OPERATOR


def _about_us(finding: Finding) -> bool:
    return any(fnmatchcase(finding.rule, pattern) for pattern in OPERATOR_RULES)


def _take(route: Route, supervisor: str, config: AlertConfig) -> Routing | None:
    if not route.to:
        return None
    names: list[str] = []
    for name in route.to:
        names += config.recipients_for(supervisor) if name == SUPERVISOR else (name,)
    return Routing(Audience.SUPERVISOR, _addresses(tuple(dict.fromkeys(names)), route, config))


def _addresses(names: tuple[str, ...], route: Route, config: AlertConfig) -> tuple[Address, ...]:
    return tuple(
        Address(name, channel, route.immediate)
        for name in names
        if (recipient := config.recipient(name)) is not None
        for channel in recipient.channels
        if not route.channels or channel in route.channels
    )


def _gravity(finding: Finding) -> tuple[int, bool, str]:
    return (_RANK[finding.severity], finding.cell is None, finding.rule)
