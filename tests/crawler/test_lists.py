"""Lists by API: how they are asked, how one page leads to the next, what is no answer at all."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Role, Verdict
from crawler.addressing import query_of, with_query
from crawler.asking import posted_form, posted_json, posting_form, posting_json, question_of
from crawler.errors import UnexpectedAnswer
from crawler.growth import following
from crawler.jpage import read_units
from crawler.links import Link
from crawler.lists import Batch, json_of, link_to, links_in, read_batch
from crawler.pages import Page, on_same_scheme
from crawler.reading import Reach
from crawler.trail import Trail
from crawler.verdicts import Answer, judge

API = "http://www.a.gov.cn/api/list"
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)


@given(st.dictionaries(TEXTS, TEXTS, max_size=5))
def test_posted_form_comes_back(fields):
    """Whatever is posted stands in the address and is read out of it again."""
    address = posting_form(API, fields)
    assert posted_form(address) == fields
    assert (question_of(address).url, question_of(address).method) == (API, "POST")


@given(st.dictionaries(TEXTS, TEXTS | st.integers() | st.none(), max_size=5))
def test_posted_json_comes_back(payload):
    """As bytes, too: what goes out is JSON."""
    address = posting_json(API, payload)
    assert posted_json(address) == payload
    assert address.isascii()
    assert posted_json(posting_json(API, payload)) == payload


def test_plain_address_is_asked_by_get():
    """An anchor is none of ours."""
    question = question_of(f"{API}#2590")
    assert (question.url, question.method, question.body) == (API, "GET", b"")
    assert (posted_form(f"{API}#2590"), posted_json(API)) == ({}, {})


def test_query_is_changed_in_place():
    """Other parameters stay, also blank ones."""
    assert with_query(f"{API}?a=1&b=&page=1", page=2, c="年") == f"{API}?a=1&b=&page=2&c=%E5%B9%B4"
    assert query_of(f"{API}?a=&b=2") == {"a": "", "b": "2"}


def links(*names: str) -> tuple[Link, ...]:
    """Links by name."""
    return tuple(Link(f"http://a/{name}", name, name) for name in names)


def test_list_grows_until_its_total():
    """What counts is what came, not what was asked for."""
    second = following(Trail(), links("a", "b"), 3)
    assert (second.page_number, second.seen) == (2, 2)
    assert following(second, links("c"), 3) is None


def test_list_without_total_ends_where_it_stops_growing():
    """An empty page, or the last one again."""
    second = following(Trail(), links("a", "b"))
    assert following(second, ()) is None
    assert following(second, links("a", "b")) is None
    assert following(second, links("c")).page_number == 3


def test_page_that_repeats_is_an_error_where_more_is_said_to_be():
    """A server that ignores the page's number must not look like a whole list."""
    second = following(Trail(), links("a", "b"), 9)
    with pytest.raises(UnexpectedAnswer, match="repeats"):
        following(second, links("a", "b"), 9)
    with pytest.raises(UnexpectedAnswer, match="2 of 9"):
        following(second, (), 9)


def test_entries_are_counted_and_not_their_links():
    """A record with two links is one."""
    assert following(Trail(), links("a", "b", "c"), 4, 2).seen == 2


def test_batch_is_bounded_by_most_pages():
    """The bound of every list."""
    batch = Batch("http://a/nb/", links("a"), 99)
    assert read_batch(batch, Trail(page_number=5), Reach(2024, most_pages=5), str).found == ()


def test_batch_asks_for_the_next_page_as_a_list_of_its_column():
    """With the column as Referer, and as the list that its reports are found on."""
    found = read_batch(
        Batch("http://a/nb/", links("甲局2024年政府信息公开工作年度报告"), 2), Trail(), Reach(2024),
        lambda way: f"{API}?page={way.page_number}",
    ).found  # fmt: skip
    assert [(one.role, one.referer, one.trail.list_url) for one in found] == [
        (Role.ARTICLE, "http://a/nb/", "http://a/nb/"), (Role.LIST, "http://a/nb/", "http://a/nb/")
    ]  # fmt: skip


@pytest.mark.parametrize("text", ['{"a": 1}', 'cb({"a": 1});', '\ufeff{"a":1}', 'jQuery17.x_1({"a":1})'])
def test_json_is_read_out_of_its_callback(text):
    """JSONP, a byte order mark."""
    assert json_of(Page(API, text.encode())) == {"a": 1}


@pytest.mark.parametrize("text", ["", "<html>error</html>", "cb(", '{"a": '])
def test_what_is_no_json_is_no_answer(text):
    """It proves nothing."""
    with pytest.raises(UnexpectedAnswer):
        json_of(Page(API, text.encode()))


def test_entry_becomes_a_link():
    """Without tags in its title, with its day."""
    link = link_to("http://a/1.html", "<font color='red'>年报</font>", "2025-01-13 10:00:00")
    assert (link.title, link.shown_on) == ("年报", date(2025, 1, 13))
    assert link_to(None, "年报") is None


DATASTORE = """<script type="text/xml"><datastore><totalrecord>57</totalrecord>
<nextgroup><![CDATA[<a href="/d.jsp?page=1&amp;columnid=7&amp;unitid=9"></a>]]></nextgroup>
<recordset><record><![CDATA[<li><a href='/1.html'>一</a></li>]]></record>
<record><![CDATA[<li><a href='/2.html'>二</a></li>]]></record></recordset></datastore></script>
<script>$('#9').jpage({totalRecord:60, perPage:19, groupSize:2, proxyUrl:'/d.jsp',
ajaxParam:{webid:1,columnid:7,unitid:'9',webname:'某县'}})</script>"""


def test_datastore_is_read_with_its_script():
    """Records, total, the address of the next group, and what the script would ask."""
    (unit,) = read_units(DATASTORE)
    assert (unit.count, unit.total, unit.next_group) == (2, 57, "/d.jsp?page=1&columnid=7&unitid=9")
    assert (unit.proxy, unit.per_page, unit.group, unit.identity) == ("/d.jsp", 19, 2, "7")
    assert unit.params["webname"] == "某县"
    assert [link.text for link in links_in(unit.records, "http://a/")] == ["一", "二"]


def test_script_without_records_is_a_list_too():
    """All of it comes by the proxy."""
    (unit,) = read_units(DATASTORE[DATASTORE.index("$('#9')") :])
    assert (unit.count, unit.total, unit.params["unitid"]) == (0, 60, "9")
    assert read_units("<p>nothing</p>") == ()


@given(st.text(max_size=300))
def test_any_source_has_units_or_none(source):
    """Reading never raises."""
    read_units(f"<datastore>{source}</datastore>.jpage({{{source}")


@pytest.mark.parametrize(
    ("url", "expected"),
    [("https://www.a.gov.cn/1", "http://www.a.gov.cn/1"), ("http://www.a.gov.cn/1", "http://www.a.gov.cn/1"),
     ("https://b.gov.cn/1", "https://b.gov.cn/1")],
)  # fmt: skip
def test_own_links_keep_the_scheme_that_works(url, expected):
    """A host that speaks no TLS links to itself by https all the same."""
    assert on_same_scheme("http://www.a.gov.cn/list", url) == expected
    assert on_same_scheme("https://www.a.gov.cn/list", url) == url


ANSWER = Answer(200, {}, b"", API, Role.LIST)


@pytest.mark.parametrize(
    "content",
    [b'{"data":{"html":"<div class=\\"page\\"></div>"}}', b'cb({"result":"<p></p>"})',
     b'\xef\xbb\xbf[{"title":"<span>1</span>"}]', b'<?xml version="1.0"?><datastore></datastore>'],
)  # fmt: skip
def test_data_with_tags_in_it_is_no_page(content):
    """An empty list of an API is an answer, and not a shell."""
    assert judge(replace(ANSWER, content=content)).verdict is Verdict.OK


def test_data_that_refuses_is_declined():
    """Also as JSON."""
    content = '{"code":403,"msg":"访问被拒绝"}'.encode()
    assert judge(replace(ANSWER, content=content)).verdict is Verdict.DECLINED


def test_small_script_is_an_answer():
    """A script is asked for only where a family reads it."""
    script = replace(ANSWER, url="http://a/js/x.js", content=b"var siteGuid='1';")
    assert judge(script).verdict is Verdict.OK
