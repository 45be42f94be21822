"""Numbers in prose: digits, Chinese numerals, 万, and words that make them vague."""

from decimal import Decimal

import pytest

from monitor.rules.prose.quantities import quantities


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("信息15052条", 15052, "条"),
        ("阅读量1,234次", 1234, "次"),
        ("申请一百二十三件", 123, "件"),
    ],
)
def test_exact_quantity(text, value, unit):
    """A number with its unit, meant to the unit."""
    (found,) = quantities(text)
    assert (found.value, found.unit, found.exact) == (value, unit, True)


@pytest.mark.parametrize(
    "text", ["约30份", "近三百条", "45万余次", "两万余次", "100多条", "20件以上", "14万余条"]
)
def test_vague_quantity_is_not_exact(text):
    """余, 约, 近, 多, 以上: nothing is concluded from the last digit."""
    (found,) = quantities(text)
    assert not found.exact


def test_rounding_in_wan_is_a_tolerance():
    """2.96万 stands for anything that rounds to it."""
    (found,) = quantities("发布2.96万条")
    assert (found.value, found.tolerance) == (29600, 50)


def test_decimals_are_rounded_to_their_last_digit():
    """143.2062万元 may stand for anything that rounds to it."""
    (found,) = quantities("收费143.2062万元")
    assert (found.value, found.unit, found.tolerance) == (Decimal("143.2062"), "万元", Decimal("0.00005"))


@pytest.mark.parametrize(
    "text", ["第二十条", "第12条", "2024年", "12345便民热线", "30号", "三方面", "条例第五十条规定"]
)
def test_ordinal_year_and_name_are_no_quantities(text):
    """Articles, years and the names of hotlines are not counted."""
    assert quantities(text) == ()


@pytest.mark.parametrize("text", ["2千一百件", "12二十条", "1千2件", "5万一件"])
def test_numeral_in_mixed_digits_is_read_whole_or_not_at_all(text):
    """Never its last part as a number of its own."""
    assert quantities(text) == ()


@pytest.mark.parametrize(
    "text", ["18 . 64万条", "18. 64万条", "共1. 93件", "1 234条", "12 345件", "1， 234条", "1，234条"]
)
def test_number_torn_apart_by_blanks_or_marks_is_not_exact(text):
    """A converter's blanks: 64万条 is no number of the original, but something was counted."""
    (quantity,) = quantities(text)
    assert not quantity.exact


@pytest.mark.parametrize(
    ("text", "value"), [("2024年3月，234件", 234), ("一是，12件", 12), ("3件，234件", 234)]
)
def test_number_behind_a_mark_is_exact(text, value):
    """Only digits right before the mark can be its beginning."""
    assert quantities(text)[-1].value == value
    assert quantities(text)[-1].exact


@pytest.mark.parametrize("run", ["1", "12", "1.5", "1,234", "一", "二百", "○〇", "万", "拾"])
def test_run_of_numerals_without_a_unit_counts_nothing(run):
    """A garbled table of 100 000 characters is read once, not once from each character on."""
    assert quantities(run * (100_000 // len(run))) == ()


@pytest.mark.parametrize("text", ["一" + "万" * 2000 + "件", "一亿二亿件", "三万五万条"])
def test_scale_said_twice_makes_no_number(text):
    """However often it is said."""
    assert quantities(text) == ()
