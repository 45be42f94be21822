"""All bodies on one page, for a site without a search: a browser finds a name in it by itself."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from archive.site.request import Row, ask, site_of

BODIES_SQL = """
select b.id, b.name, b.kind, b.area, a.name as area_name from bodies b left join areas a on a.area = b.area
order by b.area, b.kind, b.name"""


async def index(request: Request, datasette: Datasette) -> Response:
    """Show all bodies by area, on a static site only."""
    site = site_of(datasette)
    if site is None or not site.is_static:
        raise NotFound("index")
    areas: dict[str, list[Row]] = {}
    for row in await ask(datasette, BODIES_SQL):
        areas.setdefault(row["area_name"] or row["area"] or "", []).append(row)
    return Response.html(await datasette.render_template("index.html", {"areas": areas}, request=request))


routes = [(r"^/bodies$", index)]
