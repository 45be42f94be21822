"""An exchange is committed whole or not at all, and a reading that fails is still evidence."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from archive import frontier
from archive.budget import Budget
from archive.frontier import Round
from archive.records import Capture, Listing, Role, Sighting, Verdict
from archive.store import Archive
from config.portals import Portal
from crawler import commit as commits
from crawler.exchange import Exchange, Found, Harvest
from crawler.hosts import Hosts
from crawler.trail import Trail
from crawler.visit import Visit
from crawler.warc import WarcFile

NOW = datetime(2025, 2, 5, tzinfo=UTC)
URL = "http://www.a.gov.cn/1.html"


@pytest.fixture
def visit(places):
    """A visit of one portal, without a crawler."""
    portal = Portal(id="one", name="一", entry_urls=(URL,), allowed_hosts=("www.a.gov.cn",))
    with Archive.open(places) as archive:
        run = archive.start_run("crawl", portal="one", year=2024)
        yield Visit(
            assignment=SimpleNamespace(portal=portal, year=2024, at=places), archive=archive,
            round=Round(run, run, NOW), hosts=Hosts(3),
            lock=SimpleNamespace(close=lambda: None), retry_limit=2,
                warc=WarcFile(places.warc / 'one.warc.gz', {}), budget=Budget(archive),
        )  # fmt: skip


def exchange(visit, **changes) -> Exchange:
    """A good article that lists one link and leads to one file."""
    visit.offer(Found(URL, Role.ARTICLE, Trail()))
    target = frontier.find_target(visit.archive, "one", URL)
    capture = Capture(
        "one", Role.ARTICLE, URL, NOW, Verdict.OK, status=200, content=b"<p>report</p>", etag='"1"'
    )
    harvest = Harvest((Listing("http://x/", "甲"),), (Found(f"{URL}.pdf", Role.ATTACHMENT, Trail()),), True)
    whole = Exchange(target, Trail(), capture, harvest, Sighting("one", URL, Role.ARTICLE))
    return replace(whole, **changes)


def count(visit, table: str) -> int:
    """Rows of a table."""
    return visit.archive.db.table(table).count


def test_whole_exchange_is_committed(visit):
    """Capture, listing, document, found target, state and validators."""
    commits.commit(visit, exchange(visit))
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
            commits.commit(visit, whole)
    assert [count(visit, name) for name in ("captures", "listings", "documents", "originals")] == [0, 0, 0, 0]
    assert frontier.next_target(visit.archive, "one", ()).url == URL
    commits.commit(visit, whole)
    assert count(visit, "documents") == 1


@pytest.mark.parametrize(("failures", "state"), [(0, "pending"), (1, "pending"), (2, "failed")])
def test_error_is_pending_until_its_tries_are_used_up(visit, failures, state):
    """RETRY_LIMIT more tries after the first."""
    whole = exchange(visit)
    failed = Capture("one", Role.ARTICLE, URL, NOW, Verdict.ERROR, reason="timeout")
    target = replace(whole.target, failures=failures)
    commits.commit(visit, Exchange(target, Trail(), failed, retry=True, unreachable=True))
    row = visit.archive.row("select state, failures from targets where url = :url", {"url": URL})
    assert (row["state"], row["failures"]) == (state, failures + 1)


def test_hop_stays_pending_at_its_new_address(visit):
    """A kill between two hops continues at the second."""
    hop = Capture("one", Role.REDIRECT, URL, NOW, Verdict.REDIRECTED, status=302)
    to = "http://www.a.gov.cn:8080/2.html"
    commits.commit(visit, exchange(visit, capture=hop, harvest=Harvest(), sighting=None, hop=to))
    target = frontier.next_target(visit.archive, "one", ())
    assert (target.url, target.host, target.context["hops"]) == (URL, "www.a.gov.cn:8080", [to])


def test_declined_host_is_stopped_in_memory_after_the_commit(visit):
    """The next request of the run sees it."""
    declined = Capture("one", Role.ARTICLE, URL, NOW, Verdict.DECLINED, reason="status 412", status=412)
    commits.commit(visit, exchange(visit, capture=declined, harvest=Harvest(), sighting=None))
    assert visit.hosts.of("www.a.gov.cn:80").stop.verdict is Verdict.DECLINED
