"""`nianbao certificate BODY YEAR`: proof of absence, a ZIP that anybody can check."""

from __future__ import annotations

from pathlib import Path

import click

from archive.store import Archive
from config.language import say
from config.places import Places
from monitor.certificate import prove_absence, write_certificate
from monitor.cli.context import directories
from monitor.cli.output import print_clock
from monitor.roster import load_roster


@click.command()
@click.argument("body_id", metavar="BODY")
@click.argument("year", type=click.IntRange(2008, 2100), metavar="YEAR")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@directories
def command(body_id: str, year: int, out: Path, at: Places) -> int:
    """出具未公布的查证说明 (ZIP); 未公布一事没有得到证明时以 1 结束."""
    print_clock()
    roster = load_roster(at.config)
    if body_id not in roster.bodies:
        raise click.ClickException(say(f"名录中没有机关 {body_id}", f"no body {body_id} in the roster"))
    with Archive.open(at) as archive:
        seal = write_certificate(archive, prove_absence(archive, at.config, roster, body_id, year), out)
    click.echo(say(f"已写入 {out}。核验: python certificate_check.py {out}", f"Wrote {out}."))
    click.echo(say(f"封印 (随文告知, 与核验输出比对): {seal}", f"Seal, to be told with it: {seal}"))
    return 0
