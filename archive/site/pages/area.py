"""An area: how its bodies stood through the years, and the areas and bodies within."""

from __future__ import annotations

from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from archive.site.address import Addresses
from archive.site.coverage import Part, counts, counts_by, coverage_rows, subarea_counts
from archive.site.request import ask, ask_one

MOST_BODIES = 300


async def area(request: Request, datasette: Datasette) -> Response:
    """Show one area."""
    code = request.url_vars["area"]
    found = await ask_one(datasette, "select * from areas where area = :area", {"area": code})
    if found is None:
        raise NotFound("area")
    rows = await coverage_rows(datasette, code)
    years = counts_by(rows, "year")
    above = await ask(
        datasette,
        "select * from areas where :area like area || '%' and area <> :area order by length(area)",
        {"area": code},
    )
    told = {
        "area": found,
        "above": [(Addresses().area(row["area"]), row["name"]) for row in above],
        "years": years,
        "present": [_standing(part) for part in counts(rows).parts()],
        "subareas": await subarea_counts(datasette, code, max(years)) if years else [],
        "bodies": await _own_bodies(datasette, code),
    }
    return Response.html(await datasette.render_template("area.html", told, request=request))


def _standing(part: Part) -> str:
    return part.standing


async def _own_bodies(datasette: Datasette, code: str) -> list[dict[str, Any]]:
    """Return the bodies of the area itself first, then those of the areas within."""
    return await ask(
        datasette,
        "select id, name, kind from bodies where area >= :area and area < :area || ':'"
        " order by length(area), area, kind, name limit :most",
        {"area": code, "most": MOST_BODIES},
    )


routes = [(r"^/area/(?P<area>\d{2,6})$", area)]
