"""The roster as files: rows out, CSV or XLSX in, checked whole before anything is replaced."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from config.bodies import COLUMNS, Body, load_bodies, read_bodies
from config.errors import ConfigError
from config.portals import load_portals
from config.yaml_model import read_config_text
from monitor.roster import Mistake, Roster, roster_mistakes

HEADINGS = {
    "id": "编号", "name": "名称", "aliases": "别名", "kind": "类别", "division": "区划代码",
    "supervisor": "主管部门", "portals": "网站", "since": "首个年度", "until": "最后年度",
    "confirmed": "已核实",
}  # fmt: skip


def body_row(body: Body) -> dict[str, Any]:
    """Return a body the way the CSV holds it: lists joined by ;, nothing as empty."""
    return {
        "id": body.id,
        "name": body.name,
        "aliases": ";".join(body.aliases),
        "kind": str(body.kind),
        "division": body.division,
        "supervisor": body.supervisor,
        "portals": ";".join(body.portals),
        "since": body.since or "",
        "until": body.until or "",
        "confirmed": "yes" if body.confirmed else "no",
    }


def import_bodies(config_dir: Path, source: Path) -> tuple[Path, int]:
    """Check a CSV or XLSX roster with everything else configured, then write it into config/bodies.

    The file of the same name is replaced; an id that another file has is refused. Returns where it
    was written and how many bodies it holds; raises ConfigError with line and reason.
    """
    text = _xlsx_text(source) if source.suffix.lower() == ".xlsx" else read_config_text(source)
    bodies = _unique(read_bodies(text, str(source)), str(source))
    target = config_dir / "bodies" / f"{source.stem}.csv"
    others = _others(config_dir, target)
    for line, body in bodies:
        if body.id in others:
            raise ConfigError(f"{source}:{line}: id: {body.id!r} 已在另一名录文件中")
    read = {body.id: body for _line, body in bodies}
    mistakes = roster_mistakes(Roster({**others, **read}, load_portals(config_dir)))
    if mistakes:
        places = {body.id: f"{source}:{line}" for line, body in bodies}
        raise ConfigError(_placed(mistakes[0], places, config_dir))
    _write(target, [body_row(body) for body in read.values()])
    return target, len(read)


def add_bodies(config_dir: Path, name: str, bodies: Sequence[Body]) -> Path:
    """Add bodies to the file `name` of config/bodies, checked with everything else configured.

    What the file holds already stays. Returns the file; raises ConfigError with the reason.
    """
    target = config_dir / "bodies" / name
    known = load_bodies(config_dir)
    mistakes = roster_mistakes(
        Roster({**known, **{body.id: body for body in bodies}}, load_portals(config_dir))
    )
    new = {body.id for body in bodies}
    for mistake in mistakes:
        if mistake.body is None or mistake.body in new:
            raise ConfigError(f"{target}: {mistake}")
    kept = read_bodies(read_config_text(target), str(target)) if target.exists() else []
    _write(target, [body_row(body) for body in (*(one for _line, one in kept), *bodies)])
    return target


def check_roster(config_dir: Path) -> list[str]:
    """Return every mistake of roster and portals: FILE:LINE: KEY: REASON."""
    try:
        roster = Roster(load_bodies(config_dir), load_portals(config_dir))
    except ConfigError as error:
        return str(error).split("; ")
    mistakes = roster_mistakes(roster)
    places = _places(config_dir) if mistakes else {}
    return [_placed(mistake, places, config_dir) for mistake in mistakes]


def _places(config_dir: Path) -> dict[str, str]:
    """Return file and line of each body."""
    return {
        body.id: f"{path}:{line}"
        for path in sorted((config_dir / "bodies").glob("**/*.csv"))
        for line, body in read_bodies(read_config_text(path), str(path))
    }


def _placed(mistake: Mistake, places: Mapping[str, str], config_dir: Path) -> str:
    if mistake.body is not None:
        return f"{places.get(mistake.body, config_dir / 'bodies')}: {mistake.reason}"
    path = next((config_dir / "portals").glob(f"**/{mistake.portal}.yml"))
    return f"{path}:1: {mistake.reason}"


def _others(config_dir: Path, target: Path) -> dict[str, Body]:
    """Load the bodies of all roster files but the one that is replaced."""
    others: dict[str, Body] = {}
    for path in sorted((config_dir / "bodies").glob("**/*.csv")):
        if path != target:
            others.update({body.id: body for _line, body in read_bodies(read_config_text(path), str(path))})
    return others


def _unique(bodies: Iterable[tuple[int, Body]], source: str) -> list[tuple[int, Body]]:
    seen: dict[str, int] = {}
    found = list(bodies)
    for line, body in found:
        if body.id in seen:
            raise ConfigError(f"{source}:{line}: id: {body.id!r} 已用于第 {seen[body.id]} 行")
        seen[body.id] = line
    return found


def _xlsx_text(source: Path) -> str:
    """Return the first sheet as CSV; headings may be ours (编号, 名称 ...) or the English keys."""
    from openpyxl import load_workbook

    try:
        # from memory: a sheet that is read in passing keeps its file open
        sheet = load_workbook(io.BytesIO(source.read_bytes()), data_only=True).worksheets[0]
        rows = [
            ["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise ConfigError(f"{source}: 不是可读的 XLSX 文件: {error}") from error
    keys = {heading: key for key, heading in HEADINGS.items()}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for number, row in enumerate(rows):
        writer.writerow([keys.get(cell, cell) for cell in row] if number == 0 else row)
    return text.getvalue()


def _write(target: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write beside the place and rename, so that no half roster is ever read."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.new")
    unfinished.write_text(text.getvalue(), "utf-8")
    unfinished.replace(target)
