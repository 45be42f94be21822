# ruff: noqa: E501 - pages stand here as portals write them
"""TRS WCM: a county's column with sub-columns, static pages, files beside the articles.

Traps: page 2 is index_1.html; links relative to the folder; titles cut off with the whole one in `title`; a
GB2312 page; a report that is only a Word file; one that lies in an iframe; the office's and the whole
county's report in one column; readings, the website's own report, older years.
"""

from tests.crawler.families.kit import Family, Reply, Server, in_gbk, report_docx, report_html, title_of

SPIDER = "trs-wcm"
NB = "/zwgk/zfxxgk/zfxxgknb/"
PICTURED = "长顺县林业局"
OFFICE, COUNTY = "长顺县人民政府办公室", "长顺县"


def build(server: Server) -> Family:
    """The site of 长顺县."""
    bodies = {"长顺县财政局": "t20250116_3376164", "长顺县民政局": "t20250117_3376170"}
    pages = {
        "/robots.txt": Reply("User-agent: *\nDisallow: /admin/\n", kind="text/plain"),
        NB: column(
            item("./202501/t20250120_3376201.html", title_of(OFFICE), "2025-01-20"),
            item("./202503/t20250328_3399001.html", title_of(COUNTY), "2025-03-28"),
            item("./202401/t20240119_2276201.html", title_of(OFFICE, 2023), "2024-01-19"),
            item("./202501/t20250121_3376300.html", f"《{title_of(OFFICE)}》解读", "2025-01-21"),
            item("./202501/t20250121_3376301.html", "长顺县2024年政府网站工作年度报表", "2025-01-21"),
            item(
                "./202501/t20250108_3376100.html",
                "关于做好2024年政府信息公开年度报告编制工作的通知",
                "2025-01-08",
            ),
            head='<a href="./bmnb_70772/">部门年报</a><a href="./xzjdnb_70773/index.html">乡镇(街道)年报</a>',
        ),
        f"{NB}bmnb_70772/": column(
            *(item(f"./202501/{id_}.html", title_of(body), "2025-01-16") for body, id_ in bodies.items()),
            item("./202501/t20250116_3376199.html", title_of(PICTURED), "2025-01-16"),
            item("../../../202501/t20250115_1.html", "部门动态：我县召开政务公开工作推进会", "2025-01-15"),
            pager=(2, 0),
        ),
        f"{NB}bmnb_70772/index_1.html": column(
            '<li><a href="./202501/t20250118_3376180.html" title="长顺县教育局2024年政府信息公开工作年度报告">'
            "长顺县教育局2024年政府信息公开工...</a><span>2025-01-18</span></li>",
            item("./202501/t20250119_3376190.html", title_of("长顺县水务局"), "2025-01-19"),
            item("./202301/t20230118_1176180.html", title_of("长顺县教育局", 2022), "2023-01-18"),
            pager=(2, 1),
        ),
        f"{NB}xzjdnb_70773/index.html": column(
            item("./202501/t20250114_3376140.html", title_of("广顺镇人民政府"), "2025-01-14"),
            item("./202501/t20250114_3376141.html", title_of("长寨街道办事处"), "2025-01-14"),
        ),
        f"{NB}202501/t20250120_3376201.html": article(title_of(OFFICE)),
        f"{NB}202503/t20250328_3399001.html": article(title_of(COUNTY)),
        f"{NB}bmnb_70772/202501/t20250118_3376180.html": in_gbk(article(title_of("长顺县教育局"))),
        f"{NB}bmnb_70772/202501/t20250119_3376190.html": article(
            title_of("长顺县水务局"),
            '<p>附件：<a href="./P020250119585858585858.docx">长顺县水务局2024年政府信息公开工作年度报告.docx</a></p>'
            '<p><a href="./P020250119595959595959.docx">年度报告解读.docx</a></p>',
        ),
        f"{NB}bmnb_70772/202501/P020250119585858585858.docx": Reply(
            report_docx(title_of("长顺县水务局")), kind="application/msword"
        ),
        f"{NB}xzjdnb_70773/202501/t20250114_3376140.html": article(title_of("广顺镇人民政府")),
        f"{NB}xzjdnb_70773/202501/t20250114_3376141.html": article(
            title_of("长寨街道办事处"), '<iframe src="./W020250114.html" width="100%" height="2000"></iframe>'
        ),
        f"{NB}xzjdnb_70773/202501/W020250114.html": article(title_of("长寨街道办事处"), None),
    }
    folder = f"{NB}bmnb_70772/202501/"
    pages[f"{folder}t20250116_3376199.html"] = article(
        title_of(PICTURED), '<p><img src="./W020250116.jpg" alt=""></p><p><img src="./W020250117.jpg"></p>'
    )
    pictures = (f"{folder}W020250116.jpg", f"{folder}W020250117.jpg")
    pages |= {
        path: Reply(b"\xff\xd8\xff\xe0\x00\x10JFIF" + path.encode(), kind="image/jpeg") for path in pictures
    }
    for body, id_ in bodies.items():
        pages[f"{NB}bmnb_70772/202501/{id_}.html"] = article(title_of(body))
    everyone = [OFFICE, COUNTY, *bodies, "长顺县教育局", "长顺县水务局", "广顺镇人民政府", "长寨街道办事处"]
    return Family(
        SPIDER, [NB], set(map(title_of, everyone)), pages,
        kept=pictures, taboo=("t2024", "t2023", "3376300", "3376301", "3376100", "585959", "595959", "/202501/t20250115"),
    )  # fmt: skip


def item(href: str, title: str, shown: str) -> str:
    """A line of a list."""
    return f'<li><a href="{href}" target="_blank">{title}</a><span>{shown}</span></li>'


def column(*items: str, head: str = "", pager: tuple[int, int] = (1, 0)) -> str:
    """A list page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<meta name="SiteName" content="长顺县人民政府"><meta name="ColumnName" content="政府信息公开年报">
<title>政府信息公开年报_长顺县人民政府</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/zwfw/">政务服务</a></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 政府信息公开年报</div>
<div class="left">{head}</div><ul class="list">{"".join(items)}</ul>
<div class="page"><script>createPageHTML({pager[0]}, {pager[1]}, "index", "html");</script></div>
<div class="footer">主办：长顺县人民政府办公室 网站标识码：5227290001</div></body></html>"""


def article(title: str, inner: str | None = None) -> str:
    """An article page; `inner` stands in the place of the report."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2025-01-20 10:00">
<meta name="ContentSource" content="长顺县人民政府办公室"><title>{title}_长顺县人民政府</title></head><body>
<div class="position">当前位置：<a href="/">首页</a> &gt; 政务公开 &gt; 政府信息公开年报</div>
<h1>{title}</h1><div class="info">发布日期：2025-01-20 10:00 字体：[大 中 小]</div>
<div class="TRS_Editor">{report_html(title) if inner is None else inner}</div>
<div class="footer"><img src="/images/dzjg.png">主办：长顺县人民政府办公室</div></body></html>"""
