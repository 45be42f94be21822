"""`nianbao explain BODY YEAR`: everything known about one body's year, in order, with evidence."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from archive.store import Archive
from config.clock import SHANGHAI
from config.language import say
from config.places import Places
from monitor.cli.context import directories
from monitor.cli.output import print_rows, row_format
from monitor.history import history_of
from monitor.matrix import compliance_matrix
from monitor.roster import load_roster

COLUMNS = {"at": "时间", "kind": "事项", "words": "内容", "evidence": "证据"}
KINDS = {
    "capture": "采集",
    "document": "文件",
    "reading": "读取",
    "match": "归属",
    "standing": "判定",
    "finding": "问题",
    "alert": "提醒",
}


@click.command()
@click.argument("body_id", metavar="BODY")
@click.argument("year", type=click.IntRange(2008, 2100), metavar="YEAR")
@directories
@row_format
def command(body_id: str, year: int, at: Places, format_: str, output: Path | None) -> int:
    """按时间列出一个机关一个年度已知的一切, 附证据."""
    roster = load_roster(at.config)
    body = roster.bodies.get(body_id)
    if body is None:
        raise click.ClickException(
            say(
                f"名录中没有机关 {body_id}: nianbao bodies export 可列出全部",
                f"no body {body_id} in the roster",
            )
        )
    with Archive.open(at) as archive:
        happenings = history_of(archive, roster, body, year)
        matrix = compliance_matrix(archive, at.config, year)
    standing = next((row for row in matrix if row["body"] == body_id), None)
    rows = [item.row() for item in happenings]
    if format_ == "table":
        rows = [
            {**row, "at": _local(row["at"]), "kind": say(KINDS[row["kind"]], row["kind"])} for row in rows
        ]
    print_rows(rows, COLUMNS, format_, output)
    if format_ == "table":
        told = standing["sentence"] if standing else say(f"{body.name}该年度不应报。", "owes nothing.")
        click.echo(say("结论: ", "Conclusion: ") + told)
    return 0


def _local(instant: str) -> str:
    """Write an instant for people: Beijing time, whole seconds."""
    return f"{datetime.fromisoformat(instant).astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
