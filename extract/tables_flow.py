"""The flow reading: a stream of label pieces and numbers, in the official order.

Used where the text shows no cell boundaries. A row takes its numbers only if there are exactly as many
as it has columns; anything else is ambiguous, and a run without a known label stays unplaced.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extract.flow_columns import columns_by_header
from extract.flow_doubt import adds_up, doubted_rows, marked
from extract.flow_labels import FlowLabels
from extract.flow_places import Span, columns_of, is_on_one_line, place_of, stand_in
from extract.flow_remedies import FlowRemedies
from extract.flow_strays import lone_values, numbers_apart, numbers_below_heading, torn_rows
from extract.flow_stream import FlowValue, LabelPiece, Run, read_stream
from extract.flow_table import READER, FlowTable
from extract.formats import official_forms
from extract.labels import squash
from extract.model import Problem
from extract.numbers import AMBIGUOUS, BLANK
from extract.readings import CellReading, LooseNumber, RowReading, TablesReading, row_name
from extract.tables_labels import DISCLOSURE, REMEDIES, REQUESTS


@lru_cache(maxsize=4)
def _labels(table: str) -> FlowLabels:
    return FlowLabels(official_forms().tables[table])


def read_flow(
    lines: Sequence[str], regions: Mapping[str, Sequence[int]], *, by_place: bool = False
) -> TablesReading:
    """Read the tables from `regions`: {table: numbers of its lines, header and rows}.

    `by_place`: lines in columns are laid out by where their words stand on a page.
    """
    reading = TablesReading()
    for table, numbers in regions.items():
        stream = read_stream(lines, numbers)
        form = official_forms().tables[table]
        flow: FlowTable
        if table == REMEDIES:
            flow = remedies = FlowRemedies(form, stream, by_place)
            remedies.read_rows()
        else:
            flow = rows = _FlowRows(form, stream, by_place)
            rows.read_rows()
            rows.doubt_end(numbers_below_heading(lines, numbers[-1]))
        _collect(flow, reading, numbers)
    reading.rows = doubted_rows(reading)
    _report(reading)
    return reading


def _collect(flow: FlowTable, reading: TablesReading, numbers: Sequence[int]) -> None:
    reading.rows += flow.rows
    reading.problems += flow.problems
    if not flow.rows:
        return
    reading.headed.add(flow.form.key)
    last = max(row.line for row in flow.rows)
    ends = [value.line for run in flow.stream.runs for value in run.values]
    last = max([last, *(end for end in ends if end in flow.used_lines)])
    reading.lines.update(number for number in numbers if number <= last)
    loose = [number for number in flow.loose if number.line <= last or number.alone]
    reading.loose += loose
    if loose or flow.unrecognised:
        reading.unrecognised.add(flow.form.key)


@dataclass(slots=True)
class _FlowRows(FlowTable):
    """Table 2 or 3 being read."""

    blank_rows: dict[str, int] = field(default_factory=dict)
    places: tuple[int, tuple[Span, ...]] | None = None

    def read_rows(self) -> None:
        """Assign every run to a row by its label; runs without one are loose."""
        found = self._find_rows()
        lone = [n for n in range(len(self.stream.runs)) if n not in found and self.stream.stands_alone(n)]
        if lone:
            for number in lone:
                self.add_loose(self.stream.runs[number])
            self.stream = self.stream.without(lone)
            found = self._find_rows()
        if self.form.key == REQUESTS:
            columns = len(next(iter(self.form.column_sets.values())).columns)
            self.places = columns_of((self.stream.runs[number] for number in found), columns)
        for number, run in enumerate(self.stream.runs):
            key = found.get(number)
            if key is None:
                self.add_loose(run)
                continue
            self.heading = self._heading_at(number, key, found)
            self._add_row(run, key)
        self._add_blank_rows(found)
        if self.form.key == DISCLOSURE:
            self._mark(lone_values(self.stream, found))
        self._mark(torn_rows(self.stream, found) | self._rows_of_stray_lines(found))

    def _rows_of_stray_lines(self, found: Mapping[int, str]) -> set[str]:
        """Find rows whose numbers stand apart and could as well be those of a row beside that is blank."""
        apart = numbers_apart(self.stream, found)
        beside = {key: {gap, gap - 1} & apart for key, gap in self.blank_rows.items()}
        return {key for key, runs in beside.items() if runs} | {
            found[run] for runs in beside.values() for run in runs
        }

    def doubt_end(self, raws: Sequence[str]) -> None:
        """Mark the blank rows at the table's end where `raws` stand below the next heading: theirs?"""
        last = {key for key, gap in self.blank_rows.items() if gap == len(self.stream.runs)}
        if raws and last:
            self._mark(last)
            self.unrecognised = True

    def _mark(self, keys: Collection[str]) -> None:
        self.rows = [marked(row) if row.row in keys else row for row in self.rows]

    def _find_rows(self) -> dict[int, str]:
        labels, previous, found = _labels(self.form.key), "", {}
        for number in range(len(self.stream.runs)):
            key = labels.find(self.stream, number, previous)
            if key:
                found[number] = previous = key
        return found

    def _heading_at(self, number: int, key: str, found: Mapping[int, str]) -> tuple[LabelPiece, ...]:
        """Return the words between the rows of another group and run `number`: the row's heading."""
        group = self.form.group_of(key)
        others = [n for n, row in found.items() if n < number and self.form.group_of(row) != group]
        first = max(others, default=-1) + 1
        gaps = (self.stream.gap(n) for n in range(first, number + 1))
        return tuple(piece for gap in gaps for piece in gap)

    def _add_row(self, run: Run, key: str) -> None:
        columns = self._columns(key)
        if not columns:
            self.problems.append(
                Problem("column_missing", f"“{row_name(self.form, key)}”一行没有可辨认的表头")
            )
            self.add_loose(run)
            return
        values = self._without_page_number(run, columns)
        self.used_lines.update(value.line for value in run.values)
        line = run.values[0].line
        placed = self._placed(run, columns) if len(values) < len(columns) else {}
        if placed:
            self.rows.append(RowReading(self.form.key, key, READER, line, placed))
            return
        own = values if len(values) == len(columns) and self._stand_in_columns(values) else ()
        self.add(key, columns, own, run.raw, line)

    def _placed(self, run: Run, columns: Sequence[str]) -> dict[str, CellReading]:
        """Give a row with blank cells its numbers by where they stand, if their sum bears that out.

        Table 2 has no sums: there the words above must say it, and only where places are those of a page.
        """
        if not is_on_one_line(run):
            return {}
        if self.form.key == DISCLOSURE and self.by_place:
            held = self.below_headings(run.values, columns, self._named_columns(columns))
            return self.with_blanks(columns, held) if held else {}
        if not self.places:
            return {}
        metric, spans = self.places
        cells = self.with_blanks(
            columns, {columns[place_of(value, spans, metric)]: value for value in run.values}
        )
        return cells if adds_up(list(cells.values())) else {}

    def _named_columns(self, columns: Sequence[str]) -> list[list[LabelPiece]]:
        """Return the words of the heading that name each column, none where one is not named just once."""
        labels = {
            column.key: squash(column.label)
            for one in self.form.column_sets.values()
            for column in one.columns
        }
        named = [[piece for piece in self.heading if piece.text == labels[key]] for key in columns]
        return named if all(len(pieces) == 1 for pieces in named) else []

    def _stand_in_columns(self, values: Sequence[FlowValue]) -> bool:
        """Tell whether a stray number below a row makes up for a blank: it stands in another column."""
        return not self.places or stand_in(values, self.places[1], self.places[0])

    def _columns(self, key: str) -> tuple[str, ...]:
        if self.form.key == DISCLOSURE:
            return columns_by_header(self.form, key, self.header)
        return tuple(column.key for column in self.form.columns_of(key).columns)

    def _without_page_number(self, run: Run, columns: Sequence[str]) -> Sequence[FlowValue]:
        """Set a lone number aside where the other line is a whole row that adds up."""
        lines = sorted({value.line for value in run.values})
        if self.form.key != REQUESTS or len(run.values) != len(columns) + 1 or len(lines) != 2:
            return run.values
        for lone, full in (lines, lines[::-1]):
            row = [value for value in run.values if value.line == full]
            stray = [value for value in run.values if value.line == lone]
            if len(stray) == 1 and adds_up(list(self.read(columns, row).values())):
                self.loose += [
                    LooseNumber(value.line, value.raw, self.form.key, alone=True) for value in stray
                ]
                return row
        return run.values

    def _add_blank_rows(self, found: Mapping[int, str]) -> None:
        """Add the rows that are named between two others and have no number at all."""
        labels, present = _labels(self.form.key), set(found.values())
        for row in self.form.rows:
            if row.key in present:
                continue
            gaps = [n for n in range(len(self.stream.runs) + 1) if self._is_between(row.key, n, found)]
            named = next((n for n in gaps if labels.names(self.stream.gap(n), row.key)), None)
            if named is not None:
                self._add_blank_row(row.key, named, found)
            elif any(labels.resembles(self.stream.gap(n), row.key, found.get(n)) for n in gaps):
                self.unrecognised = True

    def _is_between(self, key: str, number: int, found: Mapping[int, str]) -> bool:
        order = self.form.order
        before = [order[k] for n, k in found.items() if n < number]
        after = [order[k] for n, k in found.items() if n >= number]
        return (not before or max(before) < order[key]) and (not after or order[key] < min(after))

    def _is_overfull(self, number: int, found: Mapping[int, str]) -> bool:
        """Tell whether a run holds more numbers than its row has columns: some are another row's."""
        key = found.get(number)
        return key is not None and len(self.stream.runs[number].values) > len(
            self.form.columns_of(key).columns
        )

    def _add_blank_row(self, key: str, number: int, found: Mapping[int, str]) -> None:
        self.blank_rows[key] = number
        self.heading = self._heading_at(number, key, found)
        columns = self._columns(key)
        self.unrecognised = self.unrecognised or not columns
        words = self.stream.gap(number)
        sure = all(n in found for n in (number - 1, number) if 0 <= n < len(self.stream.runs))
        sure = sure and not _labels(self.form.key).is_glued(words, key)
        sure = sure and not any(self._is_overfull(n, found) for n in (number - 1, number))
        line = words[-1].line
        value = BLANK if sure else AMBIGUOUS
        cells = {column: CellReading("", value, None) for column in columns}
        if cells:
            self.rows.append(RowReading(self.form.key, key, READER, line, cells))


def _report(reading: TablesReading) -> None:
    for row in reading.rows:
        if all(cell.value == AMBIGUOUS for cell in row.cells.values()):
            name = row_name(official_forms().tables[row.table], row.row)
            raw = next(iter(row.cells.values())).raw
            detail = f"“{name}”的数字无法逐一对应各列：{raw or '与行名相连或没有写出'}"
            reading.problems.append(Problem("row_ambiguous", detail))
