# ruff: noqa: E501 - pages stand here as portals write them
"""VSB: pages that count down, links relative to deep folders, a download servlet without an ending.

Traps: a second column says only in a script how many pages it has; page 2 of three is /zfxxgk/xxgknb/2.htm, page 3 is 1.htm; `download.jsp` answers only with a Referer;
a report whose text is only in the file; a link that only onclick knows; 图解 beside the report.
"""

from tests.crawler.families.kit import (
    Family,
    Server,
    attached,
    only_with_referer,
    prose,
    report_docx,
    report_html,
    title_of,
)

SPIDER = "vsb"
BODIES = {
    "兴国镇人民政府": 1395492,
    "西川镇人民政府": 1395493,
    "秦安县司法局": 1395494,
    "秦安县审计局": 1395495,
}
SCRIPTED = ("陇城镇人民政府", "莲花镇人民政府", "郭嘉镇人民政府")
FILED, CLICKED = "秦安县统计局", "秦安县林业和草原局"
DOWNLOAD = "/system/_content/download.jsp"


def build(_server: Server) -> Family:
    """The site of 秦安县."""
    rows = [item(f"info/14423/{number}.htm", title_of(body)) for body, number in BODIES.items()]
    deep = [row.replace('href="', 'href="../../') for row in rows]
    clicked = f"""<li><a href="javascript:void(0);" onclick="window.open('../../info/14423/1395500.htm')">
        {title_of(CLICKED)}</a><span>2025-01-15</span></li>"""
    pages = {
        "/zfxxgk/xxgknb.htm": column(
            *(row.replace('href="', 'href="../') for row in rows[:2]),
            pager='<a href="xxgknb/2.htm">下页</a><a href="xxgknb/1.htm">尾页</a>',
        ),
        "/zfxxgk/xxgknb/2.htm": column(
            *deep[2:3], clicked, item("../../info/14423/1195500.htm", title_of("秦安县司法局", 2022)),
            pager='<a href="../xxgknb.htm">首页</a><a href="1.htm">下页</a><a href="1.htm">尾页</a>',
        ),
        "/zfxxgk/xxgknb/1.htm": column(
            *deep[3:], item("../../info/14423/1395501.htm", title_of(FILED)),
            item("../../info/14423/1395502.htm", f"一图读懂{title_of(FILED)}"),
            pager='<a href="2.htm">上页</a><span>下页</span><span>尾页</span>',
        ),
        "/info/14423/1395500.htm": article(title_of(CLICKED), report_html(title_of(CLICKED))),
        "/info/14423/1395501.htm": article(
            title_of(FILED),
            f"{prose('现将年度报告公布，详见附件。', 1)}<ul><li>附件【<a href='{DOWNLOAD}?urltype=news.DownloadAttachUrl"
            f"&amp;owner=1234&amp;wbfileid=5678'>{title_of(FILED)}.docx</a>】已下载<span>12</span>次</li></ul>",
        ),
        DOWNLOAD: only_with_referer(attached(f"{title_of(FILED)}.docx", report_docx(title_of(FILED)))),
    }  # fmt: skip
    pager = "<script>_simple_list_gotopage_fun(3,'u8_goto',2)</script>"
    for at, body in enumerate(SCRIPTED):
        path = "/zfxxgk/xzjdnb.htm" if at == 0 else f"/zfxxgk/xzjdnb/{3 - at}.htm"
        pages[path] = column(item(f"/info/14424/{at}.htm", title_of(body)), pager=pager)
        pages[f"/info/14424/{at}.htm"] = article(title_of(body), report_html(title_of(body)))
    pages |= {
        f"/info/14423/{number}.htm": article(title_of(body), report_html(title_of(body)))
        for body, number in BODIES.items()
    }
    return Family(
        SPIDER, ["/zfxxgk/xxgknb.htm", "/zfxxgk/xzjdnb.htm"], set(map(title_of, (*BODIES, *SCRIPTED, FILED, CLICKED))), pages,
        taboo=("1195500", "1395502"),
    )  # fmt: skip


def item(href: str, title: str) -> str:
    """A line of a list."""
    return f'<li id="line_u8_0"><a href="{href}" title="{title}">{title}</a><span>2025-01-15</span></li>'


def column(*items: str, pager: str) -> str:
    """A list page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开年报-秦安县人民政府</title></head>
<body><div class="dqwz">您现在的位置：<a href="/index.htm">首页</a>&gt;&gt;政府信息公开年报</div>
<ul class="list">{"".join(items)}</ul><div class="pb_sys_common"><span class="p_t">共6条</span>{pager}</div>
</body></html>"""


def article(title: str, text: str) -> str:
    """An article page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-秦安县人民政府</title>
<meta name="pageTitle" content="{title}"></head><body><form name="_newscontent_fromname">
<h2 class="title">{title}</h2><div class="xx">发布日期：2025-01-15 点击：<span>77</span></div>
<div id="vsb_content"><div class="v_news_content">{text}</div></div></form></body></html>"""
