"""Tables as they are found in the wild: each kind of damage in domain notes has its case here."""

from __future__ import annotations

import pytest

from extract.model import Anchor, State
from tests.extract.generate import Shape, make_sample
from tests.extract.render import (
    disclosure_grid,
    flow_raw,
    normal,
    parts,
    remedy_grid,
    request_grid,
    stacked,
    tabbed,
)
from tests.extract.texts import codes_of, facts_of, parse

SAMPLE = make_sample(7, Shape(zeros=0.3))
ROW = "requests.denied_process_information"


def lines_with(grid: list[list[str]]) -> list[str]:
    """The sample's normal form with another table 3."""
    tables = {2: tabbed(disclosure_grid(SAMPLE)), 3: tabbed(grid), 4: tabbed(remedy_grid(SAMPLE))}
    return parts(SAMPLE, tables)


def row_of(grid: list[list[str]], words: str) -> list[str]:
    """The row that holds a label."""
    return next(row for row in grid if any(words in cell for cell in row))


def written(table_row: str) -> list[str]:
    """What the sample has in a row."""
    return [text for path, text in SAMPLE.cells.items() if path.startswith(table_row + ".")]


def raws(lines: list[str], table_row: str) -> list[str]:
    """The raw strings that were read in a row."""
    return [fact.raw for path, fact in facts_of(parse(lines)).items() if path.startswith(table_row + ".")]


@pytest.mark.parametrize(
    ("official", "damaged", "row"),
    [
        ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开", "denied_prohibited_by_law"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "(二)部分公开", "granted_in_part"),
        ("1.属于国家秘密", "1、 属于国家秘密", "denied_state_secret"),
        ("3.危及“三安全一稳定”", "3. 危及\"三安全一稳定\"", "denied_public_security"),
        ("2.重复申请", "重复申请", "not_processed_repeated"),
        ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "1.逾期不补正",
         "other_no_correction"),
        ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "2.逾期不缴费",
         "other_unpaid_fee"),
        ("3.其他", "其他", "other_other"),
        ("（七）总计", "（七）合计", "processed_total"),
        ("四、结转下年度继续办理", "四、结转下年度继续办 理", "carried_forward"),
        ("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请", "received"),
        ("5.要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认或重新出具己获取信息",
         "not_processed_reissue"),
    ],
)  # fmt: skip
def test_damaged_and_shortened_labels_are_known(official, damaged, row):
    """Seen in real reports, or one wrong character."""
    grid = request_grid(SAMPLE)
    target = row_of(grid, official)
    target[target.index(official)] = damaged
    assert raws(lines_with(grid), f"requests.{row}") == written(f"requests.{row}")


def test_label_that_could_be_two_rows_is_none_of_them():
    """一、 and 二、 differ in four characters; without them nothing decides."""
    grid = request_grid(SAMPLE)
    for words in ("本年新收", "上年结转"):
        row_of(grid, words)[0] = "年政府信息公开申请数量"
    report = parse(lines_with(grid))
    assert facts_of(report)["requests.received.total"].state is State.AMBIGUOUS
    assert "unplaced_number" in codes_of(report)
    assert "row_missing" not in codes_of(report)


def test_row_that_is_not_there_is_absent_and_reported():
    """Absent is not ambiguous: every other row is known."""
    grid = request_grid(SAMPLE)
    grid.remove(row_of(grid, "重复申请"))
    report = parse(lines_with(grid))
    assert "requests.not_processed_repeated.total" not in facts_of(report)
    assert codes_of(report) == ["row_missing"]


def test_column_that_is_not_there_is_absent_and_the_others_keep_their_places():
    """Header and cells are gone together."""
    grid = [[cell for place, cell in enumerate(row) if place != 5] for row in request_grid(SAMPLE)]
    report = parse(lines_with(grid))
    assert raws(lines_with(grid), ROW) == [text for n, text in enumerate(written(ROW)) if n != 2]
    assert codes_of(report) == ["column_missing"]


@pytest.mark.parametrize(("row", "place"), [(2, 4), (2, 5)])
def test_header_that_contradicts_itself_leaves_the_row_ambiguous_where_cells_are_missing(row, place):
    """Two columns of one name, and a row of table 4 with a cell too few: all fifteen are marked."""
    grid = remedy_grid(SAMPLE)
    grid[row][place] = "结果维持"
    grid[3] = grid[3][:-1]
    tables = {2: tabbed(disclosure_grid(SAMPLE)), 3: tabbed(request_grid(SAMPLE)), 4: tabbed(grid)}
    facts = [f for path, f in facts_of(parse(parts(SAMPLE, tables))).items() if path.startswith("remedies")]
    assert [fact.state for fact in facts] == [State.AMBIGUOUS] * 15


def test_column_whose_header_is_lost_is_not_missing():
    """There is a place for it in the grid: its cells are ambiguous, not absent."""
    grid = request_grid(SAMPLE)
    grid[2][5] = ""
    facts = facts_of(parse(lines_with(grid)))
    assert facts[f"{ROW}.research"].value in (None, SAMPLE.values[f"{ROW}.research"])
    assert facts[f"{ROW}.public_welfare"].value == SAMPLE.values[f"{ROW}.public_welfare"]


def test_harmed_header_between_known_ones_is_named_by_its_place():
    """社会公益纽织 stands between 科研机构 and 法律服务机构."""
    grid = request_grid(SAMPLE)
    grid[2][6] = "口口口口织"
    assert raws(lines_with(grid), ROW) == written(ROW)


def test_value_cells_one_place_short_are_ambiguous():
    """Six numbers for seven columns: nobody knows which is missing."""
    grid = request_grid(SAMPLE)
    row = row_of(grid, "四类过程性")
    del row[5]
    report = parse(lines_with(grid))
    cells = [fact for path, fact in facts_of(report).items() if path.startswith(ROW)]
    assert {fact.state for fact in cells} == {State.AMBIGUOUS}
    assert "row_ambiguous" in codes_of(report)


def test_row_that_lost_a_merged_cell_is_read_by_its_seven_numbers():
    """Seeds 000 and 001."""
    grid = request_grid(SAMPLE)
    row = row_of(grid, "四类过程性")
    row[:] = [*row[1:], ""]
    assert raws(lines_with(grid), ROW) == written(ROW)


@pytest.mark.parametrize("end", ["", "理的"])
def test_label_that_swallows_the_numbers_of_its_row_makes_no_blanks(end):
    """A PDF whose cell borders are lost at one row: its cells look empty, and are not."""
    grid = request_grid(SAMPLE)
    row = row_of(grid, "过程性信息")
    label = next(place for place, cell in enumerate(row) if "过程性信息" in cell)
    row[label:] = [" ".join(row[label:]) + end, *[""] * (len(row) - label - 1)]
    facts = facts_of(parse(lines_with(grid)))
    assert {fact.state for path, fact in facts.items() if path.startswith(f"{ROW}.")} == {State.AMBIGUOUS}


def test_merged_value_cell_belongs_to_neither_of_its_columns():
    """The reader says so: a covered cell has no anchor."""
    grid = request_grid(SAMPLE)
    row = row_of(grid, "四类过程性")
    row[3:5] = ["9", ""]
    lines = lines_with(grid)
    at = next(n for n, line in enumerate(lines) if "四类过程性" in line)
    anchors = {
        (number, place): Anchor(locator=f"table[1]/tr[{number}]/td[{place}]")
        for number, line in enumerate(lines)
        for place in range(line.count("\t") + 1)
        if (number, place) != (at, 4)
    }
    facts = facts_of(parse(lines, anchors=anchors))
    assert facts[f"{ROW}.natural_person"].state is State.AMBIGUOUS
    assert facts[f"{ROW}.business"].state is State.AMBIGUOUS
    assert facts[f"{ROW}.research"].anchor == Anchor(locator=f"table[1]/tr[{at}]/td[5]")


@pytest.mark.parametrize("repeated", [True, False])
def test_table_over_two_pages_is_one_table(repeated):
    """With its header repeated, or with none on the second page."""
    grid = tabbed(request_grid(SAMPLE))
    cut = [*grid[:14], "", *(grid[:3] if repeated else []), *grid[14:]]
    tables = {2: tabbed(disclosure_grid(SAMPLE)), 3: cut, 4: tabbed(remedy_grid(SAMPLE))}
    report = parse(parts(SAMPLE, tables))
    assert {path: fact.raw for path, fact in facts_of(report).items()} == SAMPLE.cells
    assert report.problems == ()


def test_label_over_two_pages_is_joined():
    """The rest of the label comes on the next page, without numbers."""
    grid = request_grid(SAMPLE)
    place = grid.index(row_of(grid, "要求行政机关确认"))
    grid[place][2] = "5.要求行政机关确认或重新"
    grid.insert(place + 1, ["", "", "出具已获取信息", *[""] * 7])
    lines = lines_with(grid)
    assert raws(lines, "requests.not_processed_reissue") == written("requests.not_processed_reissue")
    assert parse(lines).problems == ()


def test_number_torn_by_a_page_break_is_ambiguous():
    """10 on this page and 878 on the next may be 10878, or two numbers."""
    grid = request_grid(SAMPLE)
    row = row_of(grid, "四类过程性")
    row[3] = "10"
    grid.insert(grid.index(row) + 1, ["", "", "", "878", *[""] * 6])
    report = parse(lines_with(grid))
    assert facts_of(report)[f"{ROW}.natural_person"].state is State.AMBIGUOUS
    assert facts_of(report)[f"{ROW}.business"].raw == SAMPLE.cells[f"{ROW}.business"]
    assert "unplaced_number" in codes_of(report)


def test_number_on_the_line_below_a_dash_is_no_negative_number():
    """Stacked cells: a dash, and a stray 26 on the next line."""
    lines = stacked(SAMPLE).split("\n")
    at = next(n for n, line in enumerate(lines) if "四类过程性" in line)
    lines[at + 1 : at + 2] = ["\t-", "26"]
    assert facts_of(parse(lines))[f"{ROW}.natural_person"].state is State.AMBIGUOUS


def test_row_with_equal_copies_is_read_once():
    """A page break repeated it."""
    grid = request_grid(SAMPLE)
    row = row_of(grid, "四类过程性")
    grid.insert(grid.index(row), list(row))
    report = parse(lines_with(grid))
    assert raws(lines_with(grid), ROW) == written(ROW)
    assert codes_of(report) == ["row_repeated"]


def test_row_with_two_versions_is_ambiguous_where_they_differ():
    """Neither is preferred."""
    grid = request_grid(SAMPLE)
    row = row_of(grid, "四类过程性")
    grid.insert(grid.index(row), [*row[:9], "12345"])
    facts = facts_of(parse(lines_with(grid)))
    assert facts[f"{ROW}.total"].state is State.AMBIGUOUS
    assert facts[f"{ROW}.natural_person"].raw == SAMPLE.cells[f"{ROW}.natural_person"]


@pytest.mark.parametrize("article", ["第二十条第（一）项", "第二十条第（六）项"])
def test_lost_article_line_does_not_lose_its_rows(article):
    """The header and the rows below it say which block they are."""
    lines = [line for line in normal(SAMPLE).split("\n") if not line.startswith(article)]
    report = parse(lines)
    assert {path: fact.raw for path, fact in facts_of(report).items()} == SAMPLE.cells
    assert report.problems == ()


def test_row_below_the_header_of_another_block_is_ambiguous():
    """A page break cut the table behind 本年收费金额（万元）, and another block's row goes on below it."""
    lines = normal(SAMPLE).split("\n")
    licensing, fees = (
        n for n, line in enumerate(lines) if line.startswith(("第二十条第（五）项", "第二十条第（八）项"))
    )
    broken = [*lines[:licensing], *lines[fees : fees + 2], "", *lines[licensing + 2 :]]
    fact = facts_of(parse(broken))["disclosure.licensing.decisions"]
    assert (fact.state, fact.value) == (State.AMBIGUOUS, None)


def test_last_years_table_below_this_years_is_left_alone():
    """Its caption names another year."""
    other = make_sample(99, Shape(zeros=0.1))
    table = [
        *tabbed(request_grid(SAMPLE)),
        "",
        f"附：{SAMPLE.year - 1}年数据",
        "",
        *tabbed(request_grid(other)),
    ]
    tables = {2: tabbed(disclosure_grid(SAMPLE)), 3: table, 4: tabbed(remedy_grid(SAMPLE))}
    report = parse(parts(SAMPLE, tables))
    assert {path: fact.raw for path, fact in facts_of(report).items()} == SAMPLE.cells
    assert "table_repeated" in codes_of(report)


def test_other_tables_on_the_page_do_not_disturb():
    """Index block before, navigation and contact table after."""
    index = ["索引号\t1141/2024-00012\t发布日期\t2025-01-16", "组配分类\t年报\t点击数\t123", ""]
    after = ["", "相关链接\t2022年\t2021年", "联系电话\t2251990\t邮编\t455000"]
    report = parse([*index, *normal(SAMPLE).split("\n"), *after])
    assert {path: fact.raw for path, fact in facts_of(report).items()} == SAMPLE.cells
    assert report.problems == ()


def test_whole_report_in_one_table_is_read():
    """洪雅 2023: headings, paragraphs and tables are rows of one grid."""
    lines = [line if "\t" in line else line + "\t" * 9 for line in normal(SAMPLE).split("\n") if line]
    report = parse(lines)
    assert {path: fact.raw for path, fact in facts_of(report).items()} == SAMPLE.cells
    assert [section.number for section in report.sections if section.number] == [1, 2, 3, 4, 5, 6]


def test_columns_of_several_grid_places_are_read_by_their_header():
    """A layout table gives every column two places."""
    grid = [[piece for cell in row for piece in (cell, "")] for row in request_grid(SAMPLE)]
    assert raws(lines_with(grid), ROW) == written(ROW)


def test_money_in_yuan_is_converted_by_the_header():
    """（单位：元）."""
    lines = [line.replace("（单位：万元）", "（单位：元）") for line in normal(SAMPLE).split("\n")]
    lines = ["行政事业性收费\t1432062\t\t" if line.startswith("行政事业性收费") else line for line in lines]
    assert str(facts_of(parse(lines))["disclosure.fees.amount"].value) == "143.2062"


def test_old_outcome_row_under_new_table_two_is_mixed():
    """Two real district reports: table 2 of 2021, one row （六）其他处理 of 2019."""
    grid = [
        row for row in request_grid(SAMPLE) if not any(c.startswith(("2.申请人逾期", "3.其他")) for c in row)
    ]
    row = row_of(grid, "（六）其他处理")
    row[2] = ""
    report = parse(lines_with(grid))
    assert report.format.value == "mixed"
    assert facts_of(report)["requests.other_processing.total"].raw == row[9]


@pytest.mark.parametrize(("label", "form"), [("规范性文件", "2021"), ("行政规范性文件", "2019")])
def test_either_label_of_the_second_row_stands_under_either_form(label, form):
    """长顺县广顺镇 2023, 上海科委 2024."""
    sample = make_sample(11, Shape(form=form))
    lines = (
        normal(sample).replace("\n行政规范性文件\t", f"\n{label}\t").replace("\n规范性文件\t", f"\n{label}\t")
    )
    report = parse(lines)
    assert report.format.value == form
    assert {path: fact.raw for path, fact in facts_of(report).items()} == sample.cells


def test_number_under_a_group_heading_is_reported():
    """（三）不予公开 carries no numbers; ones that stand there are not lost silently."""
    grid = request_grid(SAMPLE)
    place = grid.index(row_of(grid, "1.属于国家秘密"))
    grid.insert(place, ["", "（三）不予公开", "", "5", "0", "0", "0", "0", "0", "5"])
    report = parse(lines_with(grid))
    assert "unplaced_number" in codes_of(report)
    assert raws(lines_with(grid), "requests.denied_state_secret") == written("requests.denied_state_secret")


def test_flow_numbers_below_a_cut_label_do_not_go_to_the_row_above():
    """The row above lost its numbers; the words between belong to neither for certain."""
    lines = flow_raw(SAMPLE).split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("1.属于国家秘密"))
    lines[at] = lines[at].replace("家秘密", "")
    above = next(n for n in range(at, 0, -1) if lines[n] == " ".join(written("requests.granted_in_part")))
    del lines[above]
    cells = [f for path, f in facts_of(parse(lines)).items() if path.startswith("requests.granted_in_part")]
    assert {fact.value for fact in cells} == {None}


def test_shifted_row_of_table_four_is_seen_by_its_sums():
    """It lost a blank cell at its beginning and got one at its end."""
    grid = remedy_grid(SAMPLE)
    grid[3] = [*grid[3][1:], ""]
    grid[3][3:4] = [str(sum(int(cell) for cell in grid[3][:3]))]
    tables = {2: tabbed(disclosure_grid(SAMPLE)), 3: tabbed(request_grid(SAMPLE)), 4: tabbed(grid)}
    facts = [f for path, f in facts_of(parse(parts(SAMPLE, tables))).items() if path.startswith("remedies")]
    assert {fact.value for fact in facts} == {None}


def test_flow_row_with_a_number_too_many_is_ambiguous():
    """Eight for seven."""
    lines = flow_raw(SAMPLE).split("\n")
    at = next(n for n, line in enumerate(lines) if "四类过程性" in line)
    lines[at] += " 4"
    cells = [f for path, f in facts_of(parse(lines)).items() if path.startswith(ROW)]
    assert {fact.state for fact in cells} == {State.AMBIGUOUS}
    assert {fact.raw for fact in cells} == {" ".join([*written(ROW), "4"])}


def test_flow_row_whose_sum_fails_is_read_while_nothing_else_is_wrong():
    """An error of the report itself must reach the rules."""
    lines = flow_raw(SAMPLE).split("\n")
    at = next(n for n, line in enumerate(lines) if "四类过程性" in line)
    lines[at] = lines[at].rpartition(" ")[0] + " 54321"
    assert facts_of(parse(lines))[f"{ROW}.total"].value == 54321


def test_number_wrapped_in_a_flow_row_is_not_two_numbers():
    """`1152` and `9` on the next line may be 11529 where one cell is blank."""
    lines = flow_raw(make_sample(5, Shape(zeros=0))).split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("一、本年新收"))
    lines[at : at + 1] = ["一、本年新收政府信息公开申请数量 1152", "9696 463 464 214 517 175"]
    cells = [f for path, f in facts_of(parse(lines)).items() if path.startswith("requests.received")]
    assert {fact.value for fact in cells} == {None}


def test_report_without_tables_says_so():
    """Three tables missing, and no row of theirs."""
    lines = parts(SAMPLE, {2: ["见附件。"], 3: ["见附件。"], 4: ["见附件。"]})
    report = parse(lines)
    assert codes_of(report) == ["table_missing"] * 3
    assert (report.facts, report.format.value) == ((), "unknown")


def test_heading_of_the_sixth_group_is_not_a_row_where_its_rows_have_lost_their_labels():
    """Without the column of items the numbers of the first of three rows stand beside （六）其他处理."""
    grid = [row[:2] + row[3:] if not row[2] else [row[0], row[1], *row[3:]] for row in request_grid(SAMPLE)]
    facts = facts_of(parse(lines_with(grid)))
    assert {f.value for path, f in facts.items() if path.startswith("requests.other_processing.")} <= {None}


def test_flow_row_that_is_not_there_is_missing_although_its_neighbour_sounds_like_it():
    """7.属于行政执法案卷 is gone; 8.属于行政查询事项 is whole, and no damaged label of it."""
    lines = flow_raw(SAMPLE).split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("7.属于行政执法案卷"))
    end = next(n for n, line in enumerate(lines) if n > at and line.startswith("8.属于行政查询事项"))
    report = parse(lines[:at] + lines[end:])
    assert not any(path.startswith("requests.denied_enforcement_file") for path in facts_of(report))
    assert codes_of(report) == ["row_missing"]


@pytest.mark.parametrize("place", [3, 9])
def test_blank_at_the_end_of_a_row_is_blank_where_the_header_tells_no_places(place):
    """Merged header cells without their tabs; the rows between tabs all have their seven cells."""
    grid = request_grid(SAMPLE)
    grid[0], grid[1], grid[2] = (
        [*grid[0][:1], "申请人情况"],
        ["", "自然人", "法人或其他组织", "总计"],
        grid[2],
    )
    row = row_of(grid, "2.重复申请")
    row[3:] = ["0"] * 7
    row[place] = ""
    facts = facts_of(parse(lines_with(grid)))
    states = [f.state for path, f in facts.items() if path.startswith("requests.not_processed_repeated.")]
    assert sorted(states) == sorted([State.BLANK, *[State.READ] * 6])
