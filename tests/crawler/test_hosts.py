"""Hosts that refuse, fail, or must not be asked: many portals, crawled side by side in one process."""

import itertools
import json

import pytest

REPORT = "{body}2024年政府信息公开工作年度报告"
TEXT = "<p>认真贯彻落实条例，主动公开政府信息，规范办理依申请公开。</p>" * 12

BROKEN = {"down", "slow"}
"""Sites whose own count of open requests says nothing about who asked."""


def list_of(*names: str, after: str = "") -> str:
    """A list page that links one article a name."""
    rows = "".join(
        f"<li><a href='/{n}.html'>{REPORT.format(body=f'{n}局')}</a><span>2025-01-16</span></li>"
        for n in names
    )
    return f"<html><head><title>年报</title></head><body><ul>{rows}</ul>{after}</body></html>"


def good_site(new_site, *names: str, after: str = ""):
    """A site with a list and its articles."""
    site = new_site()
    site.put("/nb/", list_of(*names, after=after))
    for name in names:
        site.put(f"/{name}.html", f"<html><title>{name}</title><body>{TEXT}</body></html>")
    return site


CHALLENGE = "<html><script>$_ts=window['$_ts'];$_ts.cd='qrp7';</script><body></body></html>"
SLIDER = "<html><head><title>滑动验证页面</title></head><body><p>请完成验证</p></body></html>"


@pytest.fixture(scope="module")
def crawled(new_site, new_crawl):
    """All portals after one crawl: sites by portal id, and what is left."""
    crawl = new_crawl()
    sites = {}

    def add(portal_id: str, site, **values) -> None:
        sites[portal_id] = site
        crawl.add_portal(portal_id, site.url("/nb/"), **values)

    add("good", good_site(new_site, "a", "b"))
    challenge = new_site()
    challenge.put("/nb/", CHALLENGE, status=412)
    add("challenge", challenge)
    slider = good_site(new_site, "a", "b", "c")
    slider.put("/a.html", SLIDER)
    add("slider", slider)
    busy = good_site(new_site, "a", "b")
    busy.put("/a.html", b"", status=429, headers={"Retry-After": "7200"})
    add("busy", busy)
    robots503 = good_site(new_site, "a")
    robots503.put("/robots.txt", b"", status=503)
    add("robots503", robots503)
    closed = good_site(new_site, "a")
    closed.put("/robots.txt", "User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
    add("closed", closed)
    add("down", new_site())
    sites["down"].close()
    crawl.add_portal("tls", f"https://{sites['good'].host}/nb/")
    slow = good_site(new_site, "a")
    slow.put("/robots.txt", b"", delay_s=2)
    add("slow", slow)
    add("private", good_site(new_site, "a"), allow_private=False)
    add("budget", good_site(new_site, *"abcdefgh"), daily_budget=4)
    endless = new_site()
    for number in range(1, 9):
        path = "/nb/" if number == 1 else f"/nb/{number}.html"
        endless.put(path, list_of(f"x{number}", after=f"<a href='/nb/{number + 1}.html'>下一页 &gt;</a>"))
    add("endless", endless, options={"most_pages": 3})
    hidden = new_site()
    hidden.put(
        "/nb/", "<ul><li><a href='/c/1.htm'>浑南区民宗局</a></li><li><a href='/d/1.htm'>要闻</a></li></ul>"
    )
    hidden.put("/c/1.htm", f"<html><title>浑南区民宗局</title><body>{TEXT}</body></html>")
    add("hidden", hidden, options={"link_pattern": r"/c/\d+\.htm$"})
    itself = new_site()
    itself.put("/nb/", f"<html><title>年报</title><body>一、总体情况{TEXT}二、主动公开政府信息情况"
               "三、收到和处理政府信息公开申请情况 行政复议、行政诉讼"
               "<a href='nb.pdf'>下载</a></body></html>")  # fmt: skip
    itself.put("/nb/nb.pdf", b"%PDF-1.5 report")
    add("itself", itself)
    framed = new_site()
    framed.put(
        "/nb/", "<html><body><a href='/'>首页</a><iframe src='/inner/list.html'></iframe></body></html>"
    )
    framed.put("/inner/list.html", list_of("y"))
    framed.put("/y.html", f"<html><body>{TEXT}</body></html>")
    add("framed", framed)
    hijacked = good_site(new_site, "a", after="<p style='display:none'><a href='/q/'>百家乐</a>六合彩</p>")
    add("hijacked", hijacked)
    shared = good_site(new_site, *"ab")
    shared.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.2\n", headers={"Content-Type": "text/plain"})
    add("shared-one", shared)
    add("shared-two", shared)
    crawl.add_portal("off", "http://127.0.0.1:9/nb/", enabled=False)
    result = crawl.run("--year", "2024", settings={"DOWNLOAD_TIMEOUT": 0.5, "RETRY_LIMIT": 2})
    return sites, crawl, result


def captures(crawled, portal: str, role: str | None = None) -> list[dict]:
    """The captures of a portal, in order."""
    rows = crawled[1].rows("select * from captures where portal = :portal order by id", portal=portal)
    return [row for row in rows if role in {None, row["role"]}]


def run_of(crawled, portal: str) -> dict:
    """The run of a portal, with its details."""
    (row,) = crawled[1].rows("select * from runs where portal = :portal", portal=portal)
    return {**row, "detail": json.loads(row["detail"])}


def test_one_failed_portal_does_not_hold_up_the_others(crawled):
    """Exit 1, one line for each that failed, and the others are complete."""
    result = crawled[2]
    failed = {line.split(":")[0].removeprefix("portal=") for line in result.stderr.splitlines()}
    assert result.returncode == 1
    assert failed == {"challenge", "robots503", "closed", "down", "tls", "slow", "private"}
    assert run_of(crawled, "good")["outcome"] == "ok"
    assert len(crawled[1].rows("select 1 from documents where portal = 'good'")) == 2


def test_disabled_portal_is_left_out(crawled):
    """It has no run."""
    assert crawled[1].rows("select * from runs where portal = 'off'") == []


def test_challenged_host_is_left_alone(crawled):
    """412 on robots.txt's neighbour ends it: no retry, no second page."""
    sites, _, _ = crawled
    assert sites["challenge"].asked() == ["/robots.txt", "/nb/"]
    (entry,) = captures(crawled, "challenge", "list")
    assert (entry["verdict"], entry["status"], entry["size_bytes"]) == ("declined", 412, len(CHALLENGE))
    assert run_of(crawled, "challenge")["outcome"] == "failed"


def test_slider_with_status_200_stops_the_host_and_what_is_left_says_so(crawled):
    """The other articles are recorded as declined without a request, never as missing."""
    sites, _, _ = crawled
    assert sites["slider"].asked() == ["/robots.txt", "/nb/", "/a.html"]
    ends = [(row["verdict"], row["status"]) for row in captures(crawled, "slider", "article")]
    assert ends == [("declined", 200), ("declined", None), ("declined", None)]
    assert list(run_of(crawled, "slider")["detail"]["stopped"].values()) == ["challenge page: 滑动验证"]


def test_retry_after_is_kept_and_honoured_by_the_next_run(crawled):
    """The next run does not come before the time that the host named."""
    sites, crawl, _ = crawled
    (declined, *_) = captures(crawled, "busy", "article")
    assert (declined["status"], declined["retry_after"]) == (429, "7200")
    before = len(sites["busy"].requests)
    crawl.now = "2025-02-05T10:00:00+08:00"
    crawl.run("--year", "2024", "--portal", "busy")
    assert len(sites["busy"].requests) == before
    crawl.now = "2025-02-05T12:00:00+08:00"
    crawl.run("--year", "2024", "--portal", "busy")
    assert len(sites["busy"].requests) > before


def test_robots_txt_with_status_5xx_stops_the_host(crawled):
    """It is tried again a bounded number of times; nothing else is asked, the entry is an error."""
    sites, _, _ = crawled
    assert sites["robots503"].asked() == ["/robots.txt"] * 3
    (entry,) = captures(crawled, "robots503", "list")
    assert (entry["verdict"], entry["status"]) == ("error", None)
    assert "robots.txt: status 503" in entry["reason"]


def test_disallowed_entry_is_forbidden(crawled):
    """No request for it, and the portal's run failed."""
    assert crawled[0]["closed"].asked() == ["/robots.txt"]
    assert [row["verdict"] for row in captures(crawled, "closed", "list")] == ["forbidden"]


def test_refused_connection_is_an_error(crawled):
    """Three tries, then the host is left alone."""
    ends = [(row["role"], row["verdict"]) for row in captures(crawled, "down")]
    assert ends == [("robots", "error")] * 3 + [("list", "error")]
    assert "refused" in captures(crawled, "down")[0]["reason"]


def test_failed_handshake_is_an_error(crawled):
    """A port that does not speak TLS is unreachable by it."""
    assert captures(crawled, "tls")[0]["reason"].startswith("TLS: ")


def test_timeout_is_an_error(crawled):
    """A host that does not answer is unreachable."""
    assert captures(crawled, "slow")[0]["reason"] == "timeout"


def test_private_address_is_refused_without_a_connection(crawled):
    """Loopback needs allow_private."""
    assert crawled[0]["private"].asked() == []
    assert {row["verdict"] for row in captures(crawled, "private")} == {"not_official"}


def test_budget_of_a_day_holds_across_runs(crawled):
    """Four requests today, however often we run; tomorrow four more."""
    sites, crawl, _ = crawled
    assert len(sites["budget"].asked()) == 4
    crawl.now = "2025-02-05T13:00:00+08:00"
    crawl.run("--year", "2024", "--portal", "budget")
    assert len(sites["budget"].asked()) == 4
    crawl.now = "2025-02-06T13:00:00+08:00"
    crawl.run("--year", "2024", "--portal", "budget")
    assert len(sites["budget"].asked()) == 8


def test_paging_is_bounded(crawled):
    """A list without an end is left after `most_pages`."""
    asked = [path for path in crawled[0]["endless"].asked() if path.startswith("/nb/")]
    assert asked == ["/nb/", "/nb/2.html", "/nb/3.html"]


def test_hidden_titles_are_followed_by_pattern(crawled):
    """A column that shows only names of bodies needs the portal's word."""
    documents = crawled[1].rows("select link_title from documents where portal = 'hidden'")
    assert [row["link_title"] for row in documents] == ["浑南区民宗局"]


def test_column_that_is_the_report_itself_is_a_document(crawled):
    """And its files are attachments."""
    rows = crawled[1].rows("select role, url from documents where portal = 'itself' order by id")
    assert [(row["role"], row["url"].rsplit("/", 1)[1]) for row in rows] == [
        ("list", ""),
        ("attachment", "nb.pdf"),
    ]


def test_list_in_a_frame_is_read(crawled):
    """The page of the column is only a shell around it."""
    assert len(crawled[1].rows("select 1 from documents where portal = 'framed'")) == 1


def test_no_host_is_asked_twice_at_a_time(crawled):
    """Also where two portals share one."""
    assert {site.most_at_once for name, site in crawled[0].items() if name not in BROKEN} <= {0, 1}
    assert len(crawled[0]["shared-one"].asked("/nb/")) == 2


def test_crawl_delay_is_honoured(crawled):
    """Robots.txt asks for a pause: no two requests after it are closer, whichever portal makes them."""
    times = crawled[0]["shared-one"].times[1:]
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= 0.19


def test_portal_being_crawled_is_not_crawled_twice(crawled):
    """A second process gets one line and a failure."""
    import fcntl

    _, crawl, _ = crawled
    with (crawl.at.data / "locks" / "good.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = crawl.run("--year", "2024", "--portal", "good")
    assert result.returncode == 1
    assert "portal=good" in result.stderr.splitlines()[-1]


def test_gambling_words_on_an_official_page_are_told_and_the_page_is_read(crawled):
    """The operator hears of them; the report beside them counts."""
    assert run_of(crawled, "hijacked")["detail"]["hijacked"] == {
        crawled[0]["hijacked"].url("/nb/"): "百家乐、六合彩"
    }
    assert len(crawled[1].rows("select 1 from documents where portal = 'hijacked'")) == 1
