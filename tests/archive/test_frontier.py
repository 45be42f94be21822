"""The frontier loses nothing, repeats nothing within a round, and keeps a host's budget."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from archive import frontier
from archive.frontier import Target, TargetState
from archive.records import Capture, Role, Verdict
from archive.store import Archive, stamp
from config import clock
from config.places import Places

FRESH = timedelta(hours=20)


def target(path: str = "/1.html", role: Role = Role.ARTICLE, **values) -> Target:
    """A target on one host."""
    return Target("p", f"http://a.gov.cn{path}", "a.gov.cn:80", role, **values)


def begin(archive, year=2024, portal="p"):
    """Start a run and find its round."""
    return frontier.begin_round(archive, portal, year, FRESH)


def finish(archive, one: Target, round_, verdict=Verdict.OK, state=TargetState.DONE) -> None:
    """Record an end of the target's request, as a crawl does."""
    at = clock.now()
    capture = Capture(portal="p", role=one.role, url=one.url, requested_at=at, verdict=verdict)
    changes = {"last_capture": archive.add_capture(capture, round_.run_id)}
    if state is TargetState.DONE:
        changes["fetched_at"] = stamp(at)
    frontier.settle(archive, one, state, changes)


def test_pending_target_is_handed_out_until_it_is_settled(archive):
    """A kill in between leaves it pending."""
    round_ = begin(archive)
    frontier.offer(archive, [target()], round_)
    assert frontier.next_target(archive, "p", ()).url == target().url
    assert frontier.next_target(archive, "p", ()).url == target().url
    finish(archive, target(), round_)
    assert frontier.next_target(archive, "p", ()) is None


def test_busy_hosts_targets_wait(archive):
    """One request at a time to a host."""
    frontier.offer(archive, [target()], begin(archive))
    assert frontier.next_target(archive, "p", {"a.gov.cn:80"}) is None


def test_lower_rank_comes_first_and_retries_last(archive):
    """Lists before later pages; what failed waits for what was not yet tried."""
    round_ = begin(archive)
    frontier.offer(
        archive, [target("/late", rank=3), target("/first", rank=1), target("/second", rank=2)], round_
    )
    failed = frontier.next_target(archive, "p", ())
    finish(archive, failed, round_, Verdict.ERROR, TargetState.PENDING)
    frontier.settle(archive, failed, TargetState.PENDING, {"failures": 1})
    order = []
    while one := frontier.next_target(archive, "p", ()):
        order.append(one.url.rsplit("/", 1)[1])
        finish(archive, one, round_)
    assert order == ["second", "late", "first"]


def test_list_is_due_once_in_a_round(archive):
    """Offered again by another page of the same crawl, it stays done; the next crawl asks again."""
    listed = target("/nb/", Role.LIST)
    first = begin(archive)
    frontier.offer(archive, [listed], first)
    finish(archive, listed, first)
    frontier.offer(archive, [listed], first)
    assert frontier.next_target(archive, "p", ()) is None
    archive.finish_run(first.run_id, "ok")
    frontier.offer(archive, [listed], begin(archive))
    assert frontier.next_target(archive, "p", ()) is not None


def test_killed_run_and_its_successor_are_one_round(archive):
    """What the killed run has recorded is not asked again."""
    listed = target("/nb/", Role.LIST)
    killed = begin(archive)
    frontier.offer(archive, [listed], killed)
    finish(archive, listed, killed)
    second = begin(archive)
    assert second.first_run == killed.run_id
    frontier.offer(archive, [listed], second)
    assert frontier.next_target(archive, "p", ()) is None


@pytest.mark.parametrize("difference", ["year", "portal", "age"])
def test_run_of_another_crawl_is_no_part_of_the_round(archive, monkeypatch, difference):
    """Another year, another portal, or too long ago."""
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-05T09:00:00+08:00")
    begin(archive)
    if difference == "age":
        monkeypatch.setenv("NIANBAO_NOW", "2025-02-06T09:00:00+08:00")
    other = begin(archive, 2023 if difference == "year" else 2024, "q" if difference == "portal" else "p")
    assert other.first_run == other.run_id


def test_interrupted_run_is_completed_but_a_failed_one_is_not(archive):
    """Failed means that it went to its end."""
    interrupted = begin(archive)
    archive.finish_run(interrupted.run_id, "interrupted")
    second = begin(archive)
    assert second.first_run == interrupted.run_id
    archive.finish_run(second.run_id, "failed")
    third = begin(archive)
    assert third.first_run == third.run_id


def test_fresh_document_is_not_due_and_a_stale_one_is(archive, monkeypatch):
    """By age, also when its list names it again."""
    for now, due in (("2025-02-05T09:00", False), ("2025-02-06T04:59", False), ("2025-02-06T05:00", True)):
        monkeypatch.setenv("NIANBAO_NOW", f"{now}:00+08:00")
        round_ = begin(archive)
        frontier.offer(archive, [target()], round_)
        if now.endswith("05T09:00"):
            finish(archive, target(), round_)
        assert (frontier.next_target(archive, "p", ()) is not None) == due
        archive.finish_run(round_.run_id, "ok")


def test_known_documents_of_the_year_are_renewed(archive, monkeypatch):
    """Stale ones of the year and of no year; those of other years and the gone ones stay."""
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-05T09:00:00+08:00")
    first = begin(archive)
    years = {"/2024": [2024], "/2023": [2023], "/none": None, "/gone": [2024]}
    known = [target(path, context={"years": value} if value else {}) for path, value in years.items()]
    frontier.offer(archive, known, first)
    for one in known:
        finish(archive, one, first, state=TargetState.GONE if one.url.endswith("gone") else TargetState.DONE)
    archive.finish_run(first.run_id, "ok")
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-07T09:00:00+08:00")
    frontier.renew(archive, "p", 2024, begin(archive))
    pending = archive.rows("select url from targets where state = 'pending' order by url")
    assert [row["url"].rsplit("/", 1)[1] for row in pending] == ["2024", "none"]


def test_host_that_asked_to_wait_is_declined_until_then(archive, monkeypatch):
    """Retry-After outlives the run."""
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-05T09:00:00+08:00")
    round_ = begin(archive)
    frontier.offer(archive, [target()], round_)
    finish(archive, target(), round_, Verdict.DECLINED, TargetState.FAILED)
    frontier.settle(archive, target(), TargetState.FAILED, {"not_before": "2025-02-05T03:00:00.000Z"})
    archive.finish_run(round_.run_id, "failed")
    later = begin(archive)
    assert [row["host"] for row in frontier.declined_hosts(archive, "p", later)] == ["a.gov.cn:80"]
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-05T11:30:00+08:00")
    assert frontier.declined_hosts(archive, "p", later) == []


def test_next_target_is_found_without_sorting_the_queue(archive):
    """A queue of 50 000 pages must not make each request slower."""
    plan = archive.rows(
        f"explain query plan {frontier.NEXT.format('')}", {"portal": "p", "busy": "[]", "passed": "[]"}
    )
    assert not [row["detail"] for row in plan if "TEMP B-TREE" in row["detail"]]
    assert any("USING INDEX" in row["detail"] for row in plan)


class Crawls(RuleBasedStateMachine):
    """Crawls that are killed or end at any moment: each address once a round, and none is lost."""

    def __init__(self) -> None:
        super().__init__()
        import tempfile
        from pathlib import Path

        self.folder = tempfile.TemporaryDirectory()
        at = Places(Path(self.folder.name) / "data", Path(self.folder.name))
        self.archive = Archive.open(at)
        self.round = begin(self.archive)
        self.offered: set[str] = set()
        self.asked: list[str] = []

    @rule(names=st.sets(st.sampled_from("abcdef"), min_size=1))
    def a_page_names(self, names):
        """Links are found, some again."""
        frontier.offer(self.archive, [target(f"/{name}", Role.LIST) for name in sorted(names)], self.round)
        self.offered |= names

    @rule()
    def the_next_request_ends(self):
        """It is recorded."""
        one = frontier.next_target(self.archive, "p", ())
        if one is not None:
            finish(self.archive, one, self.round)
            self.asked.append(one.url[-1])

    @rule()
    def the_crawl_is_killed_and_restarted(self):
        """Nothing is finished; the round goes on."""
        self.round = begin(self.archive)

    @precondition(lambda self: frontier.next_target(self.archive, "p", ()) is None)
    @rule()
    def the_crawl_ends_and_the_next_begins(self):
        """A new round: everything offered in it is due again."""
        assert sorted(self.asked) == sorted(self.offered)
        self.archive.finish_run(self.round.run_id, "ok")
        self.round = begin(self.archive)
        self.offered, self.asked = set(), []

    @invariant()
    def nothing_is_asked_twice_in_a_round(self):
        """However often it is offered, and however often the crawl is killed."""
        assert len(self.asked) == len(set(self.asked))

    def teardown(self):
        """Leave no files."""
        self.archive.close()
        self.folder.cleanup()


Crawls.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
TestCrawls = Crawls.TestCase
