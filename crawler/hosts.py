"""What a run knows of each host: its robots.txt, and whether it was stopped.

A host that declines, that cannot be reached again and again, or whose robots.txt cannot be had is left
alone for the rest of the run. Nothing is bypassed: what it still owed becomes captures that say so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.records import Verdict
from crawler.robots import ALL_ALLOWED, RobotsRules, read_robots


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a host gets no further request in this run."""

    verdict: Verdict
    reason: str


@dataclass(slots=True)
class Host:
    """One host (name:port) in one run."""

    rules: RobotsRules | None = None  # None until robots.txt is known
    stop: Stop | None = None
    unreachable_in_row: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether robots.txt need not be asked (again)."""
        return self.rules is not None or self.stop is not None


@dataclass(slots=True)
class Hosts:
    """All hosts of a run; `most_unreachable` failures in a row stop one."""

    most_unreachable: int
    known: dict[str, Host] = field(default_factory=dict)

    def of(self, name: str) -> Host:
        """Return the host's record."""
        return self.known.setdefault(name, Host())

    def stop(self, name: str, verdict: Verdict, reason: str) -> None:
        """Leave the host alone for the rest of the run; the first reason stands."""
        host = self.of(name)
        host.stop = host.stop or Stop(verdict, reason)

    def note_robots(self, name: str, verdict: Verdict, reason: str, content: bytes | None) -> None:
        """Take over what the request of robots.txt brought."""
        if verdict in {Verdict.DECLINED, Verdict.ERROR}:
            self.stop(name, verdict, f"robots.txt: {reason}")
        elif verdict in {Verdict.OK, Verdict.UNCHANGED} and content:
            self.of(name).rules = read_robots(content)
        else:
            self.of(name).rules = ALL_ALLOWED

    def note_end(self, name: str, verdict: Verdict, reason: str, *, is_unreachable: bool) -> None:
        """Take over how a request to the host ended."""
        host = self.of(name)
        if verdict is Verdict.DECLINED:
            self.stop(name, verdict, reason)
        host.unreachable_in_row = host.unreachable_in_row + 1 if is_unreachable else 0
        if host.unreachable_in_row >= self.most_unreachable:
            self.stop(name, Verdict.ERROR, f"{reason} ({host.unreachable_in_row} times in a row)")
