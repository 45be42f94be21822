"""Programs that cannot outlive the process that started them, on a machine that others look after.

A worker of a cluster may be killed at any moment; what it had started must not go on asking a portal
while another worker does the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Thread
from time import monotonic, sleep

_TIE = """
import ctypes, os, signal, sys
getattr(ctypes.CDLL(None), "prctl", lambda *_: 0)(1, signal.SIGKILL)
if os.getppid() != int(sys.argv[1]):
    sys.exit(1)
os.execv(sys.argv[2], sys.argv[2:])
"""
"""Linux ends this process with its parent (prctl(2), PR_SET_PDEATHSIG), also after it became another."""
_LOOK_EVERY_S = 0.2
_GRACE_S = 60
_MOST_SAID = 4000


@dataclass(frozen=True, slots=True)
class End:
    """How a program ended: its exit code (negative: the signal that ended it), and the end of its stderr."""

    code: int
    said: str


def run_tied(
    arguments: Sequence[str], variables: Mapping[str, str], limit_s: float, is_wanted: Callable[[], bool]
) -> End:
    """Run a program to its end; it is told to end (SIGTERM) after `limit_s` or when nobody wants it."""
    command = [sys.executable, "-P", "-c", _TIE, str(os.getpid()), *arguments]
    said: list[str] = []
    with subprocess.Popen(
        command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as child:
        listener = Thread(target=_listen, args=(child.stderr or (), said), daemon=True)
        listener.start()
        deadline = monotonic() + limit_s
        while child.poll() is None and monotonic() < deadline and is_wanted():
            sleep(_LOOK_EVERY_S)
        code = _end(child)
        listener.join()
    return End(code, "".join(said)[-_MOST_SAID:].strip())


def _listen(lines: Iterable[str], said: list[str]) -> None:
    said.extend(lines)


def _end(child: subprocess.Popen[str]) -> int:
    """Tell a program to end, where it has not, and give it time to do so in good order."""
    child.terminate()
    try:
        return child.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()
