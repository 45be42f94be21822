# ruff: noqa: E501 - pages stand here as portals write them
"""UCAP: a town list of a county, page 2 by createPageHTML counted from 1, wrong meta tags.

Traps: a second column only counts its pages; meta ColumnName 头部; a title that names no body, which stands in the index block only; a mirror of
the list under another name; the website's own report of the same kind; an older year.
"""

from tests.crawler.families.kit import Family, Server, report_html, title_of

SPIDER = "ucap"
COLUMN = "/xjwqx/c128570/"
NAMELESS = "2024年政府信息公开工作年度报告"
COUNTED = ("绿山镇人民政府", "波斯坦铁列克乡人民政府")
TOWNS = ("乌恰县民政局", "乌恰县教育局", "乌恰镇人民政府", "康苏镇人民政府", "巴音库鲁提镇人民政府")


def build(_server: Server) -> Family:
    """The site of 乌恰县."""
    hexes = {body: f"{number:032x}" for number, body in enumerate(TOWNS, 0xADD5FCD861E34325B850537296AEE3A0)}
    rows = [item(f"{COLUMN}202501/{hexes[body]}.shtml", title_of(body)) for body in TOWNS]
    nameless = f"{COLUMN}202501/46aba5e181454bc798b5443c493da056.shtml"
    pages = {
        f"{COLUMN}xxgk_list.shtml": column(
            *rows[:3],
            item(f"{COLUMN}202401/{1:032x}.shtml", title_of(TOWNS[0], 2023)),
            item(f"{COLUMN}202501/{2:032x}.shtml", "乌恰县2024年政府网站年度工作报表"),
            script="createPageHTML('page-div',2,1,'xxgk_list','shtml',8);",
        ),
        f"{COLUMN}xxgk_list_2.shtml": column(
            *rows[3:], item(nameless, NAMELESS),
            script="createPageHTML('page-div',2,2,'xxgk_list','shtml',8);",
        ),
        nameless: article(NAMELESS, "乌恰县财政局", "乌恰县财政局2024年政府信息公开工作年度报告"),
    }  # fmt: skip
    for at, body in enumerate(COUNTED):
        url = f"/xjwqx/nb2024xz/202501/{at:032x}.shtml"
        path = f"/xjwqx/nb2024xz/zfxxgk_gknbz{f'_{at + 1}' if at else ''}.shtml"
        pages[path] = column(item(url, title_of(body)), script="var totalPage = 2; var pageSize = 1;")
        pages[url] = article(title_of(body), body)
    pages |= {f"{COLUMN}202501/{hexes[body]}.shtml": article(title_of(body), body) for body in TOWNS}
    return Family(
        SPIDER, [f"{COLUMN}xxgk_list.shtml", "/xjwqx/nb2024xz/zfxxgk_gknbz.shtml"],
        {*map(title_of, (*TOWNS, *COUNTED)), NAMELESS}, pages,
        taboo=("/202401/", f"{2:032x}"),
    )  # fmt: skip


def item(href: str, title: str) -> str:
    """A line of a list."""
    return f'<li class="clearfix"><a href="{href}" title="{title}">{title}</a><b>2025-01-17</b></li>'


def column(*items: str, script: str) -> str:
    """A list page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开年报_乌恰县人民政府</title>
<meta name="SiteName" content="乌恰县人民政府"><meta name="ColumnName" content="头部">
<script>var websiteId='a1b2c3';var websiteCode='xjwqx';</script></head><body>
<div class="location"><span>当前位置：</span><a href="/xjwqx/index.shtml">首页</a>&gt;<span>政府信息公开年报</span></div>
<ul class="gknb-list">{"".join(items)}</ul><div id="page-div"></div><script>{script}</script></body></html>"""


def article(title: str, body: str, numbers_of: str | None = None) -> str:
    """An article page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_乌恰县人民政府</title>
<meta name="SiteName" content="乌恰县人民政府"><meta name="ColumnName" content="头部"></head><body>
<table class="table_content"><tr><td>索 引 号</td><td>wqx/2025-00012</td><td>发布机构</td><td>{body}</td></tr>
<tr><td>名称</td><td><ucaptitle>{title}</ucaptitle></td><td>公开日期</td>
<td><publishtime>2025-01-17</publishtime></td></tr></table>
<div id="zoomcon"><div class="article-content"><ucapcontent>{report_html(numbers_of or title)}</ucapcontent></div></div>
</body></html>"""
