"""Open the working database: refuse what must not be touched, bring the tables up to date."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from archive.errors import ArchiveTooNew, DatabaseLost, NotAnArchive
from archive.schema import migrations
from config.language import say
from config.places import Places

BUSY_TIMEOUT_MS = 60_000
CACHE_KB = 16_000
"""Pages of the database kept in memory: hashes go to all places of their indexes."""
CHECKPOINT_PAGES = 4000
"""Length of the write-ahead log (16 MB) after which it is taken over: most pages change again before."""


def open_database(places: Places) -> Database:
    """Open the database of a data directory, created or migrated as needed.

    Raises ArchiveTooNew, NotAnArchive, DatabaseLost.
    """
    places.data.mkdir(parents=True, exist_ok=True)
    _refuse_lost(places)
    db = Database(places.database)
    _refuse_damaged(db, places.database)
    db.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = FULL")
    db.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    db.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    _refuse_newer(db, str(places.database))
    if db.journal_mode != "wal" or migrations.pending(db):
        _prepare(db, places)
    return db


def _prepare(db: Database, places: Places) -> None:
    """Create or migrate the tables while no other process does: SQLite would refuse one of two."""
    with (places.data / ".schema.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        pending = migrations.pending(db)
        if pending and migrations.applied(db):
            _keep_copy(db, places.data / "backups" / f"before-{pending[0].name}.db")
        db.enable_wal()
        migrations.apply(db)


def _keep_copy(db: Database, target: Path) -> None:
    """Copy the database as it was before a migration; one that stands there already is kept."""
    if target.exists():
        return
    target.parent.mkdir(exist_ok=True)
    unfinished = target.with_name(f".{target.name}")
    unfinished.unlink(missing_ok=True)
    db.execute("vacuum into ?", [str(unfinished)])
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(target)


def _refuse_lost(places: Places) -> None:
    """An empty database beside a full journal would begin anew, and tell everybody everything again."""
    if places.database.exists() or not places.journal.exists() or not places.journal.stat().st_size:
        return
    raise DatabaseLost(
        say(
            f"{places.database} 不见了, 日志 {places.journal.name} 还在:"
            " 请运行 nianbao rebuild 重建, 或用 nianbao restore 恢复备份; 要另起新档请先移走日志",
            f"{places.database} is gone, its journal {places.journal.name} is there: make it again with"
            " nianbao rebuild, or nianbao restore a backup; to begin anew move the journal away",
        )
    )


def _refuse_damaged(db: Database, path: Path) -> None:
    """Read the file's head: opening a file does not."""
    try:
        db.execute("select count(*) from sqlite_master")
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        db.close()
        raise NotAnArchive(
            say(
                f"{path}: 不是数据库或已损坏 ({error}); 请移走它, 再用 nianbao restore 恢复备份",
                f"{path}: no database, or damaged ({error}); move it away, then nianbao restore a backup",
            )
        ) from error


def _refuse_newer(db: Database, name: str) -> None:
    if not db.table("_sqlite_migrations").exists():
        return
    applied = {migration.name for migration in migrations.applied(db)}
    ours = {migration.name for migration in migrations.pending(Database(memory=True))}
    if newer := sorted(applied - ours):
        db.close()
        raise ArchiveTooNew(
            say(
                f"{name} 由更新版本的 nianbao 写成 (含 {newer[0]}): 请升级程序",
                f"{name} was written by a newer nianbao (it holds {newer[0]}): upgrade the program",
            )
        )
