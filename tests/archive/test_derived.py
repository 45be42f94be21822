"""What is made of an original is stored once a version and comes back the same."""

from decimal import Decimal

from archive.derived import Derivation, Outcome, add_derivation, load_report, pending_originals
from extract.model import Anchor, Fact, Format, NormalizedText, Problem, Report, Section, State
from tests.archive.test_store import capture, sighting

REPORT = Report(
    title="甲县政府2025年政府信息公开工作年度报告",
    organization="甲县政府",
    year=2025,
    format=Format.F2021,
    sections=(Section(1, "总体情况", "正文"), Section(None, "附注", "")),
    facts=(
        Fact("requests.received.total", 247, "247", State.READ, Anchor(locator="table[2]/tr[4]/td[8]")),
        Fact("requests.received.business", None, "", State.BLANK, Anchor(2, (1.0, 2.0, 3.5, 4.0))),
        Fact("disclosure.fees.amount", Decimal("143.2062"), "143.2062", State.READ, None, None, "grid"),
    ),
    problems=(Problem("row_ambiguous", "第3行"),),
)
TEXT = NormalizedText("# 甲\n", "text/html", "html", 1, {(0, 0): Anchor(locator="line[1]")})


def store(archive, version=1):
    """Put one document and its report into the archive; returns its hash."""
    archive.add_document(sighting(), archive.add_capture(capture()))
    sha256 = archive.row("select sha256 from documents")["sha256"]
    add_derivation(archive, Derivation(sha256, version, Outcome.REPORT, text=TEXT, report=REPORT))
    return sha256


def test_report_comes_back_as_it_was_stored(archive):
    """Facts, anchors, decimals and problems survive."""
    assert load_report(archive, store(archive), 1) == REPORT


def test_lines_hold_one_row_a_line_with_null_for_unread(archive):
    """A blank cell is null in its line."""
    store(archive)
    (row,) = archive.rows("select * from request_lines")
    assert (row["line"], row["total"], row["business"]) == ("received", 247, None)
    assert archive.row("select amount from disclosure_lines")["amount"] == 143.2062


def test_same_version_twice_adds_nothing(archive):
    """A repeated step is harmless."""
    store(archive)
    store(archive)
    assert archive.row("select count(*) as n from outcomes")["n"] == 1


def test_new_version_makes_every_document_due_again(archive):
    """Raising the version queues all documents and keeps the old rows."""
    sha256 = store(archive, version=1)
    assert pending_originals(archive, 1) == []
    assert pending_originals(archive, 2) == [sha256]
    store(archive, version=2)
    assert pending_originals(archive, 2) == []
    assert archive.row("select count(*) as n from reports")["n"] == 2
