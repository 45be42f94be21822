"""Our own programs as processes of their own: how to start them, and to stop them in good order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from config.places import Places

_HOME = Path(__file__).parent.parent


def nianbao_program(words: Sequence[str], at: Places) -> list[str]:
    """Return the argument list for `nianbao WORDS...` on these directories."""
    where = ["--data", str(at.data), "--config", str(at.config)]
    return [*_python(), "-c", "from monitor.cli import main; main()", *words, *where]


def crawler_program(portals: Sequence[str], year: int, log_level: str = "WARNING") -> list[str]:
    """Return the argument list that crawls these portals (none: all that are due)."""
    wanted = [word for portal in portals for word in ("--portal", portal)]
    return [*_python(), "-m", "crawler.run", *wanted, "--year", str(year), "--loglevel", log_level]


def replay_program(warc: Path, log_level: str = "WARNING") -> list[str]:
    """Return the argument list that makes one run again from its WARC."""
    return [*_python(), "-m", "crawler.run", "--command", "replay", str(warc), "--loglevel", log_level]


def environment(at: Places) -> dict[str, str]:
    """Return the environment of our children: the directories, and where our packages are."""
    paths = [str(_HOME), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "NIANBAO_DATA": str(at.data),
        "NIANBAO_CONFIG": str(at.config),
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUNBUFFERED": "1",
    }


def run_child(arguments: Sequence[str], at: Places, *, quiet: bool = False) -> int:
    """Run a program to its end and return its exit code; SIGTERM is passed on, and waited for."""
    output = subprocess.DEVNULL if quiet else None
    child = subprocess.Popen(arguments, env=environment(at), stdout=output, stderr=output)

    def pass_on(_number: int, _frame: FrameType | None) -> None:
        child.terminate()

    # Ctrl-C reaches the child by itself: the terminal sends it to the whole group.
    on_terminate = signal.signal(signal.SIGTERM, pass_on)
    on_interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return child.wait()
    finally:
        signal.signal(signal.SIGTERM, on_terminate)
        signal.signal(signal.SIGINT, on_interrupt)


def _python() -> list[str]:
    """The running interpreter; -P keeps a `config` folder of the working directory off its path."""
    return [sys.executable, "-P"]
