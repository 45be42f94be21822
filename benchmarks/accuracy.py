"""How exactly documents are read, by file type: every cell against the truth.

    python benchmarks/accuracy.py [--corpus DIR]... [--generated N]

A corpus is a folder of `NAME-KIND.EXT` files with `NAME.truth.json` beside them, in the JSON form of
docs/contract/report.md; a null is a blank cell. `wrong` is the one column that must be 0: a number
where the truth has another number or null. A `gap` is a null where the truth has a number. With --generated
N documents of each family of tests/extract/generated.py are read as well, whole and damaged apart: what a
damage took away counts as a gap.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from extract.document import report_json
from extract.errors import ExtractError
from extract.model import Report
from extract.parser import parse_report
from extract.read import read_report
from extract.readers.ocr import read_pictures
from tests.extract.generated import FAMILIES, Case, expected

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures"
TABLES = ("disclosure", "requests", "remedies")
COLUMNS = ("documents", "reports", "cells", "exact", "wrong", "gap", "title", "body", "year", "sections")


def truth_cells(truth: dict[str, dict[str, dict[str, object]]]) -> dict[str, Decimal | None]:
    """Flatten the three tables of a truth into path -> number or None."""
    return {
        f"{table}.{row}.{column}": None if value is None else Decimal(str(value))
        for table in TABLES
        for row, columns in truth.get(table, {}).items()
        for column, value in columns.items()
    }


def score(report: Report, truth: dict[str, object]) -> Counter[str]:
    """Count the cells and heads of one report against its truth."""
    count: Counter[str] = Counter(documents=1, reports=1)
    expected = truth_cells(truth)  # type: ignore[arg-type]
    read = {fact.path: fact.value for fact in report.facts}
    for path, value in expected.items():
        count["cells"] += 1
        count[judge(read.get(path), value)] += 1
    count["wrong"] += sum(path not in expected and value is not None for path, value in read.items())
    told = report_json(report, source="", sha256="", media_type="")
    for key, name in (("title", "title"), ("organization", "body"), ("year", "year")):
        count[name] += told[key] == truth[key]
    count["sections"] += {section.number for section in report.sections} >= set(range(1, 7))
    return count


def judge(read: int | Decimal | None, truth: Decimal | None) -> str:
    """Say whether one cell is exact, a gap or silently wrong."""
    if read is None:
        return "exact" if truth is None else "gap"
    return "exact" if truth is not None and Decimal(read) == truth else "wrong"


def documents(corpus: Path) -> Iterator[tuple[str, Path, dict[str, object]]]:
    """Yield (file type, file, truth) of a corpus."""
    for truth_file in sorted(corpus.glob("*.truth.json")):
        name = truth_file.name.removesuffix(".truth.json")
        truth = json.loads(truth_file.read_text("utf-8"))
        for path in sorted(corpus.glob(f"{name}[-.]*")):
            if path != truth_file and path.suffix != ".json" and _page(path) < 2:
                kind = re.sub(r"-p\d+$", "", path.stem).removeprefix(name).strip("-")
                yield f"{path.suffix[1:]} {kind}".strip(), path, truth


def _page(path: Path) -> int:
    """Return which page of a report a picture is, 0 where it is not one of several."""
    number = re.search(r"-p(\d+)$", path.stem)
    return int(number[1]) if number else 0


def report_of(path: Path) -> Report:
    """Read a document; pictures called `...-pNN` are the pages of one."""
    if not _page(path):
        return read_report(path.read_bytes())
    pages = sorted(path.parent.glob(re.sub(r"-p\d+$", "-p*", path.stem) + path.suffix))
    return parse_report(read_pictures([page.read_bytes() for page in pages]))


def read_one(path: Path, truth: dict[str, object]) -> Counter[str]:
    """Read one document and score it; a refused document counts all its cells as gaps."""
    try:
        report = report_of(path)
    except ExtractError as error:
        print(f"  {path.name}: {error}")
        cells = len(truth_cells(truth))  # type: ignore[arg-type]
        return Counter(documents=1, cells=cells, gap=cells)
    count = score(report, truth)
    if count["wrong"] or count["gap"]:
        print(f"  {path.name}: {count['wrong']} wrong, {count['gap']} gaps")
    return count


def seed_documents(seeds: Path, corpus: Path) -> Iterator[tuple[str, Path, dict[str, object]]]:
    """Yield (file type, file, truth) of the texts as collected, whose truths are in the corpus."""
    for path in sorted(seeds.glob("*.txt")):
        truth = corpus / f"seed{path.name[:3]}-orig.truth.json"
        yield "txt seed", path, json.loads(truth.read_text("utf-8"))


def read_generated(case: Case) -> Counter[str]:
    """Read one generated document and score it."""
    sample = case.sample
    truth = {path: expected(sample, path) for path in sample.cells}
    try:
        report = read_report(case.content)
    except ExtractError:
        return Counter(documents=1, cells=len(truth), gap=len(truth))
    read = {fact.path: fact.value for fact in report.facts}
    count: Counter[str] = Counter(documents=1, reports=1, cells=len(truth))
    count.update(judge(read.get(path), value) for path, value in truth.items())
    count["wrong"] += sum(path not in truth and value is not None for path, value in read.items())
    count["title"] = report.title == sample.title
    count["body"] = report.organization == sample.organization
    count["year"] = report.year == sample.year
    count["sections"] = {section.number for section in report.sections} >= set(range(1, 7))
    return count


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--corpus", type=Path, action="append", metavar="DIR")
    options.add_argument("--generated", type=int, default=0, metavar="N", help="documents of each family")
    options.add_argument("--only", nargs="*", help="file extensions to read, e.g. html docx pdf")
    chosen = options.parse_args()
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for corpus in chosen.corpus or [FIXTURES / "corpus"]:
        for kind, path, truth in documents(corpus):
            if not chosen.only or path.suffix[1:] in chosen.only:
                by_kind[kind] += read_one(path, truth)
    for kind, path, truth in seed_documents(FIXTURES / "seeds", FIXTURES / "corpus"):
        by_kind[kind] += read_one(path, truth)
    for make in FAMILIES.values() if chosen.generated else ():
        for seed in range(chosen.generated):
            case = make(1_000_000 + seed)  # beyond the seeds of the tests
            by_kind[f"generated {case.form}, {'damaged' if case.damages else 'whole'}"] += read_generated(
                case
            )
    print("| file type |", " | ".join(COLUMNS), "|")
    print("|---|" + "---:|" * len(COLUMNS))
    for kind, count in sorted(by_kind.items()):
        print(f"| {kind} |", " | ".join(str(count[column]) for column in COLUMNS), "|")


if __name__ == "__main__":
    main()
