"""An exchange is committed whole or not at all, and a reading that fails is still evidence."""

from dataclasses import replace

import pytest

from archive import frontier
from archive.records import Capture, Role, Verdict
from archive.store import Archive
from crawler import commit as commits
from crawler.exchange import Exchange, Harvest
from crawler.trail import Trail
from tests.crawler.exchanges import NOW, URL, exchange, visit_of


@pytest.fixture
def visit(places):
    """A visit of one portal, without a crawler."""
    with Archive.open(places) as archive:
        yield visit_of(archive, places)


def count(visit, table: str) -> int:
    """Rows of a table."""
    return visit.archive.db.table(table).count


def test_whole_exchange_is_committed(visit):
    """Capture, listing, document, found target, state and validators."""
    commits.commit((visit, exchange(visit)))
    assert [count(visit, name) for name in ("captures", "listings", "documents", "targets")] == [1, 1, 1, 2]
    row = visit.archive.row("select * from targets where url = :url", {"url": URL})
    assert (row["state"], row["etag"], row["last_good_capture"]) == ("done", '"1"', 1)


@pytest.mark.parametrize("step", ["settle", "offer"])
def test_failure_between_two_steps_leaves_nothing_but_bytes(visit, monkeypatch, step):
    """And the same exchange can be committed later."""
    whole = exchange(visit)

    def fail(*_arguments: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(frontier, step, fail)
        with pytest.raises(OSError, match="disk full"):
            commits.commit((visit, whole))
    assert [count(visit, name) for name in ("captures", "listings", "documents", "originals")] == [0, 0, 0, 0]
    assert frontier.next_target(visit.archive, "one", ()).url == URL
    commits.commit((visit, whole))
    assert count(visit, "documents") == 1


@pytest.mark.parametrize(("failures", "state"), [(0, "pending"), (1, "pending"), (2, "failed")])
def test_error_is_pending_until_its_tries_are_used_up(visit, failures, state):
    """RETRY_LIMIT more tries after the first."""
    whole = exchange(visit)
    failed = Capture("one", Role.ARTICLE, URL, NOW, Verdict.ERROR, reason="timeout")
    target = replace(whole.target, failures=failures)
    commits.commit((visit, Exchange(target, Trail(), failed, retry=True, unreachable=True)))
    row = visit.archive.row("select state, failures from targets where url = :url", {"url": URL})
    assert (row["state"], row["failures"]) == (state, failures + 1)


def test_hop_stays_pending_at_its_new_address(visit):
    """A kill between two hops continues at the second."""
    hop = Capture("one", Role.REDIRECT, URL, NOW, Verdict.REDIRECTED, status=302)
    to = "http://www.a.gov.cn:8080/2.html"
    commits.commit((visit, exchange(visit, capture=hop, harvest=Harvest(), sighting=None, hop=to)))
    target = frontier.next_target(visit.archive, "one", ())
    assert (target.url, target.host, target.context["hops"]) == (URL, "www.a.gov.cn:8080", [to])


def test_declined_host_is_stopped_in_memory_after_the_commit(visit):
    """The next request of the run sees it."""
    declined = Capture("one", Role.ARTICLE, URL, NOW, Verdict.DECLINED, reason="status 412", status=412)
    commits.commit((visit, exchange(visit, capture=declined, harvest=Harvest(), sighting=None)))
    assert visit.hosts.of("www.a.gov.cn:80").stop.verdict is Verdict.DECLINED
