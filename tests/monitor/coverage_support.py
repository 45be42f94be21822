"""A small roster and portal, and ways to fill an archive, for the tests of roster and coverage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archive.records import Capture, Listing, Role, Sighting, Verdict
from config.bodies import Body
from config.portals import Portal
from extract.model import Fact, Format, Report, State
from monitor.roster import Roster

COLUMN = "http://www.wolong.gov.cn/nb/index.html"
DUE = datetime(2025, 1, 31, 16, tzinfo=UTC)
"""The first instant that is too late for a street's or a department's 2024 report."""


def body(id_, name, kind, **changes):
    """A body that publishes on the portal `wolong`."""
    values = {"division": "411303", "supervisor": "wolong-office", "portals": ("wolong",)}
    return Body(id=id_, name=name, kind=kind, **{**values, **changes})


AREA = body("wolong-gov", "卧龙区人民政府", "county_government")
OFFICE = body("wolong-office", "卧龙区人民政府办公室", "government_office")
SCHOOLS = body("wolong-jyj", "卧龙区教育局", "department", aliases=("区教体局",))
STREET = body("wolonggang", "卧龙岗街道办事处", "subdistrict")
MEIXI = body("meixi", "卧龙区梅溪街道办事处", "subdistrict")
ELSEWHERE = body("yandu", "叶县盐都街道办事处", "subdistrict", division="410422", portals=("yexian",))
BODIES = (AREA, OFFICE, SCHOOLS, STREET, MEIXI, ELSEWHERE)


def portal(id_="wolong", host="www.wolong.gov.cn", **changes):
    """A portal with one column."""
    entry = changes.pop("entry_urls", (f"http://{host}/nb/index.html",))
    return Portal(id=id_, name=f"{id_}门户", entry_urls=entry, allowed_hosts=(host,), **changes)


def roster(*bodies, portals=None):
    """A roster of bodies (all by default) and the two portals."""
    listed = portals or (portal(), portal("yexian", "www.yexian.gov.cn"))
    chosen = bodies or BODIES
    return Roster({item.id: item for item in chosen}, {item.id: item for item in listed})


def report(organization="卧龙区人民政府", year=2024, received=247, **changes):
    """A report that was read."""
    values = {
        "title": f"{organization or ''}{year or ''}年政府信息公开工作年度报告",
        "organization": organization,
        "year": year,
        "format": Format.F2021,
        "sections": (),
        "facts": (Fact("requests.received.total", received, str(received), State.READ),),
    }
    return Report(**{**values, **changes})


class Crawler:
    """Writes into an archive what a crawl of one portal at one instant would."""

    def __init__(self, archive, portal_id="wolong", column=COLUMN):
        self.archive = archive
        self.portal = portal_id
        self.column = column

    def look(self, at, *links, verdict=Verdict.OK, outcome="ok", **changes):
        """Make one run: the column with its (url, title[, date]) links; returns the run's id."""
        run = self.archive.start_run("crawl", portal=self.portal, year=2024)
        self.capture(at, run, self.column, Role.LIST, verdict, links=links, **changes)
        self.archive.finish_run(run, outcome)
        return run

    def capture(self, at, run, url, role, verdict=Verdict.OK, links=(), content=None, **changes):
        """Add one capture with the links that it shows."""
        good = verdict is Verdict.OK
        content = content or f"{url} {links} {at}".encode()
        capture_id = self.archive.add_capture(
            Capture(self.portal, role, url, at, verdict, content=content if good else None, **changes), run
        )
        self.archive.add_listings(capture_id, [Listing(*link) for link in links])
        return capture_id

    def fetch(self, at, url, content=b"<p>report</p>", *, run=None, role=Role.ARTICLE, **sighting):
        """Fetch a document; returns its id and hash."""
        capture_id = self.capture(at, run, url, role, content=content)
        seen = Sighting(self.portal, url, role, list_url=self.column, **sighting)
        document = self.archive.add_document(seen, capture_id)
        row = self.archive.row("select sha256 from documents where id = :id", {"id": document})
        return document, row["sha256"]


def days(count):
    """A span of days."""
    return timedelta(days=count)
