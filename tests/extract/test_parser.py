"""What is a report, whose and of which year; everything else is refused with its reason."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from extract.errors import NotAReport
from extract.model import Problem
from tests.extract.generate import make_sample
from tests.extract.render import normal
from tests.extract.texts import codes_of, parse

ROOT = Path(__file__).parents[2]
SAMPLE = make_sample(2)
BODY = normal(SAMPLE).split("\n")[1:]
PROSE = "本机关认真做好政府信息公开工作，及时公开各类信息，回应社会关切，接受社会监督。"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["卧龙区概况", "卧龙区位于南阳市。"], "六个部分标题"),
        ([""], "六个部分标题"),
        (["《卧龙区2024年政府信息公开工作年度报告》解读", *BODY], "解读"),
        (["卧龙区2024年政府网站工作年度报表", "一、总体情况", "二、主动公开政府信息情况",
          "六、其他需要报告的事项"], "报表"),
        (["卧龙区2024年政府信息公开工作年度报告", "请下载附件查看。"], "0个"),
        (["关于做好2024年政府信息公开工作年度报告编制工作的通知", PROSE], "通知"),
        (["卧龙区2024年法治政府建设年度报告", "一、总体情况", PROSE], "法治"),
        (["某局2024年政府信息公开工作年度报告", "一、总体情况", PROSE, "二、存在问题及改进情况", PROSE],
         "2个"),
    ],
)  # fmt: skip
def test_other_pages_are_refused_in_one_line(lines, reason):
    """Similar words are not enough."""
    with pytest.raises(NotAReport, match=reason) as refused:
        parse(lines)
    assert "\n" not in str(refused.value)


def test_interpretation_is_refused_by_the_title_of_its_page():
    """The text itself does not say what it is; the page does."""
    lines = ["一、总体情况", PROSE, "二、主动公开政府信息情况", PROSE, "五、存在的主要问题及改进情况", PROSE]
    with pytest.raises(NotAReport, match="解读"):
        parse(lines, hints={"meta_title": "《卧龙区2024年政府信息公开工作年度报告》解读"})


def test_report_of_before_the_national_form_is_one_by_its_title():
    """兖州住建 2017: own parts, no official tables."""
    title = "兖州区住房和城乡建设局2017年政府信息公开工作年度报告"
    own = ("一、概述", "二、依申请公开办理情况", "三、咨询处理情况")
    lines = [title, *(line for heading in own for line in (heading, PROSE * 3))]
    report = parse(lines)
    assert (report.year, report.format.value) == (2017, "unknown")
    assert [(s.number, s.heading) for s in report.sections][-1] == (None, "咨询处理情况")


@pytest.mark.parametrize(
    "first",
    [
        ["文峰区紫薇街道办事处2024年政府信息公开工作年", "度报告"],
        [" 文峰区紫薇街道办事处", "2024 年政府信息公开工作年度报告"],
        ["文峰区紫薇街道办事处", "2024年政府信息公开", "工作年度报告"],
        [
            "首页",
            "当前位置：首页>年报",
            "文峰区紫薇街道办事处2024年政府信息公开工作年度报告",
            "发布日期：2025-01-16",
        ],
        ["文峰区紫薇街道办事处2024年", "政府信息公开工作年度报告"],
        ["文峰区紫薇街道办事处政府信息公开工作年度报告", "（2024年度）"],
        ["二〇二四年文峰区紫薇街道办事处", "政府信息公开工作年度报告"],
    ],
)
def test_title_is_found_over_broken_lines_and_beside_navigation(first):
    """Body and year are the same however the lines fall."""
    report = parse([*first, "", *BODY])
    assert (report.organization, report.year) == ("文峰区紫薇街道办事处", 2024)


def test_title_and_body_may_come_from_outside_the_text():
    """The report's text begins with its first part."""
    hints = {
        "meta_title": "2024年政府信息公开工作年度报告",
        "index_block": "索引号：123 发布机构：卧龙区人民政府",
    }
    report = parse(BODY, hints=hints)
    assert (report.title, report.organization, report.year) == (
        "2024年政府信息公开工作年度报告", "卧龙区人民政府", 2024
    )  # fmt: skip


def test_year_comes_from_the_statistical_period_where_the_title_has_none():
    """The phrase 统计期限 names it."""
    lines = [
        "卧龙区政府信息公开工作年度报告",
        "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        *BODY,
    ]
    assert parse(lines).year == 2023


def test_title_and_period_that_disagree_are_reported():
    """The title's year stays."""
    lines = ["卧龙区2024年政府信息公开工作年度报告", "本报告统计数据从2023年1月1日至12月31日。", *BODY]
    report = parse(lines)
    assert (report.year, codes_of(report)) == (2024, ["year_conflict"])


def test_praise_for_last_years_report_is_no_statement_of_the_year():
    """Further down in section 1."""
    prose = PROSE * 20 + "按时发布2023年政府信息公开工作年度报告。"
    report = parse(["卧龙区2024年政府信息公开工作年度报告", *BODY[:2], prose, *BODY[2:]])
    assert codes_of(report) == []


def test_next_and_last_year_in_the_prose_are_no_conflict():
    """A report speaks of 上年 and of 下一步."""
    prose = "2025年，我们将继续努力。与2023年相比增长10%。"
    report = parse(["卧龙区2024年政府信息公开工作年度报告", *BODY[:2], prose, *BODY[2:]])
    assert (report.year, codes_of(report)) == (2024, [])


def test_report_without_title_is_a_report_with_open_questions():
    """Body and year are not guessed."""
    report = parse(BODY)
    assert (report.title, report.organization, report.year) == ("", None, None)
    assert codes_of(report) == ["title_missing", "year_missing", "organization_missing"]


@pytest.mark.parametrize(
    ("title", "organization"),
    [
        ("关于报送卧龙区2024年政府信息公开工作年度报告的函", "卧龙区"),
        ("卧龙区2024年政府信息公开工作总结", "卧龙区"),
    ],
)
def test_report_under_another_title_is_accepted_with_the_title_as_it_stands(title, organization):
    """A pasted letter or a wrong word in the title is a finding, no reason to look away."""
    report = parse([title, *BODY])
    assert (report.title, report.organization, report.year) == (title, organization, 2024)
    assert codes_of(report) == ["title_doubtful"]


def test_navigation_before_a_plain_text_does_not_refuse_it():
    """政府信息公开指南 is the first word of the column's menu."""
    report = parse(["政府信息公开指南", "政府信息公开制度", *normal(SAMPLE).removeprefix("# ").split("\n")])
    assert report.title == SAMPLE.title


def test_points_of_the_first_part_named_as_later_parts_are_no_parts():
    """“1.主动公开政府信息情况” 之下是总体情况的文字, “二、主动公开政府信息情况” 才是第二部分."""
    title, *body = normal(SAMPLE).split("\n")
    start = next(number for number, line in enumerate(body) if "总体情况" in line) + 1
    points = ["1.主动公开政府信息情况", PROSE, "2.收到和处理政府信息公开申请情况", PROSE]
    report = parse([title, *body[:start], *points, *body[start:]])
    numbered = [section for section in report.sections if section.number]
    assert [section.number for section in numbered] == [1, 2, 3, 4, 5, 6]
    assert numbered[0].text.count(PROSE) == 2


def test_parts_numbered_in_arabic_are_parts():
    """Where no part has a Chinese numeral, 1. and 2. number the parts themselves."""
    digits = dict(zip("一二三四五六", "123456", strict=True))
    heading = re.compile(r"^## ([一二三四五六])、")
    lines = [heading.sub(lambda match: f"{digits[match[1]]}.", line) for line in normal(SAMPLE).split("\n")]
    assert [section.number for section in parse(lines).sections if section.number] == [1, 2, 3, 4, 5, 6]


def test_problems_of_the_reader_come_first():
    """What the reader could not settle is not lost."""
    report = parse(normal(SAMPLE), problems=(Problem("tables_as_image", "图"),))
    assert codes_of(report) == ["tables_as_image"]


def test_same_text_gives_the_same_report():
    """Pure: no clock, no order of sets."""
    assert parse(normal(SAMPLE)) == parse(normal(SAMPLE))


def test_report_does_not_depend_on_the_order_of_sets():
    """Two processes with different hash seeds print the same."""
    program = (
        "from tests.extract.generate import make_sample; from tests.extract.render import layout;"
        "from tests.extract.texts import parse; print(parse(layout(make_sample(8))))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT, env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}, encoding="utf-8",
            capture_output=True, check=True,
        ).stdout
        for seed in ("1", "4")
    }  # fmt: skip
    assert len(printed) == 1
    assert "carried_forward" in printed.pop()
