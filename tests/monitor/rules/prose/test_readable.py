"""Stretches that have lost their full stops, and what is said of them."""

import pytest

from monitor.finding import RuleOutcome
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from monitor.rules.examples import sound_report


@pytest.mark.parametrize(
    ("rule", "counted"),
    [("narrative.requests", "自然人申请1件、"), ("narrative.remedies", "信息公开行政复议1件，")],
)
def test_sentence_of_hundreds_of_counted_things_is_told_to_be_undecided(rule, counted):
    """It is a broken table; read clause by clause it would take half a minute and accuse somebody."""
    report = sound_report().changed({"sections": {1: counted * 1200}}).report()
    (finding,) = [item for item in run_rules(RuleContext(report)) if item.rule == rule]
    assert finding.outcome is RuleOutcome.CANNOT_TELL
    assert "没有核对" in finding.message
