"""The ledger: what is wrong now, since when, and what somebody decided about it.

Theory. A finding is known by its fingerprint, which covers the values: the same finding again only
moves "last seen". An alert stands for one group of findings (one cause), so three sums that one cell
breaks are one alert. An alert lives `open -> acknowledged -> resolved`, or is `dismissed` with a
reason; a dismissed finding stays dismissed until its values change, because then it is another
fingerprint. Nothing is resolved by looking away: only a body's year that was evaluated, and whose
rule was decided, loses its findings. Notices (who must learn of it) are written in the same
transaction, so that neither a finding without its message nor a message without its finding exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from archive.store import Archive, Row, stamp, to_json
from config import clock
from config.alerts import AlertConfig
from config.bodies import Body
from monitor.finding import Finding, RuleOutcome
from monitor.finding_rows import Scope, add_finding, scope_key, scope_of
from monitor.ledger_alerts import open_alerts, resolve_alerts
from monitor.storm import brake_storm, end_storm

CANNOT_TELL = "publication.cannot-tell"


@dataclass(frozen=True, slots=True)
class Changes:
    """What one recording changed: ids of alerts. `reopened` ones have new values, or are back again."""

    opened: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()
    resolved: tuple[int, ...] = ()
    reopened: tuple[int, ...] = ()
    held: int = 0

    def with_(self, other: Changes) -> Changes:
        """Return what two recordings changed."""
        return Changes(
            self.opened + other.opened, self.repeated + other.repeated, self.resolved + other.resolved,
            self.reopened + other.reopened, self.held + other.held,
        )  # fmt: skip


def record_findings(
    archive: Archive,
    findings: Iterable[Finding],
    evaluated: AbstractSet[Scope],
    config: AlertConfig,
    bodies: Mapping[str, Body],
) -> Changes:
    """Record all findings of the `evaluated` scopes; open, repeat and resolve alerts, in one transaction.

    `findings` must hold everything that is wrong in the evaluated scopes: what is not there is
    resolved, unless the same rule (or, for `publication.*`, the coverage) could not be decided.
    """
    current = {finding.fingerprint: finding for finding in findings}
    with archive.atomic():
        now = stamp(clock.now())
        known = _known_findings(archive, {*evaluated, *map(scope_of, current.values())})
        _write_current(archive, current, known, now)
        _resolve_gone(archive, current, known, evaluated)
        opening = open_alerts(archive, _actionable(current, known), config, bodies)
        resolved = resolve_alerts(archive, [scope_key(scope) for scope in evaluated])
        held = brake_storm(archive, (*opening.opened, *opening.reopened), evaluated, config)
        if resolved:
            end_storm(archive, "nianbao")
        return Changes(opening.opened, opening.repeated, resolved, opening.reopened, held)


def tell_dropped(archive: Archive, since: str) -> None:
    """Let the journal tell when findings that are not there now, and not resolved, were last seen.

    `since` is when the last evaluation before the present one concluded. Of what is there at every
    evaluation the journal does not tell it.
    """
    with archive.atomic():
        archive.db.execute(
            "update findings set state = state where last_seen_at >= :since and last_seen_at < :now",
            {"since": since, "now": stamp(clock.now())},
        )


def _known_findings(archive: Archive, scopes: AbstractSet[Scope]) -> dict[str, Row]:
    rows = archive.rows(
        "select fingerprint, rule, scope, state, outcome from findings"
        " where scope in (select value from json_each(:scopes))",
        {"scopes": to_json(sorted(map(scope_key, scopes)))},
    )
    return {row["fingerprint"]: row for row in rows}


def _write_current(
    archive: Archive, current: Mapping[str, Finding], known: Mapping[str, Row], now: str
) -> None:
    for fingerprint, finding in current.items():
        if fingerprint not in known:
            add_finding(archive, finding)
        elif known[fingerprint]["state"] == "resolved":
            _set_state(archive, fingerprint, "open")
            archive.add_event("finding.back", f"finding:{fingerprint}")
    archive.db.execute(
        "update findings set last_seen_at = :now"
        " where fingerprint in (select value from json_each(:current)) and last_seen_at < :now",
        {"now": now, "current": to_json(list(current))},
    )


def _resolve_gone(
    archive: Archive, current: Mapping[str, Finding], known: Mapping[str, Row], evaluated: AbstractSet[Scope]
) -> None:
    """Resolve open findings of evaluated scopes that are not there any more, where that was decided."""
    scopes = {scope_key(scope) for scope in evaluated}
    undecided = {
        (scope_key(scope_of(finding)), finding.rule)
        for finding in current.values()
        if finding.outcome is RuleOutcome.CANNOT_TELL or finding.rule == CANNOT_TELL
    }
    for fingerprint, row in known.items():
        if row["state"] != "open" or fingerprint in current or row["scope"] not in scopes:
            continue
        if row["outcome"] == "fail" and _is_undecided(row, undecided):
            continue
        _set_state(archive, fingerprint, "resolved")
        archive.add_event("finding.resolved", f"finding:{fingerprint}")


def _is_undecided(row: Row, undecided: set[tuple[str, str]]) -> bool:
    """Tell whether the rule of a finding that is not there any more was left undecided this time."""
    if row["rule"].startswith("publication.") and row["rule"] != CANNOT_TELL:
        return (row["scope"], CANNOT_TELL) in undecided or (row["scope"], row["rule"]) in undecided
    return (row["scope"], row["rule"]) in undecided


def _actionable(current: Mapping[str, Finding], known: Mapping[str, Row]) -> dict[str, Finding]:
    """Return the findings that nobody dismissed."""
    dismissed = {key for key, row in known.items() if row["state"] == "dismissed"}
    return {key: finding for key, finding in current.items() if key not in dismissed}


def _set_state(archive: Archive, fingerprint: str, state: str) -> None:
    archive.db.table("findings").update(fingerprint, {"state": state})
