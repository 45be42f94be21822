"""What a rule may look at: one report, and what is known beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from config.bodies import Body
from extract.model import Fact, Format, NormalizedText, Number, Report

FIRST_YEAR_OF_TABLES = 2019
"""Report year from which 国办公开办函〔2019〕60号 prescribes sections and tables."""
FIRST_YEAR_OF_2021_FORMAT = 2021
_YEAR_OF_FORMAT = {Format.F2019: 2019, Format.F2021: 2021, Format.MIXED: 2021, Format.UNKNOWN: None}


@dataclass(frozen=True, eq=False)
class RuleContext:
    """One report to check. Everything but `report` is None or empty where it is not known.

    `text` is the normalized text the report was read from; `previous` is the same body's report of
    the year before as it stands now, `previous_first` as it was first published; `peers` are reports
    of other bodies of the same year whose prose may be like this one's.
    """

    report: Report
    text: NormalizedText | None = None
    body: Body | None = None
    previous: Report | None = None
    previous_first: Report | None = None
    peers: tuple[Report, ...] = ()

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The report's facts by path."""
        return {fact.path: fact for fact in self.report.facts}

    @cached_property
    def rows(self) -> frozenset[str]:
        """The rows that the document has, as `table.row`."""
        return frozenset(path.rpartition(".")[0] for path in self.facts)

    @property
    def year(self) -> int | None:
        """The report year; where it is undecided, the first year of the format that is used."""
        return self.report.year or _YEAR_OF_FORMAT[self.report.format]

    def table(self, name: str) -> list[Fact]:
        """Return the facts of `disclosure`, `requests` or `remedies`; empty where there is no table."""
        return self._tables.get(name, [])

    @cached_property
    def values(self) -> Mapping[str, Number]:
        """The values of all cells that were read, by path."""
        return {path: fact.value for path, fact in self.facts.items() if fact.value is not None}

    @cached_property
    def _tables(self) -> Mapping[str, list[Fact]]:
        tables: dict[str, list[Fact]] = {}
        for path, fact in self.facts.items():
            tables.setdefault(path.partition(".")[0], []).append(fact)
        return tables
