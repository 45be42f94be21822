"""The compliance matrix counted by supervisor, kind, area or year, with rates; in the database.

Only confirmed bodies count. `on_time` is the share of the bodies that could be judged; `judged` is the
share that could be judged of those whose deadline has passed: what could not be examined is in no rate
about bodies, and in the rate about us.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from archive.store import Archive, Row
from config import clock
from monitor.coverage import StandingKind
from monitor.matrix import compliance_matrix

AREA_DIGITS = 6
GROUPS = {
    "supervisor": "coalesce(b.supervisor, '')",
    "kind": "b.kind",
    "area": f"substr(coalesce(b.division, ''), 1, {AREA_DIGITS})",
    "year": "s.year",
}
JUDGED = (StandingKind.PUBLISHED, StandingKind.LATE, StandingKind.NOT_PUBLISHED, StandingKind.WITHDRAWN)
_STANDING = (
    "case when s.standing in ('not_due', 'upcoming') and s.due_on < :today then 'cannot_tell'"
    " else s.standing end"
)
_COUNTS = ", ".join(f"sum({_STANDING} = '{kind}') as {kind}" for kind in StandingKind)
_LATEST = (
    " from standings s join bodies b on b.id = s.body and b.confirmed"
    " where (:year is null or s.year = :year) and (:supervisor is null or b.supervisor = :supervisor)"
    " and coalesce(b.since, 0) <= s.year and s.year <= coalesce(b.until, 9999)"
    " and not exists (select 1 from standings n where n.year = s.year and n.body = s.body and n.id > s.id)"
)


def matrix_counts(
    archive: Archive,
    config_dir: Path,
    year: int | None,
    by: Sequence[str],
    supervisor: str | None = None,
) -> list[Row]:
    """Return one row a group (`by` names of GROUPS, in this order) with counts and rates.

    `year` None counts every year that was processed.
    """
    if year is not None and _lacks_standings(archive, year):
        rows = compliance_matrix(archive, config_dir, year, supervisor)
        return _of_rows([row for row in rows if row["confirmed"]], by)
    named = ", ".join(f"{GROUPS[name]} as {name}" for name in by)
    places = ", ".join(str(number) for number in range(1, len(by) + 1))
    rows = archive.rows(
        f"select {named}, count(*) as total, {_COUNTS}{_LATEST} group by {places} order by {places}",
        {"year": year, "supervisor": supervisor, "today": clock.today().isoformat()},
    )
    return [_with_rates(row) for row in rows]


def rate(part: int, whole: int) -> float | None:
    """Return a share with four digits, None of nothing."""
    return round(part / whole, 4) if whole else None


def _lacks_standings(archive: Archive, year: int) -> bool:
    """Tell whether a body that owes a report of the year has no standing yet."""
    row = archive.row(
        "select (select count(*) from bodies where coalesce(since, 0) <= :year and :year <= coalesce(until,"
        " 9999)) > (select count(distinct s.body) from standings s join bodies b on b.id = s.body"
        " where s.year = :year and coalesce(b.since, 0) <= :year and :year <= coalesce(b.until, 9999))"
        " or not exists (select 1 from bodies) as lacks",
        {"year": year},
    )
    return row is None or bool(row["lacks"])


def _of_rows(rows: Iterable[Row], by: Sequence[str]) -> list[Row]:
    """Count the rows of the whole matrix: for years that were not processed yet."""
    groups: dict[tuple[Any, ...], Counter[str]] = {}
    for row in rows:
        values = {**row, "area": (row["division"] or "")[:AREA_DIGITS], "supervisor": row["supervisor"] or ""}
        groups.setdefault(tuple(values[name] for name in by), Counter())[row["standing"]] += 1
    return [_row(dict(zip(by, key, strict=True)), groups[key]) for key in sorted(groups)]


def _row(group: Mapping[str, Any], counts: Counter[str]) -> Row:
    told = {str(kind): counts[kind] for kind in StandingKind}
    return _with_rates({**group, "total": counts.total(), **told})


def _with_rates(row: Row) -> Row:
    judged = sum(row[kind] for kind in JUDGED)
    row["on_time"] = rate(row[StandingKind.PUBLISHED], judged)
    row["judged"] = rate(judged, judged + row[StandingKind.CANNOT_TELL])
    return row
