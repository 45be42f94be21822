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
    return places.originals / sha256[:2] / sha256[2:4] / sha256


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
