"""What ends together is one transaction, and none of it takes the others along."""

import asyncio

import pytest

from archive import frontier
from archive.store import Archive
from config.places import Places
from crawler import commit as commits
from crawler import together
from crawler.shared import leave_archive, take_archive
from crawler.together import commit_together
from tests.crawler.exchanges import exchange, visit_of

URLS = [f"http://www.a.gov.cn:{port}/1.html" for port in range(81, 86)]


@pytest.fixture
def visit(places):
    """A visit of one portal, without a crawler."""
    with Archive.open(places) as archive:
        yield visit_of(archive, places)


def commit_all(*ended) -> list:
    """Let exchanges end in one turn; returns what each came to."""

    async def all_at_once() -> list:
        return await asyncio.gather(*(commit_together(*one) for one in ended), return_exceptions=True)

    return asyncio.run(all_at_once())


def journal_lines(visit) -> int:
    """Transactions that were told."""
    return len(visit.assignment.at.journal.read_text("utf-8").splitlines())


def test_exchanges_of_one_turn_are_one_transaction(visit):
    """One line of the journal, all documents, every target done."""
    ended = [(visit, exchange(visit, url)) for url in URLS]
    before = journal_lines(visit)
    assert commit_all(*ended) == [None] * len(URLS)
    assert journal_lines(visit) == before + 1
    assert visit.archive.db.table("documents").count == len(URLS)
    assert visit.counts["documents"] == len(URLS)


def test_exchange_waits_for_another_that_is_in_flight(visit, monkeypatch):
    """They end a few turns of the loop apart."""
    monkeypatch.setattr(together, "PATIENCE_S", 60)
    ended = [exchange(visit, url) for url in URLS[:2]]
    before = journal_lines(visit)
    visit.busy |= {one.target.host for one in ended}

    async def one_after_the_other() -> None:
        first = asyncio.create_task(commit_together(visit, ended[0]))
        for _ in range(5):
            await asyncio.sleep(0)
        assert not first.done()
        await asyncio.gather(first, commit_together(visit, ended[1]))

    asyncio.run(one_after_the_other())
    assert journal_lines(visit) == before + 1
    assert visit.archive.db.table("documents").count == 2


def test_exchange_waits_only_a_moment(visit):
    """A host that never answers keeps nobody else's pages out of the archive."""
    ended = exchange(visit, URLS[0])
    visit.busy |= {ended.target.host, "slow.gov.cn:80"}
    assert commit_all((visit, ended)) == [None]
    assert visit.archive.db.table("documents").count == 1


def test_exchange_that_fails_does_not_take_the_others_along(visit, monkeypatch):
    """The others are in the archive, it alone is to be done again, and its error is told."""
    settle = frontier.settle

    def fail_at_third(archive, target, *rest):
        if target.url == URLS[2]:
            raise OSError("disk full")
        return settle(archive, target, *rest)

    monkeypatch.setattr(frontier, "settle", fail_at_third)
    came_to = commit_all(*((visit, exchange(visit, url)) for url in URLS))
    assert [str(one) for one in came_to if one is not None] == ["disk full"]
    done = visit.archive.rows("select url from targets where state = 'done' order by url")
    assert [row["url"] for row in done] == [*URLS[:2], *URLS[3:]]
    assert visit.counts["documents"] == len(URLS) - 1


def test_recording_is_on_the_disk_before_the_transaction(visit, monkeypatch):
    """A capture never lacks its record."""
    steps = []
    monkeypatch.setattr(type(visit.warc), "flush", lambda _self: steps.append("flush"))
    monkeypatch.setattr(commits.frontier, "settle", lambda *_arguments: steps.append("settle"))
    commit_all(*((visit, exchange(visit, url)) for url in URLS[:2]))
    assert steps == ["flush", "flush", "settle", "settle"]


def test_exchanges_of_two_archives_go_each_into_its_own(visit, tmp_path):
    """A process may work on two data directories."""
    at = Places(tmp_path / "other", tmp_path / "config")
    with Archive.open(at) as archive:
        other = visit_of(archive, at)
        ended = [(visit, exchange(visit, URLS[0])), (other, exchange(other, URLS[1]))]
        assert commit_all(*ended) == [None, None]
        assert [row["url"] for row in archive.rows("select url from documents")] == [URLS[1]]


def test_cancelled_exchange_is_committed_all_the_same(visit):
    """Bytes that are here are kept, whoever still waits for it."""

    async def cancel() -> None:
        task = asyncio.create_task(commit_together(visit, exchange(visit, URLS[0])))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, commit_together(visit, exchange(visit, URLS[1])), return_exceptions=True)

    asyncio.run(cancel())
    assert visit.archive.db.table("documents").count == 2


def test_archive_is_open_until_the_last_crawl_leaves_it(places):
    """Crawls of one process share it."""
    first, second = take_archive(places), take_archive(places)
    assert first is second
    leave_archive(places)
    assert first.rows("select 1 as one") == [{"one": 1}]
    leave_archive(places)
    again = take_archive(places)
    assert again is not first
    leave_archive(places)
