"""Who signed a report, and what that says of its body and year."""

from datetime import date

import pytest

from extract.signature import Signature, find_signature
from tests.extract.generate import make_sample
from tests.extract.render import normal
from tests.extract.texts import codes_of, parse

SIGNED = Signature("卧龙区审计局", date(2025, 1, 16))


@pytest.mark.parametrize(
    "lines",
    [
        ["本机关未收取信息处理费。", "卧龙区审计局", "2025年1月16日"],
        ["本机关未收取信息处理费。", "", "卧龙区审计局", "", "2025 年 1 月 16 日", ""],
        ["未收取。", "卧龙区审计局 2025年1月16日"],
        ["未收取。", "2025年1月16日", "卧龙区审计局"],
        ["未收取。", "卧龙区审计局", "二〇二五年一月十六日"],
        ["未收取。", "卧龙区审计局", "2025-01-16", "附件：统计表"],
        ["未收取。", "卧龙区审计局", "２０２５年１月１６日"],
    ],
)
def test_name_and_date_at_the_end_are_a_signature(lines):
    """On one line or two, in any style of date."""
    assert find_signature(lines) == SIGNED


@pytest.mark.parametrize(
    "lines",
    [
        ["卧龙区审计局", "做好了各项工作。"],
        ["统计期限到2024年12月31日"],
        ["本局", "2025年1月16日"],
        ["发布机构：卧龙区审计局", "2025年1月16日"],
        ["卧龙区审计局", "2025年13月16日"],
        [],
    ],
)
def test_name_or_date_alone_is_no_signature(lines):
    """Neither is prose, nor a label of the page."""
    assert find_signature(lines) == Signature()


def signed(title: str, *last: str, **hints: str):
    """A report of 2024 with another title, and lines at its end."""
    lines = normal(make_sample(1)).split("\n")
    return parse([f"# {title}", *lines[1:], *last], hints=hints)


def test_body_comes_from_the_signature_where_the_title_names_none():
    """The index block says the same, in short."""
    end = ("卧龙区审计局", "2025年1月16日")
    report = signed("2024年政府信息公开工作年度报告", *end)
    assert (report.organization, codes_of(report)) == ("卧龙区审计局", [])
    report = signed("2024年政府信息公开工作年度报告", *end, index_block="发布机构：区审计局")
    assert report.organization == "卧龙区审计局"


def test_body_is_undecided_where_signature_and_publisher_differ():
    """The office that publishes need not be the body that reports."""
    report = signed(
        "2024年政府信息公开工作年度报告",
        "卧龙区审计局",
        "2025年1月16日",
        index_block="发布机构：卧龙区政府办",
    )
    assert (report.organization, codes_of(report)) == (None, ["organization_missing"])
    assert "卧龙区审计局" in report.problems[0].detail
    assert "卧龙区政府办" in report.problems[0].detail


def test_title_s_own_body_stands_whoever_signed():
    """An area's report is signed by the office of its government."""
    report = signed("卧龙区2024年政府信息公开工作年度报告", "卧龙区人民政府办公室", "2025年1月16日")
    assert (report.organization, codes_of(report)) == ("卧龙区", [])


def test_signature_from_before_the_end_of_the_year_is_reported():
    """The year is left as the title says."""
    report = signed("卧龙区2024年政府信息公开工作年度报告", "卧龙区人民政府", "2024年1月16日")
    assert (report.year, codes_of(report)) == (2024, ["year_conflict"])
