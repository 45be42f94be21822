"""Crawl health: what a portal's last crawl brought beside those before it, as findings about us.

Theory. Bodies publish more each year; a column that shows fewer reports than it did, or none, is far
more often a rebuilt site or a broken reading than a hundred withdrawn reports. So it is the operator's
finding (`portal.*`), never one about a body. Nothing is said of a crawl that failed as a whole: its
bodies are undecided already, and the counts mean nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.records import Verdict
from archive.store import Archive
from config.language import say
from config.portals import Portal
from monitor.finding import Finding, RuleOutcome, Severity

NO_REPORTS, FEWER, MORE = "portal.no-reports", "portal.fewer-reports", "portal.more-reports"
ENTRY_GONE, HIJACKED, FAMILY = "portal.entry-gone", "portal.hijacked", "portal.family-yield"
LEAST_SHARE = 0.5
"""Reports of this crawl as a share of those before, below which we doubt our reading."""
ENOUGH_PORTALS = 3


@dataclass(frozen=True, slots=True)
class Yield:
    """One ended crawl of a portal: its year, outcome, requests, reports listed, and how its entries ended."""

    year: int
    outcome: str
    requests: int
    reports: int
    entries: Mapping[str, str]
    hijacked: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Health:
    """A portal's last ended crawl, the good one before it, and the best of the report year before."""

    portal: Portal
    last: Yield | None = None
    before: Yield | None = None
    year_before: Yield | None = None

    @property
    def known_reports(self) -> int:
        """How many reports crawls before the last one showed; 0 where none showed any."""
        return max((one.reports for one in (self.before, self.year_before) if one), default=0)


def portal_health(archive: Archive, portal: Portal) -> Health:
    """Return what the ended crawls of a portal say."""
    rows = archive.rows(
        "select year, outcome, detail from runs where command = 'crawl' and portal = :portal"
        " and outcome in ('ok', 'failed') order by id",
        {"portal": portal.id},
    )
    crawls = [_yield(row["year"], row["outcome"], json.loads(row["detail"] or "{}")) for row in rows]
    if not crawls:
        return Health(portal)
    last, earlier = crawls[-1], [one for one in crawls[:-1] if one.outcome == "ok"]
    year_before = [one for one in earlier if one.year == last.year - 1]
    best = max(year_before, key=lambda one: one.reports, default=None)
    same = [one for one in earlier if one.year == last.year]
    return Health(portal, last, same[-1] if same else None, best)


def portal_findings(healths: Sequence[Health]) -> list[Finding]:
    """Return what the operator must know of the portals and the families."""
    findings = [finding for health in healths for finding in _of_portal(health)]
    return [*findings, *_of_families(healths)]


def portal_scopes(healths: Sequence[Health]) -> set[tuple[str, int]]:
    """Return the scopes within which these findings come and go."""
    scopes = {(f"portal:{one.portal.id}", 0) for one in healths if one.last}
    return scopes | {(f"family:{one.portal.family}", 0) for one in healths}


def _of_portal(health: Health) -> Iterator[Finding]:
    last, portal = health.last, health.portal
    if last is None:
        return
    for url, verdict in sorted(last.entries.items()):
        if verdict == Verdict.GONE:
            message = say(
                f"{portal.name} 的入口 {url} 已不存在 (404): 请更正其网址; 不作为单位未公布的依据",
                f"{portal.name}: the entry {url} is gone (404): correct its YAML; no body is blamed",
            )
            yield _finding(ENTRY_GONE, Severity.ERROR, portal, message, actual=url)
    for url, words in sorted(last.hijacked.items()):
        message = say(
            f"{portal.name} 的官方页面 {url} 含有博彩词语 ({words}): 疑被篡改, 请告知网站管理方",
            f"{portal.name}: the official page {url} holds gambling words ({words}): tell its owner",
        )
        yield _finding(HIJACKED, Severity.ERROR, portal, message, actual=url)
    if last.outcome == "ok":
        yield from _of_count(health, last)


def _of_count(health: Health, last: Yield) -> Iterator[Finding]:
    portal, known, expect = health.portal, health.known_reports, health.portal.expect
    least = (expect.reports_min or 0) if expect else 0
    most = expect.reports_max if expect else None
    wanted = max(known, least)
    if last.reports == 0 and wanted > 0:
        message = say(
            f"{portal.name} 本次没有见到任何年报链接, 以前见到 {wanted} 个: 先查栏目改版与采集程序",
            f"{portal.name}: no link to a report, {wanted} before: doubt our reading first",
        )
        yield _finding(NO_REPORTS, Severity.ERROR, portal, message, expected=wanted)
    elif last.reports < max(least, known * LEAST_SHARE):
        message = say(
            f"{portal.name} 本次见到年报链接 {last.reports} 个, 少于应有的 {wanted} 个: 先查栏目与采集程序",
            f"{portal.name}: {last.reports} links to reports, {wanted} expected: doubt our reading first",
        )
        yield _finding(FEWER, Severity.WARNING, portal, message, expected=wanted)
    elif most is not None and last.reports > most:
        message = say(
            f"{portal.name} 本次见到年报链接 {last.reports} 个, 多于预期的 {most} 个: 可能误收了别的栏目",
            f"{portal.name}: {last.reports} links to reports, at most {most} expected: another column, maybe",
        )
        yield _finding(MORE, Severity.WARNING, portal, message, expected=most)


def _of_families(healths: Sequence[Health]) -> Iterator[Finding]:
    """Yield families whose portals together show much less than before: one of our readers broke."""
    families: defaultdict[str, list[Health]] = defaultdict(list)
    for health in healths:
        if health.last and health.last.outcome == "ok" and health.known_reports:
            families[health.portal.family].append(health)
    for family, members in sorted(families.items()):
        now = sum(one.last.reports for one in members if one.last)
        known = sum(one.known_reports for one in members)
        if len(members) >= ENOUGH_PORTALS and now < known * LEAST_SHARE:
            message = say(
                f"{family} 类的 {len(members)} 个门户共见到年报链接 {now} 个, 以前 {known} 个: 可能已失效",
                f"family {family}: {now} links on {len(members)} portals, {known} before: is it broken?",
            )
            yield Finding(
                rule=FAMILY, title=_title(FAMILY), severity=Severity.ERROR, outcome=RuleOutcome.FAIL,
                message=message, basis=_basis(), source=f"family:{family}", expected=known,
            )  # fmt: skip


def _finding(
    rule: str,
    severity: Severity,
    portal: Portal,
    message: str,
    *,
    actual: str | None = None,
    expected: int | None = None,
) -> Finding:
    return Finding(
        rule=rule, title=_title(rule), severity=severity, outcome=RuleOutcome.FAIL, message=message,
        basis=_basis(), source=f"portal:{portal.id}", actual=actual, expected=expected,
    )  # fmt: skip


def _yield(year: int | None, outcome: str, detail: Mapping[str, object]) -> Yield:
    def count(name: str) -> int:
        value = detail.get(name, 0)
        return value if isinstance(value, int) else 0

    def table(name: str) -> Mapping[str, str]:
        value = detail.get(name)
        return {str(key): str(one) for key, one in value.items()} if isinstance(value, dict) else {}

    return Yield(
        year or 0, outcome, count("requests"), count("reports_listed"), table("entries"), table("hijacked")
    )


def _basis() -> str:
    return say("运行规则: 采集结果异常时先自查", "practice: doubt ourselves first")


def _title(rule: str) -> str:
    return say(*_TITLES[rule])


_TITLES = {
    NO_REPORTS: ("门户不再显示年报", "A portal shows no reports"),
    FEWER: ("门户的年报少于以前", "A portal shows fewer reports"),
    MORE: ("门户的年报多于预期", "A portal shows more reports than expected"),
    ENTRY_GONE: ("门户入口失效", "A portal's entry is gone"),
    HIJACKED: ("官方页面疑被篡改", "An official page may be hijacked"),
    FAMILY: ("一类门户的采集结果骤降", "A family's yield fell"),
}
