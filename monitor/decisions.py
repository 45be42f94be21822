"""What people decide about alerts: each decision changes the state and leaves an event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from archive.errors import ArchiveError
from archive.store import Archive, Row, stamp, to_json
from config import clock
from config.language import say
from monitor.event_words import STATE_WORDS
from monitor.ledger_alerts import LIVE, close_alert
from monitor.notices import withdraw_reminders
from monitor.orders import ORDERED, REPLIED
from monitor.storm import end_storm


class NoSuchAlert(ArchiveError):
    """Raised when an alert does not exist, or is not in a state for the decision, by this module."""


def find_alert(archive: Archive, alert_id: int) -> Row:
    """Return an alert's row; raises NoSuchAlert."""
    row = archive.row("select * from alerts where id = :id", {"id": alert_id})
    if row is None:
        raise NoSuchAlert(say(f"没有编号为 {alert_id} 的提醒", f"there is no alert {alert_id}"))
    return row


def acknowledge(archive: Archive, alert_id: int, who: str, note: str = "") -> None:
    """Record that somebody takes care of an open alert."""
    with archive.atomic():
        _live(archive, alert_id)
        change = {"state": "acknowledged", "reason": note or None, "changed_at": stamp(clock.now())}
        archive.db.table("alerts").update(alert_id, change)
        withdraw_reminders(archive, alert_id, "acknowledged")
        archive.add_event("alert.acknowledged", f"alert:{alert_id}", {"note": note}, who)


def dismiss(archive: Archive, alert_id: int, who: str, reason: str) -> None:
    """Set an alert and its findings aside for a reason, until a value changes."""
    with archive.atomic():
        _live(archive, alert_id)
        members = archive.rows(
            "select fingerprint from alert_findings where alert_id = :id", {"id": alert_id}
        )
        for member in members:
            archive.db.table("findings").update(member["fingerprint"], {"state": "dismissed"})
        close_alert(archive, alert_id, "dismissed", reason, who)
        end_storm(archive, who)


def approve(archive: Archive, alert_ids: Iterable[int] | None, who: str) -> list[int]:
    """Release held messages of these alerts (None: of all); returns the alerts that had any."""
    with archive.atomic():
        wanted = None if alert_ids is None else [find_alert(archive, id_)["id"] for id_ in alert_ids]
        held = archive.rows(
            "select distinct alert_id from notices where state = 'held'"
            " and (:wanted is null or alert_id in (select value from json_each(:wanted))) order by alert_id",
            {"wanted": None if wanted is None else to_json(wanted)},
        )
        for row in held:
            archive.db.execute(
                "update notices set state = 'queued', reason = null"
                " where state = 'held' and alert_id = :alert_id",
                row,
            )
            archive.add_event("alert.approved", f"alert:{row['alert_id']}", None, who)
        end_storm(archive, who)
    return [row["alert_id"] for row in held]


def order_correction(archive: Archive, alert_id: int, who: str, by: date, text: str = "") -> None:
    """Record that a supervisor ordered a correction by a day (责令整改); raises NoSuchAlert."""
    with archive.atomic():
        _live(archive, alert_id)
        withdraw_reminders(archive, alert_id, "ordered")
        archive.add_event(ORDERED, f"alert:{alert_id}", {"by": by.isoformat(), "text": text}, who)


def record_reply(archive: Archive, alert_id: int, who: str, text: str, *, is_public: bool = True) -> None:
    """Record what the body answered; the public archive shows the words where they are public."""
    with archive.atomic():
        find_alert(archive, alert_id)
        archive.add_event(REPLIED, f"alert:{alert_id}", {"text": text, "public": is_public}, who)


def _live(archive: Archive, alert_id: int) -> Row:
    row = find_alert(archive, alert_id)
    if row["state"] not in LIVE:
        raise NoSuchAlert(
            say(
                f"提醒 {alert_id} 的状态是“{STATE_WORDS[row['state']][0]}”，不能再处理",
                f"alert {alert_id} is already {row['state']}",
            )
        )
    return row
