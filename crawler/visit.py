"""One crawl of one portal: the archive it writes, the round it belongs to, what it knows of hosts."""

from __future__ import annotations

import fcntl
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import IO, Any

from scrapy.settings import BaseSettings

from archive import frontier
from archive.budget import Budget
from archive.errors import OriginalDamaged
from archive.frontier import Round, Target
from archive.records import GOOD_VERDICTS, Role, Verdict
from archive.store import Archive
from config import clock
from crawler.assignment import Assignment
from crawler.courtesy import host_of
from crawler.errors import Refused, WrongAssignment
from crawler.exchange import Found
from crawler.hosts import Hosts
from crawler.robots import robots_url
from crawler.shared import leave_archive, take_archive
from crawler.trail import Trail
from crawler.warc import WarcFile
from crawler.warc_files import begin_warc

RANKS = {Role.ROBOTS: 0, Role.LIST: 1, Role.ARTICLE: 2, Role.ATTACHMENT: 4}
LATER_PAGE_RANK = 3


@dataclass(slots=True)
class Visit:
    """The state of one crawl; everything that must survive a kill is in the archive."""

    assignment: Assignment
    archive: Archive
    round: Round
    hosts: Hosts
    lock: IO[str]
    retry_limit: int
    warc: WarcFile
    budget: Budget
    waiting: set[str] = field(default_factory=set)  # hosts that may have pending targets
    busy: set[str] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)
    is_at_end: bool = False
    entry_urls: tuple[str, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    hijacked: dict[str, str] = field(default_factory=dict)  # official pages, with their gambling words

    @classmethod
    def begin(cls, assignment: Assignment, settings: BaseSettings) -> Visit:
        """Open the archive and start a run; raises WrongAssignment where the portal is being crawled."""
        lock = _take_lock(assignment)
        archive = take_archive(assignment.at)
        try:
            return cls._begun(assignment, settings, archive, lock)
        except BaseException:
            leave_archive(assignment.at)
            raise

    @classmethod
    def _begun(cls, assignment: Assignment, settings: BaseSettings, archive: Archive, lock: IO[str]) -> Visit:
        fresh = timedelta(seconds=settings.getfloat("FRESH_S"))
        round_ = frontier.begin_round(archive, assignment.portal.id, assignment.year, fresh)
        frontier.renew(archive, assignment.portal.id, assignment.year, round_)
        hosts = Hosts(settings.getint("HOST_FAILURE_LIMIT"))
        warc = begin_warc(archive, assignment, round_)
        budget, retries = Budget(archive), settings.getint("RETRY_LIMIT")
        visit = cls(assignment, archive, round_, hosts, lock, retries, warc, budget)
        visit.waiting |= frontier.pending_hosts(archive, assignment.portal.id)
        for row in frontier.declined_hosts(archive, assignment.portal.id, round_):
            hosts.stop(row["host"], Verdict.DECLINED, row["reason"])
        return visit

    # The frontier

    def target(self, found: Found) -> Target:
        """Make a target of something found."""
        rank = LATER_PAGE_RANK if found.trail.page_number > 1 else RANKS[found.role]
        return Target(
            portal=self.assignment.portal.id, url=found.url, host=host_of(found.url), role=found.role,
            rank=rank, referer=found.referer, context=found.trail.to_context(),
        )  # fmt: skip

    def offer(self, *found: Found) -> None:
        """Put addresses into the frontier, where they are due."""
        if not found:
            return
        targets = [self.target(one) for one in found]
        self.waiting |= {target.host for target in targets}
        frontier.offer(self.archive, targets, self.round)

    def next_target(self) -> Target | None:
        """Return what to ask next, robots.txt of its host first; None while all hosts are busy."""
        target = self._pending()
        if (
            target is None
            or target.role is Role.ROBOTS
            or not self.assignment.portal.allows(asked_url(target))
        ):
            return target
        if not self.hosts.of(target.host).is_settled:
            return self._robots_target(target) or target
        return target

    def take(self, target: Target) -> None:
        """Mark the target's host as busy until `release`."""
        self.busy |= _hosts_of(target)

    def release(self, target: Target) -> None:
        """Mark the target's host as free."""
        self.busy -= _hosts_of(target)

    def expect(self, host: str) -> None:
        """Note that a host may have a pending target: a redirect led to it."""
        self.waiting.add(host)

    def pass_over(self, target: Target, *, is_end: bool) -> None:
        """Leave a target, or all, pending for a later run: a replay's WARC does not hold it."""
        self.is_at_end = self.is_at_end or is_end
        self.passed.add(target.url)
        self.counts["not_recorded"] += 1
        self.release(target)

    def has_targets(self) -> bool:
        """Tell whether something could be asked now."""
        return self._pending() is not None

    def _pending(self) -> Target | None:
        if self.is_at_end or self.waiting <= self.busy:
            return None
        return frontier.next_target(self.archive, self.assignment.portal.id, self.busy, self.passed)

    def stored_content(self, target: Target) -> bytes | None:
        """Return the bytes of the target's last full answer, or None where there are none."""
        if target.last_good_capture is None:
            return None
        row = self.archive.row("select sha256 from captures where id = :id", {"id": target.last_good_capture})
        try:
            return self.archive.originals.read(row["sha256"]) if row and row["sha256"] else None
        except OriginalDamaged:
            return None

    def _robots_target(self, target: Target) -> Target | None:
        """Return the robots.txt to ask first, or None where this round has it already."""
        wanted = self.target(Found(robots_url(asked_url(target)), Role.ROBOTS, Trail()))
        self.waiting.add(wanted.host)
        frontier.offer(self.archive, [wanted], self.round)
        robots = frontier.find_target(self.archive, wanted.portal, wanted.url)
        if robots is None or not frontier.asked_in_round(self.archive, robots, self.round):
            return robots
        last = frontier.last_capture(self.archive, robots)
        self.hosts.note_robots(
            target.host, Verdict(last["verdict"]), last["reason"], self.stored_content(robots)
        )
        return None

    # Requests

    def admit(self, url: str, target: Target) -> None:
        """Raise Refused where no request may be made: off the list, stopped, or robots.txt forbids."""
        if not self.assignment.portal.allows(url):
            raise Refused(Verdict.NOT_OFFICIAL, f"{host_of(url)} is not a host of this portal")
        host = self.hosts.of(host_of(url))
        if host.stop is not None:
            raise Refused(
                host.stop.verdict, f"no request, the host is left alone in this run: {host.stop.reason}"
            )
        if target.role is not Role.ROBOTS and host.rules is not None and not host.rules.allows(url):
            raise Refused(Verdict.FORBIDDEN, "robots.txt forbids this address")

    def pause_s(self, url: str) -> float:
        """Return the pause between two requests to the host of an address, in seconds."""
        rules = self.hosts.of(host_of(url)).rules
        return max(self.assignment.portal.pace_s, rules.crawl_delay_s if rules else 0.0)

    def spend_request(self, url: str) -> None:
        """Count a request before it is made; raises Refused where the host had its share today."""
        most = self.assignment.portal.daily_budget
        if not self.budget.spend(host_of(url), clock.today(), most):
            raise Refused(Verdict.ERROR, f"today's {most} requests to this host are used up", stops_host=True)
        self.counts["requests"] += 1

    # Ends

    def end(self, reason: str) -> tuple[str, dict[str, Any]]:
        """Finish the run and leave the archive; returns its outcome and details."""
        self.budget.give_back()
        entries = self._entries()
        pending = self.archive.db.table("targets").count_where(
            "portal = ? and state = 'pending'", [self.assignment.portal.id]
        )
        good = all(verdict in set(GOOD_VERDICTS) for verdict in entries.values()) and pending == 0
        is_whole = reason == "finished" and not self.passed
        outcome = ("ok" if good else "failed") if is_whole else "interrupted"
        stopped = {name: host.stop.reason for name, host in self.hosts.known.items() if host.stop}
        listed = frontier.reports_listed(self.archive, self.round)
        detail = {
            **self.counts, "reports_listed": listed, "entries": entries, "stopped": stopped,
            "pending": pending, "ended": reason, **({"hijacked": self.hijacked} if self.hijacked else {}),
        }  # fmt: skip
        self.warc.close()
        self.archive.finish_run(self.round.run_id, outcome, detail)
        leave_archive(self.assignment.at)
        self.lock.close()
        return outcome, detail

    def _entries(self) -> dict[str, str]:
        verdicts = frontier.last_verdicts(
            self.archive, self.assignment.portal.id, self.entry_urls, self.round
        )
        return {url: verdicts.get(url, "not asked") for url in self.entry_urls}


def asked_url(target: Target) -> str:
    """Return the address that a target's next request goes to: its own, or where redirects led."""
    hops = target.context.get("hops") or ()
    return str(hops[-1]) if hops else target.url


def _hosts_of(target: Target) -> set[str]:
    """A robots.txt that was redirected keeps the host that it is for busy, too."""
    return {target.host, host_of(target.url)} if target.role is Role.ROBOTS else {target.host}


def _take_lock(assignment: Assignment) -> IO[str]:
    """Keep a second crawl of the same portal out; the lock goes with the process, however it ends."""
    folder = assignment.at.data / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / f"{assignment.portal.id}.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise WrongAssignment(f"portal={assignment.portal.id}: 另一个进程正在采集这个门户") from error
    return file
