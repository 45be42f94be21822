"""The front page: what this is, how complete the year is, what came in last."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from archive.site.coverage import counts_by, coverage_rows, subarea_counts
from archive.site.request import ask, ask_one, site_of

LATEST_SQL = """
select y.body, y.year, b.name, b.kind, y.standing, y.published_on, y.open_findings, r.title, d.first_seen_at
from documents d join body_years y on y.document_id = d.id join reports r on r.sha256 = d.sha256
left join bodies b on b.id = y.body order by d.first_seen_at desc, d.id desc limit 10"""
TOTALS_SQL = """
select (select count(*) from bodies) as bodies, (select count(*) from reports) as reports,
  (select count(*) from documents) as documents,
  (select sum(open_findings) from body_years) as findings,
  (select min(year) from body_years where sha256 is not null) as first_year,
  (select max(year) from body_years where sha256 is not null) as last_year"""


async def home(request: Request, datasette: Datasette) -> Response:
    """Show the front page."""
    years = counts_by(await coverage_rows(datasette), "year")
    site = site_of(datasette)
    due = site.year if site else 0
    year = due if due in years else max(years, default=due)
    told = {
        "year": year,
        "coverage": years.get(year),
        "areas": await subarea_counts(datasette, "", year),
        "latest": await ask(datasette, LATEST_SQL),
        "totals": await ask_one(datasette, TOTALS_SQL),
    }
    return Response.html(await datasette.render_template("home.html", told, request=request))


routes = [(r"^/$", home)]
