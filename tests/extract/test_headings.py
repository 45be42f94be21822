"""The titles of the six official parts in every variant, damaged, reworded or with their text behind them."""

from __future__ import annotations

import pytest

from extract.headings import find_headings

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
    ("第二部分 主动公开政府信息情况", 2), ("2. 主动公开政府信息情况", 2), ("总体情况", 1),
    ("基本情况", None),
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


def test_title_broken_over_two_lines_is_joined():
    """A narrow page."""
    found = find_headings(["四、政府信息公开行政复议、行政诉讼情", "况", "正文"])
    assert [(heading.number, heading.line, heading.last_line) for heading in found] == [(4, 0, 1)]


def test_numbering_that_starts_again_is_read_by_words():
    """上海科委 2024: prose one to three, then the tables under 一、 and 二、 again."""
    found = find_headings(
        ["一、总体情况", "文。", "二、主动公开政府信息情况", "文。", "一、主动公开政府信息情况", "表",
         "二、收到和处理政府信息公开申请情况", "表"]
    )  # fmt: skip
    assert [heading.number for heading in found] == [1, 2, 2, 3]
    assert [heading.mark for heading in found] == ["一", "二", "一", "二"]


SIX = (
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
)  # fmt: skip


def six_with(number, *lines):
    """Return the six titles, each with a line of text; one of them written as `lines`."""
    parts = [[title, "正文。"] for title in SIX]
    parts[number - 1] = list(lines)
    return [line for part in parts for line in part]


ANSWERS = [
    ("六、其他需要报告的事项：无。", "无"), ("六、其他需要报告的事项：无", "无"),
    ("六、其他需要报告的事项 无", "无"),
    ("六、其他需要报告的事项。无", "无"), ("六、其他需要报告的事项无", "无"),
    ("六、其他需要报告的事项（无）", "无"),
    ("六、其他需要报告的事项——无", "无"), ("6.其他需要报告的事项：无", "无"),
    ("六、其他需报告的事项：没有。", "没有"),
    ("其他需要报告的事项：无", "无"), ("（六）其他需要报告的事项：无", "无"), ("六、其他事项：无。",
    "无。"),
    ("六、其他需要报告的事项：未收费。", "未收费。"), ("六、其他需要报告的事项：暂无", "暂无"),
    ("六、其他需要报告的事项：本年度无其他需要报告的事项。", "本年度无其他需要报告的事项"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "said"), ANSWERS)
def test_short_answer_behind_a_title_is_its_text(line, said):
    """A part that says 无 on the line of its title is neither missing nor empty."""
    last = find_headings(six_with(6, line))[-1]
    assert (last.number, last.glued) == (6, said)


def test_answer_that_a_page_joined_to_its_title_is_cut_off():
    """A title that fills its line looks like a line that wraps."""
    found = find_headings(six_with(4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况没有。"))
    assert (found[3].number, found[3].glued) == (4, "没有")


REWORDED = [
    "一、工作开展情况", "一、2024年政府信息公开工作总体情况", "一、概况", "二、主动公开",
    "三、依申请公开情况",
    "三、办理政府信息公开申请情况", "四、复议诉讼情况", "四、复议、诉讼和申诉情况", "五、问题与改进",
    "五、存在的困难和问题",
    "五、存在的不足及改进方向", "五、下一步工作打算", "六、其他事项", "六、其他需要说明的事项",
    "六、其它", "六、其他 情况",
    "六、其他重要事项", "（六）其他需要报告的事项", "## 其他事项",
]  # fmt: skip


@pytest.mark.parametrize("line", REWORDED)
def test_title_in_other_words_is_known_by_its_numeral_place_and_subject(line):
    """It stands where the part should, bears its numeral and names its subject."""
    number = "一二三四五六".find(line.strip("（")[0]) + 1 or 6
    assert [heading.number for heading in find_headings(six_with(number, line, "正文。"))] == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (4, "四、结转下年度继续办理"), (3, "三、本年度办理结果"), (4, "四、监督保障情况"), (6, "六、附件"),
        (5, "五、针对存在的问题，我局将加强学习。"), (5, "存在的问题"), (6, "五、其他事项"),
        (6, "（六）其他方面"),
    ],
)  # fmt: skip
def test_other_numbered_lines_are_no_titles_in_other_words(number, line):
    """Rows of table 3, points of another subject, sentences, another numeral."""
    found = [heading.number for heading in find_headings(six_with(number, line, "正文。"))]
    assert found == [n for n in range(1, 7) if n != number]


def test_point_elsewhere_is_no_title_in_other_words():
    """三、依申请公开情况 among the points of the first part is not the third part."""
    lines = [*SIX[:1], "一、主动公开", "三、依申请公开情况", "文。", *six_with(3)[2:]]
    assert 3 not in [heading.number for heading in find_headings(lines)]


def test_titles_in_other_words_need_the_others_in_theirs():
    """A report before 2019 has parts of its own."""
    lines = [
        "一、概述",
        "文。",
        "二、主动公开政府信息情况",
        "文。",
        "三、依申请公开情况",
        "文。",
        "四、复议诉讼情况",
        "文。",
    ]
    assert 4 not in [heading.number for heading in find_headings(lines)]


def test_point_without_a_number_is_no_part_where_the_part_itself_comes_later():
    """主动公开情况 above a paragraph of the first part is another name of the second."""
    lines = ["一、总体情况", "主动公开情况", "文。", *six_with(1)[0:]]
    assert [heading.number for heading in find_headings(lines)] == [1, 2, 3, 4, 5, 6]


def test_numbered_point_is_no_part_where_the_part_itself_comes_later_with_its_numeral():
    """一、主动公开情况 among the points of the first part."""
    lines = ["一、总体情况", "一、主动公开情况", "文。", "二、依申请公开情况", "文。", *six_with(1)]
    assert [heading.mark for heading in find_headings(lines)] == list("一二三四五六")


ALL_REWORDED = [
    [
        "一、基本情况",
        "二、主动公开情况",
        "三、依申请公开情况",
        "四、复议诉讼情况",
        "五、问题与改进",
        "六、其他",
    ],
    [
        "一、2024年工作情况",
        "二、信息主动公开情况",
        "三、申请办理情况",
        "四、复议诉讼",
        "五、不足和改进",
        "六、其他",
    ],
    ["## 工作开展", "## 主动公开", "## 申请办理", "## 复议诉讼", "## 不足和改进", "## 其他"],
]


@pytest.mark.parametrize("titles", ALL_REWORDED)
def test_titles_all_in_other_words_are_the_forms_in_its_order(titles):
    """Six numerals with their subjects, one behind the other."""
    lines = [line for title in titles for line in (title, "正文。")]
    assert [heading.number for heading in find_headings(lines)] == [1, 2, 3, 4, 5, 6]
    other_order = [line for title in reversed(titles) for line in (title, "正文。")]
    assert len(find_headings(other_order)) < len(titles)


@pytest.mark.parametrize("run", ["。", "（", "无", "暂", " ：", "没有情况"])
def test_garbled_line_behind_a_numeral_is_passed_at_once(run):
    """A line of 200 000 marks is no answer, and is not tried from each of them on."""
    assert find_headings(["六、" + run * 200_000 + "了"]) == []
