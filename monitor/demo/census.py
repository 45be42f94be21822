"""How much the archive holds, to show that a second run adds nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from archive.store import Archive
from config.language import say
from config.places import Places

Census: TypeAlias = Mapping[str, int]
"""Table -> rows."""
DIARIES = frozenset({"runs", "captures", "listings", "host_days", "_sqlite_migrations"})
"""Tables that grow with every look at a portal, whatever it shows: they say that we looked."""
SHOWN = MappingProxyType(
    {
        "documents": ("文件", "documents"),
        "reports": ("报告", "reports"),
        "standings": ("判定", "standings"),
        "findings": ("问题", "findings"),
        "alerts": ("提醒", "alerts"),
        "deliveries": ("投递", "deliveries"),
    }
)


def take_census(at: Places) -> Census:
    """Count the rows of every table but the diaries; nothing where there is no database yet."""
    if not at.database.exists():
        return {}
    with Archive.open(at) as archive:
        names = [row["name"] for row in archive.rows("select name from sqlite_master where type = 'table'")]
        return {name: archive.db.table(name).count for name in names if name not in DIARIES}


def growth_of(before: Census, after: Census) -> Census:
    """Return the tables that have more, or fewer, rows than before, and how many."""
    return {
        name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name, 0)
    }


def told(growth: Census, new_mails: int) -> str:
    """Say in one line what a run added."""
    if not growth and not new_mails:
        return say(
            "本次运行没有新增任何文件、报告、判定、问题或提醒, 也没有发出邮件。",
            "This run added no document, report, standing, finding or alert, and sent no mail.",
        )
    parts = [f"{say(*names)} {growth[table]:+d}" for table, names in SHOWN.items() if table in growth]
    others = sum(count for table, count in growth.items() if table not in SHOWN)
    if others:
        parts.append(say(f"内部记录 {others:+d}", f"internal rows {others:+d}"))
    return say("本次运行: ", "This run: ") + ", ".join(
        [*parts, say(f"邮件 +{new_mails}", f"mails +{new_mails}")]
    )
