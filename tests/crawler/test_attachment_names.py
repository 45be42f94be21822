"""A file's name is not its address."""

from crawler.attachments import read_attachments
from crawler.pages import Page

PAGE = """<html><body><p>附件：<a href="./P1.pdf" title="某街道2024年年度报告.pdf">年度报告.pdf</a></p>
<a onclick="openFile('/files/P2.docx')">年度报告（Word版）</a><div data-file="/files/P3.pdf"></div>
<script>var file = "/files/P4.pdf";</script></body></html>"""


def test_title_that_ends_in_pdf_is_no_address():
    """Links, click scripts, data attributes and scripts name files; a link's title does not."""
    page = Page("http://a.example/x/t1.html", PAGE.encode())
    names = [attachment.url.removeprefix("http://a.example") for attachment in read_attachments(page)]
    assert names == ["/x/P1.pdf", "/files/P2.docx", "/files/P3.pdf", "/files/P4.pdf"]
