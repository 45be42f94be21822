"""`nianbao rebuild` where it can say nothing yet, or must not begin."""

import json

import pytest

from archive.comparing import compare_archives, compare_files
from archive.store import Archive
from config.places import Places
from monitor.cli import run
from monitor.lock import holding


def options(places):
    """The directories, as a user names them."""
    return ["--data", str(places.data), "--config", str(places.config)]


@pytest.mark.parametrize(("language", "words"), [("zh", "没有可重建的存档"), ("en", "nothing to rebuild")])
def test_empty_directory_is_refused_in_one_line(places, capsys, monkeypatch, language, words):
    """There is neither a database nor a journal."""
    monkeypatch.setenv("NIANBAO_LANG", language)
    assert run(["rebuild", *options(places)]) == 1
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
    assert not places.database.exists()


def test_archive_that_was_never_processed_is_refused(archive, places, capsys):
    """There is nothing derived to compare with."""
    archive.add_event("noted", "1")
    assert run(["rebuild", *options(places)]) == 1
    assert "nianbao process" in capsys.readouterr().err
    assert not (places.data / ".rebuild").exists()


def test_archive_without_documents_is_equal_to_itself(archive, places, capsys, monkeypatch):
    """An empty run of `process` concluded something, too; other formats hold only the rows."""
    assert run(["process", *options(places)]) == 0
    assert run(["rebuild", *options(places)]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("不同 0 处")
    monkeypatch.setenv("NIANBAO_LANG", "en")
    assert run(["rebuild", *options(places)]) == 0
    assert capsys.readouterr().out.endswith(", 0 differences\n")
    assert run(["rebuild", *options(places), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_running_process_is_waited_for_by_a_person(archive, places, capsys):
    """Half of a run's conclusions would be differences."""
    run(["process", *options(places)])
    with holding(places.data / "locks" / "process.lock"):
        assert run(["rebuild", *options(places)]) == 1
    assert "process.lock" in capsys.readouterr().err


def test_lost_archive_that_was_never_processed_comes_back_too(places, capsys):
    """What was seen and decided is there; `process` does the rest."""
    with Archive.open(places) as archive:
        archive.add_event("alert.replied", "alert:1", {"text": "已更正"}, "李四")
    places.database.unlink()
    assert run(["rebuild", *options(places)]) == 0
    assert "nianbao process" in capsys.readouterr().err
    with Archive.open(places) as archive:
        assert [row["who"] for row in archive.rows("select who from events")] == ["李四"]


def test_each_kind_of_difference_is_named(places, tmp_path):
    """A row on one side, another value, a file on one side, other bytes."""
    other = Places(tmp_path / "other", places.config)
    for place, subjects in ((places, ("a", "b", "c")), (other, ("a", "x"))):
        with Archive.open(place) as archive:
            for subject in subjects:
                archive.add_event("noted", subject)
            archive.db.execute("update events set happened_at = 'then'")
    compared = compare_archives(places.database, other.database, 1, replayed=False)
    told = [(one.table, one.key, one.column, one.here, one.anew) for one in compared.differences]
    assert told == [("events", "2", "subject", "b", "x"), ("events", "3", "", "+", "-")]
    assert compared.rows == 3
    folders = tmp_path / "one", tmp_path / "two"
    for folder, names in zip(folders, (("same", "only", "size"), ("same", "size")), strict=True):
        folder.mkdir()
        for name in names:
            (folder / name).write_text(folder.name if name == "size" else "x")
    assert [(one.key, one.column) for one in compare_files(*folders)] == [("only", ""), ("size", "bytes")]
