"""The outbox: notices become messages, and each message is sent once, whatever kills the program.

Theory. A notice says that a recipient must learn of an alert over a channel; the ledger wrote it in
the finding's own transaction, and the database refuses the same one twice. Composing puts notices
into a message with a fixed number and Message-ID, in one transaction. A message then lives

    queued -> handed_over -> sent
       ^          |-> queued again (refused, with backoff) -> failed (refused too often)
       |          '-> unknown (killed, or no answer) --+-> unknown for good (a second time)
       '----------------- repeated once ---------------'

`handed_over` is written at the last moment before the message may arrive. A message found in that
state when nobody is sending was interrupted: it may have arrived. It is repeated once with the same
number and Message-ID, and stays marked (`interrupted_at`) whatever happens next.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from archive.store import Archive, Row, read_stamp, stamp, to_json
from config import clock
from config.alerts import AlertConfig
from config.bodies import Body
from config.workdays import WorkCalendar
from monitor.finding import Blame, Finding, RuleOutcome, Severity
from monitor.ledger_alerts import add_notices
from monitor.letters import LetterOffice
from monitor.messages import Letter
from monitor.notices import ON_WORKDAYS, read_kind
from monitor.orders import ORDERED
from monitor.routing import route_finding
from monitor.taking_back import take_back_outdated, take_back_unreachable

RESOLVED_WAITS = timedelta(days=7)
"""How long good news wait for other news before they make a message of their own."""


@dataclass(frozen=True, slots=True)
class Composed:
    """What composing did: messages written, and notices that wait, by reason."""

    messages: int = 0
    held: int = 0
    waiting: int = 0
    without_recipient: int = 0


class Digest(StrEnum):
    """Which collected messages to compose: those that are due, all, or only urgent ones."""

    WHEN_DUE = "when_due"
    NOW = "now"
    NONE = "none"


def compose_messages(
    archive: Archive,
    config: AlertConfig,
    bodies: Mapping[str, Body],
    digest: Digest = Digest.WHEN_DUE,
    calendar: WorkCalendar | None = None,
) -> Composed:
    """Put queued notices into messages: one for each recipient and channel.

    Alerts that nobody was told, because nobody was configured or the channel was taken out of the
    configuration, are routed anew first. Without a `calendar` the official one counts.
    """
    names = {body.id: body.name for body in bodies.values()}
    office = LetterOffice(archive, config, names, calendar or WorkCalendar())
    with archive.atomic():
        take_back_unreachable(archive, config)
        take_back_outdated(archive)
        untold = _route_untold(archive, config, bodies)
        messages = 0
        for queue in _queues(office):
            if queue["immediate"] or _is_digest_due(archive, queue, config, digest):
                messages += 1
                _compose(office, queue)
        return Composed(messages, *_waiting(archive), untold)


def _queues(office: LetterOffice) -> list[Row]:
    """Return what is queued by recipient, channel and urgency, where there is something to tell today.

    Resolved alerts alone make no message, until one of them has waited long or was ordered to be corrected.
    """
    waited = stamp(clock.now() - RESOLVED_WAITS)
    return office.archive.rows(
        "select recipient, channel, immediate from notices where state = 'queued'"
        " and kind in (select value from json_each(:kinds))"
        " and (kind != 'resolved' or created_at <= :waited or exists (select 1 from events"
        "  where subject = 'alert:' || alert_id and events.kind = :ordered))"
        " group by recipient, channel, immediate order by recipient, channel, immediate desc",
        {"kinds": _kinds_today(office), "waited": waited, "ordered": ORDERED},
    )


def _kinds_today(office: LetterOffice) -> str:
    """Return (as JSON) the kinds of queued notices that may leave today: some on working days only."""
    is_workday = office.calendar.is_workday(clock.today())
    rows = office.archive.rows("select distinct kind from notices where state = 'queued'")
    return to_json(
        [row["kind"] for row in rows if is_workday or read_kind(row["kind"])[0] not in ON_WORKDAYS]
    )


def _is_digest_due(archive: Archive, queue: Row, config: AlertConfig, digest: Digest) -> bool:
    if digest is not Digest.WHEN_DUE or config.digest == "run":
        return digest is not Digest.NONE
    last = archive.row(
        "select max(created_at) as at from deliveries where kind = 'digest' and state != 'cancelled'"
        " and recipient = :recipient and channel = :channel",
        {"recipient": queue["recipient"], "channel": queue["channel"]},
    )
    return not last or not last["at"] or clock.local_date(read_stamp(last["at"])) < clock.today()


def _compose(office: LetterOffice, queue: Row) -> None:
    """Write one message and tie its notices to it."""
    archive = office.archive
    notices = archive.rows(
        "select id, alert_id, kind from notices where state = 'queued' and recipient = :recipient"
        " and channel = :channel and immediate = :immediate"
        " and kind in (select value from json_each(:kinds)) order by id",
        {**queue, "kinds": _kinds_today(office)},
    )
    letter = office.write(queue["recipient"], notices, _next_number(archive))
    alerts = list(dict.fromkeys(row["alert_id"] for row in notices))
    delivery_id = archive.add("deliveries", _delivery_row(queue, letter, alerts))
    archive.db.execute(
        "update notices set state = 'composed', delivery_id = :delivery"
        " where id in (select value from json_each(:notices))",
        {"delivery": delivery_id, "notices": to_json([row["id"] for row in notices])},
    )
    archive.add_event("delivery.queued", f"delivery:{letter.number}", {"alerts": alerts})


def _delivery_row(queue: Row, letter: Letter, alerts: Sequence[int]) -> Row:
    return {
        "message_number": letter.number,
        "message_id": f"<{letter.number}.{secrets.token_hex(8)}@nianbao.invalid>",
        "kind": "immediate" if queue["immediate"] else "digest",
        "recipient": queue["recipient"],
        "channel": queue["channel"],
        "subject": letter.subject,
        "body": letter.text,
        "alerts": to_json(list(alerts)),
        "state": "queued",
        "attempts": 0,
        "repeats": 0,
        "created_at": stamp(clock.now()),
    }


def _next_number(archive: Archive) -> str:
    """Return `NB<day>-<n>`: readable on the telephone, and never given twice."""
    row = archive.row("select coalesce(max(id), 0) + 1 as next from deliveries")
    return f"NB{clock.today():%Y%m%d}-{row['next'] if row else 1:05d}"


def _route_untold(archive: Archive, config: AlertConfig, bodies: Mapping[str, Body]) -> int:
    """Write notices for open alerts that have none; returns how many still have nobody to tell."""
    alerts = archive.rows(
        "select alerts.id, findings.* from alerts join alert_findings on alert_findings.alert_id = alerts.id"
        " join findings using (fingerprint) where alerts.state = 'open' and alerts.rule = findings.rule"
        " and not exists (select 1 from notices where notices.alert_id = alerts.id"
        " and notices.occurrence = alerts.occurrence and notices.kind = 'opened') group by alerts.id"
    )
    untold = 0
    for row in alerts:
        routing = route_finding(_finding_of(row), bodies, config)
        if routing is not None:
            untold += not add_notices(archive, row["id"], routing, config)
    return untold


def _finding_of(row: Row) -> Finding:
    """Rebuild as much of a finding as routing looks at."""
    return Finding(
        rule=row["rule"],
        title=row["title"],
        severity=Severity(row["severity"]),
        outcome=RuleOutcome(row["outcome"]),
        message=row["message"],
        basis="",
        body=row["body"],
        year=row["year"],
        blame=Blame(row["blame"]),
        source=json.loads(row["finding"])["source"],
    )


def _waiting(archive: Archive) -> tuple[int, int]:
    """Count held notices, and queued ones of news that wait for tomorrow's digest or for a channel."""
    row = archive.row(
        "select coalesce(sum(state = 'held'), 0) as held,"
        " coalesce(sum(state = 'queued' and kind != 'resolved'), 0) as waiting from notices"
    )
    return (row["held"], row["waiting"]) if row else (0, 0)
