"""Where work runs: child processes of this machine, or the workers of a Dask cluster; one interface.

Theory. An executor takes calls and gives futures; everything that reads or writes the archive stays in
the process that submits. Calls are pure (bytes in, values out), so a call whose worker died is made
again, and a run that dies leaves what was not yet stored to the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Any, Protocol, TypeVar

from config.errors import ConfigError
from config.executor import ExecutorSettings
from monitor.children import Children, Limits, call_in_child

T = TypeVar("T")
Call = tuple[Any, ...]
AHEAD = 2
"""Calls on their way for each slot: one that runs, and one that waits so that no worker idles."""
CONNECT_LIMIT_S = 10
LARGEST_CALL = "1GB"


class Executor(Protocol):
    """Runs calls somewhere. Functions and arguments are pickled."""

    @property
    def slots(self) -> int:
        """How many calls can run at once, now."""

    def submit(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Run a call in a child process within the limits; its future raises as `Children.call` does."""

    def submit_long(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Run a call that bounds itself, without a child; it may take hours."""

    def close(self) -> None:
        """Drop what has not ended."""


class PoolExecutor:
    """Child processes of this machine."""

    def __init__(self, limits: Limits, slots: int) -> None:
        self.slots = slots
        self._threads = ThreadPoolExecutor(slots, "executor")
        self._children = Children(limits)

    def submit(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Run a call in a child process."""
        return self._threads.submit(self._children.call, function, *arguments)

    def submit_long(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Run a call in a thread: it waits for a program of its own."""
        return self._threads.submit(function, *arguments)

    def close(self) -> None:
        """End the children, and what they are doing."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._children.close()
        self._threads.shutdown()


class ClusterExecutor:
    """The workers of a Dask scheduler. Dask makes a call again whose worker is gone."""

    def __init__(self, limits: Limits, address: str) -> None:
        """Connect; raises ConfigError where no scheduler answers or the extra is not installed."""
        try:
            from dask import config
            from distributed import client as dask_client
        except ImportError as error:
            raise ConfigError("executor: 请安装 nianbao[cluster]") from error
        config.set({"distributed.admin.large-graph-warning-threshold": LARGEST_CALL})
        connect: Any = dask_client.Client
        try:
            self._client = connect(address, timeout=CONNECT_LIMIT_S, set_as_default=False)
        except OSError as error:
            raise ConfigError(f"executor: {address}: 没有 Dask 调度器应答: {error}") from error
        self._executor = self._client.get_executor(pure=False)
        self._limits = limits

    @property
    def slots(self) -> int:
        """How many threads the workers have that are there now."""
        return max(int(sum(self._client.nthreads().values())), 1)

    def submit(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Run a call in a child process of a worker."""
        return self.submit_long(call_in_child, self._limits, function, *arguments)

    def submit_long(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Run a call in a worker itself."""
        future: Future[T] = self._executor.submit(function, *arguments)
        return future

    def close(self) -> None:
        """Leave the cluster; it drops what nobody waits for."""
        self._client.close()


def is_wanted() -> bool:
    """Tell, inside a long call, whether somebody still waits for it: a coordinator that ended does not."""
    try:
        from distributed.worker import get_worker
    except ImportError:
        return True
    try:
        worker: Any = get_worker()
    except ValueError:  # no worker: a thread of this machine
        return True
    task = worker.state.tasks.get(worker.get_current_task())
    return task is not None and task.state == "executing"


def open_executor(settings: ExecutorSettings) -> Executor:
    """Return the executor that config/executor.yml names; raises ConfigError where it cannot be had."""
    limits = limits_of(settings)
    if settings.is_cluster:
        return ClusterExecutor(limits, settings.executor)
    return PoolExecutor(limits, settings.slots)


def limits_of(settings: ExecutorSettings) -> Limits:
    """Return what one document may cost."""
    return Limits(settings.time_limit_s, settings.memory_limit_mb * 1024 * 1024)


def as_completed(
    submit: Callable[..., Future[T]],
    function: Callable[..., T],
    calls: Iterable[Call],
    most: Callable[[], int],
) -> Iterator[tuple[Call, Future[T]]]:
    """Yield each call with its ended future, in any order; at most `most()` are on their way at once.

    `calls` is read as far as there is room, so that what they carry is not all in memory at once.
    """
    waiting = iter(calls)
    running: dict[Future[T], Call] = {}
    while True:
        for call in islice(waiting, max(most() - len(running), 0)):
            running[submit(function, *call)] = call
        if not running:
            return
        ended, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in ended:
            yield running.pop(future), future
