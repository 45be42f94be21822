"""A list of endings in a story of reviews and suits, and the rows that it is of.

直接起诉3件，复议后起诉4件，维持3件，纠正1件: one by one they may be of either way or of all suits; together
they are of those rows that most of them agree with.
"""

from __future__ import annotations

from dataclasses import replace

from monitor.rules.claims.case_told import Told
from monitor.rules.claims.claim import may_be
from monitor.rules.claims.remedy_rows import Rows
from monitor.rules.context import RuleContext


class Endings:
    """The places of the list that is being read, among what was `told`."""

    def __init__(self, context: RuleContext, told: list[Told]) -> None:
        self._context = context
        self._told = told
        self._places: list[int] = []

    @property
    def has_any(self) -> bool:
        """Tell whether a list has begun."""
        return bool(self._places)

    def add_last(self) -> None:
        """Take what was told last into the list."""
        self._places.append(len(self._told) - 1)

    def forget_from(self, place: int) -> None:
        """Leave out what was told since: it could not be understood."""
        self._places = [at for at in self._places if at < place]

    def groups(self) -> tuple[Rows, ...]:
        """Return the rows that the last ending may be of."""
        return self._told[self._places[-1]].groups

    def are_of(self, rows: Rows) -> None:
        """Leave to all endings these rows alone."""
        for place in self._places:
            self._told[place] = replace(self._told[place], groups=(rows,))

    def end(self) -> None:
        """Leave to the endings the rows that most of them agree with."""
        listed = [self._told[place] for place in self._places]
        groups = dict.fromkeys(rows for told in listed for rows in told.groups)
        right = {rows: sum(self._agrees(told, rows) for told in listed) for rows in groups}
        best = max(right.values(), default=0)
        for place, told in zip(self._places, listed, strict=True):
            kept = tuple(rows for rows in told.groups if right[rows] == best)
            self._told[place] = replace(told, groups=kept or told.groups)
        self._places = []

    def _agrees(self, told: Told, rows: Rows) -> bool:
        claim = replace(told, groups=(rows,)).claim()
        return rows in told.groups and bool(told.value) and may_be(self._context, claim, told.value)
