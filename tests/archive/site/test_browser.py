"""The visitor's ways in a real browser: no console error, no foreign request, usable by everybody."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager, suppress
from importlib.resources import files
from urllib.parse import urlsplit

import pytest

from archive.store import Archive
from config.places import Places
from config.site import SiteSettings
from extract.model import Section
from tests.archive.filled import add_body, add_report, report
from tests.archive.site.conftest import open_site
from tests.archive.site.hostile import ADDRESSES, ORIGINALS, TAGS
from tests.archive.site.test_proof import FILES, store_original

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 740}
PATHS = (
    "/", "/matrix", "/search?q=复议", "/body/jia", "/body/jia/2025", "/body/bing/2025", "/body/yi/2025",
    "/area/51", "/rules", "/data", "/nianbao", "/nianbao/bodies", "/nianbao/published_reports", "/search",
    "/matrix?year=2025&standing=late&kind=township&rule=requests.row-total", "/report/{first}",
    "/compare/{first}/{jia}", "/compare/{old}/{bing}", "/proof/{jia}/requests.received.total",
    "/compare?left=jia&left_year=2025&right=%E5%8E%BF&right_year=2025",
    "/compare",
)  # fmt: skip


NIANBAO = (sys.executable, "-c", "from monitor.cli import main; main()")


def directories(places):
    """The options that name the directories."""
    return ["--data", str(places.data), "--config", str(places.config)]


@contextmanager
def served(places):
    """Run `nianbao serve`; gives its address."""
    process = subprocess.Popen(
        [*NIANBAO, "serve", "--port", "0", *directories(places)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        yield re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())[0]
    finally:
        process.terminate()
        process.communicate()


@pytest.fixture(scope="module")
def address(filled):
    """The address of a site over the filled archive."""
    open_site(filled[0], SiteSettings())
    with served(filled[0]) as found:
        yield found


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory):
    """A site with all hostile originals as versions of one report: (address, hashes)."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "config").mkdir()
    places = Places(folder / "data", folder / "config")
    with Archive.open(places) as archive, archive.atomic():
        add_body(archive, "evil", TAGS[0])
        for number, content in enumerate(ORIGINALS):
            words = TAGS[number % len(TAGS)]
            made = report(title=words, organization=words, sections=(Section(1, words, words),))
            url = f"{ADDRESSES[number % len(ADDRESSES)]}//{number}"
            add_report(archive, "evil", made, content, url, link_title=words, name=words, page_url=url)
    open_site(places, SiteSettings())
    with Archive.open(places) as archive:
        hashes = [row["sha256"] for row in archive.rows("select sha256 from documents order by id")]
    with served(places) as found:
        yield found, hashes


@pytest.fixture(scope="module")
def proofs(tmp_path_factory, request):
    """A site over real documents: (address, {kind: (sha256, report)})."""
    folder = tmp_path_factory.mktemp("proofs")
    (folder / "config").mkdir()
    places = Places(folder / "data", folder / "config")
    corpus = request.path.parents[2] / "fixtures" / "corpus"
    with Archive.open(places) as archive:
        reports = {
            kind: store_original(archive, kind, (corpus / name).read_bytes()) for kind, name in FILES.items()
        }
    open_site(places, SiteSettings())
    with served(places) as found:
        yield found, reports


@pytest.fixture(scope="module")
def chromium():
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def window(chromium, address):
    """A function that opens a window of a size; what went wrong in it is asserted at the end."""
    wrong, contexts = [], []

    def opened(size):
        context = chromium.new_context(viewport=size, base_url=address, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: _note_foreign(request.url, "http://127.0.0.1", wrong))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def _note_foreign(url, address, wrong):
    if urlsplit(url).hostname != urlsplit(address).hostname:
        wrong.append(f"foreign {url}")


def check_accessible(page):
    """No serious violation by axe's rules."""
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.evaluate(script)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    serious = [item for item in found if item["impact"] in {"serious", "critical"}]
    assert [(item["id"], [node["target"] for node in item["nodes"]][:3]) for item in serious] == []


def check_fits(page):
    """Nothing makes the page scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize(("size", "language"), [(DESKTOP, "zh"), (PHONE, "en")], ids=["desktop", "phone"])
def test_pages_are_accessible_fit_and_stay_at_home(window, hashes, size, language):
    """Every kind of page."""
    page = window(size)
    for pattern in PATHS:
        path = pattern.format(**hashes)
        answer = page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert answer.status == 200, path
        check_fits(page)
        if size is DESKTOP or path in PATHS[:1]:
            check_accessible(page)


def test_check_of_accessibility_notices_what_is_wrong(window):
    """The check itself works on our pages, policy and all."""
    page = window(DESKTOP)
    page.goto("/")
    page.evaluate("document.querySelector('#q').labels[0].remove()")
    page.evaluate("document.querySelector('#q').removeAttribute('placeholder')")
    with pytest.raises(AssertionError, match="label"):
        check_accessible(page)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_visitor_finds_a_report_by_a_word_and_its_finding(window, size):
    """Search two characters, open the report, follow the mark in the cell."""
    page = window(size)
    page.goto("/")
    page.get_by_role("searchbox").fill("复议")
    page.get_by_role("button", name="检索").click()
    page.get_by_role("link", name="甲县人民政府2025年政府信息公开工作年度报告").click()
    assert urlsplit(page.url).path == "/body/jia/2025"
    page.locator("[id='c-requests.received.total'] a.pin").click()
    assert page.url.endswith("#f-f1")
    assert page.locator("#f-f1").is_visible()


def test_visitor_sees_what_changed_between_two_versions(window):
    """The notice leads to the cells."""
    page = window(PHONE)
    page.goto("/body/jia/2025")
    page.get_by_role("link", name="看改了什么").click()
    assert page.get_by_role("heading", level=1).inner_text() == "两个版本的差异"
    check_accessible(page)
    check_fits(page)


def test_visitor_compares_two_bodies_by_a_part_of_the_name(window):
    """Type, choose among those that are meant, see both sides."""
    page = window(DESKTOP)
    page.goto("/body/bing")
    page.locator("#right").fill("县")
    page.get_by_role("button", name="比较").click()
    page.get_by_role("link", name="甲县人民政府").click()
    assert page.get_by_role("heading", level=1).inner_text() == "两份报告的比较"
    assert page.get_by_role("link", name="甲县人民政府 2025").is_visible()


def test_visitor_downloads_the_tables_and_the_database(window):
    """From the data page."""
    page = window(DESKTOP)
    page.goto("/data")
    for name, ending in (("下载整个数据库（SQLite）", ".db"), ("request_lines", ".csv")):
        with page.expect_download() as started:
            page.locator("#get ~ ul").get_by_role("link", name=name).click()
        assert started.value.suggested_filename.endswith(ending)
        assert started.value.path().stat().st_size > 1000


@pytest.mark.parametrize("kind", ["html", "pdf", "ofd"])
def test_visitor_clicks_a_number_and_sees_it_in_the_original(proofs, window, kind):
    """The marked cell, or the box on the page, shows the number that was clicked."""
    address, reports = proofs
    page = window(PHONE)
    page.goto(f"{address}/body/{kind}/2024")
    number = page.locator("[id='c-requests.received.total'] a")
    words = number.inner_text()
    number.click()
    assert page.url == f"{address}/proof/{reports[kind][0]}/requests.received.total"
    assert page.locator(".proof-value strong").inner_text() == words
    if kind == "html":
        assert page.locator("table.original mark").inner_text() == words
    else:
        page.wait_for_function("performance.getEntriesByType('resource').some(e => /page.\\d+/.test(e.name))")
        assert page.locator("rect.box").count() == 2
    check_accessible(page)
    check_fits(page)


def test_address_that_is_not_there_says_so_to_everybody(chromium, address):
    """The error page is one of ours; the browser's own line about it is no fault of the page."""
    page = chromium.new_page()
    assert page.goto(f"{address}/nope").status == 404
    assert page.get_by_role("link", name="回到首页").is_visible()
    check_accessible(page)
    page.close()


def test_visitor_goes_from_the_coverage_to_who_is_missing(window):
    """The front page's picture leads to the body."""
    page = window(DESKTOP)
    page.goto("/")
    page.get_by_role("link", name="逾期未公布").click()
    page.get_by_role("link", name="乙县民政局").click()
    page.get_by_role("link", name="2025", exact=True).click()
    assert page.locator(".verdict").get_by_text("not_published 的说明").is_visible()


def test_language_stays_when_it_was_chosen(window):
    """English on the next page too, and back."""
    page = window(DESKTOP)
    page.goto("/")
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="Coverage").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Coverage"
    page.get_by_role("link", name="中文").click()
    assert page.get_by_role("heading", level=1).inner_text() == "公布情况"


def test_original_is_saved_and_not_opened(window, hashes):
    """A hostile HTML file becomes a download."""
    page = window(DESKTOP)
    page.goto("/body/bing/2025")
    with page.expect_download() as started:
        page.get_by_role("link", name="下载所存原件").first.click()
    assert started.value.suggested_filename == f"{hashes['bing'][:16]}.html"


def test_none_of_the_hostile_originals_ever_runs(hostile_address, window):
    """Neither when its address is opened, nor through its words, titles and addresses on our pages."""
    from playwright.sync_api import Error

    address, hashes = hostile_address
    assert len(hashes) >= 50
    page = window(DESKTOP)
    for path in ("/", "/matrix", "/body/evil", "/body/evil/2025", "/search?q=alert", "/feed/reports.atom",
                 f"/compare/{hashes[0]}/{hashes[-1]}", f"/proof/{hashes[0]}"):  # fmt: skip
        page.goto(f"{address}{path}")
    for sha256 in hashes:
        with page.expect_download() as started, suppress(Error):
            page.goto(f"{address}/original/{sha256}")
        started.value.cancel()


def test_keyboard_reaches_the_content_first(window):
    """The first stop is the way past the navigation."""
    page = window(DESKTOP)
    page.goto("/body/jia/2025")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_static_site_opens_from_a_disk(chromium, filled, address, tmp_path):
    """Front page, body, report, proof, English: all from files, nothing asked of the network."""
    subprocess.run([*NIANBAO, "site", str(tmp_path / "site"), *directories(filled[0])], check=True)
    wrong, page = [], chromium.new_page()
    page.on("console", lambda message: wrong.append(message.text))
    page.on("request", lambda request: _note_foreign(request.url, "file:///", wrong))
    page.goto((tmp_path / "site" / "index.html").as_uri())
    page.get_by_role("link", name="甲县人民政府2025年政府信息公开工作年度报告").click()
    assert page.locator("table.official").count() == 3
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).borderTopStyle") == "solid"
    page.locator("[id='c-requests.received.total'] a").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "数字的出处"
    page.go_back()
    page.get_by_role("link", name="English").click()
    assert page.get_by_role("heading", level=2).first.inner_text().startswith("Findings")
    page.close()
    assert wrong == []
