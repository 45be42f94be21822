"""The compliance matrix: the last standing of every body of a year, and what it counts up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from archive.store import Archive, Row
from config import clock
from config.bodies import Body, BodyKind
from monitor.coverage import OVERDUE, Case, StandingKind, decide
from monitor.roster import load_roster
from monitor.rules.packs import load_due_days
from monitor.standing_rows import standing_row

NOT_PROCESSED = "not_processed"
KIND_WORDS = {
    BodyKind.PROVINCE_GOVERNMENT: "省级政府",
    BodyKind.CITY_GOVERNMENT: "市级政府",
    BodyKind.COUNTY_GOVERNMENT: "县级政府",
    BodyKind.GOVERNMENT_OFFICE: "政府办公厅（室）",
    BodyKind.DEPARTMENT: "部门",
    BodyKind.TOWNSHIP: "乡镇",
    BodyKind.SUBDISTRICT: "街道",
    BodyKind.DEVELOPMENT_ZONE: "开发区",
    BodyKind.AUTHORISED_ORGANISATION: "授权组织",
}
_WAITING = (str(StandingKind.NOT_DUE), str(StandingKind.UPCOMING))


def compliance_matrix(
    archive: Archive, config_dir: Path, year: int, supervisor: str | None = None
) -> list[Row]:
    """Return one row for each body that owes a report of `year`, by supervisor, division and id."""
    rows = archive.rows(_MATRIX, {"year": year, "supervisor": supervisor})
    if not rows and archive.row("select 1 from bodies") is None:
        rows = _unprocessed(config_dir, year, supervisor)
    deadlines = None
    today = clock.today()
    for row in rows:
        if row["standing"] is None:
            deadlines = deadlines or load_due_days(config_dir)
            body = _body(row)
            case = Case(body, year, deadlines.deadline(body, year), clock.now(), deadlines.upcoming_days)
            row.update(standing_row(case, decide(case)))
        elif row["standing"] in _WAITING and date.fromisoformat(row["due_on"]) < today:
            row.update(standing=str(StandingKind.CANNOT_TELL), reason=NOT_PROCESSED)
    return rows


def standing_counts(rows: Iterable[Row]) -> Counter[str]:
    """Count confirmed bodies by standing; unconfirmed ones count in no rate."""
    return Counter(row["standing"] for row in rows if row["confirmed"])


def is_overdue(rows: Sequence[Row]) -> bool:
    """Tell whether a confirmed body is late or has not published."""
    return any(row["confirmed"] and row["standing"] in OVERDUE for row in rows)


_MATRIX = """
select b.id as body, b.name, b.kind, b.division, b.supervisor, b.since, b.until, b.confirmed,
  :year as year, s.standing, s.reason, s.reading, s.basis, s.due_on, s.due_basis, s.published_on,
  s.document_id, coalesce(f.findings, 0) as findings, s.sentence, s.decided_at
from bodies b
left join (select body, max(id) as id from standings where year = :year group by body) l on l.body = b.id
left join standings s on s.id = l.id
left join (select body, count(distinct coalesce("group", fingerprint)) as findings from findings
  where year = :year and state = 'open' and outcome = 'fail'
  group by body) f on f.body = b.id
where coalesce(b.since, 0) <= :year and :year <= coalesce(b.until, 9999)
  and (:supervisor is null or b.supervisor = :supervisor)
order by b.supervisor, b.division, b.id
"""


def _unprocessed(config_dir: Path, year: int, supervisor: str | None) -> list[Row]:
    """Return the configured bodies where nothing was processed yet."""
    roster = load_roster(config_dir)
    unknown = dict.fromkeys(("standing", "decided_at"))
    return [
        {"body": row["id"], **row, "year": year, **unknown, "findings": 0}
        for row in roster.rows()
        if roster.bodies[row["id"]].owes(year) and supervisor in {None, row["supervisor"]}
    ]


def _body(row: Row) -> Body:
    return Body(id=row["body"], name=row["name"], kind=row["kind"], division=row["division"] or "")
