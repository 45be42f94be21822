"""Titles: whose report, which year, is it one; undecided is an answer."""

from collections import Counter

import pytest

from benchmarks.titles import LIST, judge, titled_rows
from extract.titles import Verdict, read_page_title, read_title

REAL_TITLES = (
    ("安镇街道2024年政府信息公开工作年度报告", "安镇街道", 2024),
    ("2024年南关区永吉街道办事处政府信息公开工作年度报告", "南关区永吉街道办事处", 2024),
    ("2023年下各镇政府信息公开工作年度报告", "下各镇", 2023),
    ("大川镇2023年度政府信息公开工作报告", "大川镇", 2023),
    ("贵阳市人民政府(市人民政府办公厅)2021年政府信息公开工作年度报告",
     "贵阳市人民政府(市人民政府办公厅)", 2021),
    ("舒兰市市场监督管理局2016年政务信息公开年度报告", "舒兰市市场监督管理局", 2016),
    ("住建局2020年信息公开工作年度报告", "住建局", 2020),
    ("东营市自然资源和规划局东营分局2023 年政府信息公开工作年度报告", "东营市自然资源和规划局东营分局", 2023),
    ("文化和旅游部政府信息公开工作2021年度报告", "文化和旅游部", 2021),
    ("宁陕县梅子镇人民政府2024年度政府信息公开工作年度报告", "宁陕县梅子镇人民政府", 2024),
    ("自治区民政厅政府信息公开2023年度报告", "自治区民政厅", 2023),
    ("伊宁县政府信息公开工作2023年度报告", "伊宁县", 2023),
    ("常州市卫生健康委员会2025年政府信息公开工作年报", "常州市卫生健康委员会", 2025),
    ("2021年上海市青浦区政务服务办公室 政府信息公开工作年度报告", "上海市青浦区政务服务办公室", 2021),
    ("金华市农业局2017年度政府信息公开年度报告", "金华市农业局", 2017),
    ("卧岗区卧龙岗街道办事处 2024 年政府信息公开工作 年度报告", "卧岗区卧龙岗街道办事处", 2024),
    ("二〇二四年兴国镇人民政府政府信息公开工作年度报告", "兴国镇人民政府", 2024),
    ("某县审计局二○二三年度政府信息公开年度报告", "某县审计局", 2023),
    ("卧龙区人民政府信息公开年度报告（2024年）", "卧龙区人民政府", 2024),
    ("宿州市某局2019年政府信息公开工作年度报告（图片版）", "宿州市某局", 2019),
    ("２０２４年某局政府信息公开工作年度报告", "某局", 2024),
    ("《章贡区财政局2020年政府信息公开工作年度报告》", "章贡区财政局", 2020),
    ("关于2023年政府信息公开年度报告", None, 2023),
    ("示例县自然资源局关于2021年度政府信息公开情况的报告", "示例县自然资源局", 2021),
    ("示例省财政厅关于发布2023年政府信息公开工作年度报告", "示例省财政厅", 2023),
    ("政府信息公开工作年度报告", None, None),
)  # fmt: skip
OTHERS = (
    "《莘县王庄集镇人民政府2023年政府信息公开工作年度报告》解读",
    "文字解读:济南市历下区大明湖街道办事处2022年政府信息公开工作年度报告",
    "一图读懂卧龙区2024年政府信息公开工作年度报告",
    "图解：卧龙区2024年政府信息公开工作年度报告",
    "卧龙区2024年政府网站工作年度报表",
    "卧龙区2024年法治政府建设年度报告",
    "政法和应急管理局信息公开年度工作报告说明",
    "2022年上半年政府信息公开数据统计",
    "某局2023年第一季度政府信息公开工作报告",
    "关于做好2024年政府信息公开工作年度报告编制工作的通知",
    "卧龙区2024年政府信息公开工作实施方案",
    "2024年政府信息公开指标统计表",
    "卧龙区政府信息公开指南",
)
UNDECIDED = (
    "浑南区民族和宗教事务局",
    "苍溪县三川镇2025年政府信息公开…",
    "(…)工作年度报告",
    "2023年度政务公开工作年度报告",
    "卧龙区政府信息公开工作报告",
    "卧龙区2024年政府信息公开工作年度报告附件汇总",
    "",
)


@pytest.mark.parametrize(("title", "organization", "year"), REAL_TITLES)
def test_title_gives_body_and_year(title, organization, year):
    """Real forms: year first, inside, last, in Chinese numerals; body missing or short."""
    reading = read_title(title)
    assert reading.verdict is Verdict.REPORT
    assert (reading.organization, reading.year) == (organization, year)


@pytest.mark.parametrize("title", OTHERS)
def test_same_words_on_another_kind_of_page_are_refused_with_a_reason(title):
    """Interpretations, website statistics, plans and notices speak of reports without being one."""
    reading = read_title(title)
    assert reading.verdict is Verdict.OTHER
    assert reading.reason.startswith("标题表明这是")


@pytest.mark.parametrize("title", UNDECIDED)
def test_doubtful_title_is_undecided_with_the_reason(title):
    """Neither accepted nor refused."""
    reading = read_title(title)
    assert reading.verdict is Verdict.UNDECIDED
    assert reading.reason


def test_cut_off_title_still_names_body_and_year():
    """A list that shortens its titles."""
    reading = read_title("苍溪县三川镇2025年政府信息公开…")
    assert (reading.organization, reading.year) == ("苍溪县三川镇", 2025)


def test_two_years_in_a_title_leave_the_year_open():
    """Choosing one would be a guess."""
    assert read_title("卧龙区2023年政府信息公开2024年度报告").year is None


def test_title_is_without_blanks_and_with_half_width_digits():
    """As the contract wants it."""
    assert (
        read_title("# 卧龙区 ２０２４ 年政府信息公开工作\n年度报告").title
        == "卧龙区2024年政府信息公开工作年度报告"
    )


def test_page_title_may_carry_the_name_of_the_site():
    """`<title>` of a portal."""
    reading = read_page_title("卧龙区人民政府2024年政府信息公开工作年度报告_卧龙区人民政府门户网站")
    assert (reading.organization, reading.year) == ("卧龙区人民政府", 2024)


@pytest.mark.parametrize("body", ["某县审计局", "国家统计局某某调查队", "某市法制办公室", "某县教育考试院"])
def test_words_of_other_kinds_in_a_body_name_do_not_refuse_its_report(body):
    """审计 and 统计 are also names of bodies."""
    assert read_title(f"{body}2024年政府信息公开工作年度报告").organization == body


def test_every_title_of_the_real_pages_is_right_or_undecided():
    """88 titles of 31 provinces; undecided are two shortened ones and one that names the body alone."""
    rows = titled_rows(LIST)
    verdicts = {row["title"]: judge(row) for row in rows}
    assert Counter(verdicts.values()) == {"right": 85, "undecided": 3}
    assert [title for title, verdict in verdicts.items() if verdict == "undecided"] == [
        "(…)工作年度报告", "苍溪县三川镇2025年政府信息公开…", "浑南区民族和宗教事务局",
    ]  # fmt: skip
