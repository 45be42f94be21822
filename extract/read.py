"""Bytes -> report, the whole way: every place that reads a document goes through here.

A document is opened by the reader that is believed first. Where its tables leave something open, an
independent reading of the same bytes is asked for its opinion (extract/second_opinion.py); what no sum
speaks for is held against the document's running text (extract/flow_check.py).
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace
from typing import cast

from extract import media
from extract.errors import ExtractError
from extract.flow_check import compare, open_paths
from extract.model import Fact, NormalizedText, Report
from extract.normalize import Reader, normalize
from extract.parser import parse_report
from extract.readers.bundle import member_content
from extract.readers.plain_flow import flow_lines
from extract.second_opinion import is_doubtful, meet

_SECOND = {"pdf": "pdf_plumber"}
"""For a reader, the one that shares no code with it where it reads the bytes."""
_WITH_FLOW = frozenset({"html", "pdf"})
_BUNDLE = "bundle/"


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document that could be read, whatever it is: its text, and on demand its report."""

    text: NormalizedText
    content: bytes

    def report(self) -> Report:
        """Return the report; raises NotAReport where the document is none."""
        report = parse_report(self.text)
        content, reader, place = _innermost(self.content, self.text)
        if is_doubtful(report) and (second := _second(content, reader, place)):
            report = meet(report, second, ("pdfium", "pdfplumber"))
        paths = open_paths(report) if reader in _WITH_FLOW else frozenset()
        return compare(report, paths, _flow(content)) if paths else report


def _flow(content: bytes) -> list[str]:
    try:
        return flow_lines(content, media.sniff(content))
    except Exception:  # noqa: BLE001 - it is a check, and what it cannot read it does not doubt
        return []


def _second(content: bytes, reader: str, place: str) -> Report | None:
    """Return the second reading's report, None where there is none or it cannot read this."""
    if reader not in _SECOND:
        return None
    other = cast("Reader", importlib.import_module(f"extract.readers.{_SECOND[reader]}"))
    try:
        report = parse_report(other.read(content))
    except Exception:  # noqa: BLE001 - libraries raise anything, and the first reading stands
        return None
    return replace(report, facts=tuple(_placed(fact, place) for fact in report.facts))


def open_document(content: bytes) -> OpenDocument:
    """Read the bytes of any document; raises ExtractError as `normalize` does."""
    return OpenDocument(normalize(content), content)


def read_report(content: bytes) -> Report:
    """Read the bytes of an annual report; raises ExtractError (NotAReport where it is another thing)."""
    return open_document(content).report()


def _innermost(content: bytes, text: NormalizedText) -> tuple[bytes, str, str]:
    """Return the bytes that the text was read from, their reader, and the way to them through archives."""
    reader, place = text.reader, ""
    locator = next((anchor.locator for anchor in text.anchors.values()), None) or ""
    while reader.startswith(_BUNDLE) and locator:
        try:
            rest, content = member_content(content, locator)
        except ExtractError:
            return content, "", ""
        place += locator.removesuffix(rest)
        reader, locator = reader.removeprefix(_BUNDLE), rest
    return content, reader, place


def _placed(fact: Fact, place: str) -> Fact:
    if not place or fact.anchor is None:
        return fact
    return replace(fact, anchor=replace(fact.anchor, locator=f"{place}{fact.anchor.locator or ''}"))
