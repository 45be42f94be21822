"""Delivering what the outbox holds: hand over, record, retry with growing pauses, repeat at most once."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import timedelta

from archive.store import Archive, Row, read_stamp, stamp
from config import clock
from config.alerts import OPERATOR, AlertConfig
from config.errors import ConfigError
from config.language import say
from monitor.channels import open_channel, without_secrets
from monitor.channels.message import Message, Refused, Sender, Unanswered
from monitor.finding import Finding, RuleOutcome, Severity
from monitor.finding_rows import scope_of
from monitor.ledger import record_findings

PAUSES_S = (60, 300, 1800, 7200, 21_600, 43_200, 86_400)
"""Pause after the first, second ... refusal; one refusal more than this and the message has failed."""
MOST_UNKNOWN = 2
"""A second hand-over without a known end is the last: that is at most one repeat."""
DELIVERY_RULE = "monitor.delivery"


@dataclass(slots=True)
class Sent:
    """What one sending did: message numbers by their end, and channels that cannot be used."""

    sent: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unusable: list[str] = field(default_factory=list)


def send_messages(archive: Archive, config: AlertConfig, *, retry_now: bool = False) -> Sent:
    """Send every message that is due; the caller holds the sending lock.

    One message's trouble never stops another; quiet hours stop all. `retry_now` does not wait for
    pauses and takes up failed messages again.
    """
    result = Sent()
    for row in archive.rows("select * from deliveries where state = 'handed_over' order by id"):
        _record_unknown(archive, row, "interrupted", result)
    for row in _due(archive, retry_now):
        if config.is_quiet():
            break
        _send_one(archive, row, config, result)
    _tell_operator(archive, config)
    return result


def send_again(archive: Archive, number: str, who: str) -> bool:
    """Queue a message anew on a person's word, for example one whose end stayed unknown."""
    with archive.atomic():
        row = archive.row("select id from deliveries where message_number = :number", {"number": number})
        if row is None:
            return False
        change = {"state": "queued", "not_before": None, "finished_at": None, "attempts": 0, "repeats": 0}
        archive.db.table("deliveries").update(row["id"], change)
        archive.add_event("delivery.requested", f"delivery:{number}", None, who)
    return True


def _due(archive: Archive, retry_now: bool) -> list[Row]:
    return archive.rows(
        "select * from deliveries where (state = 'queued' or state = 'unknown' and finished_at is null"
        " or state = 'failed' and :retry_now) and (:retry_now or not_before is null or not_before <= :now)"
        " order by id",
        {"retry_now": int(retry_now), "now": stamp(clock.now())},
    )


def _send_one(archive: Archive, row: Row, config: AlertConfig, result: Sent) -> None:
    recipient = config.recipient(row["recipient"])
    address = recipient.channels.get(row["channel"]) if recipient else None
    name = f"{row['recipient']}.{row['channel']}"
    if address is None:
        result.unusable.append(
            say(f"{name}: alerts.yml 中已无此渠道", f"{name}: no such channel in alerts.yml")
        )
        return
    try:
        sender = open_channel(address, name)
    except ConfigError as error:
        result.unusable.append(str(error))
        return
    try:
        _hand_to(sender, archive, row)
    except Refused as error:
        _record_refusal(archive, row, without_secrets(str(error), address), result)
    except Unanswered as error:
        _record_unknown(archive, row, without_secrets(str(error), address), result)
    else:
        _change(archive, row, "sent", error=None, finished_at=stamp(clock.now()))
        result.sent.append(row["message_number"])


def _hand_to(sender: Sender, archive: Archive, row: Row) -> None:
    """Send; whatever a channel of somebody else's making raises becomes one of the two ends."""
    is_handed_over = False

    def hand_over() -> None:
        nonlocal is_handed_over
        _change(archive, row, "handed_over", handed_over_at=stamp(clock.now()))
        is_handed_over = True

    try:
        sender.send(_message(row), hand_over)
    except (Refused, Unanswered, sqlite3.Error):
        raise
    except Exception as error:  # noqa: BLE001 (a plugin may raise anything, and the others must go on)
        # Only its kind is told: its words may hold the address.
        raise (Unanswered if is_handed_over else Refused)(type(error).__name__) from None


def _message(row: Row) -> Message:
    return Message(
        number=row["message_number"],
        message_id=row["message_id"],
        subject=row["subject"],
        text=row["body"],
        created_at=read_stamp(row["created_at"]),
    )


def _record_refusal(archive: Archive, row: Row, reason: str, result: Sent) -> None:
    attempts = row["attempts"] + 1
    if attempts > len(PAUSES_S):
        _change(archive, row, "failed", attempts=attempts, error=reason, finished_at=stamp(clock.now()))
        result.failed.append(row["message_number"])
        return
    not_before = clock.now() + timedelta(seconds=PAUSES_S[attempts - 1])
    _change(archive, row, "queued", attempts=attempts, error=reason, not_before=stamp(not_before))
    result.refused.append(row["message_number"])


def _record_unknown(archive: Archive, row: Row, reason: str, result: Sent) -> None:
    """Mark that nobody knows whether the message arrived; the first time it is due once more."""
    repeats = row["repeats"] + 1
    now = stamp(clock.now())
    is_last = repeats >= MOST_UNKNOWN
    _change(archive, row, "unknown", repeats=repeats, error=reason, not_before=None,
            interrupted_at=row["interrupted_at"] or now, finished_at=now if is_last else None)  # fmt: skip
    if is_last:
        result.unknown.append(row["message_number"])


def _change(archive: Archive, row: Row, state: str, **columns: object) -> None:
    with archive.atomic():
        archive.db.table("deliveries").update(row["id"], {"state": state, **columns})
        detail = {"error": columns["error"]} if columns.get("error") else None
        archive.add_event(f"delivery.{state}", f"delivery:{row['message_number']}", detail)


def _tell_operator(archive: Archive, config: AlertConfig) -> None:
    """Make a finding of each message to others that did not arrive, or may not have."""
    lost = archive.rows(
        "select * from deliveries where recipient != :operator and state in ('failed', 'unknown')"
        " and finished_at is not null",
        {"operator": OPERATOR},
    )
    known = archive.rows(
        "select json_extract(finding, '$.source') as source from findings"
        " where rule = :rule and state = 'open'",
        {"rule": DELIVERY_RULE},
    )
    findings = [_lost_finding(row) for row in lost]
    scopes = {*map(scope_of, findings), *((row["source"], 0) for row in known)}
    if scopes:
        record_findings(archive, findings, scopes, config, {})


def _lost_finding(row: Row) -> Finding:
    number, channel = row["message_number"], f"{row['recipient']}.{row['channel']}"
    return Finding(
        rule=DELIVERY_RULE,
        title=say("提醒未能确认送达", "A message may not have arrived"),
        severity=Severity.ERROR,
        outcome=RuleOutcome.FAIL,
        message=say(
            f"信息 {number} ({channel}) 未能确认送达: {row['error']}。核查渠道后可用"
            f" nianbao alerts send --again {number} 重发。",
            f"message {number} ({channel}) may not have arrived: {row['error']}; after a check send it with"
            f" nianbao alerts send --again {number}",
        ),
        basis=say("运行规则: 投递须有结果", "practice: every delivery has an end"),
        source=f"delivery:{number}",
        actual=row["state"],
    )
