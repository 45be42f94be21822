# ruff: noqa: E501 - pages stand here as portals write them
"""Hanweb JCMS: a jpage column, a disclosure search, a tree of bodies with one page for each and year.

Traps: a second column's proxy takes POST only; startrecord is ignored, only page counts, and perpage is cut to 4; index_1.html is 404; the proxy and
the search want a Referer; a bar beside the column has a datastore of its own; the search returns the whole
area; a code that the module does not know shows another body's report of another year; download servlet.
"""

from tests.crawler.families.kit import (
    NOT_FOUND,
    Asked,
    Family,
    Reply,
    Server,
    attached,
    only_with_referer,
    prose,
    report_docx,
    report_html,
    title_of,
)

SPIDER = "hanweb-jcms"
CUT_TO = 4
LISTED = ("小营街道办事处", "湖滨街道办事处", "上城区教育局", "上城区民政局", "上城区司法局", "上城区财政局", "上城区审计局",
          "上城区统计局", "上城区水利局", "上城区档案局", "上城区信访局", "上城区商务局")  # fmt: skip
SEARCHED = ("南星街道办事处", "清波街道办事处", "望江街道办事处")
CODED = {
    "11370883004326307F": "邹城市公安局",
    "1137088300432631XX": "邹城市城前镇人民政府",
    "330483ZFC00000": "邹城市人民政府",
}
FILED = "上城区商务局"
PROXY = "/module/web/jpage/dataproxy.jsp"
POST_PROXY = "/module/jpage/dataproxy.jsp"
COL, XXGK, POSTED = "1229233089", "1229233090", "1229233091"
TOWNS = ("丁兰街道办事处", "九堡街道办事处", "笕桥街道办事处", "彭埠街道办事处", "凯旋街道办事处")


def build(_server: Server) -> Family:
    """The site of 上城区."""
    records = [
        item(f"/art/2025/1/16/art_{COL}_{4327000 + at}.html", title_of(body))
        for at, body in enumerate(LISTED)
    ]
    records.insert(2, item(f"/art/2025/1/17/art_{COL}_4327900.html", f"{title_of('上城区教育局')}解读"))
    records.insert(7, item(f"/art/2024/1/16/art_{COL}_3327900.html", title_of("上城区教育局", 2023)))
    pages = {
        f"/col/col{COL}/index.html": column(records),
        PROXY: only_with_referer(lambda asked: proxy(asked, records)),
        f"/col/col{XXGK}/index.html": search_page(),
        "/module/xxgk/search.jsp": search,
        "/module/xxgk/tree.jsp": tree(),
        "/module/xxgk/xxgkAnnualReport.jsp": annual_report,
        "/module/download/downfile.jsp": attached("年报.docx", report_docx(title_of(FILED))),
    }
    towns = [item(f"/art/2025/1/16/art_{POSTED}_{at}.html", title_of(body)) for at, body in enumerate(TOWNS)]
    pages[
        f"/col/col{POSTED}/index.html"
    ] = f"""<html><head><meta charset="utf-8"><title>街道年报</title></head><body>
<a href="/">首页</a><div id="77"></div><script>$('#77').jpage({{totalRecord:5, perPage:15, proxyUrl:'{POST_PROXY}',
ajaxParam:{{webid:3096,columnid:{POSTED},unitid:'77'}} }});</script></body></html>"""
    pages[POST_PROXY] = lambda asked: posted(asked, towns)
    for at, body in enumerate(TOWNS):
        pages[f"/art/2025/1/16/art_{POSTED}_{at}.html"] = article(title_of(body), report_html(title_of(body)))
    for at, body in enumerate(LISTED):
        pages[f"/art/2025/1/16/art_{COL}_{4327000 + at}.html"] = article(
            title_of(body), report_html(title_of(body))
        )
    for at, body in enumerate(SEARCHED):
        pages[f"/art/2025/1/15/art_{XXGK}_{5327000 + at}.html"] = article(
            title_of(body), report_html(title_of(body))
        )
    pages[f"/art/2025/1/16/art_{COL}_{4327000 + LISTED.index(FILED)}.html"] = article(
        title_of(FILED), prose("详见附件。", 2)
        + "<p><a href='/module/download/downfile.jsp?classid=0&amp;filename=2501161010101.docx'>年度报告</a></p>",
    )  # fmt: skip
    return Family(
        SPIDER,
        [f"/col/col{COL}/index.html", f"/col/col{XXGK}/index.html", f"/col/col{POSTED}/index.html", "/module/xxgk/tree.jsp?area=330102"],
        set(map(title_of, (*LISTED, *TOWNS, *SEARCHED, *CODED.values()))), pages,
        values={"options": {"infotype": "A0203"}},
        refused=(POST_PROXY,),
        taboo=("4327900", "3327900", "/art/2025/1/2/", "index_1.html", "columnid=777"),
    )  # fmt: skip


def item(href: str, title: str) -> str:
    """A record's markup: two links to one article, as templates with a picture have."""
    return (f"<li><a href='{href}' title='{title}' target='_blank'>{title[:12]}...</a>"
            f"<a href='/col/col{COL}/index.html'>[年报]</a><span>2025-01-16</span></li>")  # fmt: skip


def store(records: list[str], total: int, group: str = "") -> str:
    """A datastore."""
    inner = "".join(f"<record><![CDATA[\n{record}]]></record>\n" for record in records)
    return (f"<datastore>\n<totalrecord>{total}</totalrecord>\n<nextgroup><![CDATA[<a href=\"{group}\"></a>]]>"
            f"</nextgroup>\n<recordset>\n{inner}</recordset>\n</datastore>")  # fmt: skip


def column(records: list[str]) -> str:
    """The column's page: the first records in a script, and news of another column beside them."""
    group = f"{PROXY}?page=1&webid=3096&path=/&columnid={COL}&unitid=5504308&webname=上城区&permissiontype=0"
    news = "/module/web/jpage/dataproxy.jsp?page=1&webid=3096&columnid=777&unitid=1"
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>杭州市上城区人民政府 政府信息公开年报</title>
<meta name="ColumnName" content="政府信息公开年报"></head><body><div>您的位置：<a href="/">首页</a>&gt;年报</div>
<div id="1"><script type="text/xml">{store([item("/art/2025/1/2/art_777_1.html", "我区召开大会")], 400, news)}</script></div>
<div id="5504308"><script type="text/xml">{store(records[:3], len(records), group)}</script></div>
<script>$(function(){{ $('#5504308').jpage({{totalRecord:{len(records)}, perPage:15, proxyUrl:'{PROXY}',
ajaxParam:{{webid:3096,path:'/',columnid:{COL},unitid:'5504308',permissiontype:0}} }}); }});</script></body></html>"""


def proxy(asked: Asked, records: list[str]) -> Reply | str:
    """The proxy: it knows pages only, of at most CUT_TO records."""
    if asked.query.get("columnid") != COL:
        return Reply(store([item("/art/2025/1/2/art_777_2.html", "另一个栏目")], 1), kind="text/xml")
    size = min(int(asked.query.get("perpage", "15")), CUT_TO)
    start = (int(asked.query.get("page", "1")) - 1) * size
    return Reply(store(records[start : start + size], len(records)), kind="text/xml;charset=UTF-8")


def posted(asked: Asked, records: list[str]) -> Reply:
    """A proxy that takes POST only, with the column in the form and the place in the address."""
    if asked.method != "POST" or asked.form.get("columnid") != POSTED:
        return NOT_FOUND
    start, end = int(asked.query["startrecord"]) - 1, int(asked.query["endrecord"])
    return Reply(store(records[start : min(end, start + 3)], len(records)), kind="text/xml")


def search_page() -> str:
    """The disclosure module's column."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开</title></head><body>
<a href="/">首页</a><a href="/col/col{COL}/index.html">信息公开年报</a><div id="div{XXGK}"></div><script>
var param = {{infotypeId:'', jdid:'3096', area:'330102', divid:'div{XXGK}', sortfield:',createdatetime:0',
standardXxgk:'0', isAllList:'1'}};
$.post('/module/xxgk/search.jsp', param, function(data){{ $('#div{XXGK}').html(data); }});</script></body></html>"""


def search(asked: Asked) -> Reply | str:
    """The search: a table of two entries a page; without an infotypeId it is the whole area's."""
    if asked.method != "POST" or not asked.headers.get("referer"):
        return NOT_FOUND
    fields = asked.form
    if fields["infotypeId"] != "A0203" or fields["area"] != "330102":
        return "<table><tr><td><a href='/art/2025/1/2/art_9_9.html'>通知公告</a></td></tr></table>共99页"
    number = int(fields["currpage"])
    shown = list(enumerate(SEARCHED))[(number - 1) * 2 : number * 2]
    rows = "".join(
        f"<tr class='tr_main_value_odd'><td>{at}</td><td><a href='/art/2025/1/15/art_{XXGK}_{5327000 + at}.html' "
        f"mc='{title_of(body)}' title='{title_of(body)}'>{title_of(body)}</a></td><td>2025-01-15</td></tr>"
        for at, body in shown
    )
    return f"<table class='tb_main'>{rows}</table><div>共3条 共2页 当前第{number}页</div>"


def tree() -> str:
    """The frame that carries the bodies' codes."""
    nodes = "".join(
        f"d.add({at},0,'{name}','/module/xxgk/tree.jsp?divid=d&area={code}');"
        for at, (code, name) in enumerate(CODED.items())
    )
    return f"""<html><head><meta charset="utf-8"><title>信息公开目录</title></head><body><a href="/">返回首页</a>
<script>var d = new dTree('d'); {nodes} d.add(9,0,'未知单位','/module/xxgk/tree.jsp?area=NOBODY0001');</script></body></html>"""


def annual_report(asked: Asked) -> str:
    """The report of a body and year; an unknown code shows the government's of an earlier year."""
    body = CODED.get(asked.query["area"])
    title = title_of(body, int(asked.query["fbtime"])) if body else title_of("邹城市人民政府", 2019)
    years = "".join(
        f"<li><a href='?area={asked.query['area']}&fbtime={year}'>{year}年</a></li>" for year in (2024, 2023)
    )
    text = report_html(title) if body else prose(title)
    return article(title, text, f"<ul class='years'>{years}</ul>")


def article(title: str, text: str, beside: str = "") -> str:
    """An article page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2025-01-16 09:30"></head><body>{beside}
<h1>{title}</h1><p>发布日期：2025-01-16 浏览次数：9</p><meta name="ContentStart"><div id="zoom">{text}</div>
<meta name="ContentEnd"></body></html>"""
