"""The sample portal: what a crawler meets there."""

import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from monitor.demo.portal import SITE, challenge_answer, serving, site_answers

COLUMN = "/zfxxgk/zfxxgknb/"
BUILD = Path(__file__).parent / "build" / "build_site.py"


@pytest.fixture(scope="module")
def portal():
    """The address of the running site."""
    with serving(site_answers("http://127.0.0.1:9")) as url:
        yield url


def get(url: str, headers: dict[str, str] | None = None):
    """(status, headers, content) of an address, errors too."""
    request = urllib.request.Request(url, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def links_of(url: str, content: bytes) -> set[str]:
    """Absolute addresses that a page links, on the same host."""
    page = BeautifulSoup(content, "lxml")
    found = {
        urljoin(url, tag[name]) for name in ("href", "src", "action") for tag in page.find_all(**{name: True})
    }
    return {link for link in found if urlsplit(link).netloc == urlsplit(url).netloc}


def test_every_link_of_the_site_leads_somewhere(portal):
    """Starting at the front page, the whole site is reached, and no link is dead."""
    seen, due = set(), {f"{portal}/"}
    while due:
        url = due.pop()
        seen.add(url)
        status, headers, content = get(url)
        assert status == 200, url
        if headers["Content-Type"].startswith("text/html"):
            due |= links_of(url, content) - seen
    files = {path.relative_to(SITE).as_posix() for path in SITE.rglob("*.*")}
    served = {urlsplit(url).path.lstrip("/") or "index.html" for url in seen}
    served = {f"{path}index.html" if path.endswith("/") else path for path in served}
    assert files - served == {"404.html", "manifest.json", "robots.txt"}


def test_column_is_paged_and_newest_first(portal):
    """Three list pages hold all articles of the column, by date."""
    days = []
    for name in ("index.html", "index_1.html", "index_2.html"):
        page = BeautifulSoup(get(f"{portal}{COLUMN}{name}")[2], "lxml")
        days += [tag.get_text() for tag in page.select(".news-list .date")]
    assert len(days) == 16
    assert days == sorted(days, reverse=True)


def test_unchanged_page_is_answered_without_content(portal):
    """A tag or a date that the client has already gives 304, another one the page."""
    url = f"{portal}{COLUMN}202501/t20250120_20276.html"
    _status, headers, _content = get(url)
    assert headers["Last-Modified"] == "Mon, 20 Jan 2025 01:30:00 GMT"
    for known in ({"If-None-Match": headers["ETag"]}, {"If-Modified-Since": headers["Last-Modified"]}):
        status, _headers, content = get(url, known)
        assert (status, content) == (304, b"")
    assert get(url, {"If-None-Match": '"other"'})[0] == 200


def test_pasted_page_is_gb18030_that_declares_gb2312(portal):
    """The old sub-site says nothing in the header, gb2312 in the page, and is gb18030."""
    _status, headers, content = get(f"{portal}/wlgjd/html/20250115/1207.html")
    assert headers["Content-Type"] == "text/html"
    text = content.decode("gb18030")
    assert "charset=gb2312" in text
    assert "<o:p></o:p>" in text
    assert "卧龙岗街道在 2024 年度未向任何申请" in BeautifulSoup(text, "lxml").get_text()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")


def test_attachment_has_its_type(portal):
    """Attachments are served as what they are."""
    _status, headers, content = get(f"{portal}{COLUMN}202501/P020250116529470138825.pdf")
    assert headers["Content-Type"] == "application/pdf"
    assert content.startswith(b"%PDF-")


def test_unknown_page_is_a_real_404(portal):
    """An address that is not there answers 404 in Chinese; nothing outside the site is served."""
    status, _headers, content = get(f"{portal}{COLUMN}202501/t20250131_1.html")
    assert status == 404
    assert "页面不存在" in content.decode()
    for path in ("/../portal.py", "/manifest.json", "/%2e%2e/portal.py"):
        assert get(f"{portal}{path}")[0] == 404


def test_links_to_the_second_host_lead_to_its_port(portal):
    """The placeholder of the pages is filled at start."""
    content = get(f"{portal}/sitemap.html")[2]
    assert b"http://127.0.0.1:9/" in content
    assert b"@SECOND_HOST@" not in content


def test_protected_host_answers_every_address_with_a_challenge():
    """412 and a page of script, whatever is asked."""
    with serving(challenge_answer) as url:
        for path in ("/", "/robots.txt", "/zfxxgk/zfxxgknb/"):
            status, _headers, content = get(url + path)
            assert status == 412
            assert b"$_ts" in content


def test_taken_port_falls_back_to_a_free_one():
    """A second server on the same port runs beside the first."""
    with serving(challenge_answer) as first, serving(challenge_answer, urlsplit(first).port) as second:
        assert first != second
        assert get(f"{second}/")[0] == 412


def test_committed_pages_are_those_of_the_source(tmp_path):
    """Whoever edits the source commits the pages too."""
    subprocess.run([sys.executable, BUILD, tmp_path], check=True)
    for path in tmp_path.rglob("*.*"):
        committed = SITE / path.relative_to(tmp_path)
        assert committed.read_bytes() == path.read_bytes(), f"run {BUILD.name}: {committed.name} differs"
