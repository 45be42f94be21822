"""Fixtures for all tests: a fresh data directory, and no clock or directory from outside.

Tests that need an outside program carry a marker. Where the program is not there they are deselected
with one printed line that says what to install; with NIANBAO_ALL=1 (CI) that is a failure, and so is
any skipped test.
"""

import contextlib
import os
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from config.places import Places

OUTSIDE_PROGRAMS = {
    "browser": ("chromium", "apt-get install chromium fonts-noto-cjk"),
    "office": ("soffice", "apt-get install libreoffice-writer libreoffice-calc"),
}
hypothesis.settings.register_profile("untimed", deadline=None)  # machines are noisy: no timed tests
hypothesis.settings.load_profile("untimed")
TESTS = Path(__file__).parent
ALL = bool(os.environ.get("NIANBAO_ALL"))
_deselected: dict[str, int] = {}
_skipped: list[str] = []


def pytest_collection_modifyitems(config, items):
    """Leave out the groups whose program is missing, and remember how many; the long ones go first.

    The tests of the whole way take a minute each: begun last, they would keep one core waiting.
    """
    items.sort(key=lambda item: item.path.parent != TESTS)
    missing = {name for name, (program, _how) in OUTSIDE_PROGRAMS.items() if not shutil.which(program)}
    dropped = [item for item in items if missing & {mark.name for mark in item.iter_markers()}]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in dropped]
    for item in dropped:
        for name in missing & {mark.name for mark in item.iter_markers()}:
            _deselected[name] = _deselected.get(name, 0) + 1


def pytest_runtest_logreport(report):
    """Remember what was skipped."""
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_terminal_summary(terminalreporter):
    """Say in one line for each group what was left out and what to install."""
    for name, count in _deselected.items():
        how = OUTSIDE_PROGRAMS[name][1]
        terminalreporter.write_line(f"nianbao: {count} tests ({name}) deselected; to run them: {how}")
    if ALL and (_deselected or _skipped):
        terminalreporter.write_line(f"nianbao: NIANBAO_ALL=1 and tests were left out: {_skipped}", red=True)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Take over what a worker of xdist left out: only workers collect, each of them everything."""
    _deselected.update(getattr(node, "workeroutput", {}).get("deselected", {}))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """With NIANBAO_ALL=1 no test may be left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["deselected"] = dict(_deselected)
    elif ALL and (_deselected or _skipped) and session.exitstatus == 0:
        session.exitstatus = 1


@pytest.fixture(autouse=True)
def _no_outside_settings(monkeypatch):
    """No setting of the machine reaches a test."""
    for name in ("NIANBAO_NOW", "NIANBAO_DATA", "NIANBAO_CONFIG", "NIANBAO_LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """An empty data directory and an empty configuration directory."""
    (tmp_path / "config").mkdir()
    return Places(tmp_path / "data", tmp_path / "config")


@pytest.fixture
def fixtures() -> Path:
    """The folder of saved documents and pages."""
    return Path(__file__).parent / "fixtures"


@pytest.fixture
def room():
    """Let no file grow beyond so many bytes for a while, as on a disk that is full."""

    @contextlib.contextmanager
    def limited(size_bytes: int) -> Iterator[None]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return limited
