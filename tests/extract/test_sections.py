"""The six parts in every variant of their titles."""

from __future__ import annotations

import pytest

from extract.sections import find_headings
from tests.extract.generate import make_sample
from tests.extract.render import normal
from tests.extract.texts import codes_of, parse

VARIANTS = [
    ("一、总体情况", 1), ("# 一、总体情况", 1), ("###### 一、 总体情况", 1), ("一.总体情况", 1),
    ("一、政府信息公开工作的基本情况", 1), ("一、总体情况(宋体加粗小四号字)", 1), ("一、总体情況", None),
    ("二、行政机关主动公开政府信息情况", 2), ("主动公开政府信息情况", 2),
    ("三、行政机关收到和处理政府信息公开申请情况", 3), ("三、收到和处理信息公开申请情况", 3),
    ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", 4),
    ("四、政府信息公开行政复议行政诉讼情况", 4),
    ("五、政府信息公开工作存在的主要问题及改进情况", 5), ("五、存在问题及改进情况", 5),
    ("六、其他需要报告的事项", 6), ("六、需要报告的其他事项", 6), ("六、其它需要报告的事项", 6),
    ("一、主动公开政府信息情况", 2), ("[bookmark: _GoBack]六、其他需要报告的事项", 6),
    ("第二部分 主动公开政府信息情况", 2), ("2. 主动公开政府信息情况", 2), ("总体情况", 1), ("基本情况", None),
    ("2.主动公开政府信息情况不够及时", None), ("（一）主动公开情况", None),
    ("一、本年新收政府信息公开申请数量", None),
    ("四、结转下年度继续办理", None),
    ("一、建立快速响应机制，制定文件出台与公开的时间表，确保文件一旦经过审核批准，能够公开。", None),
]  # fmt: skip


@pytest.mark.parametrize(("line", "number"), VARIANTS)
def test_title_counts_by_its_words(line, number):
    """Level, numbering, blanks, brackets and residue do not matter."""
    found = find_headings([line, "正文。"])
    assert [heading.number for heading in found] == ([number] if number else [])


def test_title_glued_to_its_paragraph_is_cut_off():
    """A blank at most stands between."""
    lines = normal(make_sample(1)).replace("## 一、总体情况\n\n", "一、总体情况 2024年，")
    section = next(part for part in parse(lines).sections if part.number == 1)
    assert section.heading == "总体情况"
    assert section.text.startswith("2024年，本机关认真")


def test_title_broken_over_two_lines_is_joined():
    """A narrow page."""
    found = find_headings(["四、政府信息公开行政复议、行政诉讼情", "况", "正文"])
    assert [(heading.number, heading.line, heading.last_line) for heading in found] == [(4, 0, 1)]


def test_table_of_contents_is_not_the_report():
    """The titles come twice; the first time nothing stands below them."""
    contents = ["一、总体情况", "二、主动公开政府信息情况", "六、其他需要报告的事项", ""]
    lines = normal(make_sample(1)).split("\n")
    report = parse([*lines[:2], *contents, *lines[2:]])
    assert [part.number for part in report.sections if part.number] == [1, 2, 3, 4, 5, 6]
    assert all(part.text for part in report.sections if part.number in (1, 5, 6))


def test_numbering_that_starts_again_is_read_by_words():
    """上海科委 2024: prose one to three, then the tables under 一、 and 二、 again."""
    found = find_headings(
        ["一、总体情况", "文。", "二、主动公开政府信息情况", "文。", "一、主动公开政府信息情况", "表",
         "二、收到和处理政府信息公开申请情况", "表"]
    )  # fmt: skip
    assert [heading.number for heading in found] == [1, 2, 2, 3]
    assert [heading.mark for heading in found] == ["一", "二", "一", "二"]


def test_part_after_the_six_has_no_number():
    """七、附件."""
    report = parse([*normal(make_sample(1)).split("\n"), "七、附件清单", "附件一份。"])
    last = report.sections[-1]
    assert (last.number, last.heading, last.text) == (None, "附件清单", "附件一份。")


def test_missing_part_is_reported():
    """Five of six."""
    lines = normal(make_sample(1)).replace("## 五、存在的主要问题及改进情况", "")
    assert codes_of(parse(lines)) == ["section_missing"]


def test_footnote_below_a_table_stays_in_the_text():
    """上海 2025 explains table 4."""
    note = "注：行政复议、行政诉讼数量含上年度结转数量。"
    lines = normal(make_sample(1)).replace("\n\n## 五、", f"\n\n{note}\n\n## 五、")
    section = next(part for part in parse(lines).sections if part.number == 4)
    assert section.text == note


def test_wrapped_lines_are_joined_and_headings_are_not():
    """A page breaks a paragraph where the page ends."""
    lines = normal(make_sample(1)).split("\n")
    place = lines.index("## 五、存在的主要问题及改进情况")
    prose = [
        "（一）存在问题",
        "本机关的政府信息公开工作仍存在一些问题，主要是公开的深",
        "度和广度有待提升，形式较为单一，业务能力亟待增强提高。",
        "（二）改进情况",
        "认真改进。",
    ]
    report = parse([*lines[: place + 1], *prose, *lines[place + 3 :]])
    section = next(part for part in report.sections if part.number == 5)
    assert section.text.split("\n") == [prose[0], prose[1] + prose[2], prose[3], prose[4]]


def test_heading_marks_without_words_are_no_text():
    """A converter leaves lone # of headings that held a picture."""
    lines = normal(make_sample(1)).split("\n")
    place = lines.index("## 五、存在的主要问题及改进情况")
    report = parse([*lines[: place + 1], "##", "认真改进。", "#", *lines[place + 3 :]])
    section = next(part for part in report.sections if part.number == 5)
    assert section.text.split("\n")[0] == "认真改进。"
    assert "#" not in section.text
