"""The values that extraction produces: normalized text, facts and reports.

Theory. Extraction is two pure steps, bytes -> `NormalizedText` -> `Report`. A number never travels
alone: it is a `Fact`, with the raw string it was read from, a state that says how sure the reading
is, and an `Anchor` back to its place in the stored original. Everything here is immutable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Number: TypeAlias = int | Decimal
CellKey: TypeAlias = tuple[int, int]
"""(line, cell): zero-based line of the normalized text, zero-based tab-separated cell in it."""


class State(StrEnum):
    """How a cell was read. Only `READ` carries a value; the other four print null, never 0."""

    READ = "read"
    BLANK = "blank"  # nothing is written in the cell
    MARK = "mark"  # a dash, a slash or 无 stands in it
    AMBIGUOUS = "ambiguous"  # numbers are there, but which of them belongs here cannot be decided
    UNREADABLE = "unreadable"  # something is written that is not a number


class Format(StrEnum):
    """The official form, decided by the tables themselves (docs/contract/report.md)."""

    F2021 = "2021"  # 国办公开办函〔2021〕30号
    F2019 = "2019"  # 国办公开办函〔2019〕60号
    MIXED = "mixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the stored original.

    Paged documents (PDF, OFD, scan) use `page` (from 1) and `bbox` (x0, top, x1, bottom in points
    from the top left); the others use `locator`, such as `table[2]/tr[7]/td[4]`, all from 1.
    """

    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a reader or the parser could not settle. Codes: docs/normalized-text.md."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A document in the one text form (docs/normalized-text.md), with anchors to the original.

    `anchors` maps (line, cell) to a place. A cell of a table row without an anchor, in a text that
    has anchors for its neighbours, is covered by a merged cell: it is not a cell of its own.
    `hints` are side evidence outside the report's text: keys `meta_title`, `page_title`,
    `index_block`, `page_header`, ... (strings as found). What stands on `recognised_pages` was read from
    a picture; `recognised` is a second, independent reading of table cells there.
    """

    text: str
    media_type: str
    reader: str
    version: int
    anchors: Mapping[CellKey, Anchor] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    recognised: Mapping[CellKey, str] = field(default_factory=dict)
    recognised_pages: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell of an official table.

    `path` is `table.row.column` with the keys of docs/contract/report.md. `value` is None unless
    `state` is `READ`. `note` holds words beside the number, `reader` the name of the reading.
    """

    path: str
    value: Number | None
    raw: str
    state: State
    anchor: Anchor | None = None
    note: str | None = None
    reader: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report. `number` is 1-6, or None for a part outside the six official ones.

    `mark` is the numbering as printed (一, 三 ...), which may be another than the official one.
    """

    number: int | None
    heading: str
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One annual report as read. `year` and `organization` are None where undecided."""

    title: str
    organization: str | None
    year: int | None
    format: Format
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...] = ()

    def fact(self, path: str) -> Fact | None:
        """Return the fact at `path`, or None where the document has no such row."""
        return next((fact for fact in self.facts if fact.path == path), None)
