"""Pictures of pages out of files: JPEG, PNG, TIFF (of several pages), scanned PDF, scanned OFD.

A page that has characters of its own is passed on as it is: it is never sent to text recognition.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from extract import media
from extract.errors import UnreadableDocument
from extract.readers.paged import Page

if TYPE_CHECKING:
    import PIL.Image

    Picture = PIL.Image.Image

PICTURE_TYPES = frozenset({media.JPEG, media.PNG, media.TIFF, media.BMP, media.GIF})
LONG_SIDE_PT = 842.0
"""A picture is taken for a page of A4: its longer side has this many points."""
PIXELS_PER_PT = 200 / 72
MAX_RECOGNISED_PAGES = 60
_MAX_PIXELS = 80_000_000
_MOST_ENLARGED = 2.5
_FEWEST_PIXELS = 200


def pictures_of(content: bytes, media_type: str) -> Iterator[tuple[Page, Picture | None]]:
    """Yield the pages, each with its picture, or None where it has text; raises UnreadableDocument."""
    if media_type == media.PDF:
        yield from _pdf_pages(content)
    elif media_type == media.OFD:
        yield from _ofd_pages(content)
    else:
        for number, picture in enumerate(_frames(content), 1):
            yield picture_page(picture, number)


def picture_page(picture: Picture, number: int) -> tuple[Page, Picture]:
    """Return a picture as page `number`, enlarged or reduced to the resolution that is worked in."""
    width, height = picture.size
    if max(width, height) > 20 * min(width, height) or max(width, height) < _FEWEST_PIXELS:
        raise UnreadableDocument(f"图片为 {width}×{height} 像素，不是一页文字")
    scale = min(LONG_SIDE_PT * PIXELS_PER_PT / max(width, height), _MOST_ENLARGED)
    size = (round(width * scale), round(height * scale))
    resized = picture if size == picture.size else picture.resize(size, _best())
    return Page(number, size[0] / PIXELS_PER_PT, size[1] / PIXELS_PER_PT), resized


def _best() -> int:
    from PIL import Image

    return int(Image.Resampling.BICUBIC)


def _frames(content: bytes) -> Iterator[Picture]:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as image:
            count = getattr(image, "n_frames", 1)
            if count > MAX_RECOGNISED_PAGES:
                raise UnreadableDocument(f"图片有 {count} 页，超过文字识别的上限 {MAX_RECOGNISED_PAGES}")
            for number in range(count):
                image.seek(number)
                if image.width * image.height > _MAX_PIXELS:
                    raise UnreadableDocument(f"图片超过上限 {_MAX_PIXELS} 像素")
                yield ImageOps.exif_transpose(_on_white(image))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableDocument("图片损坏或不完整") from error


def _on_white(image: Picture) -> Picture:
    """Return the picture in RGB; what is transparent is white."""
    from PIL import Image

    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        clear = image.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        flat = Image.alpha_composite(white, clear).convert("RGB")
        flat.info.update(image.info)
        return flat
    return image.convert("RGB")


def _pdf_pages(content: bytes) -> Iterator[tuple[Page, Picture | None]]:
    import pypdfium2

    from extract.readers import pdfium_source

    pages = list(pdfium_source.pages(content))
    bare = [page.number for page in pages if is_bare(page)]
    if not bare:
        raise UnreadableDocument("PDF 各页都有文字，不需要文字识别")
    if len(bare) > MAX_RECOGNISED_PAGES:
        raise UnreadableDocument(f"扫描件有 {len(bare)} 页，超过文字识别的上限 {MAX_RECOGNISED_PAGES}")
    with closing(pypdfium2.PdfDocument(content)) as document:
        for page in pages:
            if not is_bare(page):
                yield page, None
                continue
            with closing(document[page.number - 1]) as drawn:
                scale = min(PIXELS_PER_PT, (_MAX_PIXELS / max(page.width * page.height, 1)) ** 0.5)
                picture = drawn.render(scale=scale).to_pil().convert("RGB")
            yield replace(page, rules=[], pictures=[]), picture


def is_bare(page: Page) -> bool:
    """Tell a page that is only pictures."""
    return bool(page.pictures) and not any(char.text.strip() for char in page.chars)


def _ofd_pages(content: bytes) -> Iterator[tuple[Page, Picture | None]]:
    from extract.readers import ofd
    from extract.readers.package import Package

    with Package(content) as package:
        pages = list(ofd.pages(package))
    if not any(is_bare(page) and files for page, files in pages):
        raise UnreadableDocument("OFD 各页都有文字，不需要文字识别")
    for page, files in pages:
        if not (is_bare(page) and files):
            yield page, None
            continue
        frame = max(_first_frames(files), key=lambda picture: picture.width * picture.height)
        size = (round(page.width * PIXELS_PER_PT), round(page.height * PIXELS_PER_PT))
        yield replace(page, rules=[], pictures=[]), frame.resize(size, _best())


def _first_frames(files: tuple[bytes, ...]) -> Iterator[Picture]:
    for file in files:
        yield next(_frames(file))
