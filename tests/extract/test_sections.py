"""The text of the six parts, cut at their titles."""

from __future__ import annotations

from tests.extract.generate import make_sample
from tests.extract.render import normal
from tests.extract.texts import codes_of, parse


def test_title_glued_to_its_paragraph_is_cut_off():
    """A blank at most stands between."""
    lines = normal(make_sample(1)).replace("## 一、总体情况\n\n", "一、总体情况 2024年，")
    section = next(part for part in parse(lines).sections if part.number == 1)
    assert section.heading == "总体情况"
    assert section.text.startswith("2024年，本机关认真")


def test_table_of_contents_is_not_the_report():
    """The titles come twice; the first time nothing stands below them."""
    contents = ["一、总体情况", "二、主动公开政府信息情况", "六、其他需要报告的事项", ""]
    lines = normal(make_sample(1)).split("\n")
    report = parse([*lines[:2], *contents, *lines[2:]])
    assert [part.number for part in report.sections if part.number] == [1, 2, 3, 4, 5, 6]
    assert all(part.text for part in report.sections if part.number in (1, 5, 6))


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


def test_number_that_a_full_line_cuts_stays_one_number():
    """Beside words of letters, which stay apart."""
    lines = normal(make_sample(1)).split("\n")
    place = lines.index("## 五、存在的主要问题及改进情况")
    prose = [
        "本机关全年公开信息，门户网站设立栏目，公布政府信息共12",
        "34条，其中政策文件类的信息较少，并通过栏目建设，采用GIS",
        "OA办理，政务新媒体各平台由办公室统一管理，今年阅读量达8",
        ".1万人次。",
    ]
    report = parse([*lines[: place + 1], *prose, *lines[place + 3 :]])
    section = next(part for part in report.sections if part.number == 5)
    assert "共1234条" in section.text
    assert "GIS OA" in section.text
    assert "达8.1万人次" in section.text


def test_heading_marks_without_words_are_no_text():
    """A converter leaves lone # of headings that held a picture."""
    lines = normal(make_sample(1)).split("\n")
    place = lines.index("## 五、存在的主要问题及改进情况")
    report = parse([*lines[: place + 1], "##", "认真改进。", "#", *lines[place + 3 :]])
    section = next(part for part in report.sections if part.number == 5)
    assert section.text.split("\n")[0] == "认真改进。"
    assert "#" not in section.text
