"""ZIP, RAR and GZIP: the report among the members, by content and never by name."""

import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest
import rarfile

from extract import media
from extract.errors import EncryptedDocument, UnreadableDocument, UnsupportedFormat
from extract.normalize import normalize
from extract.parser import parse_report
from extract.readers import bundle
from tests.extract.readers.ofd_writer import zipped
from tests.extract.readers.rar_writer import rar
from tests.extract.readers.truth import expected_numbers, read_numbers, truth_of

CORPUS = Path(__file__).parents[2] / "fixtures" / "corpus"
DOCX = (CORPUS / "seed003-hard.docx").read_bytes()
HTML = (CORPUS / "seed000-rand-plain.html").read_bytes()
LETTER = "关于报送有关材料的函\n\n现将有关材料报送你单位，请查收。\n".encode()


def gbk_zip(members, *, encrypted=False):
    """A ZIP as Windows tools write it: names in GBK, without the UTF-8 flag."""
    raws = {chr(ord("A") + n) * len(name.encode("gbk")): name.encode("gbk") for n, name in enumerate(members)}
    content = bytearray(zipped(dict(zip(raws, members.values(), strict=True))))
    for placeholder, raw in raws.items():
        content = content.replace(placeholder.encode(), raw)
    if encrypted:
        for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = content.find(signature)
            while at >= 0:
                struct.pack_into("<H", content, at + offset, 1)
                at = content.find(signature, at + 4)
    return bytes(content)


@pytest.mark.parametrize("pack", ["zip", "rar", "gzip"])
def test_the_report_in_an_archive_reads_as_the_report_alone(pack):
    """The same facts; the places lead through the member's name."""
    if pack == "gzip":
        content = gzip.compress(DOCX)
    elif pack == "rar":
        content = rar([("年度报告.docx".encode("gbk"), DOCX), ("说明.txt".encode("gbk"), LETTER)])
    else:
        content = gbk_zip({"说明.txt": LETTER, "年度报告.docx": DOCX})
    name = {"gzip": "gzip"}.get(pack, "年度报告.docx")
    alone, packed = normalize(DOCX), normalize(content)
    assert (packed.text, packed.reader) == (alone.text, "bundle/docx")
    assert packed.media_type == media.sniff(content)
    assert {key: anchor.locator for key, anchor in packed.anchors.items()} == {
        key: f"{name}!/{anchor.locator}" for key, anchor in alone.anchors.items()
    }
    assert packed.hints["member"] == name
    assert read_numbers(packed) == expected_numbers(truth_of(CORPUS / "seed003-hard.docx"))


def test_a_place_leads_back_to_the_member():
    """Locator -> the member's bytes and the place in them."""
    content = gbk_zip({"附件：报告.html": HTML})
    anchor = next(iter(normalize(content).anchors.values()))
    rest, member = bundle.member_content(content, anchor.locator)
    assert member == HTML
    assert rest in {place.locator for place in normalize(HTML).anchors.values()}
    with pytest.raises(UnreadableDocument):
        bundle.member_content(content, "别的.html!/p[1]")


@pytest.mark.parametrize("order", [("1解读.txt", "2报告.docx"), ("1报告.docx", "2解读.txt")])
def test_the_choice_is_by_content(order):
    """Whatever stands first."""
    content = zipped({name: LETTER if name.endswith("txt") else DOCX for name in order})
    assert normalize(content).hints["member"].endswith("报告.docx")


def test_the_same_report_in_two_formats_is_no_conflict():
    """DOCX and OFD of one report: the one of which more can be read."""
    ofd = (CORPUS / "seed003-hard.ofd").read_bytes()
    text = normalize(zipped({"a.ofd": ofd, "b.docx": DOCX}))
    assert text.hints["member"] in {"a.ofd", "b.docx"}
    assert not [problem for problem in text.problems if problem.code == "several_reports"]


def test_two_different_reports_are_a_problem():
    """The first by name, numbers by value, and a word that there are more."""
    text = normalize(zipped({"10.docx": DOCX, "9.html": HTML}))
    assert text.hints["member"] == "9.html"
    (problem,) = [problem for problem in text.problems if problem.code == "several_reports"]
    assert "9.html" in problem.detail
    assert "10.docx" in problem.detail
    assert problem in parse_report(text).problems


def test_an_archive_in_an_archive_is_read_and_no_deeper():
    """Two levels; the third is refused."""
    once = zipped({"报告.docx": DOCX})
    twice = zipped({"内.zip": once})
    anchor = next(iter(normalize(twice).anchors.values()))
    assert anchor.locator.startswith("内.zip!/报告.docx!/")
    with pytest.raises(UnreadableDocument, match="嵌套过深"):
        normalize(zipped({"外.zip": twice}))


def test_names_are_only_names(tmp_path, monkeypatch):
    """Nothing is written anywhere, whatever a member is called."""
    monkeypatch.chdir(tmp_path)
    text = normalize(zipped({"../../etc/报告.docx": DOCX, "/tmp/x": LETTER}))
    assert text.hints["member"] == "../../etc/报告.docx"
    assert not list(tmp_path.iterdir())


def test_a_password_is_said():
    """Of ZIP and RAR."""
    for content in (gbk_zip({"报告.docx": DOCX}, encrypted=True), rar([(b"a.docx", DOCX)], password=True)):
        with pytest.raises(EncryptedDocument, match="密码"):
            normalize(content)


def test_archives_without_a_document_say_what_is_in_them():
    """Each member with its reason."""
    with pytest.raises(UnreadableDocument, match=r"没有能读的文档：a\.bin：无法识别.*b\.docx"):
        normalize(zipped({"a.bin": bytes(range(256)), "b.docx": DOCX[:2000]}))
    with pytest.raises(UnreadableDocument, match="没有文件"):
        normalize(zipped({"__MACOSX/._报告.docx": b"x", "空/": b""}))


def test_a_packed_rar_without_a_program_says_what_to_install(monkeypatch):
    """The list of members can be read without it, the members cannot."""

    def missing(*args, **kwargs):
        raise rarfile.RarCannotExec("no tool")

    monkeypatch.setattr(rarfile, "tool_setup", missing)
    with pytest.raises(UnsupportedFormat, match="apt-get install unar"):
        normalize(rar([(b"a.docx", DOCX)], packed=True))


@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_broken_archives_are_said_to_be_broken(damage):
    """In one line, of ZIP, RAR and GZIP."""
    for content in (zipped({"a.docx": DOCX}), rar([(b"a.docx", DOCX)]), gzip.compress(DOCX)):
        broken = bytearray(content[: len(content) // 2] if damage == "cut" else content)
        for at in range(300, 320) if damage == "flipped" else ():
            broken[at] ^= 0xFF
        with pytest.raises(UnreadableDocument):
            normalize(bytes(broken))


def test_bombs_are_refused(monkeypatch):
    """Of gzip by its output, of ZIP by its ratio."""
    monkeypatch.setattr("extract.readers.bundle_members.MAX_MEMBER_BYTES", 10_000)
    with pytest.raises(UnreadableDocument, match="过大"):
        normalize(gzip.compress(bytes(20_000)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(16 * 1024 * 1024))
    with pytest.raises(UnreadableDocument, match="压缩比"):
        normalize(stream.getvalue())
