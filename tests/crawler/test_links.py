"""Links, titles, dates, paging and attachments, read by content."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.attachments import ending_of, is_file, read_attachments, read_frames
from crawler.links import read_links
from crawler.pages import Page, absolute
from crawler.paging import next_page

URL = "http://www.a.gov.cn/zwgk/nb/index.html"
TITLE = "甲局2024年政府信息公开工作年度报告"


def page(body: str, url: str = URL) -> Page:
    """A page with this body."""
    return Page(url, f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode())


def only_link(body: str):
    """The link to /x.html."""
    (link,) = [one for one in read_links(page(body)) if one.url.endswith("/x.html")]
    return link


@pytest.mark.parametrize(
    "body",
    [
        f"<ul><li><a href='/x.html'>{TITLE}</a><span>2025-01-16</span></li></ul>",
        f"<ul><li><span>[2025.01.16]</span><a href='/x.html'>{TITLE}</a></li></ul>",
        f"<table><tr><td>1</td><td><a href='/x.html'>{TITLE}</a></td><td>2025年1月16日</td></tr></table>",
        (
            f"<table><tr><td><a href='/x.html'>{TITLE}</a></td><td><a href='/x.pdf'>下载</a></td>"
            "<td>2025/1/16</td></tr></table>"
        ),
        f"<div><a href='/x.html'>{TITLE}</a> 2025-01-16<br><a href='/y.html'>乙局</a> 2025-01-17<br></div>",
        (
            f"<dl><dt><a href='/x.html'>{TITLE}</a></dt><dd>2025-01-16 09:30</dd>"
            "<dt><a href='/y.html'>乙</a></dt></dl>"
        ),
        f"<div class=item><h3><a href='/x.html'>{TITLE}</a></h3><p>摘要</p><em>2025-01-16</em></div>",
        f"<a href='/x.html'><div><p>{TITLE}</p><i>2025-01-16</i></div></a>",
    ],
)
def test_date_beside_a_link_is_its_own(body):
    """In its row, behind it, or the only day of its table row."""
    link = only_link(body)
    assert (link.shown_on, link.title) == (date(2025, 1, 16), TITLE)


def test_date_of_a_neighbour_is_not_taken():
    """Dates before the links belong to the next link; without a clear place there is none."""
    body = "<p><b>2025-01-16</b><a href='/x.html'>甲</a><b>2025-01-17</b><a href='/y.html'>乙</a></p>"
    assert only_link(body).shown_on is None


@pytest.mark.parametrize(
    "body",
    [
        f"<a href='/x.html' title='{TITLE}'>甲局2024年政府信息公…</a>",
        f"<a href='/x.html' title='点击查看'>{TITLE}</a>",
        f"<ul><li>{TITLE} <a href='/x.html'>查看</a></li><li>乙 <a href='/y.html'>查看</a></li></ul>",
        f"<a href='/x.html'><img src='a.png' alt='{TITLE}'></a>",
        f"<a href='/x.html'><img src='a.png'></a><a href='/x.html'>{TITLE}</a>",
    ],
)
def test_title_is_the_most_telling_name(body):
    """Attribute, text, picture, or the words of the row."""
    assert TITLE in only_link(body).title


@pytest.mark.parametrize(
    "body",
    [
        f"<a href=\"javascript:window.open('/x.html')\">{TITLE}</a>",
        f"<li onclick=\"location.href='/x.html'\">{TITLE}</li>",
        f"<a href='#' onclick=\"openUrl('/x.html','_blank')\">{TITLE}</a>",
    ],
)
def test_link_in_a_script_is_a_link(body):
    """Onclick and javascript: addresses count."""
    assert only_link(body).title == TITLE


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("./202501/t1.html#top", "http://www.a.gov.cn/zwgk/nb/202501/t1.html"),
        ("../../a b.html", "http://www.a.gov.cn/a%20b.html"),
        ("/年报.pdf", "http://www.a.gov.cn/%E5%B9%B4%E6%8A%A5.pdf"),
        ("//b.gov.cn/1.html", "http://b.gov.cn/1.html"),
        ("\\a\\1.html", "http://www.a.gov.cn/a/1.html"),
        ("/1.jsp;jsessionid=0A1B?id=2", "http://www.a.gov.cn/1.jsp?id=2"),
        ("http://x:99999/", None), ("mailto:a@b.cn", None), ("javascript:void(0)", None), ("ftp://a/1", None),
        ("", None), ("http://[::1", None),
    ],
)  # fmt: skip
def test_address_is_absolute_and_escaped(href, expected):
    """As a browser asks for it; what is no http(s) address is none."""
    assert absolute(URL, href) == expected


@given(st.text(max_size=60))
def test_any_href_is_an_address_or_none(href):
    """Nothing that a page writes raises."""
    url = absolute(URL, href)
    assert url is None or url.startswith(("http://", "https://"))


@given(st.binary(max_size=300))
def test_any_bytes_have_links_and_attachments_or_none(content):
    """Reading never raises."""
    read_links(Page(URL, b"<a href='x'>" + content))
    read_attachments(Page(URL, content + b"<a href='x.pdf'>"))


LIST = "http://www.a.gov.cn/nb/"


@pytest.mark.parametrize(
    ("url", "body", "number", "expected"),
    [
        ("index.html", "<script>createPageHTML(3, 0, 'index', 'html');</script>", 1, "index_1.html"),
        ("index_1.html", '<script>createPageHTML(3, 1, "index", "html");</script>', 2, "index_2.html"),
        ("index_2.html", "<script>createPageHTML(3, 2, 'index', 'html');</script>", 3, None),
        (
            "list.shtml",
            "<script>createPageHTML('page-div',3,1,'list','shtml',57);</script>",
            1,
            "list_2.shtml",
        ),
        ("list_3.shtml", "<script>createPageHTML('page-div',3,3,'list','shtml',57);</script>", 3, None),
        ("index.shtml", "<script>var currentPage = 0; var countPage = 2;</script>", 1, "index_1.shtml"),
        ("index_1.shtml", "<script>var currentPage = 1; var countPage = 2;</script>", 2, None),
        ("", "<a href='index_1.html'>下一页</a>", 1, "index_1.html"),
        ("", "<a href='?page=2'>下一页&gt;</a>", 1, "?page=2"),
        ("", "<a href='index_1.html' title='下一页'><img></a>", 1, "index_1.html"),
        ("", "<a href='1.htm'>1</a><a href='7/5.htm'>2</a><a href='7/4.htm'>3</a>", 1, "7/5.htm"),
        ("?page=2", "<a href='?page=1'>1</a><a href='?page=3'>3</a>", 2, "?page=3"),
        ("", "<a href='#'>下一页</a>", 1, None),
        ("", "<a href='javascript:;' class='disabled'>下一页</a>", 1, None),
        ("", "<p>function createPageHTML(_nPageCount, _nCurrIndex)</p>", 1, None),
    ],
)
def test_next_page_is_found(url, body, number, expected):
    """By script, by link, by number; on the last page there is none."""
    following = next_page(page(body, LIST + url), number)
    assert following == (None if expected is None else LIST + expected)


def test_countdown_pages_are_followed_by_their_link():
    """VSB counts down: page 2 of 6 is 1234/5.htm."""
    body = "<a href='1234/5.htm'>下页</a><a href='1234/1.htm'>尾页</a>"
    assert next_page(page(body, "http://a.gov.cn/1234.htm"), 1) == "http://a.gov.cn/1234/5.htm"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("<a href='P0.PDF'>附件</a>", "P0.PDF"),
        ("<a href='/attach/0/77'>附件</a>", "/attach/0/77"),
        ("<a href='/module/download/downfile.jsp?classid=0&amp;filename=1.pdf'>下载</a>",
         "downfile.jsp?classid=0&filename=1.pdf"),
        ("<a href='/system/_content/download.jsp?urltype=news.DownloadAttachUrl&amp;wbfileid=9'>下载</a>",
         "wbfileid=9"),
        ("<iframe src='/pdfjs/web/viewer.html?file=/upload/1.pdf'></iframe>", "/upload/1.pdf"),
        ("<embed src='1.pdf'>", "/nb/1.pdf"), ("<object data='1.ofd'></object>", "/nb/1.ofd"),
        ("<a href='javascript:void(0)' onclick=\"downFile('/files/1.docx')\">下载</a>", "/files/1.docx"),
        ("<script>showPdf(\"/files/1.pdf\")</script>", "/files/1.pdf"),
    ],
)  # fmt: skip
def test_attachment_is_found(body, name):
    """By link, servlet, viewer, embed, object, onclick and script."""
    (file,) = read_attachments(page(body))
    assert file.url.endswith(name)


def test_files_about_a_report_are_left_out():
    """Readings and charts are not the report; the report's own file is."""
    body = "<a href='1.pdf'>年度报告解读</a><a href='2.jpg'>图解</a><a href='3.docx'>附件：年度报告.docx</a>"
    assert [file.url.rsplit("/", 1)[1] for file in read_attachments(page(body))] == ["3.docx"]


def test_frames_with_pages_are_not_files():
    """They may hold a list or a text."""
    body = "<iframe src='/inner.html'></iframe><iframe src='1.pdf'></iframe>"
    assert read_frames(page(body)) == ("http://www.a.gov.cn/inner.html",)


def test_ending_is_read_from_path_and_query():
    """A servlet names its file in the query."""
    assert ending_of("http://a/x.PDF") == "pdf"
    assert ending_of("http://a/down.jsp?f=%E5%B9%B4.docx") == "docx"
    assert ending_of("http://a/1.html") == ""
    assert not is_file("http://a.gov.cn/zwgk/nb/t20250101_1.html")


@pytest.mark.parametrize(
    ("base", "found"),
    [
        ("http://[::1", "http://www.a.gov.cn/zwgk/nb/x.html"),
        ("javascript:void(0)", "http://www.a.gov.cn/zwgk/nb/x.html"),
        ("/other/", "http://www.a.gov.cn/other/x.html"),
    ],
)
def test_base_that_is_no_address_is_left_out(base, found):
    """As browsers do: one bad tag must not hide a page's links."""
    (link,) = read_links(page(f"<base href='{base}'><a href='x.html'>{TITLE}</a>"))
    assert link.url == found
