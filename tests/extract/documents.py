"""A report as blocks before it becomes a file: paragraphs, and tables whose cells span rows and columns.

`document(sample)` makes the official form; tests/extract/document_damage.py harms it and
tests/extract/document_files.py writes it as HTML, DOCX, XLSX or PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from tests.extract.generate import Sample
from tests.extract.render import CORNER, KINDS, NUMERALS, PROSE, RESULTS, SUITS, request_labels


@dataclass(frozen=True)
class Cell:
    """A cell with the rows and columns that it covers."""

    text: str
    rows: int = 1
    cols: int = 1


Row: TypeAlias = list[Cell]


@dataclass(frozen=True)
class Table:
    """The rows of a table, each with the cells that begin in it; `heads` are its first rows."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0

    def with_row(self, number: int, row: Row) -> Table:
        """Return the table with another row in one place."""
        return replace(self, rows=(*self.rows[:number], tuple(row), *self.rows[number + 1 :]))

    def places(self) -> list[list[tuple[int, Cell]]]:
        """Return for each row its cells with the column where each begins."""
        taken: dict[tuple[int, int], bool] = {}
        placed = []
        for r, row in enumerate(self.rows):
            column, found = 0, []
            for cell in row:
                while (r, column) in taken:
                    column += 1
                found.append((column, cell))
                taken.update({(r + i, column + j): True for i in range(cell.rows) for j in range(cell.cols)})
            placed.append(found)
        return placed

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return max(c + cell.cols for row in self.places() for c, cell in row)


Block: TypeAlias = str | Table
Document: TypeAlias = tuple[Block, ...]


def document(sample: Sample, prose: str = PROSE) -> Document:
    """Return the report as the official form has it; the first block is its title."""
    tables = {2: disclosure(sample), 3: requests(sample), 4: remedies(sample)}
    blocks: list[Block] = [sample.title]
    for part in sample.form.sections:
        blocks.append(f"{NUMERALS[part.number - 1]}、{part.title}")
        blocks.append(tables.get(part.number, "本机关未收取信息处理费。" if part.number == 6 else prose))
    return tuple(blocks)


def disclosure(sample: Sample) -> Table:
    """Return table 2: four columns, shared by headers of three, two or one."""
    table, rows = sample.form.table("disclosure"), dict(sample.rows("disclosure"))
    widest = max(len(group.columns) for group in table.groups)
    made: list[Row] = []
    for group in table.groups:
        made.append([Cell(group.label, 1, widest + 1)])
        made.append([Cell("信息内容"), *_shared([column.label for column in group.columns], widest)])
        made += [
            [Cell(row.label), *_shared(rows[row.key], widest)] for row in table.rows if row.group == group.key
        ]
    return Table(tuple(map(tuple, made)), 2)


def _shared(texts: list[str], width: int) -> Row:
    """Give `width` columns to fewer cells, the last of them the rest."""
    return [*map(Cell, texts[:-1]), Cell(texts[-1], 1, width - len(texts) + 1)]


def requests(sample: Sample) -> Table:
    """Return table 3: three header rows, three label columns."""
    labels = request_labels(sample)
    heads: list[Row] = [
        [Cell(CORNER, 3, 3), Cell("申请人情况", 1, 7)],
        [Cell("自然人", 2), Cell("法人或其他组织", 1, 5), Cell("总计", 2)],
        [Cell(kind) for kind in KINDS],
    ]
    names = list(labels.values())
    body = [
        [*_labels(names, number), *map(Cell, cells)]
        for number, (_key, cells) in enumerate(sample.rows("requests"))
    ]
    return Table(tuple(map(tuple, heads + body)), 3)


def _labels(names: list[list[str]], number: int) -> Row:
    """Return the label cells that begin in a row, with all that they cover."""
    root, group, item = names[number]
    if root and not group:
        return [Cell(root, 1, 3)]
    rest = names[number + 1 :]
    cells: Row = []
    if root:
        cells.append(Cell(root, 1 + _run([not row[0] for row in rest])))
    if group and not item:
        return [*cells, Cell(group, 1, 2)]
    if group:
        cells.append(Cell(group, 1 + _run([not row[0] and not row[1] for row in rest])))
    return [*cells, Cell(item)]


def _run(holds: list[bool]) -> int:
    """Return how many hold from the first on."""
    return next((n for n, one in enumerate(holds) if not one), len(holds))


def remedies(sample: Sample) -> Table:
    """Return table 4: three header rows and one of fifteen cells."""
    values = [cell for _key, cells in sample.rows("remedies") for cell in cells]
    heads: list[Row] = [
        [Cell("行政复议", 1, 5), Cell("行政诉讼", 1, 10)],
        [*[Cell(word, 2) for word in RESULTS], *[Cell(suit, 1, 5) for suit in SUITS]],
        [Cell(word) for word in RESULTS * 2],
    ]
    return Table(tuple(map(tuple, [*heads, list(map(Cell, values))])), 3)
