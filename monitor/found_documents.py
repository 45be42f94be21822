"""Stored documents with their surroundings, and their matches: the stage between reading and coverage."""

from __future__ import annotations

import json
from collections.abc import Sequence

from archive.conclusions import matched_by, set_matches, unmatched_documents
from archive.derived import Outcome, report_of
from archive.store import Archive, Row, to_json
from monitor.matching import MATCH_VERSION, FoundDocument, Match, match_document
from monitor.roster import Roster

UNNAMED = frozenset({"no_name", "ambiguous_name", "similar_name", "no_year"})
"""Doubts that the same words under a sure name settle: nothing contradicts it."""


def match_documents(archive: Archive, roster: Roster, version: int) -> int:
    """Match what has no match yet, or everything where roster or grammar changed; returns how many changed.

    What a person handed in belongs to the body and year that the person named and the import checked.
    """
    digest = f"{roster.digest}-{MATCH_VERSION}"
    if matched_by(archive) == digest:
        ids: Sequence[int] = unmatched_documents(archive, version)
        if not ids:
            return 0
    else:
        ids = [row["id"] for row in archive.rows("select id from documents order by id")]
    handed_in = _handed_in(archive)
    matches = []
    for row in _documents(archive, ids, version):
        match = handed_in.get(row["id"]) or match_document(_found(archive, row), roster)
        if match.code in UNNAMED:
            match = _by_content(archive, row, version) or match
        matches.append((int(row["id"]), _match_row(match)))
    return set_matches(archive, version, matches, digest)


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
    return Match(rows[0]["body"], rows[0]["year"], "same_content", "与该机关此前的报告内容相同")


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
