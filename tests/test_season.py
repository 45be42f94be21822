"""A whole season with planted truths, real commands over local HTTP, and ten kills: every alert is true.

Sixty bodies on six portals, twelve days. Portals are blocked for days, answer with an error page to
everything, one night our crawl dies; reports are on time, late, missing, withdrawn, edited, back-dated,
moved. What was told to the supervisor, and on which morning, is compared with the oracle.
"""

from __future__ import annotations

import json
import os
import random
import signal
from collections import Counter
from contextlib import ExitStack
from datetime import date, datetime, timedelta

import pytest

from archive.store import Archive
from config.clock import SHANGHAI
from config.places import Places
from monitor.demo.mailbox import received, receiving
from monitor.demo.portal import serving
from tests.season_commands import Commands
from tests.season_plan import AREAS, YEAR, expect, truths
from tests.season_site import Season

PORTALS = tuple(f"portal{number}" for number in range(len(AREAS)))
TRUTHS = [
    truth
    for number, (area, portal) in enumerate(zip(AREAS, PORTALS, strict=True))
    for truth in truths(area, portal, f"p{number}")
]
DAYS = tuple(
    date.fromisoformat(f"2025-{day}")
    for day in (
        "01-20", "01-30", "02-01", "02-02", "02-04", "02-06", "02-10", "02-17", "02-25", "03-15",
        "04-01", "04-02",
    )
)  # fmt: skip
BROKEN_NIGHT = date(2025, 2, 10)
TROUBLE = {
    **{("portal1", day): "blocked" for day in DAYS[2:5]},
    ("portal2", DAYS[3]): "soft_404",
    **{("portal3", day): "blocked" for day in DAYS[2:]},
    ("portal5", DAYS[2]): "soft_404",
}
RULES = ("missing", "late", "backdated", "removed", "changed")
KILLS = 10
SEED = 20250201
ALERTS = """
digest: day
operator: {name: 运行维护, channels: {mail: "mailto://127.0.0.1:PORT/?from=n@example.com&to=op@example.com"}}
recipients:
  zwgk: {name: 政务公开办, channels: {mail: "mailto://127.0.0.1:PORT/?from=n@example.com&to=zwgk@example.com"}}
routes: [{rule: "publication.*", severity: [error, warning], to: [supervisor]}, {to: []}]
"""


def at_hour(day: date, hour: int) -> str:
    """An instant of a simulated day."""
    return f"{day}T{hour:02}:00:00+08:00"


def is_good(portal: str, day: date) -> bool:
    """Whether the portal could be looked at on a night."""
    return day != BROKEN_NIGHT and (portal, day) not in TROUBLE


def configure(at: Places, addresses: dict[str, str], mail_port: int) -> None:
    """Write the roster, the portals and the routes."""
    for folder in ("bodies", "portals"):
        (at.config / folder).mkdir(parents=True)
    rows = [f"{item.id},{item.name},{item.kind},{item.portal},zwgk" for item in TRUTHS]
    roster = "\n".join(["id,name,kind,portals,supervisor", *rows, ""])
    (at.config / "bodies" / "season.csv").write_text(roster, "utf-8")
    for portal, address in addresses.items():
        text = {
            "id": portal, "name": f"{portal}门户", "entry_urls": [f"{address}/nb/"],
            "allowed_hosts": [address.removeprefix("http://")], "allow_private": True, "pace_s": 0,
        }  # fmt: skip
        (at.config / "portals" / f"{portal}.yml").write_text(json.dumps(text, ensure_ascii=False), "utf-8")
    (at.config / "alerts.yml").write_text(ALERTS.replace("PORT", str(mail_port)), "utf-8")


class Simulation:
    """Twelve days of crawl, process and alerts, some of them killed and started again."""

    def __init__(self, season: Season, commands: Commands) -> None:
        self.season = season
        self.commands = commands
        self.chance = random.Random(SEED)
        steps = [
            (day, step) for day in DAYS if day != BROKEN_NIGHT for step in ("crawl", "process", "alerts")
        ]
        self.killed = set(self.chance.sample(steps, KILLS))
        self.deaths = 0

    def run(self) -> None:
        """Live through the season."""
        for day in DAYS:
            self.season.day = day
            self.crawl(day)
            self.act(day, "process", 6, ("process",), 250)
            self.act(day, "alerts", 8, ("alerts", "send"), 20)

    def crawl(self, day: date) -> None:
        """Crawl all portals; on the broken night the crawl dies at its first request."""
        words = ("crawl", "--year", str(YEAR), "--loglevel", "ERROR")
        if day == BROKEN_NIGHT:
            assert self.kill_crawl(words, day, 1) == -signal.SIGKILL
            return
        if (day, "crawl") in self.killed:
            self.note_death(self.kill_crawl(words, day, self.chance.randrange(1, 10)))
        assert self.commands.run(*words, now=at_hour(day, 1)) in {0, 1}

    def kill_crawl(self, words: tuple[str, ...], day: date, count: int) -> int:
        """Run the crawl and kill it when it has made so many requests."""
        running: list[int] = []
        last = self.season.asked + count

        def kill(asked: int) -> None:
            if asked == last:
                os.kill(running[0], signal.SIGKILL)

        self.season.before_answer = kill
        code = self.commands.run(*words, now=at_hour(day, 1), started=running.append)
        self.season.before_answer = lambda _count: None
        return code

    def act(self, day: date, step: str, hour: int, words: tuple[str, ...], most: int) -> None:
        """Run a command; where it is its turn, kill it at a random statement first."""
        now = at_hour(day, hour)
        if (day, step) in self.killed:
            self.note_death(self.commands.run(*words, now=now, statements=self.chance.randrange(1, most)))
        assert self.commands.run(*words, now=now) == 0

    def note_death(self, code: int) -> None:
        """It must have died as planned."""
        assert code == -signal.SIGKILL
        self.deaths += 1


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """The archive and the mailbox after the season."""
    folder = tmp_path_factory.mktemp("season")
    at = Places(folder / "data", folder / "config")
    season = Season(TRUTHS, TROUBLE)
    with ExitStack() as servers:
        addresses = {portal: servers.enter_context(serving(season.answers(portal))) for portal in PORTALS}
        mail_port = servers.enter_context(receiving(folder / "mail"))
        configure(at, addresses, mail_port)
        commands = Commands(at, folder / "log.txt")
        servers.callback(commands.close)
        simulation = Simulation(season, commands)
        simulation.run()
    with Archive.open(at) as archive:
        yield archive, folder, simulation


def day_of(instant: str) -> date:
    """The day in Shanghai."""
    return datetime.fromisoformat(instant).astimezone(SHANGHAI).date()


def expected() -> tuple[dict, dict]:
    """All alerts that must open and close, by body and rule."""
    told = [expect(truth, DAYS, is_good) for truth in TRUTHS]
    opened = {key: day for item in told for key, day in item.opened.items()}
    return opened, {key: day for item in told for key, day in item.closed.items()}


def alerts_of(archive: Archive) -> list[dict]:
    """Every alert that was ever meant for a supervisor."""
    return archive.rows(
        "select id, body, replace(rule, 'publication.', '') as rule, state, opened_at, changed_at"
        " from alerts where audience = 'supervisor' and body is not null order by id"
    )


def test_every_alert_is_true_and_every_truth_alerted_the_next_morning(lived):
    """No false one, none too late, none too early, none twice."""
    archive, _folder, simulation = lived
    opened, closed = expected()
    assert simulation.deaths == KILLS
    assert {rule for _body, rule in opened} == set(RULES)
    alerts = alerts_of(archive)
    assert Counter((row["body"], row["rule"]) for row in alerts).most_common(1)[0][1] == 1
    assert {(row["body"], row["rule"]): day_of(row["opened_at"]) for row in alerts} == opened
    resolved = {
        (row["body"], row["rule"]): day_of(row["changed_at"]) for row in alerts if row["state"] == "resolved"
    }
    assert resolved == closed


def test_every_alert_was_delivered_on_its_morning_and_nothing_twice(lived):
    """A digest a day at most; what a kill interrupted carries the same number again."""
    archive, folder, _simulation = lived
    rows = archive.rows(
        "select a.id, a.opened_at, d.state, d.finished_at from alerts a join notices n on n.alert_id = a.id"
        " and n.kind = 'opened' join deliveries d on d.id = n.delivery_id where a.audience = 'supervisor'"
        " and a.body is not null"
    )
    assert {row["id"] for row in rows} == {row["id"] for row in alerts_of(archive)}
    assert {row["state"] for row in rows} <= {"sent", "unknown"}
    assert [row for row in rows if day_of(row["finished_at"]) != day_of(row["opened_at"])] == []
    digests = archive.rows(
        "select recipient, created_at from deliveries where kind = 'digest' order by created_at"
    )
    days = Counter((row["recipient"], day_of(row["created_at"])) for row in digests)
    assert max(days.values()) == 1
    mails = Counter(mail.message_id for mail in received(folder / "mail"))
    repeated = {row["message_id"] for row in archive.rows(
        "select message_id from deliveries where interrupted_at is not null"
    )}  # fmt: skip
    sent = {row["message_id"] for row in archive.rows("select message_id from deliveries")}
    assert set(mails) <= sent
    assert {number for number, count in mails.items() if count > 1} <= repeated
    assert max(mails.values()) <= 2


def test_what_could_not_be_looked_at_accuses_nobody(lived):
    """The portal that was blocked to the end: cannot tell, and only the operator knows."""
    archive, _folder, _simulation = lived
    rows = archive.rows(
        "select s.body, s.standing, s.reason from standings s where s.id in (select max(id) from standings"
        " where body like 'p3-%' group by body)"
    )
    by_body = {row["body"]: (row["standing"], row["reason"]) for row in rows}
    assert by_body["p3-3"] == ("cannot_tell", "declined")
    assert by_body["p3-1"] == ("published", None)
    audiences = archive.rows("select distinct audience from alerts where rule = 'publication.cannot-tell'")
    assert [row["audience"] for row in audiences] == ["operator"]


def test_season_is_long_enough_to_prove_what_it_says():
    """The oracle's own days: withdrawn after 14 days, back-dated only against a look."""
    opened, _closed = expected()
    assert opened["p0-5", "removed"] - date(2025, 2, 6) >= timedelta(days=14)
    assert opened["p0-7", "backdated"] == date(2025, 2, 17)
    assert ("p1-4", "missing") not in opened
    assert opened["p1-4", "late"] == date(2025, 2, 6)
