"""Search: reports by their words, with context, and bodies by their names."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from archive.search import excerpt, facet_token, highlight, match_expression
from archive.search_index import report_words
from archive.site.request import Row, ask, ask_one, containing, whole_number
from archive.site.words import KINDS, STANDINGS, titled

PAGE_SIZE = 20
MOST_BODIES = 8
FACETS = ("year", "kind", "area", "standing", "rule", "body", "findings")
HITS_SQL = """
select e.id, e.sha256, e.body, e.year, r.title, r.sections, b.name, b.kind, y.standing, y.published_on,
  coalesce(y.open_findings, 0) as open_findings
from (select rowid as id from search_index where search_index match :match
  order by rowid desc limit :size offset :skip) i
join search_entries e using (id) join reports r using (sha256)
left join bodies b on b.id = e.body left join body_years y on y.body = e.body and y.year = e.year
order by e.id desc"""
BODIES_SQL = """
select id, name, kind from bodies where name like :like escape '\\' or aliases like :like escape '\\'
order by length(name), id limit :most"""


async def search(request: Request, datasette: Datasette) -> Response:
    """Show what a query finds; with filters alone, the newest reports that pass them."""
    query = (request.args.get("q") or "").strip()
    chosen = {name: request.args.get(name) or "" for name in FACETS}
    facets = [facet_token(name, value) for name, value in chosen.items() if value]
    page = whole_number(request.args.get("page"), 1, least=1, most=500)
    match = match_expression(query, facets)
    count = await _count(datasette, match)
    told = {
        "query": query,
        "chosen": chosen,
        "hits": await _hits(datasette, match, query, page),
        "count": count,
        "bodies": await _bodies(datasette, query) if page == 1 else [],
        "page": page,
        "pages": min(-(-count // PAGE_SIZE), 500),
        "asked": match is not None,
        "kinds": KINDS,
        "standings": STANDINGS,
        "years": [
            row["year"] for row in await ask(datasette, "select distinct year from coverage order by 1 desc")
        ],
    }
    return Response.html(await datasette.render_template("search.html", told, request=request))


async def _count(datasette: Datasette, match: str | None) -> int:
    if match is None:
        return 0
    sql = "select count(*) as n from search_index where search_index match :match"
    found = await ask_one(datasette, sql, {"match": match})
    return int(found["n"]) if found else 0


async def _hits(datasette: Datasette, match: str | None, query: str, page: int) -> list[Row]:
    if match is None:
        return []
    skip = (page - 1) * PAGE_SIZE
    rows = await ask(datasette, HITS_SQL, {"match": match, "size": PAGE_SIZE, "skip": skip})
    for row in rows:
        words = report_words(row.pop("sections"))
        row["title_pieces"] = highlight(titled(row), query)
        row["context"] = excerpt(words, query) if query else []
    return rows


async def _bodies(datasette: Datasette, query: str) -> list[Row]:
    if not query:
        return []
    rows = await ask(datasette, BODIES_SQL, {"like": containing(query), "most": MOST_BODIES})
    for row in rows:
        row["pieces"] = highlight(row["name"], query)
    return rows


routes = [(r"^/search$", search)]
