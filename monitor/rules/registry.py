"""The registry of rules: found by walking this package, so that adding a rule touches one module."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

import monitor.rules
from config.bodies import BodyKind
from monitor.finding import Severity
from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome

Check: TypeAlias = Callable[[RuleContext], Iterator[Outcome]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the catalogue (docs/contract/rules.md).

    `since` and `until` are report years, `kinds` the kinds of body it is for (empty: all).
    `check` is None where the rule needs more than reports: `decided_by` says what decides it.
    """

    id: str
    title: str
    severity: Severity
    basis: str
    since: int | None = None
    until: int | None = None
    kinds: frozenset[BodyKind] = frozenset()
    duty: str = ""
    check: Check | None = field(default=None, compare=False)
    decided_by: str = ""

    def applies_to(self, context: RuleContext) -> bool:
        """Tell whether the rule is for this report's year and kind of body."""
        year = context.year
        if self.since is not None and (year is None or year < self.since):
            return False
        if self.until is not None and year is not None and year > self.until:
            return False
        return not self.kinds or context.body is None or context.body.kind in self.kinds


_RULES: dict[str, Rule] = {}


def rule(
    id_: str,
    title: str,
    severity: Severity,
    *,
    basis: str,
    since: int | None = None,
    until: int | None = None,
    kinds: frozenset[BodyKind] = frozenset(),
) -> Callable[[Check], Check]:
    """Register the decorated function as a rule; its docstring quotes the duty that it checks."""

    def register(check: Check) -> Check:
        duty = inspect.cleandoc(check.__doc__ or "")
        _add(Rule(id_, title, severity, basis, since, until, kinds, duty, check))
        return check

    return register


def declare(rule_without_check: Rule) -> Rule:
    """Register a rule that another part of the program decides."""
    _add(rule_without_check)
    return rule_without_check


@cache
def all_rules() -> dict[str, Rule]:
    """Return the whole catalogue by id, in alphabetical order of the ids."""
    for module in pkgutil.iter_modules(monitor.rules.__path__):
        importlib.import_module(f"{monitor.rules.__name__}.{module.name}")
    return dict(sorted(_RULES.items()))


def _add(entry: Rule) -> None:
    if entry.id in _RULES:
        raise ValueError(f"rule {entry.id} is registered twice")
    _RULES[entry.id] = entry
