"""`nianbao portals`: the state of each portal."""

from __future__ import annotations

from pathlib import Path

import click

from archive.store import Archive
from config.places import Places
from monitor.cli.context import directories
from monitor.cli.output import print_rows, row_format
from monitor.portal_states import portal_states
from monitor.roster import load_roster

COLUMNS = {
    "portal": "编号",
    "name": "网站",
    "family": "系统",
    "enabled": "启用",
    "bodies": "机关数",
    "last_run_at": "最近采集 (UTC)",
    "outcome": "结果",
    "verdicts": "请求结论",
    "trouble": "原因",
    "last_good_on": "最近正常",
}


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
            {**row, "verdicts": _told(row["verdicts"]), "enabled": "是" if row["enabled"] else "否"}
            for row in rows
        ]
    print_rows(rows, COLUMNS, format_, output)
    return 0


def _told(verdicts: dict[str, int]) -> str:
    return " ".join(f"{verdict}:{count}" for verdict, count in verdicts.items())
