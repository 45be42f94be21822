"""Read the header of a table's piece: which official column stands at which place of the grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from config.formats import Column
from extract.formats import GROUP, TableForm, official_forms
from extract.labels import squash
from extract.table_cells import GridCell
from extract.tables_labels import REMEDIES

_PARENTS = frozenset({"申请人情况", "法人或其他组织"})


@dataclass(frozen=True, slots=True)
class Span:
    """A column: its key, its grid places [start, end), and its header's text."""

    key: str
    start: int
    end: int
    header: str


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a piece in document order. `complete`: all of a form's columns are there.

    `ordered`: they stand in official order (with columns missing: those that are there). `width` is the
    number of cells of the header's longest row.
    """

    spans: tuple[Span, ...]
    complete: bool
    ordered: bool
    width: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns found, in document order."""
        return tuple(span.key for span in self.spans)

    def text_of(self, key: str) -> str:
        """Return the header text of a column, or ""."""
        return next((span.header for span in self.spans if span.key == key), "")


NO_HEADER = Header((), complete=False, ordered=True)
FOREIGN_HEADER = Header((), complete=False, ordered=False)
"""The header of columns that the rows below do not have: of their numbers nothing is certain."""


def official_keys(form: TableForm, group: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to complete the columns of a table or of one of its groups."""
    if form.key == REMEDIES:
        columns = form.column_sets[""].columns
        return (tuple(f"{row.key}.{column.key}" for row in form.rows for column in columns),)
    own = form.column_sets.get(group) or form.column_sets.get("")
    return own.complete if own else ()


def column_named(form: TableForm, group: str, key: str) -> Column:
    """Return the column behind a header key (`row.column` in the table of remedies)."""
    columns = form.column_sets.get(group) or form.column_sets[""]
    return columns.column(key.rpartition(".")[2])


def read_header(rows: Sequence[Sequence[GridCell]], table: str, group: str, stacked: bool) -> Header:
    """Read header rows; where a column is not named or named twice, the header is incomplete."""
    if not rows:
        return NO_HEADER
    form = official_forms().tables[table]
    leaves = _stacked_leaves(rows, form, group) if stacked else _leaves(rows, form, group)
    width = max(len(row) for row in rows)
    return _header(leaves, official_keys(form, group), width)


def _leaves(rows: Sequence[Sequence[GridCell]], form: TableForm, group: str) -> list[tuple[int, str, str]]:
    """Return (place, key, text) of every lowest header cell that names a column."""
    found: list[tuple[int, str, str]] = []
    unknown: list[tuple[int, str]] = []
    parents = _parents(rows, form)
    if _are_too_near(parents, form):
        return []  # rows that lost their merged cells: what stands under them is not theirs
    for row in rows:
        for cell in row:
            if cell.empty:
                continue
            key = _column_key(cell.text, form, group)
            if key and form.key == REMEDIES:
                key = f"{_parent_at(cell.place, parents)}.{key}"
            if key:
                found.append((cell.place, key, cell.text))
            elif row is rows[-1]:
                unknown.append((cell.place, cell.text))
    leaves = sorted({(place, key): text for place, key, text in found}.items())
    named = [(place, key, text) for (place, key), text in leaves]
    return _eliminate(named, unknown, official_keys(form, group))


def _column_key(text: str, form: TableForm, group: str) -> str:
    if squash(text) in _PARENTS:
        return ""
    columns = form.column_sets.get(group) or form.column_sets.get("")
    match = columns.vocabulary.find(text) if columns else None
    return match[0] if match else ""


def _parents(rows: Sequence[Sequence[GridCell]], form: TableForm) -> list[tuple[int, str]]:
    """Return (place, row key) of the remedies' upper headers; empty for other tables."""
    if form.key != REMEDIES:
        return []
    named = ((cell.place, form.labels.exact(cell.text)) for row in rows for cell in row if not cell.empty)
    return sorted((place, next(iter(keys))) for place, keys in named if len(keys) == 1)


def _are_too_near(parents: Sequence[tuple[int, str]], form: TableForm) -> bool:
    """Tell whether two headings of table 4 leave fewer places between them than the first has columns."""
    named = [(place, key) for place, key in parents if not key.startswith(GROUP)]
    begins = [place for at, (place, key) in enumerate(named) if not at or named[at - 1][1] != key]
    return any(right - left < len(form.column_sets[""].columns) for left, right in pairwise(begins))


def _parent_at(place: int, parents: Sequence[tuple[int, str]]) -> str:
    """Return the remedies' row that a column at `place` belongs to: the nearest heading at its left."""
    left = [(start, key) for start, key in parents if start <= place and not key.startswith(GROUP)]
    return left[-1][1] if left else ""


def _eliminate(
    leaves: list[tuple[int, str, str]], unknown: list[tuple[int, str]], complete: tuple[tuple[str, ...], ...]
) -> list[tuple[int, str, str]]:
    """Name the one header cell that is damaged, where its neighbours leave one column for it."""
    keys = [key for _place, key, _text in leaves]
    for official in complete:
        missing = [key for key in official if key not in keys]
        if len(missing) != 1 or len(keys) + 1 != len(official) or len(official) < 3:
            continue
        for place, text in unknown:
            tried = sorted([*leaves, (place, missing[0], text)])
            if [key for _place, key, _text in tried] == list(official) and squash(text) not in _PARENTS:
                return tried
    return leaves


def _stacked_leaves(
    rows: Sequence[Sequence[GridCell]], form: TableForm, group: str
) -> list[tuple[int, str, str]]:
    """Return the columns of a layout without grid places, in the one order their headers allow."""
    named = [(key, cell.text) for row in rows for cell in row if (key := _column_key(cell.text, form, group))]
    complete = official_keys(form, group)
    if form.key == REMEDIES:
        columns = [column.key for column in form.column_sets[""].columns]
        if [key for key, _text in named] == columns * len(form.rows):
            return [(place, key, "") for place, key in enumerate(complete[0])]
        return []
    for official in complete:
        if {key for key, _text in named} == set(official) and len(named) == len(official):
            texts = dict(named)
            return [(place, key, texts[key]) for place, key in enumerate(official)]
    return []


def _header(leaves: list[tuple[int, str, str]], complete: tuple[tuple[str, ...], ...], width: int) -> Header:
    keys = [key for _place, key, _text in leaves]
    places = [place for place, _key, _text in leaves]
    if not keys or len(set(keys)) < len(keys) or len(set(places)) < len(places):
        return NO_HEADER  # header rows that are shifted against each other contradict themselves
    narrow = len(places) > 1 and places[-1] - places[0] == len(places) - 1
    ends = [*places[1:], places[-1] + 1 if narrow else width]
    spans = tuple(Span(key, place, end, text) for (place, key, text), end in zip(leaves, ends, strict=True))
    official = next((one for one in complete if set(one) == set(keys)), None)
    ordered = any([key for key in one if key in keys] == keys for one in complete)
    return Header(spans, complete=official is not None, ordered=ordered, width=width)
