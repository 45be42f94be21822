"""The conformance suite: small reports, each with one planted fault or none, from text to findings."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from extract.normalize import normalize
from extract.parser import parse_report
from monitor.finding import RuleOutcome
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from monitor.rules.examples import ReportSpec, sound_report
from tests.conformance.render import text_of

FOLDER = Path(__file__).parent / "cases"
LEAST_CASES = 300


def load_cases():
    """Yield (case, the report it describes) of every file; a file's base is laid under its cases."""
    for path in sorted(FOLDER.glob("*.yml")):
        content = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        base = sound_report().changed(content["base"])
        for case in content["cases"]:
            yield case, base


CASES = list(load_cases())


def findings_of(spec: ReportSpec, previous: ReportSpec | None):
    """Write, read and check a report, as `nianbao check` does."""
    text = normalize(text_of(spec).encode())
    earlier = parse_report(normalize(text_of(previous).encode())) if previous else None
    return run_rules(RuleContext(parse_report(text), text=text, previous=earlier))


def told(finding) -> str:
    """Write a finding as the cases do: rule, `@cell` where one is named, `?` before what is undecided."""
    if finding.outcome is RuleOutcome.CANNOT_TELL:
        return f"?{finding.rule}"
    return f"{finding.rule}@{finding.cell}" if finding.cell else finding.rule


@pytest.mark.parametrize(("case", "base"), CASES, ids=[case["id"] for case, _base in CASES])
def test_report_has_exactly_the_planted_findings(case, base):
    """Nothing more, nothing less; undecided outcomes count as well."""
    change = {key: value for key, value in case.items() if key not in ("id", "note", "expect", "previous")}
    previous = base.changed({"year": base.year - 1, **case["previous"]}) if "previous" in case else None
    findings = findings_of(base.changed(change), previous)
    messages = [f"{told(finding)}: {finding.message}" for finding in findings]
    assert Counter(map(told, findings)) == Counter(case.get("expect", [])), messages


def test_suite_is_large_and_its_ids_are_unique():
    """At least 300 reports."""
    ids = [case["id"] for case, _base in CASES]
    assert len(ids) >= LEAST_CASES
    assert len(set(ids)) == len(ids)
