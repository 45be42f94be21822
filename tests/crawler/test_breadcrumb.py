"""The 当前位置 line of a page, read from its source where that is plain, and from its elements else."""

import pytest

from crawler.breadcrumb import breadcrumb
from crawler.pages import Page
from crawler.pictures import has_official_table

PADDING = "<p>正文</p>" * 40
LINE = "当前位置：<a href='/'>首页</a> &gt; <a href='/zwgk/'>政务公开</a> &gt; 某局"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"<body><div>{LINE}</div></body>", "首页 > 政务公开 > 某局"),
        (f"<body><!-- 当前位置 --><div>{LINE}</div></body>", "首页 > 政务公开 > 某局"),
        (f"<body><script>var a='当前位置：假的'</script><div>{LINE}</div></body>", "首页 > 政务公开 > 某局"),
        (f"<body><img alt='当前位置：图标'><div>{LINE}</div></body>", "首页 > 政务公开 > 某局"),
        (f"<head><title>当前位置：题</title></head><body><div>{LINE}</div></body>", "首页 > 政务公开 > 某局"),
        ("<body><span>当前位置</span>：<a>首页</a>&nbsp;&gt;&nbsp;<a>某局</a></body>", "首页 > 某局"),
        ("<body><span>首页</span> &gt; <a>某局</a></body>", "首页 > 某局"),
        ("<body></body>", None),
    ],
)  # fmt: skip
def test_line_is_what_people_see(source, expected):
    """Comments, scripts, attributes and the head are not seen."""
    line = breadcrumb(Page("http://a/1.html", f"<html>{source}{PADDING}</html>".encode()))
    assert (line or "")[: len(expected or "")] == (expected or "") and (line is None) == (expected is None)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<table><tr><td>行政许可</td></tr></table>", True),
        ("<TABLE><tr><td>行政许可</td></tr></TABLE>", True),
        ("<table><tr><td>导航</td></tr></table><p>行政许可</p>", False),
        ("<p>行政许可</p>", False),
    ],
)
def test_label_counts_inside_a_table_only(source, expected):
    """A report in pictures speaks of its numbers in words, too."""
    assert (
        has_official_table(Page("http://a/1.html", f"<html><body>{source}</body></html>".encode()))
        == expected
    )


def test_words_in_a_long_script_are_not_shown():
    """However far the script goes on behind them."""
    script = f"<script>var a = '当前位置：首页 > 假的';{'x' * 9000}</script>"
    source = f"<html><body>{script}<p>当前位置：<a href='/'>首页</a> &gt; 年报</p></body></html>"
    assert breadcrumb(Page("http://a.gov.cn/b/c.html", source.encode())) == "首页 > 年报"
