"""`nianbao alerts`: the ledger of alerts, what was decided about each, and sending what is due."""

from __future__ import annotations

import getpass
from datetime import date, datetime
from pathlib import Path

import click

from archive.store import Archive
from config.alerts import load_alerts
from config.bodies import load_bodies
from config.clock import today
from config.language import say
from config.places import Places
from config.workdays import load_calendar
from monitor import decisions
from monitor.alert_pages import LIST_COLUMNS, TABLE_COLUMNS, alert_page, for_people, list_alerts
from monitor.cli.context import directories
from monitor.cli.output import print_clock, print_rows, row_format
from monitor.delivery import send_again, send_messages
from monitor.follow_up import follow_up
from monitor.lock import holding
from monitor.outbox import Digest, compose_messages
from monitor.sending_report import sending_lines

LOCK_WAIT_S = 60.0
STATES = frozenset({"open", "acknowledged", "dismissed", "resolved", "all"})


def _user() -> str:
    """Return who is at the keyboard; a container's user may have no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "nianbao"


def not_blank(_context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Refuse words that say nothing."""
    if not value.strip():
        raise click.BadParameter(say("不能为空", "say something"), param=parameter)
    return value.strip()


by_option = click.option("--by", default=_user, metavar="NAME", help="经办人 (默认当前用户).")
alert_argument = click.argument("alert_id", type=click.IntRange(min=1), metavar="ALERT")


@click.group()
def command() -> None:
    """提醒台账: 查看、认领、驳回、核准、责令整改、记录回复、发送."""


@command.command("list")
@directories
@click.option("--state", default="open,acknowledged", show_default=True, metavar="STATE[,STATE]",
              help="open, acknowledged, dismissed, resolved; all 为全部.")  # fmt: skip
@click.option("--body", metavar="ID", help="只列此单位.")
@click.option("--year", type=int, metavar="Y", help="只列此报告年度.")
@row_format
def list_command(
    at: Places, state: str, body: str | None, year: int | None, format_: str, output: Path | None
) -> None:
    """列出提醒."""
    states = [word.strip() for word in state.split(",")]
    if unknown := sorted(set(states) - STATES):
        raise click.UsageError(f"--state: {', '.join(unknown)}? ({', '.join(sorted(STATES))})")
    names = {id_: known.name for id_, known in load_bodies(at.config).items()}
    with Archive.open(at) as archive:
        rows = list_alerts(archive, states, body, year, names)
    if not rows and format_ == "table":
        click.echo(say("没有提醒。", "No alerts."))
        return
    if format_ == "table":
        print_rows(list(map(for_people, rows)), TABLE_COLUMNS, format_, output)
    else:
        print_rows(rows, LIST_COLUMNS, format_, output)


@command.command()
@directories
@alert_argument
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text")
def show(at: Places, alert_id: int, format_: str) -> None:
    """显示一条提醒: 问题、投递结果、经过."""
    names = {id_: known.name for id_, known in load_bodies(at.config).items()}
    with Archive.open(at) as archive:
        page = alert_page(archive, alert_id, names)
    print_clock(to_error=format_ == "json")
    click.echo(page.as_json() if format_ == "json" else page.as_text())


@command.command()
@directories
@alert_argument
@by_option
@click.option("--note", default="", metavar="TEXT")
def ack(at: Places, alert_id: int, by: str, note: str) -> None:
    """认领: 已有人办理."""
    with Archive.open(at) as archive:
        decisions.acknowledge(archive, alert_id, by, note)
    click.echo(say(f"提醒 {alert_id} 已认领。", f"alert {alert_id} acknowledged."))


@command.command()
@directories
@alert_argument
@by_option
@click.option("--reason", required=True, metavar="TEXT", help="驳回的理由, 记入台账.",
              callback=not_blank)  # fmt: skip
def dismiss(at: Places, alert_id: int, by: str, reason: str) -> None:
    """驳回: 数值不变则不再提醒."""
    with Archive.open(at) as archive:
        decisions.dismiss(archive, alert_id, by, reason)
    click.echo(say(f"提醒 {alert_id} 已驳回。", f"alert {alert_id} dismissed."))


@command.command()
@directories
@click.argument("alert_ids", nargs=-1, type=click.IntRange(min=1), metavar="[ALERT]...")
@click.option("--all", "all_", is_flag=True, help="核准全部暂缓的信息.")
@by_option
def approve(at: Places, alert_ids: tuple[int, ...], all_: bool, by: str) -> None:
    """核准: 放行暂缓发给主管部门的信息."""
    if bool(alert_ids) == all_:
        raise click.UsageError(say("请给出提醒编号, 或用 --all", "name alerts, or use --all"))
    with Archive.open(at) as archive:
        released = decisions.approve(archive, None if all_ else alert_ids, by)
    click.echo(say(f"已放行 {len(released)} 条提醒。", f"{len(released)} alerts released."))


@command.command()
@directories
@alert_argument
@by_option
@click.option("--due", required=True, type=click.DateTime(("%Y-%m-%d",)), help="整改期限.")
@click.option("--text", default="", metavar="TEXT", help="整改要求 (不公开).")
def order(at: Places, alert_id: int, by: str, due: datetime, text: str) -> None:
    """责令整改: 记录期限与要求."""
    due_on: date = due.date()
    if due_on < today():
        raise click.UsageError(say(f"--due {due_on}: 期限已过", f"--due {due_on} has passed"))
    with Archive.open(at) as archive:
        decisions.order_correction(archive, alert_id, by, due_on, text)
    click.echo(say(f"提醒 {alert_id}: 已记录, 限 {due_on} 前整改。", f"alert {alert_id}: due {due_on}."))


@command.command()
@directories
@alert_argument
@by_option
@click.option("--text", required=True, metavar="TEXT", callback=not_blank,
              help="答复内容; 在公开档案中列于该问题旁, 请勿写个人姓名、电话.")  # fmt: skip
@click.option("--private", is_flag=True, help="公开档案只显示已答复, 不显示内容.")
def reply(at: Places, alert_id: int, by: str, text: str, private: bool) -> None:
    """记录单位的答复."""
    with Archive.open(at) as archive:
        decisions.record_reply(archive, alert_id, by, text, is_public=not private)
    click.echo(say(f"提醒 {alert_id}: 答复已记录。", f"alert {alert_id}: reply recorded."))


def _send_lock(at: Places) -> Path:
    return at.data / "locks" / "_send.lock"


@command.command()
@directories
@click.option("--digest-now", is_flag=True, help="今天已发过汇总也再发一封.")
@click.option("--no-digest", is_flag=True, help="只发需立即告知的和到期重试的.")
@click.option("--retry", is_flag=True, help="不等待重试间隔, 失败的也重试.")
@click.option("--again", metavar="NUMBER", help="重发一封信息 (编号 NB...).")
@by_option
def send(at: Places, digest_now: bool, no_digest: bool, retry: bool, again: str | None, by: str) -> int:
    """发送应发的信息: 每个收件人、每个渠道、每种情况只发一次."""
    print_clock()
    config = load_alerts(at.config)
    bodies, calendar = load_bodies(at.config), load_calendar(at.config)
    with Archive.open(at) as archive, holding(_send_lock(at), wait_s=LOCK_WAIT_S):
        if again is not None and not send_again(archive, again, by):
            raise click.UsageError(say(f"没有编号为 {again} 的信息", f"there is no message {again}"))
        if config.is_quiet():
            click.echo(say("安静时段, 暂不发送。", "Quiet hours: nothing is sent."))
            return 0
        digest = Digest.NOW if digest_now else Digest.NONE if no_digest else Digest.WHEN_DUE
        if digest is not Digest.NONE:
            follow_up(archive, config, calendar)
        composed = compose_messages(archive, config, bodies, digest, calendar)
        sent = send_messages(archive, config, retry_now=retry)
    for line in sending_lines(composed, sent, config):
        click.echo(line)
    for reason in dict.fromkeys(sent.unusable):
        click.echo(f"nianbao: {reason}", err=True)
    return 1 if sent.unusable else 0
