"""`nianbao replay WARC...`: crawls made again from their recordings, without network."""

from __future__ import annotations

from pathlib import Path

import click

from config.language import say
from config.places import Places
from monitor.child import replay_program, run_child
from monitor.cli.context import directories
from monitor.cli.errors import EXIT_USAGE


@click.command()
@click.argument(
    "files", nargs=-1, required=True, metavar="WARC...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@directories
@click.option("--verbose", is_flag=True, help="显示采集程序的日志.")
def command(files: tuple[Path, ...], at: Places, verbose: bool) -> int:
    """用采集记录 (WARC) 重做采集, 不访问网络; 结果写入 --data 指明的目录.

    文件按时间先后重做; 记录不全的 (采集中途被中止) 先做到中断处, 再由下一个文件接续.
    """
    code = 0
    for number, path in enumerate(sorted(files, key=lambda file: file.name), 1):
        ended = run_child(replay_program(path.resolve(), "INFO" if verbose else "WARNING"), at)
        if ended == EXIT_USAGE:
            return EXIT_USAGE
        said = say(*(("完成", "complete") if ended == 0 else ("未成功或记录不全", "failed, or not whole")))
        click.echo(f"[{number}/{len(files)}] {path.name}: {said}")
        code = max(code, ended)
    return 1 if code else 0
