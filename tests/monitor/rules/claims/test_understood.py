"""A number whose own words are not all understood accuses nobody."""

import pytest

from monitor.finding import RuleOutcome
from monitor.rules.claims.understood import strange_words
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from monitor.rules.examples import sound_report

OWN = "示例市水务局"


@pytest.mark.parametrize(
    "text",
    [
        "全年新收政府信息公开申请12件",
        "其中未经复议直接起诉3件",
        "属于内部事务信息不予公开1件",
        "结转2025年办理2件",
        "2024年我局因政府信息公开被申请行政复议2件",
        "市水务局共受理公开申请9件",
        "水务局收到12件",
        "，法院判决驳回原告诉讼请求",
        "因不服答复引起行政复议2件",
        "截至12月底已回复11件",
        "全县各级、各部门共收到政府信息公开申请15件",
        "3件均为个人申请",
        "而未曾收到任何公开信息的来信来函",
        "也未出现依申请公开方面的事宜",
    ],
)
def test_words_of_the_tables_are_understood(text):
    """Whose, how, when and what became of them."""
    assert strange_words(text, OWN) == ""


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("部门及乡镇被复议8件", "部门"),
        ("其中县区不予公开31件", "县区"),
        ("作为第三人参加行政复议4件", "作"),
        ("飞鸽传书收到15件", "飞鸽传书"),
        ("教师资格类行政诉讼1件", "教师资格"),
        ("2021学年受理9件", "学"),
        ("一审判决驳回14件", "审"),
        ("县直部门收到申请0件", "县直部门"),
    ],
)
def test_parts_and_others_are_not_understood(text, strange):
    """Found by a clerk's sound reports."""
    assert strange_words(text, OWN) == strange


def test_number_that_differs_but_is_not_understood_is_undecided():
    """The table has 12; who uses pigeons is not known."""
    told = "（二）依申请公开\n飞鸽传书收到政府信息公开申请9件。"
    report = sound_report().changed({"sections": {1: told}}).report()
    (finding,) = [item for item in run_rules(RuleContext(report)) if item.rule == "narrative.requests"]
    assert finding.outcome is RuleOutcome.CANNOT_TELL
    assert "“飞鸽传书”含义不明" in finding.message
