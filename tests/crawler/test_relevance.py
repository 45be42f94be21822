"""Which titles are worth a request: over-inclusive, but for what says that it is something else."""

import pytest

from crawler.relevance import (
    could_be_report,
    is_clearly_other,
    is_column,
    is_wanted,
    year_folder,
    years_named,
)

REPORTS = """卧龙区人民政府2024年政府信息公开工作年度报告
2023年下各镇政府信息公开工作年度报告
住建局2020年信息公开工作年度报告
某局政府信息公开2023年度报告
政府信息公开工作2021年度报告
2024年度政府信息公开工作年度报告
某局政府信息公开年报
关于2023年政府信息公开年度报告
二〇二四年某局政府信息公开工作年度报告
某区2019年政府信息公开工作年度报告（图片版）
某某街道办事处2024年政府信息公开工作年…
大川镇年度政府信息公开工作报告
某局 2024 年政府信息公开 工作年度报告
2024年年度报告""".splitlines()
OTHERS = """《某局2024年政府信息公开工作年度报告》解读
图解：2024年政府信息公开年度报告
2024年政府网站工作年度报表
某局2024年法治政府建设年度报告
关于做好2024年政府信息公开工作年度报告编制工作的通知
2024年第三季度政府信息公开统计
企业年报公示""".splitlines()
COLUMNS = ("政府信息公开年报", "部门年报", "乡镇（街道）年报", "信息公开年度报告", "年度报告")


@pytest.mark.parametrize("title", REPORTS)
def test_possible_report_is_followed(title):
    """Year first, year last, no year, no body, cut off."""
    assert could_be_report(title)
    assert not is_clearly_other(title)


@pytest.mark.parametrize("title", OTHERS)
def test_other_kinds_are_not_followed(title):
    """They say so themselves."""
    assert is_clearly_other(title)
    assert not could_be_report(title)


@pytest.mark.parametrize("title", ["首页", "区水利局", "我区召开政务公开会议", ""])
def test_other_links_are_neither(title):
    """Nothing says that they are a report, or that they are not."""
    assert not could_be_report(title)
    assert not is_clearly_other(title)


@pytest.mark.parametrize("title", COLUMNS)
def test_column_is_known_by_its_name(title):
    """It names no body with an office of its own, and no year."""
    assert is_column(title)


@pytest.mark.parametrize("title", [*REPORTS[:6], "市水利局政府信息公开年报"])
def test_report_is_no_column(title):
    """A body or a year makes it one."""
    assert not is_column(title)


def test_years_are_read_in_all_spellings():
    """Arabic, Chinese, in brackets, several."""
    assert years_named("二〇二四年某局政府信息公开工作年度报告") == (2024,)
    assert years_named("政府信息公开年报(2023)") == (2023,)
    assert years_named("2025年公布的2024年度报告") == (2024, 2025)
    assert years_named("第2015号公告") == ()


def test_title_without_a_year_is_wanted_every_year():
    """Only a title that names other years is not."""
    assert is_wanted("某局政府信息公开年报", 2024)
    assert is_wanted("某局2024年政府信息公开工作年度报告", 2024)
    assert not is_wanted("某局2023年政府信息公开工作年度报告", 2024)


def test_year_folder():
    """A folder is only a year."""
    assert (year_folder("2024年度"), year_folder(" 2024 "), year_folder("2024年年报")) == (2024, 2024, None)
