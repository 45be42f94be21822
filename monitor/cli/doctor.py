"""`nianbao doctor`: say what is wrong."""

from __future__ import annotations

from pathlib import Path

import click

from config.language import say
from config.places import Places
from monitor.cli.context import directories
from monitor.cli.output import print_rows, row_format
from monitor.doctor import examine
from monitor.doctor.remark import Level

COLUMNS = {"area": "方面", "level": "程度", "message": "说明", "remedy": "处理"}
AREAS = {
    "installation": ("安装", "installation"),
    "configuration": ("配置", "configuration"),
    "portals": ("门户", "portals"),
    "runs": ("运行", "runs"),
}
LEVELS = {"trouble": ("问题", "trouble"), "note": ("提示", "note")}


@click.command()
@directories
@row_format
def command(at: Places, format_: str, output: Path | None) -> int:
    """体检: 安装、配置、门户、最近的运行有什么问题; 有问题时以 1 结束."""
    remarks = examine(at)
    troubles = sum(remark.level is Level.TROUBLE for remark in remarks)
    if format_ == "table":
        for remark in remarks:
            remedy = f"\n      → {remark.remedy}" if remark.remedy else ""
            click.echo(f"[{say(*LEVELS[remark.level])}] {say(*AREAS[remark.area])}: {remark.message}{remedy}")
        click.echo(
            say(f"问题 {troubles} 处。", f"{troubles} troubles.")
            if troubles
            else say("没有发现问题。", "All is well.")
        )
    else:
        rows = [
            {"area": one.area, "level": one.level, "message": one.message, "remedy": one.remedy}
            for one in remarks
        ]
        print_rows(rows, COLUMNS, format_, output)
    return 1 if troubles else 0
