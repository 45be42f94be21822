"""Load the cases of the conformance suite."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from monitor.rules.examples import ReportSpec, sound_report

FOLDER = Path(__file__).parent / "cases"
ABOUT_THE_CASE = frozenset({"id", "note", "expect", "previous"})
Case = dict[str, Any]


def load_cases() -> Iterator[tuple[Case, ReportSpec]]:
    """Yield each case with the report of its file's base."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path in sorted(FOLDER.glob("*.yml")):
        content = yaml.load(path.read_text("utf-8"), Loader=loader)
        base = sound_report().changed(content["base"])
        for case in content["cases"]:
            yield case, base


def reports_of(case: Case, base: ReportSpec) -> tuple[ReportSpec, ReportSpec | None]:
    """Return the case's report, and that of the year before where the case has one."""
    report = base.changed({key: value for key, value in case.items() if key not in ABOUT_THE_CASE})
    if "previous" not in case:
        return report, None
    return report, base.changed({"year": (base.year or 0) - 1, **case["previous"]})
