"""Whose name is this? From one written name to one body of a portal, or to a doubt.

Theory. A wrong match is worse than none: it credits one body with another's report and accuses the
first. So a name is exact (some spelling of an official name or alias), or it differs in a way that
leaves exactly one body and is noted, or it is doubtful and names its candidates. The government of
an area, its office and its departments are never taken for each other. A doubt names too many bodies
rather than too few: whoever is not named may be called missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from config.bodies import Body
from extract.titles import is_same_body
from monitor.names import kind_of_body, kind_of_key, last_area, name_key, own_part, shorter_keys
from monitor.roster import NameIndex, Roster

SIMILAR = 77.0
"""Ratio (0-100) of common characters from which another name may be a misspelling."""
ALIKE = 60.0
"""The same for the only body of a portal, where there is no other to confuse it with; and for areas."""
BARE_GOVERNMENT = frozenset({"政府", "省", "市", "区", "县", "旗", "州"})
"""Keys of 人民政府, 区政府 ... without a name: the government of the portal's area."""
_LEVELS = "省市区县旗州"
_ENDINGS = ("委", "局", "厅", "部", "办", "处", "中心")
_COLLECTIVE = re.compile(
    r"各(?!庄)|(?:所|直)属(?:单位|部门|机构)|(?<!安)全[省市县区](?:直|各|$)|汇[编总]|合集|等\d*[家个]"
)
"""Names of many bodies at once: each of them may be meant."""


class NameCode(StrEnum):
    """How a name was resolved: the first is exact, four are noted matches, the rest are doubts."""

    EXACT = ""
    AREA_DIFFERS = "area_differs"  # only the area before the name is written otherwise
    SHORT_NAME = "short_name"  # the area before the name is left out
    ABBREVIATED = "abbreviated"  # 住建局 for the only 住房和城乡建设局
    ONLY_BODY = "only_body"  # alike, and the portal has no other body
    NO_NAME = "no_name"
    NOT_IN_ROSTER = "not_in_roster"
    SIMILAR_NAME = "similar_name"
    AMBIGUOUS_NAME = "ambiguous_name"
    OTHER_BODY = "other_body"  # exactly the name of a body that does not publish on this portal


@dataclass(frozen=True, slots=True)
class Naming:
    """A name resolved: one body, or none and the candidates it could mean."""

    code: NameCode
    name: str
    body: Body | None = None
    candidates: tuple[Body, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Tell whether the name is a spelling of the body's own."""
        return self.body is not None and self.code is NameCode.EXACT


def resolve_name(name: str | None, portal: str, year: int | None, roster: Roster) -> Naming:
    """Resolve a written name among the bodies of a portal that owe a report of `year`."""
    written, key = name or "", name_key(name or "")
    index = roster.names_on(portal)
    if not key:
        return _unnamed(index, year)
    found = _by_spelling(key, index, year)
    if found:
        return _one_of(found, NameCode.EXACT, written)
    if elsewhere := _elsewhere(key, index, year, roster):
        return Naming(NameCode.OTHER_BODY, written, None, elsewhere)
    if _is_of_other_area(key, index, roster):
        return Naming(NameCode.NOT_IN_ROSTER, written)
    if _COLLECTIVE.search(key):
        return Naming(NameCode.AMBIGUOUS_NAME, written, None, _owing(index.bodies, year))
    return (
        _by_own_part(written, key, index, year)
        or _by_abbreviation(written, key, index, year)
        or _by_likeness(written, key, index, year)
    )


def _by_spelling(key: str, index: NameIndex, year: int | None) -> tuple[Body, ...]:
    """Find the key, also below larger areas (南阳市卧龙区… for 卧龙区…), never below none at all."""
    if found := _owing(index.by_key.get(key, ()), year):
        return found
    for shorter in shorter_keys(key):
        is_whole_name = last_area(shorter) or kind_of_key(shorter) == "area"
        if is_whole_name and (found := _owing(index.by_key.get(shorter, ()), year)):
            return found
    return ()


def _elsewhere(key: str, index: NameIndex, year: int | None, roster: Roster) -> tuple[Body, ...]:
    """Find bodies of other portals that bear this very name, areas included."""
    if not last_area(key) and kind_of_key(key) != "area":
        return ()
    here = {body.id for body in index.bodies}
    return tuple(body for body in _by_spelling(key, roster.all_names, year) if body.id not in here)


def _is_of_other_area(key: str, index: NameIndex, roster: Roster) -> bool:
    """Tell whether the name belongs to a known area in which no body of this portal is."""
    area = last_area(key)
    here = {last_area(name_key(name)) for body in index.bodies for name in body.names}
    here |= {name_key(body.name) for body in index.bodies}
    return area in roster.known_areas and area not in here


def _by_own_part(written: str, key: str, index: NameIndex, year: int | None) -> Naming | None:
    """Find the one body whose name differs only in the area before it."""
    if key in BARE_GOVERNMENT:
        areas = tuple(body for body in _owing(index.bodies, year) if kind_of_body(body.kind) == "area")
        return _one_of(areas, NameCode.SHORT_NAME, written) if areas else None
    level, own = _level_and_own(key)
    bodies = {body.id: body for part in (index.by_own_part, index.by_key) for body in part.get(own, ())}
    found = _of_kind(_owing(bodies.values(), year), own)
    if not found:
        return None
    if level:
        return _of_level(found, level, written)
    if own == key:
        return _one_of(found, NameCode.SHORT_NAME, written)
    if len(found) == 1 and not _may_misspell(last_area(key), found[0]):
        return Naming(NameCode.SIMILAR_NAME, written, None, found)
    return _one_of(found, NameCode.AREA_DIFFERS, written)


def _level_and_own(key: str) -> tuple[str, str]:
    """Split a name that says only its area's level (区教育局, 市财政局); else no level, and its own part."""
    own = own_part(key)
    return (key[0], key[1:]) if own == key and key[0] in _LEVELS and len(key) > 2 else ("", own)


def _of_level(found: Sequence[Body], level: str, written: str) -> Naming:
    """Take the one body whose area is of a level; a bureau of the city is none of the district's."""
    fitting = [body for body in found if any(area.endswith(level) for area in _areas_of(body))]
    if len(fitting) != 1 or len(found) != 1:
        return Naming(NameCode.SIMILAR_NAME, written, None, tuple(found))
    return Naming(NameCode.SHORT_NAME, written, fitting[0])


def _by_abbreviation(written: str, key: str, index: NameIndex, year: int | None) -> Naming | None:
    """Find the one body of this area whose name is written with letters left out (发改委, 住建局)."""
    bodies, area = _owing(index.bodies, year), last_area(key)
    if whole := _abbreviated(own_part(key), bodies):
        here = [body for body in whole if not area or area in _areas_of(body)]
        if len(here) != 1 or len(whole) != 1:
            return Naming(NameCode.SIMILAR_NAME, written, None, whole)
        return Naming(NameCode.ABBREVIATED, written, here[0])
    level, own = _level_and_own(key)
    found = _abbreviated(own, bodies) if level else ()
    return _of_level(found, level, written) if found else None


def _abbreviated(own: str, bodies: Sequence[Body]) -> tuple[Body, ...]:
    return tuple(
        body
        for body in _of_kind(bodies, own)
        if any(_abbreviates(own, own_part(name_key(name))) for name in body.names)
    )


def _abbreviates(short: str, long: str) -> bool:
    return len(short) > len("某局") and short[0] == long[0] and is_same_body(short, long)


def _areas_of(body: Body) -> list[str]:
    return [area for name in body.names if (area := last_area(name_key(name)))]


def _may_misspell(area: str, body: Body) -> bool:
    """Tell whether an area as written may be a misspelling of the area in the body's names (卧岗区)."""
    areas = _areas_of(body)
    return not areas or any(fuzz.ratio(area, known) >= ALIKE for known in areas)


def _by_likeness(written: str, key: str, index: NameIndex, year: int | None) -> Naming:
    """Take the only body of a portal where it is alike; else name who is similar, and match nobody."""
    bodies = _owing(index.bodies, year)
    alike = _of_kind(tuple(body for body in bodies if _likeness(key, body) >= ALIKE), key)
    if len(bodies) == 1 and alike:
        return Naming(NameCode.ONLY_BODY, written, alike[0])
    similar = tuple(
        body for body in bodies if _likeness(key, body) >= SIMILAR or _shares_stem(own_part(key), body)
    )
    if len(bodies) == 1 and not similar:
        similar = bodies
    code = NameCode.SIMILAR_NAME if similar else NameCode.NOT_IN_ROSTER
    return Naming(code, written, None, similar)


def _shares_stem(own: str, body: Body) -> bool:
    """Tell whether one name continues or shortens the other, whatever it ends with (卫健局, 卫生健康委)."""
    if kind_of_key(own) != "department" or kind_of_body(body.kind) != "department":
        return False
    stem = _stem(own)
    others = [_stem(own_part(name_key(name))) for name in body.names]
    return any(_is_part(stem, other) or _is_part(other, stem) for other in others)


def _stem(own: str) -> str:
    return next((own.removesuffix(ending) for ending in _ENDINGS if own.endswith(ending)), own)


def _is_part(short: str, long: str) -> bool:
    letters = iter(long)
    return len(short) > 1 and all(letter in letters for letter in short)


def _unnamed(index: NameIndex, year: int | None) -> Naming:
    bodies = _owing(index.bodies, year)
    if len(bodies) == 1:
        return Naming(NameCode.ONLY_BODY, "", bodies[0])
    return Naming(NameCode.NO_NAME, "", None, bodies)


def _one_of(found: Sequence[Body], code: NameCode, written: str) -> Naming:
    if len(found) == 1:
        return Naming(code, written, found[0])
    return Naming(NameCode.AMBIGUOUS_NAME, written, None, tuple(found))


def _owing(bodies: Iterable[Body], year: int | None) -> tuple[Body, ...]:
    return tuple(body for body in bodies if year is None or body.owes(year))


def _of_kind(bodies: Iterable[Body], key: str) -> tuple[Body, ...]:
    return tuple(body for body in bodies if kind_of_body(body.kind) == kind_of_key(key))


def _likeness(key: str, body: Body) -> float:
    own = own_part(key)
    return max(fuzz.ratio(own, own_part(name_key(name))) for name in body.names)
