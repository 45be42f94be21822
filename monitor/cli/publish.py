"""`nianbao publish`: make the public copy."""

from __future__ import annotations

import click

from archive.publish import publish
from archive.store import Archive
from config.language import say
from config.places import Places
from config.site import load_site
from monitor.cli.context import directories


@click.command()
@directories
def command(at: Places) -> None:
    """生成只读的公开副本 (只含公开的表和列), 原子替换."""
    settings = load_site(at.config)
    with Archive.open(at) as archive:
        made = publish(archive, at.public_database, settings)
    size_mb = made.size_bytes / 1e6
    if made.changed:
        told = say(
            f"已发布 {made.path}: {made.reports} 份报告, {size_mb:.1f} MB",
            f"published {made.path}: {made.reports} reports, {size_mb:.1f} MB",
        )
    else:
        told = say(
            f"没有变化, 公开副本仍是 {made.path}", f"nothing changed, the public copy is still {made.path}"
        )
    click.echo(told)
