"""From blocks to the normalized text: title, headings, tables, anchors, problems; text files as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import UnreadableDocument
from extract.model import Anchor
from extract.readers import canonical, text, wording
from extract.readers.blocks import Cell, Paragraph, Picture, Table
from extract.readers.canonical import Source, compose
from extract.readers.radicals import RADICALS

TITLE = "卧龙区人民政府2024年政府信息公开工作年度报告"
SOURCE = Source("text/html", "test", 1)


def lines(*blocks, title=""):
    """The lines that blocks become."""
    return compose(blocks, Source("text/html", "test", 1, title)).text.splitlines()


@pytest.mark.parametrize(
    "parts",
    [
        [TITLE],
        ["卧龙区人民政府", "2024年政府信息公开工作年度报告"],
        ["卧龙区人民政府2024年", "政府信息公开工作", "年度报告"],
        ["卧龙区人民政府", "2024年政府信息公开", "工作年度报告"],
    ],
)
def test_a_title_over_several_lines_is_one(parts):
    """As the word processor broke it."""
    blocks = [Paragraph(part, prominent=True) for part in parts]
    assert lines(*blocks, Paragraph("一、总体情况")) == [f"# {TITLE}", "## 一、总体情况"]


def test_the_year_in_brackets_below_the_title_belongs_to_it():
    """（2024年度） on a line of its own."""
    blocks = [Paragraph("政府信息公开工作年度报告"), Paragraph("（2024年度）"), Paragraph("一、总体情况")]
    assert lines(*blocks)[0] == "# 政府信息公开工作年度报告（2024年度）"


def test_labels_above_the_title_are_not_part_of_it():
    """Date and source lines stand there on many pages."""
    blocks = [Paragraph("发布时间：2025-01-22"), Paragraph("2024年政府信息公开工作年度报告")]
    assert lines(*blocks) == ["# 2024年政府信息公开工作年度报告", "发布时间：2025-01-22"]


def test_the_pages_title_that_says_more_wins():
    """The list names the body, the text does not."""
    assert lines(Paragraph("2024年政府信息公开工作年度报告"), title=TITLE) == [f"# {TITLE}"]


def test_prose_that_mentions_a_report_is_no_title():
    """根据… and 现发布… are sentences."""
    sentence = "现发布《原州区南关街道2024年政府信息公开工作年度报告》。"
    assert lines(Paragraph(sentence), title=TITLE) == [f"# {TITLE}", sentence]


def test_a_line_that_looks_like_markup_is_not():
    """A number sign at the start of a paragraph."""
    assert lines(Paragraph("# 1 说明")) == ["＃ 1 说明"]


def test_a_row_of_numbers_is_no_heading():
    """A table without rules begins its rows as the sections begin."""
    assert lines(Paragraph("一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1")) == [
        "一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1"
    ]


def test_a_table_stands_between_blank_lines_with_its_anchors():
    """Blank cells have one, covered cells none."""
    here = Anchor(locator="x")
    table = Table(((Cell("甲", here), None, Cell("", here)),))
    normalized = compose([Paragraph("前"), table, Paragraph("后")], SOURCE)
    assert normalized.text == "前\n\n甲\t\t\n\n后\n"
    assert sorted(normalized.anchors) == [(2, 0), (2, 2)]


def test_a_picture_beside_a_table_is_no_problem():
    """A seal or a chart."""
    blocks = [Paragraph("二、主动公开政府信息情况"), Picture(), Table(((Cell("1"), Cell("2")),))]
    assert compose(blocks, SOURCE).problems == ()


def test_too_many_blocks_are_refused(monkeypatch):
    """No report has two hundred thousand paragraphs."""
    monkeypatch.setattr(canonical, "MAX_BLOCKS", 3)
    with pytest.raises(UnreadableDocument):
        compose([Paragraph("甲")] * 4, SOURCE)


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (["社会", "公益", "组织"], "社会公益组织"),
        (["10", "878"], "10 878"),
        (["本年", "2024"], "本年2024"),
        (["Page", "one"], "Page one"),
        (["，", "1"], "， 1"),
        (["", " ", "甲 "], "甲"),
    ],
)
def test_lines_are_joined_by_what_meets(parts, joined):
    """Nothing between CJK; two digits, or a comma that may belong to a number, are kept apart."""
    assert wording.join_lines(parts) == joined


def test_every_radical_has_an_ideograph():
    """None of the block is left, and none becomes several characters."""
    assert all(len(ideograph) == 1 for ideograph in RADICALS.values())
    assert not any(0x2E80 <= ord(ideograph) <= 0x2FDF for ideograph in RADICALS.values())
    assert wording.clean("⻅⻚⼀⻓") == "见页一长"


@given(st.text())
def test_cleaning_twice_changes_nothing(raw):
    """No control or invisible character is left; only line breaks stay."""
    once = wording.clean(raw)
    assert wording.clean(once) == once
    assert not any(ord(character) < 32 and character != "\n" for character in once)


def test_a_text_file_keeps_its_lines_and_columns():
    """The parser knows the layouts; line ends and radicals are the reader's."""
    normalized = text.read("一、总体情况\r\n规章   1   2\r\n\t甲\t\r\n⻚\r\n\r\n".encode("gb18030"))
    assert normalized.text == "一、总体情况\n规章   1   2\n\t甲\t\n页\n"
    assert normalized.anchors[2, 1].locator == "line[3]/cell[2]"
