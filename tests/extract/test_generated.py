"""Ten thousand generated documents: right or marked, never a wrong number; whole ones to the last cell.

NIANBAO_CASES=20 tries twenty times as many, other ones each time it is raised.
"""

import os

import pytest

from extract.errors import NotAReport
from extract.read import read_report
from tests.extract.generated import FAMILIES, missed_cells, wrong_cells

BLOCKS = {"text": (28, 250), "html": (25, 100), "office": (10, 40), "pdf": (20, 5)}
"""Blocks of each family (tests of their own, so that they run side by side), and the documents in each."""
TIMES = int(os.environ.get("NIANBAO_CASES", "1"))
CASES = [(family, block) for family, (blocks, _size) in BLOCKS.items() for block in range(blocks * TIMES)]


@pytest.mark.parametrize(("family", "block"), CASES)
def test_generated_documents_are_read_right_or_marked(family, block):
    """Every layout and file type, blanks, marks, large numbers, and up to three damages each."""
    size = BLOCKS[family][1]
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
