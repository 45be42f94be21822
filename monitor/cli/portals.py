"""`nianbao portals`: the state of each portal, and a trial of one."""

from __future__ import annotations

from pathlib import Path

import click

from archive.store import Archive
from config.clock import local_minute
from config.language import say
from config.places import Places
from config.portals import load_portals
from monitor.cli.context import directories, year_option
from monitor.cli.output import print_rows, row_format
from monitor.portal_states import portal_states
from monitor.portal_trial import trial_rows, tried
from monitor.roster import load_roster

COLUMNS = {
    "portal": "编号",
    "name": "网站",
    "family": "系统",
    "enabled": "启用",
    "bodies": "机关数",
    "last_run_at": "最近采集",
    "state": "状况",
    "requests": "请求",
    "reports": "年报链接",
    "reports_before": "以前",
    "verdicts": "请求结论",
    "trouble": "原因",
    "last_good_on": "最近正常",
}

TRIAL_COLUMNS = {
    "what": "事项", "verdict": "结论", "reports": "年报数", "title": "标题", "url": "网址",
    "why": "缘由或日期",
}  # fmt: skip
STATES = {
    "never": "从未采集", "killed": "被中止", "interrupted": "中断", "failed": "失败",
    "doubtful": "可疑", "good": "正常",
}  # fmt: skip
WRONG_USAGE = 64


@click.group()
def command() -> None:
    """门户网站的状况."""


@command.command("list")
@directories
@row_format
def list_command(at: Places, format_: str, output: Path | None) -> int:
    """列出各门户: 最近一次采集、请求结论、最近一次正常的日期."""
    roster = load_roster(at.config)
    with Archive.open(at) as archive:
        rows = portal_states(archive, roster)
    if format_ == "table":
        rows = [
            {
                **row,
                "last_run_at": local_minute(row["last_run_at"]) if row["last_run_at"] else None,
                "verdicts": _told(row["verdicts"]),
                "enabled": say("是", "yes") if row["enabled"] else say("否", "no"),
                "state": say(STATES[row["state"]], row["state"]),
            }
            for row in rows
        ]
    print_rows(rows, COLUMNS, format_, output)
    return 0


@command.command("test")
@click.argument("portal", metavar="ID")
@directories
@year_option
@row_format
@click.option("--verbose", is_flag=True, help="显示采集程序的日志.")
def test_command(
    portal: str, at: Places, year: int, format_: str, output: Path | None, *, verbose: bool
) -> int:
    """试采一个门户, 不写入存档: 从入口跟到了哪里、为什么, 请求如何结束, 找到哪些年报."""
    if portal not in load_portals(at.config):
        raise click.UsageError(say(f"没有编号为 {portal} 的门户", f"no such portal: {portal}"))
    with tried(at, portal, year, "INFO" if verbose else "ERROR") as archive:
        rows = trial_rows(archive)
        run = archive.row("select outcome, detail from runs order by id desc limit 1")
    if run is None:  # refused before any request, and the crawler has said why
        return WRONG_USAGE
    print_rows(rows, TRIAL_COLUMNS, format_, output)
    found = sum(row["what"].startswith("found:") for row in rows)
    outcome = run["outcome"]
    click.echo(
        say(
            f"结果: {outcome}, 找到文件 {found} 个 (未写入存档)",
            f"{outcome}: {found} documents (not archived)",
        ),
        err=format_ != "table",
    )
    return 0 if outcome == "ok" else 1


def _told(verdicts: dict[str, int]) -> str:
    return " ".join(f"{verdict}:{count}" for verdict, count in verdicts.items())
