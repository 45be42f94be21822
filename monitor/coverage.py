"""Coverage: the standing of a body's year, decided from what was seen and when. Pure.

Theory. A standing is an accusation or an acquittal, so each needs its proof:
- `not_published` needs, on every portal of the body, a look after the deadline that had no trouble and
  in which nothing could be the report, and no later look that shows what could be; anything less is
  `cannot_tell` with the worst reason.
- `late` needs such a look before the report was first seen, or two independent kinds of date evidence
  that all lie after the deadline; else the report is `published`, with `date_unclear`.
- Seen before the deadline clears the body, whatever dates are shown.
Docs: docs/contract/cli.md, "Standing of a body and year".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from config.bodies import Body
from config.clock import local_date
from config.deadlines import Deadline
from extract.dates import DateEvidence, DateKind, kinds_of
from monitor.looks import NO_CAPTURE, Look, worst
from monitor.publications import Publication

DATE_UNCLEAR = "date_unclear"
SEEN_LATER = "seen_later"
DATES_AGREE = "dates_agree"
DOUBTFUL_MATCH = "doubtful_match"
INDEPENDENT_KINDS = 2
REMOVED_FOR = timedelta(days=14)
"""How long good captures must say that a report is gone before it counts as withdrawn."""


class StandingKind(StrEnum):
    """The seven standings of the contract."""

    NOT_DUE = "not_due"
    UPCOMING = "upcoming"
    PUBLISHED = "published"
    LATE = "late"
    NOT_PUBLISHED = "not_published"
    WITHDRAWN = "withdrawn"
    CANNOT_TELL = "cannot_tell"


OVERDUE = frozenset({StandingKind.LATE, StandingKind.NOT_PUBLISHED})


@dataclass(frozen=True, slots=True)
class PortalView:
    """What one portal of the body shows of its year.

    `clean` are the good looks after the deadline in which nothing could be the report, in the order
    of time; `trouble` says why the last look after the deadline (at `looked_at`) proves nothing;
    `open_link` why there is no document behind a link that could be the report and was seen last.
    """

    portal: str
    name: str
    clean: tuple[Look, ...] = ()
    trouble: str = NO_CAPTURE
    looked_at: datetime | None = None
    open_link: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A stored document or an open link that could be the report: `document_id` or `url` says which."""

    reason: str
    document_id: int | None = None
    url: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that decides the standing of a body's year.

    `first_shown_at` is when a list page first showed the link to the report, `gone` the first and
    last time that all its addresses were answered with gone since it was last seen; `trouble_before`
    is why the last look at a portal, before the deadline, saw nothing.
    """

    body: Body
    year: int
    deadline: Deadline
    now: datetime
    upcoming_days: int
    views: tuple[PortalView, ...] = ()
    publication: Publication | None = None
    first_shown_at: datetime | None = None
    dates: tuple[DateEvidence, ...] = ()
    gone: tuple[datetime, datetime] | None = None
    doubts: tuple[Doubt, ...] = ()
    trouble_before: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A decided standing; `looks` and `dates` are its proof, `looked_at` the day that it speaks of."""

    kind: StandingKind
    reason: str = ""
    reading: str = ""
    basis: str = ""
    published_on: date | None = None
    first_seen_at: datetime | None = None
    looks: tuple[Look, ...] = ()
    dates: tuple[DateEvidence, ...] = field(default=())
    looked_at: datetime | None = None
    contradicted: bool = False


def decide(case: Case) -> Standing:
    """Return the standing of a body's year."""
    if case.publication is not None:
        return _of_published(case, case.publication)
    if case.now < case.deadline.passed_at:
        near = local_date(case.now) >= case.deadline.due_on - timedelta(days=case.upcoming_days)
        return Standing(StandingKind.UPCOMING if near else StandingKind.NOT_DUE)
    return _of_unseen(case)


def _of_unseen(case: Case) -> Standing:
    """Decide where no document is the report and the deadline has passed."""
    looked = [view.looked_at for view in case.views if view.looked_at]
    open_links = [doubt.reason for doubt in case.doubts] or [view.open_link for view in case.views]
    if any(open_links):
        reason = case.doubts[0].reason if case.doubts else worst(open_links)
        return Standing(StandingKind.CANNOT_TELL, reason, looked_at=max(looked, default=None))
    if case.views and all(view.clean for view in case.views):
        looks = tuple(view.clean[-1] for view in case.views)
        # the day on which the first page was seen: nothing is said of what came after
        return Standing(
            StandingKind.NOT_PUBLISHED, looks=looks, looked_at=min(look.began_at for look in looks)
        )
    reasons = [view.trouble or NO_CAPTURE for view in case.views if not view.clean]
    reason = worst(reasons) or NO_CAPTURE
    return Standing(StandingKind.CANNOT_TELL, reason, looked_at=max(looked, default=None))


def _of_published(case: Case, found: Publication) -> Standing:
    first = min(filter(None, (found.first_seen_at, case.first_shown_at)))
    dates = plausible(found.dates, first)
    kind, reason, proof = _timeliness(case, found, first)
    if case.gone and case.gone[1] - case.gone[0] >= REMOVED_FOR:
        kind, reason = StandingKind.WITHDRAWN, "gone"
    return Standing(
        kind,
        reason,
        reading=found.reading,
        basis=found.basis,
        published_on=_published_on(dates),
        first_seen_at=first,
        looks=proof,
        dates=dates,
        looked_at=first,
        contradicted=_is_contradicted(dates, proof),
    )


def _timeliness(
    case: Case, found: Publication, first: datetime
) -> tuple[StandingKind, str, tuple[Look, ...]]:
    """Return published or late, why, and the looks that prove it."""
    due_on = case.deadline.due_on
    if first < case.deadline.passed_at:
        return StandingKind.PUBLISHED, "", ()
    before = _looks_without(case, found, first)
    if before and found.basis == "seen":
        return StandingKind.LATE, SEEN_LATER, before
    shown = [item for item in plausible(case.dates, first) if item.kind is not DateKind.UPDATE]
    cleared = any(item.on <= due_on for item in plausible(found.dates, first))
    incriminating = kinds_of(item for item in shown if item.on > due_on)
    if not cleared and len(incriminating) >= INDEPENDENT_KINDS:
        return StandingKind.LATE, DATES_AGREE, ()
    is_clear = cleared and not any(item.on > due_on for item in shown)
    return StandingKind.PUBLISHED, "" if is_clear else DATE_UNCLEAR, ()


def _looks_without(case: Case, found: Publication, first: datetime) -> tuple[Look, ...]:
    """Return, where every portal has one, the last clean look before the report was first seen."""
    looks = []
    for view in case.views:
        earlier = [look for look in view.clean if look.ended_at < first and not shows(look, found)]
        if not earlier:
            return ()
        looks.append(earlier[-1])
    return tuple(looks)


def shows(look: Look, found: Publication) -> bool:
    """Tell whether a list page of the look linked the publication."""
    return any(url in found.addresses for url, _title in look.links)


def plausible(dates: Sequence[DateEvidence], first_seen_at: datetime) -> tuple[DateEvidence, ...]:
    """Leave out days after the report was already seen: no page was published after we read it."""
    seen_on = local_date(first_seen_at)
    return tuple(item for item in dates if item.on <= seen_on)


def _published_on(dates: Sequence[DateEvidence]) -> date | None:
    """Return the day of publication as the sources give it: the one most kinds agree on, else the first."""
    kinds: dict[date, set[DateKind]] = {}
    for item in dates:
        if item.kind is not DateKind.UPDATE:
            kinds.setdefault(item.on, set()).add(item.kind)
    return min(kinds, key=lambda day: (-len(kinds[day]), day), default=None)


def _is_contradicted(dates: Sequence[DateEvidence], before: Sequence[Look]) -> bool:
    """Tell whether the dates shown lie before a look in which the report was not there."""
    shown = [item.on for item in dates if item.kind not in {DateKind.URL, DateKind.UPDATE}]
    looked_on = [local_date(look.began_at) for look in before]
    return bool(shown and looked_on) and max(shown) < min(looked_on)
