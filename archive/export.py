"""The data set: every public table as a file, its data dictionary, and checksums.

Exported is the public copy and nothing else, so that a data set holds what the site shows. The
dictionary is a Frictionless data package (datapackage.json) with the words of both languages.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.errors import ExportRefused, NotPublished
from archive.public import PublicTable, public_tables
from archive.publish import read_about
from archive.tabular import WRITERS
from config.site import SiteSettings

PACKAGE_FILE = "datapackage.json"
SUMS_FILE = "SHA256SUMS"
FIELD_TYPES = {"text": "string", "integer": "integer", "real": "number"}
MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TOO_LONG_FOR_A_CELL = frozenset({"sections", "facts", "problems", "finding"})
UNITS = {"amount": "万元"}
KEYS = {"sha256": "reports", "body": "bodies", "document_id": "documents"}
"""Columns that point to the key of another table."""
MAY_BE_EMPTY = {("coverage", "area"), ("coverage", "kind")}
"""Columns of a key in which an empty text has a meaning."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: number of tables, and of rows in all."""

    tables: int
    rows: int


def export(
    public_copy: Path, target: Path, format_: str, settings: SiteSettings, *, beside_pages: bool = False
) -> Exported:
    """Write the data set to the folder `target`; raises NotPublished or ExportRefused.

    A folder with anything but an earlier export in it is refused. `xlsx` leaves out the columns that
    hold whole texts; `beside_pages` lets the data set stand in a folder that holds web pages too.
    """
    if not public_copy.exists():
        raise NotPublished(f"{public_copy} 还不存在: 请先运行 nianbao publish")
    foreign = target.exists() and any(target.iterdir()) and not (target / PACKAGE_FILE).exists()
    if foreign and not beside_pages:
        raise ExportRefused(f"{target} 不是空目录, 也不是以前的导出: 请换一个目录")
    target.mkdir(parents=True, exist_ok=True)
    resources, rows = [], 0
    with closing(sqlite3.connect(f"{public_copy.as_uri()}?mode=ro", uri=True)) as db:
        for table in public_tables().tables:
            path = target / f"{table.name}.{format_}"
            rows += _write_table(db, table, path, format_)
            resources.append(_resource(table, path, format_))
    package = _package(resources, read_about(public_copy), settings)
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (target / PACKAGE_FILE).write_text(text, encoding="utf-8")
    _write_sums(target, [*(resource["path"] for resource in resources), PACKAGE_FILE])
    return Exported(len(resources), rows)


def _columns(table: PublicTable, format_: str) -> dict[str, str]:
    left_out = TOO_LONG_FOR_A_CELL if format_ == "xlsx" else frozenset()
    return {name: column[0] for name, column in table.columns.items() if name not in left_out}


def _write_table(db: sqlite3.Connection, table: PublicTable, path: Path, format_: str) -> int:
    columns = _columns(table, format_)
    names = ", ".join(f'"{name}"' for name in columns)
    order = ", ".join(f'"{name}"' for name in table.key)
    WRITERS[format_](path, columns, db.execute(f'select {names} from "{table.name}" order by {order}'))  # noqa: S608
    return int(db.execute(f'select count(*) from "{table.name}"').fetchone()[0])  # noqa: S608


def _resource(table: PublicTable, path: Path, format_: str) -> dict[str, Any]:
    content = path.read_bytes()
    dialect = {"encoding": "utf-8-sig"} if format_ == "csv" else {}
    return {
        "name": table.name,
        "title": table.zh,
        "description": table.en,
        "path": path.name,
        "format": format_,
        "mediatype": MEDIA_TYPES[format_],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        **dialect,
        "schema": {
            "fields": [_field(table, name, type_) for name, type_ in _columns(table, format_).items()],
            "primaryKey": list(table.key),
            "foreignKeys": _foreign_keys(table),
            "missingValues": [""],
        },
    }


def _field(table: PublicTable, name: str, type_: str) -> dict[str, Any]:
    _type, zh, en = table.columns[name]
    unit = {"unit": UNITS[name]} if name in UNITS else {}
    is_required = name in table.key and (table.name, name) not in MAY_BE_EMPTY
    required = {"constraints": {"required": True}} if is_required else {}
    return {"name": name, "type": FIELD_TYPES[type_], "title": zh, "title_en": en, **unit, **required}


def _foreign_keys(table: PublicTable) -> list[dict[str, Any]]:
    known = {other.name: other for other in public_tables().tables}
    return [
        {"fields": [name], "reference": {"resource": KEYS[name], "fields": list(known[KEYS[name]].key)}}
        for name in table.columns
        if name in KEYS and (table.name, name) != (KEYS[name], known[KEYS[name]].key[0])
    ]


def _package(
    resources: list[dict[str, Any]], about: dict[str, str], settings: SiteSettings
) -> dict[str, Any]:
    named = {"name": settings.licence_id, "title": settings.licence, "title_en": settings.licence_en}
    licences = {"licenses": [named]} if settings.licence_id else {}  # the standard wants a name
    simulated = {"simulated_now": about["simulated_now"]} if about.get("simulated_now") else {}
    return {
        "profile": "data-package",
        "name": "nianbao",
        "title": settings.title,
        "title_en": settings.title_en,
        "created": about.get("as_of") or "",
        **simulated,
        "description": f"{settings.licence} | {settings.licence_en}",
        **licences,
        "resources": resources,
    }


def _write_sums(folder: Path, names: list[str]) -> None:
    lines = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in sorted(names)
    ]
    (folder / SUMS_FILE).write_text("".join(lines), encoding="utf-8")
