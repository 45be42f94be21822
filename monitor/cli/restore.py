"""`nianbao restore`: bring a backup back."""

from __future__ import annotations

from pathlib import Path

import click

from archive.backup import restore
from config.language import say
from config.places import Places
from monitor.cli.context import directories
from monitor.cli.progress import counter


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, exists=True, path_type=Path))
@directories
def command(at: Places, folder: Path) -> None:
    """把 DIR 中的备份恢复到没有数据库的数据目录, 逐份核对哈希."""
    done = restore(folder.resolve(), at, counter(say("恢复原件", "originals")))
    click.echo(
        say(
            f"已恢复到 {at.data}: 原件 {done.originals} 份",
            f"restored to {at.data}: {done.originals} originals",
        )
    )
