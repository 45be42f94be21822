"""`nianbao site`: the public archive as static files."""

from __future__ import annotations

from pathlib import Path

import click

from config.language import say
from config.places import Places
from config.site import load_site
from monitor.cli.context import directories
from monitor.cli.progress import counter


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@directories
def command(at: Places, folder: Path) -> None:
    """把整个公开档案写成静态文件 (可直接从磁盘打开, 也可由任何网页服务器提供)."""
    from archive.site.static_site import write_static_site

    files = write_static_site(at, load_site(at.config), folder, counter("写网页"))
    click.echo(
        say(
            f"已写到 {folder}: {files} 个文件, 打开 {folder / 'index.html'}",
            f"written to {folder}: {files} files, open {folder / 'index.html'}",
        )
    )
