"""The data page: how to get the data, how to cite it, and what every column means."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from archive.public import public_tables
from archive.site.request import ask_one, site_of

EXAMPLES = (
    ("某一年度的全部报告与主要数字", "All reports of a year with their main numbers",
     "/nianbao/published_reports.json?_shape=array&year={year}"),
    ("各机关新收到的申请", "Requests received by each body",
     "/nianbao/requests_by_body.csv?line=received&year={year}"),
    ("行政复议", "Administrative reviews",
     "/nianbao/remedies_by_body.json?_shape=array&line=reconsideration&year={year}"),
    ("行政处罚决定数", "Penalties decided",
     "/nianbao/disclosure_by_body.json?_shape=array&line=penalties&year={year}"),
    ("收到申请多于 100 件的报告", "Reports with more than 100 requests",
     "/nianbao/key_figures.json?_shape=array&received__gt=100"),
)  # fmt: skip
JUDGING = (
    ("逾期未公布的机关", "Bodies that have not published",
     "/nianbao/body_years.json?_shape=array&standing=not_published&year={year}"),
    ("各地区公布状况计数", "Counts of standings by area", "/nianbao/coverage.csv?year={year}"),
    ("尚未消除的问题", "Open findings", "/nianbao/findings.json?_shape=array&state=open"),
)  # fmt: skip

NEWEST_SQL = """
select year from body_years where sha256 is not null group by year
order by year = :due desc, year desc limit 1"""
"""The year that examples ask for: the one that is due, or the newest with a report."""


async def data(request: Request, datasette: Datasette) -> Response:
    """Show the data page."""
    public, site = public_tables(), site_of(datasette)
    judges = site is not None and site.settings.public == "findings"
    newest = await ask_one(datasette, NEWEST_SQL, {"due": site.year if site else 0})
    year = newest["year"] if newest else 0
    told = {
        "year": year,
        "tables": public.tables,
        "views": public.views,
        "examples": [
            (zh, en, address.format(year=year))
            for zh, en, address in (*EXAMPLES, *(JUDGING if judges else ()))
        ],
        "origin": "" if site is None or site.is_static else datasette.absolute_url(request, "/").rstrip("/"),
    }
    return Response.html(await datasette.render_template("data.html", told, request=request))


routes = [(r"^/data$", data)]
