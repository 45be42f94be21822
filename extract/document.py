"""A report as JSON: the object `nianbao.report/1` of docs/contract/report.md."""

from __future__ import annotations

from typing import Any

from extract.model import Fact, Number, Report

SCHEMA = "nianbao.report/1"


def report_json(
    report: Report, source: str, sha256: str, media_type: str, evidence: bool = False
) -> dict[str, Any]:
    """Return the JSON object of a report; `evidence` adds the list `facts`."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "source": source,
        "sha256": sha256,
        "media_type": media_type,
        "title": report.title,
        "organization": report.organization,
        "year": report.year,
        "format": report.format.value,
        "sections": [{"number": s.number, "heading": s.heading, "text": s.text} for s in report.sections],
        **tables_json(report),
        "problems": [{"code": problem.code, "detail": problem.detail} for problem in report.problems],
    }
    if evidence:
        document["facts"] = [fact_json(fact) for fact in report.facts]
    return document


def tables_json(report: Report) -> dict[str, dict[str, dict[str, int | float | None]]]:
    """Return the three tables; a row that the document does not have is absent."""
    tables: dict[str, dict[str, dict[str, int | float | None]]] = {
        "disclosure": {},
        "requests": {},
        "remedies": {},
    }
    for fact in report.facts:
        table, row, column = fact.path.split(".")
        tables[table].setdefault(row, {})[column] = plain_number(fact.value)
    return tables


def fact_json(fact: Fact) -> dict[str, Any]:
    """Return one fact with its evidence."""
    anchor = fact.anchor
    document: dict[str, Any] = {
        "path": fact.path,
        "value": plain_number(fact.value),
        "raw": fact.raw,
        "state": fact.state.value,
        "page": anchor.page if anchor else None,
        "bbox": list(anchor.bbox) if anchor and anchor.bbox else None,
        "locator": anchor.locator if anchor else None,
    }
    if fact.note is not None:
        document["note"] = fact.note
    if fact.reader is not None:
        document["reader"] = fact.reader
    return document


def plain_number(value: Number | None) -> int | float | None:
    """Return a number as JSON has it: whole numbers as int, others as float."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
