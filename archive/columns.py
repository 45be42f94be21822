"""The columns of portals that are known by their door only: what was followed from it, and what it was.

A row is one address of one portal. It is `followed` once a page named it, `column` once it was read and
lists reports, `outside` where its host is none of the portal's, `gone` once the server says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from archive.store import Archive, Row, read_stamp, stamp
from config import clock


class ColumnState(StrEnum):
    """What an address turned out to be."""

    FOLLOWED = "followed"
    COLUMN = "column"
    OUTSIDE = "outside"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class SeenStep:
    """A link that was followed, or would have been: on which page it stood, and why."""

    url: str
    title: str
    why: str
    page_url: str
    state: ColumnState = ColumnState.FOLLOWED


def note_steps(archive: Archive, portal: str, run_id: int, steps: Sequence[SeenStep]) -> None:
    """Remember what a page led to; what is known to be a column stays one."""
    with archive.atomic():
        for step in steps:
            archive.db.execute(
                "insert into portal_columns (portal, url, title, why, page_url, state, run_id, seen_at)"
                " values (:portal, :url, :title, :why, :page_url, :state, :run_id, :seen_at)"
                " on conflict (portal, url) do update set run_id = excluded.run_id, why = excluded.why,"
                " title = excluded.title, page_url = excluded.page_url, seen_at = excluded.seen_at,"
                " state = case state when 'column' then state else excluded.state end",
                {"portal": portal, "url": step.url, "title": step.title, "why": step.why,
                 "page_url": step.page_url, "state": str(step.state), "run_id": run_id,
                 "seen_at": stamp(clock.now())},
            )  # fmt: skip


def note_column(archive: Archive, portal: str, run_id: int, url: str, reports: int) -> None:
    """Remember that an address is a column, and how many reports it lists."""
    with archive.atomic():
        archive.db.execute(
            "insert into portal_columns (portal, url, title, why, page_url, state, run_id, seen_at, reports,"
            " located_at) values (:portal, :url, '', '入口页面本身', :url, 'column', :run_id, :now, :reports,"
            " :now) on conflict (portal, url) do update set state = 'column', reports = :reports,"
            " run_id = :run_id, seen_at = :now, located_at = :now",
            {"portal": portal, "url": url, "run_id": run_id, "reports": reports, "now": stamp(clock.now())},
        )


def note_empty(archive: Archive, portal: str, url: str) -> None:
    """Remember that a page lists no reports (any more)."""
    with archive.atomic():
        archive.db.execute(
            "update portal_columns set state = 'followed', reports = 0 where portal = :portal and url = :url"
            " and state = 'column'",
            {"portal": portal, "url": url},
        )


def note_gone(archive: Archive, portal: str, url: str) -> None:
    """Forget a column that the server says is gone."""
    with archive.atomic():
        archive.db.execute(
            "update portal_columns set state = 'gone' where portal = :portal and url = :url"
            " and state = 'column'",
            {"portal": portal, "url": url},
        )


def known_columns(archive: Archive, portal: str) -> tuple[str, ...]:
    """Return the columns of a portal that were found, in the order of their addresses."""
    rows = archive.rows(
        "select url from portal_columns where portal = :portal and state = 'column' order by url",
        {"portal": portal},
    )
    return tuple(row["url"] for row in rows)


def last_located(archive: Archive, portal: str) -> datetime | None:
    """Return when a column was last found from the door; None where that never was."""
    row = archive.row(
        "select max(located_at) as at from portal_columns where portal = :portal and state = 'column'",
        {"portal": portal},
    )
    return read_stamp(row["at"]) if row and row["at"] else None


def count_steps(archive: Archive, portal: str, first_run: int) -> int:
    """Return how many addresses a round has followed from the door so far."""
    row = archive.row(
        "select count(*) as n from portal_columns where portal = :portal and run_id >= :first"
        " and state <> 'outside'",
        {"portal": portal, "first": first_run},
    )
    return int(row["n"]) if row else 0


def steps_of(archive: Archive, portal: str) -> list[Row]:
    """Return all that was followed from a portal's door, in the order of time."""
    return archive.rows(
        "select url, title, why, page_url, state, reports, seen_at, located_at from portal_columns"
        " where portal = :portal order by rowid",
        {"portal": portal},
    )
