"""The three official tables of a text: both readings joined, disputes settled, gaps reported.

Grid first, wherever the text has cell boundaries; the flow reading only for what the grid does not
hold. Nothing is dropped silently: a number in a table's section is placed, or becomes a problem.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extract.flow_regions import flow_regions
from extract.formats import TABLES, decide_format, official_forms
from extract.headings import Heading
from extract.labels import half_width
from extract.model import Anchor, CellKey, Fact, Format, NormalizedText, Problem
from extract.numbers import AMBIGUOUS
from extract.readings import (
    TABLE_NAMES,
    LooseNumber,
    RowReading,
    TablesReading,
    ambiguous_cells,
    row_name,
    unclear_cells,
)
from extract.recognised import confirm
from extract.table_cells import cut_grids
from extract.tables_flow import read_flow
from extract.tables_grid import read_grids

_PAGED = ("pdf", "pdf_plumber", "ofd")
"""Readers that write a line in columns by where its words stand."""
_CAPTION_LINES = 3
_MOST_CAPTION_CHARS = 40
_YEAR = re.compile(r"(20\d\d)年")
_MOST_REPORTED = 12


@dataclass(frozen=True, slots=True)
class Tables:
    """The facts of the three tables in official order, the form they follow, and the lines they fill."""

    facts: tuple[Fact, ...]
    format: Format
    problems: tuple[Problem, ...]
    lines: frozenset[int]

    @property
    def found(self) -> frozenset[str]:
        """The tables of which at least one row was found."""
        return frozenset(fact.path.partition(".")[0] for fact in self.facts)


def read_tables(normalized: NormalizedText, headings: Sequence[Heading], year: int | None) -> Tables:
    """Read the official tables of a text; `headings` say where each belongs, `year` is the report's."""
    lines = normalized.text.split("\n")
    grid = read_grids(cut_grids(lines, normalized.anchors))
    regions = flow_regions(lines, headings, grid)
    flow = read_flow(lines, regions, by_place=normalized.reader.endswith(_PAGED))
    spans = _section_spans(headings, len(lines))
    rows, problems = _settle(_chosen(grid, flow), lines, spans, year)
    unrecognised = grid.unrecognised | flow.unrecognised
    rows = _without_contradiction(rows, unrecognised)
    found = {table: {r.row: frozenset(r.cells) for r in rows if r.table == table} for table in TABLES}
    format_ = decide_format(found)
    doubtful = _unrecognised_rows(found, format_, unrecognised)
    rows, unconfirmed = confirm(_in_order([*rows, *doubtful]), normalized)
    loose = [*_official_loose(grid, spans), *flow.loose]
    problems += [*grid.problems, *flow.problems, *_loose_problems(loose)]
    problems += [*_unrecognised_problems(doubtful), *unconfirmed]
    problems += _gaps(found, format_, grid.headed | flow.headed, unrecognised)
    facts = tuple(_facts(rows, normalized.anchors))
    problems += unclear_cells(facts, problems)
    return Tables(facts, format_, tuple(dict.fromkeys(problems)), frozenset(grid.lines | flow.lines))


def _chosen(grid: TablesReading, flow: TablesReading) -> list[RowReading]:
    """Take the grid's rows, and from the flow those that the grid does not have."""
    have = {(row.table, row.row) for row in grid.rows}
    return [*grid.rows, *(row for row in flow.rows if (row.table, row.row) not in have)]


def _section_spans(headings: Sequence[Heading], count: int) -> list[tuple[int, int, int]]:
    """Return (number, first line, end) of each official section."""
    starts = [*(heading.line for heading in headings), count]
    return [(h.number or 0, h.last_line + 1, end) for h, end in zip(headings, starts[1:], strict=True)]


def _settle(
    rows: Sequence[RowReading], lines: Sequence[str], spans: Sequence[tuple[int, int, int]], year: int | None
) -> tuple[list[RowReading], list[Problem]]:
    """Reduce every row to one reading, in official order; readings that differ are marked."""
    settled: list[RowReading] = []
    problems: list[Problem] = []
    readings: defaultdict[tuple[str, str], list[RowReading]] = defaultdict(list)
    for reading in rows:
        readings[reading.table, reading.row].append(reading)
    for table in TABLES:
        form = official_forms().tables[table]
        for row in form.rows:
            same = readings[table, row.key]
            if len(same) > 1:
                same, problem = _settle_row(same, lines, spans, year)
                problems += [problem] if problem else []
            settled += same[:1]
    return settled, problems


def _settle_row(
    same: list[RowReading], lines: Sequence[str], spans: Sequence[tuple[int, int, int]], year: int | None
) -> tuple[list[RowReading], Problem | None]:
    """Choose among several readings of one row: equal ones, else this year's in its own section."""
    form = official_forms().tables[same[0].table]
    name = row_name(form, same[0].row)
    values = {tuple((key, cell.value) for key, cell in reading.cells.items()) for reading in same}
    if len(values) == 1:
        return same[:1], Problem("row_repeated", f"“{name}”一行重复出现，数字相同")
    own = [reading for reading in same if not _of_other_year(reading.line, lines, year)]
    inside = [r for r in own if any(n == form.section and a <= r.line < b for n, a, b in spans)]
    for left in (own, inside):
        if len(left) == 1:
            return left, Problem("table_repeated", f"“{name}”另有不同数字的一行，未采用")
    first = same[0]
    raws = {key: " / ".join(r.cells[key].raw for r in same if key in r.cells) for key in first.cells}
    differing = {key for key in first.cells if len({r.cells[key].value for r in same if key in r.cells}) > 1}
    cells = {
        key: replace(cell, raw=raws[key], value=AMBIGUOUS) if key in differing else cell
        for key, cell in first.cells.items()
    }
    return [replace(first, cells=cells)], Problem("row_repeated", f"“{name}”一行重复出现，数字不同")


def _of_other_year(line: int, lines: Sequence[str], year: int | None) -> bool:
    """Tell whether the table of a line has a caption that names another year only."""
    top = line
    while top > 0 and "\t" in lines[top - 1]:
        top -= 1
    captions = [text for text in lines[max(0, top - _CAPTION_LINES) : top] if text.strip()]
    caption = captions[-1] if captions else ""
    years = {int(found) for found in _YEAR.findall(half_width(caption))}
    return bool(year and years and year not in years and len(caption) <= _MOST_CAPTION_CHARS)


def _official_loose(grid: TablesReading, spans: Sequence[tuple[int, int, int]]) -> list[LooseNumber]:
    """Keep the loose numbers that stand in official tables or in the sections of the tables."""
    official = [range(first, end) for number, first, end in spans if number in (2, 3, 4)]
    return [
        number
        for number in grid.loose
        if number.line in grid.lines or any(number.line in span for span in official)
    ]


def _loose_problems(loose: Sequence[LooseNumber]) -> list[Problem]:
    by_line: dict[int, list[str]] = {}
    for number in loose:
        by_line.setdefault(number.line, []).append(number.raw)
    shown = list(by_line.items())[:_MOST_REPORTED]
    problems = [
        Problem("unplaced_number", f"第{line + 1}行的数字不属于任何一行一列：{' '.join(raws)}")
        for line, raws in shown
    ]
    if len(by_line) > _MOST_REPORTED:
        rest = sum(len(raws) for raws in list(by_line.values())[_MOST_REPORTED:])
        problems.append(Problem("unplaced_number", f"另有{rest}个数字不属于任何一行一列"))
    return problems


def _gaps(
    found: Mapping[str, Mapping[str, frozenset[str]]],
    format_: Format,
    headed: set[str],
    unrecognised: set[str],
) -> list[Problem]:
    """Report what the document's own form demands and the document does not have."""
    problems = []
    for table in TABLES:
        if not found[table]:
            seen = "只有表头，没有可辨认的数据行" if table in headed else "没有找到"
            problems.append(Problem("table_missing", f"{TABLE_NAMES[table]}表：{seen}"))
            continue
        form = _form_of(found[table], table, format_)
        if form:
            gaps = _gaps_of_table(found[table], table, form)
            problems += [gap for gap in gaps if table not in unrecognised or gap.code != "row_missing"]
    return problems


def _without_contradiction(rows: list[RowReading], unrecognised: set[str]) -> list[RowReading]:
    """Drop （六）其他处理 as a row where its three parts are rows: a label between them is lost."""
    parts = {"other_no_correction", "other_unpaid_fee", "other_other"}
    found = {row.row for row in rows if row.table == "requests"}
    if "other_processing" not in found or not found & parts:
        return rows
    unrecognised.add("requests")
    return [row for row in rows if row.row != "other_processing"]


def _unrecognised_rows(
    found: Mapping[str, Mapping[str, frozenset[str]]], format_: Format, unrecognised: set[str]
) -> list[RowReading]:
    """Make readings for the rows that a table's unrecognised rows could be: unreadable is not missing."""
    forms, rows = official_forms(), []
    for table in unrecognised & {table for table in found if found[table]}:
        form = _form_of(found[table], table, format_)
        for key in forms.row_keys(form, table) if form else ():
            if key not in found[table]:
                cells = ambiguous_cells(forms.column_keys(form, table, key), "", None)
                rows.append(RowReading(table, key, "", 0, cells))
    return rows


def _unrecognised_problems(rows: Sequence[RowReading]) -> list[Problem]:
    forms = official_forms().tables
    return [
        Problem(
            "row_unrecognised", f"“{row_name(forms[row.table], row.row)}”一行没有认出，表中有归属不明的行"
        )
        for row in rows
    ]


def _in_order(rows: Sequence[RowReading]) -> list[RowReading]:
    """Sort rows by table and official order."""
    forms = official_forms().tables
    return sorted(rows, key=lambda row: (TABLES.index(row.table), forms[row.table].order[row.row]))


def _form_of(rows: Mapping[str, frozenset[str]], table: str, format_: Format) -> str:
    """Return the form to measure a table by: its own where that is clear, else the document's."""
    own = decide_format({table: dict(rows)})
    for choice in (own, format_):
        if choice in (Format.F2021, Format.F2019):
            return choice.value
    return Format.F2021.value if table == "remedies" else ""


def _gaps_of_table(rows: Mapping[str, frozenset[str]], table: str, form: str) -> list[Problem]:
    forms = official_forms()
    expected = forms.row_keys(form, table)
    names = {key: row_name(forms.tables[table], key) for key in expected}
    problems = [
        Problem("row_missing", f"{TABLE_NAMES[table]}表没有“{names[key]}”一行")
        for key in expected
        if key not in rows
    ]
    lacking: dict[str, None] = {}
    for key in expected:
        if key in rows:
            columns = forms.tables[table].columns_of(key)
            missing = [c for c in forms.column_keys(form, table, key) if c not in rows[key]]
            lacking.update(dict.fromkeys(columns.column(column).label for column in missing))
    problems += [Problem("column_missing", f"{TABLE_NAMES[table]}表没有“{label}”一列") for label in lacking]
    return problems


def _facts(rows: Sequence[RowReading], anchors: Mapping[CellKey, Anchor]) -> list[Fact]:
    return [
        Fact(
            path=f"{row.table}.{row.row}.{column}",
            value=cell.value.value,
            raw=cell.raw,
            state=cell.value.state,
            anchor=anchors.get(cell.place) if cell.place else None,
            note=cell.value.note,
            reader=row.reader or None,
        )
        for row in rows
        for column, cell in row.cells.items()
    ]
