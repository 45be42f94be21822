"""The one clock. `NIANBAO_NOW` (ISO time with zone) replaces it in every process.

Instants are aware UTC datetimes (`_at`); days are dates in Asia/Shanghai (`_on`), whatever the
machine's own zone is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from config.language import say

SHANGHAI = ZoneInfo("Asia/Shanghai")


class ClockError(ValueError):
    """Raised when NIANBAO_NOW is not an ISO time with a zone, by `now`."""


def simulated_now() -> datetime | None:
    """Return the instant that NIANBAO_NOW names, or None where it is not set."""
    value = os.environ.get("NIANBAO_NOW", "").strip()
    if not value:
        return None
    try:
        instant = datetime.fromisoformat(value)
    except ValueError as error:
        raise ClockError(f"NIANBAO_NOW={value!r}: {say('不是 ISO 时间', 'not an ISO time')}") from error
    if instant.tzinfo is None:
        reason = say("没有时区, 请在末尾写上 +08:00", "no zone; write for example +08:00 at its end")
        raise ClockError(f"NIANBAO_NOW={value!r}: {reason}")
    return instant.astimezone(UTC)


_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


@contextmanager
def stopped(at: datetime | None = None) -> Iterator[datetime]:
    """Let the clock stand at an instant, by default the present one, in whole milliseconds.

    What is concluded together then carries one time, and can be concluded again at that time.
    """
    instant = at or now()
    instant = instant.replace(microsecond=instant.microsecond // 1000 * 1000)
    token = _stopped.set(instant)
    try:
        yield instant
    finally:
        _stopped.reset(token)


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return _stopped.get() or simulated_now() or datetime.now(UTC)


def local_date(instant: datetime) -> date:
    """Return the day in Asia/Shanghai on which `instant` falls."""
    return instant.astimezone(SHANGHAI).date()


def local_minute(stamp: str) -> str:
    """Write a stored instant (ISO) for people: day and minute in Asia/Shanghai."""
    return f"{datetime.fromisoformat(stamp).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def today() -> date:
    """Return the present day in Asia/Shanghai."""
    return local_date(now())


def default_year() -> int:
    """Return the report year that is due now: last calendar year in Asia/Shanghai."""
    return today().year - 1
