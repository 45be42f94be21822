"""Nothing from a document or from elsewhere is ever active on our pages."""

import asyncio
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from archive.errors import NotPublished
from archive.site.address import Addresses
from archive.site.app import ReloadingSite, public_site
from archive.store import Archive
from config.places import Places
from config.site import SiteSettings
from tests.archive.filled import SECRET
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
    path = visitor.places.originals / hashes["old"][:2] / hashes["old"]
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


@pytest.fixture
def own_copy(filled, tmp_path):
    """The directories of a site that a test may break."""
    places = Places(tmp_path, tmp_path)
    places.public_database.parent.mkdir()
    shutil.copy(filled[0].public_database, places.public_database)
    return places


def ask_around(places, change):
    """Return the front page before and after `change`, from one running application."""

    async def ask():
        transport = httpx.ASGITransport(ReloadingSite(places, SiteSettings()))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            before = (await client.get("/")).text
            change()
            return before, (await client.get("/")).text

    return asyncio.run(ask())


def test_replaced_copy_is_let_go(own_copy):
    """A server that runs for months must not keep the files of every publish open."""
    copied = own_copy.public_database.with_suffix(".new")
    shutil.copy(own_copy.public_database, copied)
    before, after = ask_around(own_copy, lambda: copied.replace(own_copy.public_database))
    assert before == after
    opened = []
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the listing's own
            opened.append(str(entry.readlink()))
    assert f"{own_copy.public_database} (deleted)" not in opened


def test_copy_that_this_program_cannot_show_is_left_alone(own_copy):
    """A newer program published: the last copy is shown until the restart."""

    def publish_newer():
        newer = own_copy.public_database.with_suffix(".new")
        shutil.copy(own_copy.public_database, newer)
        _set_schema(newer, "newer")
        newer.replace(own_copy.public_database)

    before, after = ask_around(own_copy, publish_newer)
    assert before == after


def _set_schema(path, value):
    db = sqlite3.connect(path)
    db.execute("update about set value = ? where key = 'schema'", [value])
    db.commit()
    db.close()


def test_every_table_of_the_file_keeps_every_secret(visitor):
    """Also those that are not shown, under every address that Datasette gives them."""
    db = sqlite3.connect(visitor.places.public_database)
    names = [name for (name,) in db.execute("select name from sqlite_master where type in ('table', 'view')")]
    db.close()
    assert len(names) > 15
    for name in names:
        for ending in ("", ".json", ".csv"):
            answer = visitor.get(f"/nianbao/{name}{ending}")
            assert SECRET not in answer.text, f"{name}{ending}"


def test_first_page_is_light(visitor):
    """Page, style sheet and pictures together under 200 kB."""
    paths = ["/", "/static/site.css", "/static/seal.svg"]
    assert sum(len(visitor.get(path).content) for path in paths) < 200_000


def test_copy_of_another_version_is_not_shown(own_copy):
    """After an upgrade the copy is made anew before it is served."""
    _set_schema(own_copy.public_database, "0")
    with pytest.raises(NotPublished, match="另一版本"):
        public_site(own_copy, SiteSettings())


def test_site_without_a_copy_says_what_to_do(tmp_path):
    """Serving before publishing is refused in one line."""
    with pytest.raises(NotPublished, match="nianbao publish"):
        public_site(Places(tmp_path, tmp_path), SiteSettings())


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nianbao/bodies?_sort=x", 400),
        ("/nianbao/bodies.json?_sort_desc=%22", 400),
        ("/nianbao/bodies?_sort=id&_sort_desc=id", 400),
        ("/nianbao/body_years/wolong", 404),
        ("/nianbao/body_years/a,b,c", 404),
        ("/static/" + "a" * 300, 404),
    ],
)
def test_slip_in_an_address_is_the_visitors_not_the_sites(visitor, capfd, address, status):
    """No error is logged for it, so that the log holds only what the operator must see."""
    assert visitor.get(address).status_code == status
    assert "Traceback" not in capfd.readouterr().err
