"""Run the rules over a report and make findings of what they say."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.finding import Blame, Finding, Severity
from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome
from monitor.rules.registry import Rule, all_rules

_RECOGNISED = frozenset({"ocr_layer", "recognised"})
_RECOGNISING_READER = "ocr"
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
        severity=_severity(entry, outcome, context),
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


def _severity(entry: Rule, outcome: Outcome, context: RuleContext) -> Severity:
    """Return the rule's severity; never an error where all that it rests on was recognised in pictures."""
    if entry.severity is Severity.ERROR and _rests_on_recognition(outcome, context):
        return Severity.WARNING
    return entry.severity


def _rests_on_recognition(outcome: Outcome, context: RuleContext) -> bool:
    if any(problem.code in _RECOGNISED for problem in context.report.problems):
        return True
    shown = [
        context.facts[item.path] for item in outcome.evidence if item.path and item.path in context.facts
    ]
    return any(fact.reader == _RECOGNISING_READER for fact in shown)


def _blame(outcome: Outcome, context: RuleContext) -> Blame:
    """Return whose error it is; a text that was recognised from pictures proves nothing of the source."""
    codes = {problem.code for problem in context.report.problems}
    if codes & _RECOGNISED:
        return Blame.EXTRACTION
    return Blame.UNKNOWN if _BROKEN_FONT in codes and outcome.blame is Blame.SOURCE else outcome.blame
