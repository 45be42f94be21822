"""The configuration: every file loads, every channel can be opened, every body is looked for and told of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import TypeVar

from config import clock
from config.alerts import AlertConfig, fill_secrets, load_alerts
from config.errors import ConfigError
from config.language import say
from config.places import Places
from config.schedule import load_schedule
from config.workdays import WorkCalendar, load_calendar
from monitor.channels import open_channel
from monitor.doctor.remark import Area, Level, Remark
from monitor.roster import Roster, load_roster
from monitor.rules.packs import load_due_days

T = TypeVar("T")
SHOWN = 5
SEASON_AHEAD = timedelta(days=30)
_AREA = Area.CONFIGURATION


def check_configuration(at: Places) -> Iterator[Remark]:
    """Yield what is wrong with the configuration; a file that does not load hides no other."""
    if not at.config.is_dir():
        yield Remark(
            _AREA, Level.TROUBLE,
            say(f"配置目录 {at.config} 不存在", f"there is no configuration directory {at.config}"),
            say("用 --config 或 NIANBAO_CONFIG 指明", "name it with --config or NIANBAO_CONFIG"),
        )  # fmt: skip
        return
    mistakes: list[Remark] = []
    roster = _loaded(lambda: load_roster(at.config), mistakes)
    alerts = _loaded(lambda: load_alerts(at.config), mistakes)
    _loaded(lambda: load_due_days(at.config), mistakes)
    schedule = _loaded(lambda: load_schedule(at.config), mistakes)
    calendar = _loaded(lambda: load_calendar(at.config), mistakes)
    yield from mistakes
    if schedule is not None and schedule.dead_man_url is not None:
        yield from _check_dead_man(schedule.dead_man_url)
    if calendar is not None:
        yield from _check_calendar(calendar)
    if roster is not None:
        yield from _check_roster(roster)
    if alerts is not None:
        yield from _check_channels(alerts)
    if roster is not None and alerts is not None:
        yield from _check_supervisors(roster, alerts)


def _loaded(load: Callable[[], T], mistakes: list[Remark]) -> T | None:
    try:
        return load()
    except ConfigError as error:
        mistakes.append(Remark(_AREA, Level.TROUBLE, str(error)))
        return None


def _check_roster(roster: Roster) -> Iterator[Remark]:
    if not roster.portals or not roster.bodies:
        yield Remark(
            _AREA, Level.TROUBLE,
            say(
                f"名录 {len(roster.bodies)} 个单位, 门户 {len(roster.portals)} 个",
                f"{len(roster.bodies)} bodies and {len(roster.portals)} portals are configured",
            ),
            say("在 config/bodies 与 config/portals 中登记", "add them to config/bodies and config/portals"),
        )  # fmt: skip
        return
    homeless = [body.name for body in roster.bodies.values() if not roster.portals_of(body)]
    if homeless:
        yield Remark(
            _AREA, Level.TROUBLE,
            say(
                f"{len(homeless)} 个单位没有登记门户, 无从判断: {_some(homeless)}",
                f"{len(homeless)} bodies have no portal: {_some(homeless)}",
            ),
            say("在名录的 portals 一栏填写", "fill in the column portals of the roster"),
        )  # fmt: skip
    unconfirmed = [body.name for body in roster.bodies.values() if not body.confirmed]
    if unconfirmed:
        yield Remark(
            _AREA, Level.NOTE,
            say(
                f"{len(unconfirmed)} 个单位待核实, 不计入比率, 只提醒运行维护人员: {_some(unconfirmed)}",
                f"{len(unconfirmed)} bodies are unconfirmed: {_some(unconfirmed)}",
            ),
        )  # fmt: skip


def _check_channels(alerts: AlertConfig) -> Iterator[Remark]:
    """Open every channel without sending anything: secrets that are missing show here."""
    recipients = {"operator": alerts.operator, **alerts.recipients}
    channels: Mapping[str, str] = {
        f"{name}.{channel}": address
        for name, recipient in recipients.items()
        for channel, address in recipient.channels.items()
    }
    if not channels:
        yield Remark(
            _AREA, Level.NOTE,
            say("alerts.yml 没有任何收件渠道, 提醒只记入台账", "alerts.yml names no channel: nobody is told"),
        )  # fmt: skip
    elif not alerts.operator.channels:
        yield Remark(
            _AREA, Level.TROUBLE,
            say("没有运行维护人员的渠道, 采集故障无人知晓", "the operator has no channel"),
            say("在 alerts.yml 的 operator.channels 中填写", "fill in operator.channels of alerts.yml"),
        )  # fmt: skip
    for name, address in channels.items():
        try:
            open_channel(address, name)
        except ConfigError as error:
            yield Remark(_AREA, Level.TROUBLE, str(error))


def _check_supervisors(roster: Roster, alerts: AlertConfig) -> Iterator[Remark]:
    if not alerts.recipients:
        return
    known = {body.supervisor for body in roster.bodies.values()}
    deaf = sorted(name or "-" for name in known if not alerts.recipients_for(name))
    if deaf:
        yield Remark(
            _AREA, Level.TROUBLE,
            say(
                f"名录中的主管部门没有收件人: {_some(deaf)}",
                f"supervisors of the roster without a recipient: {_some(deaf)}",
            ),
            say("在 alerts.yml 的 recipients 中填写", "fill in recipients of alerts.yml"),
        )  # fmt: skip


def _check_dead_man(url: str) -> Iterator[Remark]:
    """Fill in the secret without fetching anything."""
    try:
        fill_secrets(url)
    except ConfigError as error:
        reason = str(error).replace("alerts.yml", "schedule.yml: dead_man_url")
        yield Remark(_AREA, Level.TROUBLE, reason)


def _check_calendar(calendar: WorkCalendar) -> Iterator[Remark]:
    """Say in time that next season's holidays are not known: they are announced each autumn."""
    due_year = (clock.today() + SEASON_AHEAD).year
    if not calendar.knows(due_year):
        yield Remark(
            _AREA, Level.NOTE,
            say(
                f"{due_year} 年的放假安排未知，催办按周一至周五计算并注明“节假日未核”",
                f"the holidays of {due_year} are not known: reminders count Monday to Friday",
            ),
            say(
                "升级 chinesecalendar，或写入 config/holidays.yml",
                "upgrade chinesecalendar, or fill in holidays.yml",
            ),
        )  # fmt: skip


def _some(names: list[str]) -> str:
    more = len(names) - SHOWN
    return "、".join(names[:SHOWN]) + (say(f" 等 {len(names)} 个", f" and {more} more") if more > 0 else "")
