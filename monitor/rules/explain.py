"""Which cells, were they another number, would mend the broken sums of a table.

Theory. A cell lies in two or three sums, and every cell of table 3 lies in a set of its own, so the
set of broken sums is the signature of a wrong cell. The search looks for the smallest set of cells
(at most three) whose change mends every broken sum and breaks none; it takes a broken sum, tries
each of its cells with each change that would mend one of that cell's sums, and goes on with what
remains broken. A repair is a proposal in the finding, never a value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.model import Number
from monitor.finding import Explanation
from monitor.rules.sums import Sum

MOST_WRONG_CELLS = 3
MOST_SOLUTIONS = 200
"""Beyond this many ways to mend the table the evidence says nothing about any cell."""
SUMS_OF_A_CELL = 3

Residuals = Mapping[int, Number]
Change = tuple[str, Number]


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken sum with what may explain it; `group` is shared by sums that the same cells explain."""

    sum: Sum
    group: str
    explanations: tuple[Explanation, ...]


def explain(sums: Sequence[Sum], values: Mapping[str, Number]) -> list[Broken]:
    """Return the broken sums among those whose cells were all read, each with its explanations."""
    whole = [item for item in sums if all(path in values for path in item.terms)]
    residuals = {index: item.residual(values) for index, item in enumerate(whole)}
    broken = {index: residual for index, residual in residuals.items() if residual}
    if not broken:
        return []
    solutions = _smallest_solutions(_Search(whole, values), broken)
    cells = {index: _explanations(whole[index], solutions, values) for index in broken}
    groups = _groups(whole, cells)
    return [Broken(whole[index], groups[index], cells[index]) for index in broken]


class _Search:
    """The incidence of cells and sums, and the search over it."""

    def __init__(self, sums: Sequence[Sum], values: Mapping[str, Number]) -> None:
        self.sums = sums
        self.values = values
        self.sums_of: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for index, item in enumerate(sums):
            for path, coefficient in item.terms.items():
                self.sums_of[path].append((index, coefficient))

    def solve(self, residuals: Residuals, cells: int) -> Iterator[frozenset[Change]]:
        """Yield the sets of at most `cells` changes that mend all `residuals`; some more than once."""
        if not residuals:
            yield frozenset()
        elif len(residuals) <= cells * SUMS_OF_A_CELL:
            target = min(residuals, key=lambda index: len(self.sums[index].terms))
            for path, change in self._changes(target, residuals):
                rest = self._after(residuals, path, change)
                for others in self.solve(rest, cells - 1):
                    if all(path != other for other, _change in others):
                        yield others | {(path, change)}

    def _changes(self, target: int, residuals: Residuals) -> Iterator[Change]:
        for path in self.sums[target].terms:
            for change in sorted({-k * residuals[index] for index, k in self._broken(path, residuals)}):
                if self.values[path] + change >= 0:
                    yield path, change

    def _broken(self, path: str, residuals: Residuals) -> Iterator[tuple[int, int]]:
        return ((index, k) for index, k in self.sums_of[path] if index in residuals)

    def _after(self, residuals: Residuals, path: str, change: Number) -> Residuals:
        rest = dict(residuals)
        for index, coefficient in self.sums_of[path]:
            residual = rest.pop(index, 0) + coefficient * change
            if residual:
                rest[index] = residual
        return rest


def _smallest_solutions(search: _Search, broken: Residuals) -> list[frozenset[Change]]:
    for cells in range(1, MOST_WRONG_CELLS + 1):
        found: set[frozenset[Change]] = set()
        for solution in search.solve(broken, cells):
            found.add(solution)
            if len(found) > MOST_SOLUTIONS:
                return []
        if found:
            return sorted(found, key=sorted)
    return []


def _explanations(
    broken: Sum, solutions: Iterable[frozenset[Change]], values: Mapping[str, Number]
) -> tuple[Explanation, ...]:
    """Return the cells of `broken` that some solution changes, in the order of the table."""
    changes = {change for solution in solutions for change in solution if change[0] in broken.terms}
    order = list(broken.terms)
    ranked = sorted(changes, key=lambda change: (order.index(change[0]), change[1]))
    return tuple(Explanation(path, values[path] + change, values[path]) for path, change in ranked)


def _groups(sums: Sequence[Sum], cells: Mapping[int, tuple[Explanation, ...]]) -> dict[int, str]:
    """Name the group of each broken sum: the one cell that explains it, else the group's first sum.

    Sums that share an explaining cell are one group; what nothing explains is one group of its table.
    """
    groups: dict[int, set[int]] = {index: {index} for index in cells}
    first_with: dict[str, int] = {}
    for index, explanations in cells.items():
        for key in [item.cell for item in explanations] or [_table(sums[index])]:
            other = first_with.setdefault(key, index)
            if groups[other] is not groups[index]:
                groups[other] |= groups[index]
                for member in groups[other]:
                    groups[member] = groups[other]
    return {index: _group_name(members, sums, cells) for index, members in groups.items()}


def _group_name(members: set[int], sums: Sequence[Sum], cells: Mapping[int, tuple[Explanation, ...]]) -> str:
    explaining = {item.cell for index in members for item in cells[index]}
    if len(explaining) == 1:
        return explaining.pop()
    return sums[min(members)].name if explaining else _table(sums[min(members)])


def _table(item: Sum) -> str:
    return item.name.split(".")[0]
