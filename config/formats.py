"""The official forms as data: sections, tables, rows, columns, their labels and known variants.

One YAML a form in config/formats. Labels are written as the notices print them; how tolerantly they
are compared is the parser's business (extract/labels.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from config.errors import ConfigError
from config.places import PACKAGE_CONFIG
from config.yaml_model import ConfigModel, load_yaml

ValueKind: TypeAlias = Literal["count", "change", "amount"]
"""count: how many; change: signed or worded (减4); amount: money, kept in 万元."""
Key: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class OfficialTitle(ConfigModel):
    """One of the six official sections; `signs`: one of them stands in its title, however it is worded."""

    number: Annotated[int, Field(ge=1, le=6)]
    title: str
    aliases: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


class Column(ConfigModel):
    """A data column, named by its lowest header cell."""

    key: Key
    label: str
    aliases: tuple[str, ...] = ()
    kind: ValueKind = "count"


class Group(ConfigModel):
    """A heading inside a table that carries no numbers; `columns` are those of its own rows."""

    key: Key
    label: str
    aliases: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()


class Row(ConfigModel):
    """A data row; `group` is the key of the heading it stands under."""

    key: Key
    label: str
    aliases: tuple[str, ...] = ()
    group: str | None = None


class Table(ConfigModel):
    """An official table; rows in official order. Columns belong to the table or to its groups."""

    key: Key
    section: Annotated[int, Field(ge=1, le=6)]
    columns: tuple[Column, ...] = ()
    groups: tuple[Group, ...] = ()
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _check_rows(self) -> Table:
        groups = {group.key for group in self.groups}
        for row in self.rows:
            if row.group is not None and row.group not in groups:
                raise ValueError(f"rows: {row.key}: no group {row.group!r}")
            if not self.columns_of(row):
                raise ValueError(f"rows: {row.key}: no columns")
        if len({row.key for row in self.rows}) < len(self.rows):
            raise ValueError("rows: a key is used twice")
        return self

    def columns_of(self, row: Row) -> tuple[Column, ...]:
        """Return the columns of `row`: those of its group, else of the table."""
        own = next((group.columns for group in self.groups if group.key == row.group), ())
        return own or self.columns


class Form(ConfigModel):
    """One official form; `notice` is the document that issued it."""

    id: str
    notice: str
    sections: Annotated[tuple[OfficialTitle, ...], Field(min_length=6, max_length=6)]
    tables: Annotated[tuple[Table, ...], Field(min_length=1)]

    def table(self, key: str) -> Table:
        """Return the table named `key`; raises KeyError where the form has none."""
        found = next((table for table in self.tables if table.key == key), None)
        if found is None:
            raise KeyError(key)
        return found


def load_forms(folder: Path = PACKAGE_CONFIG / "formats") -> dict[str, Form]:
    """Load every form by id, newest first; raises ConfigError (also for a name that is not the id)."""
    forms: dict[str, Form] = {}
    for path in sorted(folder.glob("*.yml"), reverse=True):
        form = load_yaml(path, Form)
        if form.id != path.stem:
            raise ConfigError(f"{path}: id: {form.id!r} is not the file's name {path.stem!r}")
        forms[form.id] = form
    return forms
