"""What each recipient was told of the alerts that still stand, and which of them we saw again lately.

Nobody is pressed for what may be mended: where the last whole `nianbao process` could not confirm an
alert (its column was blocked, its file unreadable), it is not reminded of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from archive.store import Archive, Row, read_stamp, to_json
from config.alerts import AlertConfig
from config.clock import local_date
from monitor.notices import NoticeKind, read_kind
from monitor.routing import Address

_NOT_COMPOSED: Row = {"delivery": None, "finished_at": None}


@dataclass(frozen=True, slots=True)
class Telling:
    """One recipient and one alert: over which channels it was told, when last, how often reminded.

    `told_on` is None where nothing certainly left; `is_waiting` where something still has to.
    """

    alert_id: int
    occurrence: int
    recipient: str
    channels: tuple[str, ...]
    told_on: date | None
    reminders: int
    is_waiting: bool


def tellings(archive: Archive, alerts: Sequence[int]) -> Iterator[list[Telling]]:
    """Yield for each of these alerts what its recipients were told of its present occurrence."""
    rows = archive.rows(
        "select n.alert_id, n.occurrence, n.recipient, n.channel, n.kind, n.state, n.delivery_id"
        " from notices n join alerts a on a.id = n.alert_id and a.occurrence = n.occurrence"
        " where n.kind != 'resolved' and n.state != 'cancelled'"
        " and n.alert_id in (select value from json_each(:alerts)) order by n.alert_id, n.recipient, n.id",
        {"alerts": to_json(list(alerts))},
    )
    ends = _ends(archive, {row["delivery_id"] for row in rows})
    told = [{**row, **ends.get(row["delivery_id"], _NOT_COMPOSED)} for row in rows]
    for _alert, of_alert in groupby(told, key=lambda row: row["alert_id"]):
        by_recipient = groupby(of_alert, key=lambda row: row["recipient"])
        yield [_telling(list(of_recipient)) for _name, of_recipient in by_recipient]


def _ends(archive: Archive, deliveries: set[int | None]) -> dict[int, Row]:
    """Return how these messages ended. Read once each: their rows are long, and joined to many notices."""
    rows = archive.rows(
        "select id, state as delivery, finished_at from deliveries"
        " where id in (select value from json_each(:ids))",
        {"ids": to_json([id_ for id_ in deliveries if id_ is not None])},
    )
    return {row["id"]: {"delivery": row["delivery"], "finished_at": row["finished_at"]} for row in rows}


def confirmed_alerts(archive: Archive, states: Sequence[str]) -> list[Row]:
    """Return the alerts in these states that the last whole evaluation saw, the oldest first.

    An alert about no body (our own work) needs no confirmation.
    """
    since = archive.row(
        "select max(started_at) as at from runs where command = 'process' and outcome = 'ok'"
        " and json_extract(detail, '$.nothing_new') is null"
    )
    return archive.rows(
        "select id, occurrence, severity, rule, body, year, state from alerts where state in"
        " (select value from json_each(:states)) and (body is null or :since is null or exists ("
        "  select 1 from alert_findings join findings using (fingerprint) where alert_id = alerts.id"
        "  and findings.state = 'open' and last_seen_at >= :since)) order by id",
        {"states": to_json(list(states)), "since": since["at"] if since else None},
    )


def present_addresses(telling: Telling, config: AlertConfig) -> tuple[Address, ...]:
    """Return where the recipient can be told now: the same channels, else those that it has."""
    known = config.channels_of(telling.recipient)
    same = tuple(channel for channel in telling.channels if channel in known)
    return tuple(Address(telling.recipient, channel) for channel in same or known)


def _telling(rows: Sequence[Row]) -> Telling:
    ends = [local_date(read_stamp(row["finished_at"])) for row in rows if _has_left(row)]
    kinds = [read_kind(row["kind"]) for row in rows]
    return Telling(
        alert_id=rows[0]["alert_id"],
        occurrence=rows[0]["occurrence"],
        recipient=rows[0]["recipient"],
        channels=tuple(dict.fromkeys(row["channel"] for row in rows)),
        told_on=max(ends, default=None),
        reminders=max((int(number) for kind, number in kinds if kind is NoticeKind.REMINDER), default=0),
        is_waiting=any(map(_waits, rows)),
    )


def _has_left(row: Row) -> bool:
    return row["delivery"] in ("sent", "unknown") and row["finished_at"] is not None


def _waits(row: Row) -> bool:
    """Tell whether a notice still has to leave; one that failed for good does not wait."""
    return (
        row["state"] != "composed"
        or row["delivery"] in ("queued", "handed_over")
        or (row["delivery"] == "unknown" and row["finished_at"] is None)
    )
