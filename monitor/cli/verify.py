"""`nianbao verify`: check every hash."""

from __future__ import annotations

from pathlib import Path

import click

from archive.store import Archive
from archive.verify import Trouble, check_database, check_journal, check_original, recorded_originals
from config.language import say
from config.places import Places
from monitor.cli.context import directories
from monitor.cli.output import print_rows, row_format
from monitor.cli.progress import steps

COLUMNS = {"kind": "类别", "subject": "对象", "message": "说明"}


@click.command()
@directories
@row_format
def command(at: Places, format_: str, output: Path | None) -> int:
    """核对全部原件的哈希、日志和数据库; 有问题时逐行列出, 以 1 结束."""
    with Archive.open(at) as archive:
        troubles = [*check_database(archive), *check_journal(archive)]
        names = recorded_originals(archive)
        checked = (check_original(archive, sha256) for sha256 in steps(names, say("核对原件", "originals")))
        troubles += [trouble for trouble in checked if trouble]
    if troubles or format_ != "table":
        print_rows([_row(trouble) for trouble in troubles], COLUMNS, format_, output)
    if format_ == "table":
        found = f"原件 {len(names)} 份, 问题 {len(troubles)} 处"
        click.echo(say(found, f"{len(names)} originals, {len(troubles)} troubles"))
    return 1 if troubles else 0


def _row(trouble: Trouble) -> dict[str, str]:
    return {"kind": trouble.kind, "subject": trouble.subject, "message": trouble.message}
