"""PDF through pdfium: the reading that is believed first."""

from __future__ import annotations

from collections.abc import Iterable

from extract.errors import UnreadableDocument, UnsupportedFormat
from extract.media import PDF
from extract.model import NormalizedText
from extract.readers.canonical import Source, compose
from extract.readers.paged import Page
from extract.readers.paged_blocks import paged_blocks

MEDIA_TYPES = frozenset({PDF})
VERSION = 1


def accepts(media_type: str) -> bool:
    """Tell whether this reader takes documents of `media_type`."""
    return media_type in MEDIA_TYPES


def read(content: bytes) -> NormalizedText:
    """Read a PDF; anchors are pages and boxes. Raises UnreadableDocument where it has no text."""
    from extract.readers import pdfium_source

    text = read_pages(pdfium_source.pages(content), "pdf")
    scanned = any(problem.code == "scan" for problem in text.problems)
    return _with_scanned_pages(content, text) if scanned and "\t" not in text.text else text


def _with_scanned_pages(content: bytes, text: NormalizedText) -> NormalizedText:
    """Read the scanned pages too, where the tables can only be on them and recognition is installed."""
    from extract.readers import ocr

    try:
        return ocr.read(content)
    except (UnsupportedFormat, UnreadableDocument):
        return text


def read_pages(pages: Iterable[Page], reader: str) -> NormalizedText:
    """Read the pages of a PDF from any source; `reader` names it."""
    blocks, problems = paged_blocks(pages)
    text = compose(blocks, Source(PDF, reader, VERSION, problems=tuple(problems)))
    if not text.text.strip():
        raise UnreadableDocument("扫描件：PDF 各页只有图像，没有文字层，需要文字识别（OCR）")
    return text
