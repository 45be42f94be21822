"""Titles of links are read strictly: whose report, of which year, or no report at all."""

import pytest

from monitor.link_titles import read_link_title, says_other_paper


@pytest.mark.parametrize(
    ("title", "organization", "year"),
    [
        ("卧龙区人民政府2024年政府信息公开工作年度报告", "卧龙区人民政府", 2024),
        ("叶县盐都街道办事处 2024 年政府信息公开工作年度 报告", "叶县盐都街道办事处", 2024),
        ("2024年南关区永吉街道办事处政府信息公开工作年度报告", "南关区永吉街道办事处", 2024),
        ("住建局2020年信息公开工作年度报告", "住建局", 2020),
        ("某局政府信息公开2023年度报告", "某局", 2023),
        ("政府信息公开工作2021年度报告", "", 2021),
        ("2024年度政府信息公开工作年度报告", "", 2024),
        ("某局关于2023年政府信息公开年度报告的公告", "某局", 2023),
        ("《某局2022年政府信息公开年报》（图片版）", "某局", 2022),
        ("某镇2019年政务信息公开年度报告.pdf", "某镇", 2019),
        ("某局二〇二四年政府信息公开工作年度报告", "某局", 2024),
        ("发展计划局2024年政府信息公开工作年度报告", "发展计划局", 2024),
        ("大川镇2023年度政府信息公开工作报告", "大川镇", 2023),
    ],
)
def test_title_of_a_report(title, organization, year):
    """The patterns that real lists show."""
    read = read_link_title(title)
    assert (read.is_report, read.organization, read.year) == (True, organization, year)


@pytest.mark.parametrize(
    "title",
    [
        "文字解读：某局2024年政府信息公开工作年度报告",
        "《某局2024年政府信息公开工作年度报告》解读",
        "一图读懂2024年政府信息公开年报",
        "2024年政府网站工作年度报表",
        "某区2024年法治政府建设年度报告",
        "关于做好2024年政府信息公开工作年度报告编制工作的通知",
        "2024年第一季度依申请公开统计",
        "政府信息公开指南",
        "附件1.docx",
        "",
        None,
    ],
)
def test_other_papers_are_no_reports(title):
    """Same words, other papers."""
    assert not read_link_title(title).is_report


def test_two_years_in_a_title_leave_it_undecided():
    """Neither is guessed."""
    assert read_link_title("某局2023-2024年政府信息公开年度报告").year is None


def test_commentary_is_known_by_its_title():
    """An attachment called 问答解读 is not the report."""
    assert says_other_paper("年报问答解读.docx")
    assert not says_other_paper("年度报告.docx")
