"""Tables as files: CSV, XLSX, Parquet, JSON Lines; the same rows give the same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from archive.errors import ExportRefused

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MOST_XLSX_ROWS = 1_048_575
BATCH_ROWS = 50_000
CORE_TIME = re.compile(rb">\d{4}-\d\d-\d\dT[\d:]+Z<")
FIRST_SHEET = "xl/worksheets/sheet1.xml"
BEFORE_VIEWS = re.compile(rb"<sheetViews")
XLSX_DAY = (1980, 1, 1, 0, 0, 0)
Columns: TypeAlias = Mapping[str, str]
"""Name of a column -> its SQLite type: text, integer or real."""
Rows: TypeAlias = Iterable[Sequence[Any]]


def write_csv(path: Path, columns: Columns, rows: Rows) -> None:
    """Write CSV with a byte order mark, so that spreadsheets read the Chinese; null is empty."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([defused(value) for value in row] for row in rows)


def write_jsonl(path: Path, columns: Columns, rows: Rows) -> None:
    """Write one JSON object a line."""
    names = list(columns)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            told = dict(zip(names, row, strict=True))
            file.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")


def write_parquet(path: Path, columns: Columns, rows: Rows) -> None:
    """Write Parquet (zstd); raises ExportRefused where pyarrow is not installed."""
    try:
        pa, pq = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise ExportRefused("Parquet 需要 pyarrow: pip install pyarrow") from error
    types = {"text": pa.string(), "integer": pa.int64(), "real": pa.float64()}
    schema = pa.schema([(name, types[type_]) for name, type_ in columns.items()])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            arrays = [
                pa.array(values, type_)
                for values, type_ in zip(zip(*batch, strict=True), schema.types, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def write_xlsx(path: Path, columns: Columns, rows: Rows) -> None:
    """Write one sheet with a frozen heading; raises ExportRefused where a sheet cannot hold the rows."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(path.stem)
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    number = 0
    for number, row in enumerate(rows, 1):
        if number > MOST_XLSX_ROWS:
            raise ExportRefused(f"{path.name}: 超过 {MOST_XLSX_ROWS} 行, Excel 放不下: 请用 csv 或 parquet")
        sheet.append([defused(value) for value in row])
    written = io.BytesIO()
    book.save(written)
    path.write_bytes(sized(timeless(written.getvalue()), f"A1:{get_column_letter(len(columns))}{number + 1}"))


def defused(value: object) -> object:
    """Return a spreadsheet-safe cell: text that would run as a formula gets a leading apostrophe."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def timeless(workbook: bytes) -> bytes:
    """Return an XLSX file without the time of its making, so that the same rows give the same bytes."""
    return _rewritten(workbook, "docProps/core.xml", CORE_TIME, b">1980-01-01T00:00:00Z<")


def sized(workbook: bytes, cells: str) -> bytes:
    """Return an XLSX file whose sheet names its extent, so that readers see the blank cells at the end."""
    return _rewritten(workbook, FIRST_SHEET, BEFORE_VIEWS, f'<dimension ref="{cells}"/><sheetViews'.encode())


def _rewritten(workbook: bytes, name: str, pattern: re.Pattern[bytes], words: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(made, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == name:
                content = pattern.sub(words, content)
            entry = zipfile.ZipInfo(item.filename, XLSX_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return made.getvalue()


def _batches(rows: Rows) -> Iterable[list[Sequence[Any]]]:
    batch: list[Sequence[Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH_ROWS:
            yield batch
            batch = []
    if batch:
        yield batch


WRITERS: dict[str, Callable[[Path, Columns, Rows], None]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}
