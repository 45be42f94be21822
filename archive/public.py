"""What is public: the list of tables, columns and views in site/tables.yml, as values."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import Field

from config.yaml_model import ConfigModel, load_yaml

TABLES_FILE = Path(__file__).parent / "site" / "tables.yml"
ColumnType: TypeAlias = Literal["text", "integer", "real"]


class PublicTable(ConfigModel):
    """A public table; a column is (type, meaning in Chinese, meaning in English)."""

    name: str
    zh: str
    en: str
    key: tuple[str, ...]
    columns: dict[str, tuple[ColumnType, str, str]]
    select: str
    public: Literal["reports", "findings"] = "reports"
    indexes: tuple[tuple[str, ...], ...] = ()

    def create_sql(self) -> list[str]:
        """Return the statements that create the table; indexes come after filling."""
        columns = ", ".join(f'"{name}" {column[0]}' for name, column in self.columns.items())
        return [f'create table "{self.name}" ({columns}, primary key ({", ".join(self.key)})) strict']

    def index_sql(self) -> list[str]:
        """Return the statements that create the table's indexes."""
        return [
            f'create index "{self.name}_{"_".join(columns)}" on "{self.name}" ({", ".join(columns)})'
            for columns in self.indexes
        ]


class PublicView(ConfigModel):
    """A stable view: the answer to a common question."""

    name: str
    zh: str
    en: str
    select: str


class PublicTables(ConfigModel):
    """The whole list; `latest` makes temporary tables, `state` and `as_of` are queries over the source."""

    latest: tuple[str, ...]
    tables: tuple[PublicTable, ...] = Field(min_length=1)
    views: tuple[PublicView, ...]
    state: tuple[str, ...]
    as_of: str


@cache
def public_tables() -> PublicTables:
    """Load the list once; raises ConfigError where it is not well formed."""
    return load_yaml(TABLES_FILE, PublicTables)
