"""`nianbao notice`: the 通报 of a supervisor and year as DOCX and XLSX."""

from __future__ import annotations

from pathlib import Path

import click

from archive.store import Archive
from config.alerts import load_alerts
from config.bodies import load_bodies
from config.language import say
from config.places import Places
from monitor.cli.context import directories, year_option
from monitor.cli.output import print_clock
from monitor.notice import make_notice, supervisor_name
from monitor.notice_files import counts_line, write_docx, write_xlsx


@click.command()
@click.option("--supervisor", required=True, metavar="ID", help="名录 supervisor 一栏的编号.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@directories
@year_option
def command(supervisor: str, out: Path, at: Places, year: int) -> int:
    """生成通报 (DOCX 和 XLSX): 未公布、逾期、内容问题, 各附依据和证据."""
    print_clock()
    bodies = load_bodies(at.config)
    if not any(body.supervisor == supervisor for body in bodies.values()):
        raise click.ClickException(
            say(f"名录中没有机关的主管部门是 {supervisor}", f"nobody's supervisor is {supervisor}")
        )
    recipients = {id_: known.name for id_, known in load_alerts(at.config).recipients.items()}
    name = supervisor_name(bodies.values(), supervisor, recipients)
    with Archive.open(at) as archive:
        notice = make_notice(archive, at.config, supervisor, name, year)
    target = out / f"通报-{supervisor}-{year}.docx"
    write_docx(notice, target)
    write_xlsx(notice, target.with_suffix(".xlsx"))
    click.echo(counts_line(notice.counts))
    click.echo(say(f"已写入 {target} 和同名 .xlsx。", f"Wrote {target} and the .xlsx beside it."))
    return 0
