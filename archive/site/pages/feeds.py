"""Atom feeds: new reports, and findings, of the whole archive or of one area."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from archive.site.address import Addresses
from archive.site.request import Row, ask, site_of

MOST_ENTRIES = 50
REPORTS_SQL = """
select y.body, y.year, b.name, r.title, d.first_seen_at as at, d.sha256 as id from documents d
join body_years y on y.document_id = d.id join reports r on r.sha256 = d.sha256
left join bodies b on b.id = y.body
where (:area = '' or (b.area >= :area and b.area < :area || ':'))
order by d.first_seen_at desc, d.id desc limit :most"""
FINDINGS_SQL = """
select f.body, f.year, b.name, f.title || '：' || f.message as title, f.first_seen_at as at,
  f.fingerprint as id from findings f left join bodies b on b.id = f.body
where f.state = 'open' and (:area = '' or (b.area >= :area and b.area < :area || ':'))
order by f.first_seen_at desc, f.fingerprint limit :most"""


async def reports(request: Request, datasette: Datasette) -> Response:
    """Send the newest reports."""
    return await _feed(request, datasette, REPORTS_SQL, ("新收录的年度报告", "New annual reports"))


async def findings(request: Request, datasette: Datasette) -> Response:
    """Send the newest findings."""
    site = site_of(datasette)
    if site is None or site.settings.public != "findings":
        raise NotFound("findings")
    return await _feed(request, datasette, FINDINGS_SQL, ("核对发现的问题", "Findings"))


async def _feed(request: Request, datasette: Datasette, sql: str, title: tuple[str, str]) -> Response:
    area = request.args.get("area") or ""
    entries = await ask(datasette, sql, {"area": area, "most": MOST_ENTRIES})
    told = {
        "feed_title": title,
        "area": area,
        "entries": [_entry(datasette, request, entry) for entry in entries],
        "self_url": datasette.absolute_url(request, request.full_path),
        "home_url": datasette.absolute_url(request, datasette.urls.path("/")),
    }
    text = await datasette.render_template("feed.xml", told, request=request)
    return Response(text, content_type="application/atom+xml; charset=utf-8")


def _entry(datasette: Datasette, request: Request, entry: Row) -> Row:
    path = datasette.urls.path(Addresses().year(entry["body"], entry["year"]))
    return {**entry, "url": datasette.absolute_url(request, path)}


routes = [(r"^/feed/reports\.atom$", reports), (r"^/feed/findings\.atom$", findings)]
