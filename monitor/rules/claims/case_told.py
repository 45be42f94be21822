"""What one piece of a story says of reviews and suits: how many cases, of which rows, with which ending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from monitor.rules.claims.claim import Claim, Meaning
from monitor.rules.claims.remedy_rows import (
    NAMES,
    REVIEWS,
    SUITS,
    Ending,
    Rows,
    meanings_of_outcome,
    total_of,
)
from monitor.rules.prose.quantities import Quantity
from monitor.rules.prose.sentences import Sentence

Place: TypeAlias = tuple[int, int]
"""Which sentence of a passage, and where in it."""
ALL_CASES = REVIEWS + SUITS
_LABELS: dict[Rows, str] = {rows: label for rows, label, _pattern in NAMES}


@dataclass(frozen=True, slots=True)
class Told:
    """So many cases of one of these groups of rows; `place` is that of the number.

    均为维持 speaks of a number told before: its place is that number's, and `is_of_all` is true.
    """

    sentence: Sentence
    start: int
    end: int
    value: Decimal
    place: Place
    groups: tuple[Rows, ...]
    ending: Ending | None = None
    at_most: bool = False
    is_of_all: bool = False

    @property
    def is_total(self) -> bool:
        """Tell whether it counts cases however they ended."""
        return self.ending is None

    def claim(self) -> Claim:
        """Return what it says as a claim against the table."""
        meanings: tuple[Meaning, ...]
        if self.ending is None:
            meanings = tuple(
                total_of(rows, _LABELS.get(rows, "行政复议与行政诉讼之和")) for rows in self.groups
            )
        else:
            meanings = meanings_of_outcome(self.groups, self.ending)
        return Claim(self.sentence, self.start, self.end, self.value, meanings, self.at_most, understood=True)


@dataclass(slots=True)
class Last:
    """What was named last: the rows, whether nothing else can be meant, and the number told of them."""

    rows: Rows | None = None
    definite: bool = False
    item: Quantity | None = None
    place: Place = (-1, -1)
    of_item: Rows | None = None
    is_new: bool = False
    is_ended: bool = False
    headed: int = -1
    """Where the heading ends that named the rows: 行政复议方面，."""
    since: list[Rows] = field(default_factory=list)
    """All kinds that were counted since an ending was told."""


def union(kinds: Sequence[Rows]) -> Rows:
    """Return the rows of several kinds together."""
    rows = {row for kind in kinds for row in kind}
    return tuple(row for row in ALL_CASES if row in rows)
