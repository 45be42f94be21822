# ruff: noqa: E501 - pages stand here as portals write them
"""TrueCMS: the first records in the page, all of them as JSONP that wraps a datastore.

Traps: a second column does not say how many at once, and 20 is the most; a perpage beyond the site's own is 404; no answer without Referer; startrecord and endrecord count; the
titles of records are cut off.
"""

from tests.crawler.families.kit import (
    NOT_FOUND,
    Asked,
    Family,
    Reply,
    Server,
    only_with_referer,
    report_html,
    title_of,
)

SPIDER = "truecms"
LIST = "/rgsrmzf/zfxxgknb/zfxxgknb.html"
PER_PAGE = 2
COLUMN = "852694c8-396b-4bcb-bf74-24b8ec291008"
OTHER = "593f0397-04d7-44c3-8339-240a77a793ce"
MOST = {COLUMN: PER_PAGE, OTHER: 20}
BODIES = (
    "如皋市教育局",
    "如皋市民政局",
    "如皋市司法局",
    "如皋市财政局",
    "如皋市水务局",
    "如皋市商务局",
    "如皋市审计局",
    "如城街道办事处",
)


def build(_server: Server) -> Family:
    """The site of 如皋市."""
    rows = [item(path_of(body), title_of(body)) for body in BODIES[:-2]]
    rows.insert(1, item("/rgsrmzf/zfxxgknb/content/old.html", title_of(BODIES[0], 2023)))
    rows.insert(6, item("/rgsrmzf/zfxxgknb/content/tj.html", f"图解：{title_of(BODIES[0])}"))
    pages = {
        LIST: column(rows),
        "/truecms/messageController/getMessage.do": only_with_referer(lambda asked: messages(asked, rows)),
    }
    pages[
        "/rgsrmzf/xzjd/xzjd.html"
    ] = f"""<html><head><meta charset="utf-8"><title>镇街年报</title></head><body>
<a href="/">首页</a><div id="list"></div><script>load({{columnId: "{OTHER}"}}, 'getMessage.do');</script></body></html>"""
    pages |= {path_of(body): article(title_of(body)) for body in BODIES}
    return Family(
        SPIDER,
        [LIST, "/rgsrmzf/xzjd/xzjd.html"],
        set(map(title_of, BODIES)),
        pages,
        taboo=("old.html", "tj.html"),
        refused=("perpage=50",),
    )


def path_of(body: str) -> str:
    """The address of a body's report."""
    return f"/rgsrmzf/zfxxgknb/content/{1000 + BODIES.index(body)}.html"


def messages(asked: Asked, rows: list[str]) -> Reply:
    """The proxy."""
    query = asked.query
    if query["columnId"] not in {COLUMN, OTHER} or int(query["perpage"]) > MOST[query["columnId"]]:
        return NOT_FOUND
    if query["columnId"] == OTHER:
        rows = [item(path_of(body), title_of(body)) for body in BODIES[-2:]]
    shown = rows[int(query["startrecord"]) - 1 : int(query["endrecord"])]
    records = "".join(f"<record><![CDATA[{row}]]></record>" for row in shown)
    result = f"<datastore><totalrecord>{len(rows)}</totalrecord><recordset>{records}</recordset></datastore>"
    text = result.replace("\\", "\\\\").replace('"', '\\"')
    return Reply(f'{query["callback"]}({{"result":"{text}"}})', kind="text/javascript;charset=UTF-8")


def item(href: str, title: str) -> str:
    """A record's markup."""
    return f"<li><span>[2025-01-21]</span><a href='{href}' title='{title}'>{title[:14]}...</a></li>"


def column(rows: list[str]) -> str:
    """The list page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开年报_如皋市人民政府</title></head><body>
<div class="wz">当前位置：<a href="/">首页</a> &gt; 政府信息公开年报</div><div id="msgList"></div>
<div id="initData" style="display:none"><ul>{"".join(rows[: PER_PAGE * 3])}</ul></div><script>
$('#msgList').jpage({{ cache:false, dataStore:initData, totalRecord:"{len(rows)}",
 proxyUrl:'/truecms/messageController/getMessage.do', perPage:{PER_PAGE}, groupSize:3, barPosition:'bottom',
 ajaxParam:{{ columnId:'{COLUMN}' }} }});</script></body></html>"""


def article(title: str) -> str:
    """An article page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_如皋市人民政府</title></head><body>
<h1>{title}</h1><div class="con" id="zoom">{report_html(title)}</div></body></html>"""
