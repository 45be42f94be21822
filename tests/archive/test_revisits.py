"""New documents are looked at by every crawl, old ones rarely, and what is gone often enough to prove it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from archive import frontier
from archive.frontier import Target, TargetState
from archive.records import Capture, Role, Sighting, Verdict
from archive.store import Archive, stamp

START = datetime(2025, 1, 20, 17, tzinfo=UTC)
URL = "http://a.gov.cn/1.html"
FRESH = timedelta(hours=20)


@pytest.fixture
def crawl_on(archive: Archive, monkeypatch):
    """Crawl on a day after the start; returns whether the document was asked for."""

    def crawl(day: int, verdict: Verdict = Verdict.OK, *, linked: bool = True) -> bool:
        # each crawl a little earlier than the last: a week later is never quite a week
        now = START + timedelta(days=day, seconds=-day)
        monkeypatch.setenv("NIANBAO_NOW", now.isoformat())
        round_ = frontier.begin_round(archive, "p", 2024, FRESH)
        frontier.renew(archive, "p", 2024, round_)
        if linked:
            frontier.offer(archive, [Target("p", URL, "a.gov.cn:80", Role.ARTICLE)], round_)
        target = frontier.next_target(archive, "p", ())
        if target is not None:
            content = b"report" if verdict is Verdict.OK else None
            capture = Capture("p", Role.ARTICLE, URL, now, verdict, content=content)
            capture_id = archive.add_capture(capture, round_.run_id)
            if verdict is Verdict.OK:
                archive.add_document(Sighting("p", URL, Role.ARTICLE), capture_id)
                changes = {"last_capture": capture_id, "fetched_at": stamp(now)}
                frontier.settle(archive, target, TargetState.DONE, changes)
            else:
                frontier.settle(archive, target, TargetState.GONE, {"last_capture": capture_id})
        archive.finish_run(round_.run_id, "ok")
        return target is not None

    return crawl


@pytest.mark.parametrize("linked", [True, False])
def test_document_is_asked_for_daily_then_weekly_then_monthly(crawl_on, linked):
    """Also when no list page links it any more."""
    crawl_on(0)
    asked = [day for day in range(1, 400) if crawl_on(day, linked=linked)]
    assert asked[:29] == list(range(1, 30))
    gaps = [after - before for before, after in pairwise(asked)]
    weekly = [gap for day, gap in zip(asked, gaps, strict=False) if 30 <= day < 170]
    monthly = [gap for day, gap in zip(asked, gaps, strict=False) if day > 190]
    assert set(weekly) == {7}
    assert set(monthly) == {30}


def test_vanished_document_is_looked_for_long_enough_to_prove_it(crawl_on):
    """Unlinked and gone from day 10 on: looked for on each of the 14 days after, later rarely."""
    crawl_on(0)
    crawl_on(9)
    asked = [day for day in range(10, 150) if crawl_on(day, Verdict.GONE, linked=False)]
    assert asked[:15] == list(range(10, 25))
    assert 2 <= len([day for day in asked if day > 60]) <= 4


def test_gone_address_that_never_held_a_document_is_left_alone(crawl_on):
    """A dead link is nobody's report."""
    crawl_on(0, Verdict.GONE)
    assert not any(crawl_on(day, linked=False) for day in range(1, 40))
