"""A page of a PDF or of a picture as a picture, so that a number can be shown where it stands."""

from __future__ import annotations

import io
from contextlib import closing

import PIL.Image
import pypdfium2

from extract import media
from extract.errors import UnreadableDocument
from extract.readers.ocr_pictures import PICTURE_TYPES, pictures_of

MOST_PIXELS = 12_000_000


def draw_page(content: bytes, page: int, pixels_per_point: float = 2.0) -> tuple[bytes, tuple[float, float]]:
    """Return (PNG, size in points) of a page, counted from 1.

    A page too large for `MOST_PIXELS` is drawn smaller. Raises UnreadableDocument where the bytes are
    neither PDF nor picture, or there is no such page.
    """
    media_type = media.sniff(content)
    if media_type in PICTURE_TYPES:
        return _draw_picture(content, media_type, page, pixels_per_point)
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
    return _png(picture), (width, height)


def _draw_picture(
    content: bytes, media_type: str, page: int, pixels_per_point: float
) -> tuple[bytes, tuple[float, float]]:
    for found, picture in pictures_of(content, media_type):
        if found.number == page and picture is not None:
            size = (round(found.width * pixels_per_point), round(found.height * pixels_per_point))
            return _png(picture.resize(size)), (found.width, found.height)
    raise UnreadableDocument(f"没有第 {page} 页")


def _png(picture: PIL.Image.Image) -> bytes:
    png = io.BytesIO()
    picture.save(png, "PNG", optimize=True)
    return png.getvalue()
