"""`nianbao crawl`: fetch due portals into the archive, in a process of its own.

Scrapy's reactor cannot be started twice in one process, and a crawl that dies takes nobody with it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing

import click

from archive.store import Archive, Row
from config.bodies import load_bodies
from config.executor import load_executor
from config.language import say
from config.places import Places
from config.portals import Portal, load_portals
from monitor.child import crawler_program, run_child
from monitor.cli.context import directories, year_option
from monitor.cli.errors import EXIT_USAGE
from monitor.cli.output import print_clock
from monitor.executors import open_executor
from monitor.shards import ShardedCrawl

OUTCOMES = {"ok": ("完成", "complete"), "failed": ("失败", "failed"), "interrupted": ("中断", "interrupted")}


@click.command()
@directories
@click.option("--portal", "portals", multiple=True, metavar="ID", help="只采集此门户 (可重复).")
@year_option
@click.option("--verbose", is_flag=True, help="显示采集程序的日志.")
def command(at: Places, portals: tuple[str, ...], year: int, verbose: bool) -> int:
    """采集: 把到期应采的门户取回存档."""
    print_clock()
    known = load_portals(at.config)
    load_bodies(at.config)
    if unknown := [name for name in portals if name not in known]:
        raise click.UsageError(
            say(f"没有编号为 {', '.join(unknown)} 的门户", f"no such portal: {', '.join(unknown)}")
        )
    if not known:
        click.echo(say(f"{at.config / 'portals'} 中没有门户。", f"no portals in {at.config / 'portals'}"))
        return 0
    before = _last_run(at)
    code = _crawl(at, [known[name] for name in portals], year, "INFO" if verbose else "WARNING")
    if code == EXIT_USAGE:
        return EXIT_USAGE
    with Archive.open(at) as archive:
        runs = archive.rows(
            "select * from runs where command = 'crawl' and id > :before order by id", {"before": before}
        )
    for run in runs:
        click.echo(_told(run, known[run["portal"]].name if run["portal"] in known else run["portal"]))
    return 1 if code else 0


def _crawl(at: Places, wanted: Sequence[Portal], year: int, log_level: str) -> int:
    """Crawl in one process here, or on the workers of the cluster that config/executor.yml names."""
    settings = load_executor(at.config)
    if not settings.is_cluster:
        return run_child(crawler_program([portal.id for portal in wanted], year, log_level), at)
    portals = wanted or [portal for portal in load_portals(at.config).values() if portal.enabled]
    with closing(open_executor(settings)) as executor:
        crawl = ShardedCrawl(at, year, settings.crawl_limit_min * 60, log_level, executor, _warn)
        return crawl.run(portals)


def _warn(line: str) -> None:
    click.echo(line, err=True)


def _last_run(at: Places) -> int:
    with Archive.open(at) as archive:
        row = archive.row("select coalesce(max(id), 0) as id from runs")
    return int(row["id"]) if row else 0


def _told(run: Row, name: str) -> str:
    """Return one portal's end in one line: what was asked, what was listed, what went wrong."""
    detail = json.loads(run["detail"] or "{}")
    requests, reports = detail.get("requests", 0), detail.get("reports_listed", 0)
    outcome = say(*OUTCOMES.get(run["outcome"], ("被中止", "killed")))
    counts = say(
        f"请求 {requests} 次，列出报告 {reports} 份", f"{requests} requests, {reports} reports listed"
    )
    troubles = "".join(f"；{host}: {reason}" for host, reason in detail.get("stopped", {}).items())
    return f"{name} ({run['portal']}): {outcome}，{counts}{troubles}"
