"""The data page: how to get the data, how to cite it, and what every column means."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from archive.public import public_tables


async def data(request: Request, datasette: Datasette) -> Response:
    """Show the data page."""
    public = public_tables()
    told = {"tables": public.tables, "views": public.views}
    return Response.html(await datasette.render_template("data.html", told, request=request))


routes = [(r"^/data$", data)]
