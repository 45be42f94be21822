"""Generated reports in every layout: the same facts from each, and never a wrong number from damage."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract.errors import NotAReport
from extract.model import Report, State
from tests.extract.damage import DAMAGES, contradict_line, damage
from tests.extract.generate import Sample, Shape, make_sample
from tests.extract.render import FLOW, GRID, LAYOUTS, flow_raw, normal
from tests.extract.texts import facts_of, parse

SEEDS = st.integers(min_value=0, max_value=2**32)
FULL_SHAPES = (
    Shape(), Shape(form="2019"), Shape(largest=99999, zeros=0.2), Shape(form="2019", largest=9999, zeros=0.1),
    Shape(largest=99999, thousands=True, full_width=True), Shape(zeros=1.0),
)  # fmt: skip
BLANK_SHAPES = (Shape(blanks=0.3, marks=0.1), Shape(form="2019", blanks=0.5), Shape(zeros=1.0, blanks=1.0))
ALL_SHAPES = FULL_SHAPES + BLANK_SHAPES


def wrong_cells(report: Report, sample: Sample) -> list[str]:
    """Paths where a number was read that the sample does not have there."""
    return [
        f"{fact.path}: read {fact.value} from {fact.raw!r}, written {sample.cells.get(fact.path)!r}"
        for fact in report.facts
        if fact.value is not None and fact.value != _number(sample.values.get(fact.path))
    ]


def _number(value: float | None) -> object:
    from decimal import Decimal

    return None if value is None else Decimal(str(value))


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.sampled_from(FULL_SHAPES), st.sampled_from(sorted(LAYOUTS)))
def test_every_layout_of_a_full_report_gives_the_same_facts(seed, shape, layout):
    """All cells, the title, the body, the year, the form and the six parts."""
    sample = make_sample(seed, shape)
    report = parse(LAYOUTS[layout](sample))
    assert wrong_cells(report, sample) == []
    assert {path: fact.state for path, fact in facts_of(report).items()} == dict.fromkeys(
        sample.cells, State.READ
    )
    assert (report.title, report.organization, report.year) == (
        sample.title,
        sample.organization,
        sample.year,
    )
    assert report.format.value == shape.form
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert report.problems == ()


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from(BLANK_SHAPES), st.sampled_from(["normal", "stacked"]))
def test_blanks_and_marks_keep_their_cells_where_cells_have_boundaries(seed, shape, layout):
    """Each cell is what it is: a number, blank, or a mark."""
    sample = make_sample(seed, shape)
    facts = facts_of(parse(LAYOUTS[layout](sample)))
    expected = {
        path: State.READ if sample.values[path] is not None else State.MARK if text else State.BLANK
        for path, text in sample.cells.items()
    }
    assert {path: fact.state for path, fact in facts.items()} == expected
    assert {path: fact.value for path, fact in facts.items()} == {
        path: _number(value) for path, value in sample.values.items()
    }


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from(BLANK_SHAPES), st.sampled_from(["shifted", *sorted(FLOW)]))
def test_blanks_without_boundaries_are_marked_not_guessed(seed, shape, layout):
    """A row of six numbers for seven columns is ambiguous; no official row counts as missing."""
    sample = make_sample(seed, shape)
    report = parse(LAYOUTS[layout](sample))
    assert wrong_cells(report, sample) == []
    assert set(facts_of(report)) == set(sample.cells)


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.sampled_from(["2021", "2019"]))
@example(1756780, "2021")
@example(1119584, "2019")
def test_blanks_of_table_3_in_page_layout_are_known_by_their_place(seed, form):
    """`pdftotext -layout` shows columns: what has a number is read, what has none is blank.

    However wide the program takes dashes and quotation marks to be.
    """
    sample = make_sample(seed, Shape(form=form, blanks=0.2, marks=0.1))
    facts = facts_of(parse(LAYOUTS["layout"](sample)))
    requests = [path for path in sample.cells if path.startswith("requests.")]
    assert {path: facts[path].value for path in requests} == {
        path: _number(sample.values[path]) for path in requests
    }


def test_page_number_below_a_row_makes_up_for_no_blank():
    """8 + 8 = 16: it even adds up, but stands under the labels."""
    sample = make_sample(4, Shape())
    row = next(line for line in LAYOUTS["layout"](sample).split("\n") if "（一）予以公开" in line)
    start = [found.start() for found in re.finditer(r"\S+", row)][-7:]
    values = ["8", "0", "", "0", "0", "0", "8"]
    other = row[: start[0]] + "".join(value.ljust(8) for value in values).rstrip()
    facts = facts_of(parse(LAYOUTS["layout"](sample).replace(row, f"{other}\n16")))
    told = {fact.value for path, fact in facts.items() if path.startswith("requests.granted.")}
    assert told == {None}


def test_number_that_wraps_in_a_column_without_rules_is_not_read_in_pieces():
    """１５,３１ over ３: the pieces below would even add up."""
    lines = flow_raw(make_sample(4, Shape(zeros=0.3))).split("\n")
    torn = ["12,34 12,34", "（一）予以公开 0 0 0 0 0", "5 5"]
    number = next(n for n, line in enumerate(lines) if line.startswith("（一）予以公开"))
    facts = facts_of(parse([*lines[:number], *torn, *lines[number + 1 :]]))
    assert {fact.value for path, fact in facts.items() if path.startswith("requests.granted.")} == {None}


def with_rows(rows: list[str], first: str, after: str) -> Report:
    """A report whose rows from the one that begins with `first` up to that with `after` are `rows`."""
    lines = flow_raw(make_sample(4, Shape(zeros=0.3))).split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith(first))
    end = next(n for n, line in enumerate(lines) if line.startswith(after))
    return parse([*lines[:start], *rows, *lines[end:]])


def test_row_that_adds_up_over_the_rest_of_its_digits_is_not_read():
    """32 = 32, broken in narrow cells: 3 = 3 above, and 2 2 beside the next words."""
    torn = ["（一）予以公开 0 0 0 0 0 3 3", "本年 2 2"]
    facts = facts_of(with_rows(torn, "（一）予以公开", "（二）部分公开"))
    assert {fact.value for path, fact in facts.items() if path.startswith("requests.granted.")} == {None}


def test_pieces_of_merged_headings_beside_a_wrapped_label_are_set_aside():
    """As in a PDF without rules: one blank between the columns, 三、本年度办理结果 down the page."""
    torn = ["（三） 1.属于国家秘", "不予公 密 3 0 0 0 0 0 3", "开"]
    facts = facts_of(with_rows(torn, "1.属于国家秘密", "2.其他法律行政法规"))
    values = [fact.value for path, fact in facts.items() if path.startswith("requests.denied_state_secret.")]
    assert values == [3, 0, 0, 0, 0, 0, 3]
    torn = [
        "度办理结（二）部分公开（区分处理的，只计这一情形，不 8 0 0 0 0 0 8",
        "果 计其他情形）",
        "（三）不予公开",
    ]
    facts = facts_of(with_rows(torn, "（二）部分公开", "1.属于国家秘密"))
    values = [fact.value for path, fact in facts.items() if path.startswith("requests.granted_in_part.")]
    assert values == [8, 0, 0, 0, 0, 0, 8]


def test_number_glued_to_its_label_is_not_blank():
    """A PDF without rules leaves too little room between them."""
    sample = make_sample(4, Shape(zeros=0.3))
    facts = facts_of(parse(flow_raw(sample).replace("行政事业性收费 ", "行政事业性收费")))
    assert facts["disclosure.fees.amount"].state is State.AMBIGUOUS


def test_digits_below_a_piece_of_a_merged_heading_are_the_rows_own():
    """32 = 32 again, with 三、本 down the page between its digits."""
    torn = ["（一）予以公开", "0 0 0 0 0 3 3", "本", "2 2", "年度"]
    facts = facts_of(with_rows(torn, "（一）予以公开", "（二）部分公开"))
    assert {fact.value for path, fact in facts.items() if path.startswith("requests.granted.")} == {None}


def test_last_row_is_not_blank_where_numbers_stand_below_the_next_heading():
    """Writing that overlaps is read line by line; a number there is never dropped."""
    text = flow_raw(make_sample(4, Shape(zeros=0.3)))
    row = next(line for line in text.split("\n") if line.startswith("四、结转下年度继续办理"))
    label, numbers = row[:11], row[11:].strip()
    heading = next(line for line in text.split("\n") if line.startswith("四、政府信息公开行政复议"))
    moved = text.replace(row, label).replace(heading, f"{heading}\n{numbers}")
    facts = facts_of(parse(moved))
    states = {fact.state for path, fact in facts.items() if path.startswith("requests.carried_forward.")}
    assert states == {State.AMBIGUOUS}


def test_row_beside_one_with_too_many_numbers_is_not_blank():
    """`pdftotext` without -layout: numbers of the last rows come before their labels."""
    rows = ["3.其他 " + " ".join("0" * 14), "（七）总计"]
    facts = facts_of(with_rows(rows, "3.其他", "四、结转下年度"))
    states = {fact.state for path, fact in facts.items() if path.startswith("requests.processed_total.")}
    assert states == {State.AMBIGUOUS}


def test_line_of_numbers_between_two_rows_without_any_is_given_to_neither():
    """A page break may have put it where it stands; in this table label and numbers share a line."""
    rows = ["1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "0 0 0 0 0 0 0"]
    facts = facts_of(with_rows(rows, "1.本机关不掌握", "3.补正后申请内容"))
    for row in ("unavailable_not_held", "unavailable_needs_creation"):
        states = {fact.state for path, fact in facts.items() if path.startswith(f"requests.{row}.")}
        assert states == {State.AMBIGUOUS}


@settings(max_examples=250, deadline=None)
@given(
    SEEDS,
    st.sampled_from(ALL_SHAPES),
    st.sampled_from(sorted(LAYOUTS)),
    st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=3),
)
def test_damage_gives_right_or_marked_never_a_wrong_number(seed, shape, layout, damages):
    """Labels wrapped and harmed, cells lost and merged, digits apart, rows repeated, pages broken."""
    sample = make_sample(seed, shape)
    lines = damage(LAYOUTS[layout](sample).split("\n"), random.Random(seed), damages)
    try:
        report = parse(lines)
    except NotAReport:
        return
    assert wrong_cells(report, sample) == []


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from(sorted(LAYOUTS)))
def test_row_that_contradicts_itself_is_never_read_from_the_second_copy(seed, layout):
    """The first and the second copy differ in one number: that cell is not read from either alone."""
    sample = make_sample(seed, Shape(zeros=0.3))
    lines = contradict_line(LAYOUTS[layout](sample).split("\n"), random.Random(seed))
    assert wrong_cells(parse(lines), sample) == []


@pytest.mark.parametrize("layout", sorted(GRID))
def test_every_number_is_placed_or_reported(layout):
    """A stray row of numbers in a table becomes a problem, whatever its columns."""
    lines = LAYOUTS[layout](make_sample(1)).split("\n")
    place = next(n for n, line in enumerate(lines) if "重复申请" in line)
    stray = "\t\t\t9\t8\t7\t6\t5\t4\t39" if layout != "stacked" else "\t\n\t\n\t说不清\n\t9\n\t8\n"
    report = parse([*lines[: place + (1 if layout != "stacked" else -2)], stray, *lines[place + 1 :]])
    details = " ".join(p.detail for p in report.problems if p.code in ("unplaced_number", "row_ambiguous"))
    assert "9" in details
    assert "8" in details


def test_normal_form_is_read_by_the_grid():
    """Tabs mean cells."""
    assert {fact.reader for fact in parse(normal(make_sample(3))).facts} == {"grid"}
