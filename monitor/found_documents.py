"""Stored documents with their surroundings, and their matches: the stage between reading and coverage."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from archive.conclusions import (
    matched_by,
    renamed_documents,
    set_matches,
    undecided_documents,
    unmatched_documents,
)
from archive.derived import Outcome, report_of
from archive.store import Archive, Row, to_json
from monitor.matching import MATCH_VERSION, FoundDocument, Match, match_document
from monitor.roster import Roster

SAME_CONTENT = "same_content"
UNNAMED = frozenset({"no_name", "ambiguous_name", "similar_name", "no_year"})
"""Doubts that the same words under a sure name settle: nothing contradicts it."""


def match_documents(archive: Archive, roster: Roster, version: int, since_listing: int | None = None) -> int:
    """Match what has no match yet, or everything where roster or grammar changed; returns how many changed.

    What list pages have called by another name since a listing's id is matched again, so that the order
    in which things were seen decides nothing. What a person handed in belongs to the body and year that
    the person named and the import checked.
    """
    digest = f"{roster.digest}-{MATCH_VERSION}"
    if matched_by(archive) != digest:
        ids = [row["id"] for row in archive.rows("select id from documents order by id")]
    else:
        ids = unmatched_documents(archive, version)
        renamed = [] if since_listing is None else renamed_documents(archive, version, since_listing)
        if renamed:
            ids = sorted({*ids, *renamed, *undecided_documents(archive, version, UNNAMED | {SAME_CONTENT})})
        if not ids:
            return 0
    return set_matches(archive, version, _matches(archive, roster, ids, version), digest)


def _matches(archive: Archive, roster: Roster, ids: Sequence[int], version: int) -> Iterator[tuple[int, Row]]:
    """Yield the matches that names decide, then those that earlier documents decide, oldest first.

    Each is written before the next is asked for: all at once or one by one, the answer is the same.
    """
    handed_in = _handed_in(archive)
    unnamed: list[tuple[Row, Match]] = []
    for row in _documents(archive, ids, version):
        match = handed_in.get(row["id"]) or match_document(_found(archive, row), roster)
        if match.code in UNNAMED:
            unnamed.append((row, match))
        else:
            yield int(row["id"]), _match_row(match)
    for row, match in unnamed:
        yield int(row["id"]), _match_row(_by_content(archive, row, version) or match)


def _by_content(archive: Archive, row: Row, version: int) -> Match | None:
    """Return the match of an earlier document of the portal with the same words: a report that moved."""
    rows = archive.rows(
        "select distinct m.body, m.year from documents d"
        " join matches m on m.document_id = d.id and m.version = :version and m.body is not null"
        " join reports r on r.sha256 = d.sha256 and r.version = :version"
        " where d.portal = :portal and d.id < :id and (d.sha256 = :sha256 or r.sections ="
        " (select sections from reports where sha256 = :sha256 and version = :version))",
        {"version": version, "portal": row["portal"], "id": row["id"], "sha256": row["sha256"]},
    )
    if len(rows) != 1 or row["year"] not in {None, rows[0]["year"]}:
        return None
    return Match(rows[0]["body"], rows[0]["year"], SAME_CONTENT, "与该机关此前的报告内容相同")


def _documents(archive: Archive, ids: Sequence[int], version: int) -> list[Row]:
    return archive.rows(
        "select d.*, o.outcome, t.hints, r.title, r.organization, r.year, r.format"
        " from documents d join outcomes o on o.sha256 = d.sha256 and o.version = :version"
        " left join texts t on t.sha256 = d.sha256 and t.version = :version"
        " left join reports r on r.sha256 = d.sha256 and r.version = :version"
        " where d.id in (select value from json_each(:ids)) order by d.id",
        {"version": version, "ids": to_json(list(ids))},
    )


def _found(archive: Archive, row: Row) -> FoundDocument:
    """Put a document's row and what its surroundings say together."""
    report = None
    if row["title"] is not None:
        report = report_of({**row, "sections": "[]", "facts": "[]", "problems": "[]"})
    hints = json.loads(row["hints"]) if row["hints"] else {}
    own = [row["link_title"], row["name"], *_link_titles(archive, row["url"])]
    if row["role"] == "article":
        own += [hints.get("meta_title")]
    page = _link_titles(archive, row["page_url"]) if row["page_url"] else []
    return FoundDocument(
        portal=row["portal"],
        outcome=Outcome(row["outcome"]),
        report=report,
        link_titles=_unique(own),
        page_titles=_unique(page),
        context=row["context"] or "",
        hints=hints,
        seen_at=datetime.fromisoformat(row["first_seen_at"]),
    )


def _link_titles(archive: Archive, url: str) -> list[str]:
    """Return the titles by which list pages and articles link an address."""
    rows = archive.rows(
        "select title from listings where url = :url union"
        " select link_title as title from documents where url = :url and link_title is not null",
        {"url": url},
    )
    return [row["title"] for row in rows]


def _unique(titles: Sequence[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(title for title in titles if title))


def _handed_in(archive: Archive) -> dict[int, Match]:
    rows = archive.rows("select subject, detail from events where kind = 'handed_in'")
    told = [(int(row["subject"].partition(":")[2]), json.loads(row["detail"])) for row in rows]
    return {document: Match(detail["body"], detail["year"]) for document, detail in told}


def _match_row(match: Match) -> Row:
    return {
        "body": match.body,
        "year": match.year,
        "code": match.code or None,
        "doubt": match.doubt or None,
        "candidates": to_json(list(match.candidates)),
    }
