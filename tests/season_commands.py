"""The real commands, each in a process of its own that can be killed: forked from one that has loaded them.

Forking saves the second that every command needs to start; what runs is `monitor.cli.run` and the
crawler's `main`, with their own environment, exit code and death.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from config.places import Places

ROOT = Path(__file__).parent.parent
SERVER = """
import json, os, signal, sys, traceback
import scrapy.cmdline, crawler.run, crawler.commands.crawlportals
import monitor.cli, monitor.cli.alerts, monitor.cli.process, monitor.pipeline, monitor.rules.registry
from archive.store import Archive
from monitor.channels import open_channel

open_channel("mailto://127.0.0.1/?from=a@example.com&to=a@example.com", "loads the plugins once")
monitor.rules.registry.all_rules()

def kill_at(statements):
    left = [statements]
    opened = Archive.open.__func__
    def count(_statement):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    def open_counting(cls, places):
        archive = opened(cls, places)
        archive.db.conn.set_trace_callback(count)
        return archive
    Archive.open = classmethod(open_counting)

def act(words, statements):
    if words[0] == "crawl":
        crawler.run.main(words[1:])
    if statements:
        kill_at(statements)
    raise SystemExit(monitor.cli.run(words))

for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if child == 0:
        os.environ.update(order["environment"])
        out = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(out, 1), os.dup2(out, 2)
        code = 70
        try:
            act(order["words"], order["statements"])
        except SystemExit as ended:
            code = ended.code or 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code if isinstance(code, int) else 1)
    print(child, flush=True)
    _pid, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""


class Commands:
    """Runs commands on one archive, one after the other."""

    def __init__(self, at: Places, log: Path) -> None:
        self.at = at
        self.log = log
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "SCRAPY_SETTINGS_MODULE": "crawler.settings"}
        self.server = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", SERVER], cwd=ROOT, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def run(
        self,
        *words: str,
        now: str,
        statements: int = 0,
        started: Callable[[int], None] = lambda _pid: None,
    ) -> int:
        """Run a command to its end, or to its death after so many SQL statements; returns the exit code.

        `started` is told the process id.
        """
        environment: Mapping[str, str] = {
            "NIANBAO_DATA": str(self.at.data), "NIANBAO_CONFIG": str(self.at.config), "NIANBAO_NOW": now,
        }  # fmt: skip
        order = {"words": words, "environment": environment, "statements": statements, "log": str(self.log)}
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.write(json.dumps(order) + "\n")
        self.server.stdin.flush()
        started(int(self.server.stdout.readline()))
        return int(self.server.stdout.readline())

    def close(self) -> None:
        """End the process that forks."""
        assert self.server.stdin is not None
        self.server.stdin.close()
        self.server.wait(timeout=30)
        if self.server.stdout is not None:
            self.server.stdout.close()
