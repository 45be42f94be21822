"""What is due: decided from finished runs, whatever was lost, late or wrong about the clock."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.clock import SHANGHAI
from config.places import PACKAGE_CONFIG
from config.schedule import Job, load_schedule
from monitor.due import JobHistory, due_since, history_of, next_time

NIGHTLY = Job(id="night", command=("process",), at="01:00")
JOBS = {job.id: job for job in load_schedule(PACKAGE_CONFIG).jobs}


def shanghai(*parts):
    """An instant by Shanghai's wall clock."""
    return datetime(*parts, tzinfo=SHANGHAI)


def ran(*parts):
    """A history with one good run at this time."""
    return JobHistory(shanghai(*parts), shanghai(*parts), 0)


def test_nightly_job_is_due_from_its_time_on_until_it_ran():
    """Not a minute before."""
    last = ran(2025, 2, 1, 1, 0)
    assert due_since(NIGHTLY, last, shanghai(2025, 2, 2, 0, 59)) is None
    assert due_since(NIGHTLY, last, shanghai(2025, 2, 2, 1, 0)) == shanghai(2025, 2, 2, 1, 0)
    assert due_since(NIGHTLY, last, shanghai(2025, 2, 2, 23, 0)) == shanghai(2025, 2, 2, 1, 0)


def test_several_missed_times_are_made_up_once():
    """After a week off the job is due; after one run it is not."""
    assert due_since(NIGHTLY, ran(2025, 2, 1, 1, 0), shanghai(2025, 2, 9, 12, 0)) is not None
    assert due_since(NIGHTLY, ran(2025, 2, 9, 12, 0), shanghai(2025, 2, 9, 12, 1)) is None


@pytest.mark.parametrize(
    "zone", ["UTC", "America/New_York", "Europe/Berlin", "Asia/Shanghai", "Australia/Lord_Howe"]
)
def test_times_are_those_of_shanghai_on_every_machine(zone, monkeypatch):
    """Also where the machine's zone has summer time."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        last = datetime(2025, 3, 8, 18, tzinfo=UTC)
        assert next_time(NIGHTLY, last) == datetime(2025, 3, 9, 17, tzinfo=UTC)
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()


def test_season_crawls_every_night_and_the_rest_of_the_year_every_sunday():
    """January to April, then weekly; the change of season loses nothing and doubles nothing."""
    season, weekly = JOBS["crawl-season"], JOBS["crawl"]
    assert next_time(season, shanghai(2025, 4, 30, 2)) == shanghai(2026, 1, 1, 1)
    assert next_time(season, shanghai(2025, 1, 31, 2)) == shanghai(2025, 2, 1, 1)
    assert next_time(weekly, shanghai(2025, 4, 30, 2)) == shanghai(2025, 5, 4, 1)
    assert next_time(weekly, shanghai(2025, 5, 5, 2)) == shanghai(2025, 5, 11, 1)


def test_new_installation_in_summer_runs_the_weekly_crawl_and_not_the_seasonal():
    """A job that never ran is due for its last time within the day or the week."""
    summer = shanghai(2025, 7, 16, 12)
    assert due_since(JOBS["crawl"], JobHistory(), summer) is not None
    assert due_since(JOBS["crawl-season"], JobHistory(), summer) is None
    assert due_since(JOBS["crawl-season"], JobHistory(), shanghai(2025, 2, 3, 12)) is not None


def test_failed_run_is_tried_again_after_a_pause_and_not_for_ever():
    """`retries` more, then the next regular time."""
    job = Job(id="night", command=("process",), at="01:00", retries=2)
    failed = [JobHistory(shanghai(2025, 2, 1, 1), shanghai(2025, 2, 1, 1, 5), n) for n in range(4)]
    assert due_since(job, failed[1], shanghai(2025, 2, 1, 1, 14)) is None
    assert due_since(job, failed[1], shanghai(2025, 2, 1, 1, 15)) is not None
    assert due_since(job, failed[2], shanghai(2025, 2, 1, 1, 15)) is not None
    assert due_since(job, failed[3], shanghai(2025, 2, 1, 1, 15)) is None
    assert due_since(job, failed[3], shanghai(2025, 2, 2, 1, 0)) is not None


def test_runs_without_an_end_and_runs_from_the_future_do_not_count(archive, monkeypatch):
    """Killed, or written while the clock was wrong."""
    for at, outcome in (
        ("2025-02-01T01:00:00+08:00", "ok"),
        ("2025-02-02T01:00:00+08:00", None),
        ("2025-02-02T02:00:00+08:00", "interrupted"),
        ("2030-01-01T00:00:00+08:00", "ok"),
    ):
        monkeypatch.setenv("NIANBAO_NOW", at)
        run = archive.start_run("job:night")
        if outcome:
            archive.finish_run(run, outcome)
    now = shanghai(2025, 2, 2, 3, 0)
    history = history_of(archive, NIGHTLY, now)
    assert history.started_at == shanghai(2025, 2, 1, 1, 0)
    assert due_since(NIGHTLY, history, now) == shanghai(2025, 2, 2, 1, 0)


@settings(deadline=None, max_examples=40)
@given(
    downs_h=st.lists(st.integers(0, 70), min_size=1, max_size=8),
    looks=st.integers(1, 12),
    hour=st.integers(0, 23),
)
def test_whatever_the_machine_does_each_time_is_served_at_the_first_look_after_it(downs_h, looks, hour):
    """Down for random hours, then up for some looks: due exactly where a time passed since the last run."""
    job = Job(id="night", command=("process",), at=f"{hour:02}:30")
    now = shanghai(2025, 1, 1, 12)
    last = now
    for down_h in downs_h:
        now += timedelta(hours=down_h)
        for _ in range(looks):
            latest = now.replace(hour=hour, minute=30)
            latest = latest if latest <= now else latest - timedelta(days=1)
            is_due = due_since(job, JobHistory(last, last, 0), now) is not None
            assert is_due == (latest > last)
            last = now if is_due else last
            now += timedelta(minutes=97)
