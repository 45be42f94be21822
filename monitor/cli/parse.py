"""`nianbao parse FILE...`: documents to JSON Lines (docs/contract/report.md) or to the normalized text."""

from __future__ import annotations

import json

import click

from config.executor import load_executor
from config.places import places
from extract.document import report_json
from extract.errors import ExtractError
from monitor.cli.errors import one_line
from monitor.documents import Reading, read_documents

EXIT_NOT_PARSED = 1


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "format_", type=click.Choice(["json", "text"]), default="json", show_default=True,
              help="json: 每份报告一行; text: 归一文本.")  # fmt: skip
@click.option("--evidence", is_flag=True, help="附上每个数据项的原文和位置 (facts).")
def command(files: tuple[str, ...], format_: str, evidence: bool) -> int:
    """读取报告 (任何支持的格式, - 为标准输入), 输出数据或归一文本."""
    code = 0
    for reading in read_documents(files, load_executor(places().config)):
        try:
            _print_one(reading, format_, evidence)
        except ExtractError as error:
            click.echo(f"nianbao: {reading.source}: {one_line(error)}", err=True)
            code = EXIT_NOT_PARSED
    return code


def _print_one(reading: Reading, format_: str, evidence: bool) -> None:
    """Print one document; raises ExtractError. The text of what is no report is printed all the same."""
    text = reading.derivation.text
    if format_ == "text" and text is not None:
        click.echo(text.text, nl=False)
    read = reading.as_report()
    if format_ == "json":
        told = report_json(read.report, read.source, read.sha256, read.text.media_type, evidence)
        click.echo(json.dumps(told, ensure_ascii=False))
