"""The season of the monitor's benchmark: planted truths, and a simulator that writes what crawls bring home.

The simulator writes captures straight into an archive, only what the revisit schedule would ask for.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from archive.records import Capture, Listing, Role, Sighting, Verdict  # noqa: E402
from archive.store import Archive  # noqa: E402
from config.clock import SHANGHAI  # noqa: E402
from config.places import Places  # noqa: E402
from tests.season_plan import YEAR, Truth, truths  # noqa: E402
from tests.season_site import page_of, report_html  # noqa: E402

BODIES_A_PORTAL = 10
FIRST_DAY = date(2025, 1, 10)
ALERTS = """
digest: day
storm: {bodies_min: 1000000, share: 1.0}
operator: {name: op, channels: {mail: "mailto://127.0.0.1:PORT/?from=n@example.com&to=op@example.com"}}
recipients: {zwgk: {name: zwgk, channels: {mail: "mailto://127.0.0.1:PORT/?from=n@e.com&to=z@e.com"}}}
routes: [{rule: "publication.*", severity: [error, warning], to: [supervisor]}, {to: []}]
"""


@dataclass
class Season:
    """The planted truth and what each portal answers on each night."""

    truths: list[Truth]
    days: list[date]
    trouble: dict[tuple[str, date], Verdict] = field(default_factory=dict)
    broken: frozenset[date] = frozenset()

    def is_good(self, portal: str, day: date) -> bool:
        """Whether the portal could be looked at on a night."""
        return day not in self.broken and (portal, day) not in self.trouble


def plan(bodies: int, day_count: int, chance: random.Random) -> Season:
    """Plant the truth: ten fates a portal, moved by some days; a tenth of the portals in trouble for days."""
    days = [FIRST_DAY + timedelta(days=number) for number in range(day_count)]
    season = Season(
        [], days, broken=frozenset(chance.sample(days[day_count // 4 :], max(1, day_count // 40)))
    )
    for number in range(bodies // BODIES_A_PORTAL):
        portal = f"p{number:04}"
        own = truths(f"第{number}区", portal, portal)
        season.truths += [moved(truth, timedelta(days=chance.randrange(-6, 13))) for truth in own]
        if chance.random() < 0.1:
            first = chance.randrange(day_count)
            kind = chance.choice((Verdict.DECLINED, Verdict.SOFT_404, Verdict.ERROR))
            for day in days[first : first + chance.randrange(1, 12)]:
                season.trouble[portal, day] = kind
    return season


def moved(truth: Truth, by: timedelta) -> Truth:
    """Return the same fate some days earlier or later; the deadline stays where it is."""
    names = ("published_on", "shown_on", "withdrawn_on", "edited_on", "moved_on")
    days = {name: day + by for name in names if (day := getattr(truth, name)) is not None}
    return replace(truth, **days)


class Simulator:
    """Writes what a night's crawls bring home: only what the revisit schedule would ask for."""

    archive: Archive

    def __init__(self, season: Season) -> None:
        self.season = season
        self.by_portal: dict[str, list[Truth]] = {}
        for truth in season.truths:
            self.by_portal.setdefault(truth.portal, []).append(truth)
        self.shown: dict[str, tuple[tuple[str, str], ...]] = {}
        self.bytes_at: dict[str, bytes] = {}
        self.gone: dict[str, int] = {}

    def crawl(self, archive: Archive, day: date) -> None:
        """Crawl every portal on a night, each in one transaction."""
        self.archive = archive
        if day in self.season.broken:
            return
        at = datetime.combine(day, clock_time(1), SHANGHAI).astimezone(UTC)
        for portal, own in self.by_portal.items():
            with self.archive.atomic():
                self._crawl(portal, own, day, at)

    def _crawl(self, portal: str, own: list[Truth], day: date, at: datetime) -> None:
        run = self.archive.start_run("crawl", portal=portal, year=YEAR)
        trouble = self.season.trouble.get((portal, day))
        if trouble:
            self._capture(portal, Role.LIST, column(portal), at, trouble, run)
        else:
            self._list(portal, own, day, at, run)
            for truth in own:
                self._documents(truth, day, at, run)
        self.archive.finish_run(run, "failed" if trouble else "ok")

    def _list(self, portal: str, own: list[Truth], day: date, at: datetime, run: int) -> None:
        rows = [(address(truth, path), truth) for truth in own if (path := truth.path(day))]
        links = tuple((url, truth.title) for url, truth in rows)
        if self.shown.get(portal) == links:
            self._capture(portal, Role.LIST, column(portal), at, Verdict.UNCHANGED, run)
            return
        content = page_of("政府信息公开年报", "".join(f"<a href='{url}'>{words}</a>" for url, words in links))
        capture = self._capture(portal, Role.LIST, column(portal), at, Verdict.OK, run, content.content)
        old = Listing(f"http://{portal}.gov.cn/old.html", f"某局{YEAR - 1}年政府信息公开工作年度报告")
        listings = [Listing(url, truth.title, str(truth.claimed_on)) for url, truth in rows]
        self.archive.add_listings(capture, [*listings, old])
        self.shown[portal] = links

    def _documents(self, truth: Truth, day: date, at: datetime, run: int) -> None:
        path = truth.path(day)
        for known in truth.paths:
            url = address(truth, known)
            if known == path:
                self._article(truth, url, day, at, run)
            elif url in self.bytes_at and self.gone.get(url, 0) < 30:
                self._capture(truth.portal, Role.ARTICLE, url, at, Verdict.GONE, run)
                self.gone[url] = self.gone.get(url, 0) + 1

    def _article(self, truth: Truth, url: str, day: date, at: datetime, run: int) -> None:
        report = report_html(truth.name, truth.id[-1], truth.is_edited(day))
        content = page_of(truth.title, f"<p>发布日期：{truth.claimed_on}</p>{report}").content
        if self.bytes_at.get(url) == content:
            return
        capture = self._capture(truth.portal, Role.ARTICLE, url, at, Verdict.OK, run, content)
        self.archive.add_document(
            Sighting(
                truth.portal, url, Role.ARTICLE, "text/html", link_title=truth.title,
                list_url=column(truth.portal), listed_on=str(truth.claimed_on),
            ),
            capture,
        )  # fmt: skip
        self.bytes_at[url] = content

    def _capture(
        self, portal: str, role: Role, url: str, at: datetime, verdict: Verdict, run: int,
        content: bytes | None = None,
    ) -> int:  # fmt: skip
        status = {Verdict.GONE: 404, Verdict.UNCHANGED: 304}.get(verdict, 200)
        return self.archive.add_capture(
            Capture(portal, role, url, at, verdict, status=status, content=content), run
        )


def column(portal: str) -> str:
    """The address of a portal's column."""
    return f"http://{portal}.gov.cn/nb/"


def address(truth: Truth, path: str) -> str:
    """The whole address of a path."""
    return f"http://{truth.portal}.gov.cn{path}"


def configure(at: Places, season: Season, mail_port: int) -> None:
    """Write roster, portals and routes."""
    for folder in ("bodies", "portals"):
        (at.config / folder).mkdir(parents=True)
    rows = [f"{item.id},{item.name},{item.kind},{item.portal},zwgk" for item in season.truths]
    text = "\n".join(["id,name,kind,portals,supervisor", *rows, ""])
    (at.config / "bodies" / "season.csv").write_text(text, "utf-8")
    for portal in sorted({item.portal for item in season.truths}):
        text = f'{{"id": "{portal}", "name": "{portal}", "entry_urls": ["{column(portal)}"],'
        text += f' "allowed_hosts": ["{portal}.gov.cn"]}}'
        (at.config / "portals" / f"{portal}.yml").write_text(text, "utf-8")
    (at.config / "alerts.yml").write_text(ALERTS.replace("PORT", str(mail_port)), "utf-8")
