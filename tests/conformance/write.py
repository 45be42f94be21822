"""Write the suite as files for other tools: `python -m tests.conformance.write DIR`."""

import json
import sys
from pathlib import Path

from tests.conformance.render import text_of
from tests.conformance.suite import load_cases, reports_of


def write_suite(folder: Path) -> int:
    """Write every report as normalized text, and expected.jsonl; returns the number of cases."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for case, base in load_cases():
        report, previous = reports_of(case, base)
        (folder / f"{case['id']}.txt").write_text(text_of(report), encoding="utf-8")
        if previous is not None:
            (folder / f"{case['id']}.previous.txt").write_text(text_of(previous), encoding="utf-8")
        told = {"id": case["id"], "note": case.get("note", ""), "expect": case.get("expect", [])}
        lines.append(json.dumps(told, ensure_ascii=False) + "\n")
    (folder / "expected.jsonl").write_text("".join(lines), encoding="utf-8")
    return len(lines)


if __name__ == "__main__":
    sys.stdout.write(f"{write_suite(Path(sys.argv[1]))} cases\n")
