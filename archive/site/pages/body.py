"""A body through the years: standing, reports, what it received and how it was handled."""

from __future__ import annotations

import json
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from archive.site.answers import by_cause, with_answers
from archive.site.request import Row, ask, ask_one

YEARS_SQL = """
select y.*, r.title, r.format, k.*
from body_years y left join reports r using (sha256) left join key_figures k using (sha256)
where y.body = :body order by y.year desc"""
OUTCOMES = (
    ("granted", "予以公开", "granted"),
    ("granted_in_part", "部分公开", "granted in part"),
    ("denied", "不予公开", "denied"),
    ("unavailable", "无法提供", "unavailable"),
    ("not_processed", "不予处理", "not processed"),
    ("other", "其他处理", "otherwise"),
)
PEERS_SQL = """
select name from bodies where area = :area and kind = :kind and id <> :id order by name limit 100"""
FINDINGS_SQL = """
select * from findings where body = :body order by year desc, state, severity, rule, fingerprint"""


async def body(request: Request, datasette: Datasette) -> Response:
    """Show one body."""
    found = await load_body(datasette, request.url_vars["body"])
    years = await ask(datasette, YEARS_SQL, {"body": found["id"]})
    told = {
        "body": found,
        "years": years,
        "charts": charts(years),
        "outcomes": outcome_bars(years),
        "outcome_kinds": OUTCOMES,
        "peers": [row["name"] for row in await ask(datasette, PEERS_SQL, found)],
        "causes": by_cause(
            await with_answers(datasette, await ask(datasette, FINDINGS_SQL, {"body": found["id"]}))
        ),
    }
    return Response.html(await datasette.render_template("body.html", told, request=request))


async def load_body(datasette: Datasette, body_id: str) -> Row:
    """Return a body with its area's names; a body that only the archive knows has its id for a name."""
    found = await ask_one(datasette, "select * from bodies where id = :id", {"id": body_id})
    if found is None:
        known = await ask_one(datasette, "select 1 from body_years where body = :id", {"id": body_id})
        if known is None:
            raise NotFound("body")
        found = {"id": body_id, "name": body_id, "aliases": "[]", "kind": "", "area": "", "division": ""}
    found["aliases"] = json.loads(found["aliases"] or "[]")
    found["areas"] = await ask(
        datasette,
        "select * from areas where :area like area || '%' order by length(area)",
        {"area": found["area"]},
    )
    return found


def outcome_bars(years: list[Row]) -> list[dict[str, Any]]:
    """Return one bar a year of how requests ended, newest first; a year with an unread part has none.

    Each part is (kind, number, start, width) on a scale of 1000.
    """
    bars = []
    for row in years:
        numbers = {key: row[key] for key, _zh, _en in OUTCOMES}
        if any(number is None for number in numbers.values()) or not sum(numbers.values()):
            continue
        scale, start, parts = 1000 / sum(numbers.values()), 0.0, []
        for key, number in numbers.items():
            if number:
                parts.append((key, number, round(start, 2), round(number * scale, 2)))
                start += number * scale
        bars.append({"year": row["year"], "total": sum(numbers.values()), "parts": parts})
    return bars


def charts(years: list[Row]) -> list[dict[str, Any]]:
    """Return the series worth a picture: those with two numbers or more, oldest first."""
    series = [
        ("received", "本年新收申请", "Requests received"),
        ("reviews", "行政复议", "Administrative reviews"),
        ("suits", "行政诉讼", "Suits"),
    ]
    made = []
    for key, zh, en in series:
        points = [(row["year"], row[key]) for row in reversed(years) if row["sha256"]]
        known = [value for _year, value in points if value is not None]
        if len(known) > 1 and any(known):
            made.append({"zh": zh, "en": en, "points": points, "most": max(known)})
    return made


routes = [(r"^/body/(?P<body>[^/]+)$", body)]
