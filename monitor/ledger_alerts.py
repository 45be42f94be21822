"""Alerts of the ledger: one for each group of findings that somebody must act on.

Tables: `alerts` (its `fingerprint` is the finding's, or a hash over the members of a group),
`alert_findings` (which findings it stands for), `notices` (who must learn of which occurrence of it).
All functions here run inside the ledger's transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.store import Archive, Row, stamp, to_json
from config import clock
from config.alerts import OPERATOR, AlertConfig
from config.bodies import Body
from monitor.finding import Finding
from monitor.finding_rows import scope_key, scope_of
from monitor.routing import Routing, group_findings, route_finding

LIVE = ("open", "acknowledged")
Group = tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """Ids of alerts: new ones, known ones, and those that are back or have new values."""

    opened: tuple[int, ...]
    repeated: tuple[int, ...]
    reopened: tuple[int, ...]


def open_alerts(
    archive: Archive, findings: Iterable[Finding], config: AlertConfig, bodies: Mapping[str, Body]
) -> Opening:
    """Open an alert for each routed group that no live alert stands for; new ones get notices."""
    groups = group_findings(findings)
    live = _live_alerts(archive, [finding.fingerprint for group in groups for finding in group])
    opened: list[int] = []
    repeated: list[int] = []
    reopened: list[int] = []
    for group in groups:
        routing = route_finding(group[0], bodies, config)
        if routing is None:
            continue
        if (alert := _standing_for(group, live)) is not None:
            repeated.append(alert["id"])
            _follow_audience(archive, alert, routing, config)
            continue
        alert_id, is_back = _open(archive, group, routing)
        (reopened if is_back else opened).append(alert_id)
        _supersede(archive, group, live, alert_id)
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
    for address in routing.addresses:
        held = config.review and address.recipient != OPERATOR
        notice = {
            "alert_id": alert_id,
            "occurrence": alert["occurrence"] if alert else 1,
            "kind": "opened",
            "recipient": address.recipient,
            "channel": address.channel,
            "immediate": int(address.immediate),
            "state": "held" if held else "queued",
            "reason": "review" if held else None,
            "created_at": stamp(clock.now()),
        }
        archive.db.table("notices").insert(notice, ignore=True)
    return len(routing.addresses)


def _live_alerts(archive: Archive, fingerprints: Sequence[str]) -> dict[str, list[Row]]:
    """Map each fingerprint to the live alerts that stand for it."""
    rows = archive.rows(
        "select alert_findings.fingerprint, alerts.id, alerts.audience from alert_findings"
        " join alerts on alerts.id = alert_id where alerts.state in ('open', 'acknowledged')"
        " and alert_findings.fingerprint in (select value from json_each(:fingerprints))",
        {"fingerprints": to_json(list(fingerprints))},
    )
    live: dict[str, list[Row]] = {}
    for row in rows:
        live.setdefault(row["fingerprint"], []).append(row)
    return live


def _standing_for(group: Group, live: Mapping[str, list[Row]]) -> Row | None:
    """Return the newest live alert that stands for every member of the group."""
    alerts = {row["id"]: row for row in live.get(group[0].fingerprint, ())}
    common = set(alerts)
    for finding in group[1:]:
        common &= {row["id"] for row in live.get(finding.fingerprint, ())}
    return alerts[max(common)] if common else None


def _open(archive: Archive, group: Group, routing: Routing) -> tuple[int, bool]:
    """Write the alert of a group; also tells whether it is back, or an earlier one with new values."""
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
    previous = _previous(archive, group[0])
    row = {**_alert_row(group, routing), "fingerprint": key, "opened_at": changed_at,
           "changed_at": changed_at, "previous_id": previous}  # fmt: skip
    alert_id = archive.add("alerts", row)
    for finding in group:
        archive.add("alert_findings", {"alert_id": alert_id, "fingerprint": finding.fingerprint})
    archive.add_event("alert.opened", f"alert:{alert_id}", {"previous": previous} if previous else None)
    return alert_id, previous is not None


def _alert_row(group: Group, routing: Routing) -> Row:
    first = group[0]
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
    """Return the last alert about the same place, whatever its values were."""
    row = archive.row(
        "select max(id) as id from alerts where subject = :subject", {"subject": _subject(finding)}
    )
    return row["id"] if row else None


def _supersede(archive: Archive, group: Group, live: Mapping[str, list[Row]], by: int) -> None:
    """Close live alerts that stood for a part of a group that has grown."""
    parts = {row["id"] for finding in group for row in live.get(finding.fingerprint, ())}
    for alert_id in sorted(parts):
        close_alert(archive, alert_id, "resolved", f"superseded by {by}")


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
        " from notices where alert_id = :alert and kind = 'opened' and state = 'composed'"
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
        return group[0].fingerprint
    members = ",".join(sorted(finding.fingerprint for finding in group))
    return hashlib.sha256(members.encode()).hexdigest()[:16]


def _subject(finding: Finding) -> str:
    """Hash what a finding is about without its values: two with one subject are old and new values."""
    place = [finding.cell] if finding.cell else sorted(item.path or "" for item in finding.evidence)
    about = [finding.rule, scope_key(scope_of(finding)), place]
    return hashlib.sha256(to_json(about).encode()).hexdigest()[:16]
