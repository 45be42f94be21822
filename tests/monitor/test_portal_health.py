"""Crawl health: fewer reports than before is our trouble first; nothing is said of a failed crawl."""

import json

import pytest

from archive.records import Verdict
from config.alerts import load_alerts
from config.portals import Portal
from monitor.ledger import record_findings
from monitor.portal_health import portal_findings, portal_health, portal_scopes
from monitor.portal_states import portal_states
from monitor.roster import Roster, load_roster
from monitor.routing import Audience, audience_of

ENTRY = "http://www.a.gov.cn/nb/"


def portal(name="one", **values) -> Portal:
    """A portal with one column."""
    return Portal(
        id=name, name=f"{name} 网站", entry_urls=(ENTRY,), allowed_hosts=("www.a.gov.cn",), **values
    )


def crawled(archive, reports, *, name="one", year=2024, outcome="ok", **detail) -> None:
    """One crawl that ended."""
    run = archive.start_run("crawl", portal=name, year=year)
    archive.finish_run(run, outcome, {"requests": 9, "reports_listed": reports, **detail})


def rules_of(archive, *portals) -> list[str]:
    """The rules of what the operator is told."""
    return [one.rule for one in portal_findings([portal_health(archive, one) for one in portals])]


@pytest.mark.parametrize(
    ("before", "now", "rules"),
    [(40, 40, []), (40, 21, []), (40, 19, ["portal.fewer-reports"]), (40, 0, ["portal.no-reports"]),
     (0, 0, []), (0, 5, [])],
)  # fmt: skip
def test_yield_that_falls_is_told(archive, before, now, rules):
    """Against the crawl before it, whichever report year that looked for."""
    for year in (2023, 2024):
        crawled(archive, before, year=year)
    crawled(archive, now)
    assert rules_of(archive, portal()) == rules


def test_new_season_is_compared_with_the_year_before(archive):
    """The first crawl for a year already has something to be measured by."""
    crawled(archive, 40, year=2023)
    crawled(archive, 3, year=2024)
    assert rules_of(archive, portal()) == ["portal.fewer-reports"]


def test_expected_counts_are_bounds(archive):
    """From the YAML, in both directions."""
    crawled(archive, 10)
    assert rules_of(archive, portal(expect={"reports_min": 11})) == ["portal.fewer-reports"]
    assert rules_of(archive, portal(expect={"reports_max": 9})) == ["portal.more-reports"]
    assert rules_of(archive, portal(expect={"reports_min": 9, "reports_max": 11})) == []


def test_failed_crawl_says_nothing_of_counts_but_of_a_gone_entry(archive):
    """404 of an entry is the operator's, and no evidence of absence."""
    crawled(archive, 40)
    crawled(archive, 0, outcome="failed", entries={ENTRY: "gone"}, hijacked={ENTRY: "博彩"})
    healths = [portal_health(archive, portal())]
    findings = portal_findings(healths)
    assert [one.rule for one in findings] == ["portal.entry-gone", "portal.hijacked"]
    assert all(audience_of(one, None) is Audience.OPERATOR and one.body is None for one in findings)
    assert ENTRY in findings[0].message
    assert Verdict.GONE == "gone"


def test_family_whose_portals_fall_together_is_one_alarm(archive):
    """Three portals, each a little over half in itself, or nothing: the family is named."""
    names = ("one", "two", "three")
    for name in names:
        crawled(archive, 20, name=name)
        crawled(archive, 4, name=name)
    found = rules_of(archive, *map(portal, names))
    assert found.count("portal.fewer-reports") == 3
    assert found[-1] == "portal.family-yield"


def test_alarm_goes_when_the_reports_are_back(archive, places):
    """Opened once, resolved by a good crawl."""
    places.config.mkdir(exist_ok=True)
    config, roster = load_alerts(places.config), load_roster(places.config)

    def record():
        healths = [portal_health(archive, portal())]
        return record_findings(
            archive, portal_findings(healths), portal_scopes(healths), config, roster.bodies
        )

    crawled(archive, 40)
    crawled(archive, 0)
    assert len(record().opened) == 1
    assert record().opened == ()
    crawled(archive, 40)
    assert len(record().resolved) == 1


def test_states_name_requests_reports_and_trouble(archive, places):
    """What `nianbao portals list` shows of each."""
    places.config.mkdir(exist_ok=True)
    (places.config / "portals").mkdir()
    for name in ("one", "two"):
        values = {"id": name, "name": name, "entry_urls": [ENTRY], "allowed_hosts": ["www.a.gov.cn"]}
        (places.config / "portals" / f"{name}.yml").write_text(json.dumps(values))
    roster: Roster = load_roster(places.config)
    crawled(archive, 40)
    crawled(archive, 10)
    first, second = portal_states(archive, roster)
    assert (first["state"], first["requests"], first["reports"], first["reports_before"]) == (
        "doubtful",
        9,
        10,
        40,
    )
    assert (second["state"], second["reports"]) == ("never", None)
    archive.start_run("crawl", portal="two", year=2024)
    assert portal_states(archive, roster)[1]["state"] == "killed"
