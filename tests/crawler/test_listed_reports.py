"""How many reports a list shows, as an operator is told."""

from crawler.pages import Page
from crawler.reading import Reach, read_list_page
from crawler.trail import Trail

LIST = """<html><body><ul><li><a href="/zfxxgk/nb/">政府信息公开年报</a></li></ul><ul>
<li><a href="/t1.html">卧龙区人民政府2024年政府信息公开工作年度报告</a></li>
<li><a href="/t2.html">云泽市交通运输局2023年政府信息公开工作年度报告</a></li>
<li><a href="/t3.html">云泽市2024年法治政府建设年度报告</a></li></ul></body></html>"""


def test_link_to_the_column_itself_is_not_counted_as_a_report():
    """Navigation names the column on every page; only titles of reports are counted."""
    harvest = read_list_page(Page("http://a.example/zfxxgk/", LIST.encode()), Trail(), Reach(2024))
    assert harvest.reports == 2
