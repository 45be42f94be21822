"""Tables of bars in text: rows and cells as they are, what is no table left alone."""

import pytest

from extract.model import State
from extract.read import read_report
from extract.readers import text
from extract.readers.bars import without_bars
from tests.extract.generate import Shape, make_sample
from tests.extract.render import barred, barred_cells, cell_a_line, markdown
from tests.extract.texts import facts_of, parse


def written(source):
    """The lines after bars have become TABs."""
    return [line.text for line in without_bars(source.split("\n"))]


def test_rows_of_a_full_grid_become_rows_with_tabs():
    """Markdown's frame and rule go, blank cells stay."""
    source = "| 信息内容 | 本年制发件数 |\n|---|:-:|\n| 规章 | 1 |\n| 行政规范性文件 |  |"
    assert written(source) == ["信息内容\t本年制发件数", "规章\t1", "行政规范性文件\t"]


def test_rows_without_their_merged_cells_are_stacked():
    """Their places are no columns: each row lists its own cells."""
    source = "第二十条第(五)项 |\n信息内容 | 本年处理决定数量 |\n行政许可 | 3 |\n行政确认 | 4 | 5 |"
    assert written(source)[:6] == [
        "\t第二十条第(五)项",
        "",
        "\t信息内容",
        "\t本年处理决定数量",
        "",
        "\t行政许可",
    ]


def test_cells_on_lines_of_their_own_are_put_into_rows():
    """A bar behind each, or below; what fills up a merged cell is no cell."""
    head = "第二十条第(一)项 |\n|||\n信息内容 |\n本年制发件数 |\n"
    source = f"{head}规章 |\n/ |\n行政规范性文件 |\n|\n行政许可\n|\n12\n|"
    rows = "\n".join(written(source)).split("\n\n")
    assert [row.replace("\n", "").strip("\t").split("\t") for row in rows[:3]] == [
        ["第二十条第(一)项"], ["信息内容", "本年制发件数"], ["规章", "/"],
    ]  # fmt: skip
    assert rows[3] == "\t行政规范性文件\n\t"
    assert rows[4] == "\t行政许可\n\t12\n"


def test_menus_and_footers_keep_their_bars():
    """No number, no table."""
    source = (
        "首页 | 政务公开 | 互动交流\n联系我们 | 网站地图\n一、总体情况\n主办：某局 | 承办：某中心 | 备案号"
    )
    assert written(source) == source.split("\n")


def test_heading_between_two_tables_is_no_cell():
    """The next part begins where it is named, not in the table above."""
    heading = "三、收到和处理政府信息公开申请情况"
    source = f"行政许可 | 3 |\n行政处罚 | 4 |\n行政强制 | 5 |\n{heading}\n自然人 | 总计 |\n1 | 1 |"
    assert heading in written(source)


def test_places_are_those_of_the_source():
    """A cell is found again by its line, and by its number among the cells of that line."""
    source = "2024年报告\n| 信息内容 | 本年制发件数 |\n|---|---|\n| 规章 | 7 |"
    read = text.read(source.encode())
    line = read.text.split("\n").index("规章\t7")
    assert read.anchors[line, 1].locator == "line[4]/cell[2]"


@pytest.mark.parametrize("layout", [barred, barred_cells, markdown])
@pytest.mark.parametrize("shape", [Shape(), Shape(form="2019"), Shape(blanks=0.4, marks=0.2)])
def test_whole_reports_are_read_to_the_last_cell(layout, shape):
    """Numbers, blanks and marks, in both forms."""
    sample = make_sample(11, shape)
    facts = facts_of(read_report(layout(sample).encode()))
    assert {path: fact.value for path, fact in facts.items() if fact.value is not None} == {
        path: pytest.approx(value) for path, value in sample.values.items() if value is not None
    }
    assert all(facts[path].state is State.BLANK for path, raw in sample.cells.items() if not raw)


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_cell_a_line_without_bars_is_read_where_no_cell_is_blank(form):
    """Also table 2, whose rows nothing adds up."""
    sample = make_sample(12, Shape(form=form))
    facts = facts_of(read_report(cell_a_line(sample).encode()))
    assert all(facts[path].state is State.READ for path in sample.cells)
    assert all(facts[path].value == pytest.approx(value) for path, value in sample.values.items())


def _with_reviews(row: str) -> str:
    """Write a report of zeros, each cell on a line of its own, with this row of reviews."""
    text = cell_a_line(make_sample(12, Shape(zeros=1.0)))
    zeros = "\n\n".join("0" * 15)
    assert text.count(zeros) == 1
    return text.replace(zeros, "\n\n".join([*row.split(), *"0" * 10]))


def test_cell_a_line_with_a_wrong_sum_is_read_as_written():
    """Where every number stands alone, a row that does not add up is a mistake of the report."""
    facts = facts_of(read_report(_with_reviews("2 0 0 0 1").encode()))
    assert facts["remedies.reconsideration.upheld"].value == 2
    assert facts["remedies.reconsideration.total"].value == 1


def test_cell_a_line_that_adds_up_with_two_as_one_is_ambiguous():
    """12 in a narrow cell, beside a cell that was lost."""
    facts = facts_of(read_report(_with_reviews("1 2 0 0 12").encode()))
    assert facts["remedies.reconsideration.upheld"].state is State.AMBIGUOUS


def test_headings_of_table_4_beside_each_other_take_no_columns():
    """A padded row that lost its merged cells: what stands below is not read from its place."""
    head = [
        "行政复议\t行政诉讼",
        "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t复议后起诉",
    ]
    rows = [
        *head,
        "\t".join(["结果维持\t结果纠正\t其他结果\t尚未审结\t总计"] * 2),
        "0\t\t\t\t\t\t\t\t\t5\t\t\t\t\t",
    ]
    padded = "\n".join(row + "\t" * (14 - row.count("\t")) for row in rows)
    heading = "## 四、政府信息公开行政复议、行政诉讼情况"
    facts = facts_of(parse(f"# 某县人民政府2024年政府信息公开工作年度报告\n{heading}\n\n{padded}\n"))
    assert facts["remedies.litigation_after_reconsideration.total"].value is None


@pytest.mark.parametrize(
    "lines", [["甲 | 乙"] * 10_000, ["甲 | 乙", *[""] * 20_000] * 2, ["|" + "-" * 1_000_000 + "x"]]
)
def test_each_line_is_looked_at_a_few_times_at_most(lines):
    """Long menus, gaps and rules end at once: looked at anew for each line they would take hours."""
    assert [line.text for line in without_bars(lines)] == lines
