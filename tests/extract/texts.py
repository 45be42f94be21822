"""Small helpers for tests: a text as a reader hands it over, and the facts of a report by path."""

from __future__ import annotations

from extract.model import Fact, NormalizedText, Report
from extract.parser import parse_report


def text_of(lines: str | list[str], **more: object) -> NormalizedText:
    """A normalized text without anchors."""
    text = lines if isinstance(lines, str) else "\n".join(lines)
    return NormalizedText(text, "text/plain", "text", 1, **more)


def facts_of(report: Report) -> dict[str, Fact]:
    """The facts by path."""
    return {fact.path: fact for fact in report.facts}


def codes_of(report: Report) -> list[str]:
    """The codes of the problems, in order."""
    return [problem.code for problem in report.problems]


def parse(lines: str | list[str], **more: object) -> Report:
    """Parse lines as they are."""
    return parse_report(text_of(lines, **more))
