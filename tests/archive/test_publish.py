"""The public copy holds what is named public, nothing else, and is put in place whole."""

import sqlite3
from datetime import timedelta

import pytest

from archive import publish as publish_module
from archive.errors import PublishFailed
from archive.public import public_tables
from archive.publish import publish, read_about
from archive.search import match_expression
from archive.store import Archive, stamp
from config.site import SiteSettings
from tests.archive.filled import NOON, SECRET, add_finding, add_report, fill, report

ALL = SiteSettings()
REPORTS_ONLY = SiteSettings(public="reports")


@pytest.fixture
def target(places):
    """Where the public copy goes."""
    return places.public_database


def rows(path, sql, *parameters):
    """Ask the public copy."""
    db = sqlite3.connect(path)
    try:
        return db.execute(sql, parameters).fetchall()
    finally:
        db.close()


def test_copy_holds_only_the_named_tables_and_columns(archive, target):
    """Walk every table and column of the file."""
    fill(archive)
    publish(archive, target, ALL)
    named = {table.name: list(table.columns) for table in public_tables().tables}
    shadow = {f"search_index{part}" for part in ("", "_data", "_idx", "_config")}
    found = {name for (name,) in rows(target, "select name from sqlite_master where type = 'table'")}
    assert found == {*named, *shadow, "search_entries", "row_counts", "about", "sqlite_stat1"}
    for name, columns in named.items():
        assert [row[1] for row in rows(target, f"pragma table_info({name})")] == columns


@pytest.mark.parametrize("settings", [ALL, REPORTS_ONLY])
def test_no_private_value_is_in_any_byte_of_the_file(archive, target, settings):
    """The secret that was put into every private place is not in the file, in a free page either."""
    fill(archive)
    publish(archive, target, settings)
    assert SECRET.encode() not in target.read_bytes()


def test_reports_only_publishes_no_judgement(archive, target):
    """The one setting takes findings and standings away, and keeps the reports."""
    fill(archive)
    publish(archive, target, REPORTS_ONLY)
    assert rows(target, "select * from findings") == []
    assert rows(target, "select distinct standing, sentence, due_on from body_years") == [
        ("archived", None, None)
    ]
    assert rows(target, "select body, year from body_years") == [("bing", 2025), ("jia", 2024), ("jia", 2025)]
    assert "的说明".encode() not in target.read_bytes()


def test_only_findings_that_the_original_proves_are_public(archive, target):
    """Undecided, dismissed and doubtful ones stay with the operator."""
    fill(archive)
    publish(archive, target, ALL)
    assert rows(target, "select fingerprint from findings order by 1") == [("f1",), ("f2",)]


def test_held_finding_waits_for_its_approval(archive, target):
    """What the storm brake or a review holds back is not shown to strangers first."""
    fill(archive)
    alert = archive.row("select alert_id from alert_findings where fingerprint = 'f1'")["alert_id"]
    archive.add("notices", {"alert_id": alert, "occurrence": 1, "kind": "opened", "recipient": "r",
                            "channel": "c", "immediate": 0, "state": "held",
                            "created_at": "2026"})  # fmt: skip
    publish(archive, target, ALL)
    assert rows(target, "select fingerprint from findings") == [("f2",)]


def test_latest_standing_and_its_document_stand(archive, target):
    """A body's year shows the last decision and the report it rests on."""
    hashes = fill(archive)
    publish(archive, target, ALL)
    assert rows(target, "select body, year, standing, sha256, open_findings from body_years") == [
        ("bing", 2025, "late", hashes["bing"], 1),
        ("jia", 2024, None, hashes["old"], 0),
        ("jia", 2025, "published", hashes["jia"], 1),
        ("yi", 2025, "not_published", None, 0),
    ]


def test_all_versions_of_a_report_are_kept(archive, target):
    """Both contents seen at one address are there."""
    hashes = fill(archive)
    publish(archive, target, ALL)
    found = rows(target, "select sha256 from documents where body = 'jia' and year = 2025 order by id")
    assert found == [(hashes["first"],), (hashes["jia"],)]


def test_report_that_a_newer_version_rejects_is_gone(archive, target):
    """What stands is what the newest code says."""
    hashes = fill(archive)
    archive.add("outcomes", {"sha256": hashes["old"], "version": 2, "outcome": "rejected", "made_at": "2026"})
    publish(archive, target, ALL)
    assert rows(target, "select count(*) from reports where year = 2024") == [(0,)]


def test_unchanged_archive_is_not_copied_again(archive, target):
    """Nothing new: the file is left alone. Something new: it is replaced."""
    fill(archive)
    first = publish(archive, target, ALL)
    before = target.stat()
    assert first.changed
    assert not publish(archive, target, ALL).changed
    assert target.stat() == before
    add_report(archive, "yi", report(name="乙县民政局"), b"new", "http://a.gov.cn/new")
    assert publish(archive, target, ALL).changed
    assert publish(archive, target, REPORTS_ONLY).changed


def test_same_archive_gives_the_same_bytes(archive, target):
    """Two copies of one state are equal."""
    fill(archive)
    publish(archive, target, ALL)
    first = target.read_bytes()
    target.unlink()
    publish(archive, target, ALL)
    assert target.read_bytes() == first


def test_unsound_copy_does_not_replace_the_last(archive, target, monkeypatch):
    """A full disk or broken memory leaves the old copy in place."""
    fill(archive)
    publish(archive, target, ALL)
    before = target.read_bytes()
    archive.add_event("x", "y")
    add_report(archive, "yi", report(name="乙县民政局"), b"new", "http://a.gov.cn/new")
    monkeypatch.setattr(publish_module, "_write_compact", lambda _db, path: path.write_bytes(before[:5000]))
    with pytest.raises((PublishFailed, sqlite3.DatabaseError)):
        publish(archive, target, ALL)
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == [".lock", target.name]


def test_what_a_killed_publish_left_is_cleared(archive, target):
    """Half-written files beside the copy do not stay."""
    target.parent.mkdir(parents=True)
    target.with_name(".building.db").write_bytes(b"half")
    fill(archive)
    assert publish(archive, target, ALL).changed
    assert [path.name for path in target.parent.iterdir()] == [".lock", target.name]


def test_empty_archive_is_published_empty(archive, target):
    """The first publish may come before the first crawl."""
    assert publish(archive, target, ALL).reports == 0
    assert read_about(target)["as_of"] == ""


def test_simulated_clock_is_told(archive, target, monkeypatch):
    """A copy made under NIANBAO_NOW says so."""
    monkeypatch.setenv("NIANBAO_NOW", "2026-02-01T08:00:00+08:00")
    publish(archive, target, ALL)
    assert read_about(target)["simulated_now"] == "2026-02-01T00:00:00+00:00"


def test_search_index_finds_two_characters_in_titles_and_text(archive, target):
    """复议 stands in the text, 县 in a title, 2025 is a filter."""
    fill(archive)
    publish(archive, target, ALL)
    sql = (
        "select e.body, e.year from search_index i join search_entries e on e.id = i.rowid"
        " where search_index match ?"
    )
    assert rows(target, sql, match_expression("复议")) == [("jia", 2024), ("jia", 2025)]
    assert rows(target, sql, match_expression("县", ["year·2025"])) == [("jia", 2025)]
    assert rows(target, sql, match_expression("", ["rule·requests·row·total", "area·51"])) == [
        ("jia", 2025), ("bing", 2025),
    ]  # fmt: skip


def test_copy_is_readable_while_the_archive_is_written(places, target):
    """Publishing takes no lock that a crawl would wait for."""
    with Archive.open(places) as one, Archive.open(places) as other:
        fill(one)
        with other.atomic():
            other.add_event("crawling", str(NOON))
            assert publish(one, target, ALL).changed


def test_order_is_public_with_its_days_and_versions_and_no_words(archive, target):
    """Ordered, answered, corrected: nobody's name, and a reply's words only where they may be shown."""
    hashes = fill(archive)
    alert = archive.row("select alert_id from alert_findings where fingerprint = 'f1'")["alert_id"]
    order = archive.add_event("alert.ordered", f"alert:{alert}", {"by": "2026-02-20", "text": SECRET}, SECRET)
    reply = {"text": SECRET, "public": False}
    archive.add_event("alert.replied", f"alert:{alert}", reply, SECRET)
    at = {"at": "2026-01-24T00:00:00.000Z", "order": order}
    archive.db.execute("update events set happened_at = :at where id >= :order", at)
    archive.db.conn.commit()
    publish(archive, target, ALL)
    columns = "due_on, ordered_at = replied_at, before_sha256, corrected_sha256"
    assert rows(target, f"select {columns} from orders where id = ?", order) == [
        ("2026-02-20", 1, hashes["jia"], None)
    ]
    assert rows(target, "select reply from replies order by id desc limit 1") == [("",)]
    made = report(numbers=4)
    _, corrected = add_report(
        archive, "jia", made, b"<p>three</p>", "http://a.gov.cn/25", NOON + timedelta(days=9)
    )
    archive.db.execute("update findings set state = 'resolved' where fingerprint = 'f1'")
    archive.db.conn.commit()
    assert publish(archive, target, ALL).changed
    assert rows(target, "select corrected_sha256 from orders where id = ?", order) == [(corrected,)]
    assert SECRET.encode() not in target.read_bytes()


def resolve(archive, fingerprint, **changes):
    """Say that a finding is not found any more."""
    values = {"state": "resolved", **changes}
    archive.db.table("findings").update(fingerprint, values)


def test_finding_names_the_content_it_was_found_in_and_the_one_that_corrected_it(archive, target):
    """The ledger knows the address; which bytes were there then, and which came after, is told."""
    hashes = fill(archive)
    add_finding(archive, "f6", "jia", 2025, source="http://a.gov.cn/25")
    add_finding(archive, "f7", "jia", 2025, source="http://a.gov.cn/25",
                last_seen_at=stamp(NOON + timedelta(days=3)))  # fmt: skip
    resolve(archive, "f6")
    publish(archive, target, ALL)
    sql = "select sha256, corrected_sha256 from findings where fingerprint = ?"
    assert rows(target, sql, "f6") == [(hashes["first"], hashes["jia"])]
    assert rows(target, sql, "f7") == [(hashes["jia"], None)]


def test_finding_that_we_took_back_ourselves_is_not_shown_as_corrected(archive, target):
    """Resolved while the body published nothing new: it was we who were wrong."""
    fill(archive)
    add_finding(archive, "f6", "jia", 2025, last_seen_at=stamp(NOON + timedelta(days=9)))
    add_finding(archive, "f7", "jia", 2025, rule="publication.missing")
    for fingerprint in ("f6", "f7"):
        resolve(archive, fingerprint)
    publish(archive, target, ALL)
    assert rows(target, "select fingerprint from findings where state = 'resolved'") == []


def test_unconfirmed_body_is_judged_by_nobody(archive, target):
    """Its reports are shown; whether they are late or wrong is not said, and no rate counts it."""
    fill(archive)
    archive.db.table("bodies").update("jia", {"confirmed": 0})
    publish(archive, target, ALL)
    assert rows(target, "select year, standing, sentence, due_on from body_years where body = 'jia'") == [
        (2024, "unconfirmed", None, None), (2025, "unconfirmed", None, None),
    ]  # fmt: skip
    assert rows(target, "select fingerprint from findings where body = 'jia'") == []
    assert rows(target, "select bodies from coverage where standing = 'unconfirmed' and area = ''") == [
        (1,), (1,),
    ]  # fmt: skip


@pytest.mark.parametrize("table", ["disclosure_lines", "request_lines", "remedy_lines"])
def test_lines_of_one_kind_come_in_order_without_sorting(archive, target, table):
    """Sorting 200 000 of them took a page to its time limit."""
    fill(archive)
    publish(archive, target, ALL)
    plan = rows(target, f"explain query plan select * from {table} where line = 'x' order by sha256, line")
    assert [step[3] for step in plan] == [f"SEARCH {table} USING INDEX {table}_line_sha256 (line=?)"]
