"""The three official tables, laid out as the official form looks, from the facts of a report.

Cells are laid out by the labels of config/formats; a cell that the document does not have is not
invented, and a cell that was not read says so instead of showing a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from config.formats import Column, Form, Row, Table, load_forms
from extract.model import Fact

ORGANISATIONS = ("business", "research", "public_welfare", "legal_service", "other_organization")
OUTCOMES = "outcomes"
LABEL_COLUMNS = 3
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a laid-out table: a heading with its scope, or the place of a fact.

    `fact` is None where the document has no such row, and for headings.
    """

    text: str = ""
    path: str | None = None
    fact: Fact | None = None
    scope: str | None = None
    columns: int = 1
    rows: int = 1
    kind: str = ""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A table as rows of cells; `name` is its key in a report, `form` that of its form."""

    name: str
    form: str
    head: list[list[Cell]]
    body: list[list[Cell]]
    others: list[Fact] = field(default_factory=list)


@cache
def forms() -> dict[str, Form]:
    """Load the official forms once."""
    return load_forms()


def lay_out(facts: Mapping[str, Fact], name: str, preferred: str) -> LaidOut | None:
    """Lay out the table `name` in the form that fits its facts best; None where it has no fact."""
    own = {path: fact for path, fact in facts.items() if path.split(".")[0] == name}
    if not own:
        return None
    form = max(forms().values(), key=lambda item: (_known(item.table(name), own), item.id == preferred))
    head, body = _LAYOUTS[name](form.table(name), own)
    placed = {cell.path for row in body for cell in row}
    others = [fact for path, fact in own.items() if path not in placed]
    return LaidOut(name, form.id, head, body, others)


def cell_label(path: str) -> str:
    """Return how people call a cell: row and column as the form prints them; the path if unknown."""
    name, row_key, column_key = [*path.split("."), "", ""][:3]
    for form in forms().values():
        table = next((item for item in form.tables if item.key == name), None)
        row = next((item for item in table.rows if item.key == row_key), None) if table else None
        if table is None or row is None:
            continue
        column = next((item.label for item in table.columns_of(row) if item.key == column_key), column_key)
        group = next((item.label for item in table.groups if item.key == row.group), None)
        parts = [group] if group and row.group != OUTCOMES else []
        return " · ".join([*parts, row.label, column])
    return path


def _known(table: Table, facts: Mapping[str, Fact]) -> int:
    paths = {f"{table.key}.{row.key}.{column.key}" for row in table.rows for column in table.columns_of(row)}
    return len(paths & facts.keys())


def _place(table: Table, row: Row, column: Column, facts: Mapping[str, Fact], span: int = 1) -> Cell:
    path = f"{table.key}.{row.key}.{column.key}"
    return Cell(path=path, fact=facts.get(path), columns=span, kind=column.kind)


# Table 2: one block for each item of article 20


def _disclosure(table: Table, facts: Mapping[str, Fact]) -> tuple[list[list[Cell]], list[list[Cell]]]:
    widest = max(len(group.columns) for group in table.groups)
    body = []
    for group in table.groups:
        body.append([Cell(group.label, scope="colgroup", columns=widest + 1, kind="block")])
        spans = _spans(len(group.columns), widest)
        headings = [
            Cell(column.label, scope="col", columns=span)
            for column, span in zip(group.columns, spans, strict=True)
        ]
        body.append([Cell("信息内容", scope="col"), *headings])
        for row in (row for row in table.rows if row.group == group.key):
            cells = [
                _place(table, row, column, facts, span)
                for column, span in zip(group.columns, spans, strict=True)
            ]
            body.append([Cell(row.label, scope="row"), *cells])
    return [], body


def _spans(columns: int, widest: int) -> list[int]:
    """Let the last column take the room that a narrower block leaves."""
    return [1] * (columns - 1) + [widest - columns + 1]


# Table 3: rows and columns with merged headings


def _requests(table: Table, facts: Mapping[str, Fact]) -> tuple[list[list[Cell]], list[list[Cell]]]:
    body = [
        [*labels, *(_place(table, row, column, facts) for column in table.columns)]
        for row, labels in _request_labels(table)
    ]
    return _request_head(table), body


def _request_head(table: Table) -> list[list[Cell]]:
    single = [column for column in table.columns if column.key not in ORGANISATIONS]
    kinds = [column for column in table.columns if column.key in ORGANISATIONS]
    first, last = single[0], single[-1]
    return [
        [
            Cell(CORNER, columns=LABEL_COLUMNS, rows=3, kind="corner"),
            Cell("申请人情况", scope="colgroup", columns=len(table.columns)),
        ],
        [
            Cell(first.label, scope="col", rows=2),
            Cell("法人或其他组织", scope="colgroup", columns=len(kinds)),
            Cell(last.label, scope="col", rows=2),
        ],
        [Cell(column.label, scope="col") for column in kinds],
    ]


def _request_labels(table: Table) -> Iterator[tuple[Row, list[Cell]]]:
    """Give each data row its label cells; a group's own cell stands in the first of its rows."""
    groups = {group.key: group.label for group in table.groups}
    inside = [row for row in table.rows if row.group]
    seen: set[str] = set()
    for row in table.rows:
        labels: list[Cell] = []
        if row.group and OUTCOMES not in seen:
            labels.append(Cell(groups[OUTCOMES], scope="rowgroup", rows=len(inside), kind="upright"))
            seen.add(OUTCOMES)
        if row.group and row.group not in seen:
            size = sum(other.group == row.group for other in inside)
            labels.append(Cell(groups[row.group], scope="rowgroup", rows=size))
            seen.add(row.group)
        width = LABEL_COLUMNS if row.group is None else LABEL_COLUMNS - 1 if row.group == OUTCOMES else 1
        yield row, [*labels, Cell(row.label, scope="row", columns=width)]


# Table 4: one line of fifteen cells


def _remedies(table: Table, facts: Mapping[str, Fact]) -> tuple[list[list[Cell]], list[list[Cell]]]:
    alone = [row for row in table.rows if row.group is None]
    grouped = [row for row in table.rows if row.group is not None]
    each = len(table.columns)
    head = [
        [Cell(row.label, scope="colgroup", columns=each, rows=2) for row in alone]
        + [Cell(group.label, scope="colgroup", columns=each * len(grouped)) for group in table.groups],
        [Cell(row.label, scope="colgroup", columns=each) for row in grouped],
        [Cell(column.label, scope="col") for _row in table.rows for column in table.columns],
    ]
    ordered = [*alone, *grouped]
    return head, [[_place(table, row, column, facts) for row in ordered for column in table.columns]]


_LAYOUTS = {"disclosure": _disclosure, "requests": _requests, "remedies": _remedies}
