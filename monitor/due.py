"""Which jobs are due: decided from our own `runs` table, not from what a scheduler remembers.

A job is due when its next time after its last finished run has come. So a run that was lost (killed,
machine off) stays due, several missed ones are made up once, and a late start loses nothing. Runs
that claim to be from the future (a clock that was wrong) count for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from archive.store import Archive, Row, read_stamp, stamp
from config.clock import SHANGHAI
from config.schedule import Job

RETRY_PAUSE = timedelta(minutes=10)
CLOCK_SLACK = timedelta(minutes=1)
_A_DAY, _A_WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class JobHistory:
    """The last finished run of a job, and how many failed in a row up to it."""

    started_at: datetime | None = None
    finished_at: datetime | None = None
    failures: int = 0


def trigger_of(job: Job) -> BaseTrigger:
    """Return the job's times as APScheduler knows them."""
    if job.every_min is not None:
        return IntervalTrigger(minutes=job.every_min, timezone=SHANGHAI)
    hour, minute = (job.at or "").split(":")
    return CronTrigger(
        month=job.months, day_of_week=job.weekday, hour=int(hour), minute=int(minute), timezone=SHANGHAI
    )


def due_since(job: Job, history: JobHistory, now: datetime) -> datetime | None:
    """Return since when the job is due, or None where it is not.

    A job that never ran is due for a time within the last day (the last week, where it is weekly).
    """
    last = history.started_at or now - (_A_WEEK if job.weekday else _A_DAY)
    if (next_at := next_time(job, last)) is not None and next_at <= now:
        return next_at
    if 0 < history.failures <= job.retries and history.finished_at is not None:
        retry_at = history.finished_at + RETRY_PAUSE
        return retry_at if retry_at <= now else None
    return None


def next_time(job: Job, after: datetime) -> datetime | None:
    """Return the job's first time later than `after`."""
    if job.every_min is not None:
        return (after + timedelta(minutes=job.every_min)).astimezone(SHANGHAI)
    following = after.astimezone(SHANGHAI) + timedelta(microseconds=1)
    result: datetime | None = trigger_of(job).get_next_fire_time(None, following)
    return result


def history_of(archive: Archive, job: Job, now: datetime) -> JobHistory:
    """Read a job's history; runs without an end and runs from the future do not count."""
    rows = archive.rows(
        "select started_at, finished_at, outcome from runs where command = :command"
        " and outcome in ('ok', 'failed') and started_at <= :latest order by id desc limit 30",
        {"command": command_of(job), "latest": stamp(now + CLOCK_SLACK)},
    )
    if not rows:
        return JobHistory()
    return JobHistory(read_stamp(rows[0]["started_at"]), read_stamp(rows[0]["finished_at"]), _failures(rows))


def command_of(job: Job) -> str:
    """Return the name of a job's runs in the archive."""
    return f"job:{job.id}"


def _failures(rows: Sequence[Row]) -> int:
    for count, row in enumerate(rows):
        if row["outcome"] == "ok":
            return count
    return len(rows)
