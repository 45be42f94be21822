"""Examples: what passes, fails and cannot be told, for each rule, as data.

One YAML a rule in monitor/rules/examples. An example names what differs from the sound report
(`examples/sound.yml`); the rules' tests and docs/rules.md are both made from it, so that neither can
drift from the code.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field

from config.bodies import Body
from config.yaml_model import ConfigModel, load_yaml
from extract.model import Fact, Format, Problem, Report, Section, State
from monitor.rules.context import RuleContext
from monitor.rules.official import FORM_2019, FORM_2021, cells_of, forms

FOLDER = Path(__file__).parent / "examples"
MARKS = frozenset({"-", "—", "/", "无"})
DOUBTFUL = "?"
"""A raw string that starts with this stands for digits whose place cannot be decided."""


class ReportSpec(ConfigModel):
    """A report in a few words: every cell that is not named holds 0.

    `cells` are raw strings by path; `leave_out` names rows (`requests.granted`) or whole tables that
    the report does not have; `sections` are the texts by number, null where a section is missing;
    `headings` replace the official ones in the written text.
    """

    title: str = ""
    organization: str | None = None
    year: int | None = None
    format: Format = Format.F2021
    cells: dict[str, str | int | float] = Field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    sections: dict[int, str | None] = Field(default_factory=dict)
    headings: dict[int, str] = Field(default_factory=dict)
    order: tuple[int, ...] = (1, 2, 3, 4, 5, 6)
    preface: str = ""
    problems: tuple[tuple[str, str], ...] = ()
    reader: str = "grid"

    def changed(self, change: dict[str, Any]) -> ReportSpec:
        """Return this report with `change` laid over it; cells and sections are merged."""
        merged = {**self.model_dump(), **change}
        for key in ("cells", "sections"):
            merged[key] = {**getattr(self, key), **change.get(key, {})}
        return ReportSpec.model_validate(merged)

    def report(self) -> Report:
        """Return the report as extraction would."""
        sections = [
            Section(number, _heading(number), self.sections[number] or "") for number in self._there()
        ]
        preface = [Section(None, "", self.preface)] if self.preface else []
        return Report(
            title=self.title,
            organization=self.organization,
            year=self.year,
            format=self.format,
            sections=(*preface, *sections),
            facts=tuple(self._fact(path) for path in self.paths()),
            problems=tuple(Problem(code, detail) for code, detail in self.problems),
        )

    def paths(self) -> list[str]:
        """Return the paths of the cells that the report has, in official order."""
        form = FORM_2019 if self.format is Format.F2019 else FORM_2021
        return [
            f"{table.key}.{row}.{column}"
            for table in forms()[form].tables
            for row, columns in cells_of(form, table.key).items()
            if not {table.key, f"{table.key}.{row}"} & set(self.leave_out)
            for column in columns
        ]

    def raw(self, path: str) -> str:
        """Return what stands in a cell."""
        return str(self.cells.get(path, "0"))

    def _there(self) -> list[int]:
        return [number for number in self.order if self.sections.get(number) is not None]

    def _fact(self, path: str) -> Fact:
        raw = self.raw(path)
        state = _state(raw)
        value = _value(raw) if state is State.READ else None
        return Fact(path, value, raw, state, reader=self.reader)


class Example(ConfigModel):
    """One example of a rule. `expect` is what the finding must hold, key by key."""

    outcome: Literal["pass", "fail", "cannot_tell"]
    note: str
    change: dict[str, Any] = Field(default_factory=dict)
    previous: dict[str, Any] | None = None
    previous_first: dict[str, Any] | None = None
    peers: tuple[dict[str, Any], ...] = ()
    body: Body | None = None
    expect: dict[str, Any] = Field(default_factory=dict)

    def context(self) -> RuleContext:
        """Return what the rule is shown; the report of the year before only where it is named."""
        sound = sound_report()
        return RuleContext(
            report=sound.changed(self.change).report(),
            body=self.body,
            previous=_earlier(sound, self.previous),
            previous_first=_earlier(sound, self.previous_first),
            peers=tuple(sound.changed(peer).report() for peer in self.peers),
        )


class RuleExamples(ConfigModel):
    """All examples of one rule."""

    rule: str
    examples: tuple[Example, ...]


@cache
def sound_report() -> ReportSpec:
    """Return the report that breaks no rule, which all examples are changes of."""
    return load_yaml(FOLDER / "sound.yml", ReportSpec)


@cache
def all_examples() -> dict[str, tuple[Example, ...]]:
    """Return the examples of every rule by the rule's id."""
    loaded = [load_yaml(path, RuleExamples) for path in sorted(FOLDER.glob("*.*.yml"))]
    return {entry.rule: entry.examples for entry in loaded}


def as_yaml(example: Example) -> str:
    """Return what an example changes, for the documentation."""
    told = example.model_dump(exclude={"outcome", "note", "expect"}, exclude_defaults=True)
    return str(yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=100)) if told else ""


def _earlier(sound: ReportSpec, change: dict[str, Any] | None) -> Report | None:
    return None if change is None else sound.changed({"year": (sound.year or 0) - 1, **change}).report()


def _heading(number: int) -> str:
    return forms()[FORM_2021].sections[number - 1].title


def _state(raw: str) -> State:
    if not raw.strip():
        return State.BLANK
    if raw in MARKS:
        return State.MARK
    if raw.startswith(DOUBTFUL):
        return State.AMBIGUOUS
    return State.READ if raw.lstrip("-").replace(".", "", 1).isdigit() else State.UNREADABLE


def _value(raw: str) -> int | Decimal:
    return Decimal(raw) if "." in raw else int(raw)
