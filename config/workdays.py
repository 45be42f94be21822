"""Working days: the State Council's calendar as chinesecalendar knows it, config/holidays.yml on top.

A year that neither knows is counted Monday to Friday, and `knows` says so: whatever rests on it is
marked 节假日未核. Legal deadlines do not move for holidays (config/deadlines.py) unless told to.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated

import chinese_calendar
from pydantic import Field, model_validator

from config.language import say
from config.places import PACKAGE_CONFIG
from config.yaml_model import ConfigModel, load_yaml

FILE_NAME = "holidays.yml"
_A_DAY = timedelta(days=1)
_SATURDAY = 5


class Span(ConfigModel):
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @model_validator(mode="after")
    def _check_order(self) -> Span:
        if self.last < self.first:
            raise ValueError(say("last 早于 first", "last is before first"))
        return self

    def covers(self, day: date) -> bool:
        """Tell whether `day` lies within."""
        return self.first <= day <= self.last


class YearDays(ConfigModel):
    """One year: days of rest, and working days on weekends (调休上班)."""

    rest: tuple[date | Span, ...] = ()
    work: tuple[date | Span, ...] = ()


class WorkCalendar(ConfigModel):
    """Tells working days; `years` is config/holidays.yml and decides before chinesecalendar does."""

    years: dict[Annotated[int, Field(ge=2000, le=2100)], YearDays] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check_years(self) -> WorkCalendar:
        for year, days in self.years.items():
            for item in (*days.rest, *days.work):
                ends = (item.first, item.last) if isinstance(item, Span) else (item, item)
                if {end.year for end in ends} != {year}:
                    reason = say("不在这一年内", "is not in this year")
                    raise ValueError(f"years.{year}: {ends[0]} ~ {ends[1]} {reason}")
        return self

    def knows(self, year: int) -> bool:
        """Tell whether the holidays of a year are known, from the file or from chinesecalendar."""
        return year in self.years or _is_in_library(year)

    def is_workday(self, day: date) -> bool:
        """Tell whether people work on `day`; Monday to Friday in a year that nobody knows."""
        days = self.years.get(day.year, YearDays())
        if _among(day, days.work):
            return True
        if _among(day, days.rest):
            return False
        return _is_official_workday(day) if _is_in_library(day.year) else day.weekday() < _SATURDAY

    def workdays_between(self, after: date, until: date) -> int:
        """Count the working days later than `after`, up to and including `until`."""
        days = (after + _A_DAY * number for number in range(1, (until - after).days + 1))
        return sum(map(self.is_workday, days))

    def workday_from(self, day: date) -> date:
        """Return `day`, or the next working day where it is none."""
        while not self.is_workday(day):
            day += _A_DAY
        return day


def load_calendar(config_dir: Path) -> WorkCalendar:
    """Load holidays.yml of the configuration directory, or the shipped one; raises ConfigError."""
    own = config_dir / FILE_NAME
    return load_yaml(own if own.exists() else PACKAGE_CONFIG / FILE_NAME, WorkCalendar)


def _among(day: date, items: tuple[date | Span, ...]) -> bool:
    return any(item.covers(day) if isinstance(item, Span) else item == day for item in items)


@cache
def _is_official_workday(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


@cache
def _is_in_library(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
