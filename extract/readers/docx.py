"""DOCX (also what WPS writes): word/document.xml at cell level, with lxml.

python-docx repeats the text of merged cells and knows no automatic numbers; the markup itself says
both (ISO/IEC 29500-1, 17.4 and 17.9).
"""

from __future__ import annotations

from lxml.etree import _Element as Element

from extract.errors import UnreadableDocument
from extract.media import DOCX
from extract.model import NormalizedText
from extract.readers.canonical import Source, compose
from extract.readers.docx_markup import Names
from extract.readers.docx_numbering import Numbering
from extract.readers.docx_walk import BodyWalk
from extract.readers.package import Package

MEDIA_TYPES = frozenset({DOCX})
VERSION = 1
_DOCUMENT = "word/document.xml"
_CORE = "docProps/core.xml"
_CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def accepts(media_type: str) -> bool:
    """Tell whether this reader takes documents of `media_type`."""
    return media_type in MEDIA_TYPES


def read(content: bytes) -> NormalizedText:
    """Read a document; anchors are `p[N]` and `table[N]/tr[R]/tc[C]`, counted over all of its parts."""
    with Package(content) as package:
        root = package.read_xml(_DOCUMENT)
        styles = _optional(package, "word/styles.xml")
        numbering = Numbering(_optional(package, "word/numbering.xml"), styles)
        title = _core_title(package)
    body = Names(root).find(root, "body")
    if body is None:
        raise UnreadableDocument("Word 文档没有正文")
    walk = BodyWalk(root, numbering, _contents_styles(styles))
    blocks = list(walk.blocks(body))
    return compose(blocks, Source(DOCX, "docx", VERSION, hints={"meta_title": title}))


def _optional(package: Package, name: str) -> Element | None:
    return package.read_xml(name) if name in package else None


def _core_title(package: Package) -> str:
    core = _optional(package, _CORE)
    return (core.findtext(f".//{_CORE_TITLE}") or "").strip() if core is not None else ""


def _contents_styles(styles: Element | None) -> frozenset[str]:
    """Return the ids of the styles called "toc N": their paragraphs repeat the headings."""
    if styles is None:
        return frozenset()
    names = Names(styles)
    return frozenset(
        style.get(names.tag("styleId"), "")
        for style in styles.iter(names.tag("style"))
        if (names.value(style, "name") or "").lower().startswith("toc ")
    )
