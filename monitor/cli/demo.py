"""`nianbao demo`: the whole main job against the bundled sample portal on loopback."""

from __future__ import annotations

from pathlib import Path

import click

from config.language import say


@click.command(name="demo")
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), default=Path("demo-data"), metavar="DIR",
    help="演示的数据目录 (默认 ./demo-data).",
)  # fmt: skip
def command(data: Path) -> int:
    """在本机演示门户上完成全部工作: 采集、读数、核对、提醒、公开."""
    try:
        from monitor.demo.run import run_demo
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] != "aiosmtpd":
            raise
        raise click.ClickException(
            say(
                "演示需要 aiosmtpd: pip install 'nianbao[demo]'",
                "the demo needs: pip install 'nianbao[demo]'",
            )
        ) from error
    return run_demo(data)
