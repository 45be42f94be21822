"""Calls in child processes: none of them can hang, crash or exhaust the whole.

Theory. Documents are read by native code over hostile bytes. So each is read in a child with a limit on
time and on memory; a child that dies or overruns is replaced. Each child has a pebble pool of its own:
workers of one pool share a pipe and its lock, and one that is killed while it holds them takes the
others with it. A child whose parent was killed reads the end of its pipe and ends too.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import lru_cache
from types import FrameType
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

T = TypeVar("T")
MOST_TRIES = 2
"""A child may be killed from outside, so its call is made again; the call that kills twice is at fault."""
GRACE_S = 1.0
"""For a child that is told to end in the middle of a call."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may cost: wall time in seconds, address space of its process in bytes."""

    time_s: float = 120.0
    memory_bytes: int = 3 * 1024**3


class OverranTime(Exception):
    """Raised when a call took longer than its limit, by `Children.call`; its child is gone."""


class ChildDied(Exception):
    """Raised when the child of a call died twice in a row, by `Children.call`."""


class Children:
    """Child processes, one for each call that is made at the same time, kept warm between calls."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._idle: list[ProcessPool] = []
        self._all: list[ProcessPool] = []
        self._is_closed = False

    def call(self, function: Callable[..., T], *arguments: object) -> T:
        """Return what `function` returns or raise what it raises; it and its arguments are pickled.

        Raises OverranTime or ChildDied, and MemoryError where the limit on memory is reached.
        """
        reason: object = None
        for _ in range(MOST_TRIES):
            child = self._idle.pop() if self._idle else self._start()
            try:
                asked = child.schedule(_call, args=(function, arguments), timeout=self._limits.time_s)
                answer: T = asked.result()
            except TimeoutError as error:
                raise OverranTime(self._limits.time_s) from error
            except ProcessExpired as error:
                reason = error.exitcode
            except RuntimeError as error:  # where the pool is broken: its child died between two calls
                if child.active:
                    raise
                reason = error
            else:
                return answer
            finally:
                self._keep(child)
        raise ChildDied(reason)

    def close(self) -> None:
        """End all children, also those in the middle of a call, which raises CancelledError."""
        self._is_closed = True
        for child in list(self._all):
            _end(child)

    def _start(self) -> ProcessPool:
        if self._is_closed:
            raise CancelledError
        context = multiprocessing.get_context("spawn")
        limit = (self._limits.memory_bytes,)
        child = ProcessPool(max_workers=1, initializer=_begin, initargs=limit, context=context)
        self._all.append(child)
        return child

    def _keep(self, child: ProcessPool) -> None:
        """Keep a child for the next call; one that timed out or died was replaced by its pool."""
        if child.active:
            self._idle.append(child)
        else:
            self._all.remove(child)
            _end(child)


@lru_cache(maxsize=4)
def children(limits: Limits) -> Children:
    """Return the children of this process for calls with these limits; they end with it."""
    return Children(limits)


def call_in_child(limits: Limits, function: Callable[..., T], *arguments: object) -> T:
    """Call `function` in a warm child of this process, whichever it is; raises as `Children.call`."""
    return children(limits).call(function, *arguments)


def _end(child: Any) -> None:  # noqa: ANN401 - pebble does not type `stop`
    child.stop()
    child.join()


class _Ended(BaseException):
    """Raised in a child that is told to end while it reads: what it has started ends with it."""


class _State:
    """What the signal handler of a child must know."""

    is_in_call = False


def _begin(memory_bytes: int) -> None:
    """Set up a child: its limit, and an end in good order."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    signal.signal(signal.SIGTERM, _leave)


def _call(function: Callable[..., T], arguments: tuple[object, ...]) -> T:
    """Call `function` in a child; one that is ended meanwhile says nothing more."""
    try:
        _State.is_in_call = True
        return function(*arguments)
    except _Ended:
        os._exit(1)
    finally:
        _State.is_in_call = False


def _leave(_number: int, _frame: FrameType | None) -> None:
    if not _State.is_in_call:
        os._exit(0)
    # Native code does not come back to see the exception; the alarm ends it all the same.
    signal.setitimer(signal.ITIMER_REAL, GRACE_S)
    raise _Ended
