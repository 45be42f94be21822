"""The proof of a number: the stored original with its cell marked."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from archive.derived import report_of
from archive.site.draw import PICTURE_TYPES, Drawer
from archive.site.forms import cell_label
from archive.site.request import ask, ask_one, site_of
from extract.model import Anchor, Fact

MARGIN_POINTS = 3.0
AROUND_POINTS = (150.0, 45.0)
"""How much of the page is shown to each side of a number, and above and below it."""
REPORT_SQL = """
select r.*, b.name from reports r left join documents d using (sha256) left join bodies b on b.id = d.body
where r.sha256 = :sha256 order by b.name is null, d.id limit 1"""


async def proof(request: Request, datasette: Datasette) -> Response:
    """Show where a cell of a report stands in its original."""
    sha256 = request.url_vars["sha256"]
    row = await ask_one(datasette, REPORT_SQL, {"sha256": sha256})
    fact = report_of(row).fact(request.url_vars["path"]) if row else None
    if row is None or fact is None:
        raise NotFound("proof")
    sources = await ask(
        datasette, "select * from documents where sha256 = :sha256 order by id", {"sha256": sha256}
    )
    told = {
        "sha256": sha256,
        "row": row,
        "fact": fact,
        "label": cell_label(fact.path),
        "sources": sources,
        **await _shown(_drawer(datasette), sha256, fact),
    }
    return Response.html(await datasette.render_template("proof.html", told, request=request))


async def proofs(request: Request, datasette: Datasette) -> Response:
    """Show all places of a report's cells; the one after # in the address is marked."""
    sha256 = request.url_vars["sha256"]
    row = await ask_one(datasette, REPORT_SQL, {"sha256": sha256})
    if row is None:
        raise NotFound("proof")
    shown = await _everything(_drawer(datasette), sha256, report_of(row).facts)
    told = {"sha256": sha256, "row": row, "cell_label": cell_label, **shown}
    return Response.html(await datasette.render_template("proofs.html", told, request=request))


async def picture(request: Request, datasette: Datasette) -> Response:
    """Send the picture of a page of a published report."""
    sha256 = request.url_vars["sha256"]
    known = await ask_one(datasette, "select 1 from reports where sha256 = :sha256", {"sha256": sha256})
    drawn = await _drawer(datasette).page(sha256, int(request.url_vars["page"])) if known else None
    if drawn is None or drawn.ending != request.url_vars["ending"]:
        raise NotFound("page")
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(drawn.content, headers=headers, content_type=PICTURE_TYPES[drawn.ending])


def _drawer(datasette: Datasette) -> Drawer:
    site = site_of(datasette)
    if site is None:
        raise NotFound("site")
    return Drawer(site.originals, site.drawings)


async def _shown(drawer: Drawer, sha256: str, fact: Fact) -> dict[str, object]:
    """Return the page with its box, or the table with its cell, whichever the anchor names."""
    anchor = fact.anchor or Anchor()
    if anchor.page is not None:
        drawn = await drawer.page(sha256, anchor.page)
        box = _box(anchor)
        detail = _detail(box, drawn.size) if box and drawn else None
        return {"page": anchor.page, "picture": drawn, "box": box, "detail": detail}
    if anchor.locator:
        tables = await drawer.tables(sha256, {anchor.locator: fact.path})
        return {"table": tables[0] if tables else None, "locator": anchor.locator}
    return {}


async def _everything(drawer: Drawer, sha256: str, facts: tuple[Fact, ...]) -> dict[str, object]:
    """Return all pages with their boxes and all tables with their cells."""
    placed = [(fact, fact.anchor) for fact in facts if fact.anchor]
    pages = []
    for number in sorted({anchor.page for _fact, anchor in placed if anchor.page is not None}):
        drawn = await drawer.page(sha256, number)
        boxes = [(fact, _box(anchor)) for fact, anchor in placed if anchor.page == number and anchor.bbox]
        pages.append({"number": number, "picture": drawn, "boxes": boxes})
    places = {anchor.locator: fact.path for fact, anchor in placed if anchor.locator}
    return {"pages": pages, "tables": await drawer.tables(sha256, places) if places else []}


def _box(anchor: Anchor) -> dict[str, float] | None:
    """Return the box with a little room around it, in points."""
    if anchor.bbox is None:
        return None
    x0, top, x1, bottom = anchor.bbox
    return {
        "x": x0 - MARGIN_POINTS,
        "y": top - MARGIN_POINTS,
        "width": x1 - x0 + 2 * MARGIN_POINTS,
        "height": bottom - top + 2 * MARGIN_POINTS,
    }


def _detail(box: dict[str, float], size: tuple[float, float]) -> str:
    """Return the viewBox of the part of the page around a box."""
    aside, above = AROUND_POINTS
    width = min(box["width"] + 2 * aside, size[0])
    height = min(box["height"] + 2 * above, size[1])
    x = min(max(box["x"] + (box["width"] - width) / 2, 0), size[0] - width)
    y = min(max(box["y"] + (box["height"] - height) / 2, 0), size[1] - height)
    return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f}"


routes = [
    (r"^/proof/(?P<sha256>[0-9a-f]{64})$", proofs),
    (r"^/proof/(?P<sha256>[0-9a-f]{64})/page/(?P<page>\d{1,4})\.(?P<ending>png|svg)$", picture),
    (r"^/proof/(?P<sha256>[0-9a-f]{64})/(?P<path>[a-z_]+\.[a-z_0-9]+\.[a-z_0-9]+)$", proof),
]
