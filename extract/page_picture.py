"""A page of a PDF as a picture, so that a number can be shown where it stands."""

from __future__ import annotations

import io
from contextlib import closing

import pypdfium2

from extract.errors import UnreadableDocument

MOST_PIXELS = 12_000_000


def draw_page(content: bytes, page: int, pixels_per_point: float = 2.0) -> tuple[bytes, tuple[float, float]]:
    """Return (PNG, size in points) of a page, counted from 1.

    A page too large for `MOST_PIXELS` is drawn smaller. Raises UnreadableDocument where the bytes are
    no PDF or there is no such page.
    """
    try:
        with closing(pypdfium2.PdfDocument(content)) as document:
            if not 1 <= page <= len(document):
                raise UnreadableDocument(f"没有第 {page} 页")
            with closing(document[page - 1]) as drawn:
                width, height = drawn.get_size()
                scale = min(pixels_per_point, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
                picture = drawn.render(scale=scale).to_pil()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(f"不能打开这一页: {error}") from error
    png = io.BytesIO()
    picture.save(png, "PNG", optimize=True)
    return png.getvalue(), (width, height)
