"""A number leads to its place in the stored original."""

import asyncio
import shutil
import struct

import pytest
from bs4 import BeautifulSoup

from archive.derived import Derivation, Outcome, add_derivation
from archive.publish import publish
from archive.records import Capture, Role, Sighting, Verdict
from archive.site.draw import _lines, tables_around
from archive.store import Archive, stamp
from config.places import Places
from config.site import SiteSettings
from extract.normalize import normalize
from extract.parser import parse_report
from tests.archive.filled import NOON
from tests.archive.site.conftest import Visitor

FILES = {
    "html": "seed000-rand-plain.html",
    "pdf": "seed000-rand-lo.pdf",
    "docx": "seed003-hard.docx",
    "ofd": "seed000-rand.ofd",
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory, request):
    """A site over three real documents: (visitor, {kind: (sha256, report)})."""
    folder = tmp_path_factory.mktemp("proof")
    (folder / "config").mkdir()
    places = Places(folder / "data", folder / "config")
    corpus = request.path.parents[2] / "fixtures" / "corpus"
    reports = {}
    with Archive.open(places) as archive:
        for kind, name in FILES.items():
            reports[kind] = store_original(archive, kind, (corpus / name).read_bytes())
        publish(archive, places.public_database, SiteSettings())
    return Visitor(places, SiteSettings()), reports


def store_original(archive, kind, content):
    """Store a document, what is read from it, and whose it is; returns (sha256, report)."""
    url = f"http://a.gov.cn/{kind}"
    capture = Capture("sample", Role.ARTICLE, url, NOON, Verdict.OK, status=200, content=content)
    document = archive.add_document(Sighting("sample", url, Role.ARTICLE), archive.add_capture(capture))
    sha256 = archive.row("select sha256 from documents where id = :id", {"id": document})["sha256"]
    text = normalize(content)
    made = parse_report(text)
    add_derivation(archive, Derivation(sha256, 1, Outcome.REPORT, text=text, report=made))
    match = {"document_id": document, "version": 1, "body": kind, "year": 2024, "made_at": stamp(NOON)}
    archive.add("matches", match)
    return sha256, made


@pytest.mark.parametrize("name", [FILES["html"], FILES["docx"]])
def test_every_cell_is_marked_in_its_table(fixtures, name):
    """The marked cell holds exactly the words that were read, and the table is a full grid."""
    text = normalize((fixtures / "corpus" / name).read_bytes())
    lines = _lines(text)
    facts = [fact for fact in parse_report(text).facts if fact.anchor]
    assert len(facts) == 200
    tables = tables_around(lines, {fact.anchor.locator: fact.path for fact in facts})
    found = {cell.path: cell.text for table in tables for row in table for cell in row if cell.path}
    assert found == {fact.path: fact.raw for fact in facts}
    assert len(tables) == 3
    for table in tables:
        assert sum(cell.columns * cell.rows for row in table for cell in row) % len(table) == 0


@pytest.mark.parametrize("name", [FILES["html"], FILES["docx"], "seed000-rand.xlsx"])
def test_merged_cells_are_merged_as_the_form_prints_them(fixtures, name):
    """A sum's label lies over its own row; no number reaches into the next one."""
    text = normalize((fixtures / "corpus" / name).read_bytes())
    facts = {fact.anchor.locator: fact.path for fact in parse_report(text).facts if fact.anchor}
    cells = [cell for table in tables_around(_lines(text), facts) for row in table for cell in row]
    spans = {"".join(cell.text.split()): (cell.columns, cell.rows) for cell in cells if not cell.path}
    expected = {
        "（七）总计": (2, 1),
        "3.其他": (1, 1),
        "四、结转下年度继续办理": (3, 1),
        "三、本年度办理结果": (1, 22),
    }
    assert expected.items() <= spans.items()
    assert {cell.rows for cell in cells if cell.path} == {1}


def test_pdf_proof_shows_the_page_with_the_box_around_the_number(shown):
    """The box lies on the page, and the picture is the page."""
    visitor, reports = shown
    sha256, made = reports["pdf"]
    fact = made.fact("requests.received.total")
    page = BeautifulSoup(visitor.text(f"/proof/{sha256}/{fact.path}"), "lxml")
    box = page.select_one("rect.box")
    x0, top, x1, bottom = fact.anchor.bbox
    assert float(box["x"]) < x0 < x1 < float(box["x"]) + float(box["width"])
    assert float(box["y"]) < top < bottom < float(box["y"]) + float(box["height"])
    x, y, wide, high = map(float, page.select_one(".detail svg")["viewbox"].split())
    assert x < x0 < x1 < x + wide < 596
    assert y < top < bottom < y + high < 843
    answer = visitor.get(page.select_one("svg image")["href"])
    assert answer.headers["content-type"] == "image/png"
    width, height = struct.unpack(">II", answer.content[16:24])
    _x, _y, points_wide, points_high = map(
        float, page.select_one(".proof:not(.detail) svg")["viewbox"].split()
    )
    assert width / height == pytest.approx(points_wide / points_high, rel=0.01)


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_table_proof_marks_the_cell(shown, kind):
    """The table of the original with the number marked."""
    visitor, reports = shown
    sha256, made = reports[kind]
    fact = made.fact("requests.received.total")
    page = BeautifulSoup(visitor.text(f"/proof/{sha256}/{fact.path}"), "lxml")
    assert [mark.text for mark in page.select("table.original mark")] == [fact.raw]


@pytest.mark.parametrize("kind", ["html", "docx", "pdf", "ofd"])
def test_one_page_shows_all_places_of_a_report(shown, kind):
    """Each of the 200 cells can be pointed at."""
    visitor, reports = shown
    sha256, made = reports[kind]
    page = BeautifulSoup(visitor.text(f"/proof/{sha256}"), "lxml")
    places = {place["id"] for place in page.select("rect.box, table.original td[id]")}
    assert places == {fact.path for fact in made.facts}


def test_every_number_of_a_report_links_to_its_proof(shown):
    """All 200 cells."""
    visitor, reports = shown
    page = BeautifulSoup(visitor.text("/body/html/2024"), "lxml")
    proofs = {link["href"] for link in page.select("table.official a[href^='/proof/']")}
    assert proofs == {f"/proof/{reports['html'][0]}/{fact.path}" for fact in reports["html"][1].facts}


def test_place_that_cannot_be_shown_is_said(visitor, hashes):
    """An original without that table: no guess, the way to the original."""
    text = visitor.text(f"/proof/{hashes['jia']}/requests.received.total")
    assert "位置不能显示" in text
    assert f"/original/{hashes['jia']}" in text


@pytest.mark.parametrize(
    "path", ["{pdf}/page/99.png", "{pdf}/page/0.png", "{html}/page/1.png", "{none}/page/1.png",
             "{pdf}/requests.received.nothing", "{none}/requests.received.total"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(shown, path):
    """A page, a cell, a report that does not exist."""
    visitor, reports = shown
    names = {kind: sha256 for kind, (sha256, _made) in reports.items()}
    assert visitor.get(f"/proof/{path.format(**names, none='0' * 64)}").status_code == 404


def test_hostile_original_cannot_keep_the_site_busy(shown, monkeypatch):
    """A child that takes too long is ended, and the page says so."""
    visitor, reports = shown
    monkeypatch.setattr("archive.site.draw.TIME_LIMIT_S", 0.01)
    sha256 = reports["pdf"][0]
    shutil.rmtree(visitor.site.nianbao_site.drawings, ignore_errors=True)
    assert "位置不能显示" in visitor.text(f"/proof/{sha256}/requests.received.total")
    assert asyncio.run(visitor.site.client.get("/")).status_code == 200
