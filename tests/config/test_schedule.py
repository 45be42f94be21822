"""The schedule's file: mistakes are named before anything runs."""

import pytest

from config.errors import ConfigError
from config.schedule import load_schedule


def test_shipped_schedule_is_used_where_there_is_none(places):
    """In its order."""
    assert [job.id for job in load_schedule(places.config).jobs] == [
        "crawl-season", "crawl", "process", "alerts", "alerts-due", "publish",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("job", "reason"),
    [
        ("{id: a, command: [process]}", "give either at or every_min"),
        ("{id: a, command: [process], at: 22:30}", "write the time in quotes"),
        ("{id: a, command: [process], at: '25:00'}", "jobs.0.at"),
        ("{id: a, command: [process], at: '01:00', months: '1-13'}", "months are 1 to 12"),
        ("{id: a, command: [process], at: '01:00', weekday: 1}", "jobs.0.weekday"),
        ("{id: a, command: [process], at: '01:00', after: [b]}", "no such job above it"),
        ("{id: a, command: [], at: '01:00'}", "jobs.0.command"),
        ("{id: a, command: [process], every_min: 5, weekday: mon}", "go with at"),
    ],
)
def test_mistake_is_named_with_file_and_reason(places, job, reason):
    """Before any job runs."""
    (places.config / "schedule.yml").write_text(f"jobs:\n- {job}\n")
    with pytest.raises(ConfigError, match=r"schedule\.yml:\d+: ") as error:
        load_schedule(places.config)
    assert reason in str(error.value)
