"""PDF through pdfplumber: an independent second reading of the same pages."""

from __future__ import annotations

from extract.media import PDF
from extract.model import NormalizedText
from extract.readers.pdf import read_pages

MEDIA_TYPES = frozenset({PDF})


def accepts(media_type: str) -> bool:
    """Tell whether this reader takes documents of `media_type`."""
    return media_type in MEDIA_TYPES


def read(content: bytes) -> NormalizedText:
    """Read a PDF as extract.readers.pdf does, from pdfplumber's characters and rules."""
    from extract.readers import pdf_plumber_source

    return read_pages(pdf_plumber_source.pages(content), "pdf_plumber")
