"""Compare a normalized text with the truth beside a corpus file: every number at its row and column."""

import json
import re
import unicodedata
from decimal import Decimal
from pathlib import Path

from config.formats import load_forms
from extract.model import NormalizedText

FORM = load_forms()["2021"]
COLUMN_COUNTS = {"requests": 7, "remedies": 15}


def truth_of(path: Path) -> dict:
    """The truth of a corpus file, by the part of its name before the renderer."""
    stem = re.match(r"seed\d+-[a-z]+", path.name).group(0)
    return json.loads((path.parent / f"{stem}.truth.json").read_text("utf-8"))


def bare(text: str) -> str:
    """Letters and digits only, half-width."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


def tables_of(text: str) -> list[list[list[str]]]:
    """The tables of a normalized text."""
    blocks = [block.split("\n") for block in text.rstrip("\n").split("\n\n")]
    return [[line.split("\t") for line in block] for block in blocks if all("\t" in line for line in block)]


def number(raw: str) -> Decimal | str | None:
    """A cell's number, None where it is blank, the raw text where it is something else."""
    if not raw:
        return None
    return Decimal(raw) if re.fullmatch(r"\d+(\.\d+)?", raw) else raw


def read_numbers(normalized: NormalizedText) -> dict[str, Decimal | str | None]:
    """Every official cell found by its label, as path -> number."""
    found: dict[str, Decimal | str | None] = {}
    for table in tables_of(normalized.text):
        words = {bare(cell) for row in table for cell in row}
        if bare("第二十条第（一）项") in words:
            found |= read_disclosure(table)
        elif bare("一、本年新收政府信息公开申请数量") in words:
            found |= read_requests(table)
        elif bare("未经复议直接起诉") in words:
            found |= read_remedies(table)
    return found


def read_disclosure(table):
    """Table 2: rows by label, cells from the second column on."""
    form = FORM.table("disclosure")
    labels = {bare(row.label): row for row in form.rows}
    found = {}
    for cells in table:
        row = labels.get(bare(cells[0]))
        if row:
            for column, raw in zip(form.columns_of(row), cells[1:], strict=False):
                found[f"disclosure.{row.key}.{column.key}"] = number(raw)
    return found


def read_requests(table):
    """Table 3: the label is the last of the first three cells that holds any."""
    form = FORM.table("requests")
    labels = {bare(row.label): row.key for row in form.rows}
    found = {}
    for cells in table:
        label = next((bare(cell) for cell in reversed(cells[:3]) if cell), "")
        if label in labels:
            for column, raw in zip(form.columns, cells[-7:], strict=True):
                found[f"requests.{labels[label]}.{column.key}"] = number(raw)
    return found


def read_remedies(table):
    """Table 4: one row of fifteen cells, the last of the table."""
    form = FORM.table("remedies")
    paths = [f"remedies.{row.key}.{column.key}" for row in form.rows for column in form.columns]
    return dict(zip(paths, map(number, table[-1]), strict=True))


def expected_numbers(truth: dict) -> dict[str, Decimal | None]:
    """The truth as path -> number."""
    return {
        f"{table}.{row}.{column}": None if value is None else Decimal(str(value))
        for table in ("disclosure", "requests", "remedies")
        for row, cells in truth[table].items()
        for column, value in cells.items()
    }
