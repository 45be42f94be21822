"""`nianbao backup`: a consistent copy while the program works."""

from __future__ import annotations

from pathlib import Path

import click

from archive.backup import back_up
from archive.store import Archive
from config.language import say
from config.places import Places
from monitor.cli.context import directories
from monitor.cli.progress import counter


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@directories
def command(at: Places, folder: Path) -> None:
    """把数据库和全部原件备份到 DIR (可在运行中进行; 再次备份只复制新增的)."""
    with Archive.open(at) as archive:
        done = back_up(archive, folder, counter("备份原件"))
    click.echo(
        say(
            f"已备份到 {folder}: 原件 {done.originals} 份 (本次复制 {done.copied} 份)",
            f"backed up to {folder}: {done.originals} originals, {done.copied} copied now",
        )
    )
