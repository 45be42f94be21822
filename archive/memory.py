"""What was worked out before, by everything that it depends on: a memo is found again or made anew.

A memo is no record. It can be thrown away at any time, is never published, and belongs to one version
of the program: those of other versions are dropped. The key must name all that the value depends on.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from archive.store import Archive, Row, stamp, to_json
from config import clock

BATCH = 500


@dataclass(slots=True)
class Memory:
    """The memos of one version of the program; new ones are written in batches, and by `flush`."""

    archive: Archive
    version: str
    _new: dict[str, str] = field(default_factory=dict)

    def recall(self, key: str) -> Any | None:  # noqa: ANN401 - JSON
        """Return the value of a memo as `json.loads` reads it, or None where there is none."""
        if key in self._new:
            return json.loads(self._new[key])
        row = self.archive.row(
            "select value from memos where key = :key and version = :version",
            {"key": key, "version": self.version},
        )
        return json.loads(row["value"]) if row else None

    def keep(self, key: str, value: object) -> None:
        """Remember a value, which must be JSON."""
        self._new[key] = to_json(value)
        if len(self._new) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is new in one transaction, and drop the memos of other versions."""
        made_at = stamp(clock.now())
        rows: list[Row] = [
            {"key": key, "version": self.version, "value": value, "made_at": made_at}
            for key, value in self._new.items()
        ]
        if rows:
            with self.archive.atomic():
                self.archive.db.execute(
                    "delete from memos where version <> :version", {"version": self.version}
                )
                self.archive.db.table("memos").insert_all(rows, replace=True)
        self._new.clear()


def memo_key(*parts: object) -> str:
    """Return the key of a memo: 32 hex digits over its parts, which must be JSON."""
    return hashlib.sha256(to_json(parts).encode()).hexdigest()[:32]
