"""Findings about where a report stands: its versions side by side, its files, its column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from archive.derived import Outcome, load_report
from archive.differences import CellDifference
from archive.memory import Memory, memo_key
from archive.store import Archive, Row
from config.clock import local_date
from monitor.changes import changed_cells
from monitor.coverage import Case, Standing, shows
from monitor.finding import Blame, Evidence, Finding, RuleOutcome, read_finding
from monitor.publications import Publication, PublishedDocument
from monitor.rules.official import cell_label
from monitor.rules.registry import all_rules
from monitor.standing_words import chinese_day

DEAD_FOR = timedelta(hours=20)
"""How long a file must be answered with gone, at two looks at least."""
MOST_DIFFERENT_CELLS = 20
"""From so many on, it is more likely that one of the two was read wrongly."""
MOST_TOLD = 6


@dataclass(frozen=True, eq=False)
class PlaceFindings:
    """Compares the places of publications, at one version of extraction."""

    archive: Archive
    version: int
    memory: Memory

    def of(self, case: Case, standing: Standing) -> list[Finding]:
        """Return what is to be said of the places where one body's report stands."""
        found = case.publication
        if found is None:
            return []
        return [
            *self._differences(case, found),
            *self._dead_files(case, found),
            *_wrong_column(case, found, standing),
        ]

    # Versions side by side

    def _differences(self, case: Case, found: Publication) -> Iterator[Finding]:
        standing = [item for item in self._standing(found) if item.sha256 != found.best.sha256]
        for other in standing:
            key = memo_key("differ", found.best.sha256, other.sha256, other.url, case.body.name, case.year)
            told = self.memory.recall(key)
            if told is None:
                finding = self._difference(case, found.best, other)
                told = finding.to_json() if finding else {}
                self.memory.keep(key, told)
            if told:
                yield read_finding(told)

    def _standing(self, found: Publication) -> list[PublishedDocument]:
        """Return the versions that stand now, one an address, of those that crawls saw and could read."""
        latest = {item.url: item for item in sorted(found.documents, key=lambda item: item.last_seen_at)}
        first = {item.sha256: item for item in latest.values()}
        return [
            item
            for item in first.values()
            if item.outcome is Outcome.REPORT and not item.handed_in and item.url not in self._gone
        ]

    def _difference(self, case: Case, best: PublishedDocument, other: PublishedDocument) -> Finding | None:
        reports = [load_report(self.archive, item.sha256, self.version) for item in (best, other)]
        if reports[0] is None or reports[1] is None:
            return None
        cells = changed_cells(reports[0], reports[1])
        if not cells:
            return None
        told = "；".join(f"{cell_label(pair.path)}：{_raw(pair)}" for pair in cells[:MOST_TOLD])
        more = f"等 {len(cells)} 格" if len(cells) > MOST_TOLD else ""
        where = f"{best.url} 与 {other.url}"
        message = f"{case.body.name}{case.year}年度报告在两处的数字不一致：{told}{more}（{where}）。"
        doubtful = best.unsure_cells or other.unsure_cells or len(cells) > MOST_DIFFERENT_CELLS
        evidence = tuple(Evidence(path=pair.path, raw=_raw(pair), locator=other.url) for pair in cells)
        blame = Blame.EXTRACTION if doubtful else Blame.UNKNOWN
        return _finding(case, "versions-differ", message, best.url, evidence, blame)

    # Files

    def _dead_files(self, case: Case, found: Publication) -> Iterator[Finding]:
        """Tell of files that a standing page links and that are not there, at several looks."""
        for item in found.documents:
            for row in self._dead.get(item.url, ()):
                if not _replaced(row, found) and item.last_seen_at >= _instant(row["first"]):
                    days = [chinese_day(local_date(_instant(row[name]))) for name in ("first", "last")]
                    message = (
                        f"{case.body.name}{case.year}年度报告的附件打不开：{row['url']}，"
                        f"{days[0]}至{days[1]} {row['times']} 次查看均为不存在。"
                    )
                    evidence = (Evidence(raw=row["url"], locator=item.url),)
                    yield _finding(case, "dead-attachment", message, item.url, evidence, Blame.SOURCE)

    @cached_property
    def _dead(self) -> Mapping[str, list[Row]]:
        """Files without a good answer after they were gone, by the page that links them."""
        rows = self.archive.rows(
            "select url, referer, min(requested_at) as first, max(requested_at) as last, count(*) as times"
            " from captures c where verdict = 'gone' and role = 'attachment' and referer is not null"
            " and not exists (select 1 from captures g where g.url = c.url and g.id > c.id"
            " and g.verdict in ('ok', 'unchanged')) group by url, referer",
        )
        dead: dict[str, list[Row]] = {}
        for row in rows:
            if _instant(row["last"]) - _instant(row["first"]) >= DEAD_FOR:
                dead.setdefault(row["referer"], []).append(row)
        return dead

    @cached_property
    def _gone(self) -> frozenset[str]:
        """Addresses of documents whose last good or bad certainty is that they are gone."""
        rows = self.archive.rows(
            "select distinct c.url from captures c where c.verdict = 'gone' and not exists"
            " (select 1 from captures g where g.url = c.url and g.id > c.id"
            " and g.verdict in ('ok', 'unchanged'))"
        )
        return frozenset(row["url"] for row in rows)


def _replaced(row: Row, found: Publication) -> bool:
    """Tell whether the page has another file, seen since this one was gone."""
    return any(
        item.page_url == row["referer"] and item.last_seen_at >= _instant(row["first"])
        for item in found.documents
        if item.url != row["url"]
    )


def _wrong_column(case: Case, found: Publication, standing: Standing) -> Iterator[Finding]:
    """Tell of a report that a person handed in with its address, and that no column shows."""
    if found.basis != "handed_in" or not case.views:
        return
    since = standing.first_seen_at or found.first_seen_at
    looks = [[look for look in view.clean if look.began_at > since] for view in case.views]
    if not all(looks) or any(shows(look, found) for seen in looks for look in seen):
        return
    url = found.best.url
    names = "、".join(view.name for view in case.views)
    message = f"{case.body.name}{case.year}年度报告已公布（{url}），但{names}的年报栏目中没有列出。"
    yield _finding(case, "wrong-column", message, url, (Evidence(locator=url),), Blame.SOURCE)


def _finding(
    case: Case, name: str, message: str, source: str, evidence: Sequence[Evidence], blame: Blame
) -> Finding:
    rule = all_rules()[f"publication.{name}"]
    return Finding(
        rule=rule.id,
        title=rule.title,
        severity=rule.severity,
        outcome=RuleOutcome.FAIL,
        message=message,
        basis=rule.basis,
        source=source,
        organization=case.body.name,
        body=case.body.id,
        year=case.year,
        blame=blame,
        evidence=tuple(evidence),
    )


def _raw(pair: CellDifference) -> str:
    left, right = (fact.raw.strip() or "空白" if fact else "无此行" for fact in (pair.left, pair.right))
    return f"{left} ≠ {right}"


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
