"""Two reports side by side: two versions of one, two years of a body, or two bodies."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from archive.derived import report_of
from archive.differences import differing_cells, differing_sections
from archive.site.address import Addresses
from archive.site.forms import cell_label
from archive.site.request import Row, ask_one

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
    }
    return Response.html(await datasette.render_template("compare.html", told, request=request))


async def choose(request: Request, datasette: Datasette) -> Response:
    """Find the reports of two bodies' years (left, left_year, right, right_year) and compare them."""
    found = []
    for side in ("left", "right"):
        key = {"body": request.args.get(side) or "", "year": request.args.get(f"{side}_year") or ""}
        sql = "select sha256 from body_years where body = :body and year = cast(:year as integer)"
        row = await ask_one(datasette, sql, key)
        if row is None or row["sha256"] is None:
            raise NotFound("report")
        found.append(row["sha256"])
    return Response.redirect(datasette.urls.path(Addresses().difference(*found)))


async def _side(datasette: Datasette, sha256: str) -> Row:
    row = await ask_one(datasette, SIDE_SQL, {"sha256": sha256})
    if row is None:
        raise NotFound("report")
    return row


routes = [
    (r"^/compare/(?P<left>[0-9a-f]{64})/(?P<right>[0-9a-f]{64})$", compare),
    (r"^/compare$", choose),
]
