"""A job's child process and the row of its run.

The row names the process, so that after a kill -9 of the scheduler the next one knows a child that
outlived it from one that is gone: the first is waited for, the second is due again.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from archive.store import Archive, to_json
from config import clock
from config.places import Places
from config.schedule import Job
from monitor.child import environment, nianbao_program
from monitor.due import command_of

MOST_LOG_BYTES = 5_000_000
TAIL_BYTES = 4096
PROGRAM_WORD = b"monitor.cli"


@dataclass(frozen=True, slots=True)
class JobProcess:
    """A running job. Its output is appended to `log`."""

    job: Job
    child: subprocess.Popen[bytes]
    run_id: int
    started_at: datetime
    log: Path

    @classmethod
    def start(cls, archive: Archive, at: Places, job: Job) -> JobProcess:
        """Start the job's command in a process group of its own."""
        run_id = archive.start_run(command_of(job))
        log = _log_of(at, job)
        with log.open("ab") as output:
            child = subprocess.Popen(
                nianbao_program(job.command, at), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                env=environment(at), start_new_session=True,
            )  # fmt: skip
        with archive.atomic():
            archive.db.table("runs").update(run_id, {"detail": to_json({"process": child.pid})})
        return cls(job, child, run_id, clock.now(), log)

    def is_over(self) -> bool:
        """Tell whether the child has ended, or has run longer than it may."""
        most = timedelta(minutes=self.job.most_min)
        return self.child.poll() is not None or clock.now() - self.started_at > most

    def finish(self, archive: Archive) -> str:
        """Record how it ended, stopping it where it ran too long; returns that in words."""
        if self.child.poll() is None:
            self.send(signal.SIGKILL)
            self.child.wait()
        code = self.child.returncode
        last_line = "" if code == 0 else _last_line(self.log)
        detail = {"process": self.child.pid, "exit": code, "last_line": last_line}
        archive.finish_run(self.run_id, "ok" if code == 0 else "failed", detail)
        return f"{code} {last_line}".rstrip()

    def interrupt(self, archive: Archive, within_s: float) -> None:
        """Wait for a child that was told to end; what it did not finish stays due."""
        try:
            self.child.wait(within_s)
        except subprocess.TimeoutExpired:
            self.send(signal.SIGKILL)
            self.child.wait()
        archive.finish_run(self.run_id, "interrupted", {"process": self.child.pid})

    def send(self, number: signal.Signals) -> None:
        """Signal the child's whole group: what it started ends with it."""
        try:
            os.killpg(self.child.pid, number)
        except ProcessLookupError:
            return


def outliving_jobs(archive: Archive, ours: set[int]) -> set[str]:
    """Return the ids of jobs whose processes outlived an earlier scheduler; close rows of the dead.

    `ours` are the run ids of this scheduler's own children.
    """
    rows = archive.rows(
        "select id, command, detail from runs where command like 'job:%' and finished_at is null"
    )
    alive = set()
    for row in rows:
        if row["id"] in ours:
            continue
        if _is_nianbao(json.loads(row["detail"] or "{}").get("process")):
            alive.add(row["command"].removeprefix("job:"))
        else:
            archive.finish_run(row["id"], "lost")
    return alive


def _is_nianbao(process: int | None) -> bool:
    """Tell whether a process id is one of our programs: numbers are given again after a while."""
    if process is None:
        return False
    try:
        return PROGRAM_WORD in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def _log_of(at: Places, job: Job) -> Path:
    folder = at.data / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{job.id}.log"
    if log.exists() and log.stat().st_size > MOST_LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    return log


def _last_line(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - TAIL_BYTES))
        lines = file.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:300] if lines else ""
