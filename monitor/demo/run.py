"""The demo run: start the sample portal, do the whole job with the real commands, show the result.

Each command is a process of its own, exactly what a user would type, so that the demo proves the
program and not a shortcut through it. The second run on the same data directory finds nothing new.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click

from config.language import say
from config.places import Places
from monitor.demo.census import take_census
from monitor.demo.mailbox import received, receiving
from monitor.demo.portal import challenge_answer, serving, site_answers
from monitor.demo.settings import Ports, demo_places, mailbox_of, remembered_ports, write_configuration
from monitor.demo.summary import print_summary

YEAR = 2024
"""The report year of the sample portal; its deadlines passed in spring 2025 whatever today is."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command that the demo runs, what it is for, and the exit codes that are no trouble."""

    arguments: tuple[str, ...]
    chinese: str
    english: str
    good: frozenset[int] = frozenset({0})


STEPS = (
    Step(
        ("crawl", "--year", str(YEAR)),
        "采集 (水利局网站故意拒绝访问)", "crawl (one host refuses on purpose)", frozenset({0, 1}),
    ),
    Step(("process",), "读数、核对、判定", "read, check, decide"),
    Step(("alerts", "send"), "发送提醒", "send the alerts"),
    Step(("publish",), "生成公开档案", "publish the archive"),
)  # fmt: skip


def run_demo(data: Path) -> int:
    """Run the whole main job against the sample portal; returns the exit code."""
    at = demo_places(data)
    at.data.mkdir(parents=True, exist_ok=True)
    with ExitStack() as servers:
        _start_servers(at, servers)
        before, mails_before = take_census(at), received(mailbox_of(at))
        for step in STEPS:
            if not _run_step(step, at):
                return 1
        new_mails = received(mailbox_of(at))[len(mails_before) :]
        print_summary(at, YEAR, before=before, new_mails=new_mails)
    return 0


def _start_servers(at: Places, servers: ExitStack) -> None:
    """Start the portal, the second host and the mailbox, and write the configuration for them."""
    wanted = remembered_ports(at)
    second = servers.enter_context(serving(challenge_answer, wanted.second))
    site = servers.enter_context(serving(site_answers(second), wanted.site))
    mail_port = servers.enter_context(receiving(mailbox_of(at), wanted.mail))
    write_configuration(at, Ports(_port(site), _port(second), mail_port))
    click.echo(
        say(f"演示门户: {site}/    拒绝访问的网站: {second}/", f"portal: {site}/    refusing host: {second}/")
    )
    click.echo(say(f"邮件服务器: 127.0.0.1:{mail_port}", f"mail server: 127.0.0.1:{mail_port}"))


def _port(url: str) -> int:
    return urlsplit(url).port or 80


def _run_step(step: Step, at: Places) -> bool:
    """Run one command in a process of its own; tells whether it ended well."""
    where = ("--data", str(at.data), "--config", str(at.config))
    arguments = (*step.arguments, *where)
    click.secho(f"\n== {say(step.chinese, step.english)}", bold=True)
    click.echo(f"$ nianbao {shlex.join(arguments)}")
    code = subprocess.run([*_program(), *arguments], env=_environment(), check=False).returncode
    if code not in step.good:
        reason = say(
            f"nianbao: {step.arguments[0]} 以 {code} 结束", f"nianbao: {step.arguments[0]} ended with {code}"
        )
        click.echo(reason, err=True)
    return code in step.good


def _program() -> list[str]:
    """Return how to start this very program again, wherever it is installed."""
    return [sys.executable, "-c", "from monitor.cli import main; main()"]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1"}
