"""What becomes of a published report: changed, replaced, gone, moved, differing, not listed."""

import shutil
from pathlib import Path

import pytest

from archive.records import Capture, Role, Verdict
from archive.store import Archive
from config.places import Places
from monitor.hand_in import HandIn, bring, hand_in
from monitor.pipeline import process_archive
from monitor.roster import load_roster
from tests.monitor.coverage_support import DUE, Crawler, days
from tests.monitor.season_support import (
    AREA_TITLE,
    AREA_URL,
    STREET_TITLE,
    STREET_URL,
    configure,
    crawl_season,
)

OTHERS = ("http://www.wolong.gov.cn/9.html", "卧龙区民政局2023年政府信息公开工作年度报告")
ALL = (OTHERS, (AREA_URL, AREA_TITLE), (STREET_URL, STREET_TITLE))
LICENSING = "8339"


@pytest.fixture
def run_on(archive, places, monkeypatch):
    """Process on a day after the deadline of departments."""

    def run(day):
        monkeypatch.setenv("NIANBAO_NOW", (DUE + days(day)).isoformat())
        return process_archive(archive, places)

    return run


@pytest.fixture(scope="module")
def processed(tmp_path_factory):
    """Area and street were seen a week after the deadline of departments, and everything is processed."""
    folder = tmp_path_factory.mktemp("season")
    at = Places(folder / "data", folder / "config")
    at.config.mkdir()
    configure(at)
    with pytest.MonkeyPatch.context() as patch, Archive.open(at) as archive:
        patch.setenv("NIANBAO_NOW", (DUE + days(7)).isoformat())
        crawl_season(archive, Path(__file__).parents[1] / "fixtures", DUE + days(7))
        process_archive(archive, at)
    return folder


@pytest.fixture
def places(tmp_path, processed):
    """A copy of the season for each test."""
    shutil.copytree(processed, tmp_path, dirs_exist_ok=True)
    return Places(tmp_path / "data", tmp_path / "config")


@pytest.fixture
def season(archive):
    """What crawls next."""
    return Crawler(archive)


@pytest.fixture
def area_report(fixtures):
    """The area's report as text."""
    (path,) = (fixtures / "seeds").glob("004_*")
    return path.read_text("utf-8")


def told(archive, rule):
    """The open findings of a rule."""
    return archive.rows(
        "select * from findings where rule = :rule and state = 'open' order by first_seen_at",
        {"rule": f"publication.{rule}"},
    )


def fetch(crawler, day, content, url=AREA_URL, **changes):
    """Fetch the area's report again on a day."""
    known = {"link_title": AREA_TITLE, **changes}
    return crawler.fetch(DUE + days(day), url, content.encode(), **known)


def test_other_bytes_of_the_same_report_are_no_change(archive, season, area_report, run_on):
    """A counter and blank lines."""
    fetch(season, 9, area_report + "\n\n浏览次数：1234  打印  关闭\n")
    run_on(9)
    assert told(archive, "changed") == []


def test_changed_words_are_kept_as_information(archive, season, area_report, run_on):
    """One sentence more in the first section."""
    fetch(season, 9, area_report.replace("一、总体情况\n", "一、总体情况\n我区新建了政务公开专区。", 1))
    run_on(9)
    (finding,) = told(archive, "changed")
    assert finding["severity"] == "info"
    assert "新建了政务公开专区" in finding["finding"]
    assert archive.rows("select 1 from alerts where rule = 'publication.changed'") == []


def test_changed_number_is_a_warning_that_names_the_cell(archive, season, area_report, run_on):
    """Before and after, with both hashes."""
    assert LICENSING in area_report
    fetch(season, 9, area_report.replace(LICENSING, "8393"))
    run_on(9)
    run_on(10)
    (finding,) = told(archive, "changed")
    assert (finding["severity"], finding["outcome"]) == ("warning", "fail")
    assert "“行政许可”的“本年处理决定数量”由 8339 改为 8393" in finding["message"]
    assert archive.row("select audience from alerts where rule = 'publication.changed'") == {
        "audience": "supervisor"
    }


def test_number_that_turns_a_finding_into_a_pass_says_which(archive, season, area_report, run_on):
    """The row's total was wrong, and is right now."""
    broken = area_report.replace("\t247\n", "\t240\n", 1)
    assert broken != area_report
    fetch(season, 8, broken)
    fetch(season, 9, area_report + "\n")
    run_on(9)
    found = [item["message"] for item in told(archive, "changed")]
    assert len(found) == 2
    assert "原有的问题不再出现" in found[1]
    assert "不再出现的问题" not in found[0]


def test_page_that_is_no_report_any_more_goes_to_the_operator(archive, season, run_on):
    """It may be broken, it may be replaced: a person must look."""
    fetch(season, 9, "<html><body><p>" + "系统维护中，请稍后访问。" * 30 + "</p></body></html>")
    run_on(9)
    (finding,) = told(archive, "changed")
    assert finding["outcome"] == "cannot_tell"
    assert archive.row("select audience from alerts where rule = 'publication.changed'") == {
        "audience": "operator"
    }


def test_column_that_shows_the_next_years_report_is_no_change(archive, season, area_report, run_on):
    """The page is where the newest report always stands."""
    fetch(season, 9, area_report.replace("2024", "2025"), link_title=AREA_TITLE.replace("2024", "2025"))
    run_on(9)
    assert told(archive, "changed") == []


def test_file_that_took_the_place_of_another_with_other_numbers_is_replaced(
    archive, season, area_report, run_on
):
    """One page, two files one after the other."""
    page = "http://www.wolong.gov.cn/page.html"
    for day, name, text in (
        (8, "a.txt", area_report), (9, "b.txt", area_report.replace(LICENSING, "8393"))
    ):  # fmt: skip
        fetch(season, day, text, f"http://www.wolong.gov.cn/{name}", role=Role.ATTACHMENT, page_url=page)
    season.capture(DUE + days(10), None, "http://www.wolong.gov.cn/a.txt", Role.ATTACHMENT, Verdict.GONE)
    run_on(10)
    (finding,) = told(archive, "changed")
    assert "文件被替换" in finding["message"]


def gone(season, day, url=STREET_URL, verdict=Verdict.GONE, role=Role.ARTICLE):
    """A look at the column, and an answer for one address."""
    run = season.look(DUE + days(day), OTHERS, (AREA_URL, AREA_TITLE))
    season.capture(DUE + days(day), run, url, role, verdict)


def test_portal_that_declines_in_between_does_not_save_a_withdrawn_report(archive, season, run_on):
    """Gone, declined, gone."""
    for day, verdict in ((10, Verdict.GONE), (15, Verdict.DECLINED), (25, Verdict.GONE)):
        gone(season, day, verdict=verdict)
    run_on(25)
    assert [item["body"] for item in told(archive, "removed")] == ["wolonggang"]


def test_report_that_was_back_in_between_is_not_removed(archive, season, fixtures, run_on):
    """Gone, there, gone."""
    gone(season, 10)
    (path,) = (fixtures / "seeds").glob("000_*")
    season.fetch(DUE + days(15), STREET_URL, path.read_bytes(), link_title=STREET_TITLE)
    gone(season, 25)
    run_on(25)
    assert told(archive, "removed") == []


def test_report_that_moved_is_found_by_its_content(archive, season, fixtures, run_on):
    """Another address, a link without a name, the old one gone: neither removed nor late."""
    (path,) = (fixtures / "seeds").glob("000_*")
    words = path.read_text("utf-8").replace("卧岗区卧龙岗街道办事处 ", "", 1)
    url = "http://www.wolong.gov.cn/2025/moved.html"
    season.fetch(DUE + days(9), url, words.encode(), link_title="年度报告")
    for day in (10, 25):
        gone(season, day)
    run_on(25)
    assert told(archive, "removed") == []
    (match,) = archive.rows("select code from matches m join documents d on d.id = document_id"
                            " where url = :url", {"url": url})  # fmt: skip
    assert match["code"] == "same_content"
    row = archive.row("select standing from standings where body = 'wolonggang' order by id desc limit 1")
    assert row == {"standing": "published"}


def attachment(season, day, verdict, url="http://www.wolong.gov.cn/f.pdf"):
    """An answer for a file that the area's page links."""
    capture = Capture("wolong", Role.ATTACHMENT, url, DUE + days(day), verdict, referer=AREA_URL)
    season.archive.add_capture(capture, season.look(DUE + days(day), *ALL))


def test_file_that_is_gone_at_two_looks_is_a_dead_attachment(archive, season, area_report, run_on):
    """Once is no proof."""
    attachment(season, 9, Verdict.GONE)
    fetch(season, 11, area_report)
    run_on(9)
    assert told(archive, "dead-attachment") == []
    attachment(season, 11, Verdict.GONE)
    run_on(11)
    (finding,) = told(archive, "dead-attachment")
    assert (finding["body"], finding["severity"]) == ("wolong", "error")
    assert "f.pdf" in finding["message"]


@pytest.mark.parametrize("verdict", [Verdict.DECLINED, Verdict.ERROR, Verdict.SOFT_404])
def test_file_that_could_not_be_fetched_is_our_trouble(archive, season, area_report, run_on, verdict):
    """Only a plain 404 says that it is not there."""
    for day in (9, 11):
        attachment(season, day, verdict)
    fetch(season, 11, area_report)
    run_on(11)
    assert told(archive, "dead-attachment") == []


def test_file_that_came_back_is_not_dead(archive, season, area_report, run_on):
    """Gone twice, then there."""
    for day, verdict in ((9, Verdict.GONE), (11, Verdict.GONE), (12, Verdict.OK)):
        attachment(season, day, verdict)
    fetch(season, 12, area_report)
    run_on(12)
    assert told(archive, "dead-attachment") == []


def test_two_places_with_other_numbers_differ(archive, season, area_report, run_on):
    """Page and second address, both standing; the same words elsewhere differ in nothing."""
    fetch(season, 9, area_report + "\n", "http://www.wolong.gov.cn/same.html")
    run_on(9)
    assert told(archive, "versions-differ") == []
    fetch(season, 10, area_report.replace(LICENSING, "8393"), "http://www.wolong.gov.cn/other.html")
    run_on(10)
    (finding,) = told(archive, "versions-differ")
    assert "“行政许可”的“本年处理决定数量”：8339 ≠ 8393" in finding["message"]


def test_handed_in_report_that_no_column_lists_is_in_the_wrong_column(
    archive, places, season, tmp_path, run_on, monkeypatch
):
    """The person knows the address, the column does not."""
    source = tmp_path / "office.txt"
    (path,) = (season.archive.rows("select sha256 from documents where url = :url", {"url": AREA_URL}),)
    text = archive.originals.read(path[0]["sha256"]).decode()
    source.write_text(text.replace("卧龙区人民政府2024", "卧龙区人民政府办公室2024", 1), "utf-8")
    roster = load_roster(places.config)
    url = "http://www.wolong.gov.cn/tzgg/1.html"
    monkeypatch.setenv("NIANBAO_NOW", (DUE + days(20)).isoformat())
    hand_in(archive, roster, bring(str(source)), HandIn(roster.bodies["wolong-office"], 2024, url, "张三"))
    season.look(DUE + days(21), *ALL)
    run_on(21)
    (finding,) = told(archive, "wrong-column")
    assert (finding["body"], finding["severity"]) == ("wolong-office", "info")
    season.look(DUE + days(22), *ALL, (url, "卧龙区人民政府办公室2024年政府信息公开工作年度报告"))
    run_on(22)
    assert [item["rule"] for item in told(archive, "wrong-column")] == []
