"""How the titles of real pages are read: body, year, and whether it is a report at all.

    python benchmarks/titles.py [--list FILE.csv]

Every row with a title is right, undecided or wrong; `wrong` must be 0. The list (tests/fixtures/portals.csv)
says of each page whose report of which year it is; its notes begin with NOT where it is none.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from pathlib import Path

from extract.titles import TitleReading, Verdict, is_same_body, read_page_title

LIST = Path(__file__).parent.parent / "tests" / "fixtures" / "portals.csv"
_KIND = re.compile(r"(?:人民政府|办事处)$")
"""Words at the end of a name that titles leave out."""


def titled_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of the list that have a title."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["title"].strip()]


def judge(row: dict[str, str]) -> str:
    """Say whether a title is read right, wrong, or left undecided."""
    reading = read_page_title(row["title"])
    if reading.verdict is Verdict.UNDECIDED:
        return "undecided"
    is_report = not row["notes"].startswith("NOT")
    if (reading.verdict is Verdict.REPORT) != is_report:
        return "wrong"
    return "right" if not is_report or _fits(reading, row) else "wrong"


def _fits(reading: TitleReading, row: dict[str, str]) -> bool:
    """Tell whether year and body are those of the list; a title may name the body in short or in full."""
    if reading.year is None or reading.organization is None or str(reading.year) != row["report_year"]:
        return False
    names = tuple(
        _KIND.sub("", name.replace("(", "").replace(")", "")) for name in (reading.organization, row["body"])
    )
    return any(is_same_body(one, other) for one, other in (names, names[::-1]))


def main() -> None:
    """Print the counts, and every row that is not right."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--list", type=Path, default=LIST)
    rows = titled_rows(options.parse_args().list)
    verdicts = [judge(row) for row in rows]
    for row, verdict in zip(rows, verdicts, strict=True):
        if verdict != "right":
            print(f"  {verdict}: {row['title']} ({row['body']} {row['report_year']})")
    counts = Counter(verdicts)
    print("| titles | right | undecided | wrong |")
    print("|---:|---:|---:|---:|")
    print(f"| {len(rows)} | {counts['right']} | {counts['undecided']} | {counts['wrong']} |")


if __name__ == "__main__":
    main()
