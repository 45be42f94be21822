"""The pages show what is in the public copy, as it is."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.archive.filled import HOSTILE, SECRET


def soup(html):
    """Parse a page."""
    return BeautifulSoup(html, "lxml")


def links(page):
    """Addresses that a page leads to within the site."""
    found = {link["href"] for link in page.select("a[href]")}
    return {href.split("#")[0] for href in found if href.startswith("/")}


def test_front_page_counts_add_up(visitor):
    """The bar, its legend and the sum tell the same."""
    page = soup(visitor.text("/"))
    assert page.select_one(".share").get_text(" ", strip=True).startswith("2 / 3 个机关已公布")
    assert "66.6%" in page.select_one(".share").text
    assert [item.text.split() for item in page.select(".legend li")] == [
        ["按期公布", "1"], ["逾期公布", "1"], ["逾期未公布", "1"],
    ]  # fmt: skip
    widths = [float(part["width"]) for part in page.select(".coverage svg rect")]
    assert sum(widths) == pytest.approx(1000, abs=0.1)


def test_front_page_shows_the_latest_first(visitor):
    """What came in last stands on top."""
    titles = [link.text for link in soup(visitor.text("/")).select(".entries .title")]
    assert titles[0] == "甲县人民政府2025年政府信息公开工作年度报告"
    assert len(titles) == 3


def test_matrix_counts_add_up_in_rows_and_columns(visitor):
    """Each row and each column of the counts has its sum."""
    table = soup(visitor.text("/matrix?year=2025")).select_one("table.counts")
    rows = [[int(cell.text) for cell in row.select("td")[1:-1]] for row in table.select("tbody tr")]
    foot = [int(cell.text) for cell in table.select("tfoot td")[1:-1]]
    assert [sum(column) for column in zip(*rows, strict=True)] == foot
    assert all(sum(row[:-1]) == row[-1] for row in rows)
    assert foot[-1] == 3


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("year=2025", ["bing", "jia", "yi"]),
        ("year=2025&standing=not_published", ["yi"]),
        ("year=2025&kind=township", ["bing"]),
        ("year=2025&area=51", ["bing", "jia", "yi"]),
        ("year=2025&area=52", []),
        ("year=2025&findings=1", ["bing", "jia"]),
        ("year=2024", ["jia"]),
        ("year=zzz&kind='%22", []),
    ],
)
def test_matrix_filters(visitor, query, names):
    """A filter leaves the bodies that meet it."""
    page = soup(visitor.text(f"/matrix?{query}"))
    shown = [link["href"].removeprefix("/body/") for link in page.select("table.matrix th[scope=row] a")]
    assert shown == names


def test_body_page_lists_all_years(visitor):
    """Newest first, with the numbers of table 3 and 4."""
    rows = soup(visitor.text("/body/jia")).select_one("#years ~ .scroll").select("tbody tr")
    assert [row.get_text(" ", strip=True) for row in rows] == [
        "2025 按期公布 2026-01-20 3 3 3 3 6 1",
        "2024 已收录 2 2 2 2 4 0",
    ]


def test_body_page_tells_numbers_of_its_charts_in_words(visitor):
    """A chart that cannot be seen is read."""
    chart = soup(visitor.text("/body/jia")).select_one(".charts svg")
    assert chart["aria-label"].split("; ")[:2] == ["2024: 2", "2025: 3"]


def test_report_page_shows_six_sections_and_three_tables(visitor):
    """As the official form has them."""
    page = soup(visitor.text("/body/jia/2025"))
    assert [heading.text for heading in page.select(".report h2")] == [
        "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
    ]  # fmt: skip
    assert [table["class"] for table in page.select("table.official")] == [
        ["official", "t-disclosure"], ["official", "t-requests"], ["official", "t-remedies"],
    ]  # fmt: skip
    assert len(page.select("td[id^=c-]")) == 10 + 175 + 15
    assert "受理行政复议1件。" in page.select_one("#s1").text


def test_official_tables_have_full_rectangular_grids(visitor):
    """Spans fill every table without a hole or an overlap."""
    for table in soup(visitor.text("/body/jia/2025")).select("table.official"):
        taken, widths = set(), []
        for at, row in enumerate(table.select("tr")):
            column = 0
            for cell in row.select("th, td"):
                while (at, column) in taken:
                    column += 1
                places = {
                    (at + down, column + right)
                    for down in range(int(cell.get("rowspan", 1)))
                    for right in range(int(cell.get("colspan", 1)))
                }
                assert not places & taken
                taken |= places
            widths.append(sum(1 for place in taken if place[0] == at))
        assert len(set(widths)) == 1


def test_cells_that_were_not_read_say_so(visitor):
    """Blank and ambiguous cells show no number."""
    page = soup(visitor.text("/body/jia/2025"))
    assert page.find(id="c-requests.granted.research").get_text(strip=True) == "空白"
    assert "不能判定" in page.find(id="c-requests.granted.business").text
    assert page.find(id="c-requests.received.total").text.startswith("3")
    assert "143.2062" in page.find(id="c-disclosure.fees.amount").text


def test_finding_is_marked_in_its_cell_and_leads_to_its_words(visitor):
    """The cell points to the finding and the finding to the cell."""
    page = soup(visitor.text("/body/jia/2025"))
    cell = page.find(id="c-requests.received.total")
    assert "flawed" in cell["class"]
    assert cell.select_one("a.pin")["href"] == "#f-f1"
    assert "总计应为 6, 实为 1" in page.find(id="f-f1").text
    assert [cell["id"] for cell in page.select("td.flawed")] == ["c-requests.received.total"]


def test_reply_of_the_body_stands_beside_its_finding(visitor):
    """The words, the day, and nobody's name."""
    reply = soup(visitor.text("/body/jia/2025")).select_one("#f-f1 .reply")
    assert reply.select_one("p").text == f"已更正{HOSTILE}"
    assert "机关答复" in reply.text


def test_body_page_shows_how_requests_ended(visitor):
    """The parts add up to the total; a year with an unread part has no bar."""
    rows = soup(visitor.text("/body/jia")).select("#outcomes ~ .scroll tbody tr")
    for row in rows:
        *parts, total = [int(cell.text) for cell in row.select("td.number")]
        assert sum(parts) == total
    assert [row.select_one("th").text for row in rows] == ["2025", "2024"]


def test_report_page_tells_where_it_came_from(visitor, hashes):
    """Address, times in China, hash, the original, and the other version."""
    sources = soup(visitor.text("/body/jia/2025")).select(".sources li")
    assert len(sources) == 2
    assert hashes["jia"] in sources[0].text
    assert "2026-01-23 12:00" in sources[0].text
    assert f"/original/{hashes['jia']}" in {link["href"] for link in sources[0].select("a")}
    assert f"/report/{hashes['first']}" in {link["href"] for link in sources[1].select("a")}


def test_older_version_says_that_it_does_not_stand(visitor, hashes):
    """A permanent address of an exact text, with the way to the one that stands."""
    page = soup(visitor.text(f"/report/{hashes['first']}"))
    assert "这不是该年度现行的版本" in page.text
    assert page.find(id="c-requests.received.total").get_text(strip=True).startswith("1")


def test_year_without_a_report_says_why(visitor):
    """The standing, its words and its due date."""
    page = soup(visitor.text("/body/yi/2025"))
    assert "逾期未公布" in page.select_one(".verdict").text
    assert "2026-01-31" in page.select_one(".verdict").text
    assert page.select("table.official") == []


def test_missing_section_is_named(visitor):
    """A report with one section still shows the six, five of them as not found."""
    page = soup(visitor.text("/body/bing/2025"))
    assert len(page.select(".report h2")) == 6
    assert len(page.select(".report .notice")) == 5


@pytest.mark.parametrize(
    ("query", "found"),
    [("信息", 3), ("复议", 2), ("县", 2), ("行政复议", 2), ("公开的深度", 2), ("没有这样", 0), ("2024年", 1)],
)
def test_search_finds_chinese_words_of_any_length(visitor, query, found):
    """Two characters, one, many."""
    page = soup(visitor.text("/search", params={"q": query}))
    assert page.select_one("#hits .count").text == str(found)
    assert len(page.select("#hits ~ ol li")) == found


def test_search_marks_the_word_in_its_context(visitor):
    """The visitor sees why it was found."""
    page = soup(visitor.text("/search", params={"q": "复议"}))
    assert {mark.text for mark in page.select(".context mark")} == {"复议"}
    assert "受理行政复议1件" in page.select_one(".context").text


def test_search_finds_bodies_by_part_of_a_name(visitor):
    """Also those that have published nothing."""
    page = soup(visitor.text("/search", params={"q": "民政局"}))
    assert [link["href"] for link in page.select("#bodies ~ ul a")] == ["/body/yi"]


@pytest.mark.parametrize(
    "query", ["%", "_", '"', "' or 1=1 --", "NEAR(", "*", "\\", "^a", "信息 OR", "(" * 500]
)
def test_search_takes_any_query(visitor, query):
    """Nothing typed breaks the page."""
    assert visitor.get("/search", params={"q": query}).status_code == 200


def test_search_filters_narrow(visitor):
    """Year, area and rule."""
    assert "报告 1" in soup(visitor.text("/search?q=信息&year=2024")).select_one("#hits").text
    page = soup(visitor.text("/search?rule=requests.row-total&year=2025"))
    assert page.select_one("#hits .count").text == "2"


def test_english_is_one_click_away_and_stays(visitor):
    """The switch sets a cookie; without it the site is Chinese."""
    answer = visitor.get("/?lang=en")
    assert "bodies have published" in answer.text
    assert answer.headers["set-cookie"].startswith("lang=en;")
    assert 'lang="en"' in visitor.text("/matrix", cookies={"lang": "en"})
    assert 'lang="zh-Hans"' in visitor.text("/matrix")
    assert "set-cookie" not in visitor.get("/?lang=xx").headers


def test_every_link_of_the_site_leads_somewhere(visitor):
    """Walk the whole site from the front page; every page is there, and keeps every secret."""
    seen, todo = set(), {"/"}
    while todo - seen:
        path = min(todo - seen)
        seen.add(path)
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        assert SECRET not in answer.text, path
        if answer.headers["content-type"].startswith("text/html"):
            assert HOSTILE not in answer.text, path
            assert "<script" not in answer.text.replace("&lt;script", ""), path
            assert not re.search(r'(href|src|action)="\s*javascript:', answer.text), path
            if not path.startswith("/nianbao"):
                found = links(soup(answer.text))
                proofs = sorted(link for link in found if link.startswith("/proof/"))
                todo |= found - set(proofs[3:])
    assert {"/matrix", "/search", "/rules", "/data", "/body/jia/2024", "/area/51"} <= seen


@pytest.mark.parametrize(
    "path",
    ["/body/nobody", "/body/jia/1999", "/body/jia/20255", f"/report/{'0' * 64}", f"/original/{'0' * 64}",
     "/area/99", "/nope", "/-/databases", "/-/databases.json", "/-/threads", "/-/settings", "/-/plugins",
     "/-/versions", "/-/permissions", "/-/actor.json", "/_internal", "/_internal/databases.json", "/_memory",
     "/nianbao/events", "/nianbao/alerts.json", "/nianbao/deliveries", "/nianbao/targets",
     "/nianbao/captures", "/nianbao/texts", "/nianbao/runs"],
)  # fmt: skip
def test_what_is_not_public_is_not_there(visitor, path):
    """A page that says so, and nothing else."""
    answer = visitor.get(path)
    assert answer.status_code in {403, 404}
    assert SECRET not in answer.text


def test_sql_is_closed_unless_opened(visitor):
    """No arbitrary query by default, in no place where Datasette takes one."""
    assert visitor.get("/nianbao.json?sql=select+1").status_code == 403
    assert visitor.get("/nianbao/reports.json?_where=1=1").status_code in {400, 403}


def test_language_is_changed_without_losing_the_page(visitor):
    """A search stays the same search; a table is not filtered by a column called lang."""
    page = soup(visitor.text("/search?q=信息&year=2025&lang=en"))
    assert page.select_one("#q")["value"] == "信息"
    assert page.select_one(".tongue")["href"] == "?q=%E4%BF%A1%E6%81%AF&year=2025&lang=zh"
    table = soup(visitor.text("/nianbao/bodies?kind=township&lang=en", cookies={"lang": "zh"}))
    assert len(table.select("table.rows tbody tr")) == 1
    assert table.select_one("html")["lang"] == "en"


def test_examples_of_the_data_page_answer(visitor):
    """Each address that is shown gives rows, as JSON or CSV; nobody here had a hundred requests."""
    page = soup(visitor.text("/data"))
    addresses = [link["href"] for link in page.select("#api ~ .scroll a")]
    assert len(addresses) > 6
    for address in addresses:
        answer = visitor.get(address)
        assert answer.status_code == 200, address
        rows = answer.json() if ".json" in address else answer.text.splitlines()[1:]
        assert rows or "__gt" in address, address


def test_whole_table_is_had_as_csv(visitor):
    """Not cut after a page."""
    link = soup(visitor.text("/data")).select_one("a[href^='/nianbao/request_lines.csv']")
    lines = visitor.text(link["href"]).split("\r\n")
    assert (
        len(lines) - 2
        == visitor.get("/nianbao/request_lines.json?_size=0").json()["filtered_table_rows_count"]
    )


def test_rows_of_a_view_are_counted_only_where_asked(visitor):
    """A view joins the nation's tables; its rows come without a count, and with one on request."""
    address = "/nianbao/published_reports.json?year=2025"
    shown, counted = visitor.get(address).json(), visitor.get(f"{address}&_count=1").json()
    assert shown["filtered_table_rows_count"] is None
    assert counted["filtered_table_rows_count"] == len(counted["rows"]) > 0
    assert shown["rows"] == counted["rows"]
    assert visitor.get("/nianbao/published_reports?year=2025").status_code == 200
    assert visitor.get("/nianbao/bodies.json").json()["filtered_table_rows_count"] > 0
