"""What a clause speaks of, by its words and by those before it."""

from __future__ import annotations

import pytest

from monitor.rules.claims.topic import Topic
from monitor.rules.prose.sentences import Sentence


def topic_of(*clauses: str, heading: str = "") -> Topic:
    """Return the topic of the last of some clauses."""
    topic, told = Topic.of_heading(Sentence("", (), "", 1, heading)), ""
    for words in clauses:
        told += words
        topic = topic.behind(words, told)
        told += "，"
    return topic


@pytest.mark.parametrize(
    "clauses",
    [
        ["全年受理政府信息公开申请12件"],
        ["全年受理政府信息公开申请12件", "办结11件"],
        ["受理申请结转3件"],
    ],
)
def test_a_clause_is_of_requests_by_its_own_words_or_goes_on_with_them(clauses: list[str]) -> None:
    """Behind a comma a clause goes on with requests."""
    topic = topic_of(*clauses)
    assert topic.is_requests and topic.may_carry and topic.may_deny and topic.may_count(clauses[-1])


def test_the_heading_names_the_topic_of_clauses_that_do_not() -> None:
    """共12件 says nothing itself."""
    assert topic_of("共12件", heading="（二）依申请公开").is_requests
    assert not topic_of("共12件", heading="（一）主动公开").is_requests


@pytest.mark.parametrize("other", ["办理行政复议3件", "受理热线工单30件", "答复人大代表建议5件"])
def test_another_topic_ends_that_of_requests(other: str) -> None:
    """办理行政复议3件 is none of requests."""
    topic = topic_of("受理政府信息公开申请12件", other)
    assert not topic.is_requests
    assert not topic.may_count(other)


def test_outcomes_that_only_requests_have_are_theirs_behind_another_topic() -> None:
    """不予公开4件 behind 复议 is of requests named before it."""
    clauses = ("受理政府信息公开申请12件", "办理行政复议3件", "不予公开4件")
    assert topic_of(*clauses).may_count(clauses[-1])
    assert not topic_of("办理行政复议3件", "不予公开4件").may_count("不予公开4件")


def test_what_is_carried_over_behind_another_topic_may_be_that_topic() -> None:
    """无结转 may be of the hotline's orders."""
    assert topic_of("办理申请12件", "无结转").may_carry
    assert not topic_of("办理申请12件", "办理热线工单30件", "无结转").may_carry


def test_a_denial_may_be_of_requests_that_were_named_in_full_unless_another_topic_came_between() -> None:
    """没有收到 behind 来信 may be of letters."""
    assert topic_of("受理政府信息公开申请12件", "没有收到申请").may_deny
    assert not topic_of("受理政府信息公开申请12件", "收到来信30件", "其他无", "没有收到").may_deny
