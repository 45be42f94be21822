"""Counts of standings, and the bar that shows them: everything on it adds up to the bodies that owe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from datasette.app import Datasette

from archive.site.request import ask
from archive.site.words import STANDINGS

DONE = ("published", "late", "archived")
NOT_COUNTED = ("unconfirmed", "not_examined")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the bar: a standing, how many bodies, and where it lies (0 to 1000)."""

    standing: str
    bodies: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Counts:
    """How many bodies stand how; `with_findings` of them have open findings."""

    bodies: Mapping[str, int]
    with_findings: int = 0

    @property
    def total(self) -> int:
        """All bodies counted."""
        return sum(self.bodies.values())

    @property
    def owing(self) -> int:
        """Bodies that a rate is over: not those that are to be confirmed or that nobody looked at."""
        return self.total - sum(self.bodies.get(standing, 0) for standing in NOT_COUNTED)

    @property
    def published(self) -> int:
        """Bodies whose report is there, in time or late."""
        return sum(self.bodies.get(standing, 0) for standing in DONE)

    @property
    def share(self) -> str:
        """Part of the bodies whose report is there, in percent; never rounded up to 100."""
        if not self.owing:
            return ""
        return f"{int(1000 * self.published / self.owing) / 10:g}%"

    def parts(self) -> list[Part]:
        """Return the bar's stretches in the order of the standings."""
        found, start = [], 0.0
        for standing in STANDINGS:
            number = self.bodies.get(standing, 0)
            if number:
                width = 1000 * number / self.total
                found.append(Part(standing, number, round(start, 2), round(width, 2)))
                start += width
        return found


def counts(rows: Iterable[Mapping[str, Any]]) -> Counts:
    """Add up rows of the `coverage` table."""
    bodies: dict[str, int] = {}
    flawed = 0
    for row in rows:
        bodies[row["standing"]] = bodies.get(row["standing"], 0) + row["bodies"]
        flawed += row["with_findings"]
    return Counts(bodies, flawed)


def counts_by(rows: Iterable[Mapping[str, Any]], key: str) -> dict[Any, Counts]:
    """Add up rows of the `coverage` table for each value of a column, in their order."""
    groups: dict[Any, list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return {value: counts(group) for value, group in groups.items()}


async def coverage_rows(
    datasette: Datasette, area: str = "", year: int | None = None
) -> list[dict[str, Any]]:
    """Return the rows of one area ('' is all), of one year or of all."""
    return await ask(
        datasette,
        "select * from coverage where area = :area and (:year is null or year = :year)"
        " order by year desc, kind",
        {"area": area, "year": year},
    )


async def subarea_counts(datasette: Datasette, area: str, year: int) -> list[tuple[dict[str, Any], Counts]]:
    """Return the areas one level below `area` with their counts of a year."""
    rows = await ask(
        datasette,
        "select c.*, a.name from coverage c join areas a using (area) where c.year = :year"
        " and c.area > :area and c.area < :area || ':' and length(c.area) = ("
        "   select min(length(area)) from areas where area > :area and area < :area || ':')"
        " order by c.area",
        {"area": area, "year": year},
    )
    names = {row["area"]: row for row in rows}
    return [(names[code], found) for code, found in counts_by(rows, "area").items()]
