"""Write docs/rules.md from the registry and the examples: `python -m monitor.rules.docs`."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import indent

from monitor.finding import Severity
from monitor.rules.examples import Example, all_examples, as_yaml
from monitor.rules.registry import Rule, all_rules

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
OUTCOME_WORDS = {"pass": "通过", "fail": "不符", "cannot_tell": "无法判断"}
HEAD = """\
# 规则 (Rules)

<!-- Made by `make docs` from monitor/rules; edit the rules or their examples, not this page. -->

Each rule passes, fails or cannot tell; what passes is silent. The examples below are the rules' tests:
each is the sound report (`monitor/rules/examples/sound.yml`) with the changes shown.
"""


def page() -> str:
    """Return the text of docs/rules.md."""
    rules = all_rules()
    lines = [f"| [`{entry.id}`](#{_anchor(entry)}) | {entry.title} | {SEVERITY_WORDS[entry.severity]} |"
             for entry in rules.values()]  # fmt: skip
    table = "\n".join(["| 规则 | 要求 | 程度 |", "|---|---|---|", *lines])
    return "\n".join([HEAD, table, "", *(_entry(entry) for entry in rules.values())])


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def _anchor(entry: Rule) -> str:
    return entry.id.replace(".", "")


def _entry(entry: Rule) -> str:
    facts = [
        f"- 程度: {SEVERITY_WORDS[entry.severity]} (`{entry.severity}`)",
        f"- 依据: {entry.basis}",
        f"- 适用年度: {_years(entry)}",
    ]
    if entry.decided_by:
        facts.append(f"- 由 `{entry.decided_by}` 依采集记录判断")
    examples = "".join(_example(example) for example in all_examples().get(entry.id, ()))
    return f"## {entry.id}\n\n**{entry.title}**\n\n{entry.duty}\n\n" + "\n".join(facts) + f"\n\n{examples}"


def _years(entry: Rule) -> str:
    if entry.since is None and entry.until is None:
        return "全部"
    return f"{entry.since or ''} 至 {entry.until or '今'}"


def _example(example: Example) -> str:
    told = f"- {OUTCOME_WORDS[example.outcome]}: {example.note}\n"
    change = as_yaml(example)
    if change:
        told += f"\n{indent(f'```yaml{chr(10)}{change}```', '  ')}\n"
    if example.expect:
        told += f"\n  → `{json.dumps(example.expect, ensure_ascii=False)}`\n"
    return told + "\n"


if __name__ == "__main__":
    main()
