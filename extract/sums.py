"""The sums that the official tables state: which cells together must make which others.

Over the paths of facts (`requests.received.total`). A sum is listed only where the document has every
cell of it; a blank or a mark counts as nothing, an unread cell leaves the sum open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extract.formats import official_forms
from extract.model import Fact, Number, State

TOTAL = "total"
_REQUESTS, _REMEDIES = "requests", "remedies"
_INCOMING, _PROCESSED, _CARRIED = ("received", "carried_in"), "processed_total", "carried_forward"


@dataclass(frozen=True, slots=True)
class Sum:
    """The cells at `left` together are the cells at `right` together."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """All of its cells."""
        return (*self.left, *self.right)

    def holds(self, values: Mapping[str, Number]) -> bool | None:
        """Tell whether the sum comes out; None while a cell of it is not known."""
        if any(path not in values for path in self.paths):
            return None
        return sum(values[path] for path in self.left) == sum(values[path] for path in self.right)


def sums_of(paths: Collection[str]) -> list[Sum]:
    """Return the sums of tables 3 and 4 of a document that has cells at `paths`."""
    known = frozenset(paths)
    return [one for one in _official_sums() if known.issuperset(one.paths)]


def summands(facts: Iterable[Fact]) -> dict[str, Number]:
    """Return what each settled cell adds to a sum; cells that are not settled are left out."""
    found = {fact.path: summand(fact) for fact in facts}
    return {path: value for path, value in found.items() if value is not None}


def summand(fact: Fact) -> Number | None:
    """Return what one cell adds to a sum, None where that is not known."""
    if fact.state is State.READ:
        return fact.value
    return 0 if fact.state in (State.BLANK, State.MARK) else None


@lru_cache(maxsize=1)
def _official_sums() -> tuple[Sum, ...]:
    """Return the sums of all forms; those over the outcomes differ by form."""
    return (*_row_sums(), *(one for column in _columns(_REQUESTS) for one in _column_sums(column)))


def _columns(table: str) -> list[str]:
    return [column.key for column in official_forms().tables[table].column_sets[""].columns]


def _row_sums() -> Iterator[Sum]:
    for table in (_REQUESTS, _REMEDIES):
        for row in official_forms().tables[table].rows:
            path = f"{table}.{row.key}"
            parts = tuple(f"{path}.{column}" for column in _columns(table) if column != TOTAL)
            yield Sum(parts, (f"{path}.{TOTAL}",))


def _column_sums(column: str) -> Iterator[Sum]:
    forms = official_forms()
    total = f"{_REQUESTS}.{_PROCESSED}.{column}"
    for form in forms.by_id:
        keys = [key for key in forms.row_keys(form, _REQUESTS) if forms.tables[_REQUESTS].group_of(key)]
        yield Sum(tuple(f"{_REQUESTS}.{key}.{column}" for key in keys if key != _PROCESSED), (total,))
    incoming = tuple(f"{_REQUESTS}.{key}.{column}" for key in _INCOMING)
    yield Sum(incoming, (total, f"{_REQUESTS}.{_CARRIED}.{column}"))
