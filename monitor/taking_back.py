"""Messages that never left and should not leave as they are: taken back, so that they are written anew.

Only what certainly nobody got: a message that was handed over without a known end keeps its number.
All functions here run inside the outbox's transaction.
"""

from __future__ import annotations

from archive.store import Archive, Row, to_json
from config.alerts import OPERATOR, AlertConfig


def take_back_unreachable(archive: Archive, config: AlertConfig) -> None:
    """Forget notices, and messages that never left, for channels that are not configured any more."""
    recipients = {OPERATOR: config.operator, **config.recipients}
    known = [f"{name}.{channel}" for name, recipient in recipients.items() for channel in recipient.channels]
    gone = archive.rows(
        "select id, message_number from deliveries where state in ('queued', 'failed') and repeats = 0"
        " and recipient || '.' || channel not in (select value from json_each(:known))",
        {"known": to_json(known)},
    )
    for row in gone:
        _take_back(archive, row, "no such channel")
    archive.db.execute(
        "delete from notices where state = 'queued'"
        " and recipient || '.' || channel not in (select value from json_each(:known))",
        {"known": to_json(known)},
    )


def take_back_outdated(archive: Archive) -> None:
    """Take back messages that wait and tell of alerts that are resolved or dismissed by now.

    A message that a person asked for again stays: somebody has it already.
    """
    outdated = archive.rows(
        "select distinct d.id, d.message_number from deliveries d join notices n on n.delivery_id = d.id"
        " join alerts a on a.id = n.alert_id where d.state = 'queued' and d.repeats = 0"
        " and (d.attempts > 0 or d.handed_over_at is null) and n.kind != 'resolved'"
        " and (a.state not in ('open', 'acknowledged') or a.occurrence != n.occurrence)"
    )
    for row in outdated:
        _take_back(archive, row, "outdated")
    archive.db.execute(
        "update notices set state = 'cancelled', reason = 'outdated' where state = 'queued'"
        " and kind != 'resolved' and exists (select 1 from alerts a where a.id = alert_id"
        " and (a.state not in ('open', 'acknowledged') or a.occurrence != notices.occurrence))"
    )
    archive.db.execute(  # who was not told that it is wrong need not be told that it is mended
        "update notices set state = 'cancelled', reason = 'never told' where state = 'queued'"
        " and kind = 'resolved' and not exists (select 1 from notices told where told.kind != 'resolved'"
        " and told.state = 'composed' and told.alert_id = notices.alert_id and told.occurrence ="
        " notices.occurrence and told.recipient = notices.recipient and told.channel = notices.channel)"
    )


def _take_back(archive: Archive, row: Row, reason: str) -> None:
    archive.db.execute("update notices set state = 'queued', delivery_id = null where delivery_id = :id", row)
    archive.db.table("deliveries").update(row["id"], {"state": "cancelled"})
    archive.add_event("delivery.cancelled", f"delivery:{row['message_number']}", reason)
