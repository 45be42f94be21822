"""Alerts of the ledger: one for each group of findings that somebody must act on.

Tables: `alerts` (its `fingerprint` is the finding's, or a hash over the members of a group),
`alert_findings` (which findings it stands for), `notices` (who must learn of which occurrence of it).
All functions here run inside the ledger's transaction.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.store import Archive, Row, stamp, to_json
from config import clock
from config.alerts import AlertConfig
from config.bodies import Body
from monitor.finding import Evidence, Finding
from monitor.finding_rows import scope_key, scope_of
from monitor.notices import Notice, NoticeKind, add_notice
from monitor.routing import Group, Routing, gravest, group_findings, route_finding

LIVE = ("open", "acknowledged")


@dataclass(frozen=True, slots=True)
class Opening:
    """Ids of alerts: new ones, known ones, and those that are back or have new values."""

    opened: tuple[int, ...]
    repeated: tuple[int, ...]
    reopened: tuple[int, ...]


def open_alerts(
    archive: Archive, findings: Mapping[str, Finding], config: AlertConfig, bodies: Mapping[str, Body]
) -> Opening:
    """Open an alert for each routed group that no live alert stands for; new ones get notices.

    `findings` are by fingerprint.
    """
    live = _live_alerts(archive, list(findings))
    opened: list[int] = []
    repeated: list[int] = []
    reopened: list[int] = []
    for group in group_findings(findings):
        routing = route_finding(gravest(group), bodies, config)
        if routing is None:
            continue
        if (alert := _standing_for(group, live)) is not None:
            repeated.append(alert["id"])
            _follow_audience(archive, alert, routing, config)
            continue
        parts = {row["id"] for fingerprint in group for row in live.get(fingerprint, ())}
        alert_id, is_back = _open(archive, group, routing, max(parts, default=None))
        (reopened if is_back else opened).append(alert_id)
        for part in sorted(parts):
            close_alert(archive, part, "resolved", f"superseded by {alert_id}")
        add_notices(archive, alert_id, routing, config)
    return Opening(tuple(opened), tuple(dict.fromkeys(repeated)), tuple(reopened))


def resolve_alerts(archive: Archive, scopes: Sequence[str]) -> tuple[int, ...]:
    """Resolve live alerts of these scopes that no open finding backs any more; returns their ids."""
    rows = archive.rows(
        "select id from alerts where state in ('open', 'acknowledged')"
        " and scope in (select value from json_each(:scopes)) and not exists (select 1 from alert_findings"
        " join findings using (fingerprint) where alert_id = alerts.id and findings.state = 'open')"
        " order by id",
        {"scopes": to_json(list(scopes))},
    )
    for row in rows:
        successor = archive.row("select id from alerts where previous_id = :id and state = 'open'", row)
        close_alert(archive, row["id"], "resolved", f"replaced by {successor['id']}" if successor else "")
        if successor is None:
            _tell_resolved(archive, row["id"])
    return tuple(row["id"] for row in rows)


def close_alert(archive: Archive, alert_id: int, state: str, reason: str, who: str = "nianbao") -> None:
    """Move an alert to `resolved` or `dismissed`; what nobody was told yet need not be told."""
    change = {"state": state, "reason": reason, "changed_at": stamp(clock.now())}
    archive.db.table("alerts").update(alert_id, change)
    _cancel_notices(archive, alert_id, state)
    archive.add_event(f"alert.{state}", f"alert:{alert_id}", {"reason": reason}, who)


def add_notices(archive: Archive, alert_id: int, routing: Routing, config: AlertConfig) -> int:
    """Write who must learn of the present occurrence of an alert; returns how many that are."""
    alert = archive.row("select occurrence from alerts where id = :id", {"id": alert_id})
    notice = Notice(alert_id, alert["occurrence"] if alert else 1, NoticeKind.OPENED)
    add_notice(archive, notice, routing.addresses, config)
    return len(routing.addresses)


def _live_alerts(archive: Archive, fingerprints: Sequence[str]) -> dict[str, list[Row]]:
    """Map each fingerprint to the live alerts that stand for it."""
    rows = archive.rows(
        "select member as fingerprint, id, audience from (select value from json_each(:fingerprints))"
        # cross join keeps this order: the planner would walk all live alerts for each fingerprint
        " cross join (select alert_id, fingerprint as member from alert_findings) on member = value"
        " cross join alerts on id = alert_id where state in ('open', 'acknowledged')",
        {"fingerprints": to_json(list(fingerprints))},
    )
    live: dict[str, list[Row]] = {}
    for row in rows:
        live.setdefault(row["fingerprint"], []).append(row)
    return live


def _standing_for(group: Group, live: Mapping[str, list[Row]]) -> Row | None:
    """Return the newest live alert that stands for every member of the group."""
    alerts = {row["id"]: row for fingerprint in group for row in live.get(fingerprint, ())}
    members = ({row["id"] for row in live.get(fingerprint, ())} for fingerprint in group)
    common = set(alerts).intersection(*members)
    return alerts[max(common)] if common else None


def _open(archive: Archive, group: Group, routing: Routing, part: int | None) -> tuple[int, bool]:
    """Write the alert of a group; also tells whether it is back, or an earlier one with new values.

    `part` is a live alert that stood for some of the group.
    """
    key = _group_fingerprint(group)
    known = archive.row("select id, occurrence from alerts where fingerprint = :key", {"key": key})
    changed_at = stamp(clock.now())
    if known is not None:
        change = {"state": "open", "reason": None, "audience": str(routing.audience),
                  "occurrence": known["occurrence"] + 1, "changed_at": changed_at}  # fmt: skip
        archive.db.table("alerts").update(known["id"], change)
        _cancel_notices(archive, known["id"], "reopened")
        archive.add_event("alert.reopened", f"alert:{known['id']}")
        return int(known["id"]), True
    previous = part or _previous(archive, gravest(group))
    row = {**_alert_row(group, routing), "fingerprint": key, "opened_at": changed_at,
           "changed_at": changed_at, "previous_id": previous}  # fmt: skip
    alert_id = archive.add("alerts", row)
    for fingerprint in group:
        archive.add("alert_findings", {"alert_id": alert_id, "fingerprint": fingerprint})
    archive.add_event("alert.opened", f"alert:{alert_id}", {"previous": previous} if previous else None)
    return alert_id, previous is not None


def _alert_row(group: Group, routing: Routing) -> Row:
    first = gravest(group)
    return {
        "rule": first.rule,
        "body": first.body,
        "year": first.year,
        "severity": str(first.severity),
        "state": "open",
        "message": first.message,
        "audience": str(routing.audience),
        "scope": scope_key(scope_of(first)),
        "subject": _subject(first),
        "occurrence": 1,
    }


def _previous(archive: Archive, finding: Finding) -> int | None:
    """Return the last alert about the same place whose values are not there any more."""
    row = archive.row(
        "select max(id) as id from alerts where subject = :subject and not exists (select 1 from"
        " alert_findings join findings using (fingerprint) where alert_id = alerts.id"
        " and findings.state = 'open')",
        {"subject": _subject(finding)},
    )
    return row["id"] if row else None


def _follow_audience(archive: Archive, alert: Row, routing: Routing, config: AlertConfig) -> None:
    """Tell a known alert to its new audience, for example once a body is confirmed."""
    if alert["audience"] == routing.audience:
        return
    archive.db.table("alerts").update(alert["id"], {"audience": str(routing.audience)})
    archive.add_event("alert.audience", f"alert:{alert['id']}", {"audience": str(routing.audience)})
    add_notices(archive, alert["id"], routing, config)


def _tell_resolved(archive: Archive, alert_id: int) -> None:
    """Let those who were told of an alert read in their next digest that it is resolved."""
    archive.db.execute(
        "insert or ignore into notices (alert_id, occurrence, kind, recipient, channel, immediate, state,"
        " created_at) select alert_id, occurrence, 'resolved', recipient, channel, 0, 'queued', :now"
        " from notices where alert_id = :alert and kind in ('opened', 'escalated') and state = 'composed'"
        " and occurrence = (select occurrence from alerts where id = :alert)",
        {"alert": alert_id, "now": stamp(clock.now())},
    )


def _cancel_notices(archive: Archive, alert_id: int, reason: str) -> None:
    archive.db.execute(
        "update notices set state = 'cancelled', reason = :reason"
        " where alert_id = :alert and state in ('queued', 'held')",
        {"alert": alert_id, "reason": reason},
    )


def _group_fingerprint(group: Group) -> str:
    if len(group) == 1:
        return next(iter(group))
    return hashlib.sha256(",".join(sorted(group)).encode()).hexdigest()[:16]


def _subject(finding: Finding) -> str:
    """Hash what a finding is about without its values: two with one subject are old and new values."""
    place = [finding.cell] if finding.cell else sorted(map(_place, finding.evidence))
    about = [finding.rule, scope_key(scope_of(finding)), place]
    return hashlib.sha256(to_json(about).encode()).hexdigest()[:16]


def _place(evidence: Evidence) -> str:
    """Return the cell that proves, or the words without their numbers."""
    return evidence.path or re.sub(r"[0-9]+", "#", evidence.raw or "")
