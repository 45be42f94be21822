"""From the door to the column: four shapes of portals, what is remembered, and what is told."""

import pytest

from crawler.discovery import whereabouts
from crawler.pages import Page

REPORT = "{n}街道办事处{year}年政府信息公开工作年度报告"
TEXT = "<p>认真贯彻落实条例，主动公开政府信息，规范办理依申请公开。</p>" * 12
NEWS = "".join(f"<li><a href='/xw/{n}.html'>我区召开第{n}次工作会议部署重点任务</a></li>" for n in range(30))
NAMES = ["东风", "解放", "人民"]


def page(title: str, body: str) -> str:
    """A page of the portal with its usual frame."""
    return (
        f"<html><head><meta charset='utf-8'><title>{title}-某某区人民政府</title></head><body>"
        "<a href='/'>首页</a><a href='/zwdt/'>政务动态</a><a href='/ysqgk/'>依申请公开</a>"
        f"{body}</body></html>"
    )


def column(prefix: str, year: int = 2024) -> str:
    """A list of three bodies' reports of two years."""
    rows = "".join(
        f"<li><a href='{prefix}{number}_{one}.html'>{REPORT.format(n=name, year=one)}</a>"
        f"<span>{one + 1}-01-16</span></li>"
        for one in (year, year - 1)
        for number, name in enumerate(NAMES)
    )
    return page("政府信息公开年报", f"<ul>{rows}</ul>")


def article(name: str, crumbs: str) -> str:
    """A report's page with its breadcrumb."""
    return page(
        REPORT.format(n=name, year=2024), f"<div>当前位置：<a href='/'>首页</a> &gt; {crumbs}</div>{TEXT}"
    )


def put_column(site, folder: str, prefix: str = "", year: int = 2024, crumbs: str = "") -> None:
    """A column with its articles."""
    site.put(folder, column(prefix or folder, year))
    for one in (year, year - 1):
        for number, name in enumerate(NAMES):
            path = f"{prefix or folder}{number}_{one}.html"
            site.put(path, article(name, crumbs))


def build_menu(site) -> str:
    """Home page, 政府信息公开, a left menu with 指南, 制度, 年报."""
    site.put("/", page("首页", f"<a href='/zwgk/zfxxgk/'>政府信息公开</a><ul>{NEWS}</ul>"))
    menu = (
        "<a href='zfxxgkzn/'>政府信息公开指南</a><a href='zfxxgkzd/'>政府信息公开制度</a>"
        "<a href='./a77/'>政府信息公开年报</a>"
    )
    site.put("/zwgk/zfxxgk/", page("政府信息公开", menu + NEWS))
    put_column(site, "/zwgk/zfxxgk/a77/")
    return "/zwgk/zfxxgk/a77/"


def build_tree(site) -> str:
    """The menu is a tree that a script draws; links in the markup lead nowhere."""
    site.put("/", page("首页", f"<a href='/public/'>信息公开</a><ul>{NEWS}</ul>"))
    nodes = (
        '<script>var zNodes=[{"id":1,"pId":0,"name":"法定主动公开内容","url":"\\/public\\/c1\\/"},'
        '{"id":2,"pId":0,"name":"政府信息公开年度报告","url":"\\/public\\/c2\\/","open":true}];</script>'
    )
    site.put("/public/", page("信息公开目录", nodes + NEWS))
    site.put("/public/c1/", page("法定主动公开内容", NEWS))
    put_column(site, "/public/c2/")
    return "/public/c2/"


def build_breadcrumb(site) -> str:
    """No menu leads to the column; a report in the news does, by its breadcrumb."""
    link = f"<a href='/art/0_2024.html'>{REPORT.format(n=NAMES[0], year=2024)}</a>"
    site.put("/", page("首页", f"<ul><li>{link}</li>{NEWS}</ul>"))
    put_column(site, "/xx/b5/", "/art/", crumbs="<a href='/xx/b5/'>信息公开年报</a>")
    return "/xx/b5/"


def build_frame(site) -> str:
    """政务公开 is an empty frame around a page of folders by kind of body, whose addresses say ndbg."""
    site.put("/", page("首页", f"<a href='/gk.html'>政务公开</a><ul>{NEWS}</ul>"))
    site.put("/gk.html", page("政务公开", f"<iframe src='/gk/inner.html'></iframe>{NEWS}"))
    site.put("/gk/inner.html", page("目录", f"<a href='/gk/xzndbg/'>各镇办</a><ul>{NEWS}</ul>"))
    put_column(site, "/gk/xzndbg/")
    return "/gk/xzndbg/"


SHAPES = {"menu": build_menu, "tree": build_tree, "breadcrumb": build_breadcrumb, "frame": build_frame}


def discover(crawl, site, *, year: str = "2024", **values):
    """Crawl a portal of which only the home page is known."""
    if not list(crawl.at.config.glob("portals/**/*.yml")):
        crawl.add_portal("door", site.url("/"), family="discover", column_known=False, **values)
    return crawl.run("--year", year)


def columns(crawl, state: str = "column") -> list[str]:
    """The paths of what was found, by state."""
    rows = crawl.rows("select url from portal_columns where state = :state order by rowid", state=state)
    return ["/" + row["url"].split("/", 3)[3] for row in rows]


@pytest.fixture(scope="module")
def discovered(new_site, new_crawl):
    """A portal of each shape, crawled on two days: shape -> (site, column, requests and steps of day one)."""
    crawl, sites = new_crawl(), {shape: new_site() for shape in SHAPES}
    paths = {shape: SHAPES[shape](site) for shape, site in sites.items()}
    for shape, site in sites.items():
        crawl.add_portal(shape, site.url("/"), family="discover", column_known=False)
    first = crawl.run("--year", "2024")
    made = {shape: len(site.requests) for shape, site in sites.items()}
    found = {
        shape: crawl.rows(
            f"select url, why, page_url from portal_columns where state = 'column' and portal = '{shape}'"
        )
        for shape in SHAPES
    }
    crawl.now = "2025-02-06T09:00:00+08:00"
    second = crawl.run("--year", "2024")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    return crawl, {shape: (sites[shape], paths[shape], made[shape], found[shape]) for shape in SHAPES}


@pytest.mark.parametrize("shape", SHAPES)
def test_column_is_found_remembered_and_read(discovered, shape):
    """Every report of the year and none else, within few requests; the next crawl leaves the door alone."""
    crawl, (site, path, made, found) = discovered[0], discovered[1][shape]
    assert [row["url"] for row in found] == [site.url(path)]
    documents = crawl.rows(
        "select url, link_title, listed_on from documents where portal = :p order by url", p=shape
    )
    assert len(documents) == len(NAMES)
    assert all("2024年" in one["link_title"] for one in documents)
    assert {one["listed_on"] for one in documents[-2:]} == {"2025-01-16"}
    assert made <= 14
    assert not any(asked.startswith(("/xw/", "/ysqgk", "/zwdt")) for asked in site.asked())
    assert found[0]["why"] and found[0]["page_url"].startswith("http")
    assert site.asked()[made:][:2] == ["/robots.txt", path]
    assert "/" not in site.asked()[made:]


def test_column_that_moved_is_found_again(new_site, new_crawl):
    """Gone: the run fails and says so; the next one asks the door. In January the door is asked anyway."""
    site, crawl = new_site(), new_crawl()
    old = build_menu(site)
    discover(crawl, site)
    del site.pages[old]
    put_column(site, "/zwgk/zfxxgk/b88/")
    door = site.pages["/zwgk/zfxxgk/"]
    door.body = door.body.replace(b"a77", b"b88")
    crawl.now = "2025-02-07T09:00:00+08:00"
    assert discover(crawl, site).returncode == 1
    assert columns(crawl, "gone") == [old]
    crawl.now = "2025-02-08T09:00:00+08:00"
    assert discover(crawl, site).returncode == 0
    assert columns(crawl) == ["/zwgk/zfxxgk/b88/"]
    put_column(site, "/zwgk/zfxxgk/c99/", year=2025)
    door.body = door.body.replace(b"</body>", "<a href='c99/'>乡镇年报</a></body>".encode())
    crawl.now = "2026-01-05T09:00:00+08:00"
    assert discover(crawl, site, year="2025").returncode == 0
    assert columns(crawl) == ["/zwgk/zfxxgk/b88/", "/zwgk/zfxxgk/c99/"]
    before = len(site.requests)
    crawl.now = "2026-01-06T09:00:00+08:00"
    assert discover(crawl, site, year="2025").returncode == 0
    assert "/" not in site.asked()[before:], "located in this year: the door is left alone"


def test_door_without_a_column_is_bounded_and_tells_what_was_followed(new_site, new_crawl):
    """A site of endless 信息公开 pages: as many requests as the options allow, no column, no report."""
    site, crawl = new_site(), new_crawl()
    other = new_site()
    maze = "".join(f"<a href='/gk{{n}}{k}/'>政府信息公开目录</a>" for k in range(8))
    site.put(
        "/", page("首页", maze.format(n=1) + f"<a href='{other.url('/zfxxgknb/')}'>政府信息公开年报</a>")
    )
    for a in range(1, 10):
        for k in range(8):
            site.put(f"/gk{a}{k}/", page("目录", maze.format(n=a + 1) + NEWS))
    options = {"most_pages_behind_door": 12, "most_steps": 3}
    assert discover(crawl, site, options=options).returncode == 0
    assert columns(crawl) == []
    assert len(site.requests) <= 14
    assert other.requests == []
    assert crawl.rows("select url from portal_columns where state = 'outside'") == [
        {"url": other.url("/zfxxgknb/")}
    ]


def test_home_page_with_report_news_is_followed_but_words_alone_are_not():
    """Names, path codes and scripts give steps; interpretations, requests and guides do not."""
    body = (
        "<a href='/a/'>《2024年政府信息公开年度报告》解读</a><a href='/b/'>依申请公开</a>"
        "<a href='/c/'>政府信息公开指南</a><a href='/zwgk/zfxxgknb_70772/'>公开报告</a>"
        "<a href='/d/'>乡镇(街道)年报</a><a href='/e/'>政务公开</a>"
        "<a href='/zfwzgzndbb/'>政府网站工作年度报表</a>"
    )
    steps = whereabouts(Page("http://a.gov.cn/", page("首页", body).encode())).steps
    assert [step.url.removeprefix("http://a.gov.cn") for step in steps] == [
        "/d/",
        "/zwgk/zfxxgknb_70772/",
        "/e/",
    ]
    assert all(step.why for step in steps)


DIVIDED = "<a href='2024/'>2024年</a><a href='2023/'>2023年</a>"
BODIES = "<a href='jyj/'>区教育局</a><a href='hq/'>红旗街道办事处</a><a href='/x.html'>区教育局召开会</a>"


def test_column_that_shows_only_years_is_a_column():
    """Its parts are lists of it, and no steps."""
    url = "http://a.gov.cn/zwgk/nb/"
    assert whereabouts(Page(url, page("政府信息公开年报", DIVIDED).encode())).is_column
    assert not whereabouts(Page(url, page("通知公告", DIVIDED).encode())).is_column


@pytest.mark.parametrize(("title", "expected"), [("部门信息公开目录", ["jyj/", "hq/"]), ("走进我区", [])])
def test_bodies_of_a_directory_are_steps(title, expected):
    """Each of them has a column of its own; elsewhere a body's name is a link like any other."""
    steps = whereabouts(Page("http://a.gov.cn/bm/", page(title, BODIES).encode())).steps
    assert [step.url.removeprefix("http://a.gov.cn/bm/") for step in steps] == expected
