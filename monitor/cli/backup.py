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
def command(at: Places, folder: Path) -> int:
    """把数据库、日志、采集记录和全部原件备份到 DIR (可在运行中进行; 再次备份只复制新增的)."""
    if not at.database.exists() and not at.journal.exists():
        click.echo(say(f"nianbao: {at.data} 中还没有存档, 备份是空的",
                       f"nianbao: no archive in {at.data} yet, the backup is empty"), err=True)  # fmt: skip
    with Archive.open(at) as archive:
        done = back_up(archive, at, folder, counter(say("备份原件", "originals")))
    for sha256 in done.damaged:
        place = archive.originals.path(sha256)
        click.echo(
            say(f"nianbao: 原件损坏或缺失, 未备份: {place}", f"nianbao: damaged or lost: {place}"), err=True
        )
    click.echo(
        say(
            f"已备份到 {folder}: 原件 {done.originals} 份 (本次复制 {done.copied} 份)",
            f"backed up to {folder}: {done.originals} originals, {done.copied} copied now",
        )
    )
    return 1 if done.damaged else 0
