# ruff: noqa: E501 - pages stand here as portals write them
"""Epoint EWB: a numbered column, entries by a JSON API, the site's names in a script.

Traps: the API is POST with JSON only; the page's number counts from 1 and 0 is page 1 again; pageSize is cut to
4; a wrong siteGuid gives another site's entries; titles carry tags; addresses with query in the path.
"""

from tests.crawler.families.kit import Asked, Family, Reply, Server, answer_json, report_html, title_of

SPIDER = "epoint-ewb"
GUID = "3373428a-5c73-4318-83c9-32cf98fea0d3"
CATEGORY = "002005002"
CUT_TO = 4
BODIES = ("抚顺市生态环境局", "抚顺市司法局", "抚顺市教育局", "抚顺市民政局", "抚顺市统计局", "抚顺市审计局")


def build(_server: Server) -> Family:
    """The site of 抚顺市."""
    pages = {
        "/zwgk/002005/002005002/subPage.html": column(),
        "/js/webBuilderCommon.js": Reply(
            f'var siteInfo = {{ "siteGuid": "{GUID}", "projectName": "EWB-FRONT" }};',
            kind="application/javascript",
        ),
        "/EWB-FRONT/rest/lightfrontaction/getgovinfolist": action,
    }
    pages |= {path_of(body): article(title_of(body)) for body in BODIES}
    return Family(
        SPIDER, ["/zwgk/002005/002005002/subPage.html"], set(map(title_of, BODIES)), pages,
        taboo=("/20240113/", "/news/", "jiedu"),
    )  # fmt: skip


def path_of(body: str) -> str:
    """The address of a body's report."""
    number = BODIES.index(body)
    return f"/zwgk/002005/002005002/002005002008/20250113/97dde8d9-4bd3-4821-8fe0-{number:012x}.html"


def action(asked: Asked) -> Reply:
    """The API."""
    if asked.method != "POST":
        return Reply('{"status":{"code":"0","text":"不支持"}}', 500, kind="application/json")
    question = asked.json
    if question["siteGuid"] != GUID or question["categorynum"] != CATEGORY:
        return answer_json({"custom": {"total": 1, "data": [{"infourl": "/news/1.html", "title": "别站"}]}})
    rows = [entry(path_of(body), title_of(body)) for body in BODIES]
    rows.insert(3, entry("/zwgk/002005/jiedu.html", f"{title_of(BODIES[0])}解读"))
    rows.append(entry(path_of(BODIES[0]).replace("/2025", "/2024"), title_of(BODIES[0], 2023)))
    size = min(int(question["pageSize"]), CUT_TO)
    start = max(int(question["pageIndex"]) - 1, 0) * size
    return answer_json(
        {"custom": {"total": len(rows), "data": rows[start : start + size]}, "status": {"code": 1}}
    )


def entry(url: str, title: str) -> dict:
    """An entry of the API."""
    return {"infourl": url, "title": f"<font color=''>{title[:10]}...</font>", "realtitle": title,
            "infodate": "2025-01-13", "deptname": "抚顺市"}  # fmt: skip


def column() -> str:
    """The column's page."""
    return """<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开年报</title></head><body>
<div class="ewb-location">您的位置：<a href="/">首页</a> &gt; 政府信息公开年报</div><ul class="ewb-list" id="list"></ul>
<script src="/js/webBuilderCommon.js"></script><script src="/js/openlist.js"></script></body></html>"""


def article(title: str) -> str:
    """An article page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>
<h3 class="article-title">{title}</h3><div class="info-sources">发布时间：2025-01-13</div>
<div class="ewb-article-info" id="Zoom">{report_html(title)}</div></body></html>"""
