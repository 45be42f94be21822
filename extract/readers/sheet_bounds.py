"""Look at a workbook before a library unpacks it: sizes of its parts, and how far its cells reach.

calamine holds a sheet as the full rectangle of its cells, so that one cell in the last row and column of
an otherwise empty sheet would cost gigabytes.
"""

from __future__ import annotations

import re

from extract.errors import TooLarge
from extract.media import XLSX
from extract.readers.limits import MAX_GRID_CELLS
from extract.readers.package import Package

_SHEET = re.compile(r"xl/(?:worksheets|chartsheets)/[^/]+\.xml", re.IGNORECASE)
_PLACED = re.compile(
    rb"<(?:\w+:)?(row)\b([^>]*)>"
    rb"|<(?:\w+:)?c\b([^>]*)(?<!/)>\s*(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?(?:v|is)\b"
)
"""A row, or a cell that holds a value: cells that only have a format reach nowhere."""
_NAME = re.compile(rb"\br=[\"']([A-Za-z]{0,12})(\d{1,40})[\"']")
"""Longer than any place of a sheet: a damaged one must not pass for a place without a name."""


def check_bounds(content: bytes, media_type: str) -> None:
    """Raise UnreadableDocument where a part is a bomb or a sheet's cells reach beyond the limit."""
    if media_type != XLSX:
        return
    with Package(content) as package:
        for name in package.names:
            data = package.read(name)
            if _SHEET.fullmatch(name):
                _check_sheet(data)


def _check_sheet(data: bytes) -> None:
    rows = columns = row = column = 0
    for is_row, row_attributes, cell_attributes in _PLACED.findall(data):
        name = _NAME.search(row_attributes if is_row else cell_attributes)
        if is_row:
            row, column = int(name[2]) if name else row + 1, 0
            continue
        column = _column(name[1]) if name else column + 1
        rows, columns = max(rows, int(name[2]) if name else row), max(columns, column)
    if rows * columns > MAX_GRID_CELLS:
        raise TooLarge(f"工作表过大，超过上限 {MAX_GRID_CELLS} 格")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - ord("A") + 1
    return number
