"""What happened lately: portals, processing, the scheduler, its jobs, messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

from archive.derived import pending_originals
from archive.store import Archive, read_stamp, stamp
from config import clock
from config.clock import SHANGHAI
from config.language import say
from config.places import Places
from config.schedule import Schedule
from extract.version import EXTRACT_VERSION
from monitor.doctor.remark import Area, Level, Remark
from monitor.due import command_of, history_of, next_time
from monitor.heartbeat import read_heartbeat
from monitor.lock import is_held
from monitor.portal_states import portal_states
from monitor.roster import Roster
from monitor.schedule import LOCK_NAME

SILENT_AFTER = timedelta(minutes=5)
LATE_AFTER = timedelta(hours=6)
STALE_AFTER = timedelta(days=8)
_RUNS = Area.RUNS


def check_portals(archive: Archive, roster: Roster) -> Iterator[Remark]:
    """Yield portals whose last crawl failed, that were never crawled, or not for more than a week."""
    for state in portal_states(archive, roster):
        if not state["enabled"]:
            continue
        who = f"{state['name']} ({state['portal']})"
        if state["last_run_at"] is None:
            yield Remark(
                Area.PORTALS, Level.TROUBLE, say(f"{who} 从未采集", f"{who} was never crawled"),
                f"nianbao crawl --portal {state['portal']}",
            )  # fmt: skip
        elif state["outcome"] != "ok":
            yield Remark(
                Area.PORTALS, Level.TROUBLE,
                say(
                    f"{who} 最近一次采集未成功 ({state['trouble'] or state['outcome']}),"
                    f" 最近正常 {state['last_good_on'] or '从未'}",
                    f"{who}: the last crawl failed ({state['trouble'] or state['outcome']}),"
                    f" last good {state['last_good_on'] or 'never'}",
                ),
                say("此期间该门户的单位一律判为“无法判断”", "its bodies are undecided meanwhile"),
            )  # fmt: skip
        elif clock.now() - read_stamp(state["last_run_at"]) > STALE_AFTER:
            yield Remark(
                Area.PORTALS, Level.TROUBLE,
                say(f"{who} 已逾一周未采集", f"{who} was not crawled for more than a week"),
                say("运行 nianbao watch, 或手工 nianbao crawl", "run nianbao watch, or nianbao crawl"),
            )  # fmt: skip


def check_processing(archive: Archive) -> Iterator[Remark]:
    """Yield documents that wait to be read."""
    if waiting := len(pending_originals(archive, EXTRACT_VERSION)):
        yield Remark(
            _RUNS, Level.NOTE, say(f"{waiting} 份文件待读取", f"{waiting} documents wait to be read"),
            "nianbao process",
        )  # fmt: skip


def check_watch(at: Places) -> Iterator[Remark]:
    """Yield whether the scheduler runs and lives."""
    beat = read_heartbeat(at)
    if not is_held(at.data / "locks" / LOCK_NAME):
        since = f"{beat.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if beat else say("从未", "never")
        yield Remark(
            _RUNS, Level.NOTE,
            say(f"值守未在运行 (最近 {since})", f"the scheduler is not running (last: {since})"),
            "nianbao watch",
        )  # fmt: skip
    elif beat is None or clock.now() - beat.at > SILENT_AFTER:
        yield Remark(
            _RUNS, Level.TROUBLE,
            say("值守进程在, 但五分钟以上没有心跳", "the scheduler holds its lock and gives no sign of life"),
            say("重启 nianbao watch", "restart nianbao watch"),
        )  # fmt: skip


def check_jobs(archive: Archive, schedule: Schedule) -> Iterator[Remark]:
    """Yield jobs whose last run failed, and those that should have run hours ago."""
    now = clock.now()
    for job in schedule.jobs:
        history = history_of(archive, job, now)
        if history.failures:
            yield Remark(
                _RUNS, Level.TROUBLE,
                say(
                    f"{job.id} 连续失败 {history.failures} 次: {_last_line(archive, command_of(job))}",
                    f"{job.id} failed {history.failures} times: {_last_line(archive, command_of(job))}",
                ),
                say(f"查看数据目录 logs/{job.id}.log", f"see logs/{job.id}.log in the data directory"),
            )  # fmt: skip
        due_at = next_time(job, history.started_at) if history.started_at else None
        if due_at is not None and now - due_at > LATE_AFTER:
            yield Remark(
                _RUNS, Level.TROUBLE,
                say(
                    f"{job.id} 应于 {due_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 运行, 至今未运行",
                    f"{job.id} should have run at {due_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
                ),
                "nianbao watch",
            )  # fmt: skip


def check_deliveries(archive: Archive) -> Iterator[Remark]:
    """Yield messages that failed, whose end is unknown, that wait, or that somebody must approve."""
    late = {"late": stamp(clock.now() - timedelta(days=1))}
    for sql, level, chinese, english, remedy in (
        ("select count(*) as n from deliveries where state = 'failed'", Level.TROUBLE,
         "封信息多次投递失败", "messages failed", "nianbao alerts send --retry"),
        ("select count(*) as n from deliveries where state = 'unknown' and finished_at is not null",
         Level.TROUBLE, "封信息投递结果不明 (delivery unknown)", "messages: delivery unknown",
         "nianbao alerts list; nianbao alerts send --again NUMBER"),
        ("select count(*) as n from deliveries where state = 'queued' and created_at < :late", Level.TROUBLE,
         "封信息一天以上未能送出", "messages wait for more than a day", "nianbao alerts send"),
        ("select count(distinct alert_id) as n from notices where state = 'held'", Level.NOTE,
         "条提醒暂缓, 待核准", "alerts are held until approved", "nianbao alerts approve"),
    ):  # fmt: skip
        row = archive.row(sql, late if ":late" in sql else {})
        if row and row["n"]:
            yield Remark(_RUNS, level, say(f"{row['n']} {chinese}", f"{row['n']} {english}"), remedy)


def _last_line(archive: Archive, command: str) -> str:
    row = archive.row(
        "select detail from runs where command = :command and outcome = 'failed' order by id desc limit 1",
        {"command": command},
    )
    return str(json.loads(row["detail"] or "{}").get("last_line", "")) if row else ""
