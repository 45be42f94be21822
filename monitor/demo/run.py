"""The demo run: start the sample portal, do the whole job with the real commands, show the result.

Each command is a process of its own, exactly what a user would type, so that the demo proves the
program and not a shortcut through it. The second run on the same data directory finds nothing new.
"""

from __future__ import annotations

import shlex
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click

from archive.store import Archive
from config.language import say
from config.places import Places
from monitor.child import nianbao_program, run_child
from monitor.demo.census import take_census
from monitor.demo.mailbox import received, receiving
from monitor.demo.portal import challenge_answer, serving, site_answers
from monitor.demo.settings import Ports, demo_places, mailbox_of, remembered_ports, write_configuration
from monitor.demo.summary import print_heading, print_summary

YEAR = 2024
"""The report year of the sample portal; its deadlines passed in spring 2025 whatever today is."""
REFUSING_PORTAL = "yunze-shuili"
"""The portal whose host answers 412 to everything: its crawl fails on purpose, and no other one may."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command that the demo runs, what it is for, and the exit codes that are no trouble."""

    words: tuple[str, ...]
    chinese: str
    english: str
    good: frozenset[int] = frozenset({0})


STEPS = (
    Step(
        ("crawl", "--year", str(YEAR)),
        "采集 (水利局网站故意拒绝访问)",
        "crawl (one host refuses on purpose)",
        frozenset({1}),
    ),
    Step(("process",), "读数、核对、判定", "read, check, decide"),
    Step(("alerts", "send"), "发送提醒", "send the alerts"),
    Step(("publish",), "生成公开档案", "publish the archive"),
    Step(("status", "--year", str(YEAR)), "公布状况", "standings", frozenset({1})),
)


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
        say(
            f"演示门户 {site}/  拒绝访问的网站 {second}/  邮件服务器 127.0.0.1:{mail_port}",
            f"portal {site}/  refusing host {second}/  mail server 127.0.0.1:{mail_port}",
        )
    )


def _port(url: str) -> int:
    return urlsplit(url).port or 80


def _run_step(step: Step, at: Places) -> bool:
    """Run one command in a process of its own; tells whether it ended as it should."""
    where = ("--data", str(at.data), "--config", str(at.config))
    print_heading(say(step.chinese, step.english))
    click.echo(f"$ nianbao {shlex.join((*step.words, *where))}")
    code = run_child(nianbao_program(step.words, at), at)
    name = step.words[0]
    if code not in step.good:
        click.echo(say(f"nianbao: {name} 以 {code} 结束", f"nianbao: {name} ended with {code}"), err=True)
        return False
    if name == "crawl" and (failed := _failed_portals(at)) != {REFUSING_PORTAL}:
        told = ", ".join(sorted(failed)) or say("无", "none")
        click.echo(say(f"nianbao: 采集失败的门户: {told}", f"nianbao: portals that failed: {told}"), err=True)
        return False
    return True


def _failed_portals(at: Places) -> set[str]:
    """Return the portals whose newest crawl did not end well."""
    with Archive.open(at) as archive:
        rows = archive.rows(
            "select portal from runs where id in (select max(id) from runs where command = 'crawl'"
            " group by portal) and coalesce(outcome, '') <> 'ok'"
        )
    return {row["portal"] for row in rows}
