"""Reminders (催办): on working days, with growing gaps, and after some of them to the next level.

Counted for each alert and recipient from the day when it was last told over any channel. An order to
correct (整改) has its own days: until its day has passed there are no other reminders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive.store import Archive
from config import clock
from config.alerts import AlertConfig
from config.workdays import WorkCalendar
from monitor.notices import Notice, NoticeKind, add_notice
from monitor.orders import Order
from monitor.routing import UPCOMING, Address
from monitor.tellings import Telling, confirmed_alerts, present_addresses, tellings


@dataclass(frozen=True, slots=True)
class Reminders:
    """Today's reminders of an archive, by its configuration and calendar."""

    archive: Archive
    config: AlertConfig
    calendar: WorkCalendar

    def write(self, orders: Mapping[int, Order]) -> int:
        """Write the reminders that are due today; returns how many. `orders` are by alert."""
        if not self.config.reminders.gaps:
            return 0
        alerts = [
            row["id"]
            for row in confirmed_alerts(self.archive, ("open", "acknowledged"))
            if row["severity"] in self.config.reminders.severity
            and row["rule"] != UPCOMING
            and _needs_somebody(row["state"], orders.get(row["id"]))
        ]
        return sum(self._remind(told) for told in tellings(self.archive, alerts))

    def _remind(self, told: list[Telling]) -> int:
        """Remind the recipients of one alert that have waited long enough."""
        due = [telling for telling in told if self._is_due(telling)]
        for telling in due:
            number = telling.reminders + 1
            addresses = present_addresses(telling, self.config)
            self._tell(telling, NoticeKind.REMINDER, addresses, str(number))
            escalate_after = self.config.reminders.escalate_after
            if escalate_after is not None and number > escalate_after:
                self._escalate(telling, {one.recipient for one in told})
        return len(due)

    def _is_due(self, telling: Telling) -> bool:
        if telling.told_on is None or telling.is_waiting or not present_addresses(telling, self.config):
            return False
        waited = self.calendar.workdays_between(telling.told_on, clock.today())
        return waited >= self.config.reminders.gap(telling.reminders)

    def _escalate(self, telling: Telling, told: set[str]) -> None:
        """Tell the recipient's superior, unless it knows of the alert already."""
        recipient = self.config.recipient(telling.recipient)
        if recipient is None or recipient.superior is None or recipient.superior in told:
            return
        channels = self.config.channels_of(recipient.superior)
        addresses = tuple(Address(recipient.superior, channel) for channel in channels)
        self._tell(telling, NoticeKind.ESCALATED, addresses)

    def _tell(
        self, telling: Telling, kind: NoticeKind, addresses: tuple[Address, ...], particular: str = ""
    ) -> None:
        notice = Notice(telling.alert_id, telling.occurrence, kind, particular)
        add_notice(self.archive, notice, addresses, self.config)
        detail = {"to": sorted({address.recipient for address in addresses}), "number": particular or None}
        self.archive.add_event(f"alert.{kind}", f"alert:{telling.alert_id}", detail)


def _needs_somebody(state: str, order: Order | None) -> bool:
    """Tell whether nobody took the alert over, or an order about it passed its day."""
    return clock.today() > order.due_on if order is not None else state == "open"
