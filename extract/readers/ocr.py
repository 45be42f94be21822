"""Scanned pages (PDF, OFD, JPEG, PNG, TIFF) by text recognition, with a second reading of every cell.

The words of a page and its ruling lines go through the same grid as the characters of a PDF. Then each
table cell is read again, alone, from its own crop: `NormalizedText.recognised` holds that second reading,
and the parser believes a number only where the two agree or the sums confirm it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract import media
from extract.errors import UnreadableDocument
from extract.model import Anchor, CellKey, NormalizedText, Problem
from extract.readers.canonical import Source, compose
from extract.readers.ocr_engine import Word, check_installed, read_lines, read_page
from extract.readers.ocr_pictures import PICTURE_TYPES, PIXELS_PER_PT, picture_page, pictures_of
from extract.readers.paged import Box, Char, Page
from extract.readers.paged_blocks import paged_blocks
from extract.readers.wording import is_wide

if TYPE_CHECKING:
    import PIL.Image

    from extract.readers.ocr_scan import Pixels, Scan

MEDIA_TYPES = frozenset({media.PDF, media.OFD, *PICTURE_TYPES})
VERSION = 1
SOMETHING = "\ufffd"
"""The second reading of a cell in which there is ink that nobody can read."""
_INSET_PT = 1.0
_MARGIN_SHARE = 0.25
"""White around a crop, as a share of its height."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A page, and its scan where it was recognised."""

    page: Page
    scan: Scan | None


def accepts(media_type: str) -> bool:
    """Tell whether this reader takes documents of `media_type`."""
    return media_type in MEDIA_TYPES


def read(content: bytes) -> NormalizedText:
    """Read a scan; anchors are pages and boxes of the page as scanned.

    Raises UnsupportedFormat where the extra is not installed, UnreadableDocument where no page is a
    picture or nothing can be recognised.
    """
    media_type = media.sniff(content)
    pages = pictures_of(content, media_type)
    return _read_pages((_recognised(page, picture) for page, picture in pages), media_type)


def read_pictures(contents: Sequence[bytes]) -> NormalizedText:
    """Read several pictures as the pages of one report, in this order."""
    pictures = [picture for content in contents for _, picture in pictures_of(content, media.sniff(content))]
    pages = (picture_page(picture, number) for number, picture in enumerate(pictures, 1) if picture)
    return _read_pages((_recognised(page, picture) for page, picture in pages), media.sniff(contents[0]))


def _recognised(page: Page, picture: PIL.Image.Image | None) -> _Read:
    if picture is None:
        return _Read(page, None)
    check_installed()
    from extract.readers.ocr_scan import scan_of

    scan = scan_of(picture, PIXELS_PER_PT)
    words = read_page(_as_colour(scan.grey)) if scan.ink.any() else ()
    chars = [char for word in words for char in _chars(word, scan.pixels_per_pt)]
    return _Read(replace(page, chars=chars, rules=scan.rules), scan)


def _as_colour(grey: Pixels) -> Pixels:
    import numpy as np

    return np.repeat(grey[:, :, None], 3, axis=2)


def _chars(word: Word, pixels_per_pt: float) -> Iterator[Char]:
    """Share a word's box among its characters, wide ones twice as wide."""
    weights = [2.0 if is_wide(character) else 1.0 for character in word.text]
    step = (word.x1 - word.x0) / max(sum(weights), 1.0)
    x = word.x0
    for character, weight in zip(word.text, weights, strict=True):
        left, x = x, x + weight * step
        if character.strip():
            yield Char(
                character,
                left / pixels_per_pt,
                word.top / pixels_per_pt,
                x / pixels_per_pt,
                word.bottom / pixels_per_pt,
            )


def _read_pages(read_pages: Iterable[_Read], media_type: str) -> NormalizedText:
    pages = list(read_pages)
    blocks, problems = paged_blocks([one.page for one in pages])
    scans = {one.page.number: one.scan for one in pages if one.scan}
    names = "、".join(map(str, scans))
    found = [problem for problem in problems if problem.code != "scan"]
    found.append(Problem("recognised", f"第 {names} 页是图像，文字由文字识别（OCR）读出"))
    if not any(one.page.chars for one in pages if one.scan):
        raise UnreadableDocument("图像中没有能识别的文字")
    text = compose(blocks, Source(media_type, "ocr", VERSION, problems=tuple(found)))
    return replace(
        text,
        recognised=_second_readings(text, scans),
        recognised_pages=frozenset(scans),
        anchors={key: _on_original(anchor, scans) for key, anchor in text.anchors.items()},
    )


def _on_original(anchor: Anchor, scans: dict[int, Scan]) -> Anchor:
    scan = scans.get(anchor.page or 0)
    return replace(anchor, bbox=scan.on_original(anchor.bbox)) if scan and anchor.bbox else anchor


def _second_readings(text: NormalizedText, scans: dict[int, Scan]) -> dict[CellKey, str]:
    """Read every table cell of recognised pages again that holds no words; "" where there is no ink.

    A number that a stamp went through has no second reading: both would lack the same stroke.
    """
    from extract.readers.ocr_scan import ink_lines, is_stamped

    lines = text.text.split("\n")
    crops: dict[CellKey, list[Pixels]] = {}
    for (line, cell), anchor in text.anchors.items():
        scan = scans.get(anchor.page or 0)
        if not (scan and anchor.bbox and "\t" in lines[line]):
            continue
        if not _may_be_number(lines[line].split("\t")[cell]):
            continue
        written = ink_lines(scan, _inner(anchor.bbox))
        if not any(is_stamped(scan, box) for box in written):
            crops[line, cell] = [_crop(scan, box) for box in written]
    told = iter(read_lines([crop for own in crops.values() for crop in own]))
    readings = {key: [next(told) for _ in own] for key, own in crops.items()}
    return {key: _joined(own) for key, own in readings.items()}


def _joined(lines: Sequence[str]) -> str:
    return "".join(line or SOMETHING for line in lines)


def _may_be_number(text: str) -> bool:
    """Tell cells that are worth a second reading: a label is checked against the official ones anyway."""
    return sum(map(is_wide, text)) <= 2 or any(character.isdigit() for character in text[:2])


def _crop(scan: Scan, line: Box) -> Pixels:
    """Return a line of writing as a picture of its own, with paper around it."""
    import cv2

    x0, top, x1, bottom = (round(value) for value in line)
    margin = max(3, round(_MARGIN_SHARE * (bottom - top)))
    part = scan.grey[top:bottom, x0:x1]
    crop = cv2.copyMakeBorder(part, margin, margin, 2 * margin, 2 * margin, cv2.BORDER_REPLICATE)
    return _as_colour(crop.astype(part.dtype))


def _inner(box: Box) -> Box:
    return (box[0] + _INSET_PT, box[1] + _INSET_PT, box[2] - _INSET_PT, box[3] - _INSET_PT)
