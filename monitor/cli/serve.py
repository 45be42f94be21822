"""`nianbao serve`: show the public copy on this machine."""

from __future__ import annotations

import click

from config.language import say
from config.places import Places
from config.site import load_site
from monitor.cli.context import directories

DEFAULT_PORT = 8001


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 (默认只在本机).")
@click.option("--port", type=click.IntRange(0, 65_535), default=DEFAULT_PORT, show_default=True)
@directories
def command(at: Places, host: str, port: int) -> None:
    """在本机打开公开档案; Ctrl-C 或 SIGTERM 结束."""
    from archive.site.server import serve

    serve(at, load_site(at.config), host, port, _announce)


def _announce(address: str) -> None:
    click.echo(say(f"公开档案: {address} (Ctrl-C 结束)", f"public archive: {address} (Ctrl-C ends it)"))
