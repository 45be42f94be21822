"""`nianbao status`: the compliance matrix with counts."""

from __future__ import annotations

from pathlib import Path

import click

from archive.store import Archive, Row
from config.bodies import BodyKind
from config.language import is_english, say
from config.places import Places
from monitor.cli.context import directories, year_option
from monitor.cli.output import print_rows, row_format
from monitor.coverage import OVERDUE, StandingKind
from monitor.matrix import KIND_WORDS, compliance_matrix, is_overdue, standing_counts
from monitor.matrix_counts import GROUPS, matrix_counts
from monitor.pipeline import outcome_counts
from monitor.standing_words import KINDS, READINGS, REASONS

EXIT_OVERDUE = 1
TABLE_COLUMNS = {
    "name": "机关",
    "kind_word": "类别",
    "standing_word": "公布状况",
    "reason_word": "理由",
    "reading_word": "读取",
    "published_on": "公布日期",
    "due_on": "期限",
    "findings": "问题",
}
DATA_COLUMNS = {
    "body": "编号",
    "name": "机关",
    "kind": "类别",
    "division": "区划",
    "supervisor": "主管部门",
    "confirmed": "已核实",
    "year": "年度",
    "standing": "公布状况",
    "reason": "理由",
    "reading": "读取",
    "basis": "来源",
    "due_on": "期限",
    "due_basis": "期限依据",
    "published_on": "公布日期",
    "findings": "问题",
    "sentence": "说明",
    "decided_at": "判定时间",
}
GROUP_COLUMNS = {"supervisor": "主管部门", "kind": "类别", "area": "区划", "year": "年度"}
COUNT_COLUMNS = {
    "total": "应报",
    **{str(kind): words for kind, words in KINDS.items()},
    "on_time": "按期率",
    "judged": "可判断率",
}
OUTCOMES = {
    "report": ("报告", "reports"),
    "rejected": ("不是报告", "rejected"),
    "problem": ("不能读取", "problems"),
    "pending": ("待读取", "pending"),
}


def _read_groups(_ctx: click.Context, _option: click.Parameter, value: str | None) -> tuple[str, ...]:
    names = tuple(part.strip() for part in (value or "").split(",") if part.strip())
    if unknown := sorted(set(names) - set(GROUPS)):
        raise click.BadParameter(f"{', '.join(unknown)}? ({', '.join(GROUPS)})")
    return tuple(dict.fromkeys(names))


@click.command()
@directories
@year_option
@click.option("--supervisor", metavar="ID", help="只列此主管部门的机关.")
@click.option("--by", callback=_read_groups, metavar="GROUP[,GROUP]",
              help="分组统计: supervisor, kind, area, year (year: 所有年度).")  # fmt: skip
@row_format
def command(
    at: Places, year: int, supervisor: str | None, by: tuple[str, ...], format_: str, output: Path | None
) -> int:
    """列出各机关年度报告的公布状况, 或分组统计; 有逾期的以 1 结束."""
    with Archive.open(at) as archive:
        if by:
            counted = matrix_counts(archive, at.config, None if "year" in by else year, by, supervisor)
            return _print_counts(counted, by, format_, output)
        rows = compliance_matrix(archive, at.config, year, supervisor)
        outcomes = outcome_counts(archive)
    if format_ == "table":
        print_rows([_shown(row) for row in rows], TABLE_COLUMNS, format_, output)
        for line in _summary(rows, year, outcomes):
            click.echo(line)
        if not rows:
            click.echo(_why_empty(at, supervisor), err=True)
    else:
        print_rows([_as_data(row) for row in rows], DATA_COLUMNS, format_, output)
    return EXIT_OVERDUE if is_overdue(rows) else 0


def _why_empty(at: Places, supervisor: str | None) -> str:
    """Say what to do about a matrix without rows: a wrong --config looks just like it."""
    if supervisor:
        return say(f"没有归 {supervisor} 主管的机关", f"no body belongs to {supervisor}")
    folder = at.config / "bodies"
    return say(
        f"{folder} 中没有机关名册: 先运行 nianbao bodies init --division 代码, 或用 --config 指定配置目录",
        f"no roster in {folder}: nianbao bodies init --division CODE makes one, --config names another place",
    )


def _print_counts(rows: list[Row], by: tuple[str, ...], format_: str, output: Path | None) -> int:
    """Print one row a group; exit 1 where somebody is overdue."""
    columns = {name: GROUP_COLUMNS[name] for name in by} | COUNT_COLUMNS
    if format_ == "table":
        shown = [{key: _shown_count(key, value) for key, value in row.items()} for row in rows]
        print_rows(shown, columns, format_, output)
    else:
        print_rows(rows, columns, format_, output)
    return EXIT_OVERDUE if any(row[kind] for row in rows for kind in OVERDUE) else 0


def _shown_count(key: str, value: object) -> object:
    if key == "kind":
        return say(KIND_WORDS[BodyKind(str(value))], str(value))
    return f"{value:.1%}" if isinstance(value, float) else value


def _as_data(row: Row) -> Row:
    return {**{key: row.get(key) for key in DATA_COLUMNS}, "confirmed": bool(row["confirmed"])}


def _shown(row: Row) -> Row:
    standing, reason, reading = row["standing"], row.get("reason"), row.get("reading")
    marked = "" if row["confirmed"] else say("（待核实）", " (unconfirmed)")
    return {
        **row,
        "name": f"{row['name']}{marked}",
        "kind_word": say(KIND_WORDS[BodyKind(row["kind"])], row["kind"]),
        "standing_word": say(KINDS[StandingKind(standing)], standing),
        "reason_word": reason if is_english() else REASONS.get(reason or "", reason),
        "reading_word": reading if is_english() else READINGS.get(reading or "", reading),
    }


def _summary(rows: list[Row], year: int, outcomes: dict[str, int]) -> list[str]:
    """Return the counts by standing, and how the stored documents ended."""
    counts = standing_counts(rows)
    unconfirmed = sum(not row["confirmed"] for row in rows)
    told = say("，", ", ").join(
        f"{say(word, str(kind))} {counts[kind]}" for kind, word in KINDS.items() if counts[kind]
    )
    lines = [
        say(f"{year} 年度: 应报 {counts.total()}", f"Report year {year}: {counts.total()} bodies")
        + (say("，", ", ") + told if told else "")
        + (say(f"；待核实 {unconfirmed}", f"; unconfirmed {unconfirmed}") if unconfirmed else "")
    ]
    ended = say("，", ", ").join(f"{say(*words)} {outcomes[key]}" for key, words in OUTCOMES.items())
    return [*lines, say("已存文件: ", "Stored documents: ") + ended]
