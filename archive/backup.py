"""Back up and restore a data directory, while it is in use.

A backup is a folder with the same layout: `nianbao.db`, one consistent instant of the database, its
journal until then, `originals/` and `warc/`. The database is copied first and put in place last:
whatever kills the program, the database that stands in the backup finds everything there that it
names. A second backup into the same folder copies only what is new.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.errors import BackupRefused, OriginalDamaged
from archive.journal import NAME as JOURNAL_NAME
from archive.originals import Originals
from archive.rebuilding import copy_start
from archive.store import Archive
from config.language import say
from config.places import Places

DATABASE_NAME = "nianbao.db"
ORIGINALS_NAME = "originals"
WARC_NAME = "warc"
IN_USE = ("nianbao.db-wal", "locks", "public")
"""What a data directory has, and a backup never."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """What a backup or restore did: originals in all, how many were copied now, which are damaged."""

    originals: int
    copied: int
    damaged: tuple[str, ...] = ()


def back_up(archive: Archive, at: Places, target: Path, progress: Progress) -> Copied:
    """Write a consistent copy of the archive to `target`; raises BackupRefused for a foreign folder.

    An original that is damaged or lost here does not keep the others from being copied.
    """
    _check_target(at, target)
    target.mkdir(parents=True, exist_ok=True)
    _clear(target)
    snapshot = target / f".{DATABASE_NAME}.{os.getpid()}"
    with closing(sqlite3.connect(snapshot)) as copy:
        archive.db.conn.backup(copy)
        copy.execute("pragma journal_mode = delete")
        (told,) = copy.execute("select coalesce(max(size_bytes), 0) from journal").fetchone()
    done = _copy_originals(snapshot, archive.originals, Originals(target / ORIGINALS_NAME), progress)
    _copy_recordings(at.warc, target / WARC_NAME)
    journal = target / f".{JOURNAL_NAME}.{os.getpid()}"
    copy_start(at.journal, journal, told)
    if told:
        _put_in_place(journal, target / JOURNAL_NAME)
    _put_in_place(snapshot, target / DATABASE_NAME)
    return done


def restore(source: Path, at: Places, progress: Progress) -> Copied:
    """Bring a backup back into an empty data directory; every original is checked on the way.

    Raises BackupRefused where there is already a database, a journal that tells more than the backup,
    or no backup, and OriginalDamaged where the backup itself is damaged.
    """
    if at.database.exists():
        raise BackupRefused(
            say(
                f"{at.database} 已存在: 只能恢复到没有数据库的目录, 请换 --data",
                f"{at.database} exists: restore into a directory without a database, choose another --data",
            )
        )
    stored = source / DATABASE_NAME
    _check_backup(source, stored)
    _check_journal(source / JOURNAL_NAME, at)
    at.data.mkdir(parents=True, exist_ok=True)
    done = _copy_originals(stored, Originals(source / ORIGINALS_NAME), Originals(at.originals), progress)
    if done.damaged:
        raise OriginalDamaged(_damaged(done.damaged, source))
    _copy_recordings(source / WARC_NAME, at.warc)
    if (source / JOURNAL_NAME).exists():
        unfinished = at.data / f".{JOURNAL_NAME}.{os.getpid()}"
        shutil.copyfile(source / JOURNAL_NAME, unfinished)
        _put_in_place(unfinished, at.journal)
    unfinished = at.database.with_name(f".{DATABASE_NAME}.{os.getpid()}")
    shutil.copyfile(stored, unfinished)
    _put_in_place(unfinished, at.database)
    return done


def _check_target(at: Places, target: Path) -> None:
    """Refuse what is no backup: another folder, this data directory or another one in use."""
    place = target.resolve()
    in_use = place.is_relative_to(at.data) or any((place / name).exists() for name in IN_USE)
    foreign = place.exists() and any(place.iterdir()) and not (place / DATABASE_NAME).exists()
    if in_use or (foreign and not any(place.glob(f".{DATABASE_NAME}.*"))):
        raise BackupRefused(
            say(
                f"{target} {'是数据目录' if in_use else '不是空目录, 也不是以前的备份'}: 请换一个目录",
                f"{target} is {'a data directory' if in_use else 'neither empty nor an earlier backup'}:"
                " choose another folder",
            )
        )


def _check_backup(source: Path, stored: Path) -> None:
    if not stored.exists():
        raise BackupRefused(
            say(f"{source} 不是备份: 没有 {DATABASE_NAME}", f"{source} is no backup: no {DATABASE_NAME}")
        )
    try:
        with closing(sqlite3.connect(f"{stored.as_uri()}?mode=ro", uri=True)) as copy:
            verdict = copy.execute("pragma integrity_check(1)").fetchone()[0]
            copy.execute("select 1 from originals limit 1")
    except sqlite3.DatabaseError as error:
        verdict = str(error)
    if verdict != "ok":
        raise BackupRefused(say(f"{stored} 已损坏: {verdict}", f"{stored} is damaged: {verdict}"))


def _check_journal(stored: Path, at: Places) -> None:
    """Refuse to lose what a journal tells that outlived its database."""
    if not at.journal.exists() or at.journal.stat().st_size == 0:
        return
    size_bytes = at.journal.stat().st_size
    if stored.exists() and stored.stat().st_size >= size_bytes and _starts_alike(stored, at.journal):
        return
    raise BackupRefused(
        say(
            f"{at.journal} 记有备份之后的决定: 请运行 nianbao rebuild 重建; 只要备份时的状态则先移走该日志",
            f"{at.journal} tells decisions that the backup does not have: run nianbao rebuild; to go back to"
            " the backup move the journal away first",
        )
    )


def _starts_alike(long: Path, short: Path) -> bool:
    with long.open("rb") as one, short.open("rb") as other:
        while chunk := other.read(1 << 20):
            if one.read(len(chunk)) != chunk:
                return False
    return True


def _clear(target: Path) -> None:
    """Remove what a killed backup left."""
    for name in (DATABASE_NAME, JOURNAL_NAME):
        for unfinished in target.glob(f".{name}.*"):
            unfinished.unlink()


def _copy_originals(database: Path, source: Originals, target: Originals, progress: Progress) -> Copied:
    """Copy what the database names and the target lacks; reading checks each hash."""
    with closing(sqlite3.connect(database)) as db:
        names = [row[0] for row in db.execute("select sha256 from originals order by sha256")]
    copied = 0
    damaged = []
    for number, sha256 in enumerate(names, 1):
        if not target.path(sha256).exists():
            try:
                target.write(source.read(sha256))
                copied += 1
            except OriginalDamaged:
                damaged.append(sha256)
        progress(number, len(names))
    return Copied(len(names), copied, tuple(damaged))


def _copy_recordings(source: Path, target: Path) -> None:
    """Copy the recordings that are new or have grown."""
    for path in sorted(source.rglob("*.warc.gz")):
        place = target / path.relative_to(source)
        if place.exists() and place.stat().st_size >= path.stat().st_size:
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_name(f".{place.name}")
        shutil.copyfile(path, unfinished)
        _put_in_place(unfinished, place)


def _damaged(hashes: tuple[str, ...], folder: Path) -> str:
    first = hashes[0]
    return say(
        f"{folder} 中有 {len(hashes)} 份原件缺失或与其哈希不符 (如 {first}): 请换一份备份",
        f"{len(hashes)} originals in {folder} are missing or do not match their hash, such as {first}:"
        " take another backup",
    )


def _put_in_place(unfinished: Path, place: Path) -> None:
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(place)
