"""Numbers that a line break, a blank or a full-width comma cuts: joined where sure, else not read."""

import pytest

from monitor.finding import RuleOutcome
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from monitor.rules.examples import sound_report

LONG = "全年通过门户网站、政务新媒体、公开栏等渠道及时公布各类工作信息，主动公开政府信息"


def failures(text):
    """The failures of the sound report with another first section."""
    report = sound_report().changed({"sections": {1: text}}).report()
    return [
        (item.rule, item.actual)
        for item in run_rules(RuleContext(report))
        if item.outcome is RuleOutcome.FAIL
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}12\n0条，其中政策文件类20条、工作动态类100条。",
        f"{LONG}120条，其中政策文件类2\n0条、工作动态类100条。",
        f"{LONG}1 234条，其中政策文件类200条、工作动态类34条。",
        f"{LONG}1，234条，其中政策文件类200条、工作动态类1，034条。",
        "2024年新收政府信息公开申请1 2件。",
        "2024年新收政府信息公开申请1，012件。",
        f"{LONG}120条，本报告统计期限为2024年1月1日至12月3\n1日。",
        f"{LONG}120条，本报告统计期限为2024年1\n2月31日止。",
        "本报告统计期限为2024年1 2月31日止，1 0月31日前更新。",
        "2 023年新收政府信息公开申请8件。",
    ],
)
def test_cut_number_accuses_nobody(text):
    """Each report says what is right; only its setting cuts a number."""
    assert failures(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{LONG}12\n0条，其中政策文件类20条、工作动态类90条。", ("narrative.sum", 120)),
        (f"{LONG}120条，全年新收政府信息公开申请2\n1件。", ("narrative.requests", 21)),
        (
            f"{LONG}120条，统计期限为2024年1月1日至2024年6月3\n1日。",
            ("narrative.date-invalid", "2024年6月3 1日"),
        ),
    ],
)
def test_number_that_a_line_break_cuts_is_read_whole(text, told):
    """A number wrapped to the next line is as sure as any."""
    assert failures(text) == [told]
