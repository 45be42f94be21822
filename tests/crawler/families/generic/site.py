# ruff: noqa: E501 - pages stand here as portals write them
"""The generic family: small shapes that YAML alone covers, and lists without any family.

Traps: addresses by year and by the bodies' codes, a query encoded in the path, a shell around an iframe, a
list that names only bodies, pages linked as 下一页, a column page that is the report itself.
"""

from tests.crawler.families.kit import Family, Server, report_html, title_of

SPIDER = "generic"
BY_CODE = {"155": "西城区财政局", "156": "西城区教育局", "157": "西城区民政局"}
BY_YEAR = ("常州市卫生健康委员会", "常州市水利局")
FRAMED = ("淮安区教育局", "淮安区司法局")
NAMED = {"1001": "浑南区五三街道办事处", "1002": "浑南区东湖街道办事处"}
PAGED = ("卧龙区车站街道办事处", "卧龙区武侯街道办事处", "卧龙区梅溪街道办事处")
ITSELF = "江苏省卫生健康委员会"


def build(_server: Server) -> Family:
    """A host with all of them."""
    pages = {
        f"/zt/gknbxq/pnidpv{code}pntypepvnbpnnfpv2024.html": article(title_of(body))
        for code, body in BY_CODE.items()
    }
    pages |= {
        "/2025ndbg/2024/index.html": page(
            *(item(f"/gi_news/{at}", title_of(body)) for at, body in enumerate(BY_YEAR))
        )
    }
    pages |= {f"/gi_news/{at}": article(title_of(body)) for at, body in enumerate(BY_YEAR)}
    pages |= {
        "/class/ZFXXGKNB/": page("<iframe id='main' src='/class/ZFXXGKNB/inner?page=1'></iframe>"),
        "/class/ZFXXGKNB/inner?page=1": page(
            *(item(f"/c/{at}.html", title_of(body)) for at, body in enumerate(FRAMED))
        ),
        "/hunnan/nb/": page(
            *(item(f"/hunnan/nb/c{id_}.html", body) for id_, body in NAMED.items()),
            item("/x/1.html", "政务动态"),
        ),
        "/zfxxgknb/": page(item("/2025/01-07/1370715.html", title_of(PAGED[0])), "<a href='?p=2'>下一页</a>"),
        "/zfxxgknb/?p=2": page(
            item("/2025/01-07/1370716.html", title_of(PAGED[1])), "<a href='?p=3'>下一页</a>"
        ),
        "/zfxxgknb/?p=3": page(
            item("/2025/01-07/1370717.html", title_of(PAGED[2])), "<a href='?p=3'>下一页</a>"
        ),
        "/col/nb/index.html": article(title_of(ITSELF)),
    }
    pages |= {f"/c/{at}.html": article(title_of(body)) for at, body in enumerate(FRAMED)}
    pages |= {f"/hunnan/nb/c{id_}.html": article(title_of(body)) for id_, body in NAMED.items()}
    pages |= {f"/2025/01-07/{1370715 + at}.html": article(title_of(body)) for at, body in enumerate(PAGED)}
    everyone = (*BY_CODE.values(), *BY_YEAR, *FRAMED, *NAMED.values(), *PAGED, ITSELF)
    return Family(
        SPIDER,
        ["/zt/gknbxq/pnidpv{code}pntypepvnbpnnfpv{year}.html", "/{next_year}ndbg/{year}/index.html",
         "/class/ZFXXGKNB/", "/hunnan/nb/", "/zfxxgknb/", "/col/nb/index.html"],
        set(map(title_of, everyone)), pages,
        values={"codes": list(BY_CODE), "options": {"link_pattern": r"/hunnan/nb/c\d+"}},
        taboo=("/x/1.html",),
    )  # fmt: skip


def item(href: str, title: str) -> str:
    """A line of a list."""
    return f"<li><a href='{href}'>{title}</a><span>2025-01-07</span></li>"


def page(*items: str) -> str:
    """A list page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开年报</title></head><body>
<p>当前位置：<a href="/">首页</a> &gt; 政府信息公开年报</p><ul>{"".join(items)}</ul></body></html>"""


def article(title: str) -> str:
    """An article page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>
<p>当前位置：<a href="/">首页</a> &gt; 年报</p><h1>{title}</h1><div id="content">{report_html(title)}</div></body></html>"""
