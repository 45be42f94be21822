"""Nothing from a document or from elsewhere is ever active on our pages."""

import shutil
import sqlite3

import pytest

from archive.errors import NotPublished
from archive.site.address import Addresses
from archive.site.app import public_site
from archive.store import Archive
from config.places import Places
from config.site import SiteSettings
from tests.archive.site.conftest import open_site


@pytest.mark.parametrize(
    "path",
    ["/", "/matrix", "/search?q=x", "/body/jia/2025", "/nianbao/reports", "/nope", "/nianbao/reports.json",
     "/static/site.css"],
)  # fmt: skip
def test_every_answer_carries_the_strict_policy(visitor, path):
    """Pages, errors, JSON and static files alike."""
    headers = visitor.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_original_is_a_download_in_a_sandbox(visitor, hashes):
    """The bytes as they are, and nothing that a browser would run."""
    answer = visitor.get(f"/original/{hashes['bing']}")
    assert b"<script>" in answer.content
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")


def test_damaged_original_is_not_served(visitor, hashes):
    """Bytes that are not what the hash says are an error, not a download."""
    path = visitor.places.originals / hashes["old"][:2] / hashes["old"][2:4] / hashes["old"]
    kept = path.read_bytes()
    path.write_bytes(b"other")
    try:
        answer = visitor.get(f"/original/{hashes['old']}")
    finally:
        path.write_bytes(kept)
    assert answer.status_code == 500
    assert "原件暂不可用" in answer.text
    assert str(visitor.places.data) not in answer.text


def test_original_that_is_no_published_report_is_not_served(visitor):
    """What else the crawler brought home stays at home."""
    with Archive.open(visitor.places) as archive:
        private = archive.originals.write(b"a draft")
    assert visitor.get(f"/original/{private}").status_code == 404


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:alert(1)", "file:///etc"]
)
def test_addresses_that_are_not_http_are_text(visitor, url):
    """A hostile address of a document is shown and cannot be followed."""
    assert Addresses().outside(url) is None
    assert 'href="javascript' not in visitor.text("/body/bing/2025").lower()


def test_database_is_downloaded_only_where_the_setting_says_so(filled):
    """One setting."""
    assert open_site(filled[0], SiteSettings()).get("/nianbao.db").status_code == 200
    assert open_site(filled[0], SiteSettings(allow_download=False)).get("/nianbao.db").status_code == 403


def test_reports_only_site_judges_nobody(filled):
    """No standing, no finding, on no page."""
    visitor = open_site(filled[0], SiteSettings(public="reports"))
    for path in ("/", "/matrix", "/body/jia", "/body/jia/2025", "/rules", "/search?q=信息"):
        text = visitor.text(path)
        assert not any(word in text for word in ("逾期公布", "逾期未公布", "按期", "总计应为", "未消除")), (
            path
        )
    open_site(filled[0], SiteSettings())


def test_opened_sql_reads_within_its_limits(filled):
    """The setting opens queries; writing fails all the same."""
    visitor = open_site(filled[0], SiteSettings(allow_sql=True, sql_time_limit_ms=200))
    assert visitor.get("/nianbao.json?sql=select+count(*)+as+n+from+bodies&_shape=array").json() == [{"n": 3}]
    assert visitor.get("/nianbao.json?sql=delete+from+bodies").status_code == 400
    endless = "with recursive c(x) as (select 1 union all select x+1 from c) select max(x) from c"
    assert visitor.get("/nianbao.json", params={"sql": endless}).status_code in {400, 503}


def test_copy_of_another_version_is_not_shown(filled, tmp_path):
    """After an upgrade the copy is made anew before it is served."""
    places = Places(tmp_path, tmp_path)
    places.public_database.parent.mkdir()
    shutil.copy(filled[0].public_database, places.public_database)
    db = sqlite3.connect(places.public_database)
    db.execute("update about set value = '0' where key = 'schema'")
    db.commit()
    db.close()
    with pytest.raises(NotPublished, match="另一版本"):
        public_site(places, SiteSettings())


def test_site_without_a_copy_says_what_to_do(tmp_path):
    """Serving before publishing is refused in one line."""
    with pytest.raises(NotPublished, match="nianbao publish"):
        public_site(Places(tmp_path, tmp_path), SiteSettings())
