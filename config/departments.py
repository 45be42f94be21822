"""The departments that an area usually has: the start of a roster that people then confirm."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from config.divisions import Level
from config.places import PACKAGE_CONFIG
from config.yaml_model import ConfigModel, load_yaml

FILE_NAME = "usual_departments.yml"


class UsualDepartment(ConfigModel):
    """One department by its name at each level, without the area before it; empty where unusual."""

    suffix: Annotated[str, Field(pattern=r"^[a-z]+$")]
    province: str = ""
    city: str = ""
    county: str = ""
    also: tuple[str, ...] = ()

    def name_at(self, level: Level) -> str:
        """Return its usual name at a level, empty where there is usually none."""
        return {Level.PROVINCE: self.province, Level.CITY: self.city, Level.COUNTY: self.county}.get(
            level, ""
        )


class UsualDepartments(ConfigModel):
    """The whole list."""

    departments: tuple[UsualDepartment, ...]


def load_usual_departments() -> tuple[UsualDepartment, ...]:
    """Load the shipped list."""
    return load_yaml(PACKAGE_CONFIG / FILE_NAME, UsualDepartments).departments
