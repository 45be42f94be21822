"""What extraction made of the originals: texts, reports, lines and outcomes, by version.

Every stored document ends as exactly one of report / rejected / problem at each version. "Rows that
lack an output at the current version" is the queue: raising the version makes all of them due again,
and nothing is crawled anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from archive.schema import LINE_TABLES
from archive.store import Archive, Row, stamp, to_json
from config import clock
from extract.model import Anchor, Fact, Format, NormalizedText, Problem, Report, Section, State


class Outcome(StrEnum):
    """How a stored document ended at a version."""

    REPORT = "report"
    REJECTED = "rejected"  # readable, and not an annual report
    PROBLEM = "problem"  # cannot be read


@dataclass(frozen=True, slots=True)
class Derivation:
    """All that one version of the code made of one original."""

    sha256: str
    version: int
    outcome: Outcome
    code: str = ""
    reason: str = ""
    text: NormalizedText | None = None
    report: Report | None = None


def pending_originals(archive: Archive, version: int) -> list[str]:
    """Return the hashes of documents without an outcome at `version`, oldest first."""
    rows = archive.rows(
        "select sha256 from documents group by sha256 having sha256 not in"
        " (select sha256 from outcomes where version = :version) order by min(id)",
        {"version": version},
    )
    return [row["sha256"] for row in rows]


def add_derivation(archive: Archive, derivation: Derivation) -> None:
    """Store everything made of one original in one transaction; again at the same version: nothing."""
    key = {"sha256": derivation.sha256, "version": derivation.version}
    made = {**key, "made_at": stamp(clock.now())}
    with archive.atomic():
        if archive.row("select 1 from outcomes where sha256 = :sha256 and version = :version", key):
            return
        if derivation.text is not None:
            archive.add("texts", {**made, **_text_row(derivation.text)})
        if derivation.report is not None:
            archive.add("reports", {**made, **_report_row(derivation.report)})
            for table, row in _lines(derivation.report):
                archive.add(table, {**key, **row})
        outcome = {"outcome": str(derivation.outcome), "code": derivation.code, "reason": derivation.reason}
        archive.add("outcomes", {**made, **outcome})


def load_report(archive: Archive, sha256: str, version: int) -> Report | None:
    """Return the report made of an original at a version, or None."""
    row = archive.row(
        "select * from reports where sha256 = :sha256 and version = :version",
        {"sha256": sha256, "version": version},
    )
    return report_of(row) if row else None


def load_text(archive: Archive, sha256: str, version: int) -> NormalizedText | None:
    """Return the normalized text made of an original at a version, or None."""
    row = archive.row(
        "select * from texts where sha256 = :sha256 and version = :version",
        {"sha256": sha256, "version": version},
    )
    if row is None:
        return None
    anchors = {(line, cell): _anchor_of(place) for line, cell, *place in json.loads(row["anchors"])}
    problems = tuple(Problem(*item) for item in json.loads(row["problems"]))
    return NormalizedText(
        row["text"], row["media_type"], row["reader"], version, anchors, problems, json.loads(row["hints"])
    )


def report_of(row: Row) -> Report:
    """Rebuild a Report from its row; the same value that was stored."""
    return Report(
        title=row["title"],
        organization=row["organization"],
        year=row["year"],
        format=Format(row["format"]),
        sections=tuple(Section(*item) for item in json.loads(row["sections"])),
        facts=tuple(_fact_of(item) for item in json.loads(row["facts"], parse_float=Decimal)),
        problems=tuple(Problem(*item) for item in json.loads(row["problems"])),
    )


def _text_row(text: NormalizedText) -> Row:
    anchors = [[line, cell, *_anchor_list(anchor)] for (line, cell), anchor in sorted(text.anchors.items())]
    return {
        "reader": text.reader,
        "media_type": text.media_type,
        "text": text.text,
        "anchors": to_json(anchors),
        "problems": to_json([[problem.code, problem.detail] for problem in text.problems]),
        "hints": to_json(dict(text.hints)),
    }


def _report_row(report: Report) -> Row:
    return {
        "title": report.title,
        "organization": report.organization,
        "year": report.year,
        "format": str(report.format),
        "sections": to_json([[item.number, item.heading, item.text] for item in report.sections]),
        "facts": to_json([_fact_list(fact) for fact in report.facts]),
        "problems": to_json([[problem.code, problem.detail] for problem in report.problems]),
    }


def _lines(report: Report) -> list[tuple[str, Row]]:
    """Return (table, row) for each line of the official tables; unread cells are null."""
    lines: dict[tuple[str, str], Row] = {}
    for fact in report.facts:
        table, line, column = fact.path.split(".")
        name, _columns = LINE_TABLES[table]
        row = lines.setdefault((name, line), {"line": line})
        row[column] = _plain(fact.value)
    return [(table, row) for (table, _line), row in lines.items()]


def _fact_list(fact: Fact) -> list[Any]:
    place = _anchor_list(fact.anchor) if fact.anchor else None
    return [fact.path, _plain(fact.value), fact.raw, str(fact.state), place, fact.note, fact.reader]


def _fact_of(item: list[Any]) -> Fact:
    path, value, raw, state, place, note, reader = item
    return Fact(path, value, raw, State(state), _anchor_of(place) if place else None, note, reader)


def _anchor_list(anchor: Anchor) -> list[Any]:
    return [anchor.page, list(anchor.bbox) if anchor.bbox else None, anchor.locator]


def _anchor_of(item: list[Any]) -> Anchor:
    page, bbox, locator = item
    box = (float(bbox[0]), float(bbox[1]), float(bbox[2]), float(bbox[3])) if bbox else None
    return Anchor(page, box, locator)


def _plain(value: int | Decimal | None) -> int | float | None:
    """Write amounts as JSON numbers: `float` prints the shortest digits that read back the same."""
    return float(value) if isinstance(value, Decimal) else value
