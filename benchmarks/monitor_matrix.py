"""The nation's matrix of the monitor's benchmark, against a plain grouped count over the same rows."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from archive.store import Archive, stamp  # noqa: E402
from config.places import Places  # noqa: E402
from monitor.matrix_counts import matrix_counts  # noqa: E402

NATION_YEARS = range(2019, 2025)


def time_matrix(folder: Path, nation: int) -> None:
    """Print how the matrix of a nation compares with a plain grouped count over the same rows."""
    at = Places(folder / "nation", folder / "config")
    at.config.mkdir(exist_ok=True)
    chance = random.Random(1)
    kinds = ("department", "township", "subdistrict", "county_government", "government_office")
    standings = ("published", "late", "not_published", "cannot_tell")
    with Archive.open(at) as archive:
        archive.db.execute("PRAGMA synchronous = OFF")
        archive.db.table("bodies").insert_all(
            {"id": f"b{number}", "name": f"机关{number}", "kind": chance.choice(kinds),
             "division": f"{411300 + number % 3000}", "supervisor": f"s{number % 3000}", "confirmed": 1,
             "aliases": "[]", "portals": "[]", "since": None, "until": None}
            for number in range(nation)
        )  # fmt: skip
        archive.db.table("standings").insert_all(
            {"body": f"b{number}", "year": year, "standing": chance.choice(standings), "sentence": "句" * 60,
             "evidence": "{}" * 60, "due_on": f"{year + 1}-01-31", "decided_at": stamp(datetime.now(UTC))}
            for year in NATION_YEARS for number in range(nation)
        )  # fmt: skip
        archive.db.execute("analyze")
        plain = (
            "select b.supervisor, b.kind, substr(b.division, 1, 6) as area, s.year, s.standing, count(*) as n"
            " from standings s join bodies b on b.id = s.body group by 1, 2, 3, 4, 5"
        )
        by = ("supervisor", "kind", "area", "year")
        plain_s = min(timed(lambda: archive.rows(plain)) for _ in range(3))
        ours_s = min(timed(lambda: matrix_counts(archive, at.config, None, by)) for _ in range(3))
    print(f"matrix of {nation} bodies x {len(NATION_YEARS)} years: {ours_s:.2f} s of CPU; plain grouped "
          f"count {plain_s:.2f} s ({ours_s / plain_s:.1f} x; at most 3 x)")  # fmt: skip


def timed(action: Callable[[], object]) -> float:
    """Return how much CPU an action takes, in seconds: other programs do not count."""
    started = time.process_time()
    action()
    return time.process_time() - started
