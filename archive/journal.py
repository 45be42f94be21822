"""The journal: an append-only file beside the database, from which the database could be made again.

Theory. What can be made anew from the stored bytes is made anew (`nianbao rebuild`). The rest, that is
what people decided, what was concluded and told to whom, and the numbers under which things are known,
stands in the journal as JSON Lines: one line for each transaction, with the rows as they were after
it, flushed to the disk before the database commits. Each line names the hash of the line before it, so
that a changed or lost line is seen.

A line: `number` of the transaction, `at`, `after` (hash of the line before), `whole` (the lines tell
all that the transaction changed), `baseline` (forget what was told before), `rows` by table, `gone`
(keys of deleted rows by table); `more` as the last key where the transaction goes on in the next line.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.errors import JournalDamaged
from archive.writing import write_whole
from config.language import say

NAME = "journal.jsonl"
ROWS_A_LINE = 500
_MORE = b'"more":true}\n'
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Position:
    """How far the journal is told: transactions, bytes, and the hash of the last line."""

    number: int = 0
    size_bytes: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One transaction: rows after it and keys of deleted ones, by table; `end` is where its lines end."""

    end: Position
    at: str
    is_whole: bool
    is_baseline: bool
    rows: tuple[tuple[str, Row], ...]
    gone: tuple[tuple[str, tuple[Any, ...]], ...]


@dataclass(slots=True)
class Draft:
    """What a transaction will tell, in the order of the tables."""

    at: str
    is_whole: bool = True
    is_baseline: bool = False
    rows: Iterable[tuple[str, Row]] = ()
    gone: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)


def append(path: Path, after: Position, draft: Draft) -> Position:
    """Write a transaction behind `after`; returns where it ends.

    It is flushed to the disk before the database commits: a journal that is behind its database after a
    power cut would have to be written anew.
    """
    number, size_bytes, digest = after.number + 1, after.size_bytes, after.digest
    with path.open("ab", buffering=0) as file:
        for content, more in _contents(draft):
            head = {"number": number, "at": draft.at, "after": digest, "whole": draft.is_whole}
            if draft.is_baseline:
                head["baseline"] = True
            told = {**head, **content, **({"more": True} if more else {})}
            line = _to_json(told).encode() + b"\n"
            write_whole(file.fileno(), line)
            digest, size_bytes = line_digest(line), size_bytes + len(line)
        os.fdatasync(file.fileno())
    return Position(number, size_bytes, digest)


def read(path: Path, after: Position = Position()) -> Iterator[Entry]:
    """Yield the whole transactions behind `after`; a broken end is left out.

    Raises JournalDamaged where a line is no JSON, or does not follow the line before it.
    """
    lines: list[Mapping[str, Any]] = []
    size_bytes, digest = after.size_bytes, after.digest
    with path.open("rb") as file:
        file.seek(size_bytes)
        for line in file:
            if not line.endswith(b"\n"):
                return
            told = _parsed(path, line, digest, size_bytes)
            digest, size_bytes = line_digest(line), size_bytes + len(line)
            lines.append(told)
            if not line.endswith(_MORE):
                yield _entry(lines, Position(told["number"], size_bytes, digest))
                lines = []


def line_digest(line: bytes) -> str:
    """Return the hash by which the next line names this one: 32 hex digits."""
    return hashlib.sha256(line).hexdigest()[:32]


def _contents(draft: Draft) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield what stands in each line, and whether another follows."""
    part: dict[str, list[Row]] = {}
    count = 0
    for table, row in draft.rows:
        if count == ROWS_A_LINE:
            yield {"rows": part}, True
            part, count = {}, 0
        part.setdefault(table, []).append(row)
        count += 1
    gone: dict[str, list[tuple[Any, ...]]] = {}
    for table, key in draft.gone:
        gone.setdefault(table, []).append(key)
    yield {"rows": part, **({"gone": gone} if gone else {})}, False


def _parsed(path: Path, line: bytes, digest: str, at_byte: int) -> Mapping[str, Any]:
    try:
        told = json.loads(line)
        if told["after"] == digest:
            return dict(told)
    except (ValueError, KeyError, TypeError):
        pass
    raise JournalDamaged(
        say(
            f"{path}: 第 {at_byte} 字节起的一行已损坏或被改动; 请用备份中的 {NAME} 换回",
            f"{path}: the line at byte {at_byte} is damaged or was changed; bring back {NAME} of a backup",
        )
    )


def _entry(lines: list[Mapping[str, Any]], end: Position) -> Entry:
    first = lines[0]
    rows = tuple(
        (table, row) for line in lines for table, found in line.get("rows", {}).items() for row in found
    )
    gone = tuple(
        (table, tuple(key)) for line in lines for table, keys in line.get("gone", {}).items() for key in keys
    )
    return Entry(end, first["at"], bool(first["whole"]), bool(first.get("baseline")), rows, gone)
