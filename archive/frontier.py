"""The frontier: what is to be fetched and what was fetched.

Theory. A target is one address of one portal. It is `pending` until its request has ended, and the
capture, what the page showed, the targets found on it and the target's new state are committed in
one transaction: whatever kills the crawl, a target is either still pending or wholly recorded.

A *round* is one crawl of a portal and year together with the killed crawls before it that it
completes: what one of its runs has recorded, the round does not ask again. The next round asks list
pages and robots.txt again, and documents once they are older than the freshness.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from archive.records import Role
from archive.revisits import FRESH_SINCE, GONE_IS_DUE, revisit_parameters
from archive.store import Archive, Row, stamp, to_json
from config import clock

ROUND_ROLES = (Role.LIST, Role.ROBOTS)
"""Roles that every round asks once; the others are asked by their age."""

NEXT = (
    "select * from targets where portal = :portal and state = 'pending'{}"
    " order by failures, rank, rowid limit 1"
)
_NOT_BUSY = " and host not in (select value from json_each(:busy))"
_NOT_PASSED = " and url not in (select value from json_each(:passed))"
_OFFER = (
    "insert into targets (portal, url, host, role, rank, referer, context, state, failures,"  # noqa: S608
    " added_at)"
    " values (:portal, :url, :host, :role, :rank, :referer, :context, 'pending', 0, :added_at)"
    " on conflict (portal, url) do update set state = 'pending', failures = 0, host = excluded.host,"
    " role = excluded.role, rank = excluded.rank, referer = excluded.referer, context = excluded.context"
    " where state <> 'pending'"
    " and coalesce((select run_id from captures where id = last_capture), 0) < :first_run"
    f" and (:by_round or state <> 'done' or coalesce(fetched_at, '') <= {FRESH_SINCE})"
)


class TargetState(StrEnum):
    """Where a target stands."""

    PENDING = "pending"
    DONE = "done"  # its last answer was good
    FAILED = "failed"  # its last answer was not; the next round tries again
    GONE = "gone"  # the server says that it does not exist; tried again only when linked again


@dataclass(frozen=True, slots=True)
class Target:
    """One address to fetch. A lower `rank` is fetched earlier; `context` is the crawler's own (JSON)."""

    portal: str
    url: str
    host: str
    role: Role
    rank: int = 0
    referer: str | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    failures: int = 0
    etag: str | None = None
    last_modified: str | None = None
    last_good_capture: int | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A crawl with the killed ones it completes: its first run, and from when documents are fresh."""

    run_id: int
    first_run: int
    fresh_since: datetime


def begin_round(archive: Archive, portal: str, year: int, fresh: timedelta) -> Round:
    """Start a run of `crawl` and find the round that it belongs to.

    Runs of the same portal and year that never ended, or were interrupted, belong to it if they began
    within `fresh` and no run ended after them.
    """
    since = clock.now() - fresh
    key = {"portal": portal, "year": year, "since": stamp(since)}
    row = archive.row(
        "select min(id) as id from runs where command = 'crawl' and portal = :portal and year = :year"
        " and started_at >= :since and id > coalesce((select max(id) from runs where command = 'crawl'"
        " and portal = :portal and year = :year and outcome <> 'interrupted'), 0)",
        key,
    )
    with archive.atomic():
        run_id = archive.start_run("crawl", portal=portal, year=year)
        round_ = Round(run_id, (row and row["id"]) or run_id, since)
        note_reports(archive, round_, _reports_before(archive, portal, year, round_))
    return round_


def note_reports(archive: Archive, round_: Round, reports: int) -> None:
    """Add to the reports that the round saw listed: a kill between two pages must not lower the sum."""
    archive.db.conn.execute(
        "update runs set detail = json_set(coalesce(detail, '{}'), '$.reports_listed',"
        " coalesce(json_extract(detail, '$.reports_listed'), 0) + :reports) where id = :run",
        {"run": round_.run_id, "reports": reports},
    )


def reports_listed(archive: Archive, round_: Round) -> int:
    """Return how many links to reports, of any year, the pages of the round showed until now."""
    row = archive.row(
        "select json_extract(detail, '$.reports_listed') as n from runs where id = :run",
        {"run": round_.run_id},
    )
    return int(row["n"] or 0) if row else 0


def offer(archive: Archive, targets: Iterable[Target], round_: Round) -> None:
    """Make targets pending that are new, or due again in this round; the others stay as they are."""
    now = clock.now()
    shared = {"added_at": stamp(now), "first_run": round_.first_run,
              **revisit_parameters(now, round_.fresh_since)}  # fmt: skip
    with archive.atomic():
        archive.db.conn.executemany(_OFFER, [{**_offered(target), **shared} for target in targets])


def renew(archive: Archive, portal: str, year: int, round_: Round) -> None:
    """Make the portal's known documents of a year pending again where they are due.

    What has vanished from the list pages is looked at too: a published report must stay up.
    """
    if round_.first_run != round_.run_id:
        return
    with archive.atomic():
        archive.db.conn.execute(
            "update targets set state = 'pending', failures = 0 where portal = :portal"  # noqa: S608
            " and role in ('article', 'attachment') and (state = 'failed'"
            f" or (state = 'done' and coalesce(fetched_at, '') <= {FRESH_SINCE})"
            f" or (state = 'gone' and {GONE_IS_DUE}))"
            " and (json_extract(context, '$.years') is null or exists"
            " (select 1 from json_each(context, '$.years') where value = :year))",
            {"portal": portal, "year": year, **revisit_parameters(clock.now(), round_.fresh_since)},
        )


def next_target(
    archive: Archive, portal: str, busy_hosts: Iterable[str], passed: Iterable[str] = ()
) -> Target | None:
    """Return the pending target to fetch next on a host that is not busy, retries last.

    `passed` are addresses that are passed over and stay pending.
    """
    busy, over = list(busy_hosts), list(passed)
    sql = NEXT.format((_NOT_BUSY if busy else "") + (_NOT_PASSED if over else ""))
    row = archive.row(sql, {"portal": portal, "busy": to_json(busy), "passed": to_json(over)})
    return _target(row) if row else None


def pending_hosts(archive: Archive, portal: str) -> set[str]:
    """Return the hosts of the portal's pending targets."""
    sql = "select distinct host from targets where portal = :portal and state = 'pending'"
    return {row["host"] for row in archive.rows(sql, {"portal": portal})}


def find_target(archive: Archive, portal: str, url: str) -> Target | None:
    """Return a target by its address, in whatever state."""
    row = archive.row(
        "select * from targets where portal = :portal and url = :url", {"portal": portal, "url": url}
    )
    return _target(row) if row else None


def settle(archive: Archive, target: Target, state: TargetState, changes: Row) -> None:
    """Write a target's new state, with the changed columns, after its request has ended."""
    with archive.atomic():
        row = {**changes, "state": str(state)}
        if isinstance(row.get("context"), Mapping):
            row["context"] = to_json(row["context"])
        columns = ", ".join(f"{name} = :{name}" for name in row)
        archive.db.conn.execute(
            f"update targets set {columns} where portal = :portal and url = :url",  # noqa: S608
            {**row, "portal": target.portal, "url": target.url},
        )


def asked_in_round(archive: Archive, target: Target, round_: Round) -> bool:
    """Tell whether the round has already recorded an end of this target's request."""
    row = archive.row(
        "select 1 from targets t join captures c on c.id = t.last_capture where t.portal = :portal"
        " and t.url = :url and c.run_id >= :first and t.state <> 'pending'",
        {"portal": target.portal, "url": target.url, "first": round_.first_run},
    )
    return row is not None


def last_capture(archive: Archive, target: Target) -> Row:
    """Return verdict and reason of the target's last capture; `error` where it has none."""
    row = archive.row(
        "select c.verdict, c.reason from targets t join captures c on c.id = t.last_capture"
        " where t.portal = :portal and t.url = :url",
        {"portal": target.portal, "url": target.url},
    )
    return row or {"verdict": "error", "reason": "never asked"}


def last_verdicts(archive: Archive, portal: str, urls: Iterable[str], round_: Round) -> dict[str, str]:
    """Return how the requests of these targets ended in the round, by address."""
    rows = archive.rows(
        "select t.url, c.verdict from targets t join captures c on c.id = t.last_capture"
        " where t.portal = :portal and c.run_id >= :first"
        " and t.url in (select value from json_each(:urls))",
        {"portal": portal, "first": round_.first_run, "urls": to_json(list(urls))},
    )
    return {row["url"]: row["verdict"] for row in rows}


def declined_hosts(archive: Archive, portal: str, round_: Round) -> list[Row]:
    """Return hosts that declined in this round, or asked us to stay away until later (Retry-After)."""
    return archive.rows(
        "select t.host, max(c.reason) as reason from targets t join captures c on c.id = t.last_capture"
        " where t.portal = :portal and t.role <> 'robots' and ((c.run_id >= :first and c.verdict = 'declined'"
        " and c.status is not null) or t.not_before > :now) group by t.host",
        {"portal": portal, "first": round_.first_run, "now": stamp(clock.now())},
    )


def _reports_before(archive: Archive, portal: str, year: int, round_: Round) -> int:
    """Return what the round's earlier runs saw; each of them began with what those before it saw."""
    row = archive.row(
        "select max(json_extract(detail, '$.reports_listed')) as n from runs where command = 'crawl'"
        " and portal = :portal and year = :year and id >= :first and id < :run",
        {"portal": portal, "year": year, "first": round_.first_run, "run": round_.run_id},
    )
    return int(row["n"] or 0) if row else 0


def _offered(target: Target) -> Row:
    return {
        "portal": target.portal, "url": target.url, "host": target.host, "role": str(target.role),
        "rank": target.rank, "referer": target.referer, "context": to_json(dict(target.context)),
        "by_round": target.role in ROUND_ROLES,
    }  # fmt: skip


def _target(row: Row) -> Target:
    return Target(
        portal=row["portal"], url=row["url"], host=row["host"], role=Role(row["role"]), rank=row["rank"],
        referer=row["referer"], context=json.loads(row["context"]), failures=row["failures"],
        etag=row["etag"], last_modified=row["last_modified"], last_good_capture=row["last_good_capture"],
    )  # fmt: skip
