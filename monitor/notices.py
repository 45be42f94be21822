"""Notices: who must learn what of which occurrence of an alert, over which channel, once.

The database refuses the same (alert, occurrence, kind, recipient, channel) twice. A kind may carry
what makes it another one: `reminder-2`, `order_near-2025-02-20`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from archive.store import Archive, stamp, to_json
from config import clock
from config.alerts import OPERATOR, AlertConfig
from monitor.routing import Address


class NoticeKind(StrEnum):
    """Why somebody is told of an alert."""

    OPENED = "opened"
    ESCALATED = "escalated"
    REMINDER = "reminder"
    ORDER_NEAR = "order_near"
    ORDER_OVERDUE = "order_overdue"
    RESOLVED = "resolved"


ON_WORKDAYS = frozenset(
    {NoticeKind.ESCALATED, NoticeKind.REMINDER, NoticeKind.ORDER_NEAR, NoticeKind.ORDER_OVERDUE}
)
"""Kinds that are told on working days only, and taken back once somebody takes care of the alert."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be told: `particular` is the number of a reminder, or the day of an order."""

    alert_id: int
    occurrence: int
    kind: NoticeKind
    particular: str = ""

    @property
    def key(self) -> str:
        """The kind as the table holds it."""
        return f"{self.kind}-{self.particular}" if self.particular else str(self.kind)


def read_kind(key: str) -> tuple[NoticeKind, str]:
    """Split a kind of the table into the kind and what is particular about it."""
    kind, _, particular = key.partition("-")
    return NoticeKind(kind), particular


def add_notice(archive: Archive, notice: Notice, addresses: Iterable[Address], config: AlertConfig) -> None:
    """Write that these addresses must learn of it; under review all but the operator's wait."""
    for address in addresses:
        held = config.review and address.recipient != OPERATOR
        row = {
            "alert_id": notice.alert_id,
            "occurrence": notice.occurrence,
            "kind": notice.key,
            "recipient": address.recipient,
            "channel": address.channel,
            "immediate": int(address.immediate),
            "state": "held" if held else "queued",
            "reason": "review" if held else None,
            "created_at": stamp(clock.now()),
        }
        archive.db.table("notices").insert(row, ignore=True)


def withdraw_reminders(archive: Archive, alert_id: int, reason: str) -> None:
    """Take back reminders that wait: somebody takes care of the alert now."""
    archive.db.execute(
        "update notices set state = 'cancelled', reason = :reason where alert_id = :alert"
        " and state in ('queued', 'held') and substr(kind, 1, instr(kind || '-', '-') - 1)"
        " in (select value from json_each(:kinds))",
        {"alert": alert_id, "reason": reason, "kinds": to_json(sorted(ON_WORKDAYS))},
    )
