"""The rules, and in how many reports each found something."""

from __future__ import annotations

from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from archive.site.request import ask

RULES_SQL = """
select rule, max(title) as title, severity, year, count(distinct body) as bodies,
  (select json_extract(g.finding, '$.basis') from findings g where g.rule = f.rule limit 1) as basis
from findings f where state = 'open' group by rule, severity, year
order by case severity when 'error' then 0 when 'warning' then 1 else 2 end, rule"""


async def rules(request: Request, datasette: Datasette) -> Response:
    """Show the rules by year."""
    rows = await ask(datasette, RULES_SQL)
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        rule = found.setdefault(row["rule"], {**row, "years": {}})
        rule["years"][row["year"]] = row["bodies"]
    years = sorted({row["year"] for row in rows}, reverse=True)
    told = {"rules": list(found.values()), "years": years}
    return Response.html(await datasette.render_template("rules.html", told, request=request))


routes = [(r"^/rules$", rules)]
