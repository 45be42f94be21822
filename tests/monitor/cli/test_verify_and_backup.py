"""`nianbao verify`, `backup` and `restore` as a person runs them."""

import json
import shutil

import pytest

from archive.store import Archive
from config.places import Places
from monitor.cli import run
from tests.archive.filled import fill


@pytest.fixture
def kept(places):
    """A filled data directory: (options, places, hashes)."""
    with Archive.open(places) as archive:
        hashes = fill(archive, private=False)
    return ["--data", str(places.data), "--config", str(places.config)], places, hashes


def original(places, sha256):
    """Where an original lies."""
    return places.originals / sha256[:2] / sha256


def test_sound_archive_verifies(kept, capsys):
    """All hashes are right."""
    assert run(["verify", *kept[0]]) == 0
    assert capsys.readouterr().out == "原件 4 份, 问题 0 处\n"


def test_flipped_byte_and_lost_file_are_named(kept, capsys):
    """Exit 1 with one row each."""
    options, places, hashes = kept
    original(places, hashes["jia"]).write_bytes(b"other")
    original(places, hashes["old"]).unlink()
    assert run(["verify", *options, "--format", "jsonl"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(row["kind"], row["subject"]) for row in rows} == {
        ("damaged", hashes["jia"]), ("missing", hashes["old"]),
    }  # fmt: skip


def test_backup_brings_everything_back(kept, tmp_path, capsys):
    """The restored archive verifies and holds the same rows."""
    options, places, _hashes = kept
    target, other = tmp_path / "backup", Places(tmp_path / "other", places.config)
    assert run(["backup", str(target), *options]) == 0
    assert run(["restore", str(target), "--data", str(other.data), "--config", str(places.config)]) == 0
    assert run(["verify", "--data", str(other.data), "--config", str(places.config)]) == 0
    with Archive.open(places) as one, Archive.open(other) as two:
        for table in one.db.table_names():
            assert list(one.db[table].rows) == list(two.db[table].rows)


def test_second_backup_copies_only_what_is_new(kept, tmp_path, capsys):
    """The originals are there already."""
    options, _places, _hashes = kept
    run(["backup", str(tmp_path / "b"), *options])
    run(["backup", str(tmp_path / "b"), *options])
    assert "本次复制 0 份" in capsys.readouterr().out.splitlines()[1]


def test_backup_is_one_instant_while_others_write(kept, tmp_path):
    """An open write transaction does not hold it up and is not in it."""
    options, places, _hashes = kept
    with Archive.open(places) as archive, archive.atomic():
        archive.add_event("half", "way")
        assert run(["backup", str(tmp_path / "b"), *options]) == 0
    with Archive.open(Places(tmp_path / "b", places.config)) as copy:
        assert copy.rows("select * from events where kind = 'half'") == []


def test_restore_never_overwrites(kept, tmp_path, capsys):
    """A data directory in use is refused in one line."""
    options, _places, _hashes = kept
    run(["backup", str(tmp_path / "b"), *options])
    assert run(["restore", str(tmp_path / "b"), *options]) == 1
    assert "已存在" in capsys.readouterr().err


def test_damaged_backup_is_refused(kept, tmp_path, capsys):
    """A flipped byte in the backup does not reach the archive; no database is put in place."""
    options, places, hashes = kept
    target = tmp_path / "b"
    run(["backup", str(target), *options])
    original(Places(target, places.config), hashes["jia"]).write_bytes(b"other")
    shutil.rmtree(places.data)
    assert run(["restore", str(target), *options]) == 1
    assert "哈希不符" in capsys.readouterr().err
    assert not places.database.exists()


def test_one_lost_original_does_not_keep_the_others_out_of_the_backup(kept, tmp_path, capsys):
    """It is named, everything else is copied, and a backup that has it keeps it."""
    options, places, hashes = kept
    run(["backup", str(tmp_path / "before"), *options])
    original(places, hashes["old"]).unlink()
    capsys.readouterr()
    assert run(["backup", str(tmp_path / "after"), *options]) == 1
    assert hashes["old"] in capsys.readouterr().err
    assert (tmp_path / "after" / "nianbao.db").exists()
    assert run(["backup", str(tmp_path / "before"), *options]) == 0
    assert original(Places(tmp_path / "before", places.config), hashes["old"]).exists()


def test_backup_holds_journal_and_recordings_and_both_come_back(kept, tmp_path):
    """Enough to rebuild even without the database; what has grown is copied again."""
    options, places, _hashes = kept
    recording = places.warc / "2026" / "20260101T000000Z-00000001-p.warc.gz"
    recording.parent.mkdir(parents=True)
    recording.write_bytes(b"one")
    target, other = tmp_path / "b", Places(tmp_path / "other", places.config)
    run(["backup", str(target), *options])
    recording.write_bytes(b"one and two")
    run(["backup", str(target), *options])
    assert run(["restore", str(target), "--data", str(other.data), "--config", str(places.config)]) == 0
    assert other.journal.read_bytes() == places.journal.read_bytes()
    assert (other.warc / recording.relative_to(places.warc)).read_bytes() == b"one and two"


@pytest.mark.parametrize("target", ["", "backup", "other"])
def test_backup_into_a_data_directory_is_refused(kept, places, tmp_path, target, capsys, monkeypatch):
    """It would write over the working database of this archive, or of another."""
    monkeypatch.setenv("NIANBAO_LANG", "en")
    options, _places, _hashes = kept
    other = Places(tmp_path / "other", places.config)
    with Archive.open(other):
        (other.data / "locks").mkdir()
    folder = other.data if target == "other" else places.data / target
    before = places.database.read_bytes(), other.database.read_bytes()
    assert run(["backup", str(folder), *options]) == 1
    assert "is a data directory" in capsys.readouterr().err
    assert (places.database.read_bytes(), other.database.read_bytes()) == before


def test_decisions_made_after_the_backup_are_not_lost_by_a_restore(kept, tmp_path, capsys):
    """The journal outlived the database: it is not written over without a word."""
    options, places, _hashes = kept
    run(["backup", str(tmp_path / "b"), *options])
    with Archive.open(places) as archive:
        archive.add_event("alert.replied", "alert:1", {"text": "已更正"}, "李四")
    for name in ("nianbao.db", "nianbao.db-wal", "nianbao.db-shm"):
        (places.data / name).unlink(missing_ok=True)
    assert run(["restore", str(tmp_path / "b"), *options]) == 1
    error = capsys.readouterr().err
    assert "nianbao rebuild" in error
    assert error.count("\n") == 1
    places.journal.rename(places.journal.with_suffix(".kept"))
    assert run(["restore", str(tmp_path / "b"), *options]) == 0
    assert run(["verify", *options]) == 0


def test_old_copy_of_the_database_beside_a_newer_journal_is_refused(kept, tmp_path, capsys):
    """Whoever copies it back by hand is told, and nothing of the journal is cut off."""
    options, places, _hashes = kept
    run(["backup", str(tmp_path / "b"), *options])
    with Archive.open(places) as archive:
        for number in range(3):
            archive.add_event("noted", str(number))
    told = places.journal.read_bytes()
    for name in ("nianbao.db-wal", "nianbao.db-shm"):
        (places.data / name).unlink(missing_ok=True)
    shutil.copyfile(tmp_path / "b" / "nianbao.db", places.database)
    assert run(["verify", *options]) == 1
    assert "nianbao rebuild" in capsys.readouterr().err
    assert places.journal.read_bytes() == told


def test_database_of_a_backup_that_is_none_is_refused(places, tmp_path, capsys):
    """A file of that name is not enough."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "nianbao.db").write_bytes(b"not a database at all" * 300)
    assert run(["restore", str(tmp_path / "b"), "--data", str(places.data), "--config", str(tmp_path)]) == 1
    assert "已损坏" in capsys.readouterr().err
    assert not places.database.exists()


@pytest.mark.parametrize("words", [["restore", "absent"], ["backup", "file"], ["restore", "file"]])
def test_wrong_folder_is_wrong_usage(kept, tmp_path, words, capsys):
    """In one line."""
    (tmp_path / "file").write_bytes(b"")
    command, name = words
    assert run([command, str(tmp_path / name), *kept[0]]) == 64
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(("language", "words"), [("zh", "损坏或被改动"), ("en", "damaged or was changed")])
def test_changed_decision_is_found_by_verify(kept, capsys, monkeypatch, language, words):
    """The journal's lines are chained by their hashes."""
    monkeypatch.setenv("NIANBAO_LANG", language)
    options, places, _hashes = kept
    with Archive.open(places) as archive:
        archive.add_event("alert.replied", "alert:1", {"text": "yes"}, "甲甲")
        archive.add_event("alert.replied", "alert:1", {"text": "yes"}, "甲甲")
    content = places.journal.read_bytes()
    places.journal.write_bytes(content.replace("甲甲".encode(), "乙乙".encode(), 1))
    assert run(["verify", *options, "--format", "jsonl"]) == 1
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert words in row["message"]


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_folder_that_is_no_backup_is_refused(kept, tmp_path, command, capsys):
    """Neither written into nor read from."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"cat")
    options = (
        ["--data", str(tmp_path / "new"), "--config", str(tmp_path)] if command == "restore" else kept[0]
    )
    assert run([command, str(tmp_path / "photos"), *options]) == 1
    assert "备份" in capsys.readouterr().err
