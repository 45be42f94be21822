"""Reports of other bodies in the archive whose prose may be the same."""

from datetime import UTC, datetime

import pytest

from archive.derived import Derivation, Outcome, add_derivation
from monitor.peers import Peers
from monitor.publications import Publication, PublishedDocument
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from tests.monitor.coverage_support import Crawler
from tests.monitor.rules.test_copies import OTHER, written

DAY = datetime(2025, 1, 20, tzinfo=UTC)
VERSION = 1


@pytest.fixture
def publish(archive):
    """Store a report as a document of its own; returns it as a publication."""
    crawler = Crawler(archive)
    run = archive.start_run("crawl", portal="wolong", year=2024)

    def store(report, content=""):
        url = f"http://a/{report.title}{content}"
        number, sha256 = crawler.fetch(DAY, url, f"{report.title}{content}".encode(), run=run)
        add_derivation(archive, Derivation(sha256, VERSION, Outcome.REPORT, report=report))
        document = PublishedDocument(number, sha256, "p", url, None, DAY, DAY, False, Outcome.REPORT)
        return Publication(report.year, (document,))

    return store


def test_copy_is_found_among_the_reports_of_the_year(archive, publish):
    """The rule is shown the report of the other body, and tells of it."""
    publications = {
        ("water", 2024): publish(written("示例市水务局", 12).report()),
        ("farm", 2024): publish(written("邻县农业农村局", 7).report()),
        ("wood", 2024): publish(written("示例市林业局", 3, OTHER).report()),
    }
    peers = Peers(archive, VERSION, publications)
    assert peers.of("water", 2024)[0].organization == "邻县农业农村局"
    context = RuleContext(written("示例市水务局", 12).report(), peers=peers.of("water", 2024))
    assert "text.copied-from-peer" in {finding.rule for finding in run_rules(context)}


def test_another_year_is_no_peer(archive, publish):
    """Peers are of one year."""
    publications = {
        ("water", 2024): publish(written("示例市水务局", 12).report()),
        ("farm", 2023): publish(written("邻县农业农村局", 7, year=2023).report()),
    }
    assert Peers(archive, VERSION, publications).of("water", 2024) == ()


def test_one_document_of_two_bodies_is_no_copy(archive, publish):
    """A report that stands for an area and its office is the same document."""
    same = publish(written("示例市水务局", 12).report())
    publications = {("water", 2024): same, ("office", 2024): same}
    assert Peers(archive, VERSION, publications).of("water", 2024) == ()


def test_own_report_at_another_address_is_no_copy(archive, publish):
    """The same body's report under another id of the roster."""
    report = written("示例市水务局", 12).report()
    publications = {("water", 2024): publish(report, "a"), ("shui", 2024): publish(report, "b")}
    assert Peers(archive, VERSION, publications).of("water", 2024) == ()
