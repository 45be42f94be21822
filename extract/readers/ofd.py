"""OFD, China's fixed-layout format: its positioned text and paths, by the same grid as a PDF's."""

from __future__ import annotations

from collections.abc import Iterator

from extract.errors import TooLarge, UnreadableDocument
from extract.media import OFD
from extract.model import NormalizedText
from extract.readers.canonical import Source, compose
from extract.readers.limits import MAX_PAGES
from extract.readers.ofd_drawing import Drawing
from extract.readers.ofd_package import MM_TO_PT, OfdDocument, PageSource, documents
from extract.readers.package import Package
from extract.readers.paged import Page
from extract.readers.paged_blocks import paged_blocks

MEDIA_TYPES = frozenset({OFD})
VERSION = 1


def accepts(media_type: str) -> bool:
    """Tell whether this reader takes documents of `media_type`."""
    return media_type in MEDIA_TYPES


def read(content: bytes) -> NormalizedText:
    """Read an OFD; anchors are pages and boxes. Raises UnreadableDocument where it has no text."""
    with Package(content) as package:
        blocks, problems = paged_blocks(page for page, _ in pages(package))
    text = compose(blocks, Source(OFD, "ofd", VERSION, problems=tuple(problems)))
    if not text.text.strip():
        raise UnreadableDocument("扫描件：OFD 各页只有图像，没有文字，需要文字识别（OCR）")
    return text


def pages(package: Package) -> Iterator[tuple[Page, tuple[bytes, ...]]]:
    """Yield the pages of all documents, counted through, with the files of their pictures."""
    number = 0
    for document in documents(package):
        for source in document.pages():
            number += 1
            if number > MAX_PAGES:
                raise TooLarge(f"OFD 超过上限 {MAX_PAGES} 页")
            yield _page(document, source, number)


def _page(document: OfdDocument, source: PageSource, number: int) -> tuple[Page, tuple[bytes, ...]]:
    left, top, width, height = source.box
    drawing = Drawing(document, number, (left, top))
    for content in source.contents:
        drawing.add(content)
    pictures = [box for box, _ in drawing.pictures]
    page = Page(number, width * MM_TO_PT, height * MM_TO_PT, drawing.chars, drawing.rules, pictures)
    files = (
        ()
        if drawing.chars
        else tuple(file for _, resource in drawing.pictures if (file := document.media(resource)) is not None)
    )
    return page, files
