"""The archive keeps every byte and adds nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest

from archive.errors import ArchiveTooNew
from archive.records import Capture, Listing, Role, Sighting, Verdict
from archive.store import Archive

NOON = datetime(2026, 1, 20, 4, tzinfo=UTC)


def capture(content=b"<p>one</p>", at=NOON, **changes):
    """A good capture of an article."""
    values = {"portal": "sample", "role": Role.ARTICLE, "url": "http://a.gov.cn/1.html",
              "requested_at": at, "verdict": Verdict.OK, "status": 200, "content": content}  # fmt: skip
    return Capture(**{**values, **changes})


def sighting(**changes):
    """The document that `capture` brings."""
    values = {"portal": "sample", "url": "http://a.gov.cn/1.html", "role": Role.ARTICLE}
    return Sighting(**{**values, **changes})


def test_same_bytes_at_same_address_only_move_last_seen(archive):
    """Two visits, one document."""
    first = archive.add_document(sighting(), archive.add_capture(capture()))
    later = archive.add_capture(capture(at=NOON + timedelta(days=1)))
    assert archive.add_document(sighting(), later) == first
    (row,) = archive.rows("select * from documents")
    assert row["first_seen_at"] == "2026-01-20T04:00:00.000Z"
    assert row["last_seen_at"] == "2026-01-21T04:00:00.000Z"
    assert row["last_capture"] == later


def test_changed_bytes_are_a_second_document_and_the_first_stays(archive):
    """A silent change leaves both versions."""
    old = archive.add_document(sighting(), archive.add_capture(capture()))
    new = archive.add_document(sighting(), archive.add_capture(capture(b"<p>two</p>")))
    assert old != new
    hashes = [row["sha256"] for row in archive.rows("select sha256 from documents order by id")]
    assert [archive.originals.read(sha) for sha in hashes] == [b"<p>one</p>", b"<p>two</p>"]


def test_unchanged_answer_moves_last_seen_to_its_capture(archive):
    """A 304 has no bytes and still is a sighting."""
    document = archive.add_document(sighting(), archive.add_capture(capture()))
    unchanged = capture(None, NOON + timedelta(days=2), verdict=Verdict.UNCHANGED, status=304)
    archive.see_again(document, archive.add_capture(unchanged))
    row = archive.row("select last_seen_at from documents")
    assert row["last_seen_at"] == "2026-01-22T04:00:00.000Z"


def test_capture_without_content_makes_no_document(archive):
    """There is no document without bytes."""
    failed = archive.add_capture(capture(None, verdict=Verdict.ERROR, status=None, reason="timeout"))
    with pytest.raises(ValueError, match="no content"):
        archive.add_document(sighting(), failed)


def test_listings_of_one_capture_are_stored_once(archive):
    """Storing a list page again after a kill adds nothing."""
    page = archive.add_capture(capture(role=Role.LIST))
    links = [Listing("http://a.gov.cn/1.html", "甲", "2026-01-20"), Listing("http://a.gov.cn/2.html", "乙")]
    archive.add_listings(page, links)
    archive.add_listings(page, links)
    assert [row["title"] for row in archive.rows("select * from listings order by position")] == ["甲", "乙"]


def test_run_that_was_killed_has_no_end(archive):
    """An unfinished run is seen as such."""
    run = archive.start_run("crawl", portal="sample")
    assert archive.row("select outcome from runs")["outcome"] is None
    archive.finish_run(run, "ok", {"requests": 3})
    row = archive.row("select * from runs")
    assert (row["outcome"], row["detail"]) == ("ok", '{"requests":3}')


def test_failed_transaction_leaves_nothing(archive):
    """What raises inside a transaction is rolled back whole."""
    with pytest.raises(RuntimeError), archive.atomic():
        archive.add_event("noted", "a")
        raise RuntimeError
    assert archive.rows("select * from events") == []


def test_database_of_a_newer_program_is_refused(places):
    """An old program must not write into a database that it does not know."""
    with Archive.open(places) as opened:
        opened.add("_sqlite_migrations", {"migration_set": "nianbao", "name": "m999_later",
                                          "applied_at": "2030-01-01"})  # fmt: skip
    with pytest.raises(ArchiveTooNew, match="m999_later"):
        Archive.open(places)
