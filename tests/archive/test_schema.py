"""Every released schema is brought up to date, with a copy of the database beforehand."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.schema import migrations
from archive.store import Archive
from monitor.cli import run

NAMES = [migration.name for migration in migrations.pending(Database(memory=True))]
SAMPLES = {"TEXT": "样", "INTEGER": 7, "REAL": 1.5}


def build_old(path: Path, last: str) -> None:
    """A database as the program with the migrations up to `last` left it, one row in every table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(Database(path)) as db:
        following = NAMES[NAMES.index(last) + 1 :]
        migrations.apply(db, **({"stop_before": following[0]} if following else {}))
        db.execute("pragma foreign_keys = off")
        for table in own_tables(db.conn):
            columns = db.table(table).columns
            db.table(table).insert({column.name: SAMPLES[column.type] for column in columns})


def own_tables(db: sqlite3.Connection) -> list[str]:
    """Tables that are not the machinery's."""
    names = db.execute("select name from sqlite_master where type = 'table' order by name").fetchall()
    return [name for (name,) in names if not name.startswith(("_sqlite", "sqlite_")) and name != "journal"]


def rows(db: sqlite3.Connection) -> dict[str, list[dict]]:
    """All rows of all tables."""
    db.row_factory = sqlite3.Row
    return {name: [dict(row) for row in db.execute(f"select * from {name}")] for name in own_tables(db)}


def shape(path: Path) -> set[tuple]:
    """Tables, columns and indexes of a database."""
    with closing(sqlite3.connect(path)) as db:
        tables = {
            (name, *column[1:])
            for name in own_tables(db)
            for column in db.execute(f"pragma table_info({name})")
        }
        indexes = db.execute("select name, tbl_name, sql from sqlite_master where type = 'index'").fetchall()
        return tables | set(indexes)


@pytest.mark.parametrize("last", NAMES[:-1])
def test_older_database_is_copied_and_migrated_without_loss(places, tmp_path, last):
    """Its rows stand as they were, it has the shape of a new one, and the copy is the old one."""
    build_old(places.database, last)
    with closing(sqlite3.connect(places.database)) as db:
        before = rows(db)
    with Archive.open(places) as archive:
        assert migrations.pending(archive.db) == []
        after = rows(archive.db.conn)
        archive.db.conn.row_factory = None
    for table, found in before.items():
        assert [{key: row[key] for key in old} for row, old in zip(after[table], found, strict=True)] == found
    (copy,) = (places.data / "backups").iterdir()
    assert copy.name == f"before-{NAMES[NAMES.index(last) + 1]}.db"
    with closing(sqlite3.connect(copy)) as db:
        assert rows(db) == before
    with Archive.open(type(places)(tmp_path / "new", places.config)):
        pass
    assert shape(places.database) == shape(tmp_path / "new" / "nianbao.db")


def test_present_database_is_not_copied(places):
    """Nothing to migrate, nothing to keep."""
    for _time in range(2):
        with Archive.open(places):
            pass
    assert not (places.data / "backups").exists()


@pytest.mark.parametrize(("language", "words"), [("zh", "请升级程序"), ("en", "upgrade the program")])
def test_newer_database_is_refused_in_one_line_and_left_alone(places, capsys, monkeypatch, language, words):
    """An older program must not write into what it does not know."""
    monkeypatch.setenv("NIANBAO_LANG", language)
    build_old(places.database, NAMES[-1])
    with closing(Database(places.database)) as db:
        db.table("_sqlite_migrations").insert(
            {"migration_set": "nianbao", "name": "m999_later", "applied_at": "2030-01-01"}
        )
    before = places.database.read_bytes()
    assert run(["verify", "--data", str(places.data), "--config", str(places.config)]) == 1
    error = capsys.readouterr().err
    assert "m999_later" in error
    assert words in error
    assert error.count("\n") == 1
    assert places.database.read_bytes() == before
