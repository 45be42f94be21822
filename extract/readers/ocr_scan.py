"""A scanned page made ready to be read: stamps taken off, set straight, its ruling lines found.

Everything here is done in pixels (200 a page inch) with OpenCV; results are points of the straightened
page, and `on_original` leads back to the page as it was scanned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from extract.readers.ocr_rules import rules_of
from extract.readers.paged import Box, Rule

if TYPE_CHECKING:
    import PIL.Image

Pixels: TypeAlias = npt.NDArray[np.uint8]

_STAMP_PT = (55.0, 190.0)
_STAMP_SHAPE = 1.45
"""Sides of a stamp in points, and how much longer one side may be."""
_RED_OVER, _REDDISH = 45, 18
_BLACK_UNDER_RED = 165
"""Writing under a stamp has less red light than this, of 255."""
_MOST_SKEW_DEGREES = 4.0
_SEARCHED_WIDTH_PX = 800
_SAMPLED = 8
"""Of the page's pixels, every so many a row and column tell how light the paper is."""
_DARK, _FAINT = 18, 10
"""How much darker than the paper around it ink is, of 255."""
_INK_SIDE_PT = 2.6
_INK_AREA_PT = 1.6
_THIN_PT, _EDGE_PT = 1.3, 1.0


@dataclass(slots=True)
class Scan:
    """One straightened page. `grey` is what is read; `ink` has the writing without the ruling lines.

    `stamped` is where a stamp has been taken off: writing there may have lost a stroke with it.
    """

    grey: Pixels
    ink: Pixels
    stamped: Pixels
    rules: list[Rule]
    pixels_per_pt: float
    _back: Any
    """The affine map, in pixels, from the straightened page to the original."""

    def on_original(self, box: Box) -> Box:
        """Map a box to the page as it was scanned."""
        a, b, c = (float(value) for value in self._back[0])
        d, e, f = (float(value) for value in self._back[1])
        scale = self.pixels_per_pt
        corners = [(x * scale, y * scale) for x in (box[0], box[2]) for y in (box[1], box[3])]
        xs = [(a * x + b * y + c) / scale for x, y in corners]
        ys = [(d * x + e * y + f) / scale for x, y in corners]
        return (round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))


def scan_of(picture: PIL.Image.Image, pixels_per_pt: float) -> Scan:
    """Straighten a page and find its rules."""
    colour = np.asarray(picture.convert("RGB"))
    grey, stamps = _without_stamps(colour, pixels_per_pt)
    angle = _skew_degrees(grey)
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    paper = float(np.median(grey[::_SAMPLED, ::_SAMPLED]))
    turned = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper)
    straight = turned.astype(np.uint8)
    stamped = cv2.warpAffine(stamps, turn, (width, height), flags=cv2.INTER_NEAREST).astype(np.uint8)
    black = _binary(straight)
    rules = rules_of(_binary(straight, faint=True), black, pixels_per_pt)
    drawn = np.zeros_like(black)
    for rule in rules:
        corners = [round(value * pixels_per_pt) for value in rule[:4]]
        cv2.rectangle(drawn, (corners[0], corners[1]), (corners[2], corners[3]), 255, -1)
    grown = cv2.dilate(drawn, np.ones((5, 5), np.uint8))
    ink = np.where(grown, 0, black).astype(np.uint8)
    return Scan(straight, ink, stamped, rules, pixels_per_pt, cv2.invertAffineTransform(turn))


def _without_stamps(colour: Pixels, pixels_per_pt: float) -> tuple[Pixels, Pixels]:
    """Return the page in grey without its stamps, and where they were (255).

    Black under red is black in the red channel too, the stamp itself turns white. Red writing is kept:
    a stamp is round or square, and as large as stamps are.
    """
    grey = cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    red, green, blue = (colour[:, :, channel].astype(np.int16) for channel in range(3))
    excess = red - np.maximum(green, blue)
    mask = (excess > _RED_OVER).astype(np.uint8) * 255
    stamps = np.zeros_like(grey)
    if not mask.any():
        return grey, stamps
    side = int(6 * pixels_per_pt)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least, most = (length * pixels_per_pt for length in _STAMP_PT)
    for x, y, width, height, _area in boxes[1:count]:
        if least <= min(width, height) and max(width, height) <= min(most, _STAMP_SHAPE * min(width, height)):
            part = (slice(max(y - 3, 0), y + height + 3), slice(max(x - 3, 0), x + width + 3))
            reddish = excess[part] > _REDDISH
            bare = reddish & (red[part] > _BLACK_UNDER_RED)
            grey[part] = np.where(bare, 255, np.maximum(grey[part], colour[:, :, 0][part]))
            stamps[part] = np.where(reddish, 255, 0)
    return grey, stamps


def _skew_degrees(grey: Pixels) -> float:
    """Return the turn that makes lines of writing and rules horizontal: the sharpest row profile."""
    scale = min(1.0, _SEARCHED_WIDTH_PX / grey.shape[1])
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    black = _binary(small.astype(np.uint8))

    def sharpness(angle: float) -> float:
        height, width = black.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        turned = cv2.warpAffine(black, turn, (width, height), flags=cv2.INTER_LINEAR)
        profile = turned.sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(profile)).sum())

    best, span, step = 0.0, _MOST_SKEW_DEGREES, 0.5
    while step >= 0.03:
        tried = [best + step * number for number in range(-round(span / step), round(span / step) + 1)]
        best = max(tried, key=lambda angle: (sharpness(angle), -abs(angle)))
        span, step = step, step / 5
    return best


def _binary(grey: Pixels, *, faint: bool = False) -> Pixels:
    """Return ink as 255 on 0, by the neighbourhood: shadows and grey paper are no ink.

    `faint` keeps hair lines, and with them the grain of the paper.
    """
    block = max(15, grey.shape[1] // 40) | 1
    smooth = grey if faint else cv2.medianBlur(grey, 3)
    over = _FAINT if faint else _DARK
    black = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, over)
    return black.astype(np.uint8)


def _is_remnant(mark: tuple[int, int, int, int], shape: tuple[int, ...], pixels_per_pt: float) -> bool:
    """Tell what is left of a ruling line at the edge of a cell: thin, and along the edge or across it."""
    x0, top, x1, bottom = mark
    height, width = shape[0], shape[1]
    thin, edge = _THIN_PT * pixels_per_pt, _EDGE_PT * pixels_per_pt
    flat = bottom - top <= thin and (top <= edge or bottom >= height - edge or x1 - x0 > width / 2)
    upright = x1 - x0 <= thin and (x0 <= edge or x1 >= width - edge)
    return flat or upright


def is_stamped(scan: Scan, box: Box) -> bool:
    """Tell whether a stamp has been taken off within a box, in pixels."""
    x0, top, x1, bottom = (round(value) for value in box)
    return bool(scan.stamped[max(top, 0) : bottom, max(x0, 0) : x1].any())


def ink_lines(scan: Scan, box: Box) -> list[Box]:
    """Return the boxes, in pixels, of the lines of writing in a cell; specks are no writing."""
    scale = scan.pixels_per_pt
    x0, top, x1, bottom = (round(value * scale) for value in box)
    part = scan.ink[max(top, 0) : max(bottom, 0), max(x0, 0) : max(x1, 0)]
    if not part.size:
        return []
    count, _, found, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    marks = [
        (x, y, x + width, y + height)
        for x, y, width, height, area in found[1:count]
        if max(width, height) >= _INK_SIDE_PT * scale
        and area >= _INK_AREA_PT * scale * scale
        and not _is_remnant((x, y, x + width, y + height), part.shape, scale)
    ]
    rows = np.zeros(part.shape[0] + 1, np.uint8)
    for _, upper, _, lower in marks:
        rows[upper:lower] = 1
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows))))
    lines = []
    for upper, lower in zip(edges[::2], edges[1::2], strict=False):
        held = [mark for mark in marks if upper <= mark[1] < lower]
        left, right = min(mark[0] for mark in held), max(mark[2] for mark in held)
        origin_x, origin_y = max(x0, 0), max(top, 0)
        lines.append(
            (
                float(left + origin_x),
                float(upper + origin_y),
                float(right + origin_x),
                float(lower + origin_y),
            )
        )
    return lines
