"""Compare two databases row by row: what is there with what was made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from archive.journaling import JOURNALED
from archive.schema import LINE_TABLES

LONGEST_SHOWN = 60
MADE = frozenset({"made_at"})
BY_TABLE: Mapping[str, tuple[tuple[str, ...], frozenset[str]]] = {
    **{table: (key, frozenset[str]()) for table, key in JOURNALED.items()},
    "listings": (("capture_id", "position"), frozenset({"id"})),
    "targets": (("portal", "url"), frozenset()),
    "portal_columns": (("portal", "url"), frozenset()),
    "host_days": (("host", "day"), frozenset()),
    "matches": (("document_id", "version"), MADE),
    **dict.fromkeys(("texts", "outcomes", "reports"), (("sha256", "version"), MADE)),
    **{table: (("sha256", "version", "line"), frozenset[str]()) for table, _ in LINE_TABLES.values()},
}
"""Table -> its key, and the columns that say only when or as which number a row was made."""
REPLAYED = {
    "targets": frozenset({"added_at", "fetched_at", "not_before"}),
    "portal_columns": frozenset({"seen_at", "located_at"}),
}
"""Columns of the crawler's memory that a replay gives the time of its run, not of the request."""
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A row or file that is not the same: `column` is empty where it is on one side only."""

    table: str
    key: str
    column: str = ""
    here: str = ""
    anew: str = ""


@dataclass(slots=True)
class Compared:
    """What was compared: tables, rows (of what is there), and the differences."""

    tables: int
    rows: int
    differences: list[Difference]

    def add(self, other: Compared) -> None:
        """Take over another comparison."""
        self.tables += other.tables
        self.rows += other.rows
        self.differences += other.differences


def compare_archives(here: Path, anew: Path, version: int, *, replayed: bool) -> Compared:
    """Compare the tables of two working databases; derived rows of other versions are left out.

    `replayed`: the crawler's memory was made again from recordings, without the times of its steps.
    """
    done = Compared(0, 0, [])
    for table, (key, made) in BY_TABLE.items():
        ignored = made | (REPLAYED.get(table, frozenset()) if replayed else frozenset())
        if replayed and table == "host_days":
            continue
        where = f"version = {version}" if "version" in key else "1"
        done.add(_compare(here, anew, _Query(table, key, ignored, where)))
    return done


def compare_copies(here: Path, anew: Path) -> Compared:
    """Compare two public copies: every table, the index too, and what they say of themselves."""
    done = Compared(0, 0, [])
    names = [set(_tables(path)) for path in (here, anew)]
    for table in sorted(names[0] ^ names[1]):
        done.differences.append(Difference(table, "*", *_sides(table in names[0])))
    for table in sorted(names[0] & names[1]):
        where = "key not in ('state', 'simulated_now')" if table == "about" else "1"
        key = tuple(_key(here, table))
        done.add(_compare(here, anew, _Query(table, key, frozenset(), where)))
    return done


def compare_files(here: Path, anew: Path) -> list[Difference]:
    """Compare two folders byte for byte."""
    names = {path.name for folder in (here, anew) for path in folder.iterdir()}
    differences = []
    for name in sorted(names):
        one, other = here / name, anew / name
        if one.exists() != other.exists():
            differences.append(Difference(here.name, name, *_sides(one.exists())))
        elif one.read_bytes() != other.read_bytes():
            differences.append(Difference(here.name, name, "bytes", *map(_size, (one, other))))
    return differences


@dataclass(frozen=True, slots=True)
class _Query:
    table: str
    key: tuple[str, ...]
    ignored: frozenset[str]
    where: str

    def columns(self, db: sqlite3.Connection) -> list[str]:
        names = [name for _cid, name, *_rest in db.execute(f'pragma table_info("{self.table}")')]
        return [*self.key, *(name for name in names if name not in self.ignored and name not in self.key)]

    def rows(self, db: sqlite3.Connection, columns: Sequence[str]) -> Iterator[Row]:
        names = ", ".join(f'"{name}"' if name != "rowid" else name for name in columns)
        order = ", ".join(f'"{name}"' if name != "rowid" else name for name in self.key)
        return db.execute(
            f'select {names} from "{self.table}" where {self.where} order by {order}'  # noqa: S608
        )


def _compare(here: Path, anew: Path, query: _Query) -> Compared:
    with closing(_open(here)) as one, closing(_open(anew)) as other:
        columns = query.columns(one)
        done = Compared(1, 0, [])
        width = len(query.key)
        for left, right in _pairs(query.rows(one, columns), query.rows(other, columns), width):
            done.rows += left is not None
            if left != right:
                done.differences += _of_rows(query.table, columns, (left, right), width)
        return done


def _pairs(here: Iterator[Row], anew: Iterator[Row], width: int) -> Iterator[tuple[Row | None, Row | None]]:
    """Put the rows with one key together; both sides come in the order of their keys."""
    left, right = next(here, None), next(anew, None)
    while left is not None or right is not None:
        mine = left is not None and (right is None or _order(left, width) <= _order(right, width))
        its = right is not None and (left is None or _order(right, width) <= _order(left, width))
        yield (left if mine else None), (right if its else None)
        left = next(here, None) if mine else left
        right = next(anew, None) if its else right


def _order(row: Row, width: int) -> list[tuple[int, Any]]:
    """Return what sorts keys the way SQLite does: nothing, numbers, then text by its bytes."""
    return [_rank(value) for value in row[:width]]


def _rank(value: object) -> tuple[int, Any]:
    if value is None:
        return 0, 0
    return (2, value.encode()) if isinstance(value, str) else (1, value)


def _of_rows(
    table: str, columns: Sequence[str], pair: tuple[Row | None, Row | None], width: int
) -> Iterable[Difference]:
    left, right = pair
    key = "|".join(str(value) for value in (left or right or ())[:width])
    if left is None or right is None:
        return [Difference(table, key, *_sides(left is not None))]
    return [
        Difference(table, key, name, _shown(one), _shown(other))
        for name, one, other in zip(columns, left, right, strict=True)
        if one != other
    ]


def _sides(is_here: bool) -> tuple[str, str, str]:
    return ("", "+", "-") if is_here else ("", "-", "+")


def _shown(value: object) -> str:
    text = "null" if value is None else " ".join(str(value).split())
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _size(path: Path) -> str:
    return f"{path.stat().st_size} bytes"


def _tables(path: Path) -> list[str]:
    with closing(_open(path)) as db:
        rows = db.execute("select name from pragma_table_list where schema = 'main' and type <> 'view'"
                          " and type <> 'virtual' and name not like 'sqlite\\_%' escape '\\'")  # fmt: skip
        return [name for (name,) in rows]


def _key(path: Path, table: str) -> Iterable[str]:
    with closing(_open(path)) as db:
        rows = db.execute(f'select name from pragma_table_info("{table}") where pk > 0 order by pk')  # noqa: S608
        names = list(chain.from_iterable(rows))
        return names or ["rowid"]


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
