"""Hold what the grid reads against the running text of the same document.

The grid places numbers by cells, the flow by the words before them; they share no code up to there. A
number on which they differ is marked, not changed. Tables 3 and 4 are asked about only where their own
sums have not settled the cell; table 2 has no sums and is always compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.flow_regions import flow_regions
from extract.headings import find_headings
from extract.model import Fact, Problem, Report, State
from extract.readings import TablesReading, cell_name
from extract.sums import summands, sums_of
from extract.tables_flow import read_flow

DISPUTED = "disputed"
"""The reader of a cell about which two readings differ."""
_GRID = "grid"
_MOST_NAMED = 6


def open_paths(report: Report) -> frozenset[str]:
    """Return the cells read by the grid that no sum speaks for: those of table 2, and of failing sums."""
    values = summands(report.facts)
    settled: set[str] = set()
    failing: set[str] = set()
    for one in sums_of({fact.path for fact in report.facts}):
        (settled if one.holds(values) else failing).update(one.paths)
    return frozenset(
        fact.path
        for fact in report.facts
        if fact.reader == _GRID
        and fact.state is not State.AMBIGUOUS
        and (fact.path in failing or fact.path not in settled)
    )


def compare(report: Report, paths: frozenset[str], lines: Sequence[str]) -> Report:
    """Mark the cells at `paths` for which the running text in `lines` has another number."""
    flow = _flow_numbers(lines, {path.partition(".")[0] for path in paths})
    differing = {
        fact.path: flow[fact.path]
        for fact in report.facts
        if fact.path in paths and fact.path in flow and flow[fact.path].value != fact.value
    }
    if not differing:
        return report
    facts = tuple(_marked(fact) if fact.path in differing else fact for fact in report.facts)
    told = _told([fact for fact in report.facts if fact.path in differing], differing)
    return replace(report, facts=facts, problems=(*report.problems, told))


def _flow_numbers(lines: Sequence[str], tables: set[str]) -> dict[str, Fact]:
    """Return what the flow reads for certain: rows found once, every cell a number of its own."""
    regions = flow_regions(lines, find_headings(lines), TablesReading())
    reading = read_flow(lines, {table: own for table, own in regions.items() if table in tables})
    found: dict[str, Fact] = {}
    repeated: set[str] = set()
    for row in reading.rows:
        for column, cell in row.cells.items():
            path = f"{row.table}.{row.row}.{column}"
            repeated |= {path} & set(found)
            if cell.value.state is State.READ:
                found[path] = Fact(path, cell.value.value, cell.raw, State.READ)
    return {path: fact for path, fact in found.items() if path not in repeated}


def _marked(fact: Fact) -> Fact:
    return replace(fact, value=None, state=State.AMBIGUOUS, reader=DISPUTED)


def _told(facts: Sequence[Fact], flow: Mapping[str, Fact]) -> Problem:
    said = [
        f"“{cell_name(fact.path)}”表格中读作“{fact.raw}”、文字流中读作“{flow[fact.path].raw}”"
        for fact in facts[:_MOST_NAMED]
    ]
    more = f"等 {len(facts)} 格" if len(facts) > _MOST_NAMED else ""
    return Problem("readings_differ", f"两种读法不一致，未采用：{'；'.join(said)}{more}")
