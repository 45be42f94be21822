"""Where in a text without cell boundaries the official tables stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.flow_stream import page_number_lines
from extract.formats import TABLES, official_forms
from extract.headings import Heading
from extract.labels import squash
from extract.readings import TablesReading
from extract.tables_labels import DISCLOSURE, REMEDIES, REQUESTS

_STARTS = {
    DISCLOSURE: re.compile(r"第二十条第[一五六八九]项|信息内容|规章\d|行政许可\d"),
    REQUESTS: re.compile(
        r"本列数据的勾稽|第一项加第二项|申请人情况|自然人?$|[一1]?本年新收政府信息公开申请数量"
    ),
    REMEDIES: re.compile(r"行政复议(?:行政诉讼)?(?:结果.*)?$|结果?$|结果维持|未经复议直接起诉"),
}
"""How the first line of each table begins, squashed."""
_MOST_START_CHARS = 60


def flow_regions(
    lines: Sequence[str], headings: Sequence[Heading], grid: TablesReading
) -> dict[str, list[int]]:
    """Return the lines to read as running text for each table that the grid reading lacks rows of."""
    have = {(row.table, row.row) for row in grid.rows}
    skipped = grid.lines | page_number_lines(lines)
    regions = {}
    for table in TABLES:
        newest = official_forms().by_id["2021"]
        if all((table, row.key) in have for row in newest.table(table).rows):
            continue
        numbers = [n for n in _region(lines, headings, table) if n not in skipped and "\t" not in lines[n]]
        if numbers:
            regions[table] = numbers
    return regions


def _region(lines: Sequence[str], headings: Sequence[Heading], table: str) -> range:
    """Return the lines from the table's first line to the next official heading or the next table."""
    section = official_forms().tables[table].section
    for place, heading in enumerate(headings):
        if heading.number == section:
            end = headings[place + 1].line if place + 1 < len(headings) else len(lines)
            start = _first_line(lines, range(heading.last_line + 1, end), table)
            if start is not None:
                return range(start, end)
    start = _first_line(lines, range(len(lines)), table) if table != REMEDIES else None
    if start is None:
        return range(0)
    stops = [heading.line for heading in headings if heading.line > start]
    others = [_first_line(lines, range(start + 1, len(lines)), other) for other in TABLES if other != table]
    stops += [line for line in others if line is not None and line > start]
    return range(start, min(stops, default=len(lines)))


def _first_line(lines: Sequence[str], numbers: range, table: str) -> int | None:
    for number in numbers:
        text = squash(lines[number])
        if text and len(text) <= _MOST_START_CHARS and _STARTS[table].match(text):
            return number
    return None
