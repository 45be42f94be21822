"""Every family against its own server: each report found, nothing else taken, few requests.

All portals are crawled by one `crawlportals` process, as in production; the tests read what it left.
"""

import importlib
from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from archive.store import Archive
from extract.errors import ExtractError
from extract.normalize import normalize
from extract.parser import parse_report
from tests.crawler.families.kit import YEAR, Server

FOLDERS = sorted(path.parent.name for path in Path(__file__).parent.glob("*/site.py"))
UNNAMED = [
    f"{folder}_unnamed"
    for folder in ("anhui_openness", "anhui_public", "epoint", "gd_gkmlpt", "hanweb_jpaas", "truecms", "vsb")
]
"""Sites that are crawled once more as `family: generic`: their pages tell by their marks what they are."""
MOST_REQUESTS_PER_REPORT = 12
WAYS_OF_FINDING = {"discover"}
"""Spiders that are no family: they look for columns of all of them, and have tests of their own."""


@pytest.fixture(scope="module")
def crawled(new_crawl):
    """All families' sites, crawled once."""
    crawl, sites, servers = new_crawl(), {}, {}
    for name in (*FOLDERS, *UNNAMED):
        folder = name.removesuffix("_unnamed")
        server = servers[name] = Server()
        site = sites[name] = importlib.import_module(f"tests.crawler.families.{folder}.site").build(server)
        server.pages.update(site.pages)
        entries = [f"http://{server.host}{path}" for path in site.entries]
        family = site.spider if name in FOLDERS else "generic"
        crawl.add_portal(name.replace("_", "-"), *entries, family=family, **site.values)
    result = crawl.run("--year", str(YEAR), settings={"LOG_LEVEL": "WARNING"})
    yield crawl, sites, servers, result
    for server in servers.values():
        server.close()


def reports_of(crawl, portal: str) -> dict[str, list[str]]:
    """Titles that extraction accepts, with the addresses of their documents."""
    accepted: dict[str, list[str]] = {}
    with Archive.open(crawl.at) as archive:
        rows = archive.rows("select url, sha256 from documents where portal = :p order by id", {"p": portal})
        for row in rows:
            try:
                report = parse_report(normalize(archive.originals.read(row["sha256"])))
            except ExtractError:
                continue
            accepted.setdefault(report.title, []).append(row["url"])
    return accepted


@pytest.mark.parametrize("folder", FOLDERS)
def test_family_finds_every_report_and_nothing_else(crawled, folder):
    """What extraction accepts is exactly what the site has published for the year."""
    crawl, sites, _, result = crawled
    accepted = reports_of(crawl, folder.replace("_", "-"))
    assert set(accepted) == sites[folder].reports, result.stderr[-2000:]


@pytest.mark.parametrize("folder", FOLDERS)
def test_family_leaves_alone_what_is_no_report(crawled, folder):
    """Decoys, other years and other sites' data cost no request."""
    _, sites, servers, _ = crawled
    targets = [asked.target + asked.body.decode("utf-8", "replace") for asked in servers[folder].asked]
    assert [target for target in targets if any(part in target for part in sites[folder].taboo)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_family_keeps_what_only_people_can_read(crawled, folder):
    """Reports in pictures."""
    crawl, sites, servers, _ = crawled
    rows = crawl.rows("select url from documents where portal = :p", p=folder.replace("_", "-"))
    known = {row["url"].partition(servers[folder].host)[2] for row in rows}
    assert set(sites[folder].kept) <= known


@pytest.mark.parametrize("name", UNNAMED)
def test_page_is_read_by_its_marks_where_no_family_is_named(crawled, name):
    """The same documents, by the same reading."""
    crawl, _, servers, _ = crawled
    found = []
    for one in (name, name.removesuffix("_unnamed")):
        rows = crawl.rows("select url from documents where portal = :p", p=one.replace("_", "-"))
        found.append({row["url"].partition(servers[one].host)[2] for row in rows})
    assert found[0] == found[1] != set()


@pytest.mark.parametrize("folder", FOLDERS)
def test_family_needs_few_requests(crawled, folder):
    """All requests of the portal's crawl, robots.txt included, over the reports found."""
    _, sites, servers, _ = crawled
    assert len(servers[folder].asked) <= MOST_REQUESTS_PER_REPORT * len(sites[folder].reports)


@pytest.mark.parametrize("folder", FOLDERS)
def test_family_ends_well(crawled, folder):
    """The run is whole: its lists can be evidence of absence."""
    crawl, sites, _, _ = crawled
    (run,) = crawl.rows("select outcome, detail from runs where portal = :p", p=folder.replace("_", "-"))
    lists = crawl.rows(
        "select url, verdict, reason from captures where portal = :p and role = 'list'"
        " and verdict not in ('ok', 'unchanged', 'redirected')", p=folder.replace("_", "-"),
    )  # fmt: skip
    bad = [row for row in lists if not any(part in row["url"] for part in sites[folder].refused)]
    assert (run["outcome"], bad) == ("ok", [])


def test_posted_lists_are_replayed_without_network(crawled, new_crawl):
    """Their questions stand in the WARC: the same captures and documents."""
    crawl, sites, servers, _ = crawled
    again, portal, before = new_crawl(), "epoint", len(servers["epoint"].asked)
    (file,) = crawl.at.warc.glob(f"**/*-{portal}.warc.gz")
    entries = [f"http://{servers[portal].host}{path}" for path in sites[portal].entries]
    again.add_portal(portal, *entries, family=sites[portal].spider, **sites[portal].values)
    result = again.scrapy("replay", str(file))
    assert (result.returncode, len(servers[portal].asked)) == (0, before), result.stderr
    for what in ("url, method, verdict, sha256 from captures", "url, sha256, link_title from documents"):
        sql = f"select {what} where portal = :p order by id"
        assert again.rows(sql, p=portal) == crawl.rows(sql, p=portal) != []
    assert {"POST"} < {row["method"] for row in again.rows("select method from captures")}


def test_every_family_and_option_is_documented():
    """In docs/crawler.md, where somebody who adds a portal looks."""
    loader = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))
    names = [name for name in loader.list() if name not in WAYS_OF_FINDING]
    words = {*names, *(option for name in names for option in loader.load(name).Options.model_fields)}
    text = (Path(__file__).parents[3] / "docs" / "crawler.md").read_text("utf-8")
    assert {word for word in words if f"`{word}`" not in text} == set()


def test_every_family_has_a_server():
    """A new family is a module and a server: one without the other is not finished."""
    spiders = set(SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]})).list())
    served = {importlib.import_module(f"tests.crawler.families.{folder}.site").SPIDER for folder in FOLDERS}
    assert spiders - WAYS_OF_FINDING == served
