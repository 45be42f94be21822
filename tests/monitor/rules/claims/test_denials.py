"""What a clause denies altogether, and which words keep it from doing so."""

import pytest

from monitor.rules.claims.denials import CASES, REQUESTS, cases_denied, denied, denies_requests
from monitor.rules.prose.sentences import Sentence

OWN = "示例市水务局"


def parts(text, words, heading=""):
    """What the last clause of a sentence denies."""
    start = max(text.rfind(mark) for mark in "，：") + 1
    return denied(Sentence(text, (), text, 1, heading), start, len(text), OWN, words)


@pytest.mark.parametrize(
    "text",
    [
        "2024年度市水务局未收到公民、法人或其他组织提出的申请",
        "依申请公开：无",
        "自2024年1月1日至2024年12月31日，没有收到任何政府信息公开申请",
        "政府信息公开申请数量为零",
        "我街道未收到线上、线下等各类渠道提出的申请",
    ],
)
def test_requests_are_denied(text):
    """Whoever, however, whenever within the year."""
    assert any(map(denies_requests, parts(text, REQUESTS)))


@pytest.mark.parametrize(
    "text",
    [
        "未收到法人或其他组织的申请",
        "未收到涉密申请",
        "市农业局未收到申请",
        "疫情期间，未收到申请",
        "没有收到申请的",
        "无未收到的申请",
        "收到申请",
    ],
)
def test_part_of_the_requests_is_not_all(text):
    """A kind, another body, a time, a condition, two negations, none."""
    assert not any(map(denies_requests, parts(text, REQUESTS)))


def test_mere_none_is_of_the_heading():
    """（二）依申请公开情况, and below it: 本年度无."""
    assert any(map(denies_requests, parts("本年度无", REQUESTS, "（二）依申请公开情况")))
    assert not parts("本年度无", REQUESTS, "（三）平台建设")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("未发生行政复议、行政诉讼", [(True, True)]),
        ("无复议、无诉讼", [(True, False), (False, True)]),
        ("没有人向行政复议机关或人民法院提起行政诉讼", [(False, True)]),
        ("因政府信息公开引发的行政复议均为零", [(True, False)]),
        ("未发生因行政复议被起诉", []),
        ("因行政处罚引发的行政复议均为零", []),
    ],
)
def test_cases_are_denied_by_their_kind(text, told):
    """Of what they would have come says nothing of the kind."""
    assert [cases_denied(part) for part in parts(text, CASES)] == told
