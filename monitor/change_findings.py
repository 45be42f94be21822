"""Findings about what became of a published report: changed, replaced, no report any more.

Versions are the documents of one address in the order in which they were first seen, and the files of
one page of which the earlier is gone. A page that shows another year's report now is a column, not a
changed report; one that shows no report at all may be broken, which is for the operator to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from archive.derived import Outcome, load_report, load_text
from archive.differences import CellDifference, Change, SectionDifference
from archive.memory import Memory, memo_key
from archive.store import Archive, Row
from config.bodies import Body
from config.clock import local_date
from monitor.changes import Grade, ReportChange, Version, grade_change
from monitor.finding import Blame, Evidence, Finding, RuleOutcome, Severity, read_finding
from monitor.publications import Publication, PublishedDocument
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from monitor.rules.official import cell_label
from monitor.rules.registry import all_rules
from monitor.standing_words import chinese_day

MOST_TOLD = 6
LONGEST_PASSAGE = 80
_WEIGHTS = {Grade.WORDING: Severity.INFO}
_WORDS = {
    Grade.WORDING: "文字有改动",
    Grade.NUMBER: "数字有改动",
    Grade.MENDING: "数字有改动，改动后原有的问题不再出现",
    Grade.REPLACED: "文件被替换",
}


@dataclass(frozen=True, eq=False)
class ChangeFindings:
    """Finds changes of publications, at one version of extraction."""

    archive: Archive
    version: int
    memory: Memory

    def of(self, body: Body, found: Publication | None) -> list[Finding]:
        """Return what is to be said of the versions of one publication."""
        if found is None:
            return []
        pairs = [*self._edited(body, found), *_replaced_files(found)]
        told = (self._finding(body, found.year, before, after) for before, after in pairs)
        return [item for item in (*told, *self._no_report_now(body, found)) if item is not None]

    def _edited(self, body: Body, found: Publication) -> Iterator[tuple[Row, Row]]:
        """Yield versions of one address that follow each other and are this body's report of the year."""
        for url in sorted({item.url for item in found.documents if not item.handed_in}):
            own = [row for row in self._versions.get(url, ()) if _is_of(row, body, found.year)]
            yield from pairwise(own)

    def _no_report_now(self, body: Body, found: Publication) -> Iterator[Finding]:
        for url in sorted({item.url for item in found.documents if not item.handed_in}):
            rows = self._versions.get(url, ())
            now = max(rows, key=lambda row: str(row["last_seen_at"]), default=None)
            if now is not None and now["body"] is None and now["outcome"] == Outcome.REJECTED:
                seen = chinese_day(local_date(datetime.fromisoformat(now["first_seen_at"])))
                message = (
                    f"{body.name}{found.year}年度报告的页面自{seen}起不再是年度报告（{now['reason']}）："
                    "可能是网站故障，也可能被替换，请人工核对。"
                )
                evidence = (Evidence(raw=f"sha256:{now['sha256']}", locator=url),)
                yield _changed(body, found.year, message, url, evidence, RuleOutcome.CANNOT_TELL)

    def _finding(self, body: Body, year: int, before: Row, after: Row) -> Finding | None:
        key = memo_key("change", before["sha256"], after["sha256"], after["url"], body.id, body.name, year)
        told = self.memory.recall(key)
        if told is not None:
            return read_finding(told) if told else None
        change = self._graded(body, before, after)
        finding = None if change.grade is Grade.COSMETIC else _change_finding(body, year, change)
        self.memory.keep(key, finding.to_json() if finding else {})
        return finding

    def _graded(self, body: Body, before: Row, after: Row) -> ReportChange:
        old, new = self._read(before), self._read(after)
        return grade_change(old, new, self._failures(body, old), self._failures(body, new))

    def _read(self, row: Row) -> Version:
        report = load_report(self.archive, row["sha256"], self.version)
        seen_at = datetime.fromisoformat(row["first_seen_at"])
        return Version(row["sha256"], row["url"], row["media_type"] or "", seen_at, report)

    def _failures(self, body: Body, version: Version) -> list[Finding]:
        if version.report is None:
            return []
        text = load_text(self.archive, version.sha256, self.version)
        return run_rules(RuleContext(version.report, text=text, body=body))

    @cached_property
    def _versions(self) -> Mapping[str, list[Row]]:
        """All documents of addresses that ever showed more than one, in the order of first sight."""
        rows = self.archive.rows(
            "select d.url, d.sha256, d.first_seen_at, d.last_seen_at, t.media_type, o.outcome, o.reason,"
            " m.body, m.year from documents d"
            " join outcomes o on o.sha256 = d.sha256 and o.version = :version"
            " left join texts t on t.sha256 = d.sha256 and t.version = :version"
            " left join matches m on m.document_id = d.id and m.version = :version"
            " where d.url in (select url from documents where handed_in_by is null group by url"
            " having count(*) > 1) order by d.first_seen_at, d.id",
            {"version": self.version},
        )
        versions: dict[str, list[Row]] = {}
        for row in rows:
            versions.setdefault(row["url"], []).append(row)
        return versions


def _is_of(row: Row, body: Body, year: int) -> bool:
    return (row["body"], row["year"], row["outcome"]) == (body.id, year, Outcome.REPORT)


def _replaced_files(found: Publication) -> Iterator[tuple[Row, Row]]:
    """Yield files of one page of which the earlier was not seen any more when the later appeared."""
    files = sorted(
        (item for item in found.documents if item.page_url and item.outcome is Outcome.REPORT),
        key=lambda item: item.first_seen_at,
    )
    for later in files:
        earlier = [
            item
            for item in files
            if item.page_url == later.page_url
            and item.url != later.url
            and item.last_seen_at < later.first_seen_at
        ]
        if earlier:
            yield _row(earlier[-1]), _row(later)


def _row(item: PublishedDocument) -> Row:
    seen_at = item.first_seen_at.isoformat()
    return {"sha256": item.sha256, "url": item.url, "media_type": "", "first_seen_at": seen_at}


def _change_finding(body: Body, year: int, change: ReportChange) -> Finding:
    seen = chinese_day(local_date(change.after.first_seen_at))
    details = "；".join(_details(change))
    told = f"：{details}" if details else ""
    message = f"{body.name}{year}年度报告公布后{_WORDS[change.grade]}（{seen}首次见到）{told}。"
    hashes = [
        Evidence(raw=f"sha256:{version.sha256}", locator=version.url)
        for version in (change.before, change.after)
    ]
    cells = [Evidence(path=pair.path, raw=f"{_shown(pair, 0)} → {_shown(pair, 1)}") for pair in change.cells]
    finding = _changed(
        body,
        year,
        message,
        change.after.url,
        (*hashes, *cells, *_passages(change.sections)),
        RuleOutcome.FAIL,
    )
    return replace(finding, severity=_WEIGHTS.get(change.grade, finding.severity), blame=Blame.SOURCE)


def _details(change: ReportChange) -> Iterator[str]:
    for pair in change.cells[:MOST_TOLD]:
        yield f"{cell_label(pair.path)}由 {_shown(pair, 0)} 改为 {_shown(pair, 1)}"
    if len(change.cells) > MOST_TOLD:
        yield f"共 {len(change.cells)} 格"
    if change.mended:
        yield f"不再出现的问题：{'、'.join(change.mended)}"
    if change.sections and not change.cells:
        yield "、".join(section.heading for section in change.sections)


def _passages(sections: tuple[SectionDifference, ...]) -> Iterator[Evidence]:
    for section in sections:
        for passage in section.passages[:MOST_TOLD]:
            sign = "+" if passage.change is Change.NEW else "-"
            yield Evidence(raw=f"{sign} {passage.text[:LONGEST_PASSAGE]}", locator=section.heading)


def _shown(pair: CellDifference, side: int) -> str:
    fact = (pair.left, pair.right)[side]
    return fact.raw.strip() or "空白" if fact is not None else "无此行"


def _changed(
    body: Body,
    year: int,
    message: str,
    source: str,
    evidence: tuple[Evidence, ...],
    outcome: RuleOutcome,
) -> Finding:
    rule = all_rules()["publication.changed"]
    return Finding(
        rule=rule.id,
        title=rule.title,
        severity=rule.severity,
        outcome=outcome,
        message=message,
        basis=rule.basis,
        source=source,
        organization=body.name,
        body=body.id,
        year=year,
        evidence=evidence,
    )
