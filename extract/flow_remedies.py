"""Table 4 in running text: one run of fifteen numbers under the header."""

from __future__ import annotations

from collections.abc import Sequence

from extract.flow_doubt import adds_up
from extract.flow_places import in_columns, is_on_one_line
from extract.flow_stream import FlowValue, Run
from extract.flow_table import READER, FlowTable
from extract.numbers import BLANK
from extract.readings import CellReading, RowReading
from extract.tables_labels import REMEDIES


class FlowRemedies(FlowTable):
    """Table 4 being read."""

    def read_rows(self) -> None:
        """Take the one run with a number for each column.

        Of fewer numbers places and sums must say whose they are; anything else is ambiguous.
        """
        columns = [column.key for column in self.form.column_sets[""].columns]
        count = len(self.form.rows) * len(columns)
        runs = [run for run in self.stream.runs if len(run.values) == count]
        if len(runs) != 1:
            runs = list(self.stream.runs)
        if not runs:
            self._add_blank(columns)
        elif not (len(runs) == 1 and self._add_placed(runs[0], columns)):
            self._add_in_order(runs, columns, exact=len(runs) == 1 and len(runs[0].values) == count)

    def _add_in_order(self, runs: Sequence[Run], columns: Sequence[str], *, exact: bool) -> None:
        raw = " ".join(run.raw for run in runs)
        values = [value for run in runs for value in run.values]
        for run in self.stream.runs:
            if run in runs:
                self.used_lines.update(value.line for value in run.values)
            else:
                self.add_loose(run)
        for place, row in enumerate(self.form.rows):
            own = values[place * len(columns) : (place + 1) * len(columns)] if exact else []
            self.add(row.key, columns, own, raw, values[0].line)

    def _add_placed(self, run: Run, columns: Sequence[str]) -> bool:
        """Add the rows where some cells are blank, if the words above name each column and all sums hold."""
        keys = [(row.key, column) for row in self.form.rows for column in columns]
        if not self.by_place or len(run.values) >= len(keys) or not is_on_one_line(run):
            return False
        headings = in_columns(piece for piece in run.before if not self.form.labels.exact(piece.text))
        names = [".".join(key) for key in keys]
        held = self.below_headings(run.values, names, headings)
        rows = [
            self.with_blanks(
                columns, {c: held[f"{row.key}.{c}"] for c in columns if f"{row.key}.{c}" in held}
            )
            for row in self.form.rows
        ]
        if not held or not all(adds_up(list(cells.values())) for cells in rows):
            return False
        line = run.values[0].line
        self.used_lines.add(line)
        for row, cells in zip(self.form.rows, rows, strict=True):
            self.rows.append(RowReading(REMEDIES, row.key, READER, line, cells))
        return True

    def _row(self, key: str, columns: Sequence[str], held: dict[str, FlowValue]) -> dict[str, CellReading]:
        own = {column: held[name] for column in columns if (name := f"{key}.{column}") in held}
        return self.with_blanks(columns, own)

    def _add_blank(self, columns: Sequence[str]) -> None:
        """Add the rows as blank where the header is there and no number follows."""
        words = "".join(piece.text for piece in self.stream.rest)
        if "维持" in words and "纠正" in words:
            line = self.stream.rest[-1].line
            cells = {column: CellReading("", BLANK, None) for column in columns}
            self.rows += [RowReading(REMEDIES, row.key, READER, line, cells) for row in self.form.rows]
