"""Try one portal in a place of its own: what would be found, and nothing of it in the archive."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.columns import steps_of
from archive.store import Archive, Row
from config.places import Places
from monitor.child import crawler_program, run_child


@contextmanager
def tried(at: Places, portal: str, year: int, log_level: str) -> Iterator[Archive]:
    """Crawl a portal into a temporary directory and lend its archive."""
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        there = Places(Path(folder), at.config)
        run_child(crawler_program((portal,), year, log_level), there)
        with Archive.open(there) as archive:
            yield archive


def trial_rows(archive: Archive) -> list[Row]:
    """Return what happened in the order of time: steps from the door, requests, reports found."""
    steps = [
        {"what": f"step:{row['state']}", "verdict": "", "reports": row["reports"], "title": row["title"],
         "url": row["url"], "why": row["why"]}
        for row in steps_of(archive, _portal(archive))
    ]  # fmt: skip
    return [*steps, *_requests(archive), *_documents(archive)]


def _requests(archive: Archive) -> list[Row]:
    return archive.rows(
        "select 'request:' || c.role as what, c.verdict, null as reports, '' as title, c.url, c.reason as why"
        " from captures c where c.role in ('robots', 'list', 'redirect')"
        " or c.verdict not in ('ok', 'unchanged') order by c.id"
    )


def _documents(archive: Archive) -> list[Row]:
    return archive.rows(
        "select 'found:' || role as what, 'ok' as verdict, null as reports,"
        " coalesce(link_title, name, '') as title, url, coalesce(listed_on, '') as why"
        " from documents order by id"
    )


def _portal(archive: Archive) -> str:
    row = archive.row("select portal from runs where command = 'crawl' order by id desc limit 1")
    return str(row["portal"]) if row else ""
