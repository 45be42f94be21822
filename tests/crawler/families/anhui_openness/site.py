# ruff: noqa: E501 - pages stand here as portals write them
"""OpennessAnnualReport: units with a page for each year, and lists of a unit by branch_id.

Traps: the directory links last year's page of each unit; a unit without a report for the year answers 404; the
id of another unit shows that unit's report; numbers in place of names; XxgkAnnualReport and lower case.
"""

from tests.crawler.families.kit import Family, Server, report_html, title_of

SPIDER = "anhui-openness"
UNITS = {341: "东至县财政局", 342: "东至县民政局", 343: "尧渡镇人民政府", 344: "东流镇人民政府"}
BRANCH = "5212bc2d682e09147c7c4a8a"
LISTED = {3084: "东至县交通运输局", 5848: "望疃镇人民政府"}


def build(_server: Server) -> Family:
    """The site of 东至县."""
    pages = {
        "/OpennessAnnualReport/year/index.html": directory(),
        f"/opennessAnnualReport/?branch_id={BRANCH}": page(
            "".join(
                f"<li><a href='{path_of(number)}'>{title_of(body)}</a><i>2025-01-10</i></li>"
                for number, body in LISTED.items()
            )
            + f"<li><a href='/OpennessAnnualReport/show/2084.html'>{title_of('东至县交通运输局', 2022)}</a></li>"
        ),
    }
    for unit, body in UNITS.items():
        pages[f"/OpennessAnnualReport/year/show/{unit}/2024.html"] = article(title_of(body))
    for number, body in LISTED.items():
        pages[path_of(number)] = article(title_of(body))
    return Family(
        SPIDER, ["/OpennessAnnualReport/year/index.html"], set(map(title_of, (*UNITS.values(), *LISTED.values()))), pages,
        taboo=("/2023.html", "/2022.html", "2084"),
    )  # fmt: skip


def path_of(number: int) -> str:
    """The address of a listed report."""
    return f"/{'Openness' if number < 4000 else 'Xxgk'}AnnualReport/show/{number}.html"


def directory() -> str:
    """The page that links units' reports of last year, and one unit's list."""
    rows = "".join(
        f"<tr><td>{body}</td><td><a href='/OpennessAnnualReport/year/show/{unit}/2023.html'>查看</a></td></tr>"
        for unit, body in {**UNITS, 345: "东至县体育局"}.items()
    )
    return page(f"<table>{rows}</table><a href='/opennessAnnualReport/?branch_id={BRANCH}'>信息公开年报</a>")


def page(text: str) -> str:
    """A page of the disclosure site."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开年报 - 东至县人民政府</title></head>
<body><div class="position">当前位置：<a href="/">首页</a> > 政府信息公开年报</div>{text}</body></html>"""


def article(title: str) -> str:
    """An article page."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} - 东至县人民政府</title></head><body>
<h1 class="is-title">{title}</h1><div class="is-info">发布时间：2025-01-10 10:10</div>
<div class="is-newscontnet">{report_html(title)}</div></body></html>"""
