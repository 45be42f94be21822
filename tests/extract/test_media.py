"""What bytes are, by the bytes; and how text is decoded."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import media

PAGE = "<html><head><meta charset='{}'></head><body>总体情况 2024年</body></html>"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("seed003-hard-plain.html", media.HTML),
        ("seed003-hard.docx", media.DOCX),
        ("seed003-hard-lo.pdf", media.PDF),
        ("seed004-randblank.doc", media.DOC),
        ("seed004-randblank.xls", media.XLS),
        ("seed004-randblank.xlsx", media.XLSX),
        ("seed004-randblank.ofd", media.OFD),
        ("seed003-hard.truth.json", media.TEXT),
    ],
)
def test_real_files_are_told_by_their_bytes(fixtures, name, media_type):
    """The name is never looked at: only bytes go in."""
    assert media.sniff((fixtures / "corpus" / name).read_bytes()) == media_type


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"", media.EMPTY),
        (b" \r\n\x00\x00", media.EMPTY),
        (b"{\\rtf1\\ansi", media.RTF),
        (b"Rar!\x1a\x07\x01\x00", media.RAR),
        (b"PK\x03\x04 cut off", media.ZIP),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", media.JPEG),
        (b"\x89PNG\r\n\x1a\n\x00\x00", media.PNG),
        (bytes(range(256)) * 4, media.UNKNOWN),
        ("总体情况 <中华人民共和国>".encode(), media.TEXT),
        (b"<?xml version='1.0'?><pkg:package/>", media.XML),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n", media.MHTML),
        (codecs.BOM_UTF16_LE + "<html><body>年报".encode("utf-16-le"), media.HTML),
        (b"\n\n  <!DOCTYPE html><html>", media.HTML),
    ],
)
def test_made_bytes_are_told(content, media_type):
    """Magic numbers, blank files, text that only looks like something else."""
    assert media.sniff(content) == media_type


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1"])
@pytest.mark.parametrize("actual", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_decoding_ignores_what_a_page_declares(declared, actual):
    """Portals declare gb2312 over UTF-8 bytes and the reverse."""
    page = PAGE.format(declared)
    assert media.decode(page.encode(actual)) == page


def test_truncated_utf8_is_not_taken_for_gb18030():
    """A download cut inside the last character keeps its encoding."""
    text = media.decode("总体情况".encode()[:-1])
    assert text == "总体情\ufffd"


def test_mostly_utf8_with_a_broken_byte_stays_utf8():
    """Neither encoding decodes strictly: the one with fewer replacement characters wins."""
    broken = "政府信息公开".encode() + b"\xff" + "年度报告".encode()
    assert media.decode(broken) == "政府信息公开\ufffd年度报告"


@given(st.binary(max_size=2000))
def test_any_bytes_have_a_type_and_a_text(content):
    """Neither function raises, whatever the bytes."""
    assert "/" in media.sniff(content)
    assert isinstance(media.decode(content), str)


@given(st.binary(max_size=1500))
def test_broken_compound_files_have_a_type(tail):
    """An OLE header with random sectors is some OLE file, not an error."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    assert media.sniff(header + tail) in {media.OLE, media.DOC, media.XLS, media.ENCRYPTED_OFFICE}


@pytest.mark.parametrize("shift", [0, 1, 6, 13, 0xFFFF])
def test_a_compound_file_with_sectors_of_no_size_is_some_ole_file(shift):
    """MS-CFB knows sectors of 512 and 4096 bytes: any other size is damage."""
    content = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    content[30:32] = shift.to_bytes(2, "little")
    assert media.sniff(bytes(content)) == media.OLE
