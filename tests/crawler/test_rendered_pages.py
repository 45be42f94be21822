"""Portals whose pages only a browser fills: the browser renders, and has no way of its own to the network."""

import json

import pytest

from config.portals import Portal
from crawler.browsing import browser_settings
from crawler.errors import WrongAssignment
from monitor.cli import run as nianbao
from tests.crawler.families.kit import YEAR, report_html, title_of

BODIES = ("某某区水务局", "某某区民政局", "某某区教育局")
FILL = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="/style.css"><script src="/app.js"></script>
<script src="http://{foreign}/counter.js"></script></head>
<body><div id="app"></div><img src="/logo.png">
<script>show("{api}"); new WebSocket("ws://{foreign}/live"); navigator.sendBeacon("/beacon", "x");</script>
</body></html>"""
APP = """function show(api) {
  fetch(api, api.includes("list") ? {method: "POST", body: '{"page":1}'} : {})
    .then(answer => answer.json()).then(data => { document.getElementById("app").innerHTML = data.html; });
}"""
JSON = {"Content-Type": "application/json"}


def fill(site, foreign: str) -> None:
    """A list and its articles, both drawn by a script from an API; traps beside them."""
    rows = "".join(
        f"<li><a href='/a/{at}.html'>{title_of(body)}</a></li>"
        for at, body in enumerate((*BODIES, "甲", "乙"))
    )
    site.put("/robots.txt", "User-agent: *\nDisallow: /secret\n", headers={"Content-Type": "text/plain"})
    site.put("/nb/", FILL.format(title="年报", api="/api/list", foreign=foreign))
    site.put("/app.js", APP, headers={"Content-Type": "text/javascript"})
    site.put("/api/list", json.dumps({"html": f"<ul>{rows}</ul><a href='/f.pdf'>附件</a>"}), headers=JSON)
    for at, body in enumerate(BODIES):
        site.put(f"/a/{at}.html", FILL.format(title="正文", api=f"/api/a{at}", foreign=foreign))
        site.put(f"/api/a{at}", json.dumps({"html": report_html(title_of(body))}), headers=JSON)
    site.put("/a/3.html", FILL.format(title="正文", api="/api/broken", foreign=foreign))
    site.put("/api/broken", b"busy", status=503)
    site.put("/a/4.html", FILL.format(title="正文", api="/secret", foreign=foreign))


@pytest.fixture(scope="module")
def rendered(new_site, new_crawl):
    """A site after a crawl with the browser, and the host that nothing may reach."""
    site, foreign, crawl = new_site(), new_site(), new_crawl()
    fill(site, foreign.host)
    crawl.add_portal("one", site.url("/nb/"), browser=True)
    crawl.result = crawl.run("--year", str(YEAR), settings={"RETRY_LIMIT": 0, "LOG_LEVEL": "WARNING"})
    site.crawl, site.foreign = crawl, foreign
    return site


@pytest.mark.browser
def test_reports_that_scripts_draw_are_found(rendered):
    """As the browser shows them: list, articles and their text."""
    rows = rendered.crawl.rows("select url, link_title from documents order by url")
    assert [(row["url"], row["link_title"]) for row in rows] == [
        (rendered.url(f"/a/{at}.html"), title_of(body)) for at, body in enumerate(BODIES)
    ], rendered.crawl.result.stderr


@pytest.mark.browser
def test_parts_are_asked_politely(rendered):
    """One at a time, robots.txt first, a script once, no decoration, all counted; nobody else is asked."""
    asked = rendered.asked()
    assert asked[0] == "/robots.txt"
    assert asked.count("/app.js") == 1
    assert {"/style.css", "/logo.png", "/secret", "/beacon"} & set(asked) == set()
    assert rendered.most_at_once == 1
    assert rendered.foreign.requests == []
    (day,) = rendered.crawl.rows("select requests from host_days")
    assert day["requests"] == len(asked)
    assert {headers["user-agent"] for _, headers in rendered.requests} == {
        rendered.requests[0][1]["user-agent"]
    }


@pytest.mark.browser
def test_page_that_lacks_a_part_is_no_good_page(rendered):
    """Half a page would look like a page without the report."""
    rows = rendered.crawl.rows(
        "select url, verdict, reason from captures where role = 'article' and verdict != 'ok' order by url"
    )
    assert [(row["url"], row["verdict"]) for row in rows] == [
        (rendered.url("/a/3.html"), "error"), (rendered.url("/a/4.html"), "forbidden"),
    ]  # fmt: skip
    assert "status 503" in rows[0]["reason"]


@pytest.mark.browser
def test_rendered_crawl_replays_without_browser_and_network(rendered, new_crawl):
    """The WARC holds the pages as they were shown."""
    again, crawl = new_crawl(), rendered.crawl
    (file,) = crawl.at.warc.glob("**/*.warc.gz")
    again.add_portal("one", rendered.url("/nb/"), browser=True)
    before = len(rendered.requests)
    nianbao(["replay", str(file), "--data", str(again.at.data), "--config", str(again.at.config)])
    assert len(rendered.requests) == before
    for what in ("select url, verdict, sha256, reason from captures order by id",
                 "select url, sha256, link_title from documents order by id"):  # fmt: skip
        assert again.rows(what) == crawl.rows(what)


def test_portal_without_browser_gets_no_settings():
    """Everything else is unchanged."""
    assert browser_settings(portal(browser=False), "agent") == {}


@pytest.mark.parametrize("missing", ["package", "program"])
def test_missing_browser_is_told_before_any_request(monkeypatch, missing):
    """One line that says what to install."""
    name = {"package": "find_spec", "program": "shutil.which"}[missing]
    monkeypatch.setattr(f"crawler.browsing.{name}", lambda _name: None)
    with pytest.raises(WrongAssignment, match="portal=one: browser: true 需要"):
        browser_settings(portal(browser=True), "agent")


def portal(**values) -> Portal:
    """A portal's configuration."""
    return Portal(
        id="one", name="one", entry_urls=("http://a.gov.cn/",), allowed_hosts=("a.gov.cn",), **values
    )
