"""Findings about publishing itself: upcoming, missing, late, backdated, removed, cannot tell.

The weight and the basis come from the deadline of the body, not from the catalogue: where no article
names a day, missing and late are warnings and cite what does bind the body.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.clock import local_date
from monitor.coverage import Case, Standing, StandingKind
from monitor.finding import Blame, Evidence, Finding, RuleOutcome, Severity
from monitor.rules.registry import all_rules
from monitor.standing_words import REASONS, chinese_day, sentence_of

_WAITING = frozenset({StandingKind.NOT_DUE, StandingKind.UPCOMING})


def publication_findings(case: Case, standing: Standing) -> list[Finding]:
    """Return what is to be said of the publication of one body's year."""
    return list(_findings(case, standing))


def _findings(case: Case, standing: Standing) -> Iterator[Finding]:
    severity = Severity(case.deadline.severity)
    sentence = sentence_of(case, standing)
    if standing.kind is StandingKind.UPCOMING:
        yield _finding(case, "upcoming", Severity.INFO, sentence, case.deadline.basis)
    elif standing.kind is StandingKind.NOT_PUBLISHED:
        yield _finding(case, "missing", severity, sentence, case.deadline.basis, standing)
    elif standing.kind is StandingKind.LATE:
        yield _finding(case, "late", severity, sentence, case.deadline.basis, standing)
    elif standing.kind is StandingKind.WITHDRAWN:
        yield _finding(case, "removed", None, sentence, None, standing)
    if standing.contradicted:
        yield _finding(case, "backdated", None, _contradiction(case, standing), None, standing)
    yield from _undecided(case, standing)


def _undecided(case: Case, standing: Standing) -> Iterator[Finding]:
    """Tell the operator what could not be examined: also before the deadline, when it can be mended."""
    if case.publication is not None:
        return
    if standing.kind is StandingKind.CANNOT_TELL:
        reason, message = standing.reason, sentence_of(case, standing)
    elif standing.kind in _WAITING and case.trouble_before:
        reason = case.trouble_before
        why = REASONS.get(reason, reason)
        message = f"{case.body.name}{case.year}年度报告尚未到期，但其栏目目前无法查看：{why}。"
    else:
        return
    evidence = tuple(
        Evidence(raw=doubt.words, locator=doubt.url, path=f"document:{doubt.document_id}")
        for doubt in case.doubts
    )
    rule = all_rules()["publication.cannot-tell"]
    yield Finding(
        rule=rule.id,
        title=rule.title,
        severity=rule.severity,
        outcome=RuleOutcome.CANNOT_TELL,
        message=message,
        basis=rule.basis,
        organization=case.body.name,
        body=case.body.id,
        year=case.year,
        actual=reason,
        evidence=evidence,
    )


def _finding(
    case: Case,
    name: str,
    severity: Severity | None,
    message: str,
    basis: str | None,
    standing: Standing | None = None,
) -> Finding:
    rule = all_rules()[f"publication.{name}"]
    return Finding(
        rule=rule.id,
        title=rule.title,
        severity=severity or rule.severity,
        outcome=RuleOutcome.FAIL,
        message=message,
        basis=basis or rule.basis,
        organization=case.body.name,
        body=case.body.id,
        year=case.year,
        expected=case.deadline.due_on.isoformat(),
        actual=_actual(standing),
        blame=Blame.SOURCE,
    )


def _actual(standing: Standing | None) -> str | None:
    """Return what makes another finding of it: not the day of the last look, which moves."""
    if standing is None or standing.kind is StandingKind.NOT_PUBLISHED:
        return None
    return standing.published_on.isoformat() if standing.published_on else standing.reason


def _contradiction(case: Case, standing: Standing) -> str:
    looked = chinese_day(local_date(min(look.began_at for look in standing.looks)))
    shown = standing.published_on
    told = f"所示公布日期为{chinese_day(shown)}" if shown else "所示日期更早"
    return f"{case.body.name}{case.year}年度报告{told}，但{looked}查看栏目时尚无该报告。"
