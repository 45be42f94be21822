"""What the database tells the journal, and what it takes back from it.

Temporary triggers note which rows of the `JOURNALED` tables a transaction touches, whoever writes them
and however; before it commits, these rows go into the journal as they are then. The triggers call a
function of the program: noted in a table, a page of a crawl would cost several statements more. The
table `journal` holds how far the database has told. Behind a kill between the two, the journal is
ahead: a transaction that it tells whole is done again, one that also changed other tables (a
crawler's) is cut off and will be repeated.
"""

# ruff: noqa: S608  (names of tables and columns are ours)

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.errors import JournalAhead, JournalDamaged
from archive.journal import Draft, Entry, Position, Row, append, read
from config import clock
from config.language import say

JOURNALED: Mapping[str, tuple[str, ...]] = {
    "events": ("id",), "bodies": ("id",), "runs": ("id",), "originals": ("sha256",), "captures": ("id",),
    "documents": ("id",), "standings": ("id",), "findings": ("fingerprint",), "alerts": ("id",),
    "alert_findings": ("alert_id", "fingerprint"), "deliveries": ("id",), "notices": ("id",),
}  # fmt: skip
"""Tables whose rows are told -> their key."""
_TOLD_UPDATES = {
    "runs": "new.outcome is not null",  # what a crawl counts while it runs is made again from its WARC
    "documents": "0",  # only "last seen" ever moves, and the captures say when
    "findings": "old.state is not new.state or old.last_seen_at is new.last_seen_at"
    " or new.rule like 'monitor.%'",  # "last seen" of a finding that is still there is made again
}
UNTOLD = ("matches", "listings", "targets", "portal_columns", "host_days")
"""Tables that are made again: a transaction that touches them is not told whole."""


_ORDER = {table: place for place, table in enumerate(JOURNALED)}
_ROW_BY_KEY = {
    table: f"select * from {table} where {' and '.join(f'{name} = ?' for name in key)}"
    for table, key in JOURNALED.items()
}


@dataclass(slots=True)
class Touched:
    """What the transaction under way touches: rows to be told, each once and in order, and others."""

    rows: dict[tuple[str, tuple[Any, ...]], None] = field(default_factory=dict)
    others: bool = False

    def note_row(self, table: str, *key: Any) -> None:  # noqa: ANN401
        """Note a row that is told; called by triggers."""
        self.rows[table, key] = None

    def note_other(self) -> None:
        """Note that something is touched that is not told; called by triggers."""
        self.others = True

    def forget(self) -> None:
        """Begin anew."""
        self.rows.clear()
        self.others = False


@dataclass(slots=True)
class Journaling:
    """The journal of one open database."""

    db: sqlite3.Connection
    path: Path
    touched: Touched = field(default_factory=Touched)
    _before: Position | None = None
    _known: Position | None = None  # where the transaction under way stands

    def watch(self) -> None:
        """Begin to note what is touched on this connection, and catch up with what others left."""
        self.db.create_function("note_row", -1, self.touched.note_row)
        self.db.create_function("note_other", 0, self.touched.note_other)
        for table, key in JOURNALED.items():
            for moment, row, condition in (
                ("insert", "new", ""), ("delete", "old", ""),
                ("update", "new", f" when {_TOLD_UPDATES.get(table, '1')}"),
            ):  # fmt: skip
                columns = ", ".join(f"{row}.{name}" for name in key)
                self.db.execute(
                    f"create temp trigger told_{table}_{moment} after {moment} on main.{table}{condition}"
                    f" begin select note_row('{table}', {columns}); end"
                )
        for table in UNTOLD:
            for moment in ("insert", "update", "delete"):
                self.db.execute(
                    f"create temp trigger untold_{table}_{moment} after {moment} on main.{table}"
                    " begin select note_other(); end"
                )

    def is_behind(self) -> bool:
        """Tell whether database and journal are not at the same point; looks only."""
        known, size_bytes = self._position(), self._size_bytes()
        return known is None or known.size_bytes != size_bytes

    def begin(self) -> None:
        """Bring database and journal to the same point; inside a transaction, before it writes."""
        self._before = None
        self._known = known = self._position()
        size_bytes = self._size_bytes()
        if known is None or size_bytes < known.size_bytes:
            self._tell_everything(known, size_bytes)
        elif size_bytes > known.size_bytes:
            self._catch_up(known, size_bytes)

    def tell(self) -> None:
        """Write what the transaction touched; inside it, as the last thing before it commits."""
        keys, is_whole = list(self.touched.rows), not self.touched.others
        self.touched.forget()
        if not keys:
            return
        draft = Draft(_now(), is_whole)
        found: list[tuple[str, Row]] = []
        for name, key in keys:
            row = self._row(name, key)
            if row is None:
                draft.gone.append((name, key))
            else:
                found.append((name, row))
        draft.rows = _in_order(found)
        self._append(draft)

    def take_back(self) -> None:
        """Cut off what a transaction told that will not be committed; while it still holds its lock."""
        self.touched.forget()
        if self._before is not None:
            os.truncate(self.path, self._before.size_bytes)
            self._before = None

    def _append(self, draft: Draft) -> None:
        self._before = before = self._known or Position()
        self._set_position(append(self.path, before, draft))

    def _tell_everything(self, known: Position | None, size_bytes: int) -> None:
        """Tell all rows: of a database from before there was a journal, or whose journal was lost."""
        rows = ((table, row) for table in JOURNALED for row in self._rows(table))
        first = next(rows, None)
        if first is None and not size_bytes:
            return
        if size_bytes:
            self.path.replace(self._aside())
        self._set_position(Position(known.number if known else 0))
        self._append(Draft(_now(), True, True, _chained(first, rows)))

    def _catch_up(self, known: Position, size_bytes: int) -> None:
        """Do again what the journal tells whole behind the database's point; cut off the rest."""
        self.db.execute("pragma defer_foreign_keys = on")
        end = known
        try:
            for entry in read(self.path, known):
                if entry.end.number > known.number + 1:
                    raise JournalAhead(_ahead(self.path))  # a kill leaves one: this is an old database
                if entry.is_whole:
                    apply(self.db, entry)
                    end = entry.end
        except JournalDamaged:
            shutil.copyfile(self.path, self._aside())
        self.touched.forget()
        if end.size_bytes < size_bytes:
            os.truncate(self.path, end.size_bytes)
        self._set_position(end)

    def _aside(self) -> Path:
        """Return where a journal is kept that is not as it was written."""
        return self.path.with_name(f"{self.path.name}.{datetime.now(UTC):%Y%m%dT%H%M%S%f}")

    def _size_bytes(self) -> int:
        try:
            return os.stat(self.path).st_size  # noqa: PTH116  (for every transaction)
        except FileNotFoundError:
            return 0

    def _position(self) -> Position | None:
        row = self.db.execute("select number, size_bytes, digest from journal").fetchone()
        return Position(*row) if row else None

    def _set_position(self, position: Position) -> None:
        self._known = position
        self.db.execute(
            "insert or replace into journal (id, number, size_bytes, digest) values (1, ?, ?, ?)",
            (position.number, position.size_bytes, position.digest),
        )

    def _row(self, table: str, key: tuple[Any, ...]) -> Row | None:
        cursor = self.db.execute(_ROW_BY_KEY[table], key)
        found = cursor.fetchone()
        return _told(cursor, found) if found else None

    def _rows(self, table: str) -> Iterator[Row]:
        cursor = self.db.execute(f"select * from {table} order by rowid")
        for found in cursor:
            yield _told(cursor, found)


def _ahead(path: Path) -> str:
    return say(
        f"{path} 比数据库新 (数据库可能是旧副本): 请移走数据库后运行 nianbao rebuild;"
        " 只要旧副本的状态则移走该日志",
        f"{path} tells more than the database, which may be an old copy: move the database away and run"
        " nianbao rebuild; to go back to the old copy move the journal away",
    )


def apply(db: sqlite3.Connection, entry: Entry) -> None:
    """Write the rows of an entry; a second time it changes nothing."""
    if entry.is_baseline:
        for table in JOURNALED:
            db.execute(f"delete from {table}")
    for table, key in entry.gone:
        where = " and ".join(f"{name} = ?" for name in JOURNALED[table])
        db.execute(f"delete from {table} where {where}", key)
    for table, row in entry.rows:
        _upsert(db, table, row)


def _upsert(db: sqlite3.Connection, table: str, row: Row) -> None:
    """Write a row; a column that is not told is null."""
    key = JOURNALED[table]
    columns = [name for _cid, name, *_rest in db.execute(f"pragma table_info({table})")]
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join("?" for _ in columns)
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in key)
    action = f"update set {changes}" if changes else "nothing"
    db.execute(
        f"insert into {table} ({names}) values ({places}) on conflict ({', '.join(key)}) do {action}",
        [row.get(name) for name in columns],
    )


def _told(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> Row:
    names = (column[0] for column in cursor.description)
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


def _in_order(found: list[tuple[str, Row]]) -> Iterable[tuple[str, Row]]:
    """Put the decision first, then what it changed."""
    return sorted(found, key=lambda item: _ORDER[item[0]])


def _chained(first: tuple[str, Row] | None, rest: Iterator[tuple[str, Row]]) -> Iterator[tuple[str, Row]]:
    if first is not None:
        yield first
    yield from rest


def _now() -> str:
    return clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
