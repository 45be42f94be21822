"""Alerts as people read them: with the body's name, all findings behind them and the source's address."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.store import Archive, read_stamp, to_json
from config.clock import local_date

_SHA256_LENGTH = 64


@dataclass(frozen=True, slots=True)
class AlertView:
    """One alert. `findings` are the contract's objects, the gravest first; `link` is their source.

    `last_seen_on` (ISO, Asia/Shanghai) is when a body's trouble was last seen to be there.
    """

    id: int
    rule: str
    title: str
    severity: str
    state: str
    audience: str
    body: str | None
    body_name: str
    year: int | None
    message: str
    reason: str | None
    previous_id: int | None
    opened_at: str
    link: str | None
    last_seen_on: str | None
    findings: tuple[dict[str, Any], ...]


def load_views(archive: Archive, alert_ids: Sequence[int], names: Mapping[str, str]) -> list[AlertView]:
    """Return these alerts, by body, year and id; `names` gives the bodies' official names."""
    parameters = {"ids": to_json(list(alert_ids))}
    members: dict[int, list[dict[str, Any]]] = {}
    seen: dict[int, str] = {}
    for row in archive.rows(
        "select alert_id, finding, last_seen_at from alert_findings join findings using (fingerprint)"
        " where alert_id in (select value from json_each(:ids)) order by alert_findings.rowid",
        parameters,
    ):
        members.setdefault(row["alert_id"], []).append(json.loads(row["finding"]))
        seen[row["alert_id"]] = max(row["last_seen_at"], seen.get(row["alert_id"], ""))
    rows = archive.rows(
        "select * from alerts where id in (select value from json_each(:ids))"
        " order by body is null, body, year, id",
        parameters,
    )
    return [
        _view(archive, {**row, "last_seen_at": seen.get(row["id"])}, tuple(members.get(row["id"], ())), names)
        for row in rows
    ]


def _view(
    archive: Archive, row: Mapping[str, Any], findings: tuple[dict[str, Any], ...], names: Mapping[str, str]
) -> AlertView:
    seen_at = row["last_seen_at"] if row["body"] else None
    first = findings[0] if findings else {}
    source = first.get("source")
    return AlertView(
        id=row["id"],
        rule=row["rule"],
        title=first.get("title") or row["rule"],
        severity=row["severity"],
        state=row["state"],
        audience=row["audience"],
        body=row["body"],
        body_name=names.get(row["body"] or "") or first.get("organization") or row["body"] or source or "",
        year=row["year"],
        message=row["message"],
        reason=row["reason"],
        previous_id=row["previous_id"],
        opened_at=row["opened_at"],
        link=_link(archive, source) or _standing_link(archive, row["body"], row["year"]),
        last_seen_on=local_date(read_stamp(seen_at)).isoformat() if seen_at else None,
        findings=findings,
    )


def _link(archive: Archive, source: str | None) -> str | None:
    """Return where a person can look: an address, also for a source that is an original's hash."""
    if source and len(source) == _SHA256_LENGTH:
        row = archive.row("select url from documents where sha256 = :sha256 order by id", {"sha256": source})
        return row["url"] if row else None
    return source if source and source.startswith(("http://", "https://")) else None


def _standing_link(archive: Archive, body: str | None, year: int | None) -> str | None:
    """Return what the body's standing rests on: its report, else the column where it was not seen."""
    standing = archive.row(
        "select document_id, evidence from standings where body = :body and year = :year"
        " order by id desc limit 1",
        {"body": body, "year": year},
    )
    if standing is None:
        return None
    row = archive.row(
        "select url from documents where id = :document union all"
        " select url from captures where id = :capture limit 1",
        {
            "document": standing["document_id"],
            "capture": next(iter(json.loads(standing["evidence"]).get("captures", ())), None),
        },
    )
    return row["url"] if row else None
