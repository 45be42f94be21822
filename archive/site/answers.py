"""What came of a finding: the body's replies, orders to correct, and the corrected version."""

from __future__ import annotations

import json
from collections.abc import Iterable

from datasette.app import Datasette

from archive.site.request import Row, ask

REPLIES_SQL = """
select r.* from replies r where r.fingerprint in (select value from json_each(:findings)) order by r.id"""
ORDERS_SQL = """
select o.* from orders o where o.fingerprint in (select value from json_each(:findings)) order by o.id"""


async def with_answers(datasette: Datasette, findings: Iterable[Row]) -> list[Row]:
    """Return the findings with `replies` and `orders`, oldest first."""
    told = {row["fingerprint"]: {**row, "replies": [], "orders": []} for row in findings}
    asked = {"findings": json.dumps(list(told))}
    for kind, sql in (("replies", REPLIES_SQL), ("orders", ORDERS_SQL)):
        for row in await ask(datasette, sql, asked) if told else ():
            told[row["fingerprint"]][kind].append(row)
    return list(told.values())


def by_cause(findings: Iterable[Row]) -> list[tuple[Row, list[Row]]]:
    """Return the first finding of each cause and year with the others of that cause, in their order."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in findings:
        groups.setdefault((row["year"], row["state"], row["cause"]), []).append(row)
    return [(group[0], group[1:]) for group in groups.values()]
