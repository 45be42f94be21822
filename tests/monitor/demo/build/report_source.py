"""A sample report as it is written in reports/*.txt: a title and blocks.

`% ` opens the title, `# ` a section, `## ` a part of one, `[[name]]` stands for an official table,
every other line is a paragraph.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml
from official_tables import TABLES

REPORTS = Path(__file__).parent / "reports"


@dataclass(frozen=True)
class Block:
    """A piece of a report: kind is section, part, paragraph or table; a table has its rows."""

    kind: str
    text: str = ""
    rows: tuple = ()


@dataclass(frozen=True)
class ReportSource:
    """A report: its title and its blocks in order."""

    title: str
    blocks: tuple[Block, ...]


def read_report(name):
    """Read reports/NAME.txt with the figures of reports/figures.yml."""
    figures = yaml.safe_load((REPORTS / "figures.yml").read_text("utf-8")).get(name, {})
    lines = [line.strip() for line in (REPORTS / f"{name}.txt").read_text("utf-8").splitlines()]
    title = next(line[2:] for line in lines if line.startswith("% "))
    blocks = [_block(line, figures) for line in lines if line and not line.startswith("% ")]
    return ReportSource(title, tuple(blocks))


def _block(line, figures):
    if line.startswith("[["):
        name = line.strip("[]")
        return Block("table", rows=tuple(TABLES[name](figures.get(name, {}))))
    for mark, kind in (("## ", "part"), ("# ", "section")):
        if line.startswith(mark):
            return Block(kind, line.removeprefix(mark))
    return Block("paragraph", line)
