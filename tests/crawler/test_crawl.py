"""One crawl of a site with all its shapes: lists, paging, attachments, redirects, encodings, traps."""

import pytest

REPORT = "{body}2024年政府信息公开工作年度报告"
SECTIONS = (
    "<h2>一、总体情况</h2><p>{body}认真贯彻条例，主动公开政府信息。</p><h2>二、主动公开政府信息情况</h2>"
    "<h2>三、收到和处理政府信息公开申请情况</h2><h2>四、政府信息公开行政复议、行政诉讼情况</h2>"
    "<h2>五、存在的主要问题及改进情况</h2><h2>六、其他需要报告的事项</h2>"
) + "<p>一年来，各项工作稳步推进，群众满意度持续提升。</p>" * 8
NB = "/zwgk/nb/"


def article(body: str, extra: str = "") -> str:
    """A report's page."""
    return (
        f"<html><head><meta charset='utf-8'><title>{REPORT.format(body=body)}</title></head><body>"
        f"<div>当前位置：<a href='/'>首页</a> &gt; 政务公开 &gt; 政府信息公开年报</div>"
        f"<h1>{REPORT.format(body=body)}</h1>{SECTIONS.format(body=body)}{extra}</body></html>"
    )


def row(href: str, title: str, shown: str = "", attributes: str = "") -> str:
    """One line of a list page."""
    return f"<li><a href='{href}' {attributes}>{title}</a><span>{shown}</span></li>"


def list_page(*rows: str, after: str = "", head: str = "") -> str:
    """A list page with a navigation bar."""
    return (
        f"<html><head><meta charset='utf-8'>{head}<title>政府信息公开年报</title></head><body>"
        f"<a href='/'>首页</a><a href='{NB}'>政府信息公开年报</a><a href='/xwzx/'>新闻中心</a>"
        f"<ul>{''.join(rows)}</ul>{after}</body></html>"
    )


def build(site, other, reply) -> None:
    """The site: entry list with two more pages, and one article for each trap."""
    t = REPORT.format
    site.put("/robots.txt", "User-agent: *\nDisallow: /secret/\n", headers={"Content-Type": "text/plain"})
    site.put(NB, list_page(
        row("./202501/html.html", t(body="甲局"), "2025-01-16"),
        row("./202501/gbk.html", "乙局2024年政府信息公开…", "[2025-01-17]", f"title='{t(body='乙局')}'"),
        row("./202501/files.html", t(body="丙局"), "2025-01-18"),
        row("./202501/old.html", "甲局2023年政府信息公开工作年度报告", "2024-01-16"),
        row("./202501/reading.html", f"《{t(body='甲局')}》解读", "2025-01-16"),
        row("./202501/website.html", "2024年政府网站工作年度报表", "2025-01-16"),
        row("./202501/news.html", "我区召开政务公开工作会议", "2025-01-16"),
        row(f"http://{other.host}/clone.html", t(body="丁局"), "2025-01-16"),
        row("./direct.pdf", t(body="戊局"), "2025-01-19"),
        row("/secret/report.html", t(body="己局"), "2025-01-16"),
        after="<script>createPageHTML(3, 0, 'index', 'html');</script>",
    ))  # fmt: skip
    site.put(f"{NB}index_1.html", list_page(
        row("moved.html", t(body="庚局"), "2025-01-16"),
        row("offlist.html", t(body="辛局"), "2025-01-16"),
        row("circle.html", t(body="壬局"), "2025-01-16"),
        row("refresh.html", t(body="癸局"), "2025-01-16"),
        row("soft.html", t(body="子局"), "2025-01-16"),
        row("dead.html", t(body="丑局"), "2025-01-16"),
        row("home.html", t(body="寅局"), "2025-01-16"),
        after="<a href='index_2.html'>下一页</a>",
    ))  # fmt: skip
    site.put(f"{NB}index_2.html", list_page(
        row("cut.html", t(body="卯局"), "2025-01-16"),
        row("reset.html", t(body="辰局"), "2025-01-16"),
        row("flaky.html", t(body="巳局"), "2025-01-16"),
        row("zip.html", t(body="午局"), "2025-01-16"),
        row("javascript:void(0)", t(body="未局"), "2025-01-16", "onclick=\"window.open('base/click.html')\""),
        row("slow.html", t(body="申局"), "2025-01-16"),
        row("large.html", t(body="酉局"), "2025-01-16"),
        row("./2024/", "2024年"), row("./2019/", "2019年"),
        after="<a href='index_2.html' class='disabled'>下一页</a>",
    ))  # fmt: skip
    site.put(f"{NB}202501/html.html", article("甲局"))
    site.put(f"{NB}202501/gbk.html", article("乙局").replace("utf-8", "gb2312"), "gb18030",
             headers={"Content-Type": "text/html"})  # fmt: skip
    site.put(f"{NB}202501/files.html", list_page(
        "<li><a href='P1.docx'>附件1：丙局年度报告.docx</a></li>",
        "<li><a href='P2.pdf' title='年度报告解读.pdf'>年度报告解读</a></li>",
        "<li><a href='/module/download/downfile.jsp?classid=0&amp;id=77'>下载Word</a></li>",
        "<li><a href='#' onclick=\"location.href='P4.wps'\">下载WPS</a></li>",
        after="<iframe src='/pdf/web/viewer.html?file=/upload/P5.pdf'></iframe><embed src='P6.ofd'>"
        "<object data='P7.pdf'></object><script>var file = \"P8.xlsx\";</script>",
    ))  # fmt: skip
    for name, magic in {
        f"{NB}202501/P1.docx": b"PK\x03\x04 one",
        "/module/download/downfile.jsp?classid=0&id=77": b"PK\x03\x04 two",
        f"{NB}202501/P4.wps": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "/upload/P5.pdf": b"%PDF-1.5 five",
        f"{NB}202501/P6.ofd": b"PK\x03\x04 six", f"{NB}202501/P7.pdf": b"%PDF-1.5 seven",
        f"{NB}202501/P8.xlsx": b"PK\x03\x04 eight", f"{NB}direct.pdf": b"%PDF-1.5 direct",
    }.items():  # fmt: skip
        site.put(name, magic, headers={"Content-Type": "application/octet-stream"})
    servlet = site.pages["/module/download/downfile.jsp?classid=0&id=77"]
    servlet.headers["Content-Disposition"] = "attachment; filename*=UTF-8''%E5%B9%B4%E6%8A%A5.docx"
    site.put(f"{NB}moved.html", b"", status=301, headers={"Location": "/new/moved.html"})
    site.put("/new/moved.html", article("庚局"))
    site.put(f"{NB}offlist.html", b"", status=302, headers={"Location": f"http://{other.host}/bet.html"})
    site.put(f"{NB}circle.html", b"", status=302, headers={"Location": f"{NB}circle2.html"})
    site.put(f"{NB}circle2.html", b"", status=302, headers={"Location": f"{NB}circle.html"})
    site.put(f"{NB}refresh.html", "<meta http-equiv='refresh' content='0; url=/new/refresh.html'>")
    site.put("/new/refresh.html", article("癸局"))
    site.put(f"{NB}soft.html", "<html><title>提示</title><body>您访问的页面不存在或已被删除</body></html>")
    site.put(f"{NB}home.html", b"", status=302, headers={"Location": "/index.html"})
    site.put("/index.html", list_page(row("/a.html", "要闻一"), row("/b.html", "要闻二")))
    site.put(f"{NB}cut.html", article("卯局"), cut=True)
    site.put(f"{NB}reset.html", b"", reset=True)
    answers = [reply(b"busy", status=503), reply(article("巳局").encode())]
    site.pages[f"{NB}flaky.html"] = lambda _headers: answers.pop(0) if len(answers) > 1 else answers[0]
    site.pages[f"{NB}zip.html"] = reply.gzipped(article("午局"))
    site.put(f"{NB}base/click.html", article("未局"))
    site.put(f"{NB}slow.html", article("申局"), delay_s=1.5)
    site.put(f"{NB}large.html", article("酉局") + " " * 300_000)
    site.put(f"{NB}2024/", list_page(
        row("deep.html", t(body="戌局"), "2025-01-20"), head=f"<base href='http://{site.host}/deep/'>"
    ))  # fmt: skip
    site.put("/deep/deep.html", article("戌局"))


SETTINGS = {"DOWNLOAD_TIMEOUT": 0.4, "DOWNLOAD_MAXSIZE": 200_000, "RETRY_LIMIT": 1, "HOST_FAILURE_LIMIT": 99}


@pytest.fixture(scope="module")
def site(new_site, new_crawl, reply):
    """The site after one crawl; `site.crawl` is what it left."""
    site, other = new_site(), new_site()
    build(site, other, reply)
    site.other, site.crawl = other, new_crawl()
    site.crawl.add_portal("whole", site.url(NB))
    site.result = site.crawl.run("--year", "2024", settings=SETTINGS)
    return site


def captures(site, path: str) -> list[tuple]:
    """Verdict, status and reason of the captures of a path, in order."""
    rows = site.crawl.rows("select * from captures where url = :url order by id", url=site.url(path))
    return [(one["verdict"], one["status"], one["reason"]) for one in rows]


def document(site, path: str) -> dict:
    """The one document of a path."""
    (found,) = site.crawl.rows("select * from documents where url = :url", url=site.url(path))
    return found


def test_crawl_succeeds_although_single_articles_fail(site):
    """The entry page was good: exit 0, and the run is recorded with what it did."""
    assert (site.result.returncode, site.result.stderr) == (0, "")
    (run,) = site.crawl.rows("select * from runs")
    assert (run["command"], run["portal"], run["year"], run["outcome"]) == ("crawl", "whole", 2024, "ok")


def test_every_request_is_a_capture(site):
    """What the server saw and what the archive holds are the same, request for request."""
    answered = site.crawl.rows("select * from captures where status is not null")
    lost = site.crawl.rows(
        "select * from captures where status is null and (reason like 'timeout%' or reason like 'connection%'"
        " or reason like '%cut off' or reason like 'too large%')"
    )
    assert len(site.asked()) == len(answered) + len(lost)
    assert all(site.crawl.rows("select 1 from captures where run_id = 1"))


def test_paging_is_followed_by_script_and_by_link(site):
    """A script leads to page 2, 下一页 to page 3, and the last page to no other."""
    assert [path for path in site.asked() if "index" in path and path.startswith(NB)] == [
        f"{NB}index_1.html", f"{NB}index_2.html"
    ]  # fmt: skip


def test_all_links_of_a_list_are_kept_with_title_and_date(site):
    """Also those that were not followed: the list is evidence."""
    rows = site.crawl.rows(
        "select l.* from listings l join captures c on c.id = l.capture_id where c.url = :url",
        url=site.url(NB),
    )
    shown = {one["title"]: one["shown_on"] for one in rows}
    assert shown["乙局2024年政府信息公开工作年度报告"] == "2025-01-17"
    assert shown["甲局2023年政府信息公开工作年度报告"] == "2024-01-16"
    assert shown["我区召开政务公开工作会议"] == "2025-01-16"
    assert shown["新闻中心"] is None


def test_other_years_and_other_kinds_are_not_asked_for(site):
    """The 2023 report, readings, the website's own report and news cost no request."""
    for name in ("old", "reading", "website", "news"):
        assert site.asked(f"{NB}202501/{name}.html") == []
    assert site.asked(f"{NB}2019/") == []


def test_document_knows_how_it_was_found(site):
    """Title and date beside the link, the list, and the breadcrumb of the page."""
    found = document(site, f"{NB}202501/html.html")
    assert found["link_title"] == "甲局2024年政府信息公开工作年度报告"
    assert (found["listed_on"], found["list_url"]) == ("2025-01-16", site.url(NB))
    assert found["context"].startswith("首页 > 政务公开 > 政府信息公开年报")
    assert (found["role"], found["media_type"]) == ("article", "text/html")


def test_bytes_are_kept_as_they_came(site):
    """A GBK page stays GBK, a gzipped one is unpacked once."""
    gbk = document(site, f"{NB}202501/gbk.html")["sha256"]
    unpacked = document(site, f"{NB}zip.html")["sha256"]
    originals = site.crawl.at.originals
    read = {sha: (originals / sha[:2] / sha).read_bytes() for sha in (gbk, unpacked)}
    assert "乙局认真贯彻条例" in read[gbk].decode("gb18030")
    assert "午局认真贯彻条例" in read[unpacked].decode("utf-8")


def test_attachments_of_all_shapes_become_documents(site):
    """Links, servlets, onclick, viewers, embeds, objects and scripts; readings are left out."""
    rows = site.crawl.rows(
        "select url, name, link_title from documents where page_url = :page order by url",
        page=site.url(f"{NB}202501/files.html"),
    )
    names = {one["url"].rsplit("/", 1)[1]: one["name"] for one in rows}
    assert names == {
        "P1.docx": "P1.docx", "downfile.jsp?classid=0&id=77": "年报.docx",
        "P4.wps": "P4.wps", "P5.pdf": "P5.pdf",
        "P6.ofd": "P6.ofd", "P7.pdf": "P7.pdf", "P8.xlsx": "P8.xlsx",
    }  # fmt: skip
    assert {one["link_title"] for one in rows} == {"丙局2024年政府信息公开工作年度报告"}
    assert site.asked("/pdf/web/viewer.html?file=/upload/P5.pdf") == []


def test_list_may_link_straight_to_a_file(site):
    """It has no page, and keeps the title and date of the list."""
    found = document(site, f"{NB}direct.pdf")
    assert (found["role"], found["page_url"], found["listed_on"]) == ("attachment", None, "2025-01-19")


def test_link_in_onclick_and_base_href_are_followed(site):
    """No href is needed, and <base> moves relative links."""
    assert document(site, f"{NB}base/click.html")["link_title"] == "未局2024年政府信息公开工作年度报告"
    assert document(site, "/deep/deep.html")["link_title"] == "戌局2024年政府信息公开工作年度报告"


def test_redirects_are_followed_hop_by_hop(site):
    """Each hop is a capture of its own, the end belongs to the address that was listed."""
    rows = site.crawl.rows("select * from captures where url like '%/moved.html' order by id")
    assert [(one["role"], one["verdict"], one["status"]) for one in rows] == [
        ("redirect", "redirected", 301), ("article", "ok", 200)
    ]  # fmt: skip
    assert rows[1]["final_url"] == site.url("/new/moved.html")
    assert document(site, f"{NB}moved.html")["link_title"] == "庚局2024年政府信息公开工作年度报告"
    assert document(site, f"{NB}refresh.html")


def test_host_off_the_list_is_never_asked(site):
    """Neither by a link nor by a redirect; both are recorded."""
    assert site.other.asked() == []
    (clone,) = site.crawl.rows("select * from captures where url like '%clone.html'")
    assert (clone["verdict"], clone["status"]) == ("not_official", None)
    ((verdict, status, reason),) = captures(site, f"{NB}offlist.html")
    assert (verdict, status) == ("not_official", 302)
    assert site.other.host in reason


def test_redirects_in_a_circle_end(site):
    """The hop is kept, the end is an error, and it is not tried for ever."""
    assert (len(site.asked(f"{NB}circle.html")), len(site.asked(f"{NB}circle2.html"))) == (1, 1)
    assert captures(site, f"{NB}circle.html")[-1][0] == "error"


def test_robots_txt_forbids_without_a_request(site):
    """The refusal is recorded; robots.txt itself is a capture."""
    assert site.asked("/secret/report.html") == []
    ((verdict, status, _),) = captures(site, "/secret/report.html")
    assert (verdict, status) == ("forbidden", None)
    assert captures(site, "/robots.txt") == [("ok", 200, "")]
    assert site.asked()[0] == "/robots.txt"


@pytest.mark.parametrize(
    ("name", "verdict"),
    [("soft", "soft_404"), ("dead", "gone"), ("home", "soft_404"), ("cut", "error"), ("reset", "error"),
     ("slow", "error"), ("large", "error"), ("flaky", "ok")],
)  # fmt: skip
def test_trap_ends_with_its_verdict(site, name, verdict):
    """No trap becomes a document, and none is taken for a good page."""
    assert captures(site, f"{NB}{name}.html")[-1][0] == verdict
    found = site.crawl.rows("select * from documents where url = :url", url=site.url(f"{NB}{name}.html"))
    assert len(found) == (verdict == "ok")


@pytest.mark.parametrize(
    ("name", "times"), [("cut", 2), ("reset", 2), ("flaky", 2), ("large", 1), ("dead", 1)]
)
def test_errors_are_tried_again_a_bounded_number_of_times(site, name, times):
    """What is gone or too large stays so; the rest gets RETRY_LIMIT more tries."""
    ends = captures(site, f"{NB}{name}.html")
    assert (len(site.asked(f"{NB}{name}.html")), len(ends)) == (times, times)


def test_second_run_asks_only_for_lists_and_what_failed(site):
    """Lists cost one conditional request each; documents within their freshness none."""
    before = len(site.requests)
    result = site.crawl.run("--year", "2024", settings=SETTINGS)
    second = site.requests[before:]
    assert result.returncode == 0
    asked = [path for path, _ in second]
    for path in ("/robots.txt", NB, f"{NB}index_1.html", f"{NB}index_2.html", f"{NB}2024/"):
        assert asked.count(path) == 1
        assert "if-none-match" in dict(second)[path]
    assert not {f"{NB}202501/html.html", f"{NB}202501/gbk.html", f"{NB}direct.pdf", "/new/moved.html"} & {
        *asked
    }
    verdicts = site.crawl.rows(
        "select verdict from captures where run_id = 2 and role in ('list', 'robots') order by verdict"
    )
    assert {one["verdict"] for one in verdicts} == {"unchanged"}


@pytest.fixture(scope="module")
def next_day(site):
    """The site a day later: one page changed, one gone from list and server, one new on the list."""
    site.run_before = site.crawl.rows("select max(id) as id from runs")[0]["id"]
    site.crawl.now = "2025-02-06T09:00:00+08:00"
    site.put(f"{NB}202501/html.html", article("甲局", "<p>更正</p>"))
    del site.pages[f"{NB}202501/gbk.html"]
    title = REPORT.format(body="甲局")
    site.put(NB, list_page(
        row("./202501/html.html", title, "2025-01-16"),
        row("./202501/old.html", title.replace("2024", "2023"), "2024-01-16"),
        after="<a href='index_1.html'>下一页</a>",
    ))  # fmt: skip
    site.put(f"{NB}202501/old.html", article("甲局").replace("2024", "2023"))
    before = len(site.requests)
    site.crawl.run("--year", "2024", settings=SETTINGS)
    site.asked_next_day = dict(site.requests[before:])
    return site


def test_stale_documents_are_asked_for_conditionally_and_seen_again(next_day):
    """304 moves last seen, and nothing is stored twice."""
    for name in (f"{NB}202501/P1.docx", "/new/moved.html"):
        assert "if-none-match" in next_day.asked_next_day[name]
    found = document(next_day, f"{NB}202501/P1.docx")
    assert (found["first_seen_at"][:10], found["last_seen_at"][:10]) == ("2025-02-05", "2025-02-06")


def test_changed_page_is_a_second_version(next_day):
    """The bytes differ: both are kept."""
    rows = next_day.crawl.rows(
        "select first_seen_at from documents where url = :url", url=next_day.url(f"{NB}202501/html.html")
    )
    assert [one["first_seen_at"][:10] for one in rows] == ["2025-02-05", "2025-02-06"]


def test_page_that_vanished_from_its_list_is_still_looked_at(next_day):
    """A published report must stay up, also when nothing links it any more."""
    assert captures(next_day, f"{NB}202501/gbk.html")[-1][:2] == ("gone", 404)


def test_earlier_year_is_fetched_when_it_is_asked_for(next_day):
    """The same lists, read for another year, from the bytes that are kept where they are unchanged."""
    assert next_day.asked(f"{NB}202501/old.html") == []
    next_day.crawl.run("--year", "2023", settings=SETTINGS)
    assert document(next_day, f"{NB}202501/old.html")["listed_on"] == "2024-01-16"
