"""`nianbao parse FILE...`: documents to JSON Lines (docs/contract/report.md) or to the normalized text."""

from __future__ import annotations

import json

import click

from extract.document import report_json
from extract.errors import ExtractError
from monitor.cli.errors import one_line
from monitor.documents import load, normalized

EXIT_NOT_PARSED = 1


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "format_", type=click.Choice(["json", "text"]), default="json", show_default=True,
              help="json: 每份报告一行; text: 归一文本.")  # fmt: skip
@click.option("--evidence", is_flag=True, help="附上每个数据项的原文和位置 (facts).")
def command(files: tuple[str, ...], format_: str, evidence: bool) -> int:
    """读取报告 (任何支持的格式, - 为标准输入), 输出数据或归一文本."""
    code = 0
    for source in files:
        try:
            _print_one(source, format_, evidence)
        except ExtractError as error:
            click.echo(f"nianbao: {source}: {one_line(error)}", err=True)
            code = EXIT_NOT_PARSED
    return code


def _print_one(source: str, format_: str, evidence: bool) -> None:
    """Print one document; raises ExtractError. The text of what is no report is printed all the same."""
    from extract.parser import parse_report

    document = load(source)
    text = normalized(document)
    if format_ == "text":
        click.echo(text.text, nl=False)
    report = parse_report(text)
    if format_ == "json":
        told = report_json(report, source, document.sha256, text.media_type, evidence)
        click.echo(json.dumps(told, ensure_ascii=False))
