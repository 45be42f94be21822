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
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
# before this file's own folder: the package must not be taken for this file of the same name
sys.path.insert(0, str(ROOT))

from archive.store import Archive  # noqa: E402
from benchmarks.monitor_matrix import time_matrix  # noqa: E402
from benchmarks.monitor_season import Season, Simulator, configure, plan  # noqa: E402
from config.alerts import load_alerts  # noqa: E402
from config.bodies import load_bodies  # noqa: E402
from config.clock import SHANGHAI  # noqa: E402
from config.places import Places  # noqa: E402
from monitor.channels import open_channel  # noqa: E402
from monitor.delivery import send_messages  # noqa: E402
from monitor.demo.mailbox import received, receiving  # noqa: E402
from monitor.outbox import Digest, compose_messages  # noqa: E402
from monitor.pipeline import process_archive  # noqa: E402
from tests.season_plan import expect  # noqa: E402


def work(at: Places, day: date, log: Path, kill: Kill | None = None) -> None:
    """Process and send, as the morning's jobs do; writes down how many statements each of both took."""
    counted = Statements()
    counted.deadly = kill.statement if kill and kill.phase == "process" else 0
    os.environ["NIANBAO_NOW"] = f"{day}T06:00:00+08:00"
    with Archive.open(at) as archive:
        archive.db.conn.set_trace_callback(counted)
        process_archive(archive, at)
        processing, counted.count = counted.count, 0
        counted.deadly = kill.statement if kill and kill.phase == "send" else 0
        os.environ["NIANBAO_NOW"] = f"{day}T08:30:00+08:00"
        config = load_alerts(at.config)
        compose_messages(archive, config, load_bodies(at.config), Digest.WHEN_DUE)
        send_messages(archive, config)
    log.write_text(f"{processing} {counted.count}", "utf-8")


@dataclass(frozen=True)
class Kill:
    """A death at the n-th SQL statement of a phase."""

    phase: str
    statement: int


@dataclass
class Statements:
    """Counts SQL statements; at the deadly one the process dies as by kill -9."""

    count: int = 0
    deadly: int = 0

    def __call__(self, _statement: str) -> None:
        """Count one."""
        self.count += 1
        if self.count == self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)


def any_kill(log: Path, chance: random.Random) -> Kill:
    """Return a death at any statement of the last whole run, half of them while messages are sent."""
    processing, sending = map(int, log.read_text("utf-8").split())
    if chance.random() < 0.5:
        return Kill("process", chance.randrange(1, processing + 1))
    return Kill("send", chance.randrange(1, sending + 1))


def work_and_die(at: Places, day: date, log: Path, chance: random.Random) -> None:
    """Work until a kill; one that came after the end of its run is tried again at half the statement."""
    kill = any_kill(log, chance)
    while in_child(lambda: work(at, day, log, kill)):  # noqa: B023
        kill = Kill(kill.phase, max(1, kill.statement // 2))


def in_child(action: Callable[[], None]) -> bool:
    """Run in a process of its own; tells whether it ended by itself and was not killed."""
    child = os.fork()
    if child == 0:
        action()
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in {0, -signal.SIGKILL}:
        raise SystemExit(f"a run ended with {status}")
    return status == 0


def simulate(folder: Path, bodies: int, day_count: int, kills: int) -> None:
    """Live through the season and compare; print the figures."""
    chance = random.Random(20250131)
    season = plan(bodies, day_count, chance)
    at = Places(folder / "data", folder / "config")
    open_channel("mailto://127.0.0.1/?from=a@example.com&to=a@example.com", "loads the plugins once")
    kills_on = Counter(chance.choice(season.days[1:]) for _ in range(kills))
    times, log = dict[date, float](), folder / "statements.txt"
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
                work_and_die(at, day, log, chance)
            started = time.perf_counter()
            in_child(lambda: work(at, day, log))  # noqa: B023
            times[day] = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    print(f"season: {bodies} bodies, {day_count} days, {kills} kills before the end of a run")
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
        told_on = archive.rows(
            "select a.opened_at as at, min(d.finished_at) as told_at from alerts a left join notices n"
            " on n.alert_id = a.id and n.kind = 'opened' left join deliveries d on d.id = n.delivery_id"
            " and d.state in ('sent', 'unknown') where a.audience = 'supervisor' and a.body is not null"
            " group by a.id"
        )
    opened = {(row["body"], row["rule"]): day_of(row["at"]) for row in rows}
    false = sorted(key for key in opened if key not in expected)
    lost = sorted(key for key in expected if key not in opened)
    moved = sorted(key for key in expected if key in opened and opened[key] != expected[key])
    twice = sum(row["n"] > 1 for row in rows)
    silent = sum(day_of(row["at"]) != day_of(row["told_at"]) for row in told_on)
    print(f"alerts: {len(expected)} true ones planted, {len(opened)} opened; false {len(false)}, "
          f"lost {len(lost)}, on another morning {len(moved)}, opened twice {twice}, "
          f"not delivered on their morning {silent}")  # fmt: skip
    for name, keys in (("false", false), ("lost", lost), ("another morning", moved)):
        for key in keys[:5]:
            print(f"  {name}: {key} expected {expected.get(key)} opened {opened.get(key)}")


def day_of(instant: str | None) -> date | None:
    """Return the day in Shanghai."""
    return datetime.fromisoformat(instant).astimezone(SHANGHAI).date() if instant else None


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
    """Print how much CPU the first run over all of it takes, and one on the next day with nothing new."""
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
    first, _second, third, same_day = (
        children_cpu_s(fresh, last + timedelta(days=days_later)) for days_later in (0, 1, 2, 2)
    )
    print(f"first run over everything {first:.1f} s of CPU; next day with nothing new {third:.2f} s "
          f"(1/{first / third:.0f}; at most 1/20); same day {same_day:.2f} s")  # fmt: skip


def children_cpu_s(at: Places, day: date) -> float:
    """Return how much CPU processing on a day takes: other programs do not count."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    in_child(lambda: process_on(at, day))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def process_on(at: Places, day: date) -> None:
    """Process on a day."""
    os.environ["NIANBAO_NOW"] = f"{day}T06:00:00+08:00"
    with Archive.open(at) as archive:
        process_archive(archive, at)


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
