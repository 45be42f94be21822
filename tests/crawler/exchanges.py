"""An exchange of a portal of one page, made by hand."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

from archive import frontier
from archive.budget import Budget
from archive.frontier import Round
from archive.records import Capture, Listing, Role, Sighting, Verdict
from archive.store import Archive
from config.portals import Portal
from crawler.exchange import Exchange, Found, Harvest
from crawler.hosts import Hosts
from crawler.trail import Trail
from crawler.visit import Visit
from crawler.warc import WarcFile

NOW = datetime(2025, 2, 5, tzinfo=UTC)
URL = "http://www.a.gov.cn/1.html"


def visit_of(archive: Archive, places) -> Visit:
    """A visit of one portal, without a crawler."""
    portal = Portal(id="one", name="一", entry_urls=(URL,), allowed_hosts=("www.a.gov.cn",))
    run = archive.start_run("crawl", portal="one", year=2024)
    return Visit(
        assignment=SimpleNamespace(portal=portal, year=2024, at=places), archive=archive,
        round=Round(run, run, NOW), hosts=Hosts(3),
        lock=SimpleNamespace(close=lambda: None), retry_limit=2,
        warc=WarcFile(places.warc / 'one.warc.gz', {}), budget=Budget(archive),
    )  # fmt: skip


def exchange(visit, url: str = URL, **changes) -> Exchange:
    """A good article that lists one link and leads to one file."""
    visit.offer(Found(url, Role.ARTICLE, Trail()))
    target = frontier.find_target(visit.archive, "one", url)
    capture = Capture(
        "one", Role.ARTICLE, url, NOW, Verdict.OK, status=200, content=b"<p>report</p>", etag='"1"'
    )
    harvest = Harvest((Listing("http://x/", "甲"),), (Found(f"{url}.pdf", Role.ATTACHMENT, Trail()),), True)
    whole = Exchange(target, Trail(), capture, harvest, Sighting("one", url, Role.ARTICLE))
    return replace(whole, **changes)
