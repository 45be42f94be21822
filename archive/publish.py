"""The public copy: a new read-only file with what is named public, put in place in one step.

Theory. The working database is read in one transaction and only the columns named in
site/tables.yml are written into a new file; the full-text index is built there. `VACUUM INTO` then
writes the compact copy, which is checked, flushed and renamed over the last one: readers keep the
old file until they open the new, and whatever kills the program leaves the old one in place. The
same archive gives the same bytes; an unchanged one is not copied again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.errors import PublishFailed
from archive.public import TABLES_FILE, PublicTables, public_tables
from archive.search_index import fill_search_index
from archive.store import Archive
from config import clock
from config.divisions import Level, load_divisions
from config.site import SiteSettings

PUBLIC_VERSION = 3
"""Raise it when the same archive must give another copy: every archive is then published anew."""
CACHE_KB = 256 * 1024
"""Memory for building the copy: the full-text index of a nation is merged in it."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did; `changed` is False where the last copy already tells the same."""

    path: Path
    changed: bool
    size_bytes: int
    reports: int
    as_of: str


def publish(archive: Archive, target: Path, settings: SiteSettings) -> Published:
    """Write the public copy of `archive` to `target`; raises PublishFailed where the copy is not sound."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with _only_publisher(target.parent), closing(_connect(target.with_name(".building.db"))) as db:
        db.execute("attach database ? as source", [_read_only(_path_of(archive))])
        db.execute("begin")
        about = _about(db, settings)
        if read_about(target) == about:
            return _published(target, about, changed=False)
        _fill(db, public_tables(), settings, about)
        db.execute("commit")
        _put_in_place(db, target)
    return _published(target, about, changed=True)


def public_schema() -> str:
    """Return what names the form of a public copy; a copy of another form must be made anew."""
    return f"{PUBLIC_VERSION}-{hashlib.sha256(TABLES_FILE.read_bytes()).hexdigest()[:16]}"


def read_about(path: Path) -> dict[str, str]:
    """Return what a public copy says of itself, {} where there is none or it cannot be read."""
    if not path.exists():
        return {}
    with closing(sqlite3.connect(_read_only(path), uri=True)) as db:
        try:
            return dict(db.execute("select key, value from about").fetchall())
        except sqlite3.DatabaseError:
            return {}


@contextmanager
def _only_publisher(folder: Path) -> Iterator[None]:
    """Let one process publish at a time, and clear what a killed one left."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _clear(folder)
        try:
            yield
        finally:
            _clear(folder)


def _clear(folder: Path) -> None:
    for unfinished in folder.glob(".*.db*"):
        unfinished.unlink()


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(f"file:{path}", uri=True, isolation_level=None)
    db.execute("pragma journal_mode = off")  # the file is thrown away if anything fails
    db.execute("pragma synchronous = off")
    db.execute("pragma temp_store = memory")
    db.execute(f"pragma cache_size = -{CACHE_KB}")
    return db


def _read_only(path: Path) -> str:
    return f"{path.as_uri()}?mode=ro"


def _path_of(archive: Archive) -> Path:
    (row,) = [row for row in archive.rows("pragma database_list") if row["name"] == "main"]
    return Path(row["file"])


def _about(db: sqlite3.Connection, settings: SiteSettings) -> dict[str, str]:
    """Return what the copy will say of itself; two copies with the same words hold the same."""
    tables = public_tables()
    state = [db.execute(query).fetchall() for query in tables.state]
    simulated = clock.simulated_now()
    return {
        "as_of": db.execute(tables.as_of).fetchone()[0] or "",
        "public": settings.public,
        "schema": public_schema(),
        "simulated_now": simulated.isoformat() if simulated else "",
        "state": hashlib.sha256(json.dumps([settings.public, state]).encode()).hexdigest(),
    }


def _fill(
    db: sqlite3.Connection, public: PublicTables, settings: SiteSettings, about: dict[str, str]
) -> None:
    for statement in public.latest:
        db.execute(statement)
    db.execute("create temp table division_names (area text primary key, name text)")
    db.executemany("insert into temp.division_names values (?, ?)", _division_names())
    judged = settings.public == "findings"
    for table in public.tables:
        for statement in table.create_sql():
            db.execute(statement)
        if table.public == "reports" or judged:
            parameters = {"judged": judged} if ":judged" in table.select else {}
            db.execute(f'insert into "{table.name}" {table.select}', parameters)
        for statement in table.index_sql():
            db.execute(statement)
    for view in public.views:
        db.execute(f'create view "{view.name}" as {view.select}')
    fill_search_index(db)
    _count_rows(db, public)
    db.execute("create table about (key text primary key, value text not null) strict")
    db.executemany("insert into about values (?, ?)", sorted(about.items()))
    db.execute("analyze main")


def _division_names() -> Iterator[tuple[str, str]]:
    """Yield (code, name) of provinces, cities and counties; groups for counting only have no name."""
    for division in load_divisions().by_code.values():
        if division.level is not Level.TOWNSHIP and not division.is_statistical:
            yield division.code, division.name


def _count_rows(db: sqlite3.Connection, public: PublicTables) -> None:
    """Count once what a site would count at every start."""
    db.execute("create table row_counts (name text primary key, rows integer not null) strict")
    for table in public.tables:
        count = f'select ?, count(*) from "{table.name}"'  # noqa: S608 - the names are ours
        db.execute(f"insert into row_counts {count}", [table.name])


def _put_in_place(db: sqlite3.Connection, target: Path) -> None:
    finished = target.with_name(".finished.db")
    _write_compact(db, finished)
    with closing(sqlite3.connect(_read_only(finished), uri=True)) as copy:
        verdict = copy.execute("pragma integrity_check(1)").fetchone()[0]
    if verdict != "ok":
        raise PublishFailed(f"公开副本自检未通过, 仍保留原有副本: {verdict}")
    for path in (finished, finished.parent):
        _sync(path)
    finished.replace(target)
    _sync(target.parent)


def _write_compact(db: sqlite3.Connection, path: Path) -> None:
    db.execute("vacuum main into ?", [str(path)])


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _published(path: Path, about: dict[str, str], *, changed: bool) -> Published:
    with closing(sqlite3.connect(_read_only(path), uri=True)) as db:
        reports = db.execute("select count(*) from body_years where sha256 is not null").fetchone()[0]
    return Published(path, changed, path.stat().st_size, reports, about["as_of"])
