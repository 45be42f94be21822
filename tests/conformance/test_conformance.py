"""The conformance suite: small reports, each with one planted fault or none, from text to findings."""

import json
from collections import Counter

import pytest

from extract.normalize import normalize
from extract.parser import parse_report
from monitor.finding import RuleOutcome
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from monitor.rules.registry import all_rules
from tests.conformance.render import text_of
from tests.conformance.suite import load_cases, reports_of
from tests.conformance.write import write_suite

LEAST_CASES = 300
CASES = list(load_cases())
NEED_MORE_THAN_TWO_REPORTS = {"text.copied-from-peer"}
IMAGES_ARE_NO_TEXT = {"structure.table-as-image"}


def told(finding) -> str:
    """Write a finding as the cases do: rule, `@cell` where one is named, `?` before what is undecided."""
    if finding.outcome is RuleOutcome.CANNOT_TELL:
        return f"?{finding.rule}"
    return f"{finding.rule}@{finding.cell}" if finding.cell else finding.rule


@pytest.mark.parametrize(("case", "base"), CASES, ids=[case["id"] for case, _base in CASES])
def test_report_has_exactly_the_planted_findings(case, base):
    """Nothing more, nothing less; undecided outcomes count as well."""
    report, previous = reports_of(case, base)
    text = normalize(text_of(report).encode())
    earlier = parse_report(normalize(text_of(previous).encode())) if previous else None
    findings = run_rules(RuleContext(parse_report(text), text=text, previous=earlier))
    messages = [f"{told(finding)}: {finding.message}" for finding in findings]
    assert Counter(map(told, findings)) == Counter(case.get("expect", [])), messages


def test_suite_is_large_and_its_ids_are_unique():
    """At least 300 reports."""
    ids = [case["id"] for case, _base in CASES]
    assert len(ids) >= LEAST_CASES
    assert len(set(ids)) == len(ids)


def test_every_rule_about_one_report_fails_in_some_case():
    """A rule that falls silent is noticed here."""
    failing = {item.partition("@")[0] for case, _base in CASES for item in case.get("expect", [])}
    checked = {id_ for id_, entry in all_rules().items() if entry.check}
    assert checked - NEED_MORE_THAN_TWO_REPORTS - IMAGES_ARE_NO_TEXT == failing & checked


def test_suite_can_be_written_for_other_tools(tmp_path):
    """One text a case, and what is expected of it."""
    count = write_suite(tmp_path)
    lines = (tmp_path / "expected.jsonl").read_text("utf-8").splitlines()
    assert count == len(lines) == len(CASES)
    assert all((tmp_path / f"{json.loads(line)['id']}.txt").exists() for line in lines)
