"""Versions side by side, and feeds that a reader can follow."""

from xml.etree import ElementTree as ET

from bs4 import BeautifulSoup

from archive.search import Piece
from archive.site.pages.report import changed_in_place, marked_words
from config.site import SiteSettings
from tests.archive.site.conftest import open_site

ATOM = "{http://www.w3.org/2005/Atom}"


def soup(html):
    """Parse a page."""
    return BeautifulSoup(html, "lxml")


def test_changed_report_says_so_and_shows_what_changed(visitor, hashes):
    """Two contents at one address: a notice, and the cells that differ."""
    link = soup(visitor.text("/body/jia/2025")).select_one(".page-head .notice a")
    assert link["href"] == f"/compare/{hashes['first']}/{hashes['jia']}"
    page = soup(visitor.text(link["href"]))
    assert page.select_one("h1").text == "两个版本的差异"
    rows = [row.get_text(" ", strip=True) for row in page.select("table.list tbody tr")]
    assert "一、本年新收政府信息公开申请数量 · 总计 1 3 +2" in rows
    assert not any("（二）部分公开 · 科研机构" in row for row in rows)


def test_changes_follow_each_other_in_time():
    """A, then B, then A again at one address are two changes; another address is none."""
    versions = [{"url": "u", "sha256": "a"}, {"url": "u", "sha256": "b"}, {"url": "u", "sha256": "a"},
                {"url": "v", "sha256": "c"}]  # fmt: skip
    assert changed_in_place(versions) == [("a", "b"), ("b", "a")]


def test_two_years_are_compared_in_words_too(visitor, hashes):
    """What stands only in one of them is marked."""
    page = soup(visitor.text(f"/compare/{hashes['old']}/{hashes['jia']}"))
    assert "2024年" in page.select_one("del").text
    assert "2025年" in page.select_one("ins").text


def test_two_bodies_are_found_by_their_ids(visitor, hashes):
    """The form leads to the comparison; without a report there is none."""
    answer = visitor.get("/compare?left=jia&left_year=2025&right=bing&right_year=2025")
    assert answer.headers["location"] == f"/compare/{hashes['jia']}/{hashes['bing']}"
    assert visitor.get("/compare?left=jia&left_year=2025&right=yi&right_year=2025").status_code == 404


def test_bodies_to_compare_are_found_by_name(visitor, hashes):
    """A full name leads to the comparison, a part of several names to a choice."""
    asked = {"left": "jia", "left_year": "2025", "right_year": "2025"}
    answer = visitor.get("/compare", params={**asked, "right": "甲县人民政府"})
    assert answer.headers["location"] == f"/compare/{hashes['jia']}/{hashes['jia']}"
    page = soup(visitor.text("/compare", params={**asked, "right": "县"}))
    links = [link["href"] for link in page.select("main .plain a")]
    assert [visitor.get(link).status_code for link in links] == [404, 302]
    missing = soup(visitor.get(links[0]).text)
    assert "档案中没有乙县民政局 2025 年度的报告" in missing.select_one(".notice").text
    unknown = visitor.get("/compare", params={**asked, "right": "%"})
    assert unknown.status_code == 404
    assert "名录中没有“%”" in unknown.text


def test_comparison_is_asked_for_on_a_page_of_its_own(visitor, hashes):
    """Two bodies, two years; a wrong answer stays in its field."""
    form = soup(visitor.text("/compare")).select_one("main form")
    assert {field["name"] for field in form.select("input, select")} == {
        "left", "left_year", "right", "right_year",
    }  # fmt: skip
    assert [option.text for option in form.select("#left_year option")] == ["2025", "2024"]
    asked = {"left": "甲县人民政府", "left_year": "2024", "right": "nobody", "right_year": "2025"}
    form = soup(visitor.get("/compare", params=asked).text).select_one("main form")
    assert [field["value"] for field in form.select("input")] == ["甲县人民政府", "nobody"]
    assert form.select_one("#left_year option[selected]").text == "2024"


def test_words_that_a_finding_quotes_are_marked():
    """Also where the text has other blanks than the quotation."""
    pieces = marked_words("统计至2024 年12年31日止。", ["2024年 12 年 31 日"])
    assert pieces == [Piece("统计至", False), Piece("2024 年12年31日", True), Piece("止。", False)]
    assert marked_words("统计。", []) == [Piece("统计。", False)]


def test_feed_of_reports_is_atom_with_the_newest_first(visitor):
    """Titles, permanent addresses, times."""
    answer = visitor.get("/feed/reports.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.text)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}author/{ATOM}name").text[:2] for entry in entries] == ["甲县", "丙镇", "甲县"]
    assert entries[0].find(f"{ATOM}link").get("href") == "http://localhost/body/jia/2025"
    assert feed.find(f"{ATOM}updated").text == "2026-01-23T04:00:00.000Z"
    ids = [entry.find(f"{ATOM}id").text for entry in entries]
    assert len(set(ids)) == len(ids)


def test_feeds_can_be_had_for_one_area(visitor):
    """Every area has its own."""

    def count(path):
        return len(ET.fromstring(visitor.text(path)).findall(f"{ATOM}entry"))

    assert count("/feed/findings.atom") == 2
    assert count("/feed/findings.atom?area=510101") == 1
    assert count("/feed/reports.atom?area=52") == 0


def test_findings_feed_is_gone_where_findings_are_not_public(filled):
    """The one setting holds for feeds too."""
    assert open_site(filled[0], SiteSettings(public="reports")).get("/feed/findings.atom").status_code == 404
    open_site(filled[0], SiteSettings())
