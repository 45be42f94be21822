"""The official tables as the rules need them: which cells a form has, and what people call them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from config.formats import Form, Row, Table, load_forms

TABLES = {
    "disclosure": "主动公开政府信息情况表",
    "requests": "收到和处理政府信息公开申请情况表",
    "remedies": "政府信息公开行政复议、行政诉讼情况表",
}
NUMERALS = {1: "一", 2: "二", 3: "三", 4: "四", 5: "五", 6: "六"}
FORM_2021 = "2021"
FORM_2019 = "2019"
PERSON = "natural_person"
ORGANIZATIONS = ("business", "research", "public_welfare", "legal_service", "other_organization")
"""Columns of table 3 for who asked: 自然人; 法人或其他组织."""
_NOT_OUTCOMES = frozenset({"received", "carried_in", "processed_total", "carried_forward"})
_GROUPS_LEFT_OUT = frozenset({"outcomes", "article_1", "article_5", "article_6", "article_8", "article_9"})
_LONG_REMARK = re.compile(r"（[^（）]{8,}）|、行政机关不再处理其政府信息公开申请")


@cache
def forms() -> dict[str, Form]:
    """Return the official forms by id."""
    return load_forms()


@cache
def cells_of(form: str, table: str) -> Mapping[str, tuple[str, ...]]:
    """Return the column keys of every row of a form's table, in official order."""
    official = forms()[form].table(table)
    return {row.key: tuple(column.key for column in official.columns_of(row)) for row in official.rows}


@cache
def outcome_rows(form: str) -> tuple[str, ...]:
    """Return the rows of table 3 that add up to （七）总计."""
    return tuple(row for row in cells_of(form, "requests") if row not in _NOT_OUTCOMES)


@cache
def outcome_groups(form: str) -> tuple[tuple[str, ...], ...]:
    """Return the outcomes of table 3 as people name them: the rows of （三）不予公开 are one."""
    groups: dict[str, list[str]] = {}
    for row in forms()[form].table("requests").rows:
        if row.key in outcome_rows(form):
            key = row.group if row.group and row.group not in _GROUPS_LEFT_OUT else row.key
            groups.setdefault(key, []).append(row.key)
    return tuple(map(tuple, groups.values()))


@cache
def columns_of_kind(kind: str) -> frozenset[str]:
    """Return the paths of all cells that hold a `count`, a signed `change` or an `amount`."""
    return frozenset(
        f"{table.key}.{row.key}.{column.key}"
        for form in forms().values()
        for table in form.tables
        for row in table.rows
        for column in table.columns_of(row)
        if column.kind == kind
    )


def section_title(number: int) -> str:
    """Return an official section's heading with its numeral."""
    official = forms()[FORM_2021].sections[number - 1]
    return f"{NUMERALS[number]}、{official.title}"


def section_of(table: str) -> int:
    """Return the number of the section that a table stands in."""
    return forms()[FORM_2021].table(table).section


def cell_label(path: str) -> str:
    """Return a cell's row and column as people know them: “行”的“列”."""
    table, row, column = path.split(".")
    return f"“{row_label(f'{table}.{row}')}”的“{column_label(table, column)}”"


@cache
def row_label(name: str) -> str:
    """Return the label of the row `table.row`, under its group where that is needed to know it."""
    table, key = name.split(".")
    official, row = _row(table, key)
    group = next((item for item in official.groups if item.key == row.group), None)
    label = _LONG_REMARK.sub("", row.label)
    if group is None or group.key in _GROUPS_LEFT_OUT:
        return label
    return f"{group.label}{' ' if label[0].isdigit() else '·'}{label}"


@cache
def column_label(table: str, column: str) -> str:
    """Return the label of a column; raises KeyError where no form has it."""
    for form in forms().values():
        official = form.table(table)
        for row in official.rows:
            for item in official.columns_of(row):
                if item.key == column:
                    return item.label
    raise KeyError(column)


def _row(table: str, key: str) -> tuple[Table, Row]:
    for form in forms().values():
        official = form.table(table)
        for row in official.rows:
            if row.key == key:
                return official, row
    raise KeyError(f"{table}.{key}")
