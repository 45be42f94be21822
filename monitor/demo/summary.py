"""What a supervisor wants to see after a run: what is wrong, where exactly, and who was told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

import click

from archive.store import Archive, Row
from config.language import say
from config.places import Places
from monitor.demo.census import Census, growth_of, take_census, told
from monitor.demo.mailbox import Mail


def print_summary(at: Places, year: int, *, before: Census, new_mails: Sequence[Mail]) -> None:
    """Print the findings, the mails, what the run added, and how to open the archive."""
    with Archive.open(at) as archive:
        _print_findings(_open_findings(archive, year))
    _print_mails(at, new_mails)
    click.echo("\n" + told(growth_of(before, take_census(at)), len(new_mails)))
    click.echo(
        say("打开公开档案: ", "Open the archive: ") + f"nianbao serve --data {at.data} --config {at.config}"
    )


def print_heading(text: str) -> None:
    """Print a line that begins a part of the output."""
    click.secho(f"\n== {text}", bold=True)


def _open_findings(archive: Archive, year: int) -> list[Row]:
    """Return the findings of the year, those of one cause together, what is certain first."""
    return archive.rows(
        "select f.finding, coalesce(b.name, '') as name, coalesce(f.\"group\", f.fingerprint) as cause"
        " from findings f left join bodies b on b.id = f.body where f.state = 'open' and f.year = :year"
        " order by f.outcome = 'fail' desc, f.rule like 'publication.%' desc, b.id, cause, f.rule",
        {"year": year},
    )


def _print_findings(rows: Sequence[Row]) -> None:
    print_heading(say("发现的问题", "Findings"))
    for (name, _cause), members in groupby(rows, key=lambda row: (row["name"], row["cause"])):
        _print_cause(name, [json.loads(row["finding"], parse_float=Decimal) for row in members])
    if not rows:
        click.echo(say("没有问题。", "None."))


def _print_cause(name: str, findings: Sequence[dict[str, Any]]) -> None:
    for cell, expected, actual in _cells(findings):
        click.secho(f"{name}  {cell}: ", nl=False, bold=True)
        click.echo(
            say(f"应为 {expected}, 实为 {actual}", f"expected {expected}, actual {actual}")
            + say(f", 相差 {abs(actual - expected)}", f", difference {abs(actual - expected)}")
        )
    for finding in findings:
        click.echo(f"{name}  {finding['title']} [{finding['rule']}, {finding['severity']}]")
        click.echo(f"    {finding['message']}")


def _cells(findings: Iterable[dict[str, Any]]) -> list[tuple[str, Any, Any]]:
    """Return (cell, expected, actual) of the one cell that explains the findings, where there is one."""
    named = [(item["cell"], item["expected"], item["actual"]) for item in findings if item["cell"]]
    return [item for item in dict.fromkeys(named) if None not in item]


def _print_mails(at: Places, new_mails: Sequence[Mail]) -> None:
    print_heading(say("已发出的提醒", "Alerts sent"))
    for mail in new_mails:
        where = mail.path.relative_to(at.data.parent)
        click.echo(f"{where}  {say('致', 'to')} {mail.recipients}: {mail.subject}")
    if not new_mails:
        click.echo(say("没有新的提醒。", "None."))
