"""List pages cut long titles; what is cut off may say that it is no report."""

import pytest

from crawler.links import read_links
from crawler.pages import Page

SHORT = "卧龙区人民政府2024年政府信息公开工作年度报告"


@pytest.mark.parametrize("dots", ["...", "…", "……"])
@pytest.mark.parametrize("rest", ["解读", "编制实施方案", ""])
def test_shortened_words_give_way_to_the_whole_title(dots, rest):
    """The title attribute is the name, also where the shortened words look more like a report."""
    row = f'<li><a href="/t1.html" title="{SHORT}{rest}">{SHORT[:-1]}{dots}</a><span>2025-01-26</span></li>'
    links = read_links(Page("http://a.example/", f"<html><body><ul>{row}</ul></body></html>".encode()))
    assert [link.title for link in links] == [SHORT + rest]


def test_whole_words_stay_the_name_beside_another_title():
    """A title attribute that says something else (a tip) does not replace the words."""
    page = f'<html><body><a href="/t1.html" title="点击查看详细内容">{SHORT}</a></body></html>'
    assert [link.title for link in read_links(Page("http://a.example/", page.encode()))] == [SHORT]
