"""A report: its six sections, the official tables with what was found in them, and where it came from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from archive.derived import report_of
from archive.search import Piece
from archive.site.answers import by_cause, with_answers
from archive.site.forms import LaidOut, cell_label, forms, lay_out
from archive.site.pages.body import load_body
from archive.site.request import Row, ask, ask_one
from archive.site.words import NUMERALS
from extract.model import Report

TABLE_OF_SECTION = {2: "disclosure", 3: "requests", 4: "remedies"}
VERSIONS_SQL = """
select d.*, r.media_type, r.title from documents d join reports r using (sha256)
where (d.body = :body and d.year = :year) or d.sha256 = :sha256 order by d.first_seen_at desc, d.id desc"""
FINDINGS_SQL = """
select * from findings where body = :body and year = :year
  and (:all_versions or sha256 is null or sha256 = :sha256)
order by state, case severity when 'error' then 0 when 'warning' then 1 else 2 end, cause, rule,
  fingerprint"""


@dataclass(frozen=True, slots=True)
class Part:
    """A section as the page shows it: numeral and heading, paragraphs, and its official table."""

    number: int | None
    numeral: str
    heading: str
    paragraphs: list[str]
    table: LaidOut | None
    missing: bool = False


async def body_year(request: Request, datasette: Datasette) -> Response:
    """Show what stands for a body's year: its report, or that there is none and why."""
    body = await load_body(datasette, request.url_vars["body"])
    year = int(request.url_vars["year"])
    state = await ask_one(
        datasette,
        "select * from body_years where body = :body and year = :year",
        {"body": body["id"], "year": year},
    )
    if state is None:
        raise NotFound("year")
    told = {"body": body, "year": year, "state": state}
    return await _show(request, datasette, told, state["sha256"] or "")


async def version(request: Request, datasette: Datasette) -> Response:
    """Show one version of a report by the hash of its original."""
    sha256 = request.url_vars["sha256"]
    placed = await ask_one(
        datasette,
        "select body, year from documents where sha256 = :sha256 order by body is null, id limit 1",
        {"sha256": sha256},
    )
    if placed is None:
        raise NotFound("report")
    body = await load_body(datasette, placed["body"]) if placed["body"] else None
    state = await ask_one(datasette, "select * from body_years where body = :body and year = :year", placed)
    told = {"body": body, "year": placed["year"], "state": state, "is_version": True}
    return await _show(request, datasette, told, sha256)


async def _show(request: Request, datasette: Datasette, told: dict[str, Any], sha256: str) -> Response:
    key = {"body": (told["body"] or {}).get("id"), "year": told["year"], "sha256": sha256,
           "all_versions": not told.get("is_version")}  # fmt: skip
    row = await ask_one(datasette, "select * from reports where sha256 = :sha256", key)
    report = report_of(row) if row else None
    found = [_finding(row) for row in await ask(datasette, FINDINGS_SQL, key)]
    findings = await with_answers(datasette, found)
    here = [row for row in findings if row["state"] == "open" and row["sha256"] in (None, sha256)]
    versions = await ask(datasette, VERSIONS_SQL, key)
    told |= {
        "sha256": sha256,
        "row": row,
        "report": report,
        "parts": parts(report) if report else [],
        "findings": findings,
        "causes": by_cause(findings),
        "marked": marks(here),
        "cell_label": cell_label,
        "mark_words": partial(marked_words, quoted=quoted_words(here)),
        "changed": changed_in_place(versions),
        "versions": versions,
        "years": await ask(
            datasette, "select year, sha256 from body_years where body = :body order by year desc", key
        ),
    }
    return Response.html(await datasette.render_template("report.html", told, request=request))


def changed_in_place(versions: list[Row]) -> list[tuple[str, str]]:
    """Return (earlier, later) hashes of contents that followed each other at one address, oldest first."""
    seen: dict[str, str] = {}
    changes = []
    for item in reversed(versions):
        earlier = seen.get(item["url"])
        if earlier is not None and earlier != item["sha256"]:
            changes.append((earlier, item["sha256"]))
        seen[item["url"]] = item["sha256"]
    return changes


def marked_words(paragraph: str, quoted: list[str]) -> list[Piece]:
    """Return a paragraph in pieces, the words that a finding quotes marked; blanks may differ."""
    patterns = [r"\s*".join(map(re.escape, "".join(words.split()))) for words in quoted]
    if not patterns:
        return [Piece(paragraph, False)]
    pieces = re.split(f"({'|'.join(patterns)})", paragraph)
    return [Piece(text, at % 2 == 1) for at, text in enumerate(pieces) if text]


def parts(report: Report) -> list[Part]:
    """Return the sections in the report's order; official ones that it lacks are named where they belong."""
    facts = {fact.path: fact for fact in report.facts}
    tables = {number: lay_out(facts, name, str(report.format)) for number, name in TABLE_OF_SECTION.items()}
    shown = []
    for section in report.sections:
        table = tables.pop(section.number, None) if section.number else None
        shown.append(
            Part(section.number, _numeral(section.number), section.heading, _paragraphs(section.text), table)
        )
    present = {part.number for part in shown}
    for official in forms()["2021"].sections:
        if report.format != "unknown" and official.number not in present:
            missing = Part(official.number, _numeral(official.number), official.title, [],
                           tables.pop(official.number, None), missing=True)  # fmt: skip
            shown.insert(_place(shown, official.number), missing)
    return shown


def marks(findings: list[Row]) -> Mapping[str, list[Row]]:
    """Return findings by the cells that they speak of, one for each cause."""
    cells: dict[str, list[Row]] = {}
    for found in findings:
        for path in found["cells"]:
            known = cells.setdefault(path, [])
            if all(other["cause"] != found["cause"] for other in known):
                known.append(found)
    return cells


def _finding(row: Row) -> Row:
    told = json.loads(row["finding"])
    paths = [row["cell"], *(item.get("path") for item in told.get("evidence", []))]
    named = list(dict.fromkeys(path for path in paths if path))
    cells = [row["cell"]] if row["cell"] else named
    others = [path for path in named if path not in cells]
    return {**row, "cells": cells, "other_cells": others, "told": told}


def quoted_words(findings: list[Row]) -> list[str]:
    """Return the words of the original that findings quote, the longest first."""
    evidence = (item for found in findings for item in found["told"]["evidence"])
    words = {item["raw"] for item in evidence if item.get("raw") and not item.get("path")}
    return sorted(words, key=lambda word: (-len(word), word))


def _numeral(number: int | None) -> str:
    return NUMERALS[number] if number else ""


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _place(shown: list[Part], number: int) -> int:
    """Return where a missing section belongs: before the first with a higher number."""
    after = (at for at, part in enumerate(shown) if part.number is not None and part.number > number)
    return next(after, len(shown))


routes = [
    (r"^/body/(?P<body>[^/]+)/(?P<year>\d{4})$", body_year),
    (r"^/report/(?P<sha256>[0-9a-f]{64})$", version),
]
