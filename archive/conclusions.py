"""What was concluded from the documents: the roster as it stood, matches, and standings.

`bodies` is a snapshot of the roster that the other rows speak of. A match is decided anew when the
roster changes and replaces the one before (an event keeps the old one); standings are append-only,
and a new row is written only when something changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from archive.store import Archive, Row, stamp, to_json
from config import clock

STANDING_KEYS = (
    "standing", "reason", "reading", "basis", "due_on", "due_basis", "published_on", "document_id",
)  # fmt: skip
"""What makes a standing another one; sentence and evidence follow from it and from the day."""
_MATCH_KEYS = ("body", "year", "code", "doubt", "candidates")


def store_bodies(archive: Archive, rows: Sequence[Row]) -> bool:
    """Make the table `bodies` equal to `rows`; returns whether anything changed."""
    with archive.atomic():
        known = {row["id"]: row for row in archive.rows("select * from bodies")}
        gone = known.keys() - {row["id"] for row in rows}
        changed = [row for row in rows if known.get(row["id"]) != row]
        if not gone and not changed:
            return False
        left = {"left": to_json(sorted({*gone, *(row["id"] for row in changed)}))}
        archive.db.execute("delete from bodies where id in (select value from json_each(:left))", left)
        archive.db.table("bodies").insert_all(changed)
        archive.add_event("roster", "bodies", {"bodies": len(rows)})
    return True


def unmatched_documents(archive: Archive, version: int) -> list[int]:
    """Return the ids of documents that have an outcome at `version` and no match, oldest first."""
    rows = archive.rows(
        "select d.id from documents d join outcomes o on o.sha256 = d.sha256 and o.version = :version"
        " left join matches m on m.document_id = d.id and m.version = :version"
        " where m.document_id is null order by d.id",
        {"version": version},
    )
    return [row["id"] for row in rows]


def renamed_documents(archive: Archive, version: int, since_listing: int) -> list[int]:
    """Return the ids of matched documents that a list page has called otherwise since a listing's id."""
    rows = archive.rows(
        "select d.id from listings l join documents d on d.url = l.url or d.page_url = l.url"
        " join matches m on m.document_id = d.id and m.version = :version"
        " where l.id > :since and not exists (select 1 from listings e where e.url = l.url"
        " and e.title = l.title and e.id <= :since) group by d.id order by d.id",
        {"version": version, "since": since_listing},
    )
    return [row["id"] for row in rows]


def undecided_documents(archive: Archive, version: int, codes: Iterable[str]) -> list[int]:
    """Return the ids of documents whose match has one of these codes."""
    rows = archive.rows(
        "select document_id from matches where version = :version"
        " and code in (select value from json_each(:codes)) order by document_id",
        {"version": version, "codes": to_json(sorted(codes))},
    )
    return [row["document_id"] for row in rows]


def last_listing(archive: Archive) -> int:
    """Return the id of the newest listing, 0 where there is none."""
    row = archive.row("select coalesce(max(id), 0) as id from listings")
    return int(row["id"]) if row else 0


def set_matches(archive: Archive, version: int, matches: Iterable[tuple[int, Row]], digest: str) -> int:
    """Write the matches of documents in one transaction; returns how many are new or changed.

    `digest` says by which roster they were decided: `matched_by` returns it.
    """
    changed = 0
    with archive.atomic():
        for document_id, row in matches:
            changed += _set_match(archive, document_id, version, row)
        if matched_by(archive) != digest:
            archive.add_event("matched", "matches", {"roster": digest})
    return changed


def matched_by(archive: Archive) -> str:
    """Return the digest of the roster by which all matches were last decided, or empty."""
    row = archive.row("select detail from events where kind = 'matched' order by id desc limit 1")
    return str(json.loads(row["detail"])["roster"]) if row else ""


def latest_standings(archive: Archive) -> dict[tuple[str, int], Row]:
    """Return the last standing row of each body and year."""
    rows = archive.rows(
        "select * from standings where id in (select max(id) from standings group by body, year)"
    )
    return {(row["body"], row["year"]): row for row in rows}


def add_standings(archive: Archive, rows: Iterable[Row]) -> int:
    """Append the standings that differ from the last ones, in one transaction; returns how many."""
    with archive.atomic():
        known = latest_standings(archive)
        new = [row for row in rows if _differs(row, known.get((row["body"], row["year"])))]
        decided = {"decided_at": stamp(clock.now())}
        archive.db.table("standings").insert_all([{**row, **decided} for row in new])
    return len(new)


def _differs(row: Row, known: Row | None) -> bool:
    return known is None or any(row[key] != known[key] for key in STANDING_KEYS)


def _set_match(archive: Archive, document_id: int, version: int, row: Row) -> bool:
    key = {"document_id": document_id, "version": version}
    known = archive.row("select * from matches where document_id = :document_id and version = :version", key)
    if known is not None and all(known[name] == row[name] for name in _MATCH_KEYS):
        return False
    made = {**key, **row, "made_at": stamp(clock.now())}
    if known is None:
        archive.add("matches", made)
        return True
    archive.db.table("matches").update((document_id, version), {**row, "made_at": made["made_at"]})
    before = {name: known[name] for name in _MATCH_KEYS}
    archive.add_event("match_changed", f"document:{document_id}", json.loads(to_json(before)))
    return True
