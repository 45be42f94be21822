"""The full-text index of the public copy: one entry for each report that a visitor may look for.

Entries are numbered from the oldest year to the newest, so that "newest first" is the index's own
order backwards, and the filters of the search page are words of the index too: both keep a search
over 200 000 reports in milliseconds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from archive.search import character_tokens, facet_token, pair_tokens

AREA_LENGTHS = (2, 4, 6)
ENTRIES_SQL = """
insert into search_entries
select row_number() over (order by coalesce(year, 0), coalesce(published_on, ''), coalesce(body, ''), sha256),
  sha256, body, year
from (
  select y.sha256, y.body, y.year, y.published_on from body_years y where y.sha256 is not null
  union all
  select r.sha256, null, r.year, null from reports r
  where r.sha256 not in (select sha256 from documents where body is not null and year is not null)
)"""
CONTENT_SQL = """
select e.id, e.year, e.body, r.title, r.organization, r.sections, b.name, b.aliases, b.kind, b.area,
  y.standing, y.open_findings > 0 as flawed, (select group_concat(distinct rule) from findings f
    where f.body = e.body and f.year = e.year and f.state = 'open') as rules
from search_entries e join reports r using (sha256)
left join bodies b on b.id = e.body
left join body_years y on y.body = e.body and y.year = e.year
order by e.id"""


HASH_BYTES = 64 * 1024 * 1024
"""What FTS5 gathers before it writes a part of the index (its default is 1 MB): fewer parts to merge."""


def fill_search_index(db: sqlite3.Connection) -> None:
    """Create and fill `search_entries` and `search_index` from the tables of the public copy."""
    db.execute(
        "create table search_entries (id integer primary key, sha256 text, body text, year integer) strict"
    )
    db.execute(ENTRIES_SQL)
    db.execute(
        "create virtual table search_index using fts5"
        "(title, words, initials, facets, tokenize = ascii, content = '', columnsize = 0)"
    )
    db.execute("insert into search_index (search_index, rank) values ('hashsize', ?)", [HASH_BYTES])
    statement = "insert into search_index (rowid, title, words, initials, facets) values (?, ?, ?, ?, ?)"
    db.executemany(statement, _index_rows(db))
    db.execute("insert into search_index (search_index) values ('optimize')")


def _index_rows(db: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    cursor = db.cursor()
    cursor.row_factory = sqlite3.Row
    for row in cursor.execute(CONTENT_SQL):
        names = [row["title"], row["name"], row["organization"], *json.loads(row["aliases"] or "[]")]
        title = " · ".join(name for name in names if name)
        words = report_words(row["sections"])
        yield row["id"], pair_tokens(title), pair_tokens(words), character_tokens(title), _facets(row)


def report_words(sections: str) -> str:
    """Return the running text of a report from its `sections` column; a dot parts what does not go on."""
    parts = (part for _number, heading, text in json.loads(sections) for part in (heading, text) if part)
    return " · ".join(parts)


def _facets(row: sqlite3.Row) -> str:
    area = row["area"] or ""
    values: list[tuple[str, object]] = [
        ("year", row["year"]), ("kind", row["kind"]), ("standing", row["standing"]), ("body", row["body"]),
    ]  # fmt: skip
    values += [("area", area[:length]) for length in AREA_LENGTHS if len(area) >= length]
    values += [("findings", "1")] if row["flawed"] else []
    values += [("rule", rule) for rule in (row["rules"] or "").split(",")]
    return " ".join(facet_token(kind, value) for kind, value in values if value)
