"""Documents that are checked together: a body's consecutive years, and different bodies of a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extract.model import Report
from monitor.copy_index import likely_peers, sample_for
from monitor.documents import ReadDocument
from monitor.rules.context import RuleContext


def contexts_of(documents: Sequence[ReadDocument]) -> list[RuleContext]:
    """Return what the rules are shown of each document, with its neighbours beside it.

    Where several documents claim to be one body's report of one year, none of them is compared with
    the year after: which one counts is not known here.
    """
    years = _by_body_and_year(documents)
    peers = _peers(documents)
    return [
        RuleContext(
            document.report,
            text=document.text,
            previous=_previous(document.report, years),
            peers=peers.get(index, ()),
        )
        for index, document in enumerate(documents)
    ]


def _by_body_and_year(documents: Sequence[ReadDocument]) -> dict[tuple[str, int], list[Report]]:
    found: dict[tuple[str, int], list[Report]] = defaultdict(list)
    for document in documents:
        report = document.report
        if report.organization and report.year:
            found[report.organization, report.year].append(report)
    return found


def _previous(report: Report, years: dict[tuple[str, int], list[Report]]) -> Report | None:
    if not report.organization or not report.year:
        return None
    before = years.get((report.organization, report.year - 1), [])
    return before[0] if len(before) == 1 else None


def _peers(documents: Sequence[ReadDocument]) -> dict[int, tuple[Report, ...]]:
    """Return, by index, the reports of other bodies of the same year that may be alike."""
    found: dict[int, tuple[Report, ...]] = {}
    by_year: dict[int, list[int]] = defaultdict(list)
    for index, document in enumerate(documents):
        if document.report.year and document.report.organization:
            by_year[document.report.year].append(index)
    for members in by_year.values():
        named = ((str(index), documents[index].report) for index in members)
        for key, others in likely_peers(named, sample_for(len(members))).items():
            reports = (documents[int(other)].report for other in others)
            own = documents[int(key)].report.organization
            found[int(key)] = tuple(report for report in reports if report.organization != own)
    return found
