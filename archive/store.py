"""The working archive: the one place where the stages meet.

Every method is one transaction, and bytes are on the disk before a row names them: a kill -9 between
any two statements leaves either the whole step or nothing of it, and the next run does it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Self

from sqlite_utils import Database
from sqlite_utils.db import dedupe_keys, jsonify_if_needed  # type: ignore[attr-defined]

from archive.journaling import Journaling
from archive.opening import open_database
from archive.originals import Originals
from archive.records import Capture, Listing, Sighting
from config import clock
from config.places import Places

Row = dict[str, Any]

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SIGHTED = tuple(Sighting.__slots__)
_SEE_DOCUMENT = (
    f"insert into documents ({', '.join(_SIGHTED)}, sha256, first_capture, last_capture,"  # noqa: S608
    f" first_seen_at, last_seen_at) select {', '.join(f':{name}' for name in _SIGHTED)}, sha256, id, id,"
    " requested_at, requested_at from captures where id = :capture and sha256 is not null"
    " on conflict (url, sha256) do update set last_capture = excluded.last_capture,"
    " last_seen_at = excluded.last_seen_at returning id, first_capture"
)
_ADD_ORIGINAL = "insert or ignore into originals (sha256, size_bytes, stored_at) values (?, ?, ?)"
_ADD_LISTING = (
    "insert or ignore into listings (capture_id, position, url, title, shown_on) values (?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Archive:
    """An open archive. `db` is for reading; writing goes through the methods of this package."""

    db: Database
    originals: Originals
    journaling: Journaling

    @classmethod
    def open(cls, places: Places) -> Self:
        """Open the archive of a data directory, creating or migrating it as needed.

        A database that is migrated is copied into `backups/` first. Raises ArchiveTooNew where it was
        written by a newer program, NotAnArchive where it is none or damaged, DatabaseLost where there
        is only its journal.
        """
        db = open_database(places)
        archive = cls(db, Originals(places.originals), Journaling(db.conn, places.journal))
        try:
            archive.journaling.watch()
            if archive.journaling.is_behind():
                with archive.atomic():
                    pass
        except BaseException:
            db.close()
            raise
        return archive

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    def __enter__(self) -> Self:
        """Return itself; leaving the block closes it."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the database, whatever happened."""
        self.close()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Make several reads and writes one transaction.

        The write lock is taken at its start, where SQLite waits for other writers; a transaction that
        reads first and writes later would fail at once when another process wrote in between. One
        inside another joins it: where it fails, the whole must fail.
        """
        if self.db.conn.in_transaction:
            yield
            return
        self.db.conn.execute("BEGIN IMMEDIATE")
        try:
            self.journaling.begin()
            yield
            self.journaling.tell()
            self.db.commit()
        except BaseException:
            self.journaling.take_back()
            self.db.rollback()
            raise

    # Reading

    def rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """Run a query with named parameters and return its rows as dictionaries."""
        cursor = self.db.conn.execute(sql, dict(parameters or {}))
        names = list(dedupe_keys(column[0] for column in cursor.description))
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    def row(self, sql: str, parameters: Mapping[str, object] | None = None) -> Row | None:
        """Return the first row of a query, or None."""
        return next(iter(self.rows(sql, parameters)), None)

    # Runs

    def start_run(self, command: str, *, portal: str | None = None, year: int | None = None) -> int:
        """Record that a command began; returns the run's id."""
        row = {"command": command, "portal": portal, "year": year, "started_at": stamp(clock.now())}
        return self.add("runs", row)

    def finish_run(self, run_id: int, outcome: str, detail: Mapping[str, object] | None = None) -> None:
        """Record how a command ended; a run without an end was killed."""
        end = {"finished_at": stamp(clock.now()), "outcome": outcome, "detail": to_json(detail or {})}
        with self.atomic():
            self.db.table("runs").update(run_id, end)

    # Captures and documents

    def add_capture(
        self, capture: Capture, run_id: int | None = None, written_sha256: str | None = None
    ) -> int:
        """Store a request's end, and its bytes first if they are not written yet; returns its id."""
        sha256 = written_sha256
        if sha256 is None and capture.content is not None:
            sha256 = self.originals.write(capture.content)
        with self.atomic():
            if sha256 is not None:
                size_bytes, stored_at = len(capture.content or b""), stamp(clock.now())
                self.db.conn.execute(_ADD_ORIGINAL, (sha256, size_bytes, stored_at))
            return self._insert("captures", _capture_row(capture, sha256, run_id))

    def add_listings(self, capture_id: int, listings: Iterable[Listing]) -> None:
        """Store the links that a list page showed, in order."""
        rows = [
            (capture_id, position, item.url, item.title, item.shown_on)
            for position, item in enumerate(listings)
        ]
        if rows:
            with self.atomic():
                self.db.conn.executemany(_ADD_LISTING, rows)

    def add_document(self, sighting: Sighting, capture_id: int) -> int:
        """Store that a document was seen; the same bytes at the same address only move "last seen"."""
        return self.see_document(sighting, capture_id)[0]

    def see_document(self, sighting: Sighting, capture_id: int) -> tuple[int, bool]:
        """Do as `add_document`; returns the document's id and whether it is new with this capture."""
        row = {name: getattr(sighting, name) for name in _SIGHTED}
        with self.atomic():
            seen = self.db.conn.execute(
                _SEE_DOCUMENT, {**row, "role": str(sighting.role), "capture": capture_id}
            ).fetchall()
        if not seen:
            raise ValueError(f"capture {capture_id} has no content")
        return int(seen[0][0]), seen[0][1] == capture_id

    def see_again(self, document_id: int, capture_id: int) -> None:
        """Move "last seen" of a document whose server answered that it is unchanged."""
        seen = {"id": document_id, "capture": capture_id}
        with self.atomic():
            self.db.execute(
                "update documents set last_capture = :capture, last_seen_at ="
                " (select requested_at from captures where id = :capture) where id = :id",
                seen,
            )

    # Events

    def add_event(self, kind: str, subject: str, detail: object = None, who: str = "nianbao") -> int:
        """Append to the journal of everything that people or the program decided."""
        return self.add(
            "events",
            {"happened_at": stamp(clock.now()), "kind": kind, "subject": subject, "who": who,
             "detail": to_json(detail)},
        )  # fmt: skip

    def add(self, table: str, row: Row) -> int:
        """Insert one row and return its rowid."""
        with self.atomic():
            return self._insert(table, row)

    def _insert(self, table: str, row: Row) -> int:
        sql = _insertion(table, tuple(row))
        return int(self.db.conn.execute(sql, [jsonify_if_needed(v) for v in row.values()]).lastrowid or 0)


def stamp(instant: datetime) -> str:
    """Write an instant the way all tables hold it: ISO 8601, UTC, whole milliseconds."""
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_stamp(text: str) -> datetime:
    """Read an instant that `stamp` wrote; aware, UTC."""
    return datetime.fromisoformat(text)


def to_json(value: object) -> str:
    """Write JSON the way all tables hold it: readable Chinese, no needless blanks."""
    return _encoder.encode(value)


@lru_cache(maxsize=64)
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join("?" for _ in columns)
    return f'insert into "{table}" ({names}) values ({places})'  # noqa: S608  (names of ours)


def _capture_row(capture: Capture, sha256: str | None, run_id: int | None) -> Row:
    row = {name: getattr(capture, name) for name in Capture.__slots__ if name != "content"}
    size_bytes = len(capture.content) if capture.content is not None else None
    written = {
        "run_id": run_id,
        "role": str(capture.role),
        "verdict": str(capture.verdict),
        "requested_at": stamp(capture.requested_at),
        "sha256": sha256,
        "size_bytes": size_bytes,
    }
    return {**row, **written}
