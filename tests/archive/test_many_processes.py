"""Several processes share one archive: the crawl, the processing and the sending of one night."""

import subprocess
import sys
from pathlib import Path

from archive.store import Archive

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from archive.store import Archive
from config.places import Places
for _ in range(3):
    with Archive.open(Places(Path(sys.argv[1]), Path(sys.argv[1]))) as archive:
        for _ in range(10):
            run = archive.start_run("test")
            archive.add_event("test", "run")
            archive.finish_run(run, "ok")
"""


def test_processes_that_create_and_write_one_archive_at_once_all_succeed(places):
    """Nobody is told "database is locked", nothing is lost."""
    command = [sys.executable, "-c", WRITER, str(places.data)]
    writers = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(4)]
    errors = [writer.communicate()[1] for writer in writers]
    assert errors == [b""] * 4
    with Archive.open(places) as archive:
        assert archive.row("select count(*) as n from runs where outcome = 'ok'") == {"n": 120}
        assert archive.row("select count(*) as n from events") == {"n": 120}
