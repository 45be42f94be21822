"""Where lists begin, and what is told of a sentence in which hundreds seem to."""

from monitor.finding import RuleOutcome
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from monitor.rules.examples import sound_report


def test_sentence_of_hundreds_of_lists_is_told_to_be_undecided():
    """It is garbled, and is not read in part as if it were not."""
    text = f"全年公开信息120条{'，其中' * 150}网站80条、公众号50条。"
    report = sound_report().changed({"sections": {1: text}}).report()
    (finding,) = [item for item in run_rules(RuleContext(report)) if item.rule == "narrative.sum"]
    assert finding.outcome is RuleOutcome.CANNOT_TELL
