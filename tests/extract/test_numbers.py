"""Cells: five different things (a number, blank, a mark, ambiguous, unreadable) are told apart."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import State
from extract.numbers import header_unit, is_value, read_cell


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", 0), ("247", 247), (" 12 ", 12), ("１２３", 123), ("1,234", 1234), ("12,345,678", 12345678),
        ("１，２３４", 1234), ("-3", -3), ("+1", 1), ("7件", 7), ("5 条", 5), ("3宗", 3), ("零", 0),
        ("3.5", Decimal("3.5")), ("\u200b8\ufeff", 8),
    ],
)  # fmt: skip
def test_count_is_read_in_every_writing(raw, value):
    """Width, thousands separators, units and invisible characters do not matter."""
    cell = read_cell(raw)
    assert (cell.state, cell.value) == (State.READ, value)


def test_note_beside_a_number_is_kept():
    """上海 2025 writes so."""
    cell = read_cell("22（其中修订16件）")
    assert (cell.value, cell.note) == (22, "其中修订16件")


@pytest.mark.parametrize(
    ("raw", "unit", "value"),
    [
        ("143.2062", "万元", "143.2062"), ("18.8710", "万元", "18.871"), ("251000元", "万元", "25.1"),
        ("160.5964万元", "元", "160.5964"), ("52.15", "万元", "52.15"), ("1432062", "元", "143.2062"),
        ("1.2亿元", "万元", "12000"), ("12（万元）", "元", "12"), ("0", "万元", "0"),
        ("59,237.2449", "万元", "59237.2449"),
    ],
)  # fmt: skip
def test_money_is_read_in_wan_yuan_whatever_its_unit(raw, unit, value):
    """The cell's own unit wins over the header's."""
    assert read_cell(raw, "amount", unit).value == Decimal(value)


@pytest.mark.parametrize(
    ("raw", "value"), [("减4", -4), ("减少 4", -4), ("增2", 2), ("-2", -2), ("+1", 1), ("0", 0)]
)
def test_change_may_be_signed_or_worded(raw, value):
    """The 2019 form's 本年增/减."""
    assert read_cell(raw, "change").value == value


def test_worded_change_is_no_count():
    """减4 in a column of counts is not minus four."""
    assert read_cell("减4").state is State.UNREADABLE


@pytest.mark.parametrize("raw", ["", " ", "\u3000", "\u200b"])
def test_blank_cell_is_unknown_not_zero(raw):
    """Nothing written is nothing known."""
    assert (read_cell(raw).state, read_cell(raw).value) == (State.BLANK, None)


@pytest.mark.parametrize("raw", ["—", "-", "–", "——", "/", "／", "\\", "无", "无数据", "―", "－"])
def test_mark_is_null_not_zero(raw):
    """A dash says something, but not a number."""
    assert (read_cell(raw).state, read_cell(raw).value) == (State.MARK, None)


@pytest.mark.parametrize("raw", ["1 0", "2 4 7", "00", "012", "5（3）", "- 377", "12345678901"])
def test_two_numbers_in_one_cell_are_ambiguous(raw):
    """Grown together or torn apart: not ours to decide."""
    assert (read_cell(raw).state, read_cell(raw).value) == (State.AMBIGUOUS, None)


@pytest.mark.parametrize(
    "raw", ["约5", "5余", "3O", "12①", "10²", "见附件", "1.2.3", "5%", "5元", "1,23", "３-４"]
)
def test_number_with_stray_text_is_unreadable(raw):
    """A raised or circled digit is a footnote, not a digit."""
    assert (read_cell(raw).state, read_cell(raw).value) == (State.UNREADABLE, None)


@given(st.integers(min_value=0, max_value=10**10 - 1))
def test_any_whole_number_is_read_back_plain_grouped_and_full_width(number):
    """Three writings, one value."""
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    assert [read_cell(text).value for text in (str(number), f"{number:,}", wide)] == [number] * 3


@given(st.text(max_size=12))
def test_only_a_read_cell_has_a_value_and_nothing_raises(text):
    """Whatever a cell holds, reading it ends in one of the five states."""
    cell = read_cell(text)
    assert (cell.value is not None) == (cell.state is State.READ)


@given(st.integers(min_value=10, max_value=10**6), st.data())
def test_spaced_digits_never_become_a_number(number, data):
    """A blank inside a number makes it two."""
    cut = data.draw(st.integers(min_value=1, max_value=len(str(number)) - 1))
    text = str(number)
    assert read_cell(f"{text[:cut]} {text[cut:]}").value is None


def test_torn_off_fraction_counts_as_a_value_of_a_line():
    """`50142 .1022` must not pass for 50142."""
    assert is_value(".1022")
    assert not is_value("1.") or read_cell("1.").value is None


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("本年收费金额（单位：万元）", "万元"),
        ("采购总金额(元)", "元"),
        ("采购总金额", "万元"),
        ("收费金额（单位：口元）", ""),
    ],
)
def test_unit_comes_from_the_header(header, unit):
    """The official unit where the header names none."""
    assert header_unit(header) == unit
