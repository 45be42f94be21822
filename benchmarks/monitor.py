"""How the monitor behaves and how fast it is: a season of many bodies with kills, and the nation's matrix.

Run with `python benchmarks/monitor.py [BODIES] [DAYS] [KILLS] [NATION]` (default 3000 120 100 44000).
A simulator writes captures straight into an archive, as crawls would; coverage, ledger and outbox are
the real ones, each run in a process that may be killed at a random SQL statement and is run again. At
the end every alert is compared with the oracle of tests/season_plan.py.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from archive.records import Capture, Listing, Role, Sighting, Verdict  # noqa: E402
from archive.store import Archive, stamp  # noqa: E402
from config.alerts import load_alerts  # noqa: E402
from config.bodies import load_bodies  # noqa: E402
from config.clock import SHANGHAI  # noqa: E402
from config.places import Places  # noqa: E402
from monitor.channels import open_channel  # noqa: E402
from monitor.delivery import send_messages  # noqa: E402
from monitor.matrix_counts import matrix_counts  # noqa: E402
from monitor.outbox import Digest, compose_messages  # noqa: E402
from monitor.pipeline import process_archive  # noqa: E402
from tests.season_plan import YEAR, Truth, expect, truths  # noqa: E402
from tests.season_site import page_of, report_html  # noqa: E402

BODIES_A_PORTAL = 10
FIRST_DAY = date(2025, 1, 10)
NATION_YEARS = range(2019, 2025)
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
    season = Season([], days, broken=frozenset(chance.sample(days[30:], max(1, day_count // 40))))
    for number in range(bodies // BODIES_A_PORTAL):
        portal = f"p{number:04}"
        season.truths += truths(f"第{number}区", portal, portal)
        if chance.random() < 0.1:
            first = chance.randrange(day_count)
            kind = chance.choice((Verdict.DECLINED, Verdict.SOFT_404, Verdict.ERROR))
            for day in days[first : first + chance.randrange(1, 12)]:
                season.trouble[portal, day] = kind
    return season


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


def work(at: Places, day: date) -> None:
    """Process and send, as the morning's jobs do."""
    os.environ["NIANBAO_NOW"] = f"{day}T06:00:00+08:00"
    with Archive.open(at) as archive:
        process_archive(archive, at)
        os.environ["NIANBAO_NOW"] = f"{day}T08:30:00+08:00"
        config = load_alerts(at.config)
        compose_messages(archive, config, load_bodies(at.config), Digest.WHEN_DUE)
        send_messages(archive, config)


def in_child(action: Callable[[], None], statements: int = 0) -> bool:
    """Run in a process of its own, killed at its n-th SQL statement; tells whether it ended by itself."""
    child = os.fork()
    if child == 0:
        if statements:
            _kill_at(statements)
        action()
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in {0, -signal.SIGKILL}:
        raise SystemExit(f"a run ended with {status}")
    return status == 0


def _kill_at(statements: int) -> None:
    left = statements
    opened = Archive.open.__func__  # type: ignore[attr-defined]

    def count(_statement: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def open_counting(cls: type[Archive], places: Places) -> Archive:
        archive: Archive = opened(cls, places)
        archive.db.conn.set_trace_callback(count)
        return archive

    Archive.open = classmethod(open_counting)  # type: ignore[method-assign,assignment]


def simulate(folder: Path, bodies: int, day_count: int, kills: int) -> None:
    """Live through the season and compare; print the figures."""
    from monitor.demo.mailbox import received, receiving

    chance = random.Random(20250131)
    season = plan(bodies, day_count, chance)
    at = Places(folder / "data", folder / "config")
    open_channel("mailto://127.0.0.1/?from=a@example.com&to=a@example.com", "loads the plugins once")
    kills_on = Counter(chance.choice(season.days) for _ in range(kills))
    deaths, times = 0, dict[date, float]()
    with receiving(folder / "mail") as mail_port:
        configure(at, season, mail_port)
        simulator = Simulator(season)
        for day in season.days:
            os.environ["NIANBAO_NOW"] = f"{day}T01:00:00+08:00"
            # closed before the fork: a child must not inherit an open SQLite database
            with Archive.open(at) as archive:
                archive.db.execute("PRAGMA synchronous = OFF")
                simulator.crawl(archive, day)
            for _ in range(kills_on[day]):
                deaths += not in_child(lambda: work(at, day), chance.randrange(1, 3 * bodies))  # noqa: B023
            started = time.perf_counter()
            in_child(lambda: work(at, day))  # noqa: B023
            times[day] = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    print(f"season: {bodies} bodies, {day_count} days, {deaths} of {kills} kills before the end of a run")
    slowest = max(times, key=lambda day: times[day])
    print(f"runs: first {times[season.days[0]]:.1f} s, slowest {times[slowest]:.1f} s ({slowest}), "
          f"last {times[season.days[-1]]:.1f} s; {used:.0f} s of CPU in all")  # fmt: skip
    compare(at, season)
    count_messages(at, [mail.message_id for mail in received(folder / "mail")])
    time_nothing_new(at, season.days[-1])


def compare(at: Places, season: Season) -> None:
    """Print how many alerts are false, missing or on another day than the oracle's."""
    told = [expect(truth, season.days, season.is_good) for truth in season.truths]
    expected = {key: day for item in told for key, day in item.opened.items()}
    with Archive.open(at) as archive:
        rows = archive.rows(
            "select body, replace(rule, 'publication.', '') as rule, min(opened_at) as at, count(*) as n"
            " from alerts where audience = 'supervisor' and body is not null group by body, rule"
        )
    opened = {
        (row["body"], row["rule"]): datetime.fromisoformat(row["at"]).astimezone(SHANGHAI).date()
        for row in rows
    }
    false = sorted(key for key in opened if key not in expected)
    lost = sorted(key for key in expected if key not in opened)
    moved = sorted(key for key in expected if key in opened and opened[key] != expected[key])
    twice = sum(row["n"] > 1 for row in rows)
    print(f"alerts: {len(expected)} true ones planted, {len(opened)} opened; false {len(false)}, "
          f"lost {len(lost)}, on another morning {len(moved)}, opened twice {twice}")  # fmt: skip
    for name, keys in (("false", false), ("lost", lost), ("another morning", moved)):
        for key in keys[:5]:
            print(f"  {name}: {key} expected {expected.get(key)} opened {opened.get(key)}")


def count_messages(at: Places, mails: list[str]) -> None:
    """Print what became of the messages."""
    with Archive.open(at) as archive:
        rows = archive.rows("select * from deliveries")
        queued = archive.row("select count(*) as n from notices where state = 'queued'")
    counts = Counter(mails)
    marked = {row["message_id"] for row in rows if row["interrupted_at"]}
    lost = [row for row in rows if row["message_id"] not in counts and row["state"] != "unknown"]
    doubled = [number for number, count in counts.items() if count > 1]
    unmarked = [number for number in doubled if number not in marked]
    days = Counter((row["recipient"], row["created_at"][:10]) for row in rows if row["kind"] == "digest")
    print(f"messages: {len(rows)} written, {len(lost)} lost, {len(doubled)} repeated, {len(unmarked)} of "
          f"them not marked; most digests a recipient and day {max(days.values(), default=0)}; "
          f"{queued['n'] if queued else 0} notices wait")  # fmt: skip


def time_nothing_new(at: Places, last: date) -> None:
    """Print how long the first run over all of it takes, and one on the next day with nothing new."""
    fresh = Places(at.data.with_name("fresh"), at.config)
    shutil.copytree(at.data, fresh.data)
    with Archive.open(fresh) as archive:
        made = ("alert_findings", "notices", "alerts", "deliveries", "findings", "standings", "matches",
                "disclosure_lines", "request_lines", "remedy_lines", "reports", "outcomes", "texts", "memos",
                "bodies")  # fmt: skip
        for table in made:
            archive.db.execute(f"delete from {table}")
        archive.db.execute("delete from runs where command = 'process'")
        archive.db.execute("delete from events")
        archive.db.commit()
    seconds = []
    for days_later in (0, 1, 2):
        day = last + timedelta(days=days_later)
        started = time.perf_counter()
        in_child(lambda: process_on(fresh, day))  # noqa: B023
        seconds.append(time.perf_counter() - started)
    started = time.perf_counter()
    in_child(lambda: process_on(fresh, last + timedelta(days=2)))
    same_day = time.perf_counter() - started
    print(f"first run over everything {seconds[0]:.1f} s; next day with nothing new {seconds[2]:.2f} s "
          f"(1/{seconds[0] / seconds[2]:.0f}; at most 1/20); same day {same_day:.2f} s")  # fmt: skip


def process_on(at: Places, day: date) -> None:
    """Process on a day."""
    os.environ["NIANBAO_NOW"] = f"{day}T06:00:00+08:00"
    with Archive.open(at) as archive:
        process_archive(archive, at)


def time_matrix(folder: Path, nation: int) -> None:
    """Print how the matrix of a nation compares with a plain grouped count over the same rows."""
    at = Places(folder / "nation", folder / "config")
    at.config.mkdir(exist_ok=True)
    chance = random.Random(1)
    kinds = ("department", "township", "subdistrict", "county_government", "government_office")
    standings = ("published", "late", "not_published", "cannot_tell")
    with Archive.open(at) as archive:
        archive.db.execute("PRAGMA synchronous = OFF")
        archive.db.table("bodies").insert_all(
            {"id": f"b{number}", "name": f"机关{number}", "kind": chance.choice(kinds),
             "division": f"{411300 + number % 3000}", "supervisor": f"s{number % 3000}", "confirmed": 1,
             "aliases": "[]", "portals": "[]", "since": None, "until": None}
            for number in range(nation)
        )  # fmt: skip
        archive.db.table("standings").insert_all(
            {"body": f"b{number}", "year": year, "standing": chance.choice(standings), "sentence": "句" * 60,
             "evidence": "{}" * 60, "due_on": f"{year + 1}-01-31", "decided_at": stamp(datetime.now(UTC))}
            for year in NATION_YEARS for number in range(nation)
        )  # fmt: skip
        archive.db.execute("analyze")
        plain = (
            "select b.supervisor, b.kind, substr(b.division, 1, 6) as area, s.year, s.standing, count(*) as n"
            " from standings s join bodies b on b.id = s.body group by 1, 2, 3, 4, 5"
        )
        by = ("supervisor", "kind", "area", "year")
        plain_s = min(timed(lambda: archive.rows(plain)) for _ in range(3))
        ours_s = min(timed(lambda: matrix_counts(archive, at.config, None, by)) for _ in range(3))
    print(f"matrix of {nation} bodies x {len(NATION_YEARS)} years: {ours_s:.2f} s of CPU; plain grouped "
          f"count {plain_s:.2f} s ({ours_s / plain_s:.1f} x; at most 3 x)")  # fmt: skip


def timed(action: Callable[[], object]) -> float:
    """Return how much CPU an action takes, in seconds: other programs do not count."""
    started = time.process_time()
    action()
    return time.process_time() - started


def main() -> None:
    """Print all figures."""
    defaults = (3000, 120, 100, 44_000)
    given = [int(word) for word in sys.argv[1:]]
    bodies, day_count, kills, nation = (*given, *defaults[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        time_matrix(Path(folder), nation)
    with tempfile.TemporaryDirectory() as folder:
        simulate(Path(folder), bodies, day_count, kills)


if __name__ == "__main__":
    main()
