"""Articles that a page carries in its script: unfolded whatever way they are written, never guessed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import NormalizedText
from extract.normalize import normalize
from extract.page_data import unfold, value_named
from extract.parser import parse_report

TITLE = "大埔县三河镇人民政府2023年政府信息公开工作年度报告"
PARTS = ("总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况",
         "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项")  # fmt: skip
TABLE = (
    "<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>7</td></tr></table>"
)
CONTENT = "".join(
    f"<p>{'一二三四五六'[at]}、{name}</p>" + (TABLE if at == 1 else "<p>本机关认真贯彻“条例”。</p>")
    for at, name in enumerate(PARTS)
)
DETAIL = {
    "id": 1,
    "title": TITLE,
    "content": CONTENT,
    "display_publish_time": 1705370400,
    "publisher": "三河镇",
}


def page(script: str) -> bytes:
    """A content page of the platform."""
    return (
        f"<html><head><meta charset='utf-8'><title>目录</title><script>{script}</script></head><body>"
        "<div class='nav'><a href='/'>首页</a></div><div id='app'></div></body></html>"
    ).encode()


def read(script: str) -> NormalizedText:
    """Read a page with this script."""
    return normalize(page(script))


@pytest.mark.parametrize(
    "script",
    [
        f"window._CONFIG = {{ SID: '1', TREE: [], DETAIL: {json.dumps(DETAIL)} }};",
        f"window._CONFIG = {json.dumps({'SID': '1', 'DETAIL': DETAIL}, ensure_ascii=False)};",
        f"window._CONFIG = {{}}; window._CONFIG.DETAIL = {json.dumps(DETAIL)};",
        f"_CONFIG = {{ DETAIL: {{ id: 1, title: {json.dumps(TITLE)}, content: {json.dumps(CONTENT)} }} }};",
    ],
)
def test_article_in_a_script_is_read(script):
    """JSON escaped or not, one object or two, or JavaScript with bare names."""
    report = parse_report(read(script))
    assert (report.title, report.year) == (TITLE, 2023)
    assert next(fact.value for fact in report.facts if fact.raw == "7") == 7


def test_locators_count_within_the_article():
    """The first table of DETAIL.content is table[1], whatever the page around has."""
    text = read(f"window._CONFIG = {{DETAIL: {json.dumps(DETAIL)}}};")
    assert "table[1]/tr[2]/td[2]" in {anchor.locator for anchor in text.anchors.values()}
    assert "p[1]" in {anchor.locator for anchor in text.anchors.values()}


def test_time_of_publication_is_a_hint_in_local_time():
    """Seconds of the epoch become the day that people there read."""
    hints = read(f"window._CONFIG = {{DETAIL: {json.dumps(DETAIL)}}};").hints
    assert (hints["meta_pub_date"], hints["meta_source"]) == ("2024-01-16 10:00", "三河镇")


def test_files_of_the_article_are_links():
    """An article may be nothing but its files."""
    detail = {"title": TITLE, "content": "", "attachment": [{"name": "年报.docx", "url": "/a/1.docx"}]}
    assert '<a href="/a/1.docx">年报.docx</a>' in unfold(f"_CONFIG = {{DETAIL: {json.dumps(detail)}}}")


@pytest.mark.parametrize(
    "markup",
    ["", "<p>DETAIL: {}</p>", "_CONFIG = {SID: '1'}", "_CONFIG = {DETAIL: null}",
     '_CONFIG = {DETAIL: {"content": ""}}', '_CONFIG = {DETAIL: {"content": '],
)  # fmt: skip
def test_page_without_article_stays_as_it_is(markup):
    """Nothing is made up."""
    assert unfold(markup) is None


def test_value_is_found_by_its_whole_name():
    """SID is not ASID; a value that cannot be read is passed over."""
    assert value_named("ASID: 1, SID: 2", "SID") == 2
    assert value_named("TREE: [bare], TREE: [1]", "TREE") == [1]
    assert value_named("x", "SID") is None


@given(st.text(max_size=200))
def test_any_script_is_unfolded_or_not(script):
    """Reading never raises."""
    unfold(f"_CONFIG = {{DETAIL: {script}")
