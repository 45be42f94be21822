"""Stored originals -> their derivations, several at once, whatever becomes of the readers."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive.derived import Derivation
from archive.errors import OriginalDamaged
from archive.originals import Originals
from monitor.children import ChildDied, OverranTime
from monitor.derive import derive, problem
from monitor.executors import AHEAD, Executor, as_completed

Read = Callable[[str, bytes], Derivation]


@dataclass(frozen=True, slots=True)
class Extraction:
    """Reads originals by hash, each answered exactly once in any order.

    The bytes go to the readers with the call: a worker of another machine sees no file of ours.
    """

    originals: Originals
    executor: Executor
    read: Read = derive

    def derivations(self, hashes: Iterable[str]) -> Iterator[Derivation]:
        """Yield the derivation of each original as it is ready, those of damaged originals last."""
        damaged: list[Derivation] = []
        calls = self._calls(hashes, damaged)
        for call, future in as_completed(self.executor.submit, self.read, calls, self._room):
            yield answer_of(call[0], future.result)
        yield from damaged

    def _room(self) -> int:
        return AHEAD * self.executor.slots

    def _calls(self, hashes: Iterable[str], damaged: list[Derivation]) -> Iterator[tuple[str, bytes]]:
        for sha256 in hashes:
            try:
                yield sha256, self.originals.read(sha256)
            except OriginalDamaged as error:
                damaged.append(problem(sha256, "original_damaged", str(error)))


def answer_of(sha256: str, result: Callable[[], Derivation]) -> Derivation:
    """Return what a reader answered, or what its end without an answer means.

    Raises what is no fault of the document: a cluster that is gone.
    """
    try:
        return result()
    except OverranTime as error:
        return problem(sha256, "timeout", f"读取超过 {error.args[0]:g} 秒")
    except ChildDied as error:
        return problem(sha256, "crashed", f"读取进程意外结束 ({_told(error.args[0])})")
    except MemoryError:
        return problem(sha256, "too_large", "读取所需内存超过上限")


def _told(exit_code: object) -> str:
    """Say how a process ended: native code that gets no more memory ends itself with SIGABRT."""
    if isinstance(exit_code, int) and exit_code < 0:
        name = signal.Signals(-exit_code).name
        return f"{name}，多为内存超过上限" if name == "SIGABRT" else name
    return f"退出码 {exit_code}"
