"""`nianbao watch`: the scheduler."""

from __future__ import annotations

import click

from config.alerts import load_alerts
from config.bodies import load_bodies
from config.language import say
from config.places import Places
from config.portals import load_portals
from config.schedule import load_schedule
from monitor.cli.context import directories
from monitor.cli.output import print_clock


@click.command()
@directories
@click.option("--once", is_flag=True, help="做完现在到期的工作即结束.")
def command(at: Places, once: bool) -> None:
    """值守: 按 schedule.yml 采集、处理、提醒、公开; 收到 SIGTERM 即妥善结束."""
    from monitor.schedule import run_once, run_watch

    print_clock()
    schedule = load_schedule(at.config)
    load_alerts(at.config)
    load_bodies(at.config)
    load_portals(at.config)
    click.echo(
        say(
            f"值守开始, {len(schedule.jobs)} 项工作: {', '.join(job.id for job in schedule.jobs)}",
            f"watching, {len(schedule.jobs)} jobs: {', '.join(job.id for job in schedule.jobs)}",
        )
    )
    (run_once if once else run_watch)(at, schedule, click.echo)
    click.echo(say("值守结束。", "Stopped."))
