"""One at a time: a lock file that the system itself releases when its holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from archive.errors import ArchiveError
from config.language import say

POLL_S = 0.1


class Locked(ArchiveError):
    """Raised when another process holds the lock, by `holding`."""


@contextmanager
def holding(path: Path, *, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the lock file while the block runs; its text is the holder's process id.

    Raises Locked where another process still holds it after `wait_s`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    give_up_s = time.monotonic() + wait_s
    with path.open("a+") as file:
        while not _take(file) and time.monotonic() < give_up_s:
            time.sleep(POLL_S)
        if not _take(file):
            file.seek(0)
            holder = file.read().strip() or "?"
            raise Locked(
                say(
                    f"{path}: 同样的工作正在进行（进程 {holder}），等它结束再试",
                    f"{path}: process {holder} does the same work already; wait until it has ended",
                )
            )
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def is_held(path: Path) -> bool:
    """Tell whether some process holds the lock now."""
    if not path.exists():
        return False
    with path.open("a+") as file:
        return not _take(file)


def _take(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
