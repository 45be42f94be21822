"""Crawl portals on the workers of a cluster: each in one Scrapy process, one writer to the archive here.

Theory. A worker gets a slice of the archive (archive/slices.py) and the portal's YAML, crawls as this
machine would, and sends back the WARC of its run. That is stored first; then the run is made again from
it (`scrapy replay`) into the archive, which gives the captures and documents that the worker had. So the
only writer is the coordinator, a worker that dies has written nothing anywhere, and its portal is
crawled again by another. What was received and not yet taken over, the next crawl takes over first.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.slices import cut_slice, unpack_slice
from archive.store import Archive
from config.places import Places
from config.portals import Portal
from monitor.child import crawler_program, environment, replay_program, run_child
from monitor.executors import Executor, is_wanted
from monitor.tied import End, run_tied

RECEIVED = "received"
"""Folder of data/warc for runs that are not in the archive yet."""


@dataclass(frozen=True, slots=True)
class Shard:
    """The crawl of one portal elsewhere: everything that it needs. `now` replaces the worker's clock."""

    portal: str
    portal_yaml: str
    year: int
    state: bytes
    limit_s: float
    log_level: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class ShardEnd:
    """How a shard ended, and its recording by file name; none where it asked nothing."""

    end: End
    warcs: dict[str, bytes] = field(default_factory=dict)


def crawl_shard(shard: Shard) -> ShardEnd:
    """Crawl one portal in a process of its own, on a worker; its directories are gone afterwards."""
    with TemporaryDirectory(prefix="nianbao-shard-") as folder:
        at = Places(Path(folder) / "data", Path(folder) / "config")
        (at.config / "portals").mkdir(parents=True)
        (at.config / "portals" / f"{shard.portal}.yml").write_text(shard.portal_yaml, "utf-8")
        unpack_slice(shard.state, at.data)
        program = crawler_program((shard.portal,), shard.year, shard.log_level)
        clock = {"NIANBAO_NOW": shard.now} if shard.now else {}
        end = run_tied(program, {**environment(at), **clock}, shard.limit_s, is_wanted)
        return ShardEnd(end, {path.name: path.read_bytes() for path in at.warc.glob("**/*.warc.gz")})


@dataclass(slots=True)
class ShardedCrawl:
    """One crawl of many portals on a cluster. `tell` gets one line for each that failed there."""

    at: Places
    year: int
    limit_s: float
    log_level: str
    executor: Executor
    tell: Callable[[str], None]
    failed: bool = False

    def run(self, portals: Sequence[Portal]) -> int:
        """Crawl the portals; returns 0 where all ended well, else 1."""
        self._take_over_received()
        waiting = list(portals)
        running: dict[Future[ShardEnd], Portal] = {}
        while waiting or running:
            for portal in list(self._startable(waiting, list(running.values()))):
                waiting.remove(portal)
                running[self.executor.submit_long(crawl_shard, self._shard(portal))] = portal
            ended, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                self._end(running.pop(future), future)
        return 1 if self.failed else 0

    def _startable(self, waiting: Sequence[Portal], running: list[Portal]) -> Iterator[Portal]:
        """Yield what there is room for; two portals on one host are never crawled at the same time."""
        for portal in waiting:
            if len(running) >= self.executor.slots:
                return
            if not any(_share_host(portal, other) for other in running):
                running.append(portal)
                yield portal

    def _shard(self, portal: Portal) -> Shard:
        with Archive.open(self.at) as archive:
            state = cut_slice(archive, self.at, portal.id)
        now = os.environ.get("NIANBAO_NOW", "")
        text = portal.model_dump_json()  # JSON is YAML
        return Shard(portal.id, text, self.year, state, self.limit_s, self.log_level, now)

    def _end(self, portal: Portal, future: Future[ShardEnd]) -> None:
        """Store what a shard brought, then take it over; what it could not do fails this portal alone."""
        try:
            done = future.result()
        except (Exception, CancelledError) as error:  # noqa: BLE001 - a cluster raises anything
            self._fail(f"portal={portal.id}: {type(error).__name__}: {error}")
            return
        if done.end.said:
            self.tell(done.end.said)
        self.failed |= done.end.code != 0
        for name, content in done.warcs.items():
            self._take_over(self._store(name, content))

    def _store(self, name: str, content: bytes) -> Path:
        path = self.at.warc / RECEIVED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            file.write(content)
            os.fsync(file.fileno())
        return unfinished.replace(path)

    def _take_over_received(self) -> None:
        for path in sorted((self.at.warc / RECEIVED).glob("*.warc.gz")):
            self._take_over(path)

    def _take_over(self, path: Path) -> None:
        """Make the run again from its recording, and put that among those of this archive."""
        run_child(replay_program(path, self.log_level), self.at)
        place = self.at.warc / path.name[:4] / path.name
        place.parent.mkdir(exist_ok=True)
        path.replace(place)

    def _fail(self, why: str) -> None:
        self.failed = True
        self.tell(why)


def _share_host(one: Portal, other: Portal) -> bool:
    """Tell whether two portals can ask the same host; a name listed without port stands for all its ports."""
    return any(
        mine == its or mine == its.partition(":")[0] or its == mine.partition(":")[0]
        for mine in one.allowed_hosts
        for its in other.allowed_hosts
    )
