"""People's decisions outlive the database: journal and database never disagree for long."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import DatabaseLost, JournalDamaged
from archive.journal import Draft, Position, append, read
from archive.journaling import JOURNALED, apply
from archive.records import Capture, Listing, Role, Sighting, Verdict
from archive.schema import migrations
from archive.store import Archive
from monitor.cli import run

ROOT = Path(__file__).parent.parent.parent
NOON = datetime(2026, 1, 20, 4, tzinfo=UTC)
KILLED_AFTER_TELLING = """
import os, sys
from pathlib import Path
import archive.journaling as journaling
from archive.store import Archive
from config.places import Places

def append_and_die(path, after, draft):
    told(path, after, draft)
    os.kill(os.getpid(), 9)

told = journaling.append
with Archive.open(Places(Path(sys.argv[1]), Path(sys.argv[2]))) as archive:
    journaling.append = append_and_die
    {step}
"""


def killed(places, step):
    """Do a step in a process that dies between the journal and the database."""
    program = KILLED_AFTER_TELLING.format(step=step)
    done = subprocess.run([sys.executable, "-c", program, places.data, places.config], cwd=ROOT)
    assert done.returncode == -9


def crawled(archive, content=b"<p>one</p>"):
    """A capture, its document and a link, in one transaction as a crawl commits them."""
    capture = Capture("sample", Role.ARTICLE, "http://a.gov.cn/1", NOON, Verdict.OK, content=content)
    with archive.atomic():
        capture_id = archive.add_capture(capture)
        archive.add_document(Sighting("sample", capture.url, Role.ARTICLE), capture_id)
        archive.add_listings(capture_id, [Listing("http://a.gov.cn/2", "乙")])


def told_rows(archive):
    """All rows of the journaled tables."""
    return {table: archive.rows(f"select * from {table} order by rowid") for table in JOURNALED}


def made_from_journal(places):
    """The same tables made from nothing but the journal."""
    with closing(sqlite3.connect(":memory:")) as db:
        from sqlite_utils import Database

        migrations.apply(Database(db))
        db.execute("pragma foreign_keys = off")
        for entry in read(places.journal):
            apply(db, entry)
        db.row_factory = sqlite3.Row
        return {
            table: [dict(row) for row in db.execute(f"select * from {table} order by rowid")]
            for table in JOURNALED
        }


def lines(places):
    """The journal, parsed."""
    return [json.loads(line) for line in places.journal.read_text("utf-8").splitlines()]


def test_each_decision_is_one_line_with_who_and_what(archive, places):
    """Readable without the program."""
    archive.add_event("alert.acknowledged", "alert:1", {"note": "办理中"}, "张三")
    archive.add_event("alert.replied", "alert:1", {"text": "已更正"}, "李四")
    told = [line["rows"]["events"] for line in lines(places)]
    assert [[(row["kind"], row["who"]) for row in rows] for rows in told] == [
        [("alert.acknowledged", "张三")], [("alert.replied", "李四")],
    ]  # fmt: skip


def test_journal_alone_gives_the_same_rows(archive, places):
    """Inserts, updates and deletions, by whatever statement they came."""
    crawled(archive)
    run_id = archive.start_run("process")
    archive.finish_run(run_id, "ok", {"n": 1})
    for number in range(3):
        archive.add_event("noted", str(number))
    with archive.atomic():
        archive.db.execute("update events set who = 'x' where subject = '1'")
        archive.db.execute("delete from events where subject = '2'")
    assert made_from_journal(places) == told_rows(archive)


def test_many_rows_of_one_transaction_are_several_lines_and_one_entry(archive, places):
    """A whole or nothing, however large."""
    with archive.atomic():
        for number in range(1201):
            archive.add_event("noted", str(number))
    assert [len(line["rows"]["events"]) for line in lines(places)] == [500, 500, 201]
    (entry,) = read(places.journal)
    assert len(entry.rows) == 1201
    assert made_from_journal(places) == told_rows(archive)


def test_failed_transaction_is_not_told(archive, places):
    """What raises leaves no line, and the next one follows the last."""
    archive.add_event("noted", "before")
    before = places.journal.read_bytes()
    with pytest.raises(RuntimeError), archive.atomic():
        archive.add_event("noted", "never")
        raise RuntimeError
    assert places.journal.read_bytes() == before


def test_what_a_failed_transaction_touched_is_not_told_by_the_next(archive, places):
    """Neither its rows nor that it was not whole."""
    with pytest.raises(RuntimeError), archive.atomic():
        crawled(archive)
        raise RuntimeError
    archive.add_event("reviewed", "body:s")
    (entry,) = read(places.journal)
    assert entry.is_whole
    assert [table for table, _row in entry.rows] == ["events"]
    assert not entry.gone


def test_row_that_one_transaction_changes_twice_is_told_once_as_it_is_in_the_end(archive, places):
    """Also where the second change alone would not be told."""
    with archive.atomic():
        run_id = archive.start_run("crawl")
        archive.db.execute("update runs set detail = '{}' where id = ?", [run_id])
    (entry,) = read(places.journal)
    ((table, row),) = entry.rows
    assert (table, row["detail"]) == ("runs", "{}")


def test_commit_that_fails_takes_its_line_back(archive, places, monkeypatch):
    """The user was told that it failed: it must not come back later."""
    archive.add_event("noted", "before")
    before = places.journal.read_bytes()
    with pytest.raises(sqlite3.IntegrityError), archive.atomic():
        archive.db.execute("pragma defer_foreign_keys = on")
        archive.add("documents", {"portal": "p", "url": "u", "sha256": "none", "role": "article",
                                  "first_seen_at": "x", "last_seen_at": "x"})  # fmt: skip
    assert places.journal.read_bytes() == before
    archive.add_event("noted", "after")
    assert [entry.rows[0][1]["subject"] for entry in read(places.journal)] == ["before", "after"]


def test_line_that_finds_no_room_is_an_error(tmp_path, room):
    """The transaction fails with it: half a line would be taken for a whole one."""
    draft = Draft("2025-02-05T01:00:00.000Z", rows=[("events", {"id": 1, "detail": "已更正" * 40})])
    with room(40), pytest.raises(OSError, match="too large"):
        append(tmp_path / "journal.jsonl", Position(), draft)


def test_kill_between_journal_and_database_loses_and_doubles_nothing(places):
    """The decision is there once, however often the archive is opened afterwards."""
    with Archive.open(places) as archive:
        archive.add_event("noted", "before")
    killed(places, "archive.add_event('alert.replied', 'alert:1', {'text': '已更正'}, '李四')")
    with closing(sqlite3.connect(places.database)) as db:
        assert db.execute("select count(*) from events").fetchone() == (1,)
    for _time in range(2):
        with Archive.open(places) as archive:
            told = archive.rows("select subject, who from events order by id")
            assert told == [{"subject": "before", "who": "nianbao"}, {"subject": "alert:1", "who": "李四"}]
            assert made_from_journal(places) == told_rows(archive)


def test_process_that_is_open_catches_up_with_one_that_was_killed(places):
    """`watch` runs for months; it must not write over what another told."""
    with Archive.open(places) as archive:
        archive.add_event("noted", "1")
        killed(places, "archive.add_event('noted', '2')")
        archive.add_event("noted", "3")
        assert [row["subject"] for row in archive.rows("select subject from events order by id")] == [
            "1", "2", "3",
        ]  # fmt: skip
        assert made_from_journal(places) == told_rows(archive)


def test_line_that_a_kill_left_broken_is_cut_off(places):
    """Nobody was told that it was done."""
    with Archive.open(places) as archive:
        archive.add_event("noted", "before")
    whole = places.journal.read_bytes()
    places.journal.write_bytes(whole + b'{"number":2,"at":"2026')
    with Archive.open(places) as archive:
        assert len(archive.rows("select * from events")) == 1
    assert places.journal.read_bytes() == whole


def test_rubbish_behind_the_last_line_is_put_aside(places):
    """The machine lost its power: nothing stops, nothing is thrown away."""
    with Archive.open(places) as archive:
        archive.add_event("noted", "before")
    whole = places.journal.read_bytes()
    places.journal.write_bytes(whole + bytes(40) + b"\n")
    with Archive.open(places) as archive:
        archive.add_event("noted", "after")
        assert made_from_journal(places) == told_rows(archive)
    (aside,) = places.data.glob("journal.jsonl.*")
    assert aside.read_bytes() == whole + bytes(40) + b"\n"


def test_exchange_of_a_killed_crawl_is_asked_again_not_half_taken(places):
    """A capture without the links of its page would say that a report is not listed."""
    with Archive.open(places) as archive:
        archive.add_event("noted", "before")
    killed(places, "from tests.archive.test_journal import crawled; crawled(archive)")
    with Archive.open(places) as archive:
        assert archive.rows("select * from captures") == []
        assert made_from_journal(places) == told_rows(archive)


def test_lost_journal_is_written_anew_from_the_database(places):
    """One copy of the two is enough; the broken one is kept beside it."""
    with Archive.open(places) as archive:
        crawled(archive)
        archive.add_event("noted", "1")
    places.journal.write_bytes(places.journal.read_bytes()[:100])
    with Archive.open(places) as archive:
        archive.add_event("noted", "2")
        assert made_from_journal(places) == told_rows(archive)
    places.journal.unlink()
    with Archive.open(places) as archive:
        assert made_from_journal(places) == told_rows(archive)
    assert len(list(places.data.glob("journal.jsonl.*"))) == 1


def test_archive_from_before_the_journal_is_told_whole(places):
    """An upgrade begins with all that is there."""
    with Archive.open(places) as archive:
        crawled(archive)
    places.journal.unlink()
    with closing(sqlite3.connect(places.database)) as db:
        db.execute("delete from journal")
        db.commit()
    with Archive.open(places) as archive:
        assert lines(places)[0]["baseline"] is True
        assert made_from_journal(places) == told_rows(archive)


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "nianbao rebuild"), ("en", "nianbao restore a backup")]
)
def test_lost_database_is_not_begun_anew(places, capsys, monkeypatch, language, words):
    """An empty one would tell everybody everything again."""
    monkeypatch.setenv("NIANBAO_LANG", language)
    with Archive.open(places) as archive:
        archive.add_event("noted", "1")
    places.database.unlink()
    with pytest.raises(DatabaseLost):
        Archive.open(places)
    assert run(["verify", "--data", str(places.data), "--config", str(places.config)]) == 1
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
    assert not places.database.exists()


def test_changed_line_is_seen(archive, places):
    """Every line names the hash of the line before it."""
    for number in range(3):
        archive.add_event("noted", str(number), who="张三")
    content = places.journal.read_bytes()
    places.journal.write_bytes(content.replace("张三".encode(), "李四".encode(), 1))
    with pytest.raises(JournalDamaged):
        list(read(places.journal))
    assert places.journal.stat().st_size == len(content)
