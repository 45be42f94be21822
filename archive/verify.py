"""Check that what is kept is what was stored: every hash, every reference, the database itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.errors import OriginalDamaged
from archive.store import Archive

REFERENCES = ("captures", "documents", "texts", "reports", "outcomes")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is not as it was stored.

    `kind` is damaged, missing, unrecorded, database or reference; `subject` a hash, file or table.
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
        yield Trouble(
            "reference", row["table"], f"{row['table']} {row['rowid']} 指向不存在的 {row['parent']}"
        )
    for table in REFERENCES:
        sql = f"select distinct sha256 from {table} where sha256 not in (select sha256 from originals)"  # noqa: S608
        for row in archive.rows(f"{sql} and sha256 is not null"):
            yield Trouble("unrecorded", row["sha256"], f"{table} 中的原件没有登记")


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
