"""催报: before a deadline a supervisor gets the list of its bodies whose report was not seen yet.

Once for each supervisor, report year and day, as an alert of its own. It accuses nobody: bodies whose
column cannot be examined are named apart, and after the day the list is closed in silence. Nothing is
listed unless the archive was processed today or yesterday, for the list would be out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from archive.store import Archive, Row, read_stamp
from config import clock
from config.alerts import AlertConfig
from config.clock import local_date
from config.workdays import WorkCalendar
from monitor.finding import Finding, RuleOutcome, Severity
from monitor.finding_rows import add_finding, scope_key, scope_of
from monitor.ledger_alerts import close_alert, open_alerts
from monitor.routing import LIST_SOURCE, UPCOMING
from monitor.rules.registry import all_rules
from monitor.standing_words import chinese_day

LOOK_AHEAD = timedelta(days=120)
"""More calendar days than any number of working days that can be configured."""
FRESH_FOR = timedelta(days=1)
_WAITING = """
select b.supervisor, s.year, s.due_on, s.due_basis, b.name, exists (
  select 1 from findings f where f.body = s.body and f.year = s.year and f.state = 'open'
  and f.rule = 'publication.cannot-tell') as is_unseeable
from standings s join bodies b on b.id = s.body
where s.id in (select max(id) from standings where year >= :year group by body, year)
  and s.standing in ('not_due', 'upcoming') and s.due_on between :today and :last
  and b.confirmed and b.supervisor != ''
order by b.supervisor, s.year, s.due_on, s.due_basis, b.division, b.id
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The bodies of one supervisor whose report of a year is due on one day and was not seen."""

    supervisor: str
    year: int
    due_on: date
    rows: Sequence[Row]


def waiting_lists(archive: Archive, config: AlertConfig, calendar: WorkCalendar) -> list[Waiting]:
    """Return the lists whose deadline is near, whether told or not; none where nothing is fresh."""
    today, processed_on = clock.today(), _processed_on(archive)
    if not config.upcoming_workdays or processed_on is None or today - processed_on > FRESH_FOR:
        return []
    rows = archive.rows(
        _WAITING,
        {"today": today.isoformat(), "last": (today + LOOK_AHEAD).isoformat(), "year": today.year - 1},
    )
    groups = groupby(rows, key=lambda row: (row["supervisor"], row["year"], row["due_on"]))
    lists = (Waiting(who, year, date.fromisoformat(due), list(of)) for (who, year, due), of in groups)
    return [one for one in lists if calendar.workdays_between(today, one.due_on) <= config.upcoming_workdays]


def list_upcoming(archive: Archive, config: AlertConfig, calendar: WorkCalendar) -> list[Waiting]:
    """Open an alert for each list that was not told yet; returns these. Runs inside a transaction."""
    return [
        one
        for one in waiting_lists(archive, config, calendar)
        if _open(archive, config, _finding(one, config, is_checked=calendar.knows(one.due_on.year)))
    ]


def close_passed_lists(archive: Archive) -> None:
    """Close the lists whose day has passed; what was not told yet need not be told."""
    passed = archive.rows(
        "select a.id, f.fingerprint from alerts a join alert_findings on alert_id = a.id"
        " join findings f using (fingerprint) where a.rule = :rule and a.body is null"
        " and a.state in ('open', 'acknowledged') and json_extract(f.finding, '$.expected') < :today",
        {"rule": UPCOMING, "today": clock.today().isoformat()},
    )
    for row in passed:
        archive.db.table("findings").update(row["fingerprint"], {"state": "resolved"})
        close_alert(archive, row["id"], "resolved", "the day has passed")


def _open(archive: Archive, config: AlertConfig, finding: Finding) -> bool:
    """Open the alert unless this list was made before, whatever stood on it then."""
    known = archive.row(
        "select 1 from findings where rule = :rule and scope = :scope",
        {"rule": UPCOMING, "scope": scope_key(scope_of(finding))},
    )
    if known is not None:
        return False
    add_finding(archive, finding)
    open_alerts(archive, {finding.fingerprint: finding}, config, {})
    return True


def _finding(waiting: Waiting, config: AlertConfig, *, is_checked: bool) -> Finding:
    rule = all_rules()[UPCOMING]
    names = [config.recipients[id_].name for id_ in config.recipients_for(waiting.supervisor)]
    day = waiting.due_on.isoformat()
    return Finding(
        rule=rule.id,
        title=rule.title,
        severity=Severity.INFO,
        outcome=RuleOutcome.FAIL,
        message=_message(waiting) + ("" if is_checked else "（节假日未核）"),
        basis="；".join(dict.fromkeys(row["due_basis"] or "" for row in waiting.rows)),
        source=f"{LIST_SOURCE}:{waiting.supervisor}:{day}",
        organization="、".join(filter(None, names)) or waiting.supervisor,
        year=waiting.year,
        expected=day,
        actual=len(waiting.rows),
    )


def _message(waiting: Waiting) -> str:
    """Say who, by when, on which basis; who cannot be looked at is no reproach."""
    head = (
        f"{waiting.year}年度报告应于{chinese_day(waiting.due_on)}前（含当日）公布，截至"
        f"{chinese_day(clock.today())}尚未见到以下 {len(waiting.rows)} 个单位的报告，请提前督促："
    )
    by_basis = groupby(waiting.rows, key=lambda row: row["due_basis"])
    lines = [f"{basis}：{_names(rows)}" for basis, rows in by_basis]
    if unseeable := [row for row in waiting.rows if row["is_unseeable"]]:
        lines.append(f"其中栏目目前无法查看、不能确定是否已公布的：{_names(unseeable)}")
    return "\n".join([head, *lines])


def _names(rows: Iterable[Row]) -> str:
    return "、".join(row["name"] for row in rows)


def _processed_on(archive: Archive) -> date | None:
    row = archive.row("select max(started_at) as at from runs where command = 'process' and outcome = 'ok'")
    return local_date(read_stamp(row["at"])) if row and row["at"] else None
