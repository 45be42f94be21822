"""DOC, RTF, ODT through LibreOffice: the same facts, nothing left behind, nobody called."""

import re
import shutil
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from extract import media
from extract.errors import UnreadableDocument, UnsupportedFormat
from extract.normalize import normalize
from extract.readers import docx, office
from tests.extract.readers.ofd_writer import zipped
from tests.extract.readers.truth import expected_numbers, read_numbers, truth_of

CORPUS = Path(__file__).parents[2] / "fixtures" / "corpus"
FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:p>一、总体情况</text:p>
<text:p><draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:href="{link}" xlink:type="simple"
 xlink:show="embed" xlink:actuate="onLoad"/>
</draw:frame></text:p>
<text:section text:name="linked"><text:section-source xlink:type="simple" xlink:show="embed"
 xlink:href="{secret}"
 text:filter-name="Text"/>
<text:p>原文</text:p></text:section>
</office:text></office:body></office:document>"""


@pytest.mark.office
@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt"])
def test_every_number_of_a_whole_report_is_at_its_row_and_column(suffix):
    """Also in table 4, which the converter gives a sixteenth column that holds no cell."""
    path = CORPUS / f"seed004-randblank.{suffix}"
    normalized = normalize(path.read_bytes())
    assert (normalized.reader, normalized.media_type) == ("office", media.sniff(path.read_bytes()))
    assert read_numbers(normalized) == expected_numbers(truth_of(path))
    assert normalized.text.startswith(f"# {truth_of(path)['title']}\n")


@pytest.mark.office
def test_an_anchor_leads_back_to_the_same_string_and_nothing_is_left_behind(tmp_path, monkeypatch):
    """Converted again, the table cell of the place holds the number; the temporary folder is empty."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    content = (CORPUS / "seed004-randblank.doc").read_bytes()
    first, again = office.read(content), docx.read(office.as_docx(content, media.DOC))
    assert first.anchors == again.anchors
    assert first.text == again.text
    assert all(re.match(r"(?:table|p)\[\d+\]", anchor.locator) for anchor in first.anchors.values())
    assert not list(tmp_path.iterdir())


@pytest.mark.office
def test_a_document_calls_nobody_and_reads_no_file(tmp_path):
    """A linked picture is not fetched, a linked text is not taken in."""
    asked = []

    class Ear(BaseHTTPRequestHandler):
        def handle_one_request(self):
            asked.append(self.rfile.readline())
            self.close_connection = True

        def log_message(self, *args):
            pass

    secret = tmp_path / "secret.txt"
    secret.write_text("机密九九九", "utf-8")
    with HTTPServer(("127.0.0.1", 0), Ear) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        link = f"http://127.0.0.1:{server.server_port}/picture.png"
        text = normalize(FLAT.format(link=link, secret=secret.as_uri()).encode()).text
        server.shutdown()
        thread.join()
    assert "一、总体情况" in text
    assert "机密" not in text
    assert not asked


@pytest.mark.office
def test_a_broken_document_is_said_to_be_broken():
    """An ODT whose content is no XML."""
    broken = zipped({"mimetype": media.ODT, "content.xml": "<office:document-content", "x" * 9: b"\x00"})
    with pytest.raises(UnreadableDocument, match="LibreOffice"):
        normalize(broken)


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch):
    """A missing program is no broken document."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    for content in ((CORPUS / "seed004-randblank.doc").read_bytes(), b"{\\rtf1 x}"):
        with pytest.raises(UnsupportedFormat, match="apt-get install libreoffice-writer"):
            normalize(content)


def test_other_xml_is_not_given_to_libreoffice(monkeypatch):
    """It would open anything as a text."""
    monkeypatch.setattr(office, "as_docx", lambda *_: pytest.fail("called"))
    with pytest.raises(UnsupportedFormat, match="XML"):
        normalize(b'<?xml version="1.0"?><urlset><url/></urlset>')


def fake_program(folder, script):
    """A converter of ours, in place of the real one."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)
    return program


def test_a_converter_that_hangs_is_ended_with_all_that_it_started(tmp_path, monkeypatch):
    """In good time, and said so."""
    program = fake_program(tmp_path, f"sleep 600 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setattr(shutil, "which", lambda name: str(program))
    monkeypatch.setattr(office, "TIME_LIMIT_S", 0.5)
    with pytest.raises(UnreadableDocument, match="超过"):
        normalize(b"{\\rtf1 x}")
    child = (tmp_path / "child").read_text("utf-8").strip()
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text("utf-8").rpartition(")")[2].split()[0] in "ZX"


def test_a_converter_that_fails_is_said_to_have_failed(tmp_path, monkeypatch):
    """With its own words, in one line."""
    program = fake_program(tmp_path, "echo 'Error: source file could not be loaded' >&2; exit 1")
    monkeypatch.setattr(shutil, "which", lambda name: str(program))
    with pytest.raises(UnreadableDocument, match="source file could not be loaded"):
        normalize(b"{\\rtf1 x}")


def test_the_converter_sees_neither_our_home_nor_our_settings(tmp_path, monkeypatch):
    """Its own home and profile, no macros, no variables of ours."""
    program = fake_program(tmp_path, f"env > {tmp_path}/env; cat profile/user/* > {tmp_path}/settings")
    monkeypatch.setattr(shutil, "which", lambda name: str(program))
    monkeypatch.setenv("NIANBAO_SECRET", "x")
    with pytest.raises(UnreadableDocument):
        normalize(b"{\\rtf1 x}")
    seen = dict(line.split("=", 1) for line in (tmp_path / "env").read_text("utf-8").splitlines())
    assert "NIANBAO_SECRET" not in seen
    assert "nianbao-office-" in seen["HOME"]
    settings = (tmp_path / "settings").read_text("utf-8")
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true<' in settings
