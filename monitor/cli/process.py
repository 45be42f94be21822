"""`nianbao process`: stored documents to texts, reports, standings and findings."""

from __future__ import annotations

import sys

import click

from archive.store import Archive
from config.language import say
from config.places import Places
from monitor.cli.context import directories
from monitor.cli.output import print_clock
from monitor.pipeline import Processed, process_archive

OUTCOMES = {
    "report": ("报告", "reports"),
    "rejected": ("不是报告", "rejected"),
    "problem": ("不能读取", "problems"),
}


@click.command()
@directories
@click.option("--again", is_flag=True, help="没有新内容也全部重新判定.")
def command(at: Places, again: bool) -> int:
    """读取已存的文件, 判定公布状况, 核对报告, 更新提醒台账."""
    print_clock()
    with Archive.open(at) as archive:
        if sys.stderr.isatty():
            done = _with_progress(archive, at, again)
        else:
            done = process_archive(archive, at, again=again)
    for line in _told(done):
        click.echo(line)
    return 1 if done.damaged else 0


def _with_progress(archive: Archive, at: Places, again: bool) -> Processed:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("读取文件", "reading"), total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        return process_archive(archive, at, again=again, on_progress=show)


def _told(done: Processed) -> list[str]:
    """Return what a run did, in lines for people."""
    read = say("、", ", ").join(
        f"{say(*words)} {done.outcomes[key]}" for key, words in OUTCOMES.items() if done.outcomes[key]
    )
    changes = done.changes
    opened, back, resolved = map(len, (changes.opened, changes.reopened, changes.resolved))
    lines = [
        say(f"新读取: {read or '无'}", f"newly read: {read or 'nothing'}"),
        say(
            f"归属变化 {done.matches}，公布状况变化 {done.standings}",
            f"matches changed {done.matches}, standings changed {done.standings}",
        ),
        say(
            f"提醒: 新增 {opened}，重新出现 {back}，已解决 {resolved}",
            f"alerts: opened {opened}, reopened {back}, resolved {resolved}",
        ),
    ]
    return [*lines, *(say(f"原件损坏: {sha}", f"damaged original: {sha}") for sha in done.damaged)]
