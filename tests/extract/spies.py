"""Documents that ask for something elsewhere: at an address, or from this machine's files.

`spies(address, secret)` maps a name to the bytes of a document; `address` is an `http://` address that must
not be called, `secret` a file that must not be read. All hold the title of a report.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.extract.hostile import (
    CATALOG,
    FONT,
    ONE_PAGE,
    PAGE,
    TEXT,
    docx_of,
    pdf_of,
    stream,
    word_body,
    word_paragraph,
    xlsx_of,
    zipped,
)
from tests.extract.readers.ofd_writer import Ofd
from tests.extract.readers.ofd_writer import text as ofd_text

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def spies(address: str, secret: Path) -> dict[str, bytes]:
    """Return every spy."""
    wanted = (address, secret.as_uri())
    made = {
        "html": _html(*wanted),
        "mhtml": _mhtml(address),
        "docx_links": _docx_links(*wanted),
        "pdf": _pdf(address, secret),
        "zip_link": _zip_link(secret),
        "html_included": _html_included(*wanted),
    }
    for place in wanted:
        scheme = place.partition(":")[0]
        for how in ("entity", "parameter", "dtd"):
            before = _doctype(how, place)
            for kind, make in ENTITIES.items():
                made[f"{kind}_{how}_{scheme}"] = make(before, "&x;")
    return made


def _doctype(how: str, place: str) -> str:
    return {
        "entity": f'<!DOCTYPE r [<!ENTITY x SYSTEM "{place}">]>',
        "parameter": f'<!DOCTYPE r [<!ENTITY x "y"><!ENTITY % p SYSTEM "{place}"> %p;]>',
        "dtd": f'<!DOCTYPE r SYSTEM "{place}" [<!ENTITY x "y">]>',
    }[how]


def _html(address: str, file: str) -> bytes:
    links = "".join(
        f'<link rel="stylesheet" href="{place}"><script src="{place}"></script><img src="{place}">'
        f'<iframe src="{place}"></iframe><object data="{place}"></object><embed src="{place}">'
        f'<meta http-equiv="refresh" content="0;url={place}"><table background="{place}"><tr><td>1</table>'
        for place in (address, file)
    )
    head = f'<head><base href="{address}"><title>{TEXT}</title></head>'
    return f"<html>{head}<body>{links}<h1>{TEXT}</h1>".encode()


def _html_included(address: str, file: str) -> bytes:
    included = "".join(
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{place}" parse="text"/>'
        for place in (address, file)
    )
    return (
        f'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="{address}"?>'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>{TEXT}</h1>{included}</body></html>'
    ).encode()


def page_of_entity(before: str, entity: str) -> bytes:
    """A page with a declaration and an entity."""
    return f'<?xml version="1.0"?>{before}<html><body><h1>{TEXT}</h1><p>{entity}</p></body></html>'.encode()


def _mhtml(address: str) -> bytes:
    return (
        "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: {address}\r\n\r\n"
        f'<html><body><h1>{TEXT}</h1><img src="{address}"></body></html>\r\n--b\r\n'
        f'Content-Type: message/external-body; access-type=URL; URL="{address}"\r\n\r\n\r\n--b--\r\n'
    ).encode()


def _docx_links(address: str, file: str) -> bytes:
    kinds = ("attachedTemplate", "image", "oleObject", "aFChunk", "subDocument", "frame")
    links = "".join(
        f'<Relationship Id="r{n}{kind}" Type="{OFFICE}/{kind}" Target="{place}" TargetMode="External"/>'
        for n, place in enumerate((address, file, "../../../../../../etc/hostname"))
        for kind in kinds
    )
    chunks = "".join(f'<w:altChunk xmlns:r="{OFFICE}" r:id="r{n}aFChunk"/>' for n in range(3))
    relations = f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>'.encode()
    document = word_body(word_paragraph(TEXT) + chunks)
    return docx_of(
        document, {"word/_rels/document.xml.rels": relations, "word/_rels/settings.xml.rels": relations}
    )


def docx_of_entity(before: str, entity: str) -> bytes:
    """A DOCX with a declaration and an entity."""
    return docx_of(word_body(word_paragraph(TEXT + entity), before))


def xlsx_of_entity(before: str, entity: str) -> bytes:
    """A workbook with a declaration and an entity."""
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{TEXT}{entity}</t></is></c></row>'
    return xlsx_of(cell, before=before)


def ofd_of_entity(before: str, entity: str) -> bytes:
    """An OFD with a declaration and an entity in every part."""
    package = Ofd([ofd_text(20, 20, TEXT)]).bytes()
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, content in members.items():
        head, mark, rest = content.decode().partition("?>")
        written = f"{head}{mark}{before}{rest}".replace("</ofd:TextCode>", f"{entity}</ofd:TextCode>")
        members[name] = written.encode()
    return zipped(members)


def _pdf(address: str, secret: Path) -> bytes:
    path = str(secret).encode()
    actions = b"<</S /URI /URI (%b) /Next [<</S /Launch /F (%b)>> <</S /GoToR /F (%b) /D [0 /Fit]>> " % (
        address.encode(), path, path,
    ) + b"<</S /SubmitForm /F (%b)>> <</S /JavaScript /JS (app.launchURL\\('%b'\\))>>]>>" % (
        address.encode(), address.encode(),
    )  # fmt: skip
    catalog = CATALOG.replace(b"/Pages", b"/OpenAction 6 0 R /Pages")
    outside = b"/F (%b) /FFilter /FlateDecode" % path
    picture = b"/Type /XObject /Subtype /Image /Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    resources = FONT[:-2] + b" /XObject <</X 7 0 R>>>>"
    page = PAGE.replace(b"/Contents 4 0 R", b"/Contents [4 0 R 8 0 R] /AA <</O 6 0 R>>")
    content = stream(b"BT /F 12 Tf 100 700 Td (report) Tj ET 100 0 0 100 0 0 cm /X Do")
    return pdf_of(
        [
            catalog,
            ONE_PAGE,
            page,
            content,
            resources,
            actions,
            stream(b"", picture + outside),
            stream(b"", outside),
        ]
    )


def _zip_link(secret: Path) -> bytes:
    """A ZIP with a symbolic link to a file, called a page."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("report.html")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, str(secret))
    return buffer.getvalue()


ENTITIES = {
    "docx": docx_of_entity, "xlsx": xlsx_of_entity, "ofd": ofd_of_entity, "page": page_of_entity,
}  # fmt: skip
