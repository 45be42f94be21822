"""Run the rules over a report and make findings of what they say."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.finding import Blame, Finding
from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome
from monitor.rules.registry import Rule, all_rules

_RECOGNISED = "ocr_layer"
_BROKEN_FONT = "unmapped_characters"


def run_rules(context: RuleContext, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """Return the findings of every rule that applies, in the order of the ids; passes are silent."""
    chosen = all_rules().values() if rules is None else rules
    findings = []
    for entry in chosen:
        if entry.check is not None and entry.applies_to(context):
            findings += [_finding(entry, outcome, context) for outcome in entry.check(context)]
    return findings


def evaluated_rules(context: RuleContext) -> set[str]:
    """Return the ids of the rules that `run_rules` evaluates for this report: what may be resolved."""
    return {
        entry.id for entry in all_rules().values() if entry.check is not None and entry.applies_to(context)
    }


def _finding(entry: Rule, outcome: Outcome, context: RuleContext) -> Finding:
    return Finding(
        rule=entry.id,
        title=entry.title,
        severity=entry.severity,
        outcome=outcome.outcome,
        message=outcome.message,
        basis=entry.basis,
        organization=context.report.organization,
        body=context.body.id if context.body else None,
        year=context.report.year,
        cell=outcome.cell,
        expected=outcome.expected,
        actual=outcome.actual,
        group=outcome.group,
        blame=_blame(outcome, context),
        explanations=outcome.explanations,
        evidence=outcome.evidence,
    )


def _blame(outcome: Outcome, context: RuleContext) -> Blame:
    """Return whose error it is; a text that was recognised from pictures proves nothing of the source."""
    codes = {problem.code for problem in context.report.problems}
    if _RECOGNISED in codes:
        return Blame.EXTRACTION
    return Blame.UNKNOWN if _BROKEN_FONT in codes and outcome.blame is Blame.SOURCE else outcome.blame
