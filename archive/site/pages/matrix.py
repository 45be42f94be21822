"""The compliance matrix: every body by year, with filters, and counts that add up."""

from __future__ import annotations

import json
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from archive.site.coverage import counts, counts_by, coverage_rows, subarea_counts
from archive.site.request import Row, ask, ask_one, site_of, whole_number
from archive.site.words import KINDS, STANDINGS

PAGE_SIZE = 50
YEARS_SHOWN = 6
FILTER_SQL = """
from body_years y join bodies b on b.id = y.body
where y.year = :year and (:kind = '' or b.kind = :kind)
  and (:standing = '' or coalesce(y.standing, 'archived') = :standing)
  and (:area = '' or (b.area >= :area and b.area < :area || ':'))
  and (:findings = '' or y.open_findings > 0)
  and (:rule = '' or y.body in
    (select f.body from findings f where f.rule = :rule and f.year = :year and f.state = 'open'))"""
NOT_EXAMINED_SQL = """
from bodies b where b.confirmed and :year between coalesce(b.since, 0) and coalesce(b.until, 9999)
  and not exists (select 1 from body_years y where y.body = b.id and y.year = :year)
  and (:kind = '' or b.kind = :kind) and :findings = '' and :rule = ''
  and (:area = '' or (b.area >= :area and b.area < :area || ':'))"""


async def matrix(request: Request, datasette: Datasette) -> Response:
    """Show the matrix of one year's bodies and the years before."""
    site = site_of(datasette)
    years = [
        row["year"] for row in await ask(datasette, "select distinct year from coverage order by 1 desc")
    ]
    due = site.year if site else 0
    year = whole_number(request.args.get("year"), due if due in years else max(years, default=due))
    chosen = _chosen(request, year)
    rows = await coverage_rows(datasette, str(chosen["area"]), year)
    page = whole_number(request.args.get("page"), 1, least=1)
    found = await ask_one(datasette, f"select count(*) as n {_filtered(chosen)}", chosen)
    told = {
        "years": years,
        "year": year,
        "chosen": chosen,
        "kinds": KINDS,
        "standings": STANDINGS,
        "by_kind": counts_by(rows, "kind"),
        "all_kinds": counts(rows),
        "subareas": await subarea_counts(datasette, str(chosen["area"]), year),
        "area": await ask_one(datasette, "select * from areas where area = :area", chosen),
        "rule": await ask_one(
            datasette, "select rule, title from findings where rule = :rule limit 1", chosen
        ),
        "shown_years": [shown for shown in years if shown <= year][:YEARS_SHOWN],
        "bodies": await _bodies(datasette, chosen, page),
        "found": found["n"] if found else 0,
        "page": page,
        "pages": -(-(found["n"] if found else 0) // PAGE_SIZE),
    }
    return Response.html(await datasette.render_template("matrix.html", told, request=request))


def _chosen(request: Request, year: int) -> dict[str, Any]:
    chosen: dict[str, Any] = {"year": year}
    for name in ("kind", "standing", "area", "findings", "rule"):
        chosen[name] = request.args.get(name) or ""
    return chosen


def _filtered(chosen: dict[str, Any]) -> str:
    return NOT_EXAMINED_SQL if _is_unexamined(chosen) else FILTER_SQL


def _is_unexamined(chosen: dict[str, Any]) -> bool:
    return bool(chosen["standing"] == "not_examined")


async def _bodies(datasette: Datasette, chosen: dict[str, Any], page: int) -> list[Row]:
    """Return one page of bodies, each with its standings by year."""
    order = "b.id" if _is_unexamined(chosen) else "y.body"  # of two equal columns, the indexed one
    bodies = await ask(
        datasette,
        f"select b.id, b.name, b.kind {_filtered(chosen)} order by {order} limit :size offset :skip",
        {**chosen, "size": PAGE_SIZE, "skip": (page - 1) * PAGE_SIZE},
    )
    standings = await ask(
        datasette,
        "select y.* from json_each(:bodies) j join body_years y on y.body = j.value",
        {"bodies": json.dumps([body["id"] for body in bodies])},
    )
    for body in bodies:
        body["years"] = {row["year"]: row for row in standings if row["body"] == body["id"]}
    return bodies


routes = [(r"^/matrix$", matrix)]
