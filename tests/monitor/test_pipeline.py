"""`process` from stored documents to standings and findings, once and only once."""

from datetime import UTC, datetime

import pytest

from archive.derived import Outcome
from archive.records import Role, Verdict
from config.executor import ExecutorSettings
from monitor.pipeline import derive_pending, outcome_counts, process_archive
from tests.monitor.coverage_support import COLUMN, DUE, Crawler, days
from tests.monitor.season_support import BODIES, STREET_TITLE, STREET_URL, configure, crawl_season

OTHERS = ("http://a/1", "卧龙区民政局2024年政府信息公开工作年度报告")
DIARIES = {"runs", "journal", "sqlite_sequence", "_sqlite_migrations"}


@pytest.fixture
def configured(places):
    """A roster of four bodies on one portal."""
    return configure(places)


@pytest.fixture
def at_day(monkeypatch):
    """Set the day on which everything happens."""

    def set_clock(instant):
        monkeypatch.setenv("NIANBAO_NOW", instant.isoformat())
        return instant

    return set_clock


def standings(archive):
    """The last standing and reason of each body."""
    rows = archive.rows("select * from standings where id in (select max(id) from standings group by body)")
    return {row["body"]: (row["standing"], row["reason"]) for row in rows}


def census(archive):
    """All rows of all tables but the diaries."""
    tables = [row["name"] for row in archive.rows("select name from sqlite_master where type = 'table'")]
    return {name: archive.rows(f"select * from [{name}]") for name in tables if name not in DIARIES}


def test_whole_season_of_one_district(archive, configured, fixtures, at_day):
    """Area and street published in time, the office did not, and neither is taken for another."""
    at = at_day(DUE + days(70))
    crawl_season(archive, fixtures, at)
    done = process_archive(archive, configured)
    assert done.outcomes[str(Outcome.REPORT)] == 2
    assert standings(archive) == {
        "wolong": ("published", None),
        "wolonggang": ("published", None),
        "wolong-office": ("not_published", None),
        "jyj": ("not_published", None),
    }
    missing = archive.rows("select body, severity, message from findings where rule = 'publication.missing'")
    assert {row["body"]: row["severity"] for row in missing} == {"wolong-office": "error", "jyj": "error"}
    assert "第四十九条第一款" in missing[0]["message"]
    (match,) = archive.rows("select * from matches where body = 'wolonggang'")
    assert "卧岗区" in match["doubt"]


def test_second_run_changes_nothing(archive, configured, fixtures, at_day):
    """Also when it is made to evaluate everything again."""
    at_day(DUE + days(70))
    crawl_season(archive, fixtures, DUE + days(70))
    process_archive(archive, configured)
    before = census(archive)
    process_archive(archive, configured)
    done = process_archive(archive, configured, again=True)
    assert census(archive) == before
    assert (done.standings, done.matches, done.changes.opened) == (0, 0, ())


def test_declined_portal_accuses_nobody(archive, configured, at_day):
    """A finding for the operator, never missing."""
    at_day(DUE + days(70))
    Crawler(archive).look(DUE + days(69), verdict=Verdict.DECLINED, outcome="failed")
    process_archive(archive, configured)
    assert set(standings(archive).values()) == {("cannot_tell", "declined")}
    rules = {row["rule"] for row in archive.rows("select rule from findings")}
    assert rules == {"publication.cannot-tell"}


def findings(archive, body):
    """The rules and messages of a body's open findings."""
    rows = archive.rows(
        "select rule, message from findings where body = :body and state = 'open'", {"body": body}
    )
    return {row["rule"]: row["message"] for row in rows}


def test_trouble_before_the_deadline_is_the_operators_and_the_body_is_only_upcoming(
    archive, configured, at_day
):
    """It can still be mended."""
    at_day(DUE - days(3))
    Crawler(archive).look(DUE - days(4), verdict=Verdict.ERROR, outcome="failed")
    process_archive(archive, configured)
    assert standings(archive)["jyj"] == ("upcoming", None)
    assert standings(archive)["wolong"] == ("not_due", None)
    assert set(findings(archive, "jyj")) == {"publication.upcoming", "publication.cannot-tell"}
    assert "尚未到期" in findings(archive, "jyj")["publication.cannot-tell"]


def test_date_that_an_earlier_look_contradicts_is_backdated(archive, configured, fixtures, at_day):
    """Shown 20 January, not there on 2 February."""
    crawler = Crawler(archive)
    crawler.look(DUE + days(1), OTHERS)
    crawler.look(DUE + days(9), OTHERS, ("http://www.wolong.gov.cn/s.html", STREET_TITLE, "2025-01-20"))
    (path,) = (fixtures / "seeds").glob("000_*")
    crawler.fetch(DUE + days(9), "http://www.wolong.gov.cn/s.html", path.read_bytes(), listed_on="2025-01-20")
    at_day(DUE + days(10))
    process_archive(archive, configured)
    assert standings(archive)["wolonggang"] == ("late", "seen_later")
    told = findings(archive, "wolonggang")["publication.backdated"]
    assert "所示公布日期为2025年1月20日，但2025年2月2日查看栏目时尚无" in told


def test_report_that_is_gone_for_two_weeks_is_withdrawn(archive, configured, fixtures, at_day):
    """Two good answers that it is not there any more, fourteen days apart."""
    crawler = crawl_season(archive, fixtures, DUE - days(5))
    for day in (1, 15):
        run = crawler.look(DUE + days(day), OTHERS)
        crawler.capture(DUE + days(day), run, STREET_URL, Role.ARTICLE, Verdict.GONE)
    at_day(DUE + days(16))
    process_archive(archive, configured)
    assert standings(archive)["wolonggang"] == ("withdrawn", "gone")
    assert "疑被撤下" in findings(archive, "wolonggang")["publication.removed"]


def test_killed_crawl_proves_nothing(archive, configured, at_day):
    """Its list page was good, but what it led to was not looked at."""
    at_day(DUE + days(70))
    crawler = Crawler(archive)
    run = archive.start_run("crawl", portal="wolong", year=2024)
    crawler.capture(
        DUE + days(69), run, COLUMN, Role.LIST, links=(("http://a/1", "某局2023年政府信息公开年报"),)
    )
    process_archive(archive, configured)
    assert standings(archive)["jyj"] == ("cannot_tell", "unfinished")


def test_page_two_that_failed_may_hold_the_report(archive, configured, at_day):
    """One list page of two is no look."""
    at_day(DUE + days(70))
    crawler = Crawler(archive)
    run = archive.start_run("crawl", portal="wolong", year=2024)
    crawler.capture(
        DUE + days(69), run, COLUMN, Role.LIST, links=(("http://a/1", "某局2023年政府信息公开年报"),)
    )
    crawler.capture(DUE + days(69), run, COLUMN + "?page=2", Role.LIST, Verdict.ERROR)
    archive.finish_run(run, "ok")
    process_archive(archive, configured)
    assert standings(archive)["jyj"] == ("cannot_tell", "error")


def test_list_that_shows_no_report_at_all_proves_nothing(archive, configured, at_day):
    """Its entries may be filled in by a script that we do not run."""
    at_day(DUE + days(70))
    Crawler(archive).look(DUE + days(69), ("http://a/", "网站首页"), ("http://a/nb", "政府信息公开年报"))
    process_archive(archive, configured)
    assert standings(archive)["jyj"] == ("cannot_tell", "empty_list")


def test_listed_report_that_could_not_be_fetched_is_not_missing(archive, configured, at_day):
    """The link says that it is there; the page declined."""
    at_day(DUE + days(70))
    crawler = Crawler(archive)
    url = "http://www.wolong.gov.cn/jyj.html"
    run = crawler.look(
        DUE + days(69),
        (url, "卧龙区教育局2024年政府信息公开工作年度报告"),
        ("http://a/1", "卧龙区民政局2024年政府信息公开工作年度报告"),
    )
    crawler.capture(DUE + days(69), run, url, Role.ARTICLE, Verdict.DECLINED)
    process_archive(archive, configured)
    assert standings(archive)["jyj"] == ("cannot_tell", "declined")
    assert standings(archive)["wolong-office"] == ("not_published", None)


def test_unreadable_report_is_published_unread(archive, configured, at_day):
    """A scan whose link names body and year."""
    at_day(DUE + days(70))
    crawler = Crawler(archive)
    url = "http://www.wolong.gov.cn/jyj.pdf"
    crawler.look(DUE - days(1), (url, "卧龙区教育局2024年政府信息公开工作年度报告"))
    crawler.fetch(DUE - days(1), url, b"%PDF-1.4 cut", role=Role.ATTACHMENT)
    crawler.look(DUE + days(69), (url, "卧龙区教育局2024年政府信息公开工作年度报告"))
    process_archive(archive, configured)
    row = archive.row("select standing, reading from standings where body = 'jyj'")
    assert (row["standing"], row["reading"]) == ("published", "unread")
    assert outcome_counts(archive) == {"report": 0, "rejected": 0, "problem": 1, "pending": 0}


def test_report_that_appears_after_a_look_is_late_with_that_proof(archive, configured, fixtures, at_day):
    """(a), and the missing alert of the day before is resolved."""
    others = ("http://a/1", "卧龙区民政局2024年政府信息公开工作年度报告")
    crawler = Crawler(archive)
    crawler.look(DUE + days(1), others)
    at_day(DUE + days(2))
    process_archive(archive, configured)
    assert standings(archive)["wolonggang"] == ("not_published", None)
    url = "http://www.wolong.gov.cn/street.html"
    crawler.look(DUE + days(9), others, (url, STREET_TITLE))
    (path,) = (fixtures / "seeds").glob("000_*")
    crawler.fetch(DUE + days(9), url, path.read_bytes(), link_title=STREET_TITLE)
    at_day(DUE + days(10))
    process_archive(archive, configured)
    assert standings(archive)["wolonggang"] == ("late", "seen_later")
    row = archive.row("select severity, message from findings where rule = 'publication.late'")
    assert row["severity"] == "warning"
    assert "第四十九条" not in row["message"]
    states = archive.rows(
        "select state from findings where rule = 'publication.missing' and body = 'wolonggang'"
    )
    assert [item["state"] for item in states] == ["resolved"]
    history = archive.rows("select standing from standings where body = 'wolonggang' order by id")
    assert [item["standing"] for item in history] == ["not_published", "late"]


def test_new_alias_matches_what_was_doubtful_without_a_crawl(archive, configured, fixtures, at_day):
    """The operator mends the roster, and only `process` runs again."""
    at_day(DUE + days(70))
    (path,) = (fixtures / "seeds").glob("001_*")
    crawler = Crawler(archive)
    url = "http://www.wolong.gov.cn/yandu.html"
    title = "叶县盐都街道办事处2024年政府信息公开工作年度报告"
    crawler.look(DUE + days(69), (url, title))
    crawler.fetch(DUE + days(69), url, path.read_bytes(), link_title=title)
    process_archive(archive, configured)
    assert archive.row("select body from matches")["body"] is None
    roster = configured.config / "bodies" / "wolong.csv"
    roster.write_text(BODIES + "yandu,叶县盐都街道办事处,subdistrict,410422,wolong,,\n", "utf-8")
    process_archive(archive, configured)
    assert archive.row("select body from matches")["body"] == "yandu"
    assert standings(archive)["yandu"][0] == "published"


def test_damaged_original_stays_pending_until_it_is_restored(archive, configured, fixtures, at_day):
    """It is read after all, once its bytes are back."""
    at_day(DUE + days(70))
    crawl_season(archive, fixtures, DUE + days(70))
    sha256 = archive.row("select sha256 from documents order by id limit 1")["sha256"]
    path = archive.originals.path(sha256)
    content = path.read_bytes()
    path.write_bytes(b"damaged")
    assert process_archive(archive, configured).damaged == (sha256,)
    assert standings(archive)["wolong"] == ("cannot_tell", "not_read_yet")
    path.write_bytes(content)
    assert process_archive(archive, configured).outcomes[str(Outcome.REPORT)] == 1


def test_failed_request_for_a_link_that_names_nobody_accuses_nobody(archive, configured, at_day):
    """The column shows bare words; what stands behind them was refused."""
    at_day(DUE + days(70))
    crawler = Crawler(archive)
    url = "http://www.wolong.gov.cn/9.html"
    run = crawler.look(
        DUE + days(69), (url, "年度报告"), ("http://a/1", "卧龙区民政局2024年政府信息公开年报")
    )
    crawler.capture(DUE + days(69), run, url, Role.ARTICLE, Verdict.SOFT_404)
    process_archive(archive, configured)
    assert set(standings(archive).values()) == {("cannot_tell", "listed_dead")}


def test_door_whose_column_is_not_known_proves_nothing(archive, configured, at_day):
    """A home page without the report is no absence."""
    portal = configured.config / "portals" / "wolong.yml"
    portal.write_text(portal.read_text("utf-8") + "column_known: false\n", "utf-8")
    at_day(DUE + days(70))
    Crawler(archive).look(DUE + days(69), ("http://a/1", "卧龙区民政局2024年政府信息公开年报"))
    process_archive(archive, configured)
    assert standings(archive)["jyj"] == ("cannot_tell", "column_unknown")


def test_completed_round_is_one_look(archive, configured, at_day):
    """A killed crawl and the run that completes it saw page one and page two."""
    at_day(DUE + days(70))
    crawler = Crawler(archive)
    first = archive.start_run("crawl", portal="wolong", year=2024)
    links = (("http://a/1", "卧龙区民政局2024年政府信息公开年报"),)
    crawler.capture(DUE + days(68), first, COLUMN, Role.LIST, links=links)
    second = archive.start_run("crawl", portal="wolong", year=2024)
    crawler.capture(DUE + days(69), second, COLUMN + "?page=2", Role.LIST, links=links)
    archive.finish_run(second, "ok")
    process_archive(archive, configured)
    assert standings(archive)["jyj"] == ("not_published", None)


def test_look_for_another_year_says_nothing_about_this_one(archive, configured, at_day):
    """A crawl for 2023 did not fetch what names 2024."""
    at_day(DUE + days(70))
    crawler = Crawler(archive)
    run = archive.start_run("crawl", portal="wolong", year=2024)
    archive.finish_run(run, "failed")
    other = archive.start_run("crawl", portal="wolong", year=2023)
    links = (("http://a/1", "卧龙区民政局2023年政府信息公开年报"),)
    crawler.capture(DUE + days(69), other, COLUMN, Role.LIST, links=links)
    archive.finish_run(other, "ok")
    process_archive(archive, configured)
    row = archive.row("select standing, reason from standings where body = 'jyj' and year = 2024")
    assert (row["standing"], row["reason"]) == ("cannot_tell", "no_capture")


def test_unchanged_list_shows_what_it_showed_before(archive, configured, at_day):
    """A 304 has no bytes and no links of its own, and still is a good look."""
    crawler = Crawler(archive)
    crawler.look(DUE - days(1), ("http://a/1", "卧龙区民政局2024年政府信息公开年报"))
    crawler.look(DUE + days(69), verdict=Verdict.UNCHANGED)
    at_day(DUE + days(70))
    process_archive(archive, configured)
    assert standings(archive)["jyj"] == ("not_published", None)


def test_too_few_entries_are_our_trouble(archive, configured, at_day):
    """The portal usually lists forty; today one."""
    portal = configured.config / "portals" / "wolong.yml"
    portal.write_text(portal.read_text("utf-8") + "expect: {reports_min: 3}\n", "utf-8")
    at_day(DUE + days(70))
    Crawler(archive).look(DUE + days(69), ("http://a/1", "卧龙区民政局2024年政府信息公开年报"))
    process_archive(archive, configured)
    assert standings(archive)["jyj"] == ("cannot_tell", "too_few")


def test_every_original_ends_as_exactly_one_outcome(archive, fixtures):
    """Report, rejected, problem: the sums say so."""
    crawler = Crawler(archive)
    (path,) = (fixtures / "seeds").glob("004_*")
    contents = (path.read_bytes(), b"<html><p>hello world, no report</p></html>", b"%PDF-1.4 cut", b"\0" * 99)
    for number, content in enumerate(contents):
        crawler.fetch(datetime(2025, 2, 1, tzinfo=UTC), f"http://a/{number}", content)
    derive_pending(archive, ExecutorSettings())
    counts = outcome_counts(archive)
    assert counts["pending"] == 0
    assert sum(counts.values()) == len(contents)
    assert counts["report"] == 1
