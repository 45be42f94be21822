"""A fresh working database with what cannot be derived, ready to be derived anew.

What was concluded and decided, and the numbers of rows, comes from the journal; what a crawl saw
comes from a snapshot of the working database, or from a replay of its recordings (WARC).
"""

# ruff: noqa: S608  (names of tables are ours)

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from archive.journal import Position, read
from archive.journaling import JOURNALED, apply
from archive.schema import LINE_TABLES, migrations
from archive.store import Archive
from config.places import Places

DERIVED = ("memos", "matches", *(name for name, _ in LINE_TABLES.values()), "reports", "outcomes", "texts")
_CAPTURES_OF = (
    "select c.id, c.status, c.requested_at, c.method, c.url, c.role, r.portal, r.started_at,"
    " row_number() over (partition by c.run_id, c.method, c.url, c.role order by c.id) as n"
    " from {schema}.captures c join {schema}.runs r on r.id = c.run_id"
)
_CAPTURES = (  # what was recorded without a request has the time of the replayed run
    "create temp table same_capture as select theirs.id as theirs, ours.id as ours"
    f" from ({_CAPTURES_OF.format(schema='replayed')}) theirs"
    f" join ({_CAPTURES_OF.format(schema='main')}) ours using (portal, started_at, method, url, role, n)"
    " where ours.status is null or ours.requested_at = theirs.requested_at"
)
_RUNS = (
    "create temp table same_run as select theirs.id as theirs, ours.id as ours from replayed.runs theirs"
    " join main.runs ours on ours.command = 'crawl' and theirs.command = 'crawl'"
    " and ours.portal = theirs.portal and ours.started_at = theirs.started_at"
)
_LISTINGS = (
    "insert into main.listings (capture_id, position, url, title, shown_on)"
    " select s.ours, l.position, l.url, l.title, l.shown_on from replayed.listings l"
    " join same_capture s on s.theirs = l.capture_id order by s.ours, l.position"
)
_SEEN = (
    "update main.documents set last_capture = s.ours, last_seen_at = r.last_seen_at"
    " from replayed.documents r join same_capture s on s.theirs = r.last_capture"
    " where r.url = documents.url and r.sha256 = documents.sha256 and r.last_seen_at > documents.last_seen_at"
)
_RENUMBERED = {
    "targets": {"last_capture": "same_capture", "last_good_capture": "same_capture"},
    "portal_columns": {"run_id": "same_run"},
    "host_days": {},
}


def snapshot(archive: Archive, here: Places) -> None:
    """Copy one instant of a working database, and its journal until then, into a folder of their own."""
    here.data.mkdir(parents=True)
    with closing(sqlite3.connect(here.database)) as db:
        archive.db.conn.backup(db)
        (size_bytes,) = db.execute("select coalesce(max(size_bytes), 0) from journal").fetchone()
        db.execute("pragma journal_mode = delete")
    copy_start(archive.journaling.path, here.journal, size_bytes)


def from_snapshot(here: Places, fresh: Places) -> None:
    """Make `fresh` from a snapshot: what a crawl saw as it stands there, the rest from the journal."""
    fresh.data.mkdir(parents=True)
    for source, target in ((here.database, fresh.database), (here.journal, fresh.journal)):
        if source.exists():
            shutil.copyfile(source, target)
    with closing(sqlite3.connect(fresh.database)) as db:
        db.execute("pragma foreign_keys = off")
        db.execute("create temp table seen as select id, last_capture, last_seen_at from documents")
        for table in (*DERIVED, *JOURNALED):
            db.execute(f"delete from {table}")
        apply_journal(db, fresh.journal)
        db.execute(
            "update documents set last_capture = seen.last_capture, last_seen_at = seen.last_seen_at"
            " from seen where seen.id = documents.id"
        )
        db.commit()


def from_replay(replayed: Path, journal: Path, fresh: Places) -> int:
    """Make `fresh` from a replay's database and the journal; returns how many captures were not replayed.

    The replay numbers its rows anew: they get the numbers that the journal knows them by.
    """
    fresh.data.mkdir(parents=True)
    shutil.copyfile(journal, fresh.journal)
    with closing(Database(fresh.database)) as new:
        migrations.apply(new)
    with closing(sqlite3.connect(fresh.database)) as db:
        db.execute("pragma foreign_keys = off")
        db.execute("attach database ? as replayed", [str(replayed)])
        apply_journal(db, fresh.journal)
        for statement in (_CAPTURES, _RUNS, _LISTINGS, _SEEN):
            db.execute(statement)
        for table, numbered in _RENUMBERED.items():
            _take_over(db, table, numbered)
        lost = db.execute(
            "select count(*) from main.captures where method <> 'HAND-IN'"
            " and status is not null and id not in (select ours from same_capture)"
        ).fetchone()
        db.commit()
    return int(lost[0])


def apply_journal(db: sqlite3.Connection, journal: Path) -> Position:
    """Write all that a journal tells into a database, and how far that is."""
    end = Position()
    if journal.exists():
        for entry in read(journal):
            apply(db, entry)
            end = entry.end
    db.execute(
        "insert or replace into journal (id, number, size_bytes, digest) values (1, ?, ?, ?)",
        (end.number, end.size_bytes, end.digest),
    )
    return end


def copy_start(source: Path, target: Path, size_bytes: int) -> None:
    """Copy the first bytes of a file that others go on writing."""
    if not size_bytes:
        return
    with source.open("rb") as old, target.open("wb") as new:
        while size_bytes > 0 and (chunk := old.read(min(size_bytes, 1 << 20))):
            new.write(chunk)
            size_bytes -= len(chunk)


def _take_over(db: sqlite3.Connection, table: str, numbered: dict[str, str]) -> None:
    columns = [row[1] for row in db.execute(f"pragma main.table_info({table})")]
    values = [
        f"(select ours from {numbered[name]} where theirs = t.{name})" if name in numbered else f"t.{name}"
        for name in columns
    ]
    db.execute(
        f"insert into main.{table} ({', '.join(columns)})"
        f" select {', '.join(values)} from replayed.{table} t order by t.rowid"
    )
