"""Say what a row of a grid is: a header, a heading inside the table, a data row, or none of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from extract.formats import GROUP, TableForm, official_forms
from extract.labels import EXACT, Vocabulary, make_label, split_number, squash
from extract.model import State
from extract.numbers import read_cell
from extract.table_cells import GridCell

DISCLOSURE, REQUESTS, REMEDIES = "disclosure", "requests", "remedies"
CORNER = re.compile(r"勾稽关系|第一项加第二项")
_HEADS = {
    DISCLOSURE: ("信息内容",),
    REQUESTS: ("申请人情况", "法人或其他组织", "自然人"),
    REMEDIES: ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"),
}
"""Header words beside the columns' own; those of a table occur in no other."""


@dataclass(slots=True)
class Context:
    """Where in which table the reading stands: the heading above, and the last data row."""

    table: str = ""
    group: str = ""
    previous: str = ""


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A data row found: its key, and the index of the cell that holds its label (-1: none)."""

    key: str
    index: int
    score: float = EXACT


@lru_cache(maxsize=1)
def header_words() -> dict[str, tuple[frozenset[str], Vocabulary]]:
    """Return for each table its own header words (squashed), and its columns' vocabulary."""
    found = {}
    for key, form in official_forms().tables.items():
        columns = {
            column.key + group: column for group, one in form.column_sets.items() for column in one.columns
        }
        labels = tuple(make_label(column.key, column.label, column.aliases) for column in columns.values())
        own = {core for label in labels for core in label.cores} | {squash(word) for word in _HEADS[key]}
        found[key] = (frozenset(own), Vocabulary(labels))
    return found


def is_number(cell: GridCell) -> bool:
    """Tell whether a cell holds a number or a mark (also an ambiguous number), not words."""
    return read_cell(cell.text, "change").state in (State.READ, State.MARK, State.AMBIGUOUS)


def header_of(cells: Sequence[GridCell], context: Context) -> str:
    """Return the table whose header this row is part of, or ""; a row with numbers is no header."""
    words = [cell.text for cell in cells if not cell.empty]
    if not words or any(is_number(cell) for cell in cells if not cell.empty):
        return ""
    squashed = [squash(word) for word in words]
    if any(CORNER.search(word) for word in squashed):
        return REQUESTS
    for table in (context.table, DISCLOSURE, REQUESTS, REMEDIES):
        if table and _is_header(words, squashed, table, context):
            return table
    return ""


def _is_header(words: Sequence[str], squashed: Sequence[str], table: str, context: Context) -> bool:
    own, columns = header_words()[table]
    if any(split_number(word)[0] for word in words):
        return False  # headers are not numbered, rows are: （七）总计
    known = sum(word in own for word in squashed)
    if known and 2 * known >= len(words):
        return table == context.table or any(
            word in own and word not in {"其他", "总计", "合计"} for word in squashed
        )
    return table == context.table and len(words) > 1 and any(columns.find(word) for word in words)


def article_of(cells: Sequence[GridCell]) -> str:
    """Return the key of the block that a 第二十条第（…）项 row opens, or ""."""
    labels = official_forms().tables[DISCLOSURE].labels
    for cell in cells:
        if "条" in cell.text:
            match = labels.find(cell.text)
            if match and match[0].startswith(GROUP):
                return match[0].removeprefix(GROUP)
    return ""


def label_of(cells: Sequence[GridCell], form: TableForm, context: Context) -> RowLabel | None:
    """Find the label of a data row: the rightmost cell whose words name one.

    Headings met on the way (merged cells at the left) move `context.group`.
    """
    has_numbers = any(is_number(cell) for cell in cells if not cell.empty)
    groups = [_group_in(cell.text, form) for cell in cells]
    opened = list(accumulate(groups, lambda last, own: own or last, initial=""))
    for index in range(len(cells) - 1, -1, -1):
        if cells[index].empty or is_number(cells[index]):
            continue
        context.group = opened[index] or context.group
        found = _name_row(cells[index].text, form, context, has_numbers)
        if found:
            return RowLabel(found[0], index, found[1])
        context.group = groups[index] or context.group
    return None


def _group_in(text: str, form: TableForm) -> str:
    """Return the key of the heading that a cell holds, or ""."""
    groups = [key for key in form.labels.exact(text) if key.startswith(GROUP)] if text.strip() else []
    return groups[0].removeprefix(GROUP) if groups else ""


def _name_row(text: str, form: TableForm, context: Context, has_numbers: bool) -> tuple[str, float] | None:
    exact = form.labels.exact(text)
    if len(exact) > 1:
        key = _settle(exact, context, has_numbers)
        return (key, EXACT) if key else None
    match = form.labels.find(text)
    if match is None or match[0].startswith(GROUP):
        return None
    key, score = match
    if score < EXACT and not _fits_place(key, form, context):
        return None
    return key, score


def _settle(keys: frozenset[str], context: Context, has_numbers: bool) -> str:
    """Decide between rows whose labels are the same words, by the place they stand in."""
    if keys == {GROUP + "other", "other_processing"}:
        return "other_processing" if has_numbers else ""
    if keys == {"other_other", "other_processing"}:
        if context.group == "other" or context.previous in {"other_no_correction", "other_unpaid_fee"}:
            return "other_other"
        return "other_processing" if context.previous.startswith("not_processed") else ""
    return ""


def _fits_place(key: str, form: TableForm, context: Context) -> bool:
    """Demand of a damaged label that its row is still to come."""
    return context.previous not in form.order or form.order[key] > form.order[context.previous]
