# ruff: noqa: E501 - pages stand here as portals write them
"""NFCMS: a district's column, page 2 is index_2.html, each article twice (post_ and mpost_).

Traps: the copy for telephones; a report in pictures' place with an <embed>; 解读; an older year; a link to
another portal's list.
"""

from tests.crawler.families.kit import Family, Reply, Server, report_docx, report_html, title_of

SPIDER = "gd-nfcms"
COLUMN = "/bmxxgk/xxgkndbg_124564/"
BODIES = {
    "龙华区教育局": 11959001,
    "龙华区卫生健康局": 11959002,
    "龙华区城市管理局": 11959003,
    "福城街道办事处": 11959004,
}
EMBEDDED = "观湖街道办事处"


def build(server: Server) -> Family:
    """The site of 龙华区."""
    rows = [
        item(f"http://{server.host}{COLUMN}content/post_{number}.html", title_of(body))
        for body, number in BODIES.items()
    ]
    pages = {
        f"{COLUMN}index.html": column(
            *rows[:2],
            item(f"{COLUMN}content/mpost_11959001.html", title_of("龙华区教育局")),
            item(f"{COLUMN}content/post_11959100.html", f"{title_of('龙华区教育局')}解读"),
            item("http://www.sz.gov.cn/cn/xxgk/xxgknb/index.html", "深圳市政府信息公开年报"),
            pager='<a class="prev disabled">上一页</a><a class="next" href="index_2.html">下一页</a>',
        ),
        f"{COLUMN}index_2.html": column(
            *rows[2:], item(f"{COLUMN}content/post_11959005.html", title_of(EMBEDDED)),
            item(f"{COLUMN}content/post_9459001.html", title_of("龙华区教育局", 2021)),
            pager='<a class="prev" href="index.html">上一页</a><a class="next disabled">下一页</a>',
        ),
        f"{COLUMN}content/post_11959005.html": article(
            title_of(EMBEDDED), '<embed src="/attachment/0/1234/1234567/11959005.docx" width="800">'
        ),
        "/attachment/0/1234/1234567/11959005.docx": Reply(
            report_docx(title_of(EMBEDDED)), kind="application/octet-stream"
        ),
    }  # fmt: skip
    pages |= {
        f"{COLUMN}content/post_{number}.html": article(title_of(body), report_html(title_of(body)))
        for body, number in BODIES.items()
    }
    return Family(
        SPIDER, [f"{COLUMN}index.html"], set(map(title_of, (*BODIES, EMBEDDED))), pages,
        taboo=("mpost_", "11959100", "9459001"),
    )  # fmt: skip


def item(href: str, title: str) -> str:
    """A line of a list."""
    return f'<li><a href="{href}" title="{title}">{title}</a><span class="time">2025-01-24</span></li>'


def column(*items: str, pager: str) -> str:
    """A list page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>信息公开年度报告-深圳市龙华区政府在线</title>
<meta name="ColumnName" content="信息公开年度报告"></head><body><div class="crumb">当前位置：<a href="/">首页</a> &gt;
部门信息公开 &gt; 信息公开年度报告</div><ul class="news_list">{"".join(items)}</ul><div class="page">{pager}</div>
</body></html>"""


def article(title: str, text: str) -> str:
    """An article page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-深圳市龙华区政府在线</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2025-01-24 15:20">
<meta name="ContentSource" content="龙华区"><meta name="ArticleId" content="11959001"></head><body>
<h1>{title}</h1><div class="msg">信息提供日期：2025-01-24</div>
<div class="news_cont_d_wrap"><div class="article-content">{text}</div></div></body></html>"""
