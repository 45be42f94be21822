"""`nianbao rebuild`: make everything derived anew and compare; bring a lost database back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from archive.comparing import Difference
from config.language import say
from config.places import Places
from monitor.cli.context import directories
from monitor.cli.output import print_clock, print_rows, row_format
from monitor.cli.progress import counter
from monitor.rebuild import Rebuilt, counts_of, rebuild

COLUMNS = {"table": "表", "key": "行", "column": "列", "here": "现有", "anew": "重建"}
SHOWN = 20
STAGES = {"replay": ("重放采集记录", "replaying crawls"), "read": ("读取原件", "reading originals")}


@click.command()
@click.option("--warc", is_flag=True, help="采集所见也由采集记录 (WARC) 重做, 不用数据库中的.")
@directories
@row_format
def command(at: Places, warc: bool, format_: str, output: Path | None) -> int:
    """由原件、采集记录和日志重做全部派生数据, 与现有的逐行比较; 不改动现有存档.

    数据库丢失时由原件、采集记录 (WARC) 和日志 (journal.jsonl) 重建, 放回原处.
    完全一致以 0 结束, 有不同以 1 结束.
    """
    print_clock(to_error=format_ != "table")
    rebuilt = rebuild(at, recorded=warc, progress=_shown)
    for remark in rebuilt.remarks:
        click.echo(f"nianbao: {remark}", err=True)
    rows = [_row(difference) for difference in rebuilt.differences]
    if format_ != "table":
        print_rows(rows, COLUMNS, format_, output)
    else:
        click.echo(_verdict(rebuilt, counts_of(rebuilt)))
        if rows:
            print_rows(rows[:SHOWN], COLUMNS, format_, output)
        if len(rows) > SHOWN:
            more = len(rows) - SHOWN
            click.echo(say(f"…… 另有 {more} 处, 用 --format csv 列出全部",
                           f"... and {more} more; --format csv lists all"))  # fmt: skip
    return 1 if rows else 0


def _verdict(rebuilt: Rebuilt, counts: Mapping[str, int]) -> str:
    if rebuilt.brought_back is not None:
        told = say(
            "已重建 {path}；与公开副本比较: {tables} 张表 {rows} 行, 不同 {differences} 处",
            "rebuilt {path}; compared with the public copy: {tables} tables, {rows} rows,"
            " {differences} differences",
        )
    else:
        told = say(
            "重建与现有存档比较: {tables} 张表 {rows} 行, 导出文件 {files} 个, 不同 {differences} 处",
            "rebuilt and compared: {tables} tables, {rows} rows, {files} exported files,"
            " {differences} differences",
        )
    return told.format(path=rebuilt.brought_back, **counts)


def _shown(stage: str, done: int, of_all: int) -> None:
    counter(say(*STAGES[stage]))(done, of_all)


def _row(difference: Difference) -> dict[str, str]:
    return {name: getattr(difference, name) for name in COLUMNS}
