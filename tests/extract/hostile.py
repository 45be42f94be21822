"""Documents made to harm whoever reads them: bombs, loops, nests, spies. All are made here, none is stored.

`HOSTILE` maps a name to a function that makes the bytes. Documents that ask for something elsewhere are in
tests/extract/spies.py.
"""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

MEGABYTE = 1 << 20
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = (
    "<!DOCTYPE r [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    + "]>"
)
TEXT = "卧龙区人民政府2024年政府信息公开工作年度报告"


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Write a ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


# ZIP


def deflated_zeros(size: int) -> bytes:
    """Return a raw deflate stream of zeros; a block of them is compressed once and repeated."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = compressor.compress(bytes(MEGABYTE)) + compressor.flush(zlib.Z_FULL_FLUSH)
    return block * (size // MEGABYTE) + b"\x03\x00"


def zip_of_raw(name: str, packed: bytes, size: int) -> bytes:
    """Write a ZIP by hand around one deflate stream."""
    written = name.encode()
    big = struct.pack("<HHQQ", 1, 16, size, len(packed))
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 45, 0, 8, 0, 0, 0, 2**32 - 1, 2**32 - 1, len(written), 20)
    body = local + written + big + packed
    directory = struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45, 0, 8, 0, 0, 0, 2**32 - 1, 2**32 - 1, len(written), 20,
        0, 0, 0, 0, 0,
    ) + written + big  # fmt: skip
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(directory), len(body), 0)
    return body + directory + end


def zip_of_zeros() -> bytes:
    """10 GB of zeros, honestly declared."""
    size = 10 * 1024 * MEGABYTE
    return zip_of_raw("report.html", deflated_zeros(size), size)


def zip_that_lies() -> bytes:
    """1 GB of zeros, declared as 1000 bytes."""
    return zip_of_raw("report.html", deflated_zeros(1024 * MEGABYTE), 1000)


def zip_of_many() -> bytes:
    """Forty members of 40 MB, each small enough and packed no tighter than a page full of tables."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = compressor.compress(random.Random(1).randbytes(4096) + bytes(MEGABYTE - 4096))
    packed = (block + compressor.flush(zlib.Z_FULL_FLUSH)) * 40 + b"\x03\x00"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(40):
            archive.writestr(f"{number}.bin", packed)
    return buffer.getvalue()


def zip_in_zips() -> bytes:
    """Sixteen ZIPs in each of sixteen, ten levels deep, as 42.zip is; a ZIP that holds itself looks alike."""
    content = zipped({"report.txt": TEXT.encode()})
    for _ in range(10):
        content = zipped({f"{number}.zip": content for number in range(16)}, zipfile.ZIP_DEFLATED)
    return content


def zip_with_many_members() -> bytes:
    """Twenty thousand empty files."""
    return zipped({f"{number}.txt": b"" for number in range(20_000)}, zipfile.ZIP_STORED)


def zip_with_paths() -> bytes:
    """Members that want to be written outside."""
    page = f"<html><body><p>{TEXT}</p></body></html>".encode()
    return zipped({"../../escaped.html": page, "/escaped.html": page, "C:\\escaped.html": page})


def gzip_of_zeros() -> bytes:
    """2 GB of zeros."""
    head = gzip.compress(b"", mtime=0)[:10]
    return head + deflated_zeros(2048 * MEGABYTE) + struct.pack("<II", 0, 2**31)


# XML


def docx_of(document: str, more: dict[str, bytes] | None = None) -> bytes:
    """Write a DOCX around its document.xml."""
    kinds = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.wordprocessingml.document.main+xml"/></Types>'
    )
    members = {"[Content_Types].xml": kinds.encode(), "word/document.xml": document.encode()}
    return zipped({**members, **(more or {})})


def word_body(content: str, before: str = "") -> str:
    """Return a document.xml."""
    return (
        f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}"><w:body>{content}</w:body></w:document>'
    )


def word_paragraph(text: str) -> str:
    """Return a paragraph."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx_laughs() -> bytes:
    """A billion laughs."""
    return docx_of(word_body(word_paragraph("&a11;"), LAUGHS))


def docx_deep() -> bytes:
    """Tables in tables, ten thousand deep."""
    inside = "<w:tbl><w:tr><w:tc>" * 10_000 + word_paragraph(TEXT) + "</w:tc></w:tr></w:tbl>" * 10_000
    return docx_of(word_body(inside))


def docx_wide() -> bytes:
    """Cells that span a billion columns, in many rows."""
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{word_paragraph("1")}</w:tc>'
    return docx_of(word_body(f"<w:tbl>{f'<w:tr>{cell * 50}</w:tr>' * 200}</w:tbl>"))


def docx_of_zeros() -> bytes:
    """A document.xml of 3 GB of zeros."""
    size = 3 * 1024 * MEGABYTE
    return zip_of_raw("word/document.xml", deflated_zeros(size), size)


def xlsx_of(rows: str, before: str = "", merges: str = "", strings: str = "") -> bytes:
    """Write a workbook of one sheet."""
    kinds = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = (
        f'<workbook xmlns="{SHEET}" xmlns:r="{relations}"><sheets><sheet name="s" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>"
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    root = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    sheet = f'{before}<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData>{merges}</worksheet>'
    members = {
        "[Content_Types].xml": kinds, "_rels/.rels": root,
        "xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": links,
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
    }  # fmt: skip
    return zipped({name: content.encode() for name, content in members.items()})


def xlsx_corners() -> bytes:
    """Two cells, in the first and in the last place of a sheet of 17 thousand million."""
    return xlsx_of(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def xlsx_merged() -> bytes:
    """Merged areas over the whole sheet, two thousand times."""
    merges = '<mergeCells count="2000">' + '<mergeCell ref="A1:XFD1048576"/>' * 2000 + "</mergeCells>"
    return xlsx_of(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="999"><c r="K999"><v>1</v></c></row>', merges=merges
    )


def xlsx_laughs() -> bytes:
    """A billion laughs in a cell."""
    return xlsx_of('<row r="1"><c r="A1" t="inlineStr"><is><t>&a11;</t></is></c></row>', before=LAUGHS)


def xlsx_strings() -> bytes:
    """One string of 150 MB, shared by a thousand cells."""
    cells = '<row r="1">' + '<c t="s"><v>0</v></c>' * 1000 + "</row>"
    return xlsx_of(cells, strings="<si><t>" + "1" * (150 * MEGABYTE) + "</t></si>")


# HTML


def html_deep() -> bytes:
    """A hundred thousand elements in one another."""
    return (f"<html><body>{'<div>' * 100_000}{TEXT}").encode()


def html_tables_deep() -> bytes:
    """Tables in tables."""
    return (f"<html><body>{'<table><tr><td>' * 20_000}{TEXT}").encode()


def html_spans() -> bytes:
    """Cells that span a billion rows and columns."""
    cell = '<td rowspan="999999999" colspan="999999999">1</td>'
    return f"<html><body><h1>{TEXT}</h1><table>{f'<tr>{cell * 20}</tr>' * 500}</table>".encode()


def html_laughs() -> bytes:
    """Entities declared in a page."""
    return f"<?xml version='1.0'?>{LAUGHS}<html><body><p>&a11;{TEXT}</p></body></html>".encode()


def html_many() -> bytes:
    """More paragraphs than any report."""
    return f"<html><body>{'<p>1</p>' * 210_000}".encode()


def html_endless_tag() -> bytes:
    """A tag that never closes, of ten megabytes of attributes."""
    return b"<html><body><p " + b'a="<" ' * (10 * MEGABYTE // 6)


def text_of_digits() -> bytes:
    """One line of a number without an end, where patterns go back and forth."""
    return (TEXT + "\n" + "1" * (4 * MEGABYTE)).encode()


def text_of_blanks() -> bytes:
    """Blanks and line breaks where patterns go back and forth."""
    return (TEXT + "\n" + " \u3000" * MEGABYTE + "x\n" + "一、\n" * 5_000).encode()


def text_of_tabs() -> bytes:
    """A million cells."""
    return (TEXT + "\n" + "1\t" * MEGABYTE).encode()


def text_of_lines() -> bytes:
    """A million lines."""
    return (TEXT + "\n" + "1\n" * MEGABYTE).encode()


def mhtml_deep() -> bytes:
    """Parts in parts."""
    head = "".join(f"Content-Type: multipart/related; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(3_000))
    return f"From: <Saved>\r\nMIME-Version: 1.0\r\n{head}Content-Type: text/html\r\n\r\n{TEXT}".encode()


# PDF


def pdf_of(objects: list[bytes], root: int = 1) -> bytes:
    """Write a PDF of numbered objects, with its cross-reference table."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer <</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start)
    return bytes(out)


def stream(content: bytes, words: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<<%b /Length %d>>\nstream\n%b\nendstream" % (words, len(content), content)


CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"
ONE_PAGE = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 5 0 R>>"
FONT = b"<</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>"


def pdf_of_content(content: bytes, words: bytes = b"", more: list[bytes] | None = None) -> bytes:
    """Write a PDF of one page."""
    return pdf_of([CATALOG, ONE_PAGE, PAGE, stream(content, words), FONT, *(more or [])])


def pdf_pages() -> bytes:
    """A hundred thousand pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 100_003))
    pages = b"<</Type /Pages /Kids [%b] /Count 100000 /MediaBox [0 0 595 842]>>" % kids
    return pdf_of([CATALOG, pages, *[b"<</Type /Page /Parent 2 0 R>>"] * 100_000])


def pdf_page_loop() -> bytes:
    """A page tree that holds itself."""
    return pdf_of([CATALOG, b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 1000>>"])


def pdf_length_loop() -> bytes:
    """A stream whose length is that stream."""
    return pdf_of([CATALOG, ONE_PAGE, PAGE, b"<</Length 4 0 R>>\nstream\nBT ET\nendstream", FONT])


def pdf_form_loop() -> bytes:
    """A form that draws itself twice."""
    form = stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 5 0 R")
    resources = b"<</XObject <</X 6 0 R>>>>"
    return pdf_of([CATALOG, ONE_PAGE, PAGE, stream(b"/X Do"), resources, form])


def pdf_forms_doubling() -> bytes:
    """Forms that each draw the next one twice, forty deep: 2^40 drawings."""
    objects = [CATALOG, ONE_PAGE, PAGE, stream(b"/X Do"), b"<</XObject <</X 6 0 R>>>>"]
    for number in range(40):
        words = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X %d 0 R>>>>"
        objects.append(stream(b"/X Do /X Do", words % (7 + number)))
    return pdf_of([*objects, stream(b"0 0 m 9 9 l S", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")])


def pdf_previous_loop() -> bytes:
    """A cross-reference table that comes before itself."""
    made = pdf_of_content(b"BT ET")
    start = made.rindex(b"xref\n0")
    return made.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def pdf_flate() -> bytes:
    """A content stream that becomes 4 GB, packed twice."""
    once = b"\x78\xda" + deflated_zeros(4096 * MEGABYTE) + b"\x00\x00\x00\x00"
    return pdf_of_content(zlib.compress(once), b"/Filter [/FlateDecode /FlateDecode]")


def pdf_operators() -> bytes:
    """Ten million lines to draw."""
    block = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = block.compress(b"0 0 m 9 9 l S\n" * 10_000) + block.flush(zlib.Z_FULL_FLUSH)
    return pdf_of_content(b"\x78\xda" + packed * 1000 + b"\x03\x00\x00\x00\x00\x00", b"/Filter /FlateDecode")


def pdf_letters() -> bytes:
    """Ten million letters on one page."""
    text = b"BT /F 9 Tf (" + b"1" * 10_000_000 + b") Tj ET"
    return pdf_of_content(zlib.compress(text), b"/Filter /FlateDecode")


def pdf_arrays() -> bytes:
    """Arrays in arrays, and dictionaries in dictionaries, a hundred thousand deep."""
    deep = b"[" * 100_000 + b"]" * 100_000
    return pdf_of([CATALOG, ONE_PAGE, PAGE, stream(deep + b" 0 d"), b"<</Font %b>>" % (b"<</A " * 100_000)])


def pdf_picture() -> bytes:
    """A picture of ten thousand million points over the page."""
    words = (
        b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8"
        b" /ColorSpace /DeviceGray /Filter /FlateDecode"
    )
    picture = stream(b"\x78\xda" + deflated_zeros(1024 * MEGABYTE), words)
    return pdf_of(
        [CATALOG, ONE_PAGE, PAGE, stream(b"595 0 0 842 0 0 cm /X Do"), b"<</XObject <</X 6 0 R>>>>", picture]
    )


def pdf_locked() -> bytes:
    """A PDF that needs a password."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", "owner", strength=128))
    canvas.drawString(100, 700, "report")
    canvas.save()
    return buffer.getvalue()


# Pictures


def png_huge() -> bytes:
    """A picture of 60000 times 60000 points, all alike."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    rows = b"\x78\xda" + deflated_zeros(3600 * MEGABYTE)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


HOSTILE: dict[str, Callable[[], bytes]] = {
    made.__name__: made
    for made in (
        zip_of_zeros, zip_that_lies, zip_of_many, zip_in_zips, zip_with_many_members, zip_with_paths,
        gzip_of_zeros, docx_laughs, docx_deep, docx_wide, docx_of_zeros, xlsx_corners, xlsx_merged,
        xlsx_laughs, xlsx_strings, html_deep, html_tables_deep, html_spans, html_laughs, html_many,
        html_endless_tag, text_of_digits, text_of_blanks, text_of_tabs, text_of_lines, mhtml_deep,
        pdf_pages, pdf_page_loop, pdf_length_loop, pdf_form_loop, pdf_forms_doubling, pdf_previous_loop,
        pdf_flate, pdf_operators,
        pdf_letters, pdf_arrays, pdf_picture, pdf_locked, png_huge,
    )
}  # fmt: skip
