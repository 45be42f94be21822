"""Rows for people and programs: `--format table|json|jsonl|csv|xlsx`.

The same rows in every format; `table` is drawn for a terminal, `xlsx` needs `--output FILE`. Text
that a spreadsheet would run as a formula is defused in CSV and XLSX.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from archive import tabular
from config.clock import simulated_now
from config.language import say

FORMATS = ("table", "json", "jsonl", "csv", "xlsx")
F = TypeVar("F", bound=Callable[..., Any])
Row = dict[str, Any]


def row_format(function: F) -> F:
    """Add --format and --output; the command gets `format_` and `output`.

    Without --format the ending of FILE decides, else it is a table.
    """
    path = click.Path(dir_okay=False, path_type=Path)
    output = click.option("--output", type=path, metavar="FILE", is_eager=True)
    format_ = click.option("--format", "format_", type=click.Choice(FORMATS), callback=_format_of)
    return format_(output(function))


def _format_of(context: click.Context, _option: click.Parameter, chosen: str | None) -> str:
    output: Path | None = context.params.get("output")
    ending = output.suffix[1:].lower() if output else ""
    return chosen or (ending if ending in FORMATS else "table")


def print_rows(
    rows: Sequence[Row], columns: dict[str, str], format_: str, output: Path | None = None
) -> None:
    """Print `rows`; `columns` maps keys to the Chinese headings; English ones are the keys' own words."""
    print_clock(to_error=format_ != "table" or output is not None)
    if format_ == "xlsx":
        if output is None:
            raise click.UsageError("--format xlsx 需要 --output FILE")
        _write_xlsx(rows, columns, output)
        return
    text = {"table": _table, "json": _json, "jsonl": _jsonl, "csv": _csv}[format_](rows, columns)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8-sig" if format_ == "csv" else "utf-8")


def print_clock(to_error: bool = False) -> None:
    """Say that the clock is simulated, where NIANBAO_NOW is set; `to_error` where stdout holds data."""
    if simulated_now() is not None:
        told = f"NIANBAO_NOW={os.environ['NIANBAO_NOW'].strip()}"
        click.echo(say(f"（模拟时钟 {told}）", f"(simulated clock {told})"), err=to_error)


def defused(value: object) -> object:
    """Return a spreadsheet-safe cell: text that would run as a formula gets a leading apostrophe."""
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    return tabular.defused(value)


def _headings(columns: dict[str, str]) -> list[str]:
    return [say(heading, key.replace("_", " ")) for key, heading in columns.items()]


def _table(rows: Sequence[Row], columns: dict[str, str]) -> str:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in _headings(columns):
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(_shown(row.get(key)) for key in columns))
    console = Console(file=io.StringIO(), width=_width(), highlight=False, markup=False, emoji=False)
    console.print(table)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def _width() -> int:
    import shutil
    import sys

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 160


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _json(rows: Sequence[Row], _columns: dict[str, str]) -> str:
    return json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n"


def _jsonl(rows: Sequence[Row], _columns: dict[str, str]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _csv(rows: Sequence[Row], columns: dict[str, str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(_cells(rows, columns))
    return text.getvalue()


def _write_xlsx(rows: Sequence[Row], columns: dict[str, str], output: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("nianbao")
    sheet.freeze_panes = "A2"
    sheet.append(_headings(columns))
    for cells in _cells(rows, columns):
        sheet.append(cells)
    book.save(output)


def _cells(rows: Sequence[Row], columns: dict[str, str]) -> Iterable[list[object]]:
    return ([defused(row.get(key)) for key in columns] for row in rows)
