"""Working days follow the official calendar, then the file, and say where neither knows the year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import ConfigError
from config.places import PACKAGE_CONFIG
from config.workdays import WorkCalendar, load_calendar

UNKNOWN = 2099
"""A year whose holidays nobody has announced."""


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 1, 24), True),
        (date(2025, 1, 25), False),  # Saturday
        (date(2025, 1, 26), True),  # Sunday, worked in exchange for the Spring Festival
        (date(2025, 1, 29), False),  # New Year's Day of the old calendar, a Wednesday
        (date(2025, 2, 8), True),  # Saturday, worked
        (date(2026, 10, 1), False),
    ],
)
def test_official_calendar_with_exchanged_days(day, works):
    """Spring Festival 2025 lies on the deadline of 31 January."""
    assert load_calendar(PACKAGE_CONFIG).is_workday(day) == works


def test_unknown_year_is_monday_to_friday_and_says_so():
    """1 October 2099 is a Thursday."""
    calendar = WorkCalendar()
    assert not calendar.knows(UNKNOWN)
    assert calendar.is_workday(date(UNKNOWN, 10, 1))
    assert not calendar.is_workday(date(UNKNOWN, 10, 3))
    assert calendar.knows(2025)


def test_file_makes_a_year_known_and_decides_before_the_library(places):
    """A local day of rest in a known year, and a year of its own."""
    (places.config / "holidays.yml").write_text(
        "years:\n  2025: {rest: [2025-03-05]}\n"
        "  2099: {rest: [{first: 2099-10-01, last: 2099-10-07}], work: [2099-10-10]}\n"
    )
    calendar = load_calendar(places.config)
    assert not calendar.is_workday(date(2025, 3, 5))
    assert calendar.knows(UNKNOWN)
    assert [calendar.is_workday(date(UNKNOWN, 10, day)) for day in (1, 7, 8, 10)] == [
        False,
        False,
        True,
        True,
    ]


def test_counting_passes_over_holidays():
    """From Friday before the Spring Festival 2025 to the first Thursday after it."""
    calendar = WorkCalendar()
    assert calendar.workdays_between(date(2025, 1, 24), date(2025, 2, 6)) == 4
    assert calendar.workdays_between(date(2025, 2, 6), date(2025, 2, 6)) == 0
    assert calendar.workday_from(date(2025, 1, 31)) == date(2025, 2, 5)


@given(st.dates(date(2003, 1, 1), date(2105, 12, 31)), st.integers(0, 40), st.integers(0, 40))
def test_counts_add_up(start, first, second):
    """Counting to a day and from there on is counting to the end, in known and unknown years."""
    calendar = WorkCalendar()
    middle = date.fromordinal(start.toordinal() + first)
    end = date.fromordinal(middle.toordinal() + second)
    assert calendar.workdays_between(start, end) == calendar.workdays_between(
        start, middle
    ) + calendar.workdays_between(middle, end)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("years: {2031: {rest: [2032-01-01]}}", "years.2031"),
        ("years: {2031: {rest: [{first: 2031-01-09, last: 2031-01-02}]}}", "last 早于 first"),
        ("years: {2031: {holidays: []}}", "years.2031.holidays"),
    ],
)
def test_mistake_is_named(places, text, reason):
    """With file and line."""
    (places.config / "holidays.yml").write_text(text)
    with pytest.raises(ConfigError, match=r"holidays\.yml:1: ") as error:
        load_calendar(places.config)
    assert reason in str(error.value)
