"""Each original is answered exactly once, whatever happens to the child that reads it."""

import os
import time

from archive.derived import Outcome
from archive.originals import Originals
from monitor.derive import derive, problem
from monitor.extraction_pool import ExtractionPool


def read_as_told(sha256, content):
    """Do to the child what the original says."""
    if content == b"crash":
        os._exit(11)
    if content == b"hang":
        time.sleep(600)
    if content == b"devour":
        return problem(sha256, "read", str(len(bytes(2**40))))
    return problem(sha256, "read", content.decode())


def answers(tmp_path, *contents, **limits):
    """Read originals with these contents; returns code and reason by content."""
    originals = Originals(tmp_path)
    names = {originals.write(content): content for content in contents}
    pool = ExtractionPool(tmp_path, workers=2, read=read_as_told, **limits)
    found = list(pool.derivations(names))
    assert len(found) == len(names)
    return {names[item.sha256]: (item.code, item.reason) for item in found}


def test_crash_and_hang_become_problems_and_the_others_are_read(tmp_path):
    """One original kills its child, one never ends; five others are answered."""
    good = [f"good {n}".encode() for n in range(5)]
    found = answers(tmp_path, b"crash", b"hang", *good, time_limit_s=3)
    assert found[b"crash"][0] == "crashed"
    assert found[b"hang"][0] == "timeout"
    assert [found[content] for content in good] == [("read", content.decode()) for content in good]


def test_memory_is_limited(tmp_path):
    """A reader that wants a terabyte gets a reason instead."""
    assert answers(tmp_path, b"devour")[b"devour"][0] == "too_large"


def test_damaged_original_is_a_problem_of_its_own(tmp_path):
    """Flipped bytes are not read."""
    originals = Originals(tmp_path)
    sha256 = originals.write(b"report")
    originals.path(sha256).write_bytes(b"rep0rt")
    (found,) = ExtractionPool(tmp_path, workers=1, read=read_as_told).derivations([sha256])
    assert (found.code, found.outcome) == ("original_damaged", Outcome.PROBLEM)


def test_nothing_to_read_starts_no_child(tmp_path):
    """An empty queue costs nothing."""
    assert list(ExtractionPool(tmp_path).derivations([])) == []


def test_any_bytes_are_a_report_rejected_or_a_problem():
    """The three outcomes, with a reason for two of them."""
    for content in (b"", b"%PDF-1.4 cut", b"<html><p>hello</p></html>", bytes(range(256)), b"PK\x03\x04"):
        found = derive("0" * 64, content)
        assert found.outcome in {Outcome.REJECTED, Outcome.PROBLEM}
        assert found.reason
