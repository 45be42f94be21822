# ruff: noqa: E501 - pages stand here as portals write them
"""Hanweb jpaas: lists as JSON from the publishing server, which believes paramJson only.

Traps: bare pageNo is ignored, pageSize is cut to 5; past the end the last page comes again and no total is
said; the answer links relative to the column; a second declared list beside it has only news; one column
answers with `data` as text.
"""

import json

from tests.crawler.families.kit import Asked, Family, Reply, Server, answer_json, report_html, title_of

SPIDER = "hanweb-jpaas"
API = "/api-gateway/jpaas-publish-server/front/page/build/unit"
CUT_TO = 5
DEPARTMENTS = (
    "平凉市农业农村局",
    "平凉市交通运输局",
    "平凉市教育局",
    "平凉市民政局",
    "平凉市审计局",
    "平凉市统计局",
    "平凉市医保局",
)
TOWNS = ("柳湖镇人民政府", "四十里铺镇人民政府")
COLUMNS = {"/zfxxgk/zfxxgknb/bmnb/": ("page-bm", DEPARTMENTS), "/zfxxgk/zfxxgknb/xznb/": ("page-xz", TOWNS)}


def build(_server: Server) -> Family:
    """The site of 平凉市."""
    pages = {API: unit}
    for column, (page_id, bodies) in COLUMNS.items():
        pages[f"{column}index.html"] = declaring(page_id)
        for body in bodies:
            title = title_of(body)
            pages[f"{column}art/2025/{name_of(body)}"] = article(title)
    return Family(
        SPIDER, [f"{column}index.html" for column in COLUMNS], set(map(title_of, (*DEPARTMENTS, *TOWNS))), pages,
        taboo=("/art/2024/", "art_news", "art_reading"),
    )  # fmt: skip


def name_of(body: str) -> str:
    """The file of a body's report."""
    return f"art_{len(body):x}{sum(body.encode()):031x}.html"


def unit(asked: Asked) -> Reply:
    """The publishing server."""
    query = asked.query
    if query.get("tagId") == "news":
        return answer_json({"data": {"html": "<ul><li><a href='/art/art_news.html'>要闻</a></li></ul>"}})
    bodies = dict(COLUMNS.values())[query["pageId"]]
    rows = [item(f"./art/2025/{name_of(body)}", title_of(body)) for body in bodies]
    rows.insert(1, item("./art/2025/art_reading.html", f"{title_of(bodies[0])}解读"))
    rows.append(item("./art/2024/art_old.html", title_of(bodies[0], 2023)))
    param = json.loads(query.get("paramJson", "{}"))
    size = min(int(param.get("pageSize", 15)), CUT_TO)
    last = (len(rows) - 1) // size
    start = min(int(param.get("pageNo", 1)) - 1, last) * size
    markup = f"<ul class='list'>{''.join(rows[start : start + size])}</ul><div class='pagination'></div>"
    data = {"html": markup} if query["pageId"] == "page-bm" else markup
    return answer_json({"success": True, "code": "200", "message": "", "data": data})


def declaring(page_id: str) -> str:
    """A column's page: its list is only declared."""
    query = (
        f"'webId':'8d828e40','tplSetId':'209741b2','pageType':'column','editType':'null','pageId':'{page_id}'"
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开年报</title></head><body>
<div class="wz">当前位置：<a href="/index.html">首页</a> &gt; 政府信息公开年报</div>
<script src="/script/web_front/AuthorizedRead/unitbuild.js" url="{API}"
 queryData="{{'parseType':'bulidstatic','tagId':'news',{query}}}"></script>
<script src="/script/web_front/AuthorizedRead/unitbuild.js" url="{API}"
 queryData="{{'parseType':'bulidstatic','tagId':'信息列表',{query}}}"></script></body></html>"""


def item(href: str, title: str) -> str:
    """A line of a list."""
    return f"<li><a href='{href}' title='{title}' target='_blank'>{title}</a><span>2025-01-20</span></li>"


def article(title: str) -> str:
    """An article page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2025-01-20"></head><body>
<h1>{title}</h1><div id="zoom" class="bt_content">{report_html(title)}</div></body></html>"""
