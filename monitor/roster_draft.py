"""The draft of an area's roster, made from the nation's divisions: all of it to be confirmed by a person.

Ids are the division's code with a short suffix (411303-office, 411303003): stable, because codes are,
and readable beside the table of divisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from config.bodies import Body, BodyKind
from config.departments import UsualDepartment, load_usual_departments
from config.divisions import Division, Divisions, Level, load_divisions
from config.errors import ConfigError
from monitor.names import name_key

NATIONAL_SUPERVISOR = "state-council-office"
_GOVERNMENTS = {
    Level.PROVINCE: BodyKind.PROVINCE_GOVERNMENT,
    Level.CITY: BodyKind.CITY_GOVERNMENT,
    Level.COUNTY: BodyKind.COUNTY_GOVERNMENT,
}
_IS_AUTHORITY = ("委员会", "管委会", "办事处", "人民政府")
_IS_ZONE = re.compile(r"[区园城港]$")


@dataclass(frozen=True)
class RosterDraft:
    """Makes the bodies of one area; `portal` (may be empty) is where they are thought to publish."""

    area: Division
    divisions: Divisions
    portal: str = ""

    def bodies(self, *, statistical: bool = False) -> Iterator[Body]:
        """Yield government, office, departments, then the bodies of the divisions below.

        `statistical` takes in the rows that only statistics know (开发区, 农场 ... as townships).
        """
        yield self._government(self.area)
        if self.area.level is not Level.TOWNSHIP and not self.area.is_zone:
            yield self._office()
            for department in load_usual_departments():
                yield from self._department(department)
        for division in self.divisions.below(self.area.code):
            if not division.is_statistical or (statistical and division.level is Level.TOWNSHIP):
                yield self._government(division)

    def _government(self, division: Division) -> Body:
        kind, name = _authority(division)
        suffix = "" if division.level is Level.TOWNSHIP else "-gov"
        around = self.divisions.around(division.code)
        supervisor = f"{around.code}-office" if around else NATIONAL_SUPERVISOR
        return self._body(division, f"{division.code}{suffix}", kind, supervisor, (name,))

    def _office(self) -> Body:
        names = ["人民政府办公厅", "人民政府办公室"]
        if self.area.level is not Level.PROVINCE:
            names.reverse()
        called = tuple(f"{self.area.name}{name}" for name in names[: 1 if self._is_county else 2])
        around = self.divisions.around(self.area.code)
        supervisor = f"{around.code}-office" if around else NATIONAL_SUPERVISOR
        id_ = f"{self.area.code}-office"
        return self._body(self.area, id_, BodyKind.GOVERNMENT_OFFICE, supervisor, called)

    def _department(self, department: UsualDepartment) -> Iterator[Body]:
        is_municipality = self.area.level is Level.PROVINCE and self.area.name.endswith("市")
        name = department.name_at(Level.CITY if is_municipality else self.area.level)
        if name:
            called = tuple(f"{self.area.name}{one}" for one in dict.fromkeys((name, *department.also)))
            id_ = f"{self.area.code}-{department.suffix}"
            yield self._body(self.area, id_, BodyKind.DEPARTMENT, f"{self.area.code}-office", called)

    @property
    def _is_county(self) -> bool:
        return self.area.level is Level.COUNTY

    def _body(
        self, division: Division, id_: str, kind: BodyKind, supervisor: str, called: tuple[str, ...]
    ) -> Body:
        """Make a body; `called` are its names from the division's own name on, the official one first."""
        prefixes = self._prefixes(division)
        names = [f"{prefix}{name}" for name in called for prefix in prefixes]
        return Body(
            id=id_,
            name=names[0],
            aliases=tuple(dict.fromkeys(names[1:])),
            kind=kind,
            division=division.code,
            supervisor=supervisor,
            portals=(self.portal,) if self.portal else (),
            confirmed=False,
        )

    def _prefixes(self, division: Division) -> list[str]:
        """Return what stands before a division's name, the full form first: 南阳市卧龙区, 卧龙区."""
        if division.level is Level.TOWNSHIP:
            county = self.divisions.find(division.code[:6])
            return [f"{prefix}{county.name}" for prefix in self._prefixes(county)]
        around = self.divisions.around(division.code)
        is_part = division.level is Level.COUNTY and division.name.endswith("区") and not division.is_zone
        return [around.name, ""] if around and is_part else [""]


def draft_roster(code: str, portal: str, known: Mapping[str, Body], *, statistical: bool) -> list[Body]:
    """Return the bodies of the area with this code that the roster does not know yet.

    Raises ConfigError where the code is nobody's, or only a statistical row.
    """
    divisions = load_divisions()
    area = divisions.find(code)
    if area.is_statistical:
        raise ConfigError(f"division {code}: {area.name} 只是统计区划: 请用上一级或下一级的代码")
    draft = RosterDraft(area, divisions, portal).bodies(statistical=statistical)
    return [body for body in draft if body.id not in known and not _is_known(body, known.values())]


def _is_known(body: Body, known: Iterable[Body]) -> bool:
    """Tell whether the roster has this body under another id: a name in common, in the same area."""
    names = {name_key(name) for name in body.names}
    return any(
        _overlap(body.division, other.division) and names & {name_key(name) for name in other.names}
        for other in known
    )


def _overlap(one: str, other: str) -> bool:
    return bool(other) and (one.startswith(other) or other.startswith(one))


def _authority(division: Division) -> tuple[BodyKind, str]:
    """Return the kind and the name of the authority of a division, from the division's own name on."""
    if division.level is Level.TOWNSHIP:
        return _township(division)
    if division.is_zone:
        name = division.name if division.name.endswith(_IS_AUTHORITY) else f"{division.name}管理委员会"
        return BodyKind.DEVELOPMENT_ZONE, name
    name = division.name if division.name.endswith(_IS_AUTHORITY) else f"{division.name}人民政府"
    return _GOVERNMENTS[division.level], name


def _township(division: Division) -> tuple[BodyKind, str]:
    name = division.name
    if division.is_statistical:
        is_zone = _IS_ZONE.search(name) is not None
        return (BodyKind.DEVELOPMENT_ZONE if is_zone else BodyKind.AUTHORISED_ORGANISATION), name
    if name.endswith(("镇", "乡", "苏木")) and division.code[6] != "0":
        return BodyKind.TOWNSHIP, f"{name}人民政府"
    if name.endswith(_IS_AUTHORITY):
        return BodyKind.SUBDISTRICT, name
    return BodyKind.SUBDISTRICT, f"{name}道办事处" if name.endswith("街") else f"{name}办事处"
