"""The roster: bodies and portals together, and the names under which bodies are found.

A body publishes on the portals that it lists and on those that list it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from archive.store import Row, to_json
from config.bodies import Body, load_bodies
from config.errors import ConfigError
from config.portals import Portal, load_portals
from monitor.names import last_area, name_key, own_part


@dataclass(frozen=True, eq=False)
class NameIndex:
    """The bodies of one portal by their names' keys, and by the part of it that is their own."""

    bodies: tuple[Body, ...]

    @cached_property
    def by_key(self) -> Mapping[str, tuple[Body, ...]]:
        """Bodies by the key of any name."""
        return _grouped((name_key(name), body) for body in self.bodies for name in body.names)

    @cached_property
    def by_own_part(self) -> Mapping[str, tuple[Body, ...]]:
        """Bodies by their names without the areas before them; areas themselves have no such part."""
        keys = ((name_key(name), body) for body in self.bodies for name in body.names)
        return _grouped((own_part(key), body) for key, body in keys if own_part(key) != key)


@dataclass(frozen=True, eq=False)
class Roster:
    """All bodies and portals of the configuration, by id."""

    bodies: Mapping[str, Body]
    portals: Mapping[str, Portal]

    @cached_property
    def all_names(self) -> NameIndex:
        """The index over every body."""
        return NameIndex(tuple(self.bodies.values()))

    @cached_property
    def known_areas(self) -> frozenset[str]:
        """The keys of all areas that names in the roster speak of."""
        keys = [name_key(name) for body in self.bodies.values() for name in body.names]
        return frozenset(area for key in keys if (area := last_area(key)))

    @cached_property
    def _names_of_portals(self) -> Mapping[str, NameIndex]:
        return {portal: NameIndex(tuple(found)) for portal, found in self._publishers.items()}

    @cached_property
    def _publishers(self) -> Mapping[str, list[Body]]:
        publishers: dict[str, list[Body]] = {portal: [] for portal in self.portals}
        for body in self.bodies.values():
            for portal in self.portals_of(body):
                publishers[portal.id].append(body)
        return publishers

    @cached_property
    def _portals_listing(self) -> Mapping[str, list[str]]:
        listing: dict[str, list[str]] = {}
        for portal in self.portals.values():
            for body in portal.bodies:
                listing.setdefault(body, []).append(portal.id)
        return listing

    def names_on(self, portal: str) -> NameIndex:
        """Return the names of the bodies that publish on a portal; empty for a portal we do not know."""
        return self._names_of_portals.get(portal, NameIndex(()))

    def portals_of(self, body: Body) -> tuple[Portal, ...]:
        """Return the portals where a body publishes, in the order of their ids."""
        ids = {*body.portals, *self._portals_listing.get(body.id, ())}
        return tuple(self.portals[id_] for id_ in sorted(ids) if id_ in self.portals)

    @cached_property
    def digest(self) -> str:
        """Return a hash over everything that decides a match: another roster, another digest."""
        told = [self.rows(), [[portal.id, list(portal.bodies)] for portal in self.portals.values()]]
        return hashlib.sha256(to_json(told).encode()).hexdigest()[:16]

    def rows(self) -> list[Row]:
        """Return the rows of the archive's table `bodies`, in the order of the ids."""
        return [_body_row(self.bodies[id_]) for id_ in sorted(self.bodies)]


def load_roster(config_dir: Path) -> Roster:
    """Load bodies and portals; raises ConfigError, also where one names the other wrongly."""
    roster = Roster(load_bodies(config_dir), load_portals(config_dir))
    if mistakes := roster_mistakes(roster):
        raise ConfigError(f"{config_dir}: {mistakes[0]}")
    return roster


@dataclass(frozen=True, slots=True)
class Mistake:
    """What does not fit: in the row of a body, or in the file of a portal."""

    body: str | None
    portal: str | None
    reason: str

    def __str__(self) -> str:
        """Return one line: bodies or portals, id, key and reason."""
        return (
            f"bodies: {self.body}: {self.reason}" if self.body else f"portals: {self.portal}: {self.reason}"
        )


def roster_mistakes(roster: Roster) -> list[Mistake]:
    """Return what does not fit together: unknown ids, years, names of two bodies on one portal."""
    mistakes = []
    for body in roster.bodies.values():
        mistakes += [
            Mistake(body.id, None, f"portals: {portal!r} 不是已配置的网站")
            for portal in body.portals
            if portal not in roster.portals
        ]
        if body.since and body.until and body.since > body.until:
            mistakes.append(Mistake(body.id, None, f"since: {body.since} 晚于 until {body.until}"))
    for portal in roster.portals.values():
        mistakes += [
            Mistake(None, portal.id, f"bodies: {body!r} 不在名录中")
            for body in portal.bodies
            if body not in roster.bodies
        ]
    return mistakes + _shared_names(roster)


def _shared_names(roster: Roster) -> list[Mistake]:
    """Name the bodies that one portal could not tell apart: both existing in the same years."""
    mistakes = []
    for portal in roster.portals:
        for key, bodies in roster.names_on(portal).by_key.items():
            first, *others = bodies
            mistakes += [
                Mistake(other.id, None, f"name: 与 {first.id} 在网站 {portal} 上同名 ({key})")
                for other in others
                if _overlap(first, other)
            ]
    return mistakes


def _overlap(one: Body, other: Body) -> bool:
    starts = max(one.since or 0, other.since or 0)
    ends = min(one.until or 9999, other.until or 9999)
    return starts <= ends


def _grouped(pairs: Iterable[tuple[str, Body]]) -> dict[str, tuple[Body, ...]]:
    groups: dict[str, dict[str, Body]] = {}
    for key, body in pairs:
        groups.setdefault(key, {})[body.id] = body
    return {key: tuple(found.values()) for key, found in groups.items() if key}


def _body_row(body: Body) -> Row:
    return {
        "id": body.id,
        "name": body.name,
        "aliases": to_json(list(body.aliases)),
        "kind": str(body.kind),
        "division": body.division,
        "supervisor": body.supervisor,
        "portals": to_json(list(body.portals)),
        "since": body.since,
        "until": body.until,
        "confirmed": int(body.confirmed),
    }
