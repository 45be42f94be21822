"""`nianbao watch`: APScheduler wakes us, our own records say what to do, each job is a process.

Jobs are declared from the configuration at every start (memory store); nothing is remembered but the
`runs` table. The scheduler only calls `Watch.look`: at each job's times, every minute, and when a
child has ended. One instance runs at a time; SIGTERM stops the children and ends within ten seconds.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from archive.store import Archive
from config import clock
from config.clock import SHANGHAI
from config.places import Places
from config.schedule import Job, Schedule
from monitor.due import due_since, history_of, next_time, trigger_of
from monitor.heartbeat import DeadMan, write_heartbeat
from monitor.job_process import JobProcess, outliving_jobs
from monitor.lock import holding

STOP_WITHIN_S = 8.0
LOOK_EVERY_S, REAP_EVERY_S, ONCE_EVERY_S = 60, 1, 0.05
LOCK_NAME = "_watch.lock"
Say = Callable[[str], None]


class Watch:
    """Starts what is due and records how it ended. `look` may be called from any thread."""

    def __init__(self, at: Places, schedule: Schedule, say: Say) -> None:
        self.at = at
        self.schedule = schedule
        self.say = say
        self.running: dict[str, JobProcess] = {}
        self.outliving: set[str] = set()
        self.waiting: dict[str, datetime] = {}
        self.dead_man = DeadMan(schedule.dead_man_url)
        self._lock = threading.Lock()
        self._is_stopping = False

    def look(self) -> None:
        """Record children that have ended, start jobs that are due, leave a heartbeat."""
        with self._lock, Archive.open(self.at) as archive:
            now = clock.now()
            self._record_ended(archive)
            self.outliving = outliving_jobs(archive, {one.run_id for one in self.running.values()})
            since = {job.id: due_since(job, history_of(archive, job, now), now) for job in self.schedule.jobs}
            for job in self.schedule.jobs:
                if self._may_start(job, since, now):
                    self.running[job.id] = JobProcess.start(archive, self.at, job)
                    self._note(f"开始 {job.id}: nianbao {' '.join(job.command)}")
            self._beat(archive, now)

    def has_news(self) -> bool:
        """Tell whether a child has ended, or ran too long, since the last look."""
        return any(running.is_over() for running in list(self.running.values()))

    def stop(self) -> None:
        """End all children in good order: what they did not finish stays due."""
        with self._lock:
            self._is_stopping = True
            for running in self.running.values():
                running.send(signal.SIGTERM)
            give_up_s = time.monotonic() + STOP_WITHIN_S
            with Archive.open(self.at) as archive:
                for running in self.running.values():
                    running.interrupt(archive, max(0.0, give_up_s - time.monotonic()))
            self.running.clear()

    def wait_for_ping(self) -> None:
        """Let a fetch of the dead man's address end: without it a short run would look dead."""
        self._note_ping(self.dead_man.finish())

    def _note_ping(self, trouble: str | None) -> None:
        if trouble is not None:
            self._note(f"dead_man_url: {trouble}")

    def _may_start(self, job: Job, since: Mapping[str, datetime | None], now: datetime) -> bool:
        if self._is_stopping or since[job.id] is None or self._is_running(job.id):
            return False
        if any(self._is_running(name) or since[name] for name in job.after):
            waiting_since = self.waiting.setdefault(job.id, now)
            if now - waiting_since < timedelta(minutes=job.patience_min):
                return False
        self.waiting.pop(job.id, None)
        return True

    def _is_running(self, name: str) -> bool:
        return name in self.running or name in self.outliving

    def _record_ended(self, archive: Archive) -> None:
        for running in [one for one in self.running.values() if one.is_over()]:
            end = running.finish(archive)
            del self.running[running.job.id]
            self._note(f"结束 {running.job.id}: {end}")

    def _beat(self, archive: Archive, now: datetime) -> None:
        following = {}
        for job in self.schedule.jobs:
            coming = next_time(job, history_of(archive, job, now).started_at or now)
            following[job.id] = coming.isoformat() if coming else None
        write_heartbeat(self.at, sorted(self.running), following)
        self._note_ping(self.dead_man.ping())

    def _note(self, text: str) -> None:
        self.say(f"{clock.now().astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S} {text}")


def run_watch(at: Places, schedule: Schedule, say: Say) -> None:
    """Run until SIGTERM or SIGINT; raises Locked where another instance runs."""
    with holding(at.data / "locks" / LOCK_NAME):
        watch = Watch(at, schedule, say)
        stopping = _stop_on_signals()
        scheduler = _scheduler(watch)
        scheduler.start()
        try:
            watch.look()
            stopping.wait()
        finally:
            scheduler.shutdown(wait=False)
            watch.stop()


def run_once(at: Places, schedule: Schedule, say: Say) -> None:
    """Do everything that is due now, then end; for machines that have a scheduler of their own."""
    with holding(at.data / "locks" / LOCK_NAME):
        watch = Watch(at, schedule, say)
        stopping = _stop_on_signals()
        try:
            watch.look()
            while watch.running and not stopping.wait(ONCE_EVERY_S):
                if watch.has_news():
                    watch.look()
            watch.wait_for_ping()
        finally:
            watch.stop()


def _scheduler(watch: Watch) -> BackgroundScheduler:
    """Declare every job's times, a look each minute, and a glance at the children each second."""
    defaults = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    scheduler = BackgroundScheduler(timezone=SHANGHAI, job_defaults=defaults)
    for job in watch.schedule.jobs:
        scheduler.add_job(watch.look, trigger_of(job), id=f"job-{job.id}")
    scheduler.add_job(watch.look, "interval", seconds=LOOK_EVERY_S, id="look")

    def reap() -> None:
        if watch.has_news():
            watch.look()

    scheduler.add_job(reap, "interval", seconds=REAP_EVERY_S, id="reap")
    return scheduler


def _stop_on_signals() -> threading.Event:
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopping
