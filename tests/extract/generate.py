"""Random valid reports: the numbers of the official tables, with what a reader must answer for each.

A `Sample` holds the cells as they are written; `expected` gives the value that may be read from each,
None where the cell is blank or a mark. Renderers (tests/extract/render.py) write a sample in a layout.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from config.formats import Form, load_forms

FORMS = load_forms()
MARKS = ("—", "-", "/", "无")
BODIES = (
    "卧龙区人民政府", "叶县盐都街道办事处", "原州区南关街道", "南关区永吉街道办事处",
    "云南省交通运输厅", "临夏县审计局",
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """One report: `cells` maps table.row.column to the string written in the cell."""

    form: Form
    organization: str
    year: int
    cells: dict[str, str]
    values: dict[str, float | int | None] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The report's title."""
        return f"{self.organization}{self.year}年政府信息公开工作年度报告"

    def rows(self, table: str) -> list[tuple[str, list[str]]]:
        """Return (row key, cell texts) of a table, in official order."""
        own = self.form.table(table)
        return [
            (row.key, [self.cells[f"{table}.{row.key}.{column.key}"] for column in own.columns_of(row)])
            for row in own.rows
        ]


@dataclass(frozen=True)
class Shape:
    """What kind of numbers a sample has: `zeros` and `blanks` are shares, `largest` the biggest count."""

    form: str = "2021"
    zeros: float = 0.6
    blanks: float = 0.0
    marks: float = 0.0
    largest: int = 400
    thousands: bool = False
    full_width: bool = False


def make_sample(seed: int, shape: Shape = Shape()) -> Sample:
    """Make one report whose sums all hold, then write it with blanks, marks and styles as `shape` says."""
    rng = random.Random(seed)
    form = FORMS[shape.form]
    numbers = {**_disclosure(rng, form, shape), **_requests(rng, form, shape), **_remedies(rng, form, shape)}
    cells, values = {}, {}
    for path, number in numbers.items():
        cells[path], values[path] = _write(rng, number, shape)
    return Sample(form, rng.choice(BODIES), rng.choice((2021, 2022, 2023, 2024)), cells, values)


def _count(rng: random.Random, shape: Shape) -> int:
    if rng.random() < shape.zeros:
        return 0
    return rng.choice((rng.randint(1, 9), rng.randint(1, shape.largest)))


def _disclosure(rng: random.Random, form: Form, shape: Shape) -> dict[str, float]:
    table, numbers = form.table("disclosure"), {}
    for row in table.rows:
        for column in table.columns_of(row):
            number: float = _count(rng, shape)
            if column.kind == "amount":
                number = rng.choice((0, number, round(rng.uniform(0.01, 60000), 4)))
            if column.kind == "change":
                number = rng.choice((-1, 1)) * number
            numbers[f"disclosure.{row.key}.{column.key}"] = number
    return numbers


def _requests(rng: random.Random, form: Form, shape: Shape) -> dict[str, float]:
    table, numbers = form.table("requests"), {}
    keys = [column.key for column in table.columns]
    grid = {row.key: {key: _count(rng, shape) for key in keys[:-1]} for row in table.rows}
    details = [row.key for row in table.rows if row.key not in
               ("received", "carried_in", "processed_total", "carried_forward")]  # fmt: skip
    for key in keys[:-1]:
        total = sum(grid[row][key] for row in details)
        grid["processed_total"][key] = total
        grid["carried_in"][key] = min(grid["carried_in"][key], total + grid["carried_forward"][key])
        grid["received"][key] = total + grid["carried_forward"][key] - grid["carried_in"][key]
    for row, cells in grid.items():
        cells[keys[-1]] = sum(cells[key] for key in keys[:-1])
        numbers.update({f"requests.{row}.{key}": cells[key] for key in keys})
    return numbers


def _remedies(rng: random.Random, form: Form, shape: Shape) -> dict[str, float]:
    table, numbers = form.table("remedies"), {}
    keys = [column.key for column in table.columns]
    for row in table.rows:
        parts = [_count(rng, shape) for _ in keys[:-1]]
        for key, number in zip(keys, [*parts, sum(parts)], strict=True):
            numbers[f"remedies.{row.key}.{key}"] = number
    return numbers


def _write(rng: random.Random, number: float, shape: Shape) -> tuple[str, float | int | None]:
    draw = rng.random()
    if number == 0 and draw < shape.blanks:
        return "", None
    if number == 0 and draw < shape.blanks + shape.marks:
        return rng.choice(MARKS), None
    text = f"{number:,}" if shape.thousands else str(number)
    if shape.full_width:
        text = "".join(chr(ord(c) + 0xFEE0) if c in "0123456789" else c for c in text)
    return text, number
