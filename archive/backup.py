"""Back up and restore a data directory, while it is in use.

A backup is a folder with the same layout: `nianbao.db`, one consistent instant of the database, and
`originals/`. The database is copied first and put in place last: whatever kills the program, the
database that stands in the backup finds all its originals there. A second backup into the same
folder copies only what is new.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.errors import BackupRefused
from archive.originals import Originals
from archive.store import Archive
from config.places import Places

DATABASE_NAME = "nianbao.db"
ORIGINALS_NAME = "originals"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """What a backup or restore did: originals in all, and how many were copied now."""

    originals: int
    copied: int


def back_up(archive: Archive, target: Path, progress: Progress) -> Copied:
    """Write a consistent copy of the archive to `target`; raises BackupRefused for a foreign folder."""
    if target.exists() and any(target.iterdir()) and not (target / DATABASE_NAME).exists():
        raise BackupRefused(f"{target} 不是空目录, 也不是以前的备份: 请换一个目录")
    target.mkdir(parents=True, exist_ok=True)
    snapshot = target / f".{DATABASE_NAME}.{os.getpid()}"
    with closing(sqlite3.connect(snapshot)) as copy:
        archive.db.conn.backup(copy)
        copy.execute("pragma journal_mode = delete")
    done = _copy_originals(snapshot, archive.originals, Originals(target / ORIGINALS_NAME), progress)
    _put_in_place(snapshot, target / DATABASE_NAME)
    return done


def restore(source: Path, at: Places, progress: Progress) -> Copied:
    """Bring a backup back into an empty data directory; every original is checked on the way.

    Raises BackupRefused where there is already a database, or no backup, and OriginalDamaged where the
    backup itself is damaged.
    """
    if at.database.exists():
        raise BackupRefused(f"{at.database} 已存在: 只能恢复到没有数据库的目录, 请换 --data")
    stored = source / DATABASE_NAME
    if not stored.exists():
        raise BackupRefused(f"{source} 不是备份: 没有 {DATABASE_NAME}")
    with closing(sqlite3.connect(f"{stored.as_uri()}?mode=ro", uri=True)) as copy:
        verdict = copy.execute("pragma integrity_check(1)").fetchone()[0]
    if verdict != "ok":
        raise BackupRefused(f"{stored} 已损坏: {verdict}")
    at.data.mkdir(parents=True, exist_ok=True)
    done = _copy_originals(stored, Originals(source / ORIGINALS_NAME), Originals(at.originals), progress)
    unfinished = at.database.with_name(f".{DATABASE_NAME}.{os.getpid()}")
    shutil.copyfile(stored, unfinished)
    _put_in_place(unfinished, at.database)
    return done


def _copy_originals(database: Path, source: Originals, target: Originals, progress: Progress) -> Copied:
    """Copy what the database names and the target lacks; reading checks each hash."""
    with closing(sqlite3.connect(database)) as db:
        names = [row[0] for row in db.execute("select sha256 from originals order by sha256")]
    copied = 0
    for number, sha256 in enumerate(names, 1):
        if not target.path(sha256).exists():
            target.write(source.read(sha256))
            copied += 1
        progress(number, len(names))
    return Copied(len(names), copied)


def _put_in_place(unfinished: Path, place: Path) -> None:
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(place)
