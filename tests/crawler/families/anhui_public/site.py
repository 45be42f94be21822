# ruff: noqa: E501 - pages stand here as portals write them
"""Anhui public/column: a directory of units, one page of reports for each.

Traps: type=3 is the reports, other types are not; action=detail shows the newest report itself; the pager is a
script; a unit whose newest report is last year's; a docx beside the text; other columns' links in every page.
"""

from tests.crawler.families.kit import Asked, Family, Reply, Server, report_docx, report_html, title_of

SPIDER = "anhui-public"
UNITS = {
    6599811: "舒城县阙店乡人民政府",
    6599812: "舒城县城关镇人民政府",
    6599813: "舒城县公安局",
    6599814: "舒城县审计局",
}
LATE = {6599815: "舒城县体育局"}
FILED = 6599814


def build(_server: Server) -> Family:
    """The site of 舒城县."""
    pages = {"/public/column/6599800": directory()}
    for unit, body in {**UNITS, **LATE}.items():
        pages[f"/public/column/{unit}"] = lambda asked, unit=unit, body=body: reports(asked, unit, body)
    for unit, body in UNITS.items():
        text = report_html(title_of(body))
        if unit == FILED:
            text = f"<p><a href='/group4/M00/{unit}.docx'>{title_of(body)}.docx</a></p>"
        pages[f"/public/{unit}/{unit}01.html"] = article(title_of(body), text)
    pages[f"/group4/M00/{FILED}.docx"] = Reply(
        report_docx(title_of(UNITS[FILED])), kind="application/octet-stream"
    )
    return Family(
        SPIDER, ["/public/column/6599800?type=2&nav=2"], set(map(title_of, UNITS.values())), pages,
        taboo=("type=4", "type=1", "2023.html", "jd.html"),
    )  # fmt: skip


def directory() -> str:
    """The page that links all units."""
    units = "".join(
        f"<li><a href='/public/column/{unit}?type=2&nav=2'>{body}</a></li>"
        for unit, body in {**UNITS, **LATE}.items()
    )
    return page("政府信息公开指南", f"<ul class='organ-tree'>{units}</ul>")


def reports(asked: Asked, unit: int, body: str) -> str:
    """A unit's page of a type: of type 3 its reports, newest on the second page for one unit."""
    if asked.query.get("type") != "3":
        return page("政府信息公开指南", "<p>指南</p>")
    number = int(asked.query.get("pageIndex", "1"))
    due = "" if unit in LATE else item(f"/public/{unit}/{unit}01.html", title_of(body))
    old = item(f"/public/{unit}/2023.html", title_of(body, 2023)) + item(
        f"/public/{unit}/jd.html", f"{title_of(body)}解读"
    )
    two = unit == 6599812
    rows = (old if number == 1 else due) if two else due + old
    script = f"Ls.pagination('#page', {{currPage:{number}, pageCount:{2 if two else 1}, pageSize:20}});"
    return page(
        "政府信息公开年报", f"<ul class='doc_list'>{rows}</ul><div id='page'></div><script>{script}</script>"
    )


def item(href: str, title: str) -> str:
    """A line of a list."""
    return f"<li><a href='{href}' title='{title}' target='_blank'>{title}</a><span class='date'>2025-01-14</span></li>"


def page(name: str, text: str) -> str:
    """A page of the disclosure site."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{name}_舒城县人民政府</title>
<meta name="ColumnName" content="{name}"></head><body><div class="wz">当前位置：<a href="/">首页</a> &gt; {name}</div>
<a href="/public/column/6599800?type=1&nav=1">信息公开制度</a><a href="/public/column/6599800?type=4&nav=4">法定主动公开内容</a>
{text}</body></html>"""


def article(title: str, text: str) -> str:
    """An article page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_舒城县人民政府</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2025-01-14 16:00"></head><body>
<table class="xxgk_table"><tr><th>索引号</th><td>00301/202501-00007</td><th>发布机构</th><td>舒城县</td></tr></table>
<h1>{title}</h1><div class="wzcon j-fontContent">{text}</div></body></html>"""
