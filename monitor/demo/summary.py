"""What a supervisor wants to see after a run: who published, what is wrong, who was told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import click

from archive.store import Archive, Row
from config.language import say
from config.places import Places
from monitor.cli.output import print_rows
from monitor.demo.census import Census, growth_of, take_census, told
from monitor.demo.mailbox import Mail

NOTHING = "—"
STANDINGS = {
    "published": ("按期公布", "published"),
    "late": ("逾期公布", "late"),
    "not_published": ("逾期未公布", "not published"),
    "withdrawn": ("已撤下", "withdrawn"),
    "cannot_tell": ("无法判定", "cannot tell"),
    "upcoming": ("期限将至", "upcoming"),
    "not_due": ("未到期限", "not due"),
}


def print_summary(at: Places, year: int, *, before: Census, new_mails: Sequence[Mail]) -> None:
    """Print the matrix, the findings, the mails, and how to open the archive."""
    with Archive.open(at) as archive:
        _print_matrix(archive, year)
        _print_findings(archive, year)
    _print_mails(at, new_mails)
    click.echo("\n" + told(growth_of(before, take_census(at)), len(new_mails)))
    click.echo(
        say("打开公开档案: ", "Open the archive: ") + f"nianbao serve --data {at.data} --config {at.config}"
    )


def _print_matrix(archive: Archive, year: int) -> None:
    _print_heading(say(f"{year} 年度报告公布状况", f"Reports of {year}"))
    print_rows(
        [_matrix_row(row) for row in _standings(archive, year)],
        {
            "name": say("单位", "body"),
            "standing": say("状况", "standing"),
            "published_on": say("公布日期", "published on"),
            "due_on": say("期限", "due on"),
            "findings": say("问题", "findings"),
        },
        "table",
    )


def _standings(archive: Archive, year: int) -> list[Row]:
    return archive.rows(
        'select b.name, s.*, (select count(distinct coalesce(f."group", f.fingerprint)) from findings f'
        " where f.body = s.body and f.year = s.year and f.state = 'open' and f.outcome = 'fail') as findings"
        " from standings s join bodies b on b.id = s.body"
        " where s.id in (select max(id) from standings where year = :year group by body) order by b.rowid",
        {"year": year},
    )


def _matrix_row(row: Row) -> Row:
    standing = say(*STANDINGS[row["standing"]])
    return {
        **row,
        "standing": f"{standing} ({row['reason']})" if row["reason"] else standing,
        "published_on": row["published_on"] or NOTHING,
    }


def _print_findings(archive: Archive, year: int) -> None:
    _print_heading(say("发现的问题", "Findings"))
    rows = archive.rows(
        "select f.finding, b.name from findings f left join bodies b on b.id = f.body"
        " where f.state = 'open' and f.year = :year order by f.outcome desc, b.rowid, f.rule, f.cell",
        {"year": year},
    )
    for row in rows:
        click.echo(
            f"{row['name'] or NOTHING}: " + _told_finding(json.loads(row["finding"], parse_float=Decimal))
        )
    if not rows:
        click.echo(say("没有问题。", "None."))


def _told_finding(finding: dict[str, Any]) -> str:
    lines = [f"{finding['title']} [{finding['rule']}, {finding['severity']}]", f"    {finding['message']}"]
    if finding["cell"] is not None:
        expected, actual = finding["expected"], finding["actual"]
        lines.append(
            say(f"    单元格 {finding['cell']}: ", f"    cell {finding['cell']}: ")
            + say(f"应为 {expected}, 实为 {actual}", f"expected {expected}, actual {actual}")
            + say(f", 相差 {actual - expected}", f", difference {actual - expected}")
        )
    return "\n".join(lines)


def _print_mails(at: Places, new_mails: Sequence[Mail]) -> None:
    _print_heading(say("已发出的提醒", "Alerts sent"))
    for mail in new_mails:
        where = mail.path.relative_to(at.data.parent)
        click.echo(f"{where}  {say('致', 'to')} {mail.recipients}: {mail.subject}")
    if not new_mails:
        click.echo(say("没有新的提醒。", "None."))


def _print_heading(text: str) -> None:
    click.secho(f"\n== {text}", bold=True)
