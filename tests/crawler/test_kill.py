"""Whatever kills the crawl, restarting it completes the same archive and asks for nothing twice."""

import json
import subprocess
from collections import Counter

import pytest

REPORT = "第{number}街道办事处2024年政府信息公开工作年度报告"
PAGES = 3
ARTICLES = 4
KILLS = {2: "the list", 5: "an article", 7: "an attachment", 15: "a later page"}
"""The server's count of requests at which the crawler is killed, before it gets that answer."""

MANY_KILLS = (12, 35, 52)
"""The same for the requests to many hosts."""


def fill(site) -> None:
    """A list of three pages; each article has one attachment, one of them is a redirect."""
    text = "<p>认真贯彻落实条例，主动公开政府信息，规范办理依申请公开。</p>" * 12
    for page in range(1, PAGES + 1):
        numbers = range(page * 10, page * 10 + ARTICLES)
        rows = "".join(
            f"<li><a href='/a{n}.html'>{REPORT.format(number=n)}</a><span>2025-01-{10 + n % 10}</span></li>"
            for n in numbers
        )
        after = f"<a href='/nb/{page + 1}.html'>下一页</a>" if page < PAGES else ""
        site.put("/nb/" if page == 1 else f"/nb/{page}.html", f"<html><ul>{rows}</ul>{after}</html>")
        for n in numbers:
            site.put(f"/a{n}.html", f"<html><body>{text}<a href='/f{n}.pdf'>附件</a></body></html>")
            site.put(f"/f{n}.pdf", f"%PDF-1.5 {n}".encode())
    site.pages["/moved11.html"] = site.pages["/a11.html"]
    site.put("/a11.html", b"", status=302, headers={"Location": "/moved11.html"})


def contents(crawl, site) -> dict[str, list]:
    """What is in an archive, without ids and the server's port."""

    def plain(value):
        return value.replace(site.host, "HOST") if isinstance(value, str) else value

    def read(sql):
        return sorted([plain(value) for value in row.values()] for row in crawl.rows(sql))

    return {
        "documents": read("select url, sha256, role, name, link_title, page_url, list_url, listed_on"
                          " from documents"),
        "captures": read("select url, final_url, role, status, verdict, sha256, referer from captures"),
        "listings": read("select c.url, l.position, l.title, l.shown_on from listings l"
                         " join captures c on c.id = l.capture_id"),
        "targets": read("select url, role, state, failures, context from targets"),
        "originals": read("select sha256, size_bytes from originals"),
    }  # fmt: skip


def reports_listed(crawl) -> int:
    """How many reports the last run says that its round saw listed; crawl health compares this number."""
    detail = crawl.rows("select detail from runs order by id desc limit 1")[0]["detail"]
    return json.loads(detail)["reports_listed"]


@pytest.fixture(scope="module")
def undisturbed(new_site, new_crawl):
    """One crawl to its end."""
    site, crawl = new_site(), new_crawl()
    fill(site)
    crawl.add_portal("street", site.url("/nb/"))
    assert crawl.run("--year", "2024").returncode == 0
    return site, crawl


def test_killed_and_restarted_crawl_leaves_the_same_archive(undisturbed, new_site, new_crawl):
    """Kill -9 four times, at a list, an article, an attachment and later; then let it end."""
    site, crawl = new_site(), new_crawl()
    fill(site)
    crawl.add_portal("street", site.url("/nb/"))
    running: list[subprocess.Popen] = []

    def kill_at(count: int) -> None:
        if count in KILLS:
            running[-1].kill()

    site.before_answer = kill_at
    for _ in KILLS:
        running.append(subprocess.Popen(crawl.command("--year", "2024"), env=crawl.environment))
        assert running[-1].wait(timeout=60) == -9
    last = crawl.run("--year", "2024")

    assert last.returncode == 0
    expected = contents(undisturbed[1], undisturbed[0])
    assert contents(crawl, site) == expected
    assert len(expected["documents"]) == 2 * PAGES * ARTICLES
    repeated = Counter(site.asked()) - Counter(undisturbed[0].asked())
    assert repeated.total() == len(KILLS), f"only what was in flight may be asked again: {repeated}"
    runs = crawl.rows("select outcome from runs order by id")
    assert [row["outcome"] for row in runs] == [None] * len(KILLS) + ["ok"]
    assert reports_listed(crawl) == reports_listed(undisturbed[1]) == PAGES * ARTICLES


def test_terminated_crawl_ends_in_order_and_is_completed_by_the_next(undisturbed, new_site, new_crawl):
    """SIGTERM: what is in flight is kept, the run says interrupted, the exit code says failed."""
    site, crawl = new_site(), new_crawl()
    fill(site)
    crawl.add_portal("street", site.url("/nb/"))
    running: list[subprocess.Popen] = []
    site.before_answer = lambda count: running[-1].terminate() if count == 6 else None
    running.append(subprocess.Popen(crawl.command("--year", "2024"), env=crawl.environment,
                                    stderr=subprocess.DEVNULL))  # fmt: skip
    assert running[-1].wait(timeout=60) == 1
    assert crawl.rows("select outcome from runs")[0]["outcome"] == "interrupted"
    assert crawl.run("--year", "2024").returncode == 0
    assert contents(crawl, site) == contents(undisturbed[1], undisturbed[0])
    assert reports_listed(crawl) == PAGES * ARTICLES
    assert Counter(site.asked()) == Counter(undisturbed[0].asked())


def test_killed_crawl_of_many_hosts_repeats_what_was_in_flight(new_site, new_crawl):
    """Exchanges of several hosts share a transaction: of a killed one each host repeats one request."""
    door, *hosts = [new_site() for _ in range(6)]
    text = "<p>认真贯彻落实条例，主动公开政府信息，规范办理依申请公开。</p>" * 12
    rows = ""
    for number in range(60):
        host = hosts[number % len(hosts)]
        host.put(f"/a{number}.html", f"<html><body>{number}{text}</body></html>")
        rows += f"<li><a href='{host.url(f'/a{number}.html')}'>{REPORT.format(number=number)}</a></li>"
    door.put("/nb/", f"<html><ul>{rows}</ul></html>")
    crawl = new_crawl()
    crawl.add_portal("many", door.url("/nb/"), allowed_hosts=[one.host for one in (door, *hosts)])
    running: list[subprocess.Popen] = []
    asked: list[str] = []

    def count(host: str):
        def kill_now_and_then(_count: int) -> None:
            asked.append(host)
            if len(asked) in MANY_KILLS:
                running[-1].kill()

        return kill_now_and_then

    for host in hosts:
        host.before_answer = count(host.host)
    for _ in MANY_KILLS:
        running.append(subprocess.Popen(crawl.command("--year", "2024"), env=crawl.environment))
        assert running[-1].wait(timeout=60) == -9
    assert crawl.run("--year", "2024").returncode == 0

    assert len(crawl.rows("select 1 from documents")) == 60
    for host in hosts:
        repeated = Counter(host.asked()) - Counter(set(host.asked()))
        assert repeated.total() <= len(MANY_KILLS), f"only what was in flight may be asked again: {repeated}"
        assert all(times <= len(MANY_KILLS) for times in repeated.values())
    captures = crawl.rows("select url, count(*) as times from captures where verdict = 'ok' group by url")
    assert all(row["times"] == 1 for row in captures if "/a" in row["url"])
