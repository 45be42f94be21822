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
        ("{id: a, command: [process]}", "at 与 every_min 只写其一"),
        ("{id: a, command: [process], at: 22:30}", "时间要加引号"),
        ("{id: a, command: [process], at: '25:00'}", "jobs.0.at"),
        ("{id: a, command: [process], at: '01:00', months: '1-13'}", "月份为 1 至 12"),
        ("{id: a, command: [process], at: '01:00', weekday: 1}", "jobs.0.weekday"),
        ("{id: a, command: [process], at: '01:00', after: [b]}", "前面没有这项任务"),
        ("{id: a, command: [], at: '01:00'}", "jobs.0.command"),
        ("{id: a, command: [process], every_min: 5, weekday: mon}", "只用于 at"),
    ],
)
def test_mistake_is_named_with_file_and_reason(places, job, reason):
    """Before any job runs."""
    (places.config / "schedule.yml").write_text(f"jobs:\n- {job}\n")
    with pytest.raises(ConfigError, match=r"schedule\.yml:\d+: ") as error:
        load_schedule(places.config)
    assert reason in str(error.value)
