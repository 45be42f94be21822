"""Bodies: who owes a report. CSV files in config/bodies, one row a body."""

from __future__ import annotations

import csv
import io
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator

from config.errors import ConfigError
from config.language import say
from config.mistakes import reason_of
from config.yaml_model import ConfigModel, read_config_text


class BodyKind(StrEnum):
    """Kinds of public body; deadlines and rules differ by them (docs/glossary.md)."""

    PROVINCE_GOVERNMENT = "province_government"
    CITY_GOVERNMENT = "city_government"
    COUNTY_GOVERNMENT = "county_government"
    GOVERNMENT_OFFICE = "government_office"  # 办公厅(室), a department with a report of its own
    DEPARTMENT = "department"
    TOWNSHIP = "township"
    SUBDISTRICT = "subdistrict"
    DEVELOPMENT_ZONE = "development_zone"
    AUTHORISED_ORGANISATION = "authorised_organisation"


AREA_GOVERNMENTS = frozenset(
    {BodyKind.PROVINCE_GOVERNMENT, BodyKind.CITY_GOVERNMENT, BodyKind.COUNTY_GOVERNMENT}
)
COLUMNS = (
    "id", "name", "aliases", "kind", "division", "supervisor", "portals", "since", "until", "confirmed",
)  # fmt: skip
_LIST_COLUMNS = ("aliases", "portals")


class Body(ConfigModel):
    """A public body. `since` and `until` are the first and last report year that it owes."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,62}$")]
    name: Annotated[str, Field(min_length=2)]
    aliases: tuple[str, ...] = ()
    kind: BodyKind
    division: Annotated[str, Field(pattern=r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})?$")] = ""
    supervisor: str = ""
    portals: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    confirmed: bool = True

    @field_validator("since", "until", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    def owes(self, year: int) -> bool:
        """Tell whether the body existed in the report year."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)

    @property
    def names(self) -> tuple[str, ...]:
        """The official name and all aliases."""
        return (self.name, *self.aliases)


def load_bodies(config_dir: Path) -> dict[str, Body]:
    """Load every roster in config/bodies, by id; raises ConfigError with file, line and reason."""
    bodies: dict[str, Body] = {}
    for path in sorted((config_dir / "bodies").glob("**/*.csv")):
        for line, body in read_bodies(read_config_text(path), str(path)):
            if body.id in bodies:
                reason = say("已有机关使用", "is used by another body")
                raise ConfigError(f"{path}:{line}: id: {body.id!r} {reason}")
            bodies[body.id] = body
    return bodies


def read_bodies(text: str, source: str) -> list[tuple[int, Body]]:
    """Parse roster CSV into (line, body) pairs; `source` is named in errors."""
    rows = csv.DictReader(io.StringIO(text))
    unknown = [name for name in rows.fieldnames or () if name not in COLUMNS]
    if unknown:
        raise ConfigError(f"{source}:1: {', '.join(unknown)}: {say('没有这一列', 'unknown column')}")
    return [(rows.line_num, _read_body(row, f"{source}:{rows.line_num}")) for row in rows]


def _read_body(row: dict[str, str | None], where: str) -> Body:
    values: dict[str, object] = {key: (value or "").strip() for key, value in row.items() if key}
    for column in _LIST_COLUMNS:
        parts = str(values.get(column, "")).split(";")
        values[column] = tuple(part.strip() for part in parts if part.strip())
    if not values.get("confirmed"):
        values.pop("confirmed", None)
    try:
        return Body.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{where}: {key}: {reason_of(first)}") from error
