"""What every table that is read from running text has: its stream, and what came of it so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.flow_places import below
from extract.flow_stream import FlowValue, LabelPiece, Run, Stream
from extract.formats import TableForm
from extract.model import Problem
from extract.numbers import AMBIGUOUS, BLANK, header_unit
from extract.readings import CellReading, LooseNumber, RowReading, read_as

READER = "flow"


@dataclass(slots=True)
class FlowTable:
    """One table's stream being read. `by_place`: its lines in columns keep the places of a page."""

    form: TableForm
    stream: Stream
    by_place: bool = False
    rows: list[RowReading] = field(default_factory=list)
    loose: list[LooseNumber] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    used_lines: set[int] = field(default_factory=set)
    heading: tuple[LabelPiece, ...] = ()
    unrecognised: bool = False

    @property
    def header(self) -> str:
        """The words of the heading."""
        return "".join(piece.text for piece in self.heading)

    def below_headings(
        self, values: Sequence[FlowValue], columns: Sequence[str], headings: Sequence[Sequence[LabelPiece]]
    ) -> dict[str, FlowValue]:
        """Return each value by the column whose heading it stands below, {} where one stands below none."""
        places = below(values, headings) if len(headings) == len(columns) else ()
        return {columns[place]: value for place, value in zip(places, values, strict=False)}

    def with_blanks(self, columns: Sequence[str], held: dict[str, FlowValue]) -> dict[str, CellReading]:
        """Read the values of a row; columns without one are blank."""
        read = self.read(list(held), list(held.values()))
        return {key: read.get(key, CellReading("", BLANK, None)) for key in columns}

    def read(self, columns: Sequence[str], values: Sequence[FlowValue]) -> dict[str, CellReading]:
        """Read the values of these columns."""
        known = {column.key: column for one in self.form.column_sets.values() for column in one.columns}
        unit = header_unit(self.header)
        return {
            key: read_as(known[key], value.raw, (value.line, 0), unit)
            for key, value in zip(columns, values, strict=True)
        }

    def add(self, key: str, columns: Sequence[str], values: Sequence[FlowValue], raw: str, line: int) -> None:
        """Add a row; without `values` every column is marked, with the whole run as its raw string."""
        if values:
            cells = self.read(columns, values)
        else:
            cells = {column: CellReading(raw, AMBIGUOUS, (line, 0)) for column in columns}
        self.rows.append(RowReading(self.form.key, key, READER, line, cells))

    def add_loose(self, run: Run) -> None:
        """Keep the numbers of a run that no row has."""
        worded = {piece.line for gap in (*self.stream.runs,) for piece in gap.before}
        worded |= {piece.line for piece in self.stream.rest}
        self.loose += [
            LooseNumber(v.line, v.raw, self.form.key, alone=v.line not in worded) for v in run.values
        ]
