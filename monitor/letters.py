"""What goes into a message: its notices, with what is known of each alert, sorted by why it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from archive.store import Archive, Row, read_stamp, to_json
from config import clock
from config.alerts import OPERATOR, AlertConfig
from config.clock import local_date
from config.workdays import WorkCalendar
from monitor.alert_views import AlertView, load_views
from monitor.messages import Letter
from monitor.notices import ON_WORKDAYS, NoticeKind, read_kind
from monitor.orders import Order, standing_orders
from monitor.pressing import Pressing
from monitor.routing import UPCOMING


@dataclass(frozen=True, slots=True)
class LetterOffice:
    """Writes letters from an archive's notices; `names` are the bodies' official names."""

    archive: Archive
    config: AlertConfig
    names: Mapping[str, str]
    calendar: WorkCalendar

    def write(self, recipient_id: str, notices: Sequence[Row], number: str) -> Letter:
        """Return the letter that tells `notices` (rows with alert_id and kind)."""
        views = load_views(self.archive, [row["alert_id"] for row in notices], self.names)
        reasons: dict[int, set[tuple[NoticeKind, str]]] = {}
        for row in notices:
            reasons.setdefault(row["alert_id"], set()).add(read_kind(row["kind"]))
        told = [(kind, view, which) for view in views for kind, which in sorted(reasons[view.id])]
        recipient = self.config.recipient(recipient_id)
        opened = [view for kind, view, _ in told if kind is NoticeKind.OPENED]
        return Letter(
            recipient_name=recipient.name if recipient else "",
            number=number,
            language=self.config.language,
            is_for_operator=recipient_id == OPERATOR,
            opened=[view for view in opened if not _is_list(view)],
            upcoming=[view for view in opened if _is_list(view)],
            pressing=self._pressing(recipient_id, told),
            resolved=[view for kind, view, _ in told if kind is NoticeKind.RESOLVED],
            is_calendar_known=self.calendar.knows(clock.today().year),
        )

    def _pressing(
        self, recipient_id: str, told: Sequence[tuple[NoticeKind, AlertView, str]]
    ) -> list[Pressing]:
        pressing = [one for one in told if one[0] in ON_WORKDAYS]
        orders = standing_orders(self.archive) if pressing else {}
        return [
            self._press(recipient_id, kind, view, particular, orders.get(view.id))
            for kind, view, particular in pressing
        ]

    def _press(
        self, recipient_id: str, kind: NoticeKind, view: AlertView, particular: str, order: Order | None
    ) -> Pressing:
        """Return what is said of one alert; escalated, it is what the office below was told."""
        below = self._below(recipient_id, view.id) if kind is NoticeKind.ESCALATED else []
        told = self._told(view.id, below or [recipient_id])
        count = int(particular) if kind is NoticeKind.REMINDER else told["reminders"] if below else 0
        names = [who.name or id_ for id_ in below if (who := self.config.recipient(id_))]
        return Pressing(
            kind=kind,
            view=view,
            told_on=_day(told["first_at"]),
            told_to="、".join(names),
            count=count,
            due_on=order.due_on if order else None,
            order_text=order.text if order else "",
            replied_on=_day(order.replied_at) if order else None,
        )

    def _below(self, recipient_id: str, alert_id: int) -> list[str]:
        """Return who was reminded of the alert and has this recipient as its superior."""
        rows = self.archive.rows(
            "select distinct recipient from notices where alert_id = :alert and kind like 'reminder-%'"
            " and +state = 'composed' order by recipient",
            {"alert": alert_id},
        )
        known = {row["recipient"]: self.config.recipient(row["recipient"]) for row in rows}
        return [id_ for id_, who in known.items() if who is not None and who.superior == recipient_id]

    def _told(self, alert_id: int, recipients: Sequence[str]) -> Row:
        """Return when the first of these was told of the present occurrence, and how many reminders left."""
        row = self.archive.row(
            "select min(d.finished_at) as first_at, coalesce(max(case when d.id and n.kind like 'reminder-%'"
            "  then cast(substr(n.kind, 10) as integer) end), 0) as reminders"
            " from notices n join alerts a on a.id = n.alert_id and a.occurrence = n.occurrence"
            " left join deliveries d on d.id = n.delivery_id and d.state in ('sent', 'unknown')"
            " where n.alert_id = :alert and +n.state = 'composed' and n.kind != 'resolved'"
            " and n.recipient in (select value from json_each(:recipients))",
            {"alert": alert_id, "recipients": to_json(list(recipients))},
        )
        return row or {"first_at": None, "reminders": 0}


def _is_list(view: AlertView) -> bool:
    return view.rule == UPCOMING and view.body is None


def _day(instant: str | None) -> date | None:
    return local_date(read_stamp(instant)) if instant else None
