"""Matches and standings are written once, and change only when what they say changes."""

from archive.conclusions import (
    add_standings,
    latest_standings,
    matched_by,
    set_matches,
    store_bodies,
    unmatched_documents,
)
from tests.archive.test_derived import store

BODY = {"id": "jyj", "name": "教育局", "aliases": "[]", "kind": "department", "division": "",
        "supervisor": "", "portals": "[]", "since": None, "until": None, "confirmed": 1}  # fmt: skip
MATCH = {"body": "jyj", "year": 2025, "code": "", "doubt": None, "candidates": "[]"}
STANDING = {"body": "jyj", "year": 2025, "standing": "upcoming", "reason": None, "reading": None,
            "basis": None, "due_on": "2026-01-31", "due_basis": "条例", "published_on": None,
            "document_id": None,
            "sentence": "尚未到期", "evidence": "{}"}  # fmt: skip


def events(archive, kind):
    """How many events of a kind there are."""
    return archive.row("select count(*) as n from events where kind = :kind", {"kind": kind})["n"]


def test_same_roster_again_changes_nothing(archive):
    """The snapshot is replaced only by another roster."""
    assert store_bodies(archive, [BODY])
    assert not store_bodies(archive, [BODY])
    assert store_bodies(archive, [{**BODY, "name": "教体局"}])
    assert [row["name"] for row in archive.rows("select name from bodies")] == ["教体局"]


def test_documents_wait_for_a_match_until_they_have_one(archive):
    """The queue is what lacks a row at the version."""
    store(archive)
    assert unmatched_documents(archive, 1) == [1]
    assert set_matches(archive, 1, [(1, MATCH)], "d1") == 1
    assert unmatched_documents(archive, 1) == []


def test_same_match_again_is_not_written(archive):
    """Second run, nothing new."""
    store(archive)
    set_matches(archive, 1, [(1, MATCH)], "d1")
    assert set_matches(archive, 1, [(1, MATCH)], "d1") == 0
    assert events(archive, "matched") == 1


def test_changed_match_keeps_the_old_one_as_an_event(archive):
    """A new roster may match otherwise, and the journal says what was before."""
    store(archive)
    set_matches(archive, 1, [(1, MATCH)], "d1")
    assert set_matches(archive, 1, [(1, {**MATCH, "body": None, "doubt": "存疑"})], "d2") == 1
    assert events(archive, "match_changed") == 1
    assert matched_by(archive) == "d2"


def test_standing_is_appended_only_when_it_changes(archive):
    """Another sentence about the same facts is no change; another standing is, and history stays."""
    assert add_standings(archive, [STANDING]) == 1
    assert add_standings(archive, [{**STANDING, "sentence": "还有三天"}]) == 0
    assert add_standings(archive, [{**STANDING, "standing": "published"}]) == 1
    assert [row["standing"] for row in archive.rows("select standing from standings order by id")] == [
        "upcoming",
        "published",
    ]
    assert latest_standings(archive)["jyj", 2025]["standing"] == "published"
