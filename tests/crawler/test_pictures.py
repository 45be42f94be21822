"""Reports in pictures: whose tables are not text, and what of a page is decoration."""

import pytest

from crawler.pages import Page
from crawler.pictures import MOST_PICTURES, has_official_table, read_pictures
from crawler.reading import Reach, read_article_page
from crawler.trail import Trail

URL = "http://www.a.gov.cn/nb/202501/t20250116_1.html"
TITLE = "甲局2024年政府信息公开工作年度报告"
WAY = Trail(link_title=TITLE, years=(2024,))


def page(body: str) -> Page:
    """A page with this body."""
    return Page(URL, f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode())


def asked(body: str) -> list[str]:
    """The files that are asked for behind the page, by name."""
    return [one.url.rsplit("/", 1)[1] for one in read_article_page(page(body), WAY, Reach(2024)).found]


@pytest.mark.parametrize(
    "body",
    ["<img src='./W1.jpg'><p>2024年</p><img src='W2.png'>",
     "<div id='zoom'><img data-src='W1.jpg'><img oldsrc='W2.png'></div>"],
)  # fmt: skip
def test_report_in_pictures_is_fetched(body):
    """In the order of the page, wherever a script keeps the address."""
    assert asked(body) == ["W1.jpg", "W2.png"]


@pytest.mark.parametrize(
    "body",
    ["<img src='/images/logo.png'>", "<div class='footer'><img src='gawj.jpg'></div>",
     "<img src='a.jpg' width='16'>", "<img src='/skin/red.png'>", "<img src='data:image/png;base64,AAAA'>"],
)  # fmt: skip
def test_decoration_is_left_alone(body):
    """Logos, icons, what stands around, what is small, what is in the page itself."""
    assert asked(body) == []


def test_pictures_beside_tables_or_files_are_left_alone():
    """The tables are text, or a file has them."""
    table = "<table><tr><td>行政许可</td><td>0</td></tr></table>"
    assert has_official_table(page(table))
    assert asked(f"{table}<img src='W1.jpg'>") == []
    assert asked("<img src='W1.jpg'><a href='P1.docx'>年度报告.docx</a>") == ["P1.docx"]


def test_pictures_are_bounded():
    """A gallery is no report."""
    assert len(read_pictures(page("".join(f"<img src='{n}.jpg'>" for n in range(50))))) == MOST_PICTURES


def test_news_in_pictures_are_left_alone():
    """Only what a list calls a report."""
    found = read_article_page(page("<img src='W1.jpg'>"), Trail(link_title="我局召开会议"), Reach(2024)).found
    assert found == ()
