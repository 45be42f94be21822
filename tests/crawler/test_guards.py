"""Robots, redirects, addresses, turns, failures, names: the small guards, one by one."""

import asyncio
from datetime import UTC, datetime

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from archive.records import Role, Verdict
from crawler.addresses import is_public
from crawler.answers import file_name, wait_until
from crawler.courtesy import host_of, turn
from crawler.failures import trouble_of
from crawler.hosts import Hosts
from crawler.redirects import leads_home, redirect_of
from crawler.robots import read_robots, robots_url
from crawler.trail import Trail
from crawler.verdicts import Answer

URL = "http://www.a.gov.cn/zwgk/1.html"


def answer(status=200, content=b"", url=URL, role=Role.ARTICLE, **headers) -> Answer:
    """An answer with these headers."""
    return Answer(status, headers, content, url, role)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "::1",
     "fe80::1", "fd00::1", "224.0.0.1", "::ffff:127.0.0.1", "255.255.255.255", "not an address"],
)  # fmt: skip
def test_private_addresses_are_not_public(address):
    """Loopback, private, link-local, shared, multicast, and what is no address at all."""
    assert not is_public(address)


def test_public_addresses_are_public():
    """Both families."""
    assert is_public("202.106.0.20")
    assert is_public("2408:8000::1")


def test_robots_rules_for_us_and_for_all():
    """Our own name has precedence; the delay is read and bounded."""
    rules = read_robots(b"User-agent: *\nDisallow: /a\nCrawl-delay: 9999\n")
    assert (rules.allows("http://x/a/1"), rules.allows("http://x/b"), rules.crawl_delay_s) == (
        False,
        True,
        120.0,
    )
    own = read_robots(b"User-agent: nianbao\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    assert not own.allows("http://x/")
    assert read_robots(b"\xff\xfe not robots at all").allows("http://x/")
    assert robots_url("https://a.gov.cn:8443/b/c?d") == "https://a.gov.cn:8443/robots.txt"


@pytest.mark.parametrize(
    ("given", "hop"),
    [
        (answer(302, location="/new.html"), "http://www.a.gov.cn/new.html"),
        (answer(301, location="https://b.gov.cn/2.html"), "https://b.gov.cn/2.html"),
        (answer(302), None),
        (
            answer(200, b"<meta http-equiv=refresh content='0;url=index.shtml'>"),
            "http://www.a.gov.cn/zwgk/index.shtml",
        ),
        (
            answer(200, b'<META HTTP-EQUIV="Refresh" CONTENT="3; URL=/a?b=1&amp;c=2">'),
            "http://www.a.gov.cn/a?b=1&c=2",
        ),
        (answer(200, b"<meta http-equiv='refresh' content='600;url=/x'>"), None),
        (answer(200, b"<meta http-equiv='refresh' content='0;url=/x'>" + b" " * 5000), None),
        (answer(200, b"<p>text</p>", location="/x"), None),
    ],
)
def test_redirect_is_by_status_or_by_a_page_that_only_refreshes(given, hop):
    """Long pages and late refreshes are pages."""
    assert redirect_of(given) == hop


def test_dead_article_that_leads_home_is_seen():
    """Only for documents, and only where the front page was not asked for."""
    home = answer(url="http://www.a.gov.cn/index.html")
    assert leads_home(URL, home)
    assert not leads_home(URL, answer(url="http://www.a.gov.cn/new/1.html"))
    assert not leads_home("http://www.a.gov.cn/", home)
    assert not leads_home(URL, answer(url="http://www.a.gov.cn/", role=Role.LIST))


@pytest.mark.parametrize(
    ("error", "reason", "unreachable", "retry"),
    [
        (DownloadTimeoutError("late"), "timeout", True, True),
        (CannotResolveHostError("x"), "the host's name cannot be resolved", True, True),
        (DownloadConnectionRefusedError("x"), "connection refused", True, True),
        (ResponseDataLossError(), "the answer was cut off", False, True),
        (DownloadCancelledError("100 is larger than 10"), "too large: 100 is larger than 10", False, False),
        (
            DownloadFailedError("[<twisted.python.failure.Failure OpenSSL.SSL.Error: [('SSL', '')]>]"),
            "TLS: ('SSL', '')", True, True,
        ),
        (DownloadFailedError("[ConnectionLost]"), "connection lost: ConnectionLost", True, True),
        (OSError("odd"), "OSError: odd", True, True),
    ],
)  # fmt: skip
def test_trouble_has_a_name(error, reason, unreachable, retry):
    """And says whether to try again."""
    trouble = trouble_of(error)
    assert (trouble.reason, trouble.unreachable, trouble.retry) == (reason, unreachable, retry)


def test_host_is_name_and_port():
    """The scheme's own port where none is written."""
    assert host_of("https://A.gov.cn/x") == "a.gov.cn:443"
    assert host_of("http://a.gov.cn:8080/x") == "a.gov.cn:8080"


def test_turns_of_a_host_do_not_overlap_and_those_of_others_do():
    """One at a time to one host, side by side to two."""
    open_now: list[str] = []
    seen: list[tuple[str, ...]] = []

    async def ask(host: str) -> None:
        async with turn(host, 0):
            open_now.append(host)
            seen.append(tuple(sorted(open_now)))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            open_now.remove(host)

    async def both() -> None:
        await asyncio.gather(ask("turn-a:80"), ask("turn-a:80"), ask("turn-b:80"))

    asyncio.run(both())
    assert ("turn-a:80", "turn-a:80") not in seen
    assert ("turn-a:80", "turn-b:80") in seen


def test_turn_ends_also_when_the_request_fails():
    """A host is not blocked by an error."""

    async def fail_and_ask() -> str:
        with pytest.raises(ValueError, match="lost"):
            async with turn("turn-c:80", 0):
                raise ValueError("lost")
        async with turn("turn-c:80", 0):
            return "asked"

    assert asyncio.run(fail_and_ask()) == "asked"


def test_unreachable_host_is_stopped_and_an_answer_resets_the_count():
    """Two failures, an answer, then three failures in a row."""
    hosts = Hosts(most_unreachable=3)
    for unreachable in (True, True, False, True, True):
        hosts.note_end("a:80", Verdict.ERROR, "timeout", is_unreachable=unreachable)
    assert hosts.of("a:80").stop is None
    hosts.note_end("a:80", Verdict.ERROR, "timeout", is_unreachable=True)
    assert hosts.of("a:80").stop.reason == "timeout (3 times in a row)"


@pytest.mark.parametrize(
    ("disposition", "url", "name"),
    [
        ("attachment; filename*=UTF-8''%E5%B9%B4%E6%8A%A5.docx", "http://a/d", "年报.docx"),
        ('attachment;filename="年报.pdf"', "http://a/d", "年报.pdf"),
        ("attachment; filename=%E5%B9%B4%E6%8A%A5.doc", "http://a/d", "年报.doc"),
        ("", "http://a/files/%E5%B9%B4.xls", "年.xls"),
        ("", "http://a/t1.html", None),
    ],
)
def test_name_of_a_file(disposition, url, name):
    """Content-Disposition in its spellings, else the address."""
    assert file_name({"content-disposition": disposition}, url) == name


def test_retry_after_is_read_in_both_forms(monkeypatch):
    """Seconds or a date, bounded to a week; nonsense is none."""
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-05T00:00:00+00:00")
    assert wait_until({"retry-after": "60"}) == datetime(2025, 2, 5, 0, 1, tzinfo=UTC)
    assert wait_until({"retry-after": "Wed, 05 Feb 2025 02:00:00 GMT"}) == datetime(2025, 2, 5, 2, tzinfo=UTC)
    assert wait_until({"retry-after": "99999999"}) == datetime(2025, 2, 12, tzinfo=UTC)
    assert wait_until({"retry-after": "soon"}) is None
    assert wait_until({}) is None


def test_trail_is_stored_without_what_says_nothing():
    """And read back whole, also by a version that knows other keys."""
    trail = Trail(list_url="http://a/nb/", years=(2024,), hops=("http://a/2",))
    stored = {"list_url": "http://a/nb/", "years": (2024,), "hops": ("http://a/2",)}
    assert trail.to_context() == stored
    assert Trail.from_context({**stored, "years": [2024], "unknown": 1}) == trail
