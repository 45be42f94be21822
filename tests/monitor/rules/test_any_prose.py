"""No prose, however strange, makes a rule fail to answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.finding import RuleOutcome
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from monitor.rules.examples import sound_report

WORDS = (
    "全年公开信息", "收到政府信息公开申请", "上年结转", "结转下年度", "办结", "予以公开", "不予公开",
    "行政复议", "行政诉讼", "其中", "其中：", "包括", "分别为", "合计", "共计", "采纳", "未采纳", "合格",
    "不合格", "其他", "等", "占", "较上年增加", "未收到", "没有", "无", "本报告统计期限为", "由", "我局",
    "我镇", "编制", "《", "》", "“", "”", "（", "）", "，", "、", "；", "：", "。", "\n", " ", "12",
    "1,234", "2.96", "一百二十", "二〇二四", "2024年", "2023年", "13月", "31日", "30%", "条", "件", "篇",
    "期", "次", "个", "万", "余", "约", "元", "批次", "〔2021〕30号", "国办公开办函",
)  # fmt: skip
PROSE = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)


@settings(deadline=None, max_examples=40)
@given(PROSE, PROSE, PROSE)
def test_every_prose_is_answered(first, fifth, last):
    """Numbers, openers, brackets and quotes in any order."""
    report = sound_report().changed({"sections": {1: first, 5: fifth, 6: last}, "preface": last}).report()
    assert all(finding.message for finding in run_rules(RuleContext(report)))


def test_text_without_full_stops_is_told_not_to_be_checked():
    """Where nothing ends a sentence no total has its own parts, and the search for them has no end."""
    endless = "公开信息10条，其中网站8条、微信1条；" * 200
    report = sound_report().changed({"sections": {1: endless}}).report()
    findings = [item for item in run_rules(RuleContext(report)) if item.rule == "narrative.sum"]
    assert [item.outcome for item in findings] == [RuleOutcome.CANNOT_TELL]


@pytest.mark.parametrize("part", ["12条其中", "其中12条；", "1条，其中2条；"])
def test_divided_parts_without_end_are_told_not_to_be_checked(part):
    """More numbers than any author puts into one sentence."""
    report = sound_report().changed({"sections": {1: part * (2900 // len(part))}}).report()
    findings = [item for item in run_rules(RuleContext(report)) if item.rule == "narrative.sum"]
    assert [item.outcome for item in findings] == [RuleOutcome.CANNOT_TELL]


def test_list_of_all_counties_of_a_province_is_added_up():
    """Long, and yet a list."""
    counties = "、".join(f"第{place}中心县1条" for place in range(120))
    report = sound_report().changed({"sections": {1: f"公开信息121条，其中{counties}。"}}).report()
    (finding,) = [item for item in run_rules(RuleContext(report)) if item.rule == "narrative.sum"]
    assert (finding.outcome, finding.expected, finding.actual) == (RuleOutcome.FAIL, 120, 121)
