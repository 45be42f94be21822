"""What a day brings without any new finding: lists before deadlines, orders, reminders.

`nianbao alerts send` calls it before it composes; on other than working days only lists are closed.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.store import Archive
from config import clock
from config.alerts import AlertConfig
from config.language import say
from config.workdays import WorkCalendar
from monitor.finding import Finding, RuleOutcome, Severity
from monitor.finding_rows import Scope, scope_of
from monitor.ledger import record_findings
from monitor.orders import follow_orders, standing_orders
from monitor.reminders import Reminders
from monitor.upcoming import close_passed_lists, list_upcoming

HOLIDAYS = "monitor.holidays"


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """What was written: lists before deadlines, alerts with orders, reminders."""

    lists: int = 0
    orders: int = 0
    reminders: int = 0


def follow_up(archive: Archive, config: AlertConfig, calendar: WorkCalendar) -> FollowedUp:
    """Write the notices that are due today, in one transaction; a second time it writes nothing."""
    today = clock.today()
    with archive.atomic():
        close_passed_lists(archive)
        unchecked: set[int] = set()
        written = FollowedUp()
        if calendar.is_workday(today):
            orders = standing_orders(archive)
            lists = list_upcoming(archive, config, calendar)
            ordered = follow_orders(archive, config, calendar, orders)
            written = FollowedUp(len(lists), ordered, Reminders(archive, config, calendar).write(orders))
            used = {one.due_on.year for one in lists} | ({today.year} if _wrote(written) else set())
            unchecked = {year for year in used if not calendar.knows(year)}
        _record_unchecked(archive, config, calendar, unchecked)
    return written


def _wrote(written: FollowedUp) -> bool:
    return bool(written.lists or written.orders or written.reminders)


def _record_unchecked(archive: Archive, config: AlertConfig, calendar: WorkCalendar, years: set[int]) -> None:
    """Tell the operator once of each year that was counted Monday to Friday, until it is known."""
    known = archive.rows(
        "select scope from findings where rule = :rule and state = 'open'", {"rule": HOLIDAYS}
    )
    told = {int(row["scope"].rpartition("|")[2]) for row in known}
    findings = [_unchecked(year) for year in sorted(years - told)]
    scopes: set[Scope] = {scope_of(_unchecked(year)) for year in told if calendar.knows(year)}
    if findings or scopes:
        record_findings(archive, findings, scopes | {scope_of(one) for one in findings}, config, {})


def _unchecked(year: int) -> Finding:
    return Finding(
        rule=HOLIDAYS,
        title=say("节假日未核", "Holidays of a year are not known"),
        severity=Severity.INFO,
        outcome=RuleOutcome.FAIL,
        message=say(
            f"{year} 年的放假安排未知，催办、催报暂按周一至周五计算，并注明“节假日未核”。"
            f"请升级 chinesecalendar，或在 config/holidays.yml 写入 {year} 年的安排。",
            f"the holidays of {year} are not known: reminders count Monday to Friday and say so; upgrade"
            f" chinesecalendar, or write the days of {year} into config/holidays.yml",
        ),
        basis=say("运行规则: 催办按工作日", "practice: reminders count working days"),
        source=f"holidays:{year}",
        year=year,
    )
