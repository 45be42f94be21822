"""Local rule packs: how an area weighs the rules, one YAML a pack in config/packs.

A pack may change a rule's severity, give it points (real inspections deduct them for late, copied or
unpublished reports), switch it off between two days with a reason, and set due days by local notice.
It speaks for the bodies of a division, for some kinds of body, or for all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from config.bodies import Body, BodyKind
from config.deadlines import Deadlines, DueRule
from config.errors import ConfigError
from config.language import say
from config.yaml_model import ConfigModel, load_yaml


class Off(ConfigModel):
    """A rule switched off, with the reason, from one day to another (both included, local dates)."""

    reason: Annotated[str, Field(min_length=2)]
    from_on: date
    until_on: date

    @model_validator(mode="after")
    def _in_order(self) -> Off:
        if self.until_on < self.from_on:
            raise ValueError(say("until_on 早于 from_on", "until_on is before from_on"))
        return self


class RuleChange(ConfigModel):
    """What a pack changes of one rule; `points` are what one problem costs."""

    severity: Literal["error", "warning", "info"] | None = None
    points: Annotated[Decimal, Field(ge=0)] | None = None
    switched_off: Off | None = None


class Pack(ConfigModel):
    """One area's weighing of the rules. A pack that is not `enabled` is only an example."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: Annotated[str, Field(min_length=2)]
    basis: Annotated[str, Field(min_length=4)]
    enabled: bool = True
    division: Annotated[str, Field(pattern=r"^\d*$")] = ""
    kinds: tuple[BodyKind, ...] = ()
    since: int | None = None
    until: int | None = None
    rules: dict[str, RuleChange] = Field(default_factory=dict)
    deadlines: tuple[DueRule, ...] = ()

    def speaks_of(self, body: Body | None, year: int | None) -> bool:
        """Tell whether the pack is for this body's report of `year`; a body not known fits only 'all'."""
        if not self.enabled or not self._covers(year):
            return False
        if body is None:
            return not self.division and not self.kinds
        return body.division.startswith(self.division) and (not self.kinds or body.kind in self.kinds)

    def _covers(self, year: int | None) -> bool:
        if year is None:
            return self.since is None and self.until is None
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


@dataclass(frozen=True, slots=True)
class Packs:
    """All packs, the most particular first: a longer division code decides before a shorter one."""

    packs: tuple[Pack, ...] = ()

    def change(self, rule: str, body: Body | None, year: int | None) -> RuleChange | None:
        """Return what the first pack that speaks of the rule and the body changes, or None."""
        for pack in self.packs:
            if rule in pack.rules and pack.speaks_of(body, year):
                return pack.rules[rule]
        return None

    def due_rules(self) -> tuple[DueRule, ...]:
        """Return the due days of all enabled packs, each bound to its pack's division."""
        return tuple(
            rule if rule.division else rule.model_copy(update={"division": pack.division})
            for pack in self.packs
            if pack.enabled
            for rule in pack.deadlines
        )

    def with_due_days(self, deadlines: Deadlines) -> Deadlines:
        """Return deadlines with the packs' own due days before the shipped defaults."""
        overrides = (*deadlines.overrides, *self.due_rules())
        return Deadlines.model_validate({**deadlines.model_dump(), "overrides": overrides})

    @property
    def rule_ids(self) -> frozenset[str]:
        """All rules that some pack names."""
        return frozenset(rule for pack in self.packs for rule in pack.rules)


def load_packs(config_dir: Path, known_rules: Iterable[str]) -> Packs:
    """Load every pack of the configuration directory; raises ConfigError with file, line and reason."""
    known = frozenset(known_rules)
    packs = []
    for path in sorted((config_dir / "packs").glob("*.yml")):
        pack = load_yaml(path, Pack)
        unknown = sorted(set(pack.rules) - known)
        if unknown:
            names = ", ".join(unknown)
            raise ConfigError(f"{path}: rules: {say('没有这样的规则', 'no such rule')}: {names}")
        packs.append(pack)
    return Packs(tuple(sorted(packs, key=lambda pack: (-len(pack.division), pack.id))))
