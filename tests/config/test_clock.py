"""Days are days in Shanghai, and NIANBAO_NOW replaces the clock."""

from datetime import UTC, date, datetime

import pytest

from config import clock


def test_simulated_time_replaces_the_clock(monkeypatch):
    """Every process sees the time that NIANBAO_NOW names."""
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-01T00:30:00+08:00")
    assert clock.now() == datetime(2025, 1, 31, 16, 30, tzinfo=UTC)
    assert clock.today() == date(2025, 2, 1)
    assert clock.default_year() == 2024


@pytest.mark.parametrize("value", ["2025-02-01T00:30:00", "yesterday"])
def test_time_without_zone_or_meaning_is_refused(monkeypatch, value):
    """A time that could mean two instants is an error, not a guess."""
    monkeypatch.setenv("NIANBAO_NOW", value)
    with pytest.raises(clock.ClockError, match="NIANBAO_NOW"):
        clock.now()


def test_last_evening_in_utc_is_already_today_in_shanghai():
    """31 January 16:00 UTC is 1 February in Shanghai, whatever the machine's zone."""
    assert clock.local_date(datetime(2025, 1, 31, 15, 59, tzinfo=UTC)) == date(2025, 1, 31)
    assert clock.local_date(datetime(2025, 1, 31, 16, 0, tzinfo=UTC)) == date(2025, 2, 1)


def test_report_year_is_last_calendar_year_in_shanghai(monkeypatch):
    """At New Year in Shanghai the due year moves on, though it is still December in UTC."""
    monkeypatch.setenv("NIANBAO_NOW", "2025-12-31T16:00:00+00:00")
    assert clock.default_year() == 2025
