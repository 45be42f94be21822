"""Dates are read in all their shapes, and each says what it is evidence of."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import DateEvidence, DateKind, date_in_url, dates_of_hints, labelled_dates, parse_date

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["2025-01-16", "2025.01.16", "2025/1/16", "2025年1月16日", "2025-01-16 16:57", "２０２５年１月１６日",
     "20250116", "二〇二五年一月十六日", "二○二五年一月十六日", "发布于 2025 年 1 月 16 日",
     "2025-01-16T23:30:00+08:00", "2025-01-15T17:00:00Z"],
)  # fmt: skip
def test_shapes_of_a_day(text):
    """Every shape that real pages use."""
    assert parse_date(text) == date(2025, 1, 16)


@pytest.mark.parametrize(
    "text", ["", "2025-13-01", "2025年2月30日", "12025-01-16", "1925-01-16", "第202501号"]
)
def test_what_is_no_day_is_none(text):
    """An impossible day is not mended."""
    assert parse_date(text) is None


@given(DAYS)
def test_written_day_is_read_back(day):
    """ISO and Chinese spelling agree."""
    assert parse_date(day.isoformat()) == parse_date(f"{day.year}年{day.month}月{day.day}日") == day


@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text):
    """Any string is a day or none."""
    day = parse_date(text)
    assert day is None or 2000 <= day.year <= 2099
    assert all(isinstance(item, DateEvidence) for item in labelled_dates(text))


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.gov.cn/2026/01-07/1370715.html", date(2026, 1, 7)),
        ("https://a.gov.cn/art/2025/1/6/art_1229233089_4327349.html", date(2025, 1, 6)),
        ("https://a.gov.cn/zfxxgknb/202503/t20250315_88.html", date(2025, 3, 15)),
        ("https://a.gov.cn/doc/2025/01/16/412.shtml", date(2025, 1, 16)),
        ("https://a.gov.cn/columns/9f/202501/16/0a.html", date(2025, 1, 16)),
        ("https://a.gov.cn/c27683/20250116/i2473149.html", date(2025, 1, 16)),
        ("https://a.gov.cn/html/2025/zwgk_0116/12.html", date(2025, 1, 16)),
        ("https://a.gov.cn/zfxxgknb/202503/t26263658.html", None),
        ("https://a.gov.cn/202501/0a.shtml", None),
        ("https://a.gov.cn/gi_news/20251301", None),
    ],
)
def test_day_in_an_address(url, day):
    """Families that spell the day, and shapes that only look like one."""
    assert date_in_url(url) == day


@given(DAYS)
def test_address_of_a_day_spells_that_day(day):
    """The common shape, for any day."""
    assert date_in_url(f"http://a.gov.cn/{day.year}/{day.month:02}-{day.day:02}/1.html") == day


def test_day_of_writing_is_not_a_day_of_publication():
    """成文 01-15 and 发布 01-21 are two things."""
    found = labelled_dates("成文日期：2025-01-15\n发布日期：2025-01-21")
    assert [(item.kind, item.on) for item in found] == [(DateKind.LABEL, date(2025, 1, 21))]


def test_update_is_evidence_of_existing_only():
    """更新时间 is of its own kind."""
    (found,) = labelled_dates("更新时间: 2025-02-20 10:00")
    assert (found.kind, found.on) == (DateKind.UPDATE, date(2025, 2, 20))


def test_label_broken_by_blanks_is_read():
    """发 布 日 期 is a label too."""
    (found,) = labelled_dates("发 布 日 期：2025年1月21日")
    assert found.on == date(2025, 1, 21)


def test_blank_label_does_not_take_the_next_labels_date():
    """发布日期 is empty; the date belongs to 更新时间. And two labels on one line are two dates."""
    (found,) = labelled_dates("发布日期： 更新时间：2025-02-20")
    assert found.kind is DateKind.UPDATE
    both = labelled_dates("发布日期：2025-01-16 更新时间：2025-02-20")
    assert [item.on.month for item in both] == [1, 2]


def test_date_without_label_is_no_evidence():
    """A page header's date says nothing about the report."""
    assert labelled_dates("今天是 2025年3月1日 星期六") == []


def test_hints_give_independent_kinds_once():
    """A date of the index block that the label search found again is not a second kind."""
    block = "索引号 K01 发布机构 某局 公开日期：2025-01-16"
    found = dates_of_hints({"index_block": block, "date_labels": "公开日期：2025-01-16"})
    assert [(item.kind, item.on) for item in found] == [(DateKind.INDEX, date(2025, 1, 16))]


def test_meta_label_and_generation_time_are_three_kinds():
    """What the page says in three places."""
    found = dates_of_hints({
        "meta_pub_date": "2025-01-16 09:00",
        "date_labels": "发布时间：2025-01-17",
        "meta_generated": "2025-03-01",
    })  # fmt: skip
    assert {item.kind: item.on.day for item in found} == {
        DateKind.INDEX: 16, DateKind.LABEL: 17, DateKind.UPDATE: 1,
    }  # fmt: skip


@given(DAYS, st.integers(1, 400))
def test_dates_keep_their_order(day, days):
    """A later day never reads as an earlier one."""
    later = day + timedelta(days=days)
    if later.year <= 2099:
        assert parse_date(str(later)) > parse_date(str(day))
