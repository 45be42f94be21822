"""What was recognised in a picture is never an error on its own account."""

from dataclasses import replace

import pytest

from extract.model import Problem
from monitor.finding import Blame, Severity
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from monitor.rules.examples import sound_report
from monitor.rules.registry import all_rules

ROW_TOTAL = all_rules()["requests.row-total"]


def broken_report():
    """The sound report with a total that is none."""
    report = sound_report().report()
    facts = tuple(
        replace(fact, value=fact.value + 9, raw=str(fact.value + 9))
        if fact.path == "requests.received.total"
        else fact
        for fact in report.facts
    )
    return replace(report, facts=facts)


def severities(report):
    """The severity of each finding of the rule."""
    return {finding.severity for finding in run_rules(RuleContext(report), [ROW_TOTAL])}


def test_a_broken_total_of_a_text_is_an_error():
    """The rule's own severity."""
    assert ROW_TOTAL.severity is Severity.ERROR
    assert severities(broken_report()) == {Severity.ERROR}


@pytest.mark.parametrize("code", ["recognised", "ocr_layer"])
def test_a_broken_total_of_a_recognised_page_is_a_warning_about_our_reading(code):
    """Whoever recognised it: we, or the scanner's own software."""
    report = broken_report()
    report = replace(report, problems=(*report.problems, Problem(code, "第 1 页")))
    findings = run_rules(RuleContext(report), [ROW_TOTAL])
    assert {(finding.severity, finding.blame) for finding in findings} == {
        (Severity.WARNING, Blame.EXTRACTION)
    }


def test_one_recognised_cell_is_enough():
    """A scanned page among pages of text."""
    report = broken_report()
    facts = tuple(
        replace(fact, reader="ocr") if fact.path == "requests.received.total" else fact
        for fact in report.facts
    )
    assert severities(replace(report, facts=facts)) == {Severity.WARNING}
