"""What the rules said is remembered by everything they saw, and asked for again where that changed."""

from decimal import Decimal

import pytest

from archive.memory import Memory
from monitor import report_findings
from monitor.finding import Blame, Evidence, Explanation, Finding, RuleOutcome, Severity, read_finding
from monitor.pipeline import process_archive
from tests.monitor.coverage_support import DUE, days
from tests.monitor.season_support import STREET_URL, configure, crawl_season


@pytest.fixture
def checked(monkeypatch):
    """The bodies whose reports the rules were asked about."""
    asked = []

    def run_rules(context):
        asked.append(context.body.id)
        return real(context)

    real = report_findings.run_rules
    monkeypatch.setattr(report_findings, "run_rules", run_rules)
    return asked


@pytest.fixture
def season(archive, places, fixtures, monkeypatch):
    """A season of two reports, on the day of the crawl."""
    monkeypatch.setenv("NIANBAO_NOW", (DUE + days(70)).isoformat())
    configure(places)
    return crawl_season(archive, fixtures, DUE + days(70))


def findings(archive):
    """All findings but the days on which they were seen."""
    return archive.rows("select fingerprint, finding, state from findings order by fingerprint")


def test_unchanged_reports_are_not_checked_again(archive, places, season, checked):
    """Another look, another run, and the same findings stand."""
    process_archive(archive, places)
    assert sorted(checked) == ["wolong", "wolonggang"]
    before = findings(archive)
    season.look(DUE + days(71), (STREET_URL, "another link"))
    process_archive(archive, places)
    assert len(checked) == 2
    assert findings(archive) == before


def test_only_the_changed_report_is_checked_again(archive, places, season, checked, fixtures):
    """The street's page was edited."""
    process_archive(archive, places)
    checked.clear()
    (path,) = (fixtures / "seeds").glob("000_*")
    edited = path.read_bytes().replace("依申请公开".encode(), "依申请  公开".encode(), 1) + b"\n "
    season.fetch(DUE + days(71), STREET_URL, edited, link_title="2024年政府信息公开工作年度报告")
    process_archive(archive, places)
    assert checked == ["wolonggang"]


def test_another_body_or_other_rules_are_asked_again(archive, places, season, checked, monkeypatch):
    """The key names the body's row, the version the rules."""
    process_archive(archive, places)
    roster = places.config / "bodies" / "wolong.csv"
    roster.write_text(roster.read_text("utf-8").replace("wolonggang,卧龙岗", "wolonggang,卧龙岗 "), "utf-8")
    checked.clear()
    process_archive(archive, places)
    assert checked == ["wolonggang"]
    monkeypatch.setattr("monitor.pipeline.rules_version", lambda: "other")
    checked.clear()
    process_archive(archive, places, again=True)
    assert sorted(checked) == ["wolong", "wolonggang"]
    assert archive.row("select count(distinct version) as n from memos") == {"n": 1}


def test_finding_survives_its_json():
    """The fingerprint is that of the finding that was written."""
    finding = Finding(
        "history.in-force", "标题", Severity.WARNING, RuleOutcome.FAIL, "说明", "依据", source="http://a/",
        organization="某局", body="jyj", year=2024, cell="a.b.c", expected=Decimal("143.2062"), actual=3,
        group="g", blame=Blame.SOURCE, explanations=(Explanation("a.b.c", Decimal("1.5"), 2),),
        evidence=(Evidence("a.b.c", "3", 2, (1.0, 2.0, 3.5, 4.0), "table[1]", (3, 9)), Evidence(raw="x")),
    )  # fmt: skip
    assert read_finding(finding.to_json()) == finding
    assert read_finding(finding.to_json()).fingerprint == finding.fingerprint


def test_memory_is_written_in_whole_batches_and_forgets_other_versions(archive):
    """A value is there at once for the one who kept it, and for others after the flush."""
    first = Memory(archive, "1")
    first.keep("key", [1, "二"])
    assert first.recall("key") == [1, "二"]
    assert Memory(archive, "1").recall("key") is None
    first.flush()
    assert Memory(archive, "1").recall("key") == [1, "二"]
    second = Memory(archive, "2")
    assert second.recall("key") is None
    second.keep("other", None)
    second.flush()
    assert Memory(archive, "1").recall("key") is None
