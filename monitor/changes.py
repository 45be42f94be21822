"""What a new version of a published report changed, graded. Pure.

Theory. Pages change for many reasons that nobody did on purpose: counters, menus, another template. So
only what was read as the report's own words and numbers is compared, cells only where both versions
were read with certainty, and furniture of the page among the words is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from archive.differences import (
    CellDifference,
    Change,
    SectionDifference,
    differing_cells,
    differing_sections,
)
from extract.model import Fact, Report, State
from monitor.finding import Finding, RuleOutcome

_FURNITURE = re.compile(
    r"浏览|阅读|点击|访问(?:次数|量)|字号|字体|打印|分享|收藏|关闭|上一[篇页]|下一[篇页]|扫一扫|责任编辑|编辑[:：]"
    r"|信息来源|来源[:：]|[发公]布(?:时间|日期)|更新(?:时间|日期)|返回|版权所有|主办|承办|备案|相关(?:链接|文章)"
)
LONGEST_FURNITURE = 60
LEAST_WORDS = 4
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_EMPTY = (State.BLANK, State.MARK)


class Grade(StrEnum):
    """How much a change changes, the least first."""

    COSMETIC = "cosmetic"  # other bytes, the same words and numbers
    WORDING = "wording"
    NUMBER = "number"
    MENDING = "mending"  # a number, and with it a finding that was there is gone
    REPLACED = "replaced"  # another file with other numbers in its place


@dataclass(frozen=True, slots=True)
class Version:
    """What stood at an address from `first_seen_at` on; `report` is None where it could not be read."""

    sha256: str
    url: str
    media_type: str
    first_seen_at: datetime
    report: Report | None


@dataclass(frozen=True, slots=True)
class ReportChange:
    """Two versions that followed each other; `mended` are the titles of rules that failed before only."""

    before: Version
    after: Version
    grade: Grade
    cells: tuple[CellDifference, ...] = ()
    sections: tuple[SectionDifference, ...] = ()
    mended: tuple[str, ...] = ()


def grade_change(
    before: Version,
    after: Version,
    failed_before: Sequence[Finding] = (),
    failed_after: Sequence[Finding] = (),
) -> ReportChange:
    """Grade what changed between two versions of one report; the findings are those of each version."""
    if before.report is None or after.report is None:
        return ReportChange(before, after, Grade.REPLACED)
    cells = changed_cells(before.report, after.report)
    sections = changed_sections(before.report, after.report)
    mended = mended_rules(failed_before, failed_after) if cells else ()
    is_other_file = before.media_type != after.media_type or before.url != after.url
    grade = Grade.WORDING if sections else Grade.COSMETIC
    if cells:
        grade = Grade.REPLACED if is_other_file else Grade.MENDING if mended else Grade.NUMBER
    return ReportChange(before, after, grade, cells, sections, mended)


def changed_cells(before: Report, after: Report) -> tuple[CellDifference, ...]:
    """Return the cells that read differently for certain; none of a table that one of them lacks."""
    tables = _tables(before) & _tables(after)
    return tuple(
        pair
        for pair in differing_cells(before, after)
        if pair.path.partition(".")[0] in tables and _is_certain(pair)
    )


def changed_sections(before: Report, after: Report) -> tuple[SectionDifference, ...]:
    """Return the sections whose words differ, furniture of the page left out."""
    found = []
    for section in differing_sections(before, after):
        passages = tuple(
            passage
            for passage in section.passages
            if passage.change is not Change.SAME and not is_furniture(passage.text)
        )
        if passages:
            found.append(SectionDifference(section.number, section.heading, passages))
    return tuple(found)


def is_furniture(words: str) -> bool:
    """Tell words that belong to the page rather than to the report."""
    if len(_CHINESE.findall(words)) < LEAST_WORDS:
        return True
    return len(words) <= LONGEST_FURNITURE and _FURNITURE.search(words) is not None


def mended_rules(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[str, ...]:
    """Return the titles of the rules that failed in one version and pass in the other."""
    still = {finding.rule for finding in after}
    gone = (item for item in before if item.outcome is RuleOutcome.FAIL and item.rule not in still)
    return tuple(dict.fromkeys(item.title for item in gone))


def _tables(report: Report) -> set[str]:
    return {fact.path.partition(".")[0] for fact in report.facts}


def _is_certain(pair: CellDifference) -> bool:
    """Tell whether both sides are certain, and say different things."""
    left, right = _said(pair.left), _said(pair.right)
    return left is not _UNSURE and right is not _UNSURE and left != right


_UNSURE = object()


def _said(fact: Fact | None) -> object:
    if fact is None or fact.state in _EMPTY:
        return None
    return fact.value if fact.state is State.READ else _UNSURE
