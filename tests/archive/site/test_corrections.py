"""What came of a finding stands beside it: order to correct, reply, corrected version."""

import pytest
from bs4 import BeautifulSoup

from archive.store import Archive, stamp
from config.places import Places
from config.site import SiteSettings
from tests.archive.filled import (
    NOON,
    SECRET,
    add_body,
    add_finding,
    add_report,
    add_standing,
    report,
)
from tests.archive.site.conftest import open_site

URL = "http://a.gov.cn/25"


@pytest.fixture(scope="module")
def corrected(tmp_path_factory):
    """A report with a finding, ordered to be corrected, answered, replaced: (visitor, hashes)."""
    folder = tmp_path_factory.mktemp("corrections")
    (folder / "config").mkdir()
    places = Places(folder / "data", folder / "config")
    with Archive.open(places) as archive, archive.atomic():
        add_body(archive, "jia", "甲县人民政府", "county_government")
        add_body(archive, "ding", "丁局")
        archive.db.table("bodies").update("ding", {"confirmed": 0})
        _, wrong = add_report(archive, "jia", report(), b"wrong", URL)
        add_finding(archive, "f1", "jia", 2025, source=URL, state="resolved", last_seen_at=stamp(NOON))
        told = {"fingerprint": "f1", "rule": "r", "severity": "error", "message": "m"}
        alert = archive.add("alerts", {**told, "state": "resolved", "opened_at": stamp(NOON)})
        archive.add("alert_findings", {"alert_id": alert, "fingerprint": "f1"})
        about = f"alert:{alert}"
        archive.add_event("alert.ordered", about, {"by": "2026-02-20", "text": SECRET}, who=SECRET)
        archive.add_event("alert.replied", about, {"text": "数字已更正", "public": True}, who=SECRET)
        archive.db.execute("update events set happened_at = ?", [stamp(NOON.replace(day=21))])
        later = NOON.replace(day=25)
        document, right = add_report(archive, "jia", report(numbers=3), b"right", URL, later)
        add_standing(archive, "jia", 2025, "published", document, published_on="2026-01-20")
        add_report(archive, "ding", report(name="丁局"), b"other", "http://a.gov.cn/ding")
        add_standing(archive, "ding", 2025, "not_published")
    return open_site(places, SiteSettings()), {"wrong": wrong, "right": right}


@pytest.mark.parametrize("path", ["/body/jia/2025", "/body/jia", "/report/{wrong}"])
def test_order_reply_and_corrected_version_stand_beside_the_finding(corrected, path):
    """On the report that stands, on the body's page, and on the version that was wrong."""
    visitor, hashes = corrected
    page = BeautifulSoup(visitor.text(path.format(**hashes)), "lxml")
    (found,) = page.select(".findings li")
    words = found.get_text(" ", strip=True)
    assert "责令整改 2026-01-21 整改期限 2026-02-20 答复 2026-01-21 更正后的版本 查看" in words
    assert found.select_one(".reply p").text == "数字已更正"
    links = [link["href"] for link in found.select(".fate a, .order a")]
    difference = f"/compare/{hashes['wrong']}/{hashes['right']}"
    assert links == [f"/report/{hashes['right']}", difference] * 2
    assert SECRET not in words


def test_resolved_finding_marks_no_cell(corrected):
    """The number that stands is not flawed any more."""
    visitor, hashes = corrected
    for path in ("/body/jia/2025", f"/report/{hashes['right']}"):
        assert BeautifulSoup(visitor.text(path), "lxml").select(".flawed") == []


def test_body_that_is_to_be_confirmed_is_not_judged(corrected):
    """待核实 instead of a standing, and in no rate."""
    visitor, _hashes = corrected
    page = BeautifulSoup(visitor.text("/body/ding/2025"), "lxml")
    assert (
        page.select_one(".verdict").get_text(" ", strip=True).startswith("待核实 该机关的名称与职责尚待核实")
    )
    home = BeautifulSoup(visitor.text("/"), "lxml")
    assert home.select_one(".share").get_text(" ", strip=True) == "1 / 1 个机关已公布（100%）"
    assert "逾期未公布" not in home.text
