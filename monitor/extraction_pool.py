"""Reading originals in child processes: none of them can hang, crash or exhaust the whole.

Theory. Readers run native code over hostile bytes. So each original is read in a child with a limit
on time and on memory; a child that dies or overruns is replaced, and its original becomes a problem
with that reason. A child whose parent was killed reads the end of its pipe and ends too.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from archive.derived import Derivation
from archive.errors import OriginalDamaged
from archive.originals import Originals
from monitor.derive import derive, problem

TIME_LIMIT_S = 120.0
MEMORY_LIMIT_BYTES = 3 * 1024**3
Read = Callable[[str, bytes], Derivation]


@dataclass(slots=True)
class _Worker:
    """A child and what it reads now; `sha256` is empty while it is idle."""

    process: SpawnProcess
    pipe: Connection
    sha256: str = ""
    deadline_s: float = 0.0


@dataclass(slots=True)
class ExtractionPool:
    """Reads originals by hash, several at once, each answered exactly once in any order."""

    root: Path
    workers: int = field(default_factory=lambda: min(os.cpu_count() or 1, 8))
    time_limit_s: float = TIME_LIMIT_S
    memory_limit_bytes: int = MEMORY_LIMIT_BYTES
    read: Read = derive

    def derivations(self, hashes: Iterable[str]) -> Iterator[Derivation]:
        """Yield the derivation of each original as it is ready."""
        waiting = list(reversed(list(hashes)))
        running = [self._start() for _ in range(min(self.workers, len(waiting)))]
        try:
            while waiting or any(worker.sha256 for worker in running):
                self._feed(running, waiting)
                for index, worker in enumerate(running):
                    answer = self._answer(worker)
                    if answer is not None:
                        running[index] = worker if worker.process.is_alive() else self._start()
                        yield answer
                self._wait(running)
        finally:
            for worker in running:
                _end(worker)

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_serve, args=(theirs, self.root, self.read, self.memory_limit_bytes), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _feed(self, running: list[_Worker], waiting: list[str]) -> None:
        for worker in running:
            if waiting and not worker.sha256:
                worker.sha256 = waiting.pop()
                worker.deadline_s = time.monotonic() + self.time_limit_s
                with suppress(BrokenPipeError):
                    worker.pipe.send(worker.sha256)

    def _wait(self, running: list[_Worker]) -> None:
        busy = [worker for worker in running if worker.sha256]
        if busy:
            first_s = min(worker.deadline_s for worker in busy) - time.monotonic()
            wait([worker.pipe for worker in busy], timeout=max(first_s, 0))

    def _answer(self, worker: _Worker) -> Derivation | None:
        """Return what a busy child has to say, or what its silence means; None while it works."""
        if not worker.sha256:
            return None
        sha256 = worker.sha256
        try:
            if worker.pipe.poll():
                answer: Derivation = worker.pipe.recv()
                worker.sha256 = ""
                return answer
        except (EOFError, ConnectionError):
            _end(worker)
            return problem(sha256, "crashed", f"读取进程意外结束 (退出码 {worker.process.exitcode})")
        if time.monotonic() < worker.deadline_s:
            return None
        _end(worker)
        return problem(sha256, "timeout", f"读取超过 {self.time_limit_s:g} 秒")


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()
    worker.sha256 = ""


def _serve(pipe: Connection, root: Path, read: Read, memory_limit_bytes: int) -> None:
    """Read originals in a child until the parent closes the pipe, or is gone."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_limit_bytes, memory_limit_bytes))
    originals = Originals(root)
    while True:
        try:
            sha256 = pipe.recv()
        except EOFError:
            return
        try:
            answer = read(sha256, originals.read(sha256))
        except OriginalDamaged as error:
            answer = problem(sha256, "original_damaged", str(error))
        except MemoryError:
            answer = problem(sha256, "too_large", "读取所需内存超过上限")
        pipe.send(answer)
