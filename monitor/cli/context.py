"""What most commands share: the directories, and the year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from config import clock
from config.places import Places, places

F = TypeVar("F", bound=Callable[..., Any])


def directories(function: F) -> F:
    """Add --data and --config; the command gets one argument `at` (Places)."""

    def resolve(ctx: click.Context, _option: click.Parameter, value: str | None) -> str | None:
        ctx.meta["nianbao.data"] = value
        return value

    def to_places(ctx: click.Context, _option: click.Parameter, value: str | None) -> Places:
        return places(ctx.meta.get("nianbao.data"), value)

    data = click.option(
        "--data", is_eager=True, expose_value=False, callback=resolve, metavar="DIR",
        help="数据目录 (默认 NIANBAO_DATA, 否则 ./data).",
    )  # fmt: skip
    config = click.option(
        "--config", "at", callback=to_places, metavar="DIR",
        help="配置目录 (默认 NIANBAO_CONFIG, 否则 ./config).",
    )  # fmt: skip
    return data(config(function))


def year_option(function: F) -> F:
    """Add --year: the report's year, by default last calendar year in Asia/Shanghai."""
    return click.option(
        "--year", type=click.IntRange(2008, 2100), default=clock.default_year, metavar="Y",
        help="报告年度 (默认上一年: 2024 年度报告于 2025 年公布).",
    )(function)  # fmt: skip
