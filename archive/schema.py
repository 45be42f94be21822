"""The tables, as migrations. A released migration is never edited: add the next one.

Theory. The archive is append-only. What the world said (`captures`, `originals`, `documents`,
`listings`) is kept for ever and is enough to derive everything else. What we made of it (`texts`,
`reports`, `*_lines`, `outcomes`, `matches`) carries the version of the code that made it; a new
version adds rows beside the old ones. What we concluded and told people (`findings`, `alerts`,
`deliveries`, `events`) changes its state, and each change leaves an `events` row.

Times are ISO 8601 in UTC, days ISO dates in Asia/Shanghai, `json` columns hold JSON text.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("nianbao")

COUNT_COLUMNS: dict[str, type] = {
    "natural_person": int, "business": int, "research": int, "public_welfare": int,
    "legal_service": int, "other_organization": int, "total": int,
}  # fmt: skip
REMEDY_COLUMNS: dict[str, type] = {
    "upheld": int,
    "corrected": int,
    "other": int,
    "pending": int,
    "total": int,
}
DISCLOSURE_COLUMNS: dict[str, type] = {
    "issued": int, "repealed": int, "in_force": int, "decisions": int, "amount": float,
    "created": int, "newly_disclosed": int, "total_disclosed": int, "previous_items": int,
    "change": int, "projects": int,
}  # fmt: skip
LINE_TABLES: dict[str, tuple[str, dict[str, type]]] = {
    "disclosure": ("disclosure_lines", DISCLOSURE_COLUMNS),
    "requests": ("request_lines", COUNT_COLUMNS),
    "remedies": ("remedy_lines", REMEDY_COLUMNS),
}
"""Key of an official table in a report -> (table of the archive, its columns). Amounts in 万元."""


@migrations()
def m001_what_the_world_said(db: Database) -> None:
    """Runs, captures, originals, documents and what list pages showed."""
    db.table("runs").create(
        {"id": int, "command": str, "portal": str, "year": int, "started_at": str, "finished_at": str,
         "outcome": str, "detail": str},
        pk="id", not_null={"command", "started_at"}, strict=True,
    )  # fmt: skip
    db.table("originals").create(
        {"sha256": str, "size_bytes": int, "stored_at": str},
        pk="sha256", not_null={"size_bytes", "stored_at"}, strict=True,
    )  # fmt: skip
    db.table("captures").create(
        {"id": int, "run_id": int, "portal": str, "role": str, "method": str, "url": str, "final_url": str,
         "referer": str, "requested_at": str, "status": int, "verdict": str, "reason": str,
         "media_type": str, "sha256": str, "size_bytes": int, "etag": str, "last_modified": str,
         "retry_after": str},
        pk="id", not_null={"portal", "role", "method", "url", "requested_at", "verdict"},
        foreign_keys=[("run_id", "runs", "id"), ("sha256", "originals", "sha256")], strict=True,
    )  # fmt: skip
    db.table("captures").create_index(["portal", "requested_at"])
    db.table("captures").create_index(["url", "requested_at"])
    db.table("captures").create_index(["run_id"])
    db.table("documents").create(
        {"id": int, "portal": str, "url": str, "sha256": str, "role": str, "media_type": str, "name": str,
         "link_title": str, "page_url": str, "list_url": str, "listed_on": str, "context": str,
         "handed_in_by": str, "first_capture": int, "last_capture": int, "first_seen_at": str,
         "last_seen_at": str},
        pk="id", not_null={"portal", "url", "sha256", "role", "first_seen_at", "last_seen_at"},
        foreign_keys=[("sha256", "originals", "sha256"), ("first_capture", "captures", "id"),
                      ("last_capture", "captures", "id")], strict=True,
    )  # fmt: skip
    db.table("documents").create_index(["url", "sha256"], unique=True)
    db.table("documents").create_index(["sha256"])
    db.table("documents").create_index(["page_url"])
    db.table("listings").create(
        {"id": int, "capture_id": int, "position": int, "url": str, "title": str, "shown_on": str},
        pk="id", not_null={"capture_id", "position", "url", "title"},
        foreign_keys=[("capture_id", "captures", "id")], strict=True,
    )  # fmt: skip
    db.table("listings").create_index(["capture_id", "position"], unique=True)
    db.table("listings").create_index(["url"])


@migrations()
def m002_what_we_made_of_it(db: Database) -> None:
    """Texts, outcomes, reports with one row a line of the official tables, matches to bodies."""
    db.table("texts").create(
        {"sha256": str, "version": int, "reader": str, "media_type": str, "text": str, "anchors": str,
         "problems": str, "hints": str, "made_at": str},
        pk=("sha256", "version"), not_null={"reader", "text", "anchors", "problems", "hints", "made_at"},
        foreign_keys=[("sha256", "originals", "sha256")], strict=True,
    )  # fmt: skip
    db.table("outcomes").create(
        {"sha256": str, "version": int, "outcome": str, "code": str, "reason": str, "made_at": str},
        pk=("sha256", "version"), not_null={"outcome", "made_at"},
        foreign_keys=[("sha256", "originals", "sha256")], strict=True,
    )  # fmt: skip
    db.table("reports").create(
        {"sha256": str, "version": int, "title": str, "organization": str, "year": int, "format": str,
         "sections": str, "facts": str, "problems": str, "made_at": str},
        pk=("sha256", "version"), not_null={"title", "format", "sections", "facts", "problems", "made_at"},
        foreign_keys=[("sha256", "originals", "sha256")], strict=True,
    )  # fmt: skip
    for table, columns in LINE_TABLES.values():
        db.table(table).create(
            {"sha256": str, "version": int, "line": str, **columns},
            pk=("sha256", "version", "line"),
            foreign_keys=[("sha256", "originals", "sha256")], strict=True,
        )  # fmt: skip
    db.table("matches").create(
        {"document_id": int, "version": int, "body": str, "year": int, "doubt": str, "made_at": str},
        pk=("document_id", "version"), not_null={"made_at"},
        foreign_keys=[("document_id", "documents", "id")], strict=True,
    )  # fmt: skip
    db.table("matches").create_index(["body", "year"])


@migrations()
def m003_what_we_concluded(db: Database) -> None:
    """Roster snapshot, standings, findings, alerts, the outbox of deliveries, and all events."""
    db.table("bodies").create(
        {"id": str, "name": str, "aliases": str, "kind": str, "division": str, "supervisor": str,
         "portals": str, "since": int, "until": int, "confirmed": int},
        pk="id", not_null={"name", "kind", "confirmed"}, strict=True,
    )  # fmt: skip
    db.table("standings").create(
        {"id": int, "body": str, "year": int, "standing": str, "reason": str, "reading": str, "basis": str,
         "due_on": str, "due_basis": str, "published_on": str, "document_id": int, "sentence": str,
         "evidence": str, "decided_at": str},
        pk="id", not_null={"body", "year", "standing", "sentence", "evidence", "decided_at"},
        foreign_keys=[("document_id", "documents", "id")], strict=True,
    )  # fmt: skip
    db.table("standings").create_index(["year", "body", "id"])
    db.table("findings").create(
        {"fingerprint": str, "rule": str, "body": str, "year": int, "sha256": str, "portal": str,
         "outcome": str, "severity": str, "cell": str, "group": str, "blame": str, "title": str,
         "message": str, "finding": str, "state": str, "first_seen_at": str, "last_seen_at": str},
        pk="fingerprint",
        not_null={"rule", "outcome", "severity", "message", "finding", "state", "first_seen_at",
                  "last_seen_at"}, strict=True,
    )  # fmt: skip
    db.table("findings").create_index(["body", "year"])
    db.table("alerts").create(
        {"id": int, "fingerprint": str, "rule": str, "body": str, "year": int, "severity": str, "state": str,
         "message": str, "opened_at": str, "changed_at": str},
        pk="id", not_null={"fingerprint", "rule", "severity", "state", "message", "opened_at"}, strict=True,
    )  # fmt: skip
    db.table("alerts").create_index(["fingerprint"], unique=True)
    db.table("deliveries").create(
        {"id": int, "message_number": str, "recipient": str, "channel": str, "subject": str, "body": str,
         "alerts": str, "state": str, "attempts": int, "not_before": str, "created_at": str,
         "handed_over_at": str, "error": str},
        pk="id",
        not_null={"message_number", "recipient", "channel", "subject", "body", "alerts", "state", "attempts",
                  "created_at"}, strict=True,
    )  # fmt: skip
    db.table("deliveries").create_index(["message_number"], unique=True)
    db.table("events").create(
        {"id": int, "happened_at": str, "kind": str, "subject": str, "who": str, "detail": str},
        pk="id", not_null={"happened_at", "kind", "subject"}, strict=True,
    )  # fmt: skip
    db.table("events").create_index(["subject"])


@migrations()
def m004_what_the_crawler_remembers(db: Database) -> None:
    """The frontier (what to fetch, what was fetched) and the day's budget of each host."""
    db.table("targets").create(
        {"url": str, "portal": str, "host": str, "role": str, "rank": int, "referer": str, "context": str,
         "state": str, "failures": int, "not_before": str, "etag": str, "last_modified": str,
         "last_capture": int, "last_good_capture": int, "added_at": str, "fetched_at": str},
        pk=("portal", "url"), not_null={"host", "role", "rank", "context", "state", "failures", "added_at"},
        foreign_keys=[("last_capture", "captures", "id"), ("last_good_capture", "captures", "id")],
        strict=True,
    )  # fmt: skip
    db.table("targets").create_index(["portal", "state", "failures", "rank"])
    db.table("host_days").create(
        {"host": str, "day": str, "requests": int},
        pk=("host", "day"), not_null={"requests"}, strict=True,
    )  # fmt: skip


@migrations()
def m005_whom_we_tell(db: Database) -> None:
    """Notices (who must learn which state of which alert) and what the ledger needs to decide them."""
    db.table("findings").add_column("scope", str)
    db.table("findings").create_index(["scope"])
    for column, type_ in {
        "audience": str, "scope": str, "subject": str, "occurrence": int, "previous_id": int, "reason": str,
    }.items():  # fmt: skip
        db.table("alerts").add_column(column, type_)
    db.table("alerts").create_index(["state"])
    db.table("alerts").create_index(["subject"])
    db.table("alert_findings").create(
        {"alert_id": int, "fingerprint": str},
        pk=("alert_id", "fingerprint"),
        foreign_keys=[("alert_id", "alerts", "id"), ("fingerprint", "findings", "fingerprint")], strict=True,
    )  # fmt: skip
    db.table("alert_findings").create_index(["fingerprint"])
    for column, type_ in {
        "kind": str, "message_id": str, "interrupted_at": str, "repeats": int, "finished_at": str,
    }.items():  # fmt: skip
        db.table("deliveries").add_column(column, type_)
    db.table("deliveries").create_index(["state"])
    db.table("notices").create(
        {"id": int, "alert_id": int, "occurrence": int, "kind": str, "recipient": str, "channel": str,
         "immediate": int, "state": str, "reason": str, "created_at": str, "delivery_id": int},
        pk="id",
        not_null={"alert_id", "occurrence", "kind", "recipient", "channel", "immediate", "state",
                  "created_at"},
        foreign_keys=[("alert_id", "alerts", "id"), ("delivery_id", "deliveries", "id")], strict=True,
    )  # fmt: skip
    db.table("notices").create_index(["alert_id", "occurrence", "kind", "recipient", "channel"], unique=True)
    db.table("notices").create_index(["state"])


@migrations()
def m006_why_a_match_is_doubtful(db: Database) -> None:
    """The code of a doubt, and the bodies (JSON list of ids) that a doubtful document could belong to."""
    db.table("matches").add_column("code", str)
    db.table("matches").add_column("candidates", str)


@migrations()
def m007_what_was_worked_out_before(db: Database) -> None:
    """Memos: what the rules said of a report, so that a run does again only what changed."""
    db.table("memos").create(
        {"key": str, "version": str, "value": str, "made_at": str},
        pk="key", not_null={"version", "value", "made_at"}, strict=True,
    )  # fmt: skip


@migrations()
def m008_what_is_gone(db: Database) -> None:
    """Find the few captures that say gone without walking all of them."""
    db.execute("create index idx_captures_gone on captures (url) where verdict = 'gone'")


@migrations()
def m009_where_columns_are(db: Database) -> None:
    """What was followed from the doors of portals, and which of it are annual-report columns."""
    db.table("portal_columns").create(
        {"portal": str, "url": str, "title": str, "why": str, "page_url": str, "state": str, "reports": int,
         "run_id": int, "seen_at": str, "located_at": str},
        pk=("portal", "url"), not_null={"title", "why", "page_url", "state", "run_id", "seen_at"},
        foreign_keys=[("run_id", "runs", "id")], strict=True,
    )  # fmt: skip


@migrations()
def m010_how_far_the_journal_tells(db: Database) -> None:
    """One row: the number, size and last line's hash of the journal that the database agrees with."""
    db.table("journal").create(
        {"id": int, "number": int, "size_bytes": int, "digest": str},
        pk="id", not_null={"number", "size_bytes", "digest"}, strict=True,
    )  # fmt: skip
