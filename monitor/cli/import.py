"""`nianbao import FILE...`: a report handed in by a person."""

# ruff: noqa: N999  # the module is named after its command

from __future__ import annotations

import click

from archive.store import Archive
from config.language import say
from config.places import Places
from extract.errors import ExtractError
from monitor.cli.context import directories
from monitor.cli.errors import one_line
from monitor.cli.output import print_clock
from monitor.hand_in import HandIn, bring, hand_in
from monitor.roster import load_roster

EXIT_REFUSED = 1


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--body", "body_id", required=True, metavar="ID", help="报告所属机关.")
@click.option("--year", type=click.IntRange(2008, 2100), required=True, metavar="Y", help="报告年度.")
@click.option("--url", required=True, metavar="URL", help="报告公布的网址.")
@click.option("--by", "who", default="operator", show_default=True, metavar="NAME", help="提交人.")
@directories
def command(files: tuple[str, ...], body_id: str, year: int, url: str, who: str, at: Places) -> int:
    """收下人工提交的报告; 不是年度报告或属于别的机关、年度的, 说明理由并拒收."""
    roster = load_roster(at.config)
    body = roster.bodies.get(body_id)
    if body is None:
        raise click.ClickException(say(f"名录中没有机关 {body_id}", f"no body {body_id} in the roster"))
    if not url.startswith(("http://", "https://")):
        raise click.UsageError("--url 需要以 http:// 或 https:// 开头")
    print_clock()
    code = 0
    with Archive.open(at) as archive:
        for source in files:
            try:
                document = hand_in(archive, roster, bring(source), HandIn(body, year, url, who))
                click.echo(say(f"{source}: 已收下 (document:{document})，运行 nianbao process 生效",
                               f"{source}: taken (document:{document}); run nianbao process"))  # fmt: skip
            except ExtractError as error:
                click.echo(f"nianbao: {source}: {one_line(error)}", err=True)
                code = EXIT_REFUSED
    return code
