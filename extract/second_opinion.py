"""When a second reading of a document is asked for, and how two readings of its tables meet.

    same value by both          kept
    different values            ambiguous, and the problem `readings_differ` names both
    a number of one only        marked, unless the sums of its table confirm it
    both unsettled              as the first says

A second reading is asked for where the first one has a marked cell, misses a label, or where a sum of
table 3 or 4 fails. Then a sum that fails by both readings is the report's own error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.flow_check import DISPUTED
from extract.formats import TABLES, decide_format, official_forms
from extract.model import Fact, Number, Problem, Report, State
from extract.readings import TABLE_NAMES, cell_name, row_name, unclear_cells
from extract.sums import Sum, summands, sums_of

_UNSETTLED = frozenset({State.AMBIGUOUS, State.UNREADABLE})
_GAPS = frozenset(
    {
        *("table_missing", "row_missing", "column_missing", "row_ambiguous", "row_unrecognised"),
        *("unplaced_number", "row_repeated"),
    }
)
_OF_MARKED_ROWS = frozenset({"row_ambiguous", "row_unrecognised"})
_SUMS_TO_CONFIRM = {"requests": 2, "remedies": 1}
"""How many sums must come out with a number that one reading alone has; table 2 has none."""
_MOST_NAMED = 6


def is_doubtful(report: Report) -> bool:
    """Tell whether a second reading is needed: something is marked or missing, or a sum fails."""
    if any(fact.state in _UNSETTLED for fact in report.facts):
        return True
    if any(problem.code in _GAPS for problem in report.problems):
        return True
    values = summands(report.facts)
    return any(one.holds(values) is False for one in sums_of({fact.path for fact in report.facts}))


def meet(first: Report, second: Report, names: tuple[str, str]) -> Report:
    """Return the first reading as the second one confirms, doubts or completes it.

    `names` are those of the two readings, for the problem that names both.
    """
    if not second.facts:
        return first
    met = _Meeting(first, second)
    facts = _ordered(met.fact(path) for path in met.paths)
    problems = [*_left(first, facts), *_added(first, facts)]
    if met.disputes:
        problems.append(_told(met.disputes, names))
    problems += unclear_cells(facts, problems)
    format_ = decide_format(_columns_by_row(facts))
    return replace(first, facts=tuple(facts), format=format_, problems=tuple(problems))


@dataclass(slots=True)
class _Meeting:
    """The two readings by path, what each sum says, and the disputes met."""

    first: Report
    second: Report
    disputes: list[tuple[Fact, Fact]] = field(default_factory=list)
    _one: dict[str, Fact] = field(init=False)
    _other: dict[str, Fact] = field(init=False)
    _sums: dict[str, list[Sum]] = field(init=False)
    _values: dict[str, Number] = field(init=False)

    def __post_init__(self) -> None:
        """Index the facts, and join what is settled by either reading."""
        self._one = {fact.path: fact for fact in self.first.facts}
        self._other = {fact.path: fact for fact in self.second.facts}
        numbers = [fact for fact in (*self.second.facts, *self.first.facts) if fact.state is State.READ]
        empty = summands((*self.second.facts, *self.first.facts))
        self._values = {**empty, **summands(numbers)}
        self._sums = {}
        for one in sums_of(self.paths):
            for path in one.paths:
                self._sums.setdefault(path, []).append(one)

    @property
    def paths(self) -> tuple[str, ...]:
        """The cells that either reading has."""
        return tuple(dict.fromkeys((*self._one, *self._other)))

    def fact(self, path: str) -> Fact:
        """Settle one cell."""
        one, other = self._one.get(path), self._other.get(path)
        if one is None or one.state in _UNSETTLED:
            return self._completed(path, one, other)
        if other is None or other.state in _UNSETTLED:
            return self._doubted(one, other)
        if one.value == other.value:
            return one
        if None in (one.value, other.value) and self._confirmed(path):
            return other if one.value is None else one
        self.disputes.append((one, other))
        return _marked(one)

    def _completed(self, path: str, one: Fact | None, other: Fact | None) -> Fact:
        """Take from the second reading what the sums confirm; else the cell stays marked."""
        if other is not None and other.state not in _UNSETTLED and self._confirmed(path):
            return other
        return one or _marked(self._other[path])

    def _doubted(self, one: Fact, other: Fact | None) -> Fact:
        """Keep what the first reading alone has, unless a sum speaks against it or no sum could."""
        failing = any(item.holds(self._values) is False for item in self._sums.get(one.path, ()))
        unsure = other is not None and one.path not in self._sums and one.state is State.READ
        return _marked(one) if failing or unsure else one

    def _confirmed(self, path: str) -> bool:
        """Tell whether enough sums come out with the number at `path`, and none fails."""
        verdicts = [one.holds(self._values) for one in self._sums.get(path, ())]
        enough = _SUMS_TO_CONFIRM.get(path.partition(".")[0])
        return enough is not None and verdicts.count(True) >= enough and False not in verdicts


def _marked(fact: Fact) -> Fact:
    return replace(fact, value=None, state=State.AMBIGUOUS, reader=DISPUTED)


def _ordered(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts in official order: by table, row and column."""
    forms = official_forms().tables

    def place(fact: Fact) -> tuple[int, int]:
        table, row, _column = fact.path.split(".")
        return TABLES.index(table), forms[table].order[row]

    return sorted(facts, key=place)


def _columns_by_row(facts: Iterable[Fact]) -> dict[str, dict[str, frozenset[str]]]:
    found: dict[str, dict[str, frozenset[str]]] = {table: {} for table in TABLES}
    for fact in facts:
        table, row, column = fact.path.split(".")
        found[table][row] = found[table].get(row, frozenset()) | {column}
    return found


def _left(first: Report, facts: Sequence[Fact]) -> Iterator[Problem]:
    """Yield the problems of the first reading that the second one has not settled."""
    found = _columns_by_row(facts)
    marked = _columns_by_row(fact for fact in facts if fact.state in _UNSETTLED)
    before = _columns_by_row(first.facts)
    new = {table for table in TABLES if found[table] and not before[table]}
    settled = {(table, row) for table in TABLES for row in found[table] if row not in marked[table]}
    added = {(table, row) for table in TABLES for row in found[table] if row not in before[table]}
    for problem in first.problems:
        if problem.code in _OF_MARKED_ROWS and _names_one(problem, settled):
            continue
        if problem.code == "cell_unclear":
            continue  # told anew
        if problem.code == "row_missing" and _names_one(problem, added):
            continue
        if problem.code == "table_missing" and any(TABLE_NAMES[table] in problem.detail for table in new):
            continue
        yield problem


def _added(first: Report, facts: Sequence[Fact]) -> Iterator[Problem]:
    """Yield a problem for each row that only the second reading knows, and no sum confirms."""
    before = _columns_by_row(first.facts)
    marked = _columns_by_row(fact for fact in facts if fact.state in _UNSETTLED)
    for table in TABLES:
        for row in marked[table]:
            if row not in before[table]:
                yield Problem("row_unrecognised", f"{_quoted(table, row)}一行只有一种读法认出，未采用")


def _names_one(problem: Problem, rows: Iterable[tuple[str, str]]) -> bool:
    return any(_quoted(table, row) in problem.detail for table, row in rows)


def _quoted(table: str, row: str) -> str:
    return f"“{row_name(official_forms().tables[table], row)}”"


def _told(disputes: Sequence[tuple[Fact, Fact]], names: tuple[str, str]) -> Problem:
    said = [
        f"“{cell_name(one.path)}”{names[0]}读作“{one.raw}”、{names[1]}读作“{other.raw}”"
        for one, other in disputes[:_MOST_NAMED]
    ]
    more = f"等 {len(disputes)} 格" if len(disputes) > _MOST_NAMED else ""
    return Problem("readings_differ", f"两种读法不一致，未采用：{'；'.join(said)}{more}")
