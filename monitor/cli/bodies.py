"""`nianbao bodies`: the roster, drafted, checked, exported and imported."""

from __future__ import annotations

from pathlib import Path

import click

from config.bodies import load_bodies
from config.language import say
from config.places import Places
from monitor.cli.context import directories
from monitor.cli.output import print_rows, row_format
from monitor.roster_draft import draft_roster
from monitor.roster_files import HEADINGS, add_bodies, body_row, check_roster, import_bodies

EXIT_WRONG = 1


@click.group()
def command() -> None:
    """机关名录: 起草、检查、导出、导入."""


@command.command("init")
@directories
@click.option("--division", required=True, metavar="CODE", help="区划代码: 省 2 位, 市 4 位, 县 6 位.")
@click.option("--portal", default="", metavar="ID", help="这些机关公布年报的网站.")
@click.option("--all", "all_", is_flag=True, help="也列出只用于统计的区划 (开发区、农场等).")
def init_command(at: Places, division: str, portal: str, all_: bool) -> int:
    """从全国区划起草一地的名录 (全部待核实), 写入 config/bodies, 供修改."""
    drafted = draft_roster(division, portal, load_bodies(at.config), statistical=all_)
    if not drafted:
        click.echo(say("名录中已有这些机关, 没有新增。", "The roster has all of them already."))
        return 0
    target = add_bodies(at.config, f"{division}.csv", drafted)
    click.echo(
        say(
            f"已写入 {target}: {len(drafted)} 个机关, 均待核实 (confirmed: no)。"
            "核对名称、增删部门后把 confirmed 改为 yes; 未核实的只采集, 不计入比率, 不提醒主管部门。",
            f"Wrote {target}: {len(drafted)} bodies to be confirmed. Edit the file, then set confirmed: yes.",
        )
    )
    return 0


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
