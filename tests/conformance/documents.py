"""Whole reports by authors who had not read the rules, and the faults that they planted in them.

`documents/<set>/<id>.txt` is a normalized text, `faults.jsonl` beside it holds one fault a line: the
document, its kind in the author's words, the changes that plant it ([old, new], each once), the same
body's report of the year before if it needs one, and `open` where the rules do not find it (yet).
`mistakes.yml` names what the rules rightly find in documents that their authors thought to be sound.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from extract.errors import NotAReport
from extract.normalize import normalize
from extract.parser import parse_report
from monitor.finding import Finding, RuleOutcome
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules

FOLDER = Path(__file__).parent / "documents"
SETS = tuple(sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the document with it is `text`."""

    set_name: str
    document: str
    kind: str
    change: tuple[tuple[str, str], ...]
    previous: str | None = None
    open: bool = False

    @property
    def text(self) -> str:
        """The document's text with the fault."""
        text = text_of(self.set_name, self.document)
        for old, new in self.change:
            text = text.replace(old, new, 1)
        return text


def documents_of(set_name: str) -> list[str]:
    """Return the ids of a set's documents."""
    return sorted(path.stem for path in (FOLDER / set_name).glob("*.txt"))


def faults_of(set_name: str) -> Iterator[Fault]:
    """Yield the faults planted in a set's documents; none in one that is for precision alone."""
    path = FOLDER / set_name / "faults.jsonl"
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        made = json.loads(line)
        changes = tuple((old, new) for old, new in made.pop("change"))
        yield Fault(set_name, change=changes, **made)


@cache
def text_of(set_name: str, document: str) -> str:
    """Return a sound document's text."""
    return (FOLDER / set_name / f"{document}.txt").read_text("utf-8")


def mistakes_of(set_name: str) -> dict[str, list[str]]:
    """Return the rules that rightly fail in a set's sound documents, by document."""
    return yaml.safe_load((FOLDER / "mistakes.yml").read_text("utf-8")).get(set_name) or {}


def failures(text: str, previous: str | None = None) -> list[Finding]:
    """Return what the rules find to be wrong in a text, beside last year's if it is given."""
    normal = normalize(text.encode())
    earlier = parse_report(normalize(previous.encode())) if previous else None
    findings = run_rules(RuleContext(parse_report(normal), text=normal, previous=earlier))
    return [finding for finding in findings if finding.outcome is RuleOutcome.FAIL]


def is_found(fault: Fault) -> bool:
    """Tell whether the rules find something with a fault that they do not find without it.

    A title that makes it another kind of report is told by the parser.
    """
    previous = text_of(fault.set_name, fault.previous) if fault.previous else None
    sound = {(found.rule, found.message) for found in _sound(fault.set_name, fault.document, previous)}
    try:
        return any((found.rule, found.message) not in sound for found in failures(fault.text, previous))
    except NotAReport:
        return True


@cache
def _sound(set_name: str, document: str, previous: str | None) -> tuple[Finding, ...]:
    return tuple(failures(text_of(set_name, document), previous))
