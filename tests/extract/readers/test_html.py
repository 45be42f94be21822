"""HTML pages: the article found by its sections, spans expanded, layout tables opened."""

import pytest
from bs4 import BeautifulSoup

from extract.errors import UnreadableDocument
from extract.read import read_report
from extract.readers import html
from tests.extract.readers.truth import expected_numbers, read_numbers, tables_of, truth_of

SECTIONS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
TITLE = "卧龙区人民政府2024年政府信息公开工作年度报告"
PROSE = "2024年，本机关认真贯彻落实《中华人民共和国政府信息公开条例》，各项工作有序推进。"


def page(body: str, head: str = "") -> str:
    """A page around a body."""
    return f"<html><head>{head}</head><body>{body}</body></html>"


def article(*, table: str = "<table><tr><td>规章</td><td>3</td></tr></table>") -> str:
    """Six sections with prose, and a table in the second."""
    parts = [
        f"<p>{title}</p><p>{PROSE}</p>" + (table if title.startswith("二") else "") for title in SECTIONS
    ]
    return "".join(parts)


def lines_of(markup: str) -> list[str]:
    """The normalized lines of a page."""
    return html.read(markup.encode()).text.splitlines()


@pytest.mark.parametrize(
    "name", ["seed003-hard-plain.html", "seed004-randblank-word.html", "seed000-rand-plain.html"]
)
def test_every_number_of_a_real_page_is_at_its_row_and_column(fixtures, name):
    """Also pasted from a word processor, also with blank cells."""
    path = fixtures / "corpus" / name
    truth = truth_of(path)
    normalized = html.read(path.read_bytes())
    assert read_numbers(normalized) == expected_numbers(truth)
    assert normalized.text.startswith(f"# {truth['title']}\n")
    assert "政务公开栏目" not in normalized.text


def test_a_locator_leads_back_to_the_same_string(fixtures):
    """Every table cell's pointer, opened in the original, holds the cell's text."""
    content = (fixtures / "corpus" / "seed003-hard-plain.html").read_bytes()
    normalized = html.read(content)
    soup = BeautifulSoup(content, "lxml")
    lines = normalized.text.split("\n")
    checked = 0
    for (line, cell), anchor in normalized.anchors.items():
        if anchor.locator.startswith("table["):
            table, row, place = (int(part.split("[")[1].rstrip("]")) for part in anchor.locator.split("/"))
            found = (
                soup.find_all("table")[table - 1].find_all("tr")[row - 1].find_all(["td", "th"])[place - 1]
            )
            assert found.get_text() == lines[line].split("\t")[cell]
            checked += 1
    assert checked > 200


def test_spans_leave_covered_cells_empty_and_without_anchor():
    """A merged cell is written once, at its top left."""
    table = (
        "<table><tr><td rowspan=2 colspan=2>角</td><td>甲</td></tr><tr><td></td></tr>"
        "<tr><td>子</td><td>丑</td><td>1</td></tr></table>"
    )
    normalized = html.read(page(article(table=table)).encode())
    assert tables_of(normalized.text) == [[["角", "", "甲"], ["", "", ""], ["子", "丑", "1"]]]
    line = normalized.text.split("\n").index("角\t\t甲")
    places = {(row - line, cell) for row, cell in normalized.anchors if line <= row <= line + 2}
    assert places == {(0, 0), (0, 2), (1, 2), (2, 0), (2, 1), (2, 2)}


@pytest.mark.parametrize("span", ["0", "999999999999", "-3", "abc", "100%"])
def test_absurd_spans_are_bounded(span):
    """rowspan=0 is to the end of the table; what is no number is one."""
    table = (
        f"<table><tr><td rowspan='{span}'>左</td><td>1</td></tr>"
        f"<tr><td colspan='{span}'>2</td><td>3</td></tr></table>"
    )
    (rows,) = tables_of(html.read(page(article(table=table)).encode()).text)
    assert [cell for row in rows for cell in row if cell] == ["左", "1", "2", "3"]
    assert len({len(row) for row in rows}) == 1


def test_a_table_too_large_for_any_report_is_refused():
    """A bomb of spans costs nothing."""
    rows = "<tr><td rowspan=1000 colspan=1000>x</td></tr>" * 1000
    with pytest.raises(UnreadableDocument, match="表格过大"):
        html.read(page(f"<table>{rows}</table>").encode())


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<span>20</span><span>23</span>", "2023"),
        ("<p class=MsoNormal><span lang=EN-US>43<o:p></o:p></span></p>", "43"),
        ("10<br>878", "10 878"),
        ("<p>本年处理</p><p>决定数量</p>", "本年处理决定数量"),
        ("&nbsp;", ""),
        ("\n   1,234\n  ", "1,234"),
        ("社会\n      公益组织", "社会公益组织"),
        ("2<sup>&nbsp;</sup>", "2"),
        ("<span style='display: none'>9</span>7", "7"),
        ("<!-- 5 -->6", "6"),
        ("<input type=text value=12 readonly>", "12"),
        ("<input type=hidden value=99>3", "3"),
        ("<ruby>沭<rt>shu</rt></ruby>", "沭"),
    ],
)
def test_cell_text(cell, text):
    """Runs are joined as shown; two digits over a line break are kept apart."""
    table = f"<table><tr><td>规章</td><td>{cell}</td><td>末</td></tr></table>"
    (rows,) = tables_of(html.read(page(article(table=table)).encode()).text)
    assert rows == [["规章", text, "末"]]


def test_a_nested_table_is_a_table_of_its_own():
    """Layout around it becomes lines."""
    inner = "<table><tr><td>规章</td><td>3</td></tr></table>"
    lines = lines_of(page(f"<table><tr><td>左栏</td><td>{article(table=inner)}</td></tr></table>"))
    assert "规章\t3" in lines
    assert "## 一、总体情况" in lines


def test_one_table_for_the_whole_report_is_opened():
    """Prose and headings in spanning cells; the official rows stay a table."""
    rows = [f"<tr><td colspan=4>{TITLE}</td></tr>"]
    for title in SECTIONS:
        rows.append(
            f"<tr><td colspan=4>{title}</td></tr><tr><td colspan=4><p>{PROSE}</p><p>{PROSE}</p></td></tr>"
        )
        if title.startswith("二"):
            rows.append("<tr><td colspan=4>第二十条第（一）项</td></tr>")
            rows.append("<tr><td>规章</td><td>1</td><td>2</td><td>3</td></tr>")
    lines = lines_of(page(f"<table>{''.join(rows)}</table>"))
    assert lines[0] == f"# {TITLE}"
    assert [line[3:] for line in lines if line.startswith("## ")] == list(SECTIONS)
    assert "规章\t1\t2\t3" in lines
    assert "第二十条第（一）项\t\t\t" in lines


def test_the_article_is_found_by_its_sections_not_by_its_container():
    """Navigation with 年报 in it, a foot, and an unknown class around the text."""
    markup = page(
        f"<div class=nav><a>政府信息公开年报</a></div><div class=zzz9><h3>{TITLE}</h3>{article()}</div>"
        "<div class=foot>版权所有 网站标识码 1234567890</div>"
    )
    normalized = html.read(markup.encode())
    assert normalized.text.startswith(f"# {TITLE}\n## 一、总体情况")
    assert "版权所有" not in normalized.text
    assert "版权所有" in normalized.hints["page_footer"]


def test_a_list_of_the_section_titles_is_not_the_article():
    """A table of contents holds all six titles in a smaller element."""
    contents = "<ul>" + "".join(f"<li><a>{title}</a></li>" for title in SECTIONS) + "</ul>"
    lines = lines_of(page(f"<div>{contents}<div>{article()}</div></div>"))
    assert PROSE in lines


def test_a_page_without_sections_falls_back_to_the_known_container():
    """Reports of 2018 and before have other headings."""
    lines = lines_of(
        page(f"<div class=menu>首页</div><div class='TRS_Editor'><p>{PROSE}</p></div><p>版权</p>")
    )
    assert lines == [PROSE]


def test_print_share_and_counter_lines_are_dropped():
    """They stand inside the article on many portals."""
    bars = "<p>【字体：大 中 小】</p><p>浏览次数：23</p><p>分享到：</p><p>【打印】 【关闭】</p>"
    text = html.read(page(f"<div>{bars}{article()}<p>上一篇：无</p></div>").encode()).text
    assert not any(word in text for word in ("字体", "浏览", "分享", "打印", "上一篇"))


def test_the_title_in_the_text_wins_over_a_shorter_one():
    """The list's title omits the body; the text names it, broken over two lines."""
    head = "<meta name=ArticleTitle content='2024年政府信息公开工作年度报告'>"
    body = f"<p align=center>卧龙区人民政府</p><p align=center>2024年政府信息公开工作年度报告</p>{article()}"
    assert lines_of(page(body, head))[0] == f"# {TITLE}"


def test_titles_of_different_years_are_a_problem_and_the_pages_own_stays():
    """A copied text with last year's title is exactly what a supervisor wants to know."""
    head = f"<meta name=ArticleTitle content='{TITLE}'>"
    old = TITLE.replace("2024", "2023")
    normalized = html.read(page(f"<h2>{old}</h2>{article()}", head).encode())
    assert normalized.text.startswith(f"# {TITLE}\n{old}\n")
    assert [problem.code for problem in normalized.problems] == ["title_conflict"]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"<meta name=ArticleTitle content='{TITLE}'><title>栏目_网站</title>", ""),
        ("", f"<ucaptitle>{TITLE}</ucaptitle>"),
        ("", f"<h1>{TITLE}</h1>"),
        ("", f"<div class='article-title'>{TITLE}</div>"),
        (f"<title>{TITLE}_卧龙区人民政府门户网站</title>", ""),
    ],
)
def test_where_a_title_outside_the_text_comes_from(head, body):
    """Meta, UCAP's element, heading, class, page title without the site's name."""
    markup = page(f"<div>{body}</div><div class=zoom>{article()}</div>", head)
    assert lines_of(markup)[0] == f"# {TITLE}"


def test_hints_keep_dates_and_index_block_as_found():
    """dates.py and titles.py decide later; nothing is interpreted here."""
    block = "<table><tr><td>索引号：</td><td>0117-2025</td><td>发布机构：</td><td>区政府办</td></tr></table>"
    head = "<meta name=PubDate content='2025-01-22 09:30'><meta name=ColumnName content='年报'>"
    markup = page(f"<div>{block}<span>发布日期：2025-01-20 10:00</span></div><div>{article()}</div>", head)
    hints = html.read(markup.encode()).hints
    assert hints["meta_pub_date"] == "2025-01-22 09:30"
    assert hints["meta_column"] == "年报"
    assert hints["date_labels"] == "发布日期：2025-01-20 10:00"
    assert hints["index_block"] == "索引号： 0117-2025 发布机构： 区政府办"


def test_a_section_with_only_a_picture_is_a_problem_not_zero():
    """Tables published as pictures must never read as blank or missing."""
    normalized = html.read(page(article(table="<p><img src=t.png></p>")).encode())
    assert [problem.code for problem in normalized.problems] == ["tables_as_image"]
    assert "二、主动公开政府信息情况" in normalized.problems[0].detail


def test_a_page_of_pictures_is_a_problem():
    """（图片版）: the article holds pictures only."""
    markup = page(f"<h1>{TITLE}</h1><div class=TRS_Editor><img src=1.jpg><img src=2.jpg></div>")
    assert [problem.code for problem in html.read(markup.encode()).problems] == ["text_as_image"]


def test_the_article_that_a_script_carries_is_read():
    """Guangdong's gkmlpt keeps the text as JSON in a script."""
    body = article().replace('"', '\\"').replace("/", "\\/")
    script = f'<script>window._CONFIG = {{"DETAIL": {{"title": "x", "content":"{body}"}}}};</script>'
    assert "## 六、其他需要报告的事项" in lines_of(page(f"<div id=app></div>{script}"))


def test_preformatted_text_keeps_its_lines():
    """Some portals paste plain text into <pre>."""
    lines = lines_of(page("<pre>" + "\n".join(f"{title}\n{PROSE}" for title in SECTIONS) + "</pre>"))
    assert lines[:2] == ["## 一、总体情况", PROSE]


def test_deep_nesting_ends_in_one_clear_error_or_a_text():
    """No recursion: ten thousand open elements neither crash nor hang."""
    markup = page("<div>" * 10_000 + article())
    try:
        text = html.read(markup.encode()).text
    except UnreadableDocument as error:
        assert "嵌套过深" in str(error)
    else:
        assert PROSE in text


def test_a_long_note_does_not_turn_a_row_of_numbers_into_prose():
    """Whatever stands in one cell, the numbers beside it stay in theirs."""
    table = f"<table><tr><td>规章</td><td>1</td><td>2</td><td>{PROSE * 4}</td></tr></table>"
    (rows,) = tables_of(html.read(page(article(table=table)).encode()).text)
    assert rows == [["规章", "1", "2", PROSE * 4]]


MENUS = [
    "<a>首页</a> <a>政务公开</a> <a>政府信息公开年报</a> <a>政府信息公开指南</a>",
    "<p>首页 政务公开 政府信息公开年报 政策解读</p>",
    "<div>网站首页</div><div>政策解读</div><div>政府信息公开年报</div><div>图解</div>",
    "<a>政策解读</a><a>政府网站年度报表</a>",
    "<ul><li>政府信息公开指南</li><li>政府信息公开年报</li></ul>",
]


@pytest.mark.parametrize("menu", MENUS)
@pytest.mark.parametrize("tag", ["h1", "p"])
def test_menu_right_above_the_report_is_not_its_title(menu, tag):
    """Pages without a container for the article: 解读 in the menu made the report an interpretation."""
    title = f"<{tag}>某某县某某局2024年政府信息公开工作年度报告</{tag}>"
    report = read_report(page(menu + title + article()).encode())
    assert (report.organization, report.year) == ("某某县某某局", 2024)
