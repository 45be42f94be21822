"""Orders to correct by a day (整改): reminded of shortly before, told when the day has passed.

An order is an event of an alert (`nianbao alerts order`); the last one counts. Whoever was told of
the alert is reminded, over the channels that it has now.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from archive.store import Archive
from config import clock
from config.alerts import AlertConfig
from config.workdays import WorkCalendar
from monitor.notices import Notice, NoticeKind, add_notice
from monitor.tellings import confirmed_alerts, present_addresses, tellings

ORDERED, REPLIED, OVERDUE = "alert.ordered", "alert.replied", "alert.order_overdue"


@dataclass(frozen=True, slots=True)
class Order:
    """What a supervisor ordered: by which day, in which words; `replied_at` is of the last reply since."""

    alert_id: int
    due_on: date
    text: str
    ordered_at: str
    replied_at: str | None


def standing_orders(archive: Archive) -> dict[int, Order]:
    """Return the last order of each alert that still stands, by alert."""
    rows = archive.rows(
        "select a.id, e.id as event, e.happened_at, e.detail,"
        " (select max(happened_at) from events r where r.subject = e.subject and r.kind = :replied"
        "  and r.id > e.id) as replied_at"
        " from alerts a join events e on e.subject = 'alert:' || a.id and e.kind = :ordered"
        " where a.state in ('open', 'acknowledged') order by e.id",
        {"ordered": ORDERED, "replied": REPLIED},
    )
    orders = {}
    for row in rows:
        detail = json.loads(row["detail"])
        orders[row["id"]] = Order(
            alert_id=row["id"],
            due_on=date.fromisoformat(detail["by"]),
            text=detail.get("text", ""),
            ordered_at=row["happened_at"],
            replied_at=row["replied_at"],
        )
    return orders


def follow_orders(
    archive: Archive, config: AlertConfig, calendar: WorkCalendar, orders: Mapping[int, Order]
) -> int:
    """Write the notices about orders whose day is near or has passed; returns how many alerts that are.

    Passed is told only where the last evaluation still saw the trouble.
    """
    confirmed = {row["id"] for row in confirmed_alerts(archive, ("open", "acknowledged"))}
    kinds = {id_: _kind(order, config, calendar) for id_, order in orders.items() if id_ in confirmed}
    due = sorted(id_ for id_, kind in kinds.items() if kind is not None)
    written = 0
    for told in tellings(archive, due):
        alert_id = told[0].alert_id
        kind, order = kinds[alert_id], orders[alert_id]
        if kind is None or _is_noted(archive, alert_id, kind, order):
            continue
        written += 1
        notice = Notice(alert_id, told[0].occurrence, kind, order.due_on.isoformat())
        for telling in told:
            add_notice(archive, notice, present_addresses(telling, config), config)
        archive.add_event(f"alert.{kind}", f"alert:{alert_id}", {"by": order.due_on.isoformat()})
    return written


def _kind(order: Order, config: AlertConfig, calendar: WorkCalendar) -> NoticeKind | None:
    today = clock.today()
    if today > order.due_on:
        return NoticeKind.ORDER_OVERDUE
    left = calendar.workdays_between(today, order.due_on)
    return NoticeKind.ORDER_NEAR if left <= config.order_workdays else None


def _is_noted(archive: Archive, alert_id: int, kind: NoticeKind, order: Order) -> bool:
    """Tell whether this was told of this order already."""
    row = archive.row(
        "select 1 from events where subject = :subject and kind = :kind and happened_at >= :ordered_at"
        " and json_extract(detail, '$.by') = :by",
        {"subject": f"alert:{alert_id}", "kind": f"alert.{kind}", "ordered_at": order.ordered_at,
         "by": order.due_on.isoformat()},
    )  # fmt: skip
    return row is not None
