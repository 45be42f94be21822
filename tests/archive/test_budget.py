"""The day's budget of a host holds over runs, kills and crawls side by side."""

from datetime import date

from archive.budget import MOST_AT_ONCE, Budget

TODAY = date(2025, 2, 5)


def spent(archive, host="a", day=TODAY) -> int:
    """Return what is counted in the database."""
    rows = archive.rows(
        "select requests from host_days where host = :h and day = :d", {"h": host, "d": str(day)}
    )
    return rows[0]["requests"] if rows else 0


def test_budget_counts_by_host_and_day(archive):
    """The last allowed request is allowed, the next is not; another day or host has its own."""
    budget = Budget(archive)
    assert [budget.spend("a", TODAY, 2) for _ in range(3)] == [True, True, False]
    assert budget.spend("b", TODAY, 2)
    assert budget.spend("a", date(2025, 2, 6), 2)
    assert spent(archive) == 2


def test_every_request_of_a_budget_can_be_made_and_none_more(archive):
    """Taking several at once neither loses nor gains one, however many crawls take turns."""
    crawls = [Budget(archive) for _ in range(3)]
    made = 0
    while any(results := [one.spend("a", TODAY, 1000) for one in crawls]):
        made += sum(results)
    assert made == spent(archive) == 1000


def test_unused_requests_are_given_back_at_the_end(archive):
    """A crawl of three requests counts three; giving back twice changes nothing."""
    budget = Budget(archive)
    assert all(budget.spend("a", TODAY, 2000) for _ in range(3))
    assert spent(archive) == MOST_AT_ONCE
    budget.give_back()
    budget.give_back()
    assert spent(archive) == 3


def test_killed_crawl_never_gains_a_request(archive):
    """A hundred kills, each behind one request, lose less than a block each; the budget still holds."""
    made = 0
    for _ in range(100):
        made += Budget(archive).spend("a", TODAY, 2000)
    assert made == 100
    assert made <= spent(archive) <= 100 * MOST_AT_ONCE
    last = Budget(archive)
    while last.spend("a", TODAY, 2000):
        made += 1
    assert made <= spent(archive) == 2000
    assert made >= 2000 - 100 * (MOST_AT_ONCE - 1)
