"""Generated documents: a random valid report, written in some form, whole or damaged, from one seed.

`make_case` is deterministic. `wrong_cells` is what must be empty for every case; `missed_cells` is what must
be empty for whole ones; `check_block` demands both of many. NIANBAO_CASES=20 tries twenty times as many.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from extract.errors import NotAReport
from extract.model import Report
from extract.read import read_report
from tests.extract import damage as text_damage
from tests.extract import document_damage
from tests.extract.document_files import HTML, OFFICE, PDF
from tests.extract.documents import document
from tests.extract.generate import Sample, Shape, make_sample
from tests.extract.render import BARS, LAYOUTS

TEXTS = LAYOUTS | BARS
SHAPES = (
    Shape(), Shape(form="2019"), Shape(largest=99999, zeros=0.2), Shape(form="2019", largest=9999, zeros=0.1),
    Shape(largest=99999, thousands=True, full_width=True), Shape(zeros=1.0), Shape(blanks=0.3, marks=0.1),
    Shape(form="2019", blanks=0.5), Shape(zeros=1.0, blanks=1.0),
)  # fmt: skip
WHOLE_SHARE = 0.2
MOST_DAMAGES = 3
TIMES = int(os.environ.get("NIANBAO_CASES", "1"))
_PLAIN_CELLS = ("normal", "stacked", *BARS, *HTML, *OFFICE, "pdf")
"""Forms that show blank cells, so that nothing of a whole report may be missed."""


@dataclass(frozen=True)
class Case:
    """A document, and what it was made from; without `damages` it is whole."""

    sample: Sample
    form: str
    damages: tuple[str, ...]
    content: bytes

    @property
    def shows_all(self) -> bool:
        """Whether every cell of it must be read."""
        return not self.damages and self.form in _PLAIN_CELLS


def make_text(seed: int) -> Case:
    """Make a text in one of the layouts."""
    rng = random.Random(seed)
    sample, form = make_sample(seed, rng.choice(SHAPES)), rng.choice(sorted(TEXTS))
    damages = _some(rng, text_damage.DAMAGES)
    lines = text_damage.damage(TEXTS[form](sample).split("\n"), rng, damages)
    return Case(sample, form, _names(damages), "\n".join(lines).encode())


def make_file(seed: int, forms: tuple[str, ...]) -> Case:
    """Make a file of one of the forms of tests/extract/document_files.py."""
    rng = random.Random(seed)
    sample, form = make_sample(seed, rng.choice(SHAPES)), rng.choice(forms)
    damages = _some(rng, document_damage.DAMAGES)
    made = document(sample)
    for change in damages:
        made = change(made, rng)
    return Case(sample, form, _names(damages), (HTML | OFFICE | PDF)[form](made, rng))


def _some(
    rng: random.Random, damages: tuple[Callable[..., object], ...]
) -> tuple[Callable[..., object], ...]:
    if rng.random() < WHOLE_SHARE:
        return ()
    return tuple(rng.choices(damages, k=rng.randint(1, MOST_DAMAGES)))


def _names(damages: tuple[Callable[..., object], ...]) -> tuple[str, ...]:
    return tuple(one.__name__ for one in damages)


FAMILIES: dict[str, Callable[[int], Case]] = {
    "text": make_text,
    "html": lambda seed: make_file(seed, tuple(HTML)),
    "office": lambda seed: make_file(seed, tuple(OFFICE)),
    "pdf": lambda seed: make_file(seed, tuple(PDF)),
}


def wrong_cells(report: Report, sample: Sample) -> list[str]:
    """Paths where a number was read that the sample does not have there."""
    return [
        f"{fact.path}: read {fact.value} from {fact.raw!r}, written {sample.cells.get(fact.path)!r}"
        for fact in report.facts
        if fact.value is not None and fact.value != expected(sample, fact.path)
    ]


def missed_cells(report: Report, sample: Sample) -> list[str]:
    """Paths whose number was not read."""
    read = {fact.path for fact in report.facts if fact.value is not None}
    return [path for path in sample.cells if expected(sample, path) is not None and path not in read]


def expected(sample: Sample, path: str) -> Decimal | None:
    """Return the number that a cell of the sample holds, None where it is blank or a mark."""
    value = sample.values.get(path)
    return None if value is None else Decimal(str(value))


def check_block(family: str, block: int, size: int) -> None:
    """Read `size` cases: right or marked, and whole ones to the last cell."""
    for seed in range(block * size, (block + 1) * size):
        case = FAMILIES[family](seed)
        told = f"{family} {seed}: {case.form} {' '.join(case.damages)}"
        try:
            report = read_report(case.content)
        except NotAReport:
            assert case.damages, told
            continue
        assert wrong_cells(report, case.sample) == [], told
        if case.shows_all:
            assert missed_cells(report, case.sample) == [], told
            assert (report.title, report.organization) == (case.sample.title, case.sample.organization), told
            assert {section.number for section in report.sections} >= {1, 2, 3, 4, 5, 6}, told
