"""Chinese numerals, and sentences whose counting numerals are written in digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.readers.chinese_numerals import chinese
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from monitor.rules.examples import sound_report
from monitor.rules.prose.numerals import chinese_number, in_digits


@given(st.integers(1, 9999))
def test_chinese_numeral_reads_back(number):
    """What the numbering of documents writes is read as the same number."""
    assert chinese_number(chinese(number)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两万", 20000),
        ("一百二十三", 123),
        ("十", 10),
        ("二〇二四", 2024),
        ("三万五千", 35000),
        ("一亿", 10**8),
    ],
)
def test_common_numerals(text, value):
    """Also 两, 〇 and numbers with several scales."""
    assert chinese_number(text) == value


@pytest.mark.parametrize("text", ["百十", "一一十二", "十百"])
def test_what_is_no_numeral_is_not_guessed(text):
    """Scales that rise, or two digits in one place."""
    assert chinese_number(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("复议二件、诉讼三件", "复议2件、诉讼3件"),
        ("收到申请十二件，办结一十一件", "收到申请12件，办结11件"),
        ("公开一百二十三条，", "公开123条，"),
        ("行政诉讼零件", "行政诉讼0件"),
        ("办结一件，结转二件", "办结1件，结转2件"),
    ],
)
def test_numeral_that_counts_is_written_in_digits(text, said):
    """Where its unit ends the clause, or a word of the tables follows."""
    assert in_digits(text, list(range(len(text))))[0] == said


@pytest.mark.parametrize(
    "text",
    [
        "高效办成一件事", "第二十条，", "二十条措施", "采购零件，", "与群众一起，", "每一件，",
        "没有一件被撤销",
        "十余件，", "三类内部事务", "一期工程", "百十件，",
    ],
)  # fmt: skip
def test_numeral_that_belongs_to_the_words_stays(text):
    """Articles, idioms and machines have them as well."""
    assert in_digits(text, list(range(len(text))))[0] == text


@given(st.text("一二三十百零件条，复议公开"))
def test_every_character_keeps_a_place_in_its_order(text):
    """A finding shows the original words."""
    said, places = in_digits(text, list(range(len(text))))
    assert len(said) == len(places)
    assert places == sorted(places)
    assert [said[i] for i, place in enumerate(places) if said[i] == text[place]] == [
        letter for letter in said if not letter.isdigit()
    ]


def test_evidence_of_a_numeral_is_its_original_words():
    """一百二十三 is not shown as 123."""
    report = sound_report().changed({"sections": {1: "全年收到政府信息公开申请一百二十三件。"}}).report()
    findings = run_rules(RuleContext(report))
    assert any("申请一百二十三件”" in found.message for found in findings)


@pytest.mark.parametrize("run", ["零件，", "一", "一起，", "三件、"])
def test_garbled_prose_of_numerals_is_passed_at_once(run):
    """What stands before each is looked at, not all of the text."""
    text = run * 50_000
    assert len(in_digits(text, list(range(len(text))))[1]) == len(in_digits(text, list(range(len(text))))[0])
