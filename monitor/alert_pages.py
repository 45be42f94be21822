"""Alerts for the command line: the list, and one alert with everything that happened to it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from archive.store import Archive, Row, to_json
from config.clock import local_minute
from config.language import say
from monitor.alert_views import AlertView, load_views
from monitor.decisions import find_alert
from monitor.event_words import STATE_WORDS, event_words
from monitor.messages import SEVERITIES

LIST_COLUMNS = {
    "id": "编号",
    "state": "状态",
    "severity": "程度",
    "body_name": "单位",
    "year": "年度",
    "rule": "规则",
    "title": "要求",
    "message": "说明",
    "audience": "发给",
    "delivery": "投递",
    "opened_at": "首次",
}
TABLE_COLUMNS = {
    "id": "编号",
    "state_word": "状态",
    "severity_word": "程度",
    "body_name": "单位",
    "year": "年度",
    "title": "要求",
    "delivery_words": "投递",
    "opened_on": "首次",
}
DELIVERY_WORDS = {
    "queued": ("待发", "queued"),
    "handed_over": ("正在投递", "being handed over"),
    "sent": ("已发送", "sent"),
    "failed": ("失败", "failed"),
    "cancelled": ("已撤回 (未曾送出)", "taken back before it left"),
    "unknown": ("delivery unknown (投递结果不明)", "delivery unknown"),
}

_WORDS = {key: words for key, words in DELIVERY_WORDS.items() if key != "unknown"} | {
    "held": ("待核准", "held"),
    "cancelled": ("已撤回", "taken back"),
}


@dataclass(frozen=True, slots=True)
class AlertPage:
    """One alert, its deliveries and the events about it, oldest first."""

    alert: AlertView
    deliveries: tuple[Row, ...]
    notices: tuple[Row, ...]
    events: tuple[Row, ...]

    def as_json(self) -> str:
        """Return everything as one JSON object."""
        told = {
            "alert": asdict(self.alert),
            "deliveries": list(self.deliveries),
            "notices": list(self.notices),
            "events": list(self.events),
        }
        return json.dumps(told, ensure_ascii=False, indent=1)

    def as_text(self) -> str:
        """Return it as a person reads it."""
        alert = self.alert
        severity, state = say(*SEVERITIES[alert.severity]), say(*STATE_WORDS[alert.state])
        lines = [
            f"{say('提醒', 'alert')} {alert.id}  [{severity}] {state}",
            f"{alert.body_name} {alert.year or ''}  {alert.title} ({alert.rule})",
            alert.message,
        ]
        if alert.findings:
            lines.append(f"{say('依据', 'basis')}: {alert.findings[0]['basis']}")
        if alert.link:
            lines.append(f"{say('来源', 'source')}: {alert.link}")
        if alert.reason:
            lines.append(f"{say('理由', 'reason')}: {alert.reason}")
        lines += [f"{say('问题', 'finding')} {_finding_line(item)}" for item in alert.findings]
        lines += [f"{say('投递', 'delivery')} {_delivery_line(row)}" for row in self.deliveries]
        lines += [f"{say('暂缓', 'held')} {_notice_line(row)}" for row in self.notices if _waits(row)]
        lines += [f"{local_minute(row['happened_at'])}  {event_words(row)}" for row in self.events]
        return "\n".join(lines)


def list_alerts(
    archive: Archive, states: Sequence[str], body: str | None, year: int | None, names: Mapping[str, str]
) -> list[Row]:
    """Return the alerts in these states (`all` for any) as rows, newest last."""
    rows = archive.rows(
        "select id from alerts where (:all or state in (select value from json_each(:states)))"
        " and (:body is null or body = :body) and (:year is null or year = :year)",
        {"all": int("all" in states), "states": to_json(list(states)), "body": body, "year": year},
    )
    views = load_views(archive, [row["id"] for row in rows], names)
    deliveries = _delivery_states(archive)
    return [_list_row(view, deliveries) for view in sorted(views, key=lambda view: view.id)]


def for_people(row: Row) -> Row:
    """Return a row of the list in words, with local days: what fits a terminal."""
    return {
        **row,
        "state_word": say(*STATE_WORDS[row["state"]]),
        "severity_word": say(*SEVERITIES[row["severity"]]),
        "delivery_words": _in_words(row["delivery"]),
        "opened_on": local_minute(row["opened_at"])[:10],
    }


def alert_page(archive: Archive, alert_id: int, names: Mapping[str, str]) -> AlertPage:
    """Return all that is known about one alert; raises NoSuchAlert."""
    find_alert(archive, alert_id)
    view = load_views(archive, [alert_id], names)[0]
    deliveries = archive.rows(
        "select message_number, message_id, kind, recipient, channel, subject, state, attempts, repeats,"
        " created_at, handed_over_at, interrupted_at, finished_at, not_before, error,"
        " interrupted_at is not null as delivery_unknown from deliveries where id in"
        " (select delivery_id from notices where alert_id = :id) order by id",
        {"id": alert_id},
    )
    notices = archive.rows(
        "select occurrence, kind, recipient, channel, state, reason, created_at from notices"
        " where alert_id = :id order by id",
        {"id": alert_id},
    )
    events = archive.rows(
        "select happened_at, kind, subject, who, detail from events where subject = :alert or subject in"
        " (select value from json_each(:deliveries)) order by id",
        {
            "alert": f"alert:{alert_id}",
            "deliveries": to_json([f"delivery:{row['message_number']}" for row in deliveries]),
        },
    )
    return AlertPage(view, tuple(deliveries), tuple(notices), tuple(events))


def _list_row(view: AlertView, deliveries: Mapping[int, str]) -> Row:
    row = {key: getattr(view, key, None) for key in LIST_COLUMNS}
    return {**row, "delivery": deliveries.get(view.id, "")}


def _delivery_states(archive: Archive) -> dict[int, str]:
    """Map alerts to how telling them stands: recipient and state, each once."""
    rows = archive.rows(
        "select alert_id, notices.recipient, notices.state as notice, deliveries.state as state,"
        " interrupted_at from notices left join deliveries on deliveries.id = delivery_id"
        " where notices.kind != 'resolved' and notices.state != 'cancelled' order by notices.id"
    )
    told: dict[int, list[str]] = {}
    for row in rows:
        state = "delivery unknown" if row["interrupted_at"] else row["state"] or row["notice"]
        told.setdefault(row["alert_id"], []).append(f"{row['recipient']}: {state}")
    return {alert: "; ".join(dict.fromkeys(states)) for alert, states in told.items()}


def _in_words(delivery: str) -> str:
    """Translate `recipient: state; ...`; the words `delivery unknown` stay as they are."""
    parts = [part.partition(": ") for part in delivery.split("; ") if part]
    return "; ".join(f"{who} {say(*_WORDS[state]) if state in _WORDS else state}" for who, _, state in parts)


def _finding_line(finding: Mapping[str, object]) -> str:
    values = ""
    if finding["expected"] is not None and finding["actual"] is not None:
        values = f"  {finding['cell'] or ''} {finding['expected']} ≠ {finding['actual']}"
    return f"{finding['rule']} {finding['fingerprint']}{values}"


def _delivery_line(row: Row) -> str:
    words = say(*DELIVERY_WORDS[row["state"]])
    if row["interrupted_at"] and row["state"] != "unknown":
        words += say(
            " · delivery unknown (一次投递结果不明, 已用同一编号再次投递)",
            " · delivery unknown once, handed over again under the same number",
        )
    error = f" · {row['error']}" if row["error"] else ""
    return f"{row['message_number']} → {row['recipient']}.{row['channel']}: {words}{error}"


def _notice_line(row: Row) -> str:
    return f"→ {row['recipient']}.{row['channel']}: {row['state']} {row['reason'] or ''}".rstrip()


def _waits(row: Row) -> bool:
    return row["state"] in ("held", "queued")
