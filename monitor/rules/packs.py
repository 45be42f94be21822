"""Findings as an area weighs them: severity changed, rules switched off, points counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from config.bodies import Body
from config.deadlines import Deadlines, load_deadlines
from config.packs import Packs, RuleChange, load_packs
from monitor.finding import Finding, RuleOutcome, Severity
from monitor.rules.registry import all_rules


def load_local_packs(config_dir: Path) -> Packs:
    """Load the configuration's packs; raises ConfigError, also for a rule that does not exist."""
    return load_packs(config_dir, all_rules())


def load_due_days(config_dir: Path) -> Deadlines:
    """Load the deadlines with the packs' own due days before the defaults."""
    return load_local_packs(config_dir).with_due_days(load_deadlines(config_dir))


def weighed(
    findings: Iterable[Finding], packs: Packs, bodies: Mapping[str, Body], today: date
) -> list[Finding]:
    """Return the findings with the packs' severities, without those that a pack switches off today."""
    kept = []
    for finding in findings:
        change = _change(finding, packs, bodies)
        if change is None:
            kept.append(finding)
        elif (
            change.switched_off is None
            or not change.switched_off.from_on <= today <= change.switched_off.until_on
        ):
            severity = Severity(change.severity) if change.severity else finding.severity
            kept.append(replace(finding, severity=severity))
    return kept


def points(findings: Iterable[Finding], packs: Packs, bodies: Mapping[str, Body]) -> Decimal:
    """Return what the problems cost: each group of failures once, at its dearest rule."""
    costs: dict[tuple[str | None, int | None, str], Decimal] = {}
    for finding in findings:
        change = _change(finding, packs, bodies)
        if finding.outcome is not RuleOutcome.FAIL or change is None or change.points is None:
            continue
        problem = (finding.body, finding.year, finding.group or finding.fingerprint)
        costs[problem] = max(costs.get(problem, Decimal(0)), change.points)
    return sum(costs.values(), Decimal(0))


def _change(finding: Finding, packs: Packs, bodies: Mapping[str, Body]) -> RuleChange | None:
    body = bodies.get(finding.body) if finding.body else None
    return packs.change(finding.rule, body, finding.year)
