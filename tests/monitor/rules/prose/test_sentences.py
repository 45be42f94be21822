"""Which lines of a section are one sentence, and which begin another."""

import pytest

from monitor.rules.context import RuleContext
from monitor.rules.examples import sound_report
from monitor.rules.prose.sentences import sentences

LONG = "主动公开：网站全年发布政府信息186条，其中工作动态120条，公示公告51条，政策15条"


def said(text):
    """Return the sentences of the first section."""
    report = sound_report().changed({"sections": {1: text}}).report()
    return [sentence for sentence in sentences(RuleContext(report)) if sentence.section == 1]


@pytest.mark.parametrize(
    ("following", "count"),
    [
        ("，其中转载30条。", 1),
        ("依申请公开：新收21件。", 2),
        ("（二）依申请公开。新收21件。", 3),
        ("二、依申请公开", 1),
    ],
)
def test_line_without_an_end_wraps_unless_the_next_one_has_its_own_topic(following, count):
    """A heading or 依申请公开： begins something else."""
    assert len(said(f"{LONG}\n{following}")) == count


@pytest.mark.parametrize(
    ("before", "goes_on"), [("政策类60条；", True), ("政策类60条，", True), ("政策类60条。", False)]
)
def test_sentence_goes_on_from_a_line_that_is_not_ended(before, goes_on):
    """A list over lines."""
    assert said(f"{before}\n动态类43条，共计103条。")[-1].goes_on == goes_on
