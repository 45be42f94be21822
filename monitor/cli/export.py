"""`nianbao export`: the data set with its data dictionary and checksums."""

from __future__ import annotations

from pathlib import Path

import click

from archive.export import export
from archive.tabular import WRITERS
from config.language import say
from config.places import Places
from config.site import load_site
from monitor.cli.context import directories


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--format", "format_", type=click.Choice(sorted(WRITERS)), default="csv", show_default=True)
@directories
def command(at: Places, folder: Path, format_: str) -> None:
    """把公开数据导出到 DIR, 附数据字典 (datapackage.json) 和校验和 (SHA256SUMS)."""
    done = export(at.public_database, folder, format_, load_site(at.config))
    click.echo(
        say(
            f"已导出到 {folder}: {done.tables} 张表, {done.rows} 行",
            f"exported to {folder}: {done.tables} tables, {done.rows} rows",
        )
    )
