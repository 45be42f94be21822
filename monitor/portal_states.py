"""The state of each portal: its last run, how its requests ended, when its columns were last seen well."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from archive.columns import known_columns
from archive.store import Archive, Row, to_json
from config.clock import default_year, local_date
from config.portals import Portal
from monitor.portal_health import Health, portal_findings, portal_health
from monitor.roster import Roster


def portal_states(archive: Archive, roster: Roster) -> list[Row]:
    """Return one row for each configured portal, by id."""
    return [_state(archive, roster, roster.portals[id_]) for id_ in sorted(roster.portals)]


def _state(archive: Archive, roster: Roster, portal: Portal) -> Row:
    run = archive.row(
        "select * from runs where command = 'crawl' and portal = :portal order by id desc limit 1",
        {"portal": portal.id},
    )
    verdicts = _verdicts(archive, run["id"]) if run else {}
    health = portal_health(archive, portal)
    return {
        "portal": portal.id,
        "name": portal.name,
        "family": portal.family,
        "enabled": portal.enabled,
        "bodies": len(roster.names_on(portal.id).bodies),
        "last_run_at": run["started_at"] if run else None,
        "outcome": (run["outcome"] or "killed") if run else None,
        "state": _standing(health, run),
        "requests": health.last.requests if health.last else None,
        "reports": health.last.reports if health.last else None,
        "reports_before": health.known_reports if health.last else None,
        "verdicts": verdicts,
        "trouble": _trouble(archive, run["id"]) if run else None,
        "last_good_on": _last_good(archive, portal),
    }


def _standing(health: Health, run: Row | None) -> str:
    """Return the portal's state in a word: never, killed, interrupted, failed, doubtful or good."""
    if run is None:
        return "never"
    if run["outcome"] != "ok":
        return run["outcome"] or "killed"
    return "doubtful" if portal_findings([health]) else "good"


def _verdicts(archive: Archive, run_id: int) -> dict[str, int]:
    rows = archive.rows(
        "select verdict, count(*) as n from captures where run_id = :run group by verdict", {"run": run_id}
    )
    return dict(Counter({row["verdict"]: row["n"] for row in rows}).most_common())


def _trouble(archive: Archive, run_id: int) -> str | None:
    """Return the first reason why a list page was not seen well in a run."""
    row = archive.row(
        "select verdict, reason from captures where run_id = :run and role in ('list', 'robots')"
        " and verdict not in ('ok', 'unchanged', 'redirected', 'gone') order by id limit 1",
        {"run": run_id},
    )
    return f"{row['verdict']}: {row['reason']}" if row else None


def _last_good(archive: Archive, portal: Portal) -> str | None:
    """Return the last day (Asia/Shanghai) on which an entry page or a found column was answered well."""
    columns = known_columns(archive, portal.id)
    row = archive.row(
        "select max(requested_at) as at from captures where portal = :portal and role = 'list'"
        " and verdict in ('ok', 'unchanged') and url in (select value from json_each(:urls))",
        {"portal": portal.id, "urls": to_json([*portal.entries(default_year()), *columns])},
    )
    return local_date(datetime.fromisoformat(row["at"])).isoformat() if row and row["at"] else None
