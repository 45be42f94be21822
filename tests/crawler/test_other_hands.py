# ruff: noqa: E501 - pages stand here as portals write them
"""Lists as other people build them: other pagers, other ways to name and to hide a link."""

import json

import pytest

from tests.crawler.families.kit import report_html, title_of
from tests.crawler.walk import walk

BODIES = ("某某区财政局", "某某区教育局", "红旗街道办事处", "白庙镇人民政府", "某某区人民政府")
MENU = "".join(
    f"<a href='/{path}/'>{name}</a>"
    for path, name in {"": "首页", "zwgk": "政务公开", "bm": "部门", "xz": "乡镇", "zn": "政府信息公开指南"}.items()
)  # fmt: skip
COLUMN = "/zwgk/nb/"


def page(body: str, title: str = "政府信息公开年报") -> str:
    """A page in its site's frame."""
    return f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>{MENU}{body}<p>主办：某某区人民政府办公室</p></body></html>"


def article(body: str, year: int = 2024) -> str:
    """A report's page."""
    title = title_of(body, year)
    return page(f"<h1>{title}</h1><div>{report_html(title)}</div>", title)


ARTICLES = {f"{COLUMN}{at}.html": article(body) for at, body in enumerate(BODIES)}


def found(column: str, entry: str = COLUMN, **others: str) -> set[str]:
    """The documents that are found from a column in front of the articles."""
    return walk({**ARTICLES, entry: column, **others}, entry)[0]


ROWS = {
    "click on the row": "".join(f"<li onclick=\"location.href='{at}.html'\"><span>{title_of(body)}</span></li>" for at, body in enumerate(BODIES)),
    "entries in a script": f"<div id=list></div><script>var list={json.dumps([{'title': title_of(body), 'url': f'{COLUMN}{at}.html', 'date': '2025-01-14'} for at, body in enumerate(BODIES)])}</script>",
    "names beside 查看": "<table><tr><th>单位</th><th>年报</th></tr>" + "".join(f"<tr><td>{at + 1}</td><td>{body}</td><td><a href='{at}.html'>【查看】</a></td></tr>" for at, body in enumerate(BODIES)) + "</table>",
    "a matrix of years": "<table>" + "".join(f"<tr><td>{body}</td><td><a href='{at}.html'>2024年</a></td><td><a href='old{at}.html'>2023年</a></td></tr>" for at, body in enumerate(BODIES)) + "</table>",
    "an address beside": "".join(f"<li><a href='javascript:void(0)' data-url='{at}.html'>{title_of(body)}</a></li>" for at, body in enumerate(BODIES)),
}  # fmt: skip


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_rows_of_any_make_are_followed(rows):
    """Every report of the year, no other page."""
    documents, asked = walk({**ARTICLES, COLUMN: page(rows)}, COLUMN)
    assert documents == set(ARTICLES)
    assert [path for path in asked if "old" in path] == []


PAGERS = {
    "class": "<a href='{next}' class='page-next'></a>",
    "rel": "<a href='{next}' rel='next'><i></i></a>",
    "picture": "<a href='{next}'><img src='n.gif' alt='下一页'></a>",
    "double arrow": "<a href='{next}'>&gt;&gt;</a>",
    "script": "<a href=\"javascript:goPage('{next}')\">下页&gt;</a>",
    "onclick": "<a href='javascript:;' onclick=\"location.href='{next}'\">后页</a>",
    "tagname": "<a tagname='{next}' href='javascript:void(0);'>下一页</a>",
    "more": "<a href='{next}'>加载更多</a>",
    "choice": "<select onchange='go(this.value)'><option value='?page={number}'>第{number}页</option></select>",
}  # fmt: skip


@pytest.mark.parametrize("pager", PAGERS.values(), ids=PAGERS)
def test_next_page_of_any_make_is_followed(pager):
    """Up to the last one."""
    pages = {}
    for at, body in enumerate(BODIES):
        more = pager.format(next=f"?page={at + 2}", number=at + 2) if at + 1 < len(BODIES) else ""
        path = COLUMN if at == 0 else f"{COLUMN}?page={at + 1}"
        pages[path] = page(f"<li><a href='/zwgk/nb/{at}.html'>{title_of(body)}</a></li>{more}")
    assert walk({**ARTICLES, **pages}, COLUMN)[0] == set(ARTICLES)


SCRIPTED = (
    "var currentPage = {at};var countPage = 5;",
    "var m_nCurrPage={at};var m_nPageCount=5;var m_sPageExt='shtml';",
    "Pager({{size:5, current:{at}, prefix:'index', suffix:'shtml'}});",
    "createPage(5,{at},'index','shtml')",
)


@pytest.mark.parametrize("script", SCRIPTED)
def test_pages_that_a_script_counts_are_followed(script):
    """With the ending that the site's pages have."""
    pages = {}
    for at, body in enumerate(BODIES):
        path = COLUMN if at == 0 else f"{COLUMN}index_{at}.shtml"
        row = f"<li><a href='./{at}.shtml'>{title_of(body)}</a></li>"
        pages[path] = page(f"{row}<script>{script.format(at=at)}</script>")
        pages[f"{COLUMN}{at}.shtml"] = article(body)
    assert walk(pages, COLUMN)[0] == {f"{COLUMN}{at}.shtml" for at in range(len(BODIES))}


@pytest.mark.parametrize(
    "titles",
    [("{body}2024年政府信息公开年报", "{body}2023年政府信息公开年报"), ("2024年度报告", "2023年度报告")],
)
def test_names_that_lead_to_lists_of_their_own_are_followed(titles):
    """A body's page lists its years."""
    pages = {COLUMN: page("".join(f"<li><a href='b{at}/'>{body}</a></li>" for at, body in enumerate(BODIES)))}
    for at, body in enumerate(BODIES):
        rows = "".join(
            f"<li><a href='{n}.html'>{title.format(body=body)}</a></li>" for n, title in enumerate(titles)
        )
        pages |= {f"{COLUMN}b{at}/": page(rows, body), f"{COLUMN}b{at}/0.html": article(body)}
    documents, asked = walk(pages, COLUMN)
    assert documents == {f"{COLUMN}b{at}/0.html" for at in range(len(BODIES))}
    assert [path for path in asked if path.endswith("/1.html")] == []


TABS = ("本级", "部门街道", "街道（镇）", "事业单位", "国企")
NODES = "<script>var zNodes=[{}]</script>"


@pytest.mark.parametrize("names", [TABS, BODIES])
@pytest.mark.parametrize("is_tree", [False, True])
def test_column_in_parts_is_followed_and_the_menu_is_not(names, is_tree):
    """Tabs or a tree below the column; 部门 and 乡镇 of the menu lead elsewhere."""
    nodes = ",".join(f'{{id:{at},pId:0,name:"{name}",url:"{COLUMN}t{at}/"}}' for at, name in enumerate(names))
    tabs = "".join(f"<li><a href='t{at}/'>{name}</a></li>" for at, name in enumerate(names))
    pages = {COLUMN: page(NODES.format(nodes) if is_tree else tabs)}
    for at, body in enumerate(BODIES):
        pages |= {f"{COLUMN}t{at}/": page(f"<li><a href='1.html'>{title_of(body)}</a></li>", names[at]),
                  f"{COLUMN}t{at}/1.html": article(body)}  # fmt: skip
    documents, asked = walk(pages, COLUMN)
    assert documents == {f"{COLUMN}t{at}/1.html" for at in range(len(BODIES))}
    assert {"/bm/", "/xz/"} & set(asked) == set()


REFRESH = "<html><head><meta http-equiv='refresh' content='0; url=list.html'></head></html>"
JUMP = "<html><head><script>window.location.href='list.html';</script></head><body></body></html>"


@pytest.mark.parametrize("entry", [REFRESH, JUMP])
def test_page_that_only_leads_on_is_a_hop(entry):
    """By refresh or by the one line of its script."""
    rows = "".join(f"<li><a href='{at}.html'>{title_of(body)}</a></li>" for at, body in enumerate(BODIES))
    assert found(entry, **{f"{COLUMN}list.html": page(rows)}) == set(ARTICLES)


@pytest.mark.parametrize(
    "script",
    ["document.cookie='a=1';location.href='list.html'", "eval('x');location.href='list.html'",
     "alert('该文章不存在');location.href='list.html'", "location.href='a.html';location.href='b.html'"],
)  # fmt: skip
def test_script_that_does_more_than_lead_on_is_no_hop(script):
    """It is a challenge or an error, and is not run."""
    assert walk({COLUMN: f"<html><script>{script}</script></html>"}, COLUMN) == (set(), [COLUMN])
