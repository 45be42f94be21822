# ruff: noqa: E501 - pages stand here as portals write them
"""gkmlpt: the tree and the text in scripts, entries by an API of 100 a page.

Traps: a column of the due year below the column; another sid gives another site's entries; only page= counts, from 1, and beyond the end the answer
is no JSON; the column is found by its name in the tree, two levels deep; titles of https addresses
on a host that has http only; the text is JSON in the page; a file in DETAIL.attachment; a dead article.
"""

import json

from tests.crawler.families.kit import (
    Asked,
    Family,
    Reply,
    Server,
    answer_json,
    prose,
    report_docx,
    report_html,
    title_of,
)

SPIDER = "gd-gkmlpt"
SID = "753018"
FIRST = 2590400
BODIES = ("大埔县三河镇人民政府", "大埔县茶阳镇人民政府", "大埔县公安局", "大埔县应急管理局", "大埔县民政局",
          "大埔县百侯镇人民政府")  # fmt: skip
FILED, BELOW = "大埔县档案局", "大埔县林业局"
TREE = [
    {"id": 2500, "name": "机构职能", "children": [], "post_count": 3, "jump_url": None},
    {"id": 2580, "name": "其他法定信息", "post_count": 104, "jump_url": None, "children": [
        {"id": 2585, "name": "政府网站工作年度报表", "children": [], "post_count": 5, "jump_url": None},
        {"id": 2590, "name": "政府信息公开年报", "children": [
            {"id": 2591, "name": "2024年", "children": [], "post_count": 1, "jump_url": None},
            {"id": 2592, "name": "2022年", "children": [], "post_count": 9, "jump_url": None},
        ], "post_count": 230, "jump_url": None},
    ]},
]  # fmt: skip


def build(server: Server) -> Family:
    """The platform of 大埔县."""
    entries = [entry(server, FIRST + at, title_of(body)) for at, body in enumerate((*BODIES, FILED))]
    old = [entry(server, FIRST - 200 + at, title_of("大埔县公安局", 2012 + at % 11)) for at in range(140)]
    reading = entry(server, FIRST + 50, f"{title_of('大埔县公安局')}解读")
    listed = [*entries[:4], reading, *old, *entries[4:]]
    pages = {
        "/mzdpshzzf/gkmlpt/index": directory(),
        "/mzdpshzzf/gkmlpt/api/all/2591": lambda asked: answer(
            asked, [entry(server, FIRST + 90, title_of(BELOW))]
        ),
        f"/mzdpshzzf/gkmlpt/content/2/2590/post_{FIRST + 90}.html": article(
            title_of(BELOW), report_html(title_of(BELOW))
        ),
        "/mzdpshzzf/gkmlpt/api/all/2590": lambda asked: answer(asked, listed),
    }
    for at, body in enumerate(BODIES):
        title = title_of(body)
        pages[f"/mzdpshzzf/gkmlpt/content/2/2590/post_{FIRST + at}.html"] = article(title, report_html(title))
    pages[f"/mzdpshzzf/gkmlpt/content/2/2590/post_{FIRST + 6}.html"] = article(
        title_of(FILED), prose("详见附件。", 2),
        [{"name": f"{title_of(FILED)}.docx", "url": "/mzdpshzzf/attachment/0/77/770001/2590406.docx"}],
    )  # fmt: skip
    pages["/mzdpshzzf/attachment/0/77/770001/2590406.docx"] = Reply(
        report_docx(title_of(FILED)), kind="application/octet-stream"
    )
    return Family(
        SPIDER, ["/mzdpshzzf/gkmlpt/index"], set(map(title_of, (*BODIES, FILED, BELOW))), pages,
        taboo=("/all/0?", "/all/2585", "/all/2592", "/all/2500", f"post_{FIRST + 50}", "post_25902", "page=3", "page=0"),
    )  # fmt: skip


def entry(server: Server, number: int, title: str) -> dict:
    """An entry as the API lists it; its address says https, which the host does not speak."""
    return {
        "id": number, "title": title, "publisher": "大埔县", "document_number": "", "identifier": "007-2025-1",
        "url": f"https://{server.host}/mzdpshzzf/gkmlpt/content/2/2590/post_{number}.html", "post_url": "",
        "created_at": "2025-01-16 09:00:00", "display_publish_time": 1736989200, "is_expired": 0,
        "is_abolished": 0, "abstract": "", "classify_main": 2590, "classify_main_name": "政府信息公开年报",
    }  # fmt: skip


def answer(asked: Asked, listed: list[dict]) -> Reply:
    """The API: 100 a page from 1; a wrong sid is no error."""
    number = int(asked.query["page"])
    if asked.query.get("sid") != SID:
        other = {**listed[0], "title": title_of("惠州市某局"), "url": "/wrong/post_1.html"}
        return answer_json({"total": 1, "classify": {"post_count": 1}, "articles": [other]})
    if (number - 1) * 100 >= len(listed):
        return Reply("<html><body>error</body></html>")
    shown = listed[(number - 1) * 100 : number * 100]
    return answer_json({"total": len(listed), "classify": {"post_count": 230}, "articles": shown})


def directory() -> str:
    """The directory's page: an application that its script fills."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>大埔县三河镇政府信息公开目录</title>
<script>window._CONFIG = {{
    SID: '{SID}', SITE_NAME: '大埔县', INDEX: '/mzdpshzzf/gkmlpt/index',
    TREE: {json.dumps(TREE)},
    CURRENT: 0,
}};</script></head><body><div id="app"></div><script src="/gkmlpt/js/app.js"></script></body></html>"""


def article(title: str, text: str, files: list[dict] | None = None) -> str:
    """An article's page: its text is in the script."""
    detail = {
        "id": 1, "title": title, "publisher": "大埔县", "document_number": "", "identifier": "007-2025-1",
        "content": text, "display_publish_time": 1736989200, "attachment": files or [], "relation": [],
    }  # fmt: skip
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>
<script>window._CONFIG = {{
    SID: '{SID}', TREE: {json.dumps(TREE)},
    DETAIL: {json.dumps(detail)},
}};</script></head><body><div id="app"></div><script src="/gkmlpt/js/app.js"></script></body></html>"""
