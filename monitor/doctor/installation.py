"""The installation: interpreter, SQLite, time zone, disk, data directory, clock."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from config import clock
from config.language import say
from config.places import Places
from monitor.doctor.remark import Area, Level, Remark

OLDEST_SQLITE = (3, 37, 0)
"""STRICT tables."""
FREE_BYTES_MIN = 2_000_000_000
_AREA = Area.INSTALLATION


def check_installation(at: Places) -> Iterator[Remark]:
    """Yield what is wrong with the program and the machine it runs on."""
    yield from _check_sqlite()
    yield from _check_folder(at.data)
    if (simulated := clock.simulated_now()) is not None:
        yield Remark(
            _AREA, Level.NOTE,
            say(f"时钟由 NIANBAO_NOW 设为 {simulated.isoformat()}", f"the clock is set to {simulated}"),
            say("正式运行前请取消该变量", "unset it before real work"),
        )  # fmt: skip


def _check_sqlite() -> Iterator[Remark]:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield Remark(
            _AREA, Level.TROUBLE,
            say(f"SQLite {sqlite3.sqlite_version} 过旧", f"SQLite {sqlite3.sqlite_version} is too old"),
            say("需要 3.37 或更新的 SQLite", "use SQLite 3.37 or newer"),
        )  # fmt: skip
    with sqlite3.connect(":memory:") as memory:
        options = {row[0] for row in memory.execute("pragma compile_options")}
    memory.close()
    if "ENABLE_FTS5" not in options:
        yield Remark(
            _AREA, Level.TROUBLE,
            say("SQLite 不含全文检索 (FTS5), 公开档案不能搜索", "SQLite lacks FTS5: no search"),
            say("换用带 FTS5 的 Python 或 SQLite", "use a Python whose SQLite has FTS5"),
        )  # fmt: skip


def _check_folder(data: Path) -> Iterator[Remark]:
    existing = next(folder for folder in (data, *data.parents) if folder.exists())
    if not os.access(existing, os.W_OK):
        yield Remark(
            _AREA, Level.TROUBLE,
            say(f"数据目录 {data} 不可写", f"the data directory {data} cannot be written"),
            say(f"给运行用户 {existing} 的写权限", f"let this user write {existing}"),
        )  # fmt: skip
    free_bytes = shutil.disk_usage(existing).free
    if free_bytes < FREE_BYTES_MIN:
        free = f"{free_bytes / 1e9:.1f} GB"
        yield Remark(
            _AREA, Level.TROUBLE,
            say(f"{existing} 所在磁盘只剩 {free}", f"only {free} free for {existing}"),
            say("清理磁盘, 或把数据目录移到大盘", "make room, or move the data directory"),
        )  # fmt: skip
