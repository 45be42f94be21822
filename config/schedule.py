"""What `nianbao watch` runs and when: config/schedule.yml, else the one shipped with the program.

Each job is a plain `nianbao` command. Times are Asia/Shanghai, whatever the machine's zone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from config.alerts import Address
from config.language import say
from config.places import PACKAGE_CONFIG
from config.yaml_model import IN_QUOTES, ConfigModel, load_yaml

FILE_NAME = "schedule.yml"
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
"""By name: numbered days mean different days to cron and to APScheduler."""


class Job(ConfigModel):
    """One command and when it is due: `at` a time of day (of all or some days), or `every_min`.

    Once due it waits for the jobs in `after` while they run or are due, but no longer than
    `patience_min`. A command that fails is tried again `retries` times; one that runs longer than
    `most_min` is stopped. `months` is a range (`1-4`) or a list (`1,2,12`).
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,40}$")]
    command: Annotated[tuple[str, ...], Field(min_length=1)]
    months: Annotated[str, Field(pattern=r"^(\d{1,2}(-\d{1,2})?)(,\d{1,2}(-\d{1,2})?)*$")] = "1-12"
    weekday: Weekday | None = None
    at: Annotated[str, IN_QUOTES, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None
    every_min: Annotated[int, Field(ge=1, le=1440)] | None = None
    after: tuple[str, ...] = ()
    patience_min: Annotated[int, Field(ge=0)] = 180
    retries: Annotated[int, Field(ge=0, le=20)] = 0
    most_min: Annotated[int, Field(ge=1)] = 720

    @field_validator("months", mode="after")
    @classmethod
    def _check_months(cls, value: str) -> str:
        numbers = [int(part) for part in value.replace("-", ",").split(",")]
        if not all(1 <= number <= 12 for number in numbers):
            raise ValueError(say("月份为 1 至 12", "months are 1 to 12"))
        return value

    @model_validator(mode="after")
    def _check_when(self) -> Job:
        if (self.at is None) == (self.every_min is None):
            raise ValueError(say("at 与 every_min 只写其一", "give either at or every_min"))
        if self.every_min is not None and (self.weekday or self.months != "1-12"):
            reason = say("months 与 weekday 只用于 at", "months and weekday go with at, not with every_min")
            raise ValueError(reason)
        return self


class Schedule(ConfigModel):
    """All jobs, in the order in which they start where several are due.

    `dead_man_url` is fetched every few minutes while the scheduler lives, so that a watching service
    notices when it does not.
    """

    jobs: tuple[Job, ...] = ()
    dead_man_url: Address | None = None

    @model_validator(mode="after")
    def _check_jobs(self) -> Schedule:
        known: set[str] = set()
        for job in self.jobs:
            if job.id in known:
                raise ValueError(f"jobs: {job.id!r} {say('重复', 'is used twice')}")
            if unknown := [name for name in job.after if name not in known]:
                reason = say("前面没有这项任务", "no such job above it")
                raise ValueError(f"jobs: {job.id}: after: {', '.join(unknown)}: {reason}")
            known.add(job.id)
        return self


def load_schedule(config_dir: Path) -> Schedule:
    """Load the schedule; raises ConfigError."""
    own = config_dir / FILE_NAME
    return load_yaml(own if own.exists() else PACKAGE_CONFIG / FILE_NAME, Schedule)
