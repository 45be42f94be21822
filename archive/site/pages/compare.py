"""Two reports side by side: two versions of one, two years of a body, or two bodies."""

from __future__ import annotations

from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from archive.derived import report_of
from archive.differences import differing_cells, differing_sections
from archive.site.address import Addresses
from archive.site.forms import cell_label, forms
from archive.site.request import Row, ask, ask_one, containing
from archive.site.words import NUMERALS

MOST_BODIES = 30
NAMED_SQL = (
    "select id, name from bodies where id = :words",
    "select id, name from bodies where name = :words order by id limit :most",
    """select id, name from bodies where name like :like escape '\\' or aliases like :like escape '\\'
    order by length(name), id limit :most""",
)
SIDE_SQL = """
select r.*, d.body, d.year as report_year, d.first_seen_at, b.name from reports r
join documents d using (sha256) left join bodies b on b.id = d.body
where r.sha256 = :sha256 order by d.body is null, d.id limit 1"""


async def compare(request: Request, datasette: Datasette) -> Response:
    """Show what differs between two reports."""
    left = await _side(datasette, request.url_vars["left"])
    right = await _side(datasette, request.url_vars["right"])
    before, after = report_of(left), report_of(right)
    same_report = bool(left["body"]) and (left["body"], left["report_year"]) == (
        right["body"],
        right["report_year"],
    )
    told = {
        "left": left,
        "right": right,
        "same_report": same_report,
        "cells": differing_cells(before, after),
        "sections": differing_sections(before, after) if left["body"] == right["body"] else [],
        "cell_label": cell_label,
        "headings": {
            part.number: f"{NUMERALS[part.number]}、{part.title}" for part in forms()["2021"].sections
        },
    }
    return Response.html(await datasette.render_template("compare.html", told, request=request))


async def choose(request: Request, datasette: Datasette) -> Response:
    """Find the reports of two bodies' years (left, left_year, right, right_year) and compare them.

    A body is named by its id or its name; where nothing is asked yet, several or none are meant, or the
    year has no report, a page with a form says so and offers what there is.
    """
    sides = [await _asked(request, datasette, side) for side in ("left", "right")]
    hashes = [side["sha256"] for side in sides]
    if all(hashes):
        return Response.redirect(datasette.urls.path(Addresses().difference(*hashes)))
    asked = {
        f"{name}{part}": request.args.get(f"{name}{part}")
        for name in ("left", "right")
        for part in ("", "_year")
    }
    years = await ask(
        datasette, "select distinct year from body_years where sha256 is not null order by year desc"
    )
    told = {"sides": sides, "asked": asked, "years": [row["year"] for row in years]}
    html = await datasette.render_template("compare_choose.html", told, request=request)
    is_question = not any(side["words"] for side in sides) or any(len(side["bodies"]) > 1 for side in sides)
    return Response.html(html, status=200 if is_question else 404)


async def _asked(request: Request, datasette: Datasette, side: str) -> dict[str, Any]:
    """Return what is known of one side: the words, the bodies they may mean, the report's hash."""
    words, year = (request.args.get(side) or "").strip(), request.args.get(f"{side}_year") or ""
    bodies = await _meant(datasette, words)
    told: dict[str, Any] = {
        "side": side,
        "words": words,
        "year": year,
        "bodies": bodies,
        "sha256": None,
        "years": [],
    }
    if len(bodies) == 1:
        sql = (
            "select year, sha256 from body_years where body = :body and sha256 is not null order by year desc"
        )
        years = await ask(datasette, sql, {"body": bodies[0]["id"]})
        told["years"] = [row["year"] for row in years]
        told["sha256"] = next((row["sha256"] for row in years if str(row["year"]) == year), None)
    return told


async def _meant(datasette: Datasette, words: str) -> list[Row]:
    """Return the bodies that the words name: by id, by full name, else by a part of a name."""
    if not words:
        return []
    for sql in NAMED_SQL:
        found = await ask(datasette, sql, {"words": words, "like": containing(words), "most": MOST_BODIES})
        if found:
            return found
    return []


async def _side(datasette: Datasette, sha256: str) -> Row:
    row = await ask_one(datasette, SIDE_SQL, {"sha256": sha256})
    if row is None:
        raise NotFound("report")
    return row


routes = [
    (r"^/compare/(?P<left>[0-9a-f]{64})/(?P<right>[0-9a-f]{64})$", compare),
    (r"^/compare$", choose),
]
