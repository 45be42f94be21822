"""The official forms, compiled for reading: all forms at once, since documents mix them.

A document is read against the union of the forms; which form it follows is decided afterwards, from
the rows and columns that were really found (`decide_format`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from config.formats import Column, Form, Row, Table, load_forms
from extract.labels import Vocabulary, make_label, squash
from extract.model import Format

GROUP = "group:"
"""Prefix of the keys of headings inside a table, in its row vocabulary."""
TABLES = ("disclosure", "requests", "remedies")


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """The columns that the rows of one group may have, and the ways a form completes them."""

    by_key: dict[str, Column]
    complete: tuple[tuple[str, ...], ...]
    vocabulary: Vocabulary

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in official order."""
        return tuple(self.by_key.values())

    def column(self, key: str) -> Column:
        """Return the column named `key`."""
        return self.by_key[key]


@dataclass(frozen=True, slots=True)
class TableForm:
    """One official table over all forms: rows in official order, and what to tell them apart by."""

    key: str
    section: int
    rows: tuple[Row, ...]
    forms_of: dict[str, frozenset[str]]
    labels: Vocabulary
    column_sets: dict[str, ColumnSet]
    order: dict[str, int]

    def columns_of(self, row: str) -> ColumnSet:
        """Return the column set of a row by its key."""
        group = self.rows[self.order[row]].group or ""
        return self.column_sets.get(group) or self.column_sets[""]

    def group_of(self, row: str) -> str | None:
        """Return the key of the heading that a row stands under."""
        return self.rows[self.order[row]].group


@dataclass(frozen=True, slots=True)
class Forms:
    """All official forms by id, newest first, and their union."""

    by_id: dict[str, Form]
    tables: dict[str, TableForm]
    titles: tuple[tuple[int, tuple[str, ...]], ...]
    signs: dict[int, frozenset[str]]
    columns: dict[tuple[str, str, str], tuple[str, ...]]

    def row_keys(self, form: str, table: str) -> tuple[str, ...]:
        """Return the rows that a form's table has, in order."""
        return tuple(row.key for row in self.by_id[form].table(table).rows)

    def column_keys(self, form: str, table: str, row: str) -> tuple[str, ...]:
        """Return the columns that a row has in a form."""
        return self.columns[form, table, row]


@lru_cache(maxsize=1)
def official_forms() -> Forms:
    """Load and compile the official forms once."""
    by_id = load_forms()
    tables = {key: _union([form.table(key) for form in by_id.values()], list(by_id)) for key in TABLES}
    titles: dict[int, dict[str, None]] = {}
    for form in by_id.values():
        for title in form.sections:
            names = (title.title, *title.aliases)
            titles.setdefault(title.number, {}).update(dict.fromkeys(map(squash, names)))
    ordered = tuple((number, tuple(sorted(names, key=len, reverse=True))) for number, names in titles.items())
    columns = {
        (form.id, table.key, row.key): tuple(column.key for column in table.columns_of(row))
        for form in by_id.values()
        for table in form.tables
        for row in table.rows
    }
    return Forms(by_id, tables, ordered, _signs(by_id.values()), columns)


def _signs(forms: Iterable[Form]) -> dict[int, frozenset[str]]:
    """Return for each section the words of its subject, one of which its title has."""
    sections = [title for form in forms for title in form.sections]
    numbers = {title.number for title in sections}
    return {
        number: frozenset(sign for title in sections if title.number == number for sign in title.signs)
        for number in sorted(numbers)
    }


def _union(tables: list[Table], ids: list[str]) -> TableForm:
    rows: dict[str, Row] = {}
    for table in tables:
        rows = _merge_rows(rows, table.rows)
    forms_of = {
        key: frozenset(form for form, table in zip(ids, tables, strict=True) if _has(table, key))
        for key in rows
    }
    labels = [make_label(row.key, row.label, row.aliases) for table in tables for row in table.rows]
    for table in tables:
        labels += [make_label(GROUP + group.key, group.label, group.aliases) for group in table.groups]
    unique = tuple({(label.key, label.number, label.cores): label for label in labels}.values())
    return TableForm(
        key=tables[0].key,
        section=tables[0].section,
        rows=tuple(rows.values()),
        forms_of=forms_of,
        labels=Vocabulary(unique),
        column_sets=_column_sets(tables),
        order={key: place for place, key in enumerate(rows)},
    )


def _has(table: Table, key: str) -> bool:
    return any(row.key == key for row in table.rows)


def _merge_rows(known: dict[str, Row], more: Iterable[Row]) -> dict[str, Row]:
    """Add rows in their official place: after the row that precedes them in their own form."""
    merged = list(known.values())
    place = 0
    for row in more:
        found = next((i for i, item in enumerate(merged) if item.key == row.key), None)
        if found is None:
            while place < len(merged) and _is_variant(merged[place], row):
                place += 1
            merged.insert(place, row)
            found = place
        place = found + 1
    return {row.key: row for row in merged}


def _is_variant(known: Row, new: Row) -> bool:
    """Tell rows of another form that stand where `new` stands in its own (（六）1 to 3 before （六）)."""
    return known.key.split("_")[0] == new.key.split("_")[0]


def _column_sets(tables: list[Table]) -> dict[str, ColumnSet]:
    found: dict[str, list[tuple[Column, ...]]] = {}
    for table in tables:
        if table.columns:
            found.setdefault("", []).append(table.columns)
        for group in table.groups:
            if group.columns:
                found.setdefault(group.key, []).append(group.columns)
    return {group: _column_set(variants) for group, variants in found.items()}


def _column_set(variants: list[tuple[Column, ...]]) -> ColumnSet:
    columns = {column.key: column for variant in variants for column in variant}
    labels = [make_label(c.key, c.label, c.aliases) for variant in variants for c in variant]
    complete = dict.fromkeys(tuple(column.key for column in variant) for variant in variants)
    return ColumnSet(columns, tuple(complete), Vocabulary(tuple(labels)))


def decide_format(found: dict[str, dict[str, frozenset[str]]]) -> Format:
    """Decide the form from {table: {row: columns}} as found in the document.

    Only what one form alone has is evidence: its rows, and columns that the others' row lacks.
    """
    forms = official_forms()
    votes: set[str] = set()
    seen_any = False
    for table, rows in found.items():
        for row, columns in rows.items():
            seen_any = True
            votes |= _votes(forms, table, row, columns)
    if not seen_any or not votes:
        return Format.UNKNOWN
    return Format(votes.pop()) if len(votes) == 1 else Format.MIXED


def _votes(forms: Forms, table: str, row: str, columns: frozenset[str]) -> set[str]:
    having = forms.tables[table].forms_of[row]
    if len(having) == 1:
        return set(having)
    fits = {form for form in having if columns and columns <= set(forms.column_keys(form, table, row))}
    exact = {form for form in fits if columns == set(forms.column_keys(form, table, row))}
    best = exact or fits
    return best if len(best) == 1 else set()
