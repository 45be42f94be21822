"""`nianbao process` killed at any statement and run again ends as if it had never been killed."""

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.store import Archive
from config.places import Places
from tests.monitor.season_support import AFTER_SEASON, configure, crawl_season

DIARIES = {"runs", "journal", "sqlite_sequence", "_sqlite_migrations"}
ALERTS = """
operator: {channels: {mail: "json://127.0.0.1:9/"}}
recipients: {wolong-zwgk: {name: 卧龙区政务公开办, channels: {mail: "json://127.0.0.1:9/"}}}
routes: [{severity: [error, warning], to: [supervisor]}]
"""
PROGRAM = """
import os, signal, sys
from archive.store import Archive
from config.places import Places
from monitor.pipeline import process_archive
from pathlib import Path

def main():
    at = Places(Path(sys.argv[1]), Path(sys.argv[2]))
    left = [int(sys.argv[3])]
    def count(statement):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    with Archive.open(at) as archive:
        archive.db.conn.set_trace_callback(count)
        process_archive(archive, at)
    print(int(sys.argv[3]) - left[0])

if __name__ == "__main__":
    main()
"""
NEVER = 10**9


@pytest.fixture
def season(tmp_path, fixtures):
    """A crawled season, not processed yet."""
    at = Places(tmp_path / "raw" / "data", tmp_path / "raw" / "config")
    at.config.mkdir(parents=True)
    configure(at)
    (at.config / "alerts.yml").write_text(ALERTS, "utf-8")
    with Archive.open(at) as archive:
        crawl_season(archive, fixtures)
    return at


def process(at, tmp_path, kill_at=NEVER):
    """Run the program in a process of its own; returns its exit code and the statements it made."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, "utf-8")
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "NIANBAO_NOW": AFTER_SEASON.isoformat(), "PYTHONPATH": root}
    done = subprocess.run(
        [sys.executable, str(program), str(at.data), str(at.config), str(kill_at)],
        env=environment, capture_output=True, text=True, cwd=root,
    )  # fmt: skip
    return done.returncode, int(done.stdout) if done.returncode == 0 else 0


def copy_of(at, tmp_path, name):
    """Copy the season, so that each run starts from the same bytes."""
    target = tmp_path / name
    shutil.copytree(at.data.parent, target)
    return Places(target / "data", target / "config")


def census(at):
    """All rows of all tables but the diaries, in an order of their own."""
    with Archive.open(at) as archive:
        tables = [row["name"] for row in archive.rows("select name from sqlite_master where type = 'table'")]
        return {
            name: sorted(map(repr, archive.rows(f"select * from [{name}]")))
            for name in tables
            if name not in DIARIES
        }


def test_killed_processing_is_completed_without_loss_or_duplicate(season, tmp_path):
    """Five kills at random statements of one archive; a run to the end then equals the undisturbed one."""
    whole = copy_of(season, tmp_path, "whole")
    code, statements = process(whole, tmp_path)
    assert code == 0
    expected = census(whole)
    assert len(expected["standings"]) == 4
    assert expected["notices"]
    chance = random.Random(20250412)
    killed = copy_of(season, tmp_path, "killed")
    kills = [process(killed, tmp_path, chance.randrange(1, statements // 2))[0] for _ in range(5)]
    assert kills == [-signal.SIGKILL] * 5
    assert process(killed, tmp_path)[0] == 0
    assert census(killed) == expected
