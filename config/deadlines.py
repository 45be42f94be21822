"""Deadlines: when a body's report is due, by what basis, and how grave it is to miss it.

Theory (regulation 国令第711号, since report year 2019): article 49 names two dates, 31 January for
departments and 31 March for the governments of areas. Townships, subdistricts, development zones and
authorised organisations are not in it: what binds them is a local notice or custom, so their default
never cites the article and weighs no more than a warning, until `deadlines.yml` cites a notice by
its number. Report years up to 2018 fall under the former regulation: 31 March for every body.
A day ends at midnight in Asia/Shanghai, whatever the machine's zone. No due day moves for a holiday,
unless its rule says `if_holiday: next_workday`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from config.bodies import Body, BodyKind
from config.clock import SHANGHAI
from config.language import say
from config.places import PACKAGE_CONFIG
from config.workdays import WorkCalendar, load_calendar
from config.yaml_model import ConfigModel, load_yaml

FILE_NAME = "deadlines.yml"
OLDEST_YEAR, NEWEST_YEAR = 2007, 2100
LEAP_YEAR = 2024


class DueRule(ConfigModel):
    """A due day for some bodies and report years; empty conditions fit everything.

    `due` is MM-DD of the year after the report's; `division` a prefix of the division code. An
    `error` for bodies that no article names needs the number of the local `notice`.
    """

    due: Annotated[str, Field(pattern=r"^\d{2}-\d{2}$")]
    basis: Annotated[str, Field(min_length=4)]
    severity: Literal["error", "warning"]
    notice: str = ""
    if_holiday: Literal["keep", "next_workday"] = "keep"
    kinds: tuple[BodyKind, ...] = ()
    division: Annotated[str, Field(pattern=r"^\d*$")] = ""
    bodies: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None

    @field_validator("due")
    @classmethod
    def _exists(cls, value: str) -> str:
        day = date.fromisoformat(f"{LEAP_YEAR}-{value}")
        if (day.month, day.day) == (2, 29):
            raise ValueError(say("2月29日不是每年都有", "29 February does not exist every year"))
        return value

    def fits(self, body: Body, year: int) -> bool:
        """Tell whether the rule speaks of this body's report of `year`."""
        return (
            (not self.kinds or body.kind in self.kinds)
            and body.division.startswith(self.division)
            and (not self.bodies or body.id in self.bodies)
            and (self.since is None or self.since <= year)
            and (self.until is None or year <= self.until)
        )


class Deadlines(ConfigModel):
    """All due rules: the first override that fits decides, else the first default that fits.

    `calendar` is filled in from config/holidays.yml.
    """

    calendar: WorkCalendar = WorkCalendar()
    upcoming_days: Annotated[int, Field(ge=1, le=90)] = 14
    overrides: tuple[DueRule, ...] = ()
    defaults: tuple[DueRule, ...]

    @model_validator(mode="after")
    def _check(self) -> Deadlines:
        for rule in self.overrides:
            if rule.severity == "error" and not rule.notice:
                reason = say("定为 error 须写明通知文号", "severity error needs the notice's number")
                raise ValueError(f"overrides: {rule.basis!r}: {reason}")
        for kind in BodyKind:
            body = Body(id="any-body", name="任一机关", kind=kind)
            for year in (OLDEST_YEAR, 2018, 2019, NEWEST_YEAR):
                if not any(rule.fits(body, year) for rule in self.defaults):
                    reason = say("没有适用的默认期限", "no default fits")
                    raise ValueError(f"defaults: {kind}, {year}: {reason}")
        return self

    def deadline(self, body: Body, year: int) -> Deadline:
        """Return when `body` owes its report of `year`, and by what."""
        rule = next(rule for rule in (*self.overrides, *self.defaults) if rule.fits(body, year))
        basis = f"{rule.basis}（{rule.notice}）" if rule.notice else rule.basis
        named_on = date.fromisoformat(f"{year + 1}-{rule.due}")
        if rule.if_holiday == "next_workday":
            return self._moved(named_on, basis, rule.severity)
        return Deadline(named_on, basis, rule.severity)

    def _moved(self, named_on: date, basis: str, severity: Literal["error", "warning"]) -> Deadline:
        """Return the deadline on the next working day; by an unknown calendar it only warns."""
        due_on = self.calendar.workday_from(named_on)
        if due_on != named_on:
            basis += f"，{named_on.month}月{named_on.day}日为休息日，顺延至{due_on.month}月{due_on.day}日"
        if not self.calendar.knows(due_on.year):
            return Deadline(due_on, f"{basis}（节假日未核）", "warning")
        return Deadline(due_on, basis, severity)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day to publish (Asia/Shanghai), its basis in words, and the weight of missing it."""

    due_on: date
    basis: str
    severity: Literal["error", "warning"]

    @property
    def passed_at(self) -> datetime:
        """The first instant (UTC) that is too late: midnight after the due day in Shanghai."""
        next_day = self.due_on + timedelta(days=1)
        return datetime.combine(next_day, time.min, SHANGHAI).astimezone(UTC)


def load_deadlines(config_dir: Path) -> Deadlines:
    """Load deadlines.yml of the configuration directory, or the shipped one where it has none."""
    own = config_dir / FILE_NAME
    deadlines = load_yaml(own if own.exists() else PACKAGE_CONFIG / FILE_NAME, Deadlines)
    return deadlines.model_copy(update={"calendar": load_calendar(config_dir)})
