"""The planted truth of a season, and an oracle that says from it alone which alerts must come, and when.

The oracle knows when each report stood where, and on which nights each portal could be looked at. It
shares no code with the program: what the program says is compared with it, alert by alert.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

YEAR = 2024
JANUARY, MARCH = date(2025, 1, 31), date(2025, 3, 31)
REMOVED_DAYS = 14
Alerts = dict[tuple[str, str], date]
"""(body, rule) -> the day on which the alert must open."""


@dataclass(frozen=True)
class Truth:
    """What a body really did. A day of None is never; `shown_on` is the date that its page claims."""

    id: str
    name: str
    kind: str
    portal: str
    due_on: date = JANUARY
    published_on: date | None = None
    shown_on: date | None = None
    withdrawn_on: date | None = None
    edited_on: date | None = None
    moved_on: date | None = None

    @property
    def title(self) -> str:
        """The title of its report."""
        return f"{self.name}{YEAR}年政府信息公开工作年度报告"

    @property
    def claimed_on(self) -> date | None:
        """The date that page and list show."""
        return self.shown_on or self.published_on

    def path(self, day: date) -> str | None:
        """Where its report stands on a day, None where it stands nowhere."""
        if self.published_on is None or day < self.published_on:
            return None
        if self.withdrawn_on and day >= self.withdrawn_on:
            return None
        return self.paths[1] if self.moved_on and day >= self.moved_on else self.paths[0]

    @property
    def paths(self) -> tuple[str, str]:
        """The address where it was published, and the one it moved to; a back-dated one has no date in it."""
        number = self.id.rpartition("-")[2]
        day = self.published_on
        dated = f"/art/{day:%Y/%-m/%-d}/art_{number}.html" if day and not self.shown_on else ""
        return dated or f"/art/a{number}.html", f"/new/b{number}.html"

    def is_edited(self, day: date) -> bool:
        """Whether the numbers are the later ones."""
        return self.edited_on is not None and day >= self.edited_on


@dataclass
class Expectation:
    """What must have been said about one body by the end."""

    opened: Alerts = field(default_factory=dict)
    closed: Alerts = field(default_factory=dict)


def expect(truth: Truth, days: Iterable[date], good: Callable[[str, date], bool]) -> Expectation:
    """Return the alerts about a body: `good` tells whether the portal could be looked at on a night."""
    told = Expectation()
    seen_on: date | None = None
    without: list[date] = []
    gone: list[date] = []
    for day in days:
        if not good(truth.portal, day):
            continue
        if seen_on is None and truth.path(day) is not None:
            seen_on = day
            _appeared(truth, day, without, told)
        elif seen_on is None and day > truth.due_on:
            without.append(day)
            told.opened.setdefault((truth.id, "missing"), day)
        elif seen_on is not None:
            _stood(truth, day, seen_on, gone, told)
    return told


def _appeared(truth: Truth, day: date, without: list[date], told: Expectation) -> None:
    if (truth.id, "missing") in told.opened:
        told.closed[truth.id, "missing"] = day
    claimed = truth.claimed_on
    if day <= truth.due_on or claimed is None:
        return
    if without or claimed > truth.due_on:
        told.opened[truth.id, "late"] = day
    if without and claimed < without[-1]:
        told.opened[truth.id, "backdated"] = day


def _stood(truth: Truth, day: date, seen_on: date, gone: list[date], told: Expectation) -> None:
    if truth.is_edited(day) and not truth.is_edited(seen_on):
        told.opened.setdefault((truth.id, "changed"), day)
    if truth.path(day) is None:
        gone.append(day)
        if day - gone[0] >= timedelta(days=REMOVED_DAYS):
            told.opened.setdefault((truth.id, "removed"), day)


AREAS = ("东湖区", "西岭区", "南岗区", "北塔区", "中坪区", "新桥区")
OFFICES = ("教育局", "财政局", "水利局", "民政局", "司法局", "审计局", "商务局", "统计局")


def truths(area: str, portal: str, prefix: str) -> list[Truth]:
    """Return ten bodies of an area, each with another fate."""

    def on(month: int, day: int) -> date:
        return date(2025, month, day)

    fates: tuple[dict[str, date], ...] = (
        {"published_on": on(1, 15)},
        {"published_on": on(1, 28)},
        {},
        {"published_on": on(2, 3)},
        {"published_on": on(1, 15), "withdrawn_on": on(2, 5)},
        {"published_on": on(1, 15), "edited_on": on(2, 8)},
        {"published_on": on(2, 9), "shown_on": on(1, 20)},
        {"published_on": on(1, 15), "moved_on": on(2, 9)},
    )
    is_never = portal.endswith("1")
    government = {} if is_never else {"published_on": on(3, 20)}
    bodies = [Truth(f"{prefix}-0", f"{area}人民政府", "county_government", portal, MARCH, **government)]
    for number, (office, fate) in enumerate(zip(OFFICES, fates, strict=True), 1):
        bodies.append(Truth(f"{prefix}-{number}", f"{area}{office}", "department", portal, **fate))
    street = Truth(f"{prefix}-9", f"{area}石桥街道办事处", "subdistrict", portal, published_on=on(2, 20))
    return [*bodies, street]
