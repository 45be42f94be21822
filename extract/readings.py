"""What a reading of the tables yields, before it becomes facts; both readings speak this language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from config.formats import Column
from extract.formats import TableForm, official_forms
from extract.model import CellKey, Fact, Problem, State
from extract.numbers import AMBIGUOUS, CellValue, read_cell

TABLE_NAMES = {
    "disclosure": "主动公开政府信息",
    "requests": "收到和处理申请",
    "remedies": "行政复议、行政诉讼",
}
"""The official tables, as problems name them."""
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class CellReading:
    """One cell: its raw string, what it says, and its place in the normalized text."""

    raw: str
    value: CellValue
    place: CellKey | None = None


@dataclass(frozen=True, slots=True)
class RowReading:
    """One official row. `cells` by column key; a column the document does not have is absent."""

    table: str
    row: str
    reader: str
    line: int
    cells: dict[str, CellReading]

    @property
    def values(self) -> tuple[CellValue, ...]:
        """What the cells say, in order."""
        return tuple(cell.value for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class LooseNumber:
    """A number that stands in a table and belongs to no known row; `alone`: no words on its line."""

    line: int
    raw: str
    table: str = ""
    alone: bool = False


@dataclass(slots=True)
class TablesReading:
    """Everything one reading found: rows in document order (a row may occur twice), and the rest.

    `lines` are the lines that belong to official tables; `headed` the tables of which something was
    seen, be it only a header; `unrecognised` the tables that hold a row which could be any missing one.
    """

    rows: list[RowReading] = field(default_factory=list)
    loose: list[LooseNumber] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    headed: set[str] = field(default_factory=set)
    unrecognised: set[str] = field(default_factory=set)


def read_as(column: Column, raw: str, place: CellKey | None, unit: str = "万元") -> CellReading:
    """Read a raw string as a cell of `column`."""
    return CellReading(raw, read_cell(raw, column.kind, unit), place)


def ambiguous_cells(columns: Sequence[str], raw: str, place: CellKey | None) -> dict[str, CellReading]:
    """Mark every column of a row whose numbers cannot be told apart; `raw` is the whole row's."""
    return {column: CellReading(raw, AMBIGUOUS, place) for column in columns}


def row_name(form: TableForm, row: str) -> str:
    """Return the official label of a row, for messages."""
    return form.rows[form.order[row]].label


def cell_name(path: str) -> str:
    """Return the official labels of the cell at a fact's path, for messages."""
    table, row, column = path.split(".")
    form = official_forms().tables[table]
    return f"{row_name(form, row)}·{form.columns_of(row).column(column).label}"


def is_ambiguous(row: RowReading) -> bool:
    """Tell whether no cell of the row could be told apart."""
    return bool(row.cells) and all(cell.value.state is State.AMBIGUOUS for cell in row.cells.values())


def unclear_cells(facts: Sequence[Fact], problems: Sequence[Problem]) -> list[Problem]:
    """Report the cells without a sure reading whose row no other problem names: no null goes unsaid."""
    said = "".join(problem.detail for problem in problems)
    unclear = [fact for fact in facts if fact.state in (State.AMBIGUOUS, State.UNREADABLE)]
    untold = [fact for fact in unclear if f"“{cell_name(fact.path).partition('·')[0]}" not in said]
    named = "；".join(f"“{cell_name(fact.path)}”写作“{fact.raw}”" for fact in untold[:_MOST_NAMED])
    more = f"等{len(untold)}格" if len(untold) > _MOST_NAMED else ""
    return [Problem("cell_unclear", f"无法确定数值的单元格：{named}{more}")] if untold else []
