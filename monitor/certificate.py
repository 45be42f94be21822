"""The certificate of absence: what was looked at, when, with the bytes that were shown, as one ZIP.

Layout: `certificate.json` (everything as data), `证明.txt` (for people), `captures.csv`, `listings.csv`,
`pages/<sha256>` (the list pages as received) and `SHA256SUMS` over all of them. It is checked without
this program by `monitor/certificate_check.py`, which imports the standard library alone.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.errors import ArchiveError
from archive.store import Archive, Row, stamp, to_json
from config import clock
from config.clock import SHANGHAI
from extract.version import EXTRACT_VERSION
from monitor.coverage import Case, Standing, StandingKind, decide
from monitor.evidence import Evidence
from monitor.roster import Roster
from monitor.rules.packs import load_due_days
from monitor.standing_words import sentence_of

SCHEMA = "nianbao.certificate/1"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CAPTURE_COLUMNS = (
    "id", "portal", "url", "final_url", "requested_at", "method", "status", "verdict", "sha256", "shown_by",
    "size_bytes", "etag", "last_modified",
)  # fmt: skip


class AbsenceNotProven(ArchiveError):
    """Raised when a body's absence is not proven, by `prove_absence`: the message is the standing."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A proven absence: the case, its standing, the captures of its looks and what they showed."""

    case: Case
    standing: Standing
    captures: tuple[Row, ...]
    listings: tuple[Row, ...]


def prove_absence(archive: Archive, config_dir: Path, roster: Roster, body_id: str, year: int) -> Absence:
    """Return the proof that a body has not published; raises AbsenceNotProven with the reason."""
    body = roster.bodies[body_id]
    portals = {portal.id: portal for portal in roster.portals_of(body)}
    here = Roster(roster.bodies, portals)
    evidence = Evidence(archive, here, load_due_days(config_dir), EXTRACT_VERSION, clock.now())
    case = evidence.case(body, year)
    standing = decide(case)
    if standing.kind is not StandingKind.NOT_PUBLISHED:
        raise AbsenceNotProven(f"{body_id} {year}: 未公布一事没有得到证明: {sentence_of(case, standing)}")
    if not body.confirmed:
        raise AbsenceNotProven(f"{body_id} {year}: {body.name}尚待核实 (confirmed: no), 不出具证明")
    dismissed = archive.row(
        "select id, reason from alerts where body = :body and year = :year and state = 'dismissed'"
        " and rule = 'publication.missing' order by id desc limit 1",
        {"body": body_id, "year": year},
    )
    if dismissed is not None:
        raise AbsenceNotProven(
            f"{body_id} {year}: 提醒 {dismissed['id']} 已由人驳回 ({dismissed['reason']}), 不出具证明"
        )
    captures = _captures(archive, standing)
    shown_by = sorted({row["shown_by"] for row in captures})
    listings = archive.rows(
        "select l.capture_id, l.position, l.url, l.title, l.shown_on from listings l"
        " where l.capture_id in (select value from json_each(:ids)) order by l.capture_id, l.position",
        {"ids": to_json(shown_by)},
    )
    return Absence(case, standing, tuple(captures), tuple(listings))


def write_certificate(archive: Archive, absence: Absence, target: Path) -> str:
    """Write the ZIP beside its place and rename it; raises OriginalDamaged where a page is damaged.

    Returns its seal: the hash over SHA256SUMS, to be told together with the certificate.
    """
    files = {
        "certificate.json": json.dumps(_as_data(absence), ensure_ascii=False, indent=1).encode(),
        "证明.txt": _statement(absence).encode(),
        "captures.csv": _csv(_CAPTURE_COLUMNS, absence.captures),
        "listings.csv": _csv(("capture_id", "position", "url", "title", "shown_on"), absence.listings),
    }
    for sha256 in sorted({row["sha256"] for row in absence.captures}):
        files[f"pages/{sha256}"] = archive.originals.read(sha256)
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    files["SHA256SUMS"] = sums.encode()
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.new")
    with zipfile.ZipFile(unfinished, "w") as file:
        for name, content in files.items():
            file.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    unfinished.replace(target)
    return hashlib.sha256(files["SHA256SUMS"]).hexdigest()


def _captures(archive: Archive, standing: Standing) -> list[Row]:
    """Return the captures of the looks; an unchanged page carries the bytes of the answer before it."""
    ids = sorted({capture for look in standing.looks for capture in look.captures})
    rows = archive.rows(
        "select c.*, coalesce(case when c.sha256 is not null then c.id end, (select max(p.id) from captures p"
        " where p.url = c.url and p.portal = c.portal and p.id < c.id and p.verdict = 'ok')) as shown_by"
        " from captures c where c.id in (select value from json_each(:ids)) order by c.id",
        {"ids": to_json(ids)},
    )
    bytes_of = archive.rows(
        "select id, sha256, size_bytes from captures where id in (select value from json_each(:ids))",
        {"ids": to_json([row["shown_by"] for row in rows])},
    )
    shown = {row["id"]: row for row in bytes_of}
    told = []
    for row in rows:
        source = shown.get(row["shown_by"])
        if source is None or source["sha256"] is None:
            continue  # one hop of a redirect: the capture of the last hop has the page
        kept = {**row, "sha256": source["sha256"], "size_bytes": source["size_bytes"]}
        told.append({name: kept[name] for name in _CAPTURE_COLUMNS})
    return told


def _as_data(absence: Absence) -> Mapping[str, Any]:
    case = absence.case
    return {
        "schema": SCHEMA,
        "made_at": stamp(clock.now()),
        "body": {
            "id": case.body.id,
            "name": case.body.name,
            "names": list(case.body.names),
            "kind": str(case.body.kind),
            "division": case.body.division,
        },
        "year": case.year,
        "standing": str(absence.standing.kind),
        "due_on": case.deadline.due_on.isoformat(),
        "due_basis": case.deadline.basis,
        "too_late_from": stamp(case.deadline.passed_at),
        "sentence": sentence_of(case, absence.standing),
        "looks": [
            {"portal": look.portal, "outcome": look.outcome, "pages": list(look.pages)}
            for look in absence.standing.looks
        ],
        "captures": list(absence.captures),
    }


def _statement(absence: Absence) -> str:
    case = absence.case
    names = {view.portal: view.name for view in case.views}
    lines = [
        f"关于{case.body.name}{case.year}年度政府信息公开工作年度报告未公布的查证说明",
        "",
        f"一、结论。{sentence_of(case, absence.standing)}",
        f"二、期限依据。{case.deadline.basis}，截止日为{case.deadline.due_on.isoformat()}（北京时间当日24时）。",
        "三、查看了什么。期限届满后，对该机关公布年报的每个栏目逐页查看，各页均正常取得：",
    ]
    for row in absence.captures:
        at = datetime.fromisoformat(row["requested_at"]).astimezone(SHANGHAI)
        lines.append(
            f"  · {at:%Y-%m-%d %H:%M:%S} {names.get(row['portal'], row['portal'])} {row['url']}"
            f"（HTTP {row['status']}，{row['verdict']}）页面 SHA-256 {row['sha256']}"
        )
    lines += [
        f"四、栏目列出了什么。{len(absence.listings)} 个链接（listings.csv），没有该机关该年度的报告。",
        "五、效力范围。只证明上列栏目在上列时间没有列出该报告，不证明该机关没有编制或没有以其他方式公布。",
        "六、如何核验。解压后用 SHA256SUMS 核对各文件；或运行 python certificate_check.py 本文件.zip。",
        f"出具时间：{clock.now().astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}（北京时间），由 nianbao 自动出具。",
    ]
    return "\n".join(lines) + "\n"


def _csv(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\r\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
