"""Tell what bytes are, and decode text, by the bytes alone: never by a name or by what is declared.

Portals serve `.doc` files that are web pages, `.pdf` files that are error pages and pages that declare
gb2312 over UTF-8 bytes; only the content can be trusted.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile

from extract.compound_file import root_streams

EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"
HTML = "text/html"
MHTML = "multipart/related"
TEXT = "text/plain"
XML = "application/xml"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
OFD = "application/ofd"
ZIP = "application/zip"
RAR = "application/vnd.rar"
SEVEN_ZIP = "application/x-7z-compressed"
GZIP = "application/gzip"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
OLE = "application/x-ole-storage"
ENCRYPTED_OFFICE = "application/x-ole-encrypted"  # a password-protected docx or xlsx
RTF = "application/rtf"
JPEG = "image/jpeg"
PNG = "image/png"
GIF = "image/gif"
TIFF = "image/tiff"
BMP = "image/bmp"

_PREFIXES = (
    (b"{\\rtf", RTF),
    (b"Rar!\x1a\x07", RAR),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (b"\x1f\x8b\x08", GZIP),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF8", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"BM", BMP),
)
_ZIP_MEMBERS = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("xl/workbook.bin", XLSX),
    ("ppt/presentation.xml", PPTX),
    ("OFD.xml", OFD),
)
_OLE_STREAMS = (
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
    ("EncryptedPackage", ENCRYPTED_OFFICE),
)
_UTF16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD_BYTES = 4096
_PDF_HEAD_BYTES = 1024
_BROKEN_BYTES = 1 << 20
_HTML_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|script|style|table|tr|td|div|p|span|font|h[1-6]|br)[\s>/]",
    re.IGNORECASE,
)
_HEADER = rb"[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*"
_MHTML_HEAD = re.compile(rb"(?:" + _HEADER + rb"){0,30}?content-type:\s*multipart/", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_MAX_CONTROL_SHARE = 0.02


def sniff(content: bytes) -> str:
    """Return the media type of `content`, one of the constants of this module."""
    if not content.strip(b"\x00 \t\r\n"):
        return EMPTY
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _sniff_zip(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _sniff_ole(content)
    for prefix, media_type in _PREFIXES:
        if content.startswith(prefix) and _confirm(media_type, content):
            return media_type
    if _is_pdf(content[:_PDF_HEAD_BYTES]):
        return PDF
    return _sniff_text(content)


def decode(content: bytes) -> str:
    """Decode text by its bytes: UTF-16 by BOM, UTF-8, GB18030, else the one with fewer U+FFFD.

    What a header or a meta tag declares is ignored: on portals it is wrong too often. A character
    cut off at the very end (a truncated download) does not change the choice.
    """
    if content.startswith(_UTF16_BOMS):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        text = _decode_but_for_tail(content, encoding)
        if text is not None:
            return text
    utf8 = content.decode("utf-8-sig", errors="replace")
    gb = content.decode("gb18030", errors="replace")
    return utf8 if utf8.count("\ufffd") <= gb.count("\ufffd") else gb


def _decode_but_for_tail(content: bytes, encoding: str) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(content, final=False)
    except UnicodeDecodeError:
        return None
    return text + "\ufffd" if decoder.getstate()[0] else text


def _is_pdf(head: bytes) -> bool:
    """Some servers put a few bytes before the header; a page that only mentions it is no PDF."""
    before, header, _ = head.partition(b"%PDF-")
    return bool(header) and b"<" not in before


def _confirm(media_type: str, content: bytes) -> bool:
    """Rule out text that begins with the two letters of a bitmap's magic number."""
    return media_type != BMP or content[6:10] == b"\x00\x00\x00\x00"


def _sniff_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            odt = "mimetype" in names and archive.getinfo("mimetype").file_size == len(ODT)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, UnicodeDecodeError):
        return _sniff_broken_zip(content)
    for member, media_type in _ZIP_MEMBERS:
        if member in names:
            return media_type
    return ODT if odt and "content.xml" in names else ZIP


def _sniff_broken_zip(content: bytes) -> str:
    """Tell what a truncated package was going to be, by the names before its members."""
    found = (kind for name, kind in _ZIP_MEMBERS if _folder(name) in content[:_BROKEN_BYTES])
    return next(found, ZIP)


def _folder(name: str) -> bytes:
    folder, slash, _ = name.partition("/")
    return (folder + slash).encode()


def _sniff_ole(content: bytes) -> str:
    streams = root_streams(content)
    return next((media_type for name, media_type in _OLE_STREAMS if name in streams), OLE)


def _sniff_text(content: bytes) -> str:
    if _MHTML_HEAD.match(content[:_HEAD_BYTES].lstrip()):
        return MHTML
    text = decode(content[:_HEAD_BYTES])
    tag = _HTML_TAG.search(text)
    if tag is None and len(content) > _HEAD_BYTES:
        tag = _HTML_TAG.search(decode(content)[: 16 * _HEAD_BYTES])
    if len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        return UNKNOWN
    if tag:
        return HTML
    return XML if text.lstrip("\ufeff \t\r\n").startswith("<?xml") else TEXT
