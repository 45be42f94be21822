"""What happens to tests whose outside program is not there."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = ("tests/archive/site/test_browser.py", "tests/config/test_clock.py")


def suite(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess:
    """Run a few test files where no program is found, in a worker as `make test` does."""
    known = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "NIANBAO"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "1", *FILES],
        cwd=ROOT, env={**known, "PATH": str(tmp_path), **environment}, capture_output=True, text=True,
    )  # fmt: skip


def test_missing_program_is_named_and_nothing_may_be_left_out_in_ci(tmp_path):
    """One line with what to install, and the other tests count; with NIANBAO_ALL=1, as in CI, all must."""
    ended = suite(tmp_path, NIANBAO_ALL="1")
    assert ended.returncode == 1, ended.stdout + ended.stderr
    told = [line for line in ended.stdout.splitlines() if line.startswith("nianbao: ")]
    assert "(browser) deselected" in told[0]
    assert "apt-get install chromium" in told[0]
    assert "NIANBAO_ALL=1 and tests were left out" in told[1]
    assert " passed" in ended.stdout
    assert " failed" not in ended.stdout


def test_left_out_tests_are_no_failure_elsewhere(tmp_path):
    """On a machine with Python alone."""
    assert suite(tmp_path).returncode == 0
