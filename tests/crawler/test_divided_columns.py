"""Columns that are divided by kinds of bodies, or that show only their names; files behind scripts."""

import pytest

from archive.records import Role
from crawler.attachments import read_attachments
from crawler.pages import Page
from crawler.reading import Reach, read_list_page
from crawler.relevance import is_body_name, is_part_of_column
from crawler.trail import Trail

COLUMN = "http://www.a.gov.cn/zwgk/nb/index.html"
REPORT = "<li><a href='/a/1.html'>某某区人民政府2024年政府信息公开工作年度报告</a></li>"


def found(body: str, url: str = COLUMN, title: str = "政府信息公开年报", **trail) -> dict[str, Role]:
    """The addresses that are followed from a list page, without their host."""
    page = Page(url, f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode())
    harvest = read_list_page(page, Trail(list_url=url, **trail), Reach(2024))
    return {one.url.removeprefix("http://www.a.gov.cn"): one.role for one in harvest.found}


KINDS = ("部门", "政府部门", "区直部门", "镇（街道）", "乡镇", "镇街", "县直单位", "区政府", "乡镇人民政府")


@pytest.mark.parametrize("name", KINDS)
def test_kind_of_bodies_below_a_column_is_followed(name):
    """In the column's own folder, beside reports."""
    assert found(f"{REPORT}<a href='./bm/'>{name}</a>") == {
        "/a/1.html": Role.ARTICLE,
        "/zwgk/nb/bm/": Role.LIST,
    }


@pytest.mark.parametrize(
    "name", ["部门动态", "部门预算", "区教育局", "政府工作报告", "办事服务", "首页", "政务公开"]
)
def test_other_links_of_a_column_are_left_alone(name):
    """A menu has many of them."""
    assert not is_part_of_column(name)
    assert found(f"{REPORT}<a href='./bm/'>{name}</a>") == {"/a/1.html": Role.ARTICLE}


def test_kind_of_bodies_in_the_menu_is_left_alone():
    """It leads out of the column."""
    assert found(f"{REPORT}<a href='/bm/'>部门</a>") == {"/a/1.html": Role.ARTICLE}


NAMES = "".join(f"<li><a href='2024/{at}.html'>{name}</a></li>"
                for at, name in enumerate(("区教育局", "红旗镇人民政府", "区发展和改革委员会")))  # fmt: skip


def test_bare_names_below_the_years_list_are_followed():
    """Each is a body's report."""
    expected = {f"/zwgk/nb/2024/{at}.html": Role.ARTICLE for at in range(3)}
    assert found(NAMES, title="2024年政府信息公开年报") == expected
    assert found(NAMES, title="某某区", link_title="2024年", depth=1) == expected


@pytest.mark.parametrize("title", ["2022年政府信息公开年报", "机构职能", "某某区人民政府"])
def test_bare_names_elsewhere_are_no_reports(title):
    """Another year's list, and a list of bodies."""
    assert found(NAMES, title=title) == {}


def test_two_names_are_no_list():
    """A page links its own body and its parent anywhere."""
    assert found(NAMES.partition("<li><a href='2024/2")[0]) == {}


@pytest.mark.parametrize("name", ["区教育局", "城关镇人民政府", "某某街道", "市政务服务中心"])
def test_names_of_bodies_are_known(name):
    """By their last letters."""
    assert is_body_name(name)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("<a href='javascript:;' onclick=\"downFile('/down/f?fid=5')\">点击查看</a>", ["/down/f?fid=5"]),
        ("<a href='/fs/123'>某局2024年年度报告.docx</a>", ["/fs/123"]),
        ("<a onclick=\"$('.menu').slideDown('slow.x')\">栏目</a>", []),
        ("<a href='/fs/123'>上一篇</a>", []),
    ],
)
def test_file_is_known_by_its_name_or_its_script(link, expected):
    """Where its address does not tell."""
    page = Page("http://www.a.gov.cn/a/1.html", f"<html><body>{link}</body></html>".encode())
    assert [one.url.removeprefix("http://www.a.gov.cn") for one in read_attachments(page)] == expected
