"""How often a host may be asked on a day: counted in the database before it is asked.

Theory. A transaction for every request would cost more than judging its answer, so a crawl takes a few
requests at a time off the day's budget and gives back at its end what it did not need. A kill loses
what was taken and not asked: fewer than `MOST_AT_ONCE` requests, and less than a hundredth of what was
left. It never gains any.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from archive.store import Archive

MOST_AT_ONCE = 8
SHARE_AT_ONCE = 100
"""Of what is left, at most this part is taken at once: near its end a budget is counted one by one."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What one crawl has taken off the budgets of its hosts and not asked yet, by host and day."""

    archive: Archive
    taken: dict[tuple[str, str], int] = field(default_factory=dict)

    def spend(self, host: str, day: date, most: int) -> bool:
        """Count one request before it is made; False where the host had its `most` that day."""
        key = (host, day.isoformat())
        left = self.taken.get(key) or self._take(key, most)
        self.taken[key] = max(left - 1, 0)
        return left > 0

    def give_back(self) -> None:
        """Return what was taken and not asked."""
        with self.archive.atomic():
            for (host, day), left in self.taken.items():
                self.archive.db.conn.execute(
                    "update host_days set requests = requests - ? where host = ? and day = ?",
                    (left, host, day),
                )
        self.taken.clear()

    def _take(self, key: tuple[str, str], most: int) -> int:
        sql = "select requests from host_days where host = ? and day = ?"
        with self.archive.atomic():
            row = self.archive.db.conn.execute(sql, key).fetchone()
            left = most - (row[0] if row else 0)
            if left <= 0:
                return 0
            count = min(MOST_AT_ONCE, max(1, left // SHARE_AT_ONCE))
            self.archive.db.conn.execute(
                "insert into host_days (host, day, requests) values (?, ?, ?)"
                " on conflict (host, day) do update set requests = requests + excluded.requests",
                (*key, count),
            )
        return count
