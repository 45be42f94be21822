"""Each original is answered exactly once, whatever happens to the child that reads it."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from archive.derived import Outcome
from archive.originals import Originals
from monitor.children import Children, Limits, OverranTime
from monitor.derive import derive, problem
from monitor.executors import PoolExecutor
from monitor.extraction import Extraction

ROOT = Path(__file__).parents[2]
ORPHANS = """
import os, signal, sys, time
from monitor.children import Children, Limits

def main():
    children = Children(Limits())
    print(children.call(os.getpid), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    main()
"""


def read_as_told(sha256, content):
    """Do to the child what the original says."""
    if content == b"crash":
        os._exit(11)
    if content == b"hang":
        time.sleep(600)
    if content == b"devour":
        return problem(sha256, "read", str(len(bytes(2**40))))
    return problem(sha256, "read", content.decode())


def die_once(sha256, content):
    """Die at the first try, as a child does that the system kills; `content` names the mark of it."""
    mark = Path(content.decode())
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return problem(sha256, "read", "second try")


def answers(tmp_path, *contents, read=read_as_told, **limits):
    """Read originals with these contents; returns code and reason by content."""
    originals = Originals(tmp_path)
    names = {originals.write(content): content for content in contents}
    with closing(PoolExecutor(Limits(**limits), 2)) as executor:
        found = list(Extraction(originals, executor, read).derivations(names))
    assert len(found) == len(names)
    return {names[item.sha256]: (item.code, item.reason) for item in found}


def start_sleeper(_seconds):
    """Start a program as a reader starts its converter, and wait for it."""
    with subprocess.Popen(["sleep", "600"], start_new_session=True) as process:
        Path(_seconds).write_text(str(process.pid))
        try:
            process.wait()
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def test_crash_and_hang_become_problems_and_the_others_are_read(tmp_path):
    """One original kills its child, one never ends; five others are answered."""
    good = [f"good {n}".encode() for n in range(5)]
    found = answers(tmp_path, b"crash", b"hang", *good, time_s=3)
    assert found[b"crash"] == ("crashed", "读取进程意外结束 (退出码 11)")
    assert found[b"hang"] == ("timeout", "读取超过 3 秒")
    assert [found[content] for content in good] == [("read", content.decode()) for content in good]


def test_original_whose_child_was_killed_once_is_read_again(tmp_path):
    """The child, not the original, was at fault."""
    name = str(tmp_path / "mark").encode()
    assert answers(tmp_path, name, read=die_once) == {name: ("read", "second try")}


def test_memory_is_limited(tmp_path):
    """A reader that wants a terabyte gets a reason instead."""
    assert answers(tmp_path, b"devour")[b"devour"][0] == "too_large"


def test_damaged_original_is_a_problem_of_its_own(tmp_path):
    """Flipped bytes are not read."""
    originals = Originals(tmp_path)
    sha256 = originals.write(b"report")
    originals.path(sha256).write_bytes(b"rep0rt")
    with closing(PoolExecutor(Limits(), 1)) as executor:
        (found,) = Extraction(originals, executor, read_as_told).derivations([sha256])
    assert (found.code, found.outcome) == ("original_damaged", Outcome.PROBLEM)


def test_nothing_to_read_starts_no_child(tmp_path):
    """An empty queue costs nothing."""
    with closing(PoolExecutor(Limits(), 1)) as executor:
        assert list(Extraction(Originals(tmp_path), executor).derivations([])) == []


def test_child_killed_between_two_calls_is_replaced():
    """Whether its end is noticed before the next call or during it."""
    with closing(Children(Limits())) as children:
        for pause_s in (0, 0.5):
            killed = children.call(os.getpid)
            os.kill(killed, signal.SIGKILL)
            time.sleep(pause_s)
            assert children.call(os.getpid) != killed


def test_program_that_an_overrunning_child_started_ends_with_it(tmp_path):
    """LibreOffice has a session of its own, so that nothing but its starter ends it."""
    place = tmp_path / "pid"
    with closing(Children(Limits(time_s=2))) as children, pytest.raises(OverranTime):
        children.call(start_sleeper, str(place))
    assert not is_running(int(place.read_text()))


def test_children_of_a_killed_program_end():
    """A kill -9 of the whole leaves no reader behind."""
    done = subprocess.run(
        [sys.executable, "-c", ORPHANS], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    until = time.monotonic() + 60
    while is_running(int(done.stdout)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_running(int(done.stdout))


def is_running(process):
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_any_bytes_are_a_report_rejected_or_a_problem():
    """The three outcomes, with a reason for two of them."""
    for content in (b"", b"%PDF-1.4 cut", b"<html><p>hello</p></html>", bytes(range(256)), b"PK\x03\x04"):
        found = derive("0" * 64, content)
        assert found.outcome in {Outcome.REJECTED, Outcome.PROBLEM}
        assert found.reason
