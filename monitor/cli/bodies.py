"""`nianbao bodies`: the roster, checked, exported and imported."""

from __future__ import annotations

from pathlib import Path

import click

from config.bodies import load_bodies
from config.language import say
from config.places import Places
from monitor.cli.context import directories
from monitor.cli.output import print_rows, row_format
from monitor.roster_files import HEADINGS, body_row, check_roster, import_bodies

EXIT_WRONG = 1


@click.group()
def command() -> None:
    """机关名录: 检查、导出、导入."""


@command.command("check")
@directories
def check_command(at: Places) -> int:
    """检查名录和网站配置, 有错逐条列出位置和原因."""
    mistakes = check_roster(at.config)
    for mistake in mistakes:
        click.echo(f"nianbao: {mistake}", err=True)
    if mistakes:
        return EXIT_WRONG
    count = len(load_bodies(at.config))
    click.echo(say(f"名录无误: {count} 个机关。", f"The roster is right: {count} bodies."))
    return 0


@command.command("export")
@directories
@row_format
def export_command(at: Places, format_: str, output: Path | None) -> int:
    """导出名录 (csv 可原样导入)."""
    bodies = load_bodies(at.config)
    print_rows([body_row(bodies[id_]) for id_ in sorted(bodies)], HEADINGS, format_, output)
    return 0


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@directories
def import_command(file: Path, at: Places) -> int:
    """导入 CSV 或 XLSX 名录: 先整体检查, 无误才写入 config/bodies."""
    target, count = import_bodies(at.config, file)
    click.echo(say(f"已写入 {target}: {count} 个机关。", f"Wrote {target}: {count} bodies."))
    return 0
