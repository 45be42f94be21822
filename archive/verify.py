"""Check that what is kept is what was stored: every hash, every reference, the database itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.errors import JournalDamaged, OriginalDamaged
from archive.journal import Position, read
from archive.store import Archive
from config.language import say

REFERENCES = ("captures", "documents", "texts", "reports", "outcomes")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is not as it was stored.

    `kind` is damaged, missing, unrecorded, database, reference or journal; `subject` a hash, file or table.
    """

    kind: str
    subject: str
    message: str


def check_database(archive: Archive) -> Iterator[Trouble]:
    """Yield what SQLite itself finds wrong, and references to originals that were never recorded."""
    for row in archive.rows("pragma integrity_check"):
        (verdict,) = row.values()
        if verdict != "ok":
            yield Trouble("database", "nianbao.db", str(verdict))
    for row in archive.rows("pragma foreign_key_check"):
        told = f"{row['table']} {row['rowid']} -> {row['parent']}"
        yield Trouble("reference", row["table"], say(f"{told}: 所指不存在", f"{told}: not there"))
    for table in REFERENCES:
        sql = f"select distinct sha256 from {table} where sha256 not in (select sha256 from originals)"  # noqa: S608
        for row in archive.rows(f"{sql} and sha256 is not null"):
            told = say(f"{table} 中的原件没有登记", f"an original of {table} is not recorded")
            yield Trouble("unrecorded", row["sha256"], told)


def check_journal(archive: Archive) -> Iterator[Trouble]:
    """Yield where the journal's lines do not follow each other, or not until where the database is."""
    path = archive.journaling.path
    known = archive.row("select number, size_bytes, digest from journal")
    if known is None:
        return
    end = Position()
    try:
        for entry in read(path):
            end = entry.end
            if end.size_bytes >= known["size_bytes"]:
                break
    except (JournalDamaged, OSError) as error:
        yield Trouble("journal", path.name, str(error))
        return
    if end != Position(**known):
        told = say("日志与数据库不一致", "the journal does not agree with the database")
        yield Trouble("journal", path.name, told)


def recorded_originals(archive: Archive) -> list[str]:
    """Return the hashes of all originals, in order."""
    return [row["sha256"] for row in archive.rows("select sha256 from originals order by sha256")]


def check_original(archive: Archive, sha256: str) -> Trouble | None:
    """Read one original and compare it with its hash; None where it is as it was stored."""
    try:
        archive.originals.read(sha256)
    except OriginalDamaged as error:
        kind = "damaged" if archive.originals.path(sha256).exists() else "missing"
        return Trouble(kind, sha256, str(error))
    return None
