"""Scanned pages made ready: straightened, stamps off, rules told from strokes of writing."""

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.readers.ocr_pictures import LONG_SIDE_PT, PIXELS_PER_PT
from extract.readers.ocr_scan import ink_lines, scan_of

WIDTH, HEIGHT = round(595 * PIXELS_PER_PT), round(LONG_SIDE_PT * PIXELS_PER_PT)
XS = [80, 220, 300, 380, 520]
YS = [100, 114, 128, 142, 156, 190]


def px(*points):
    """Points as pixels."""
    return [round(value * PIXELS_PER_PT) for value in points]


def page(*, strokes=True, skip=()):
    """A page with a table; in the first column strokes as high as the rows, like tight writing."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    for y in YS:
        draw.line(px(XS[0], y, XS[-1], y), fill="black", width=2)
    for x in XS:
        for top, bottom in pairwise(YS):
            if (x, top) not in skip:
                draw.line(px(x, top, x, bottom), fill="black", width=2)
    for top in YS[:-1] if strokes else ():
        for x in range(90, 210, 12):
            draw.line(px(x + 4, top + 1, x + 4, top + 13), fill="black", width=3)
            for y in (3, 6, 9):
                draw.line(px(x, top + y, x + 9, top + y), fill="black", width=3)
    return image


def walls_of(rules):
    """The vertical rules as (x, top, bottom), rounded."""
    return sorted((round(r.x0), round(r.top), round(r.bottom)) for r in rules if r.x0 == r.x1)


def floors_of(rules):
    """The horizontal rules as (y, left, right), rounded."""
    return sorted((round(r.top), round(r.x0), round(r.x1)) for r in rules if r.top == r.bottom)


def close(found, expected):
    """Equal within two points."""
    assert len(found) == len(expected), found
    assert np.abs(np.array(found) - np.array(expected)).max() <= 2.1, (found, expected)


@pytest.mark.parametrize("angle", [0, 0.8, -1.7, 3.2])
def test_the_rules_of_a_skewed_page_are_found_and_strokes_of_writing_are_not(angle):
    """As many walls and floors as were drawn, straight."""
    image = page().rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")
    scan = scan_of(image, PIXELS_PER_PT)
    walls, floors = walls_of(scan.rules), floors_of(scan.rules)
    assert (len(walls), len(floors)) == (len(XS), len(YS))
    spread = [right - left for _, left, right in floors]
    assert spread == pytest.approx([XS[-1] - XS[0]] * len(YS), abs=2.5)


def test_a_wall_that_a_merged_cell_interrupts_ends_there():
    """Writing in the merged cell, in line with the wall, is no wall."""
    skip = {(300, YS[0])}
    image = page(skip=skip)
    draw = ImageDraw.Draw(image)
    draw.line(px(300, YS[0] + 1, 300, YS[1]), fill="black", width=3)
    for y in (2.5, 5, 7.5, 10):
        draw.line(px(294, YS[0] + y, 306, YS[0] + y), fill="black", width=5)
    expected = sorted([(x, YS[0], YS[-1]) for x in XS if x != 300] + [(300, YS[1], YS[-1])])
    close(walls_of(scan_of(image, PIXELS_PER_PT).rules), expected)


def test_a_place_leads_back_to_the_page_as_it_was_scanned():
    """The corner of the table, by the box of the straightened page."""
    angle = 2.0
    image = page(strokes=False).rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")
    scan = scan_of(image, PIXELS_PER_PT)
    corner = min((r for r in scan.rules if r.x0 == r.x1), key=lambda rule: rule.x0)
    x0, top, x1, bottom = scan.on_original((corner.x0 - 2, corner.top - 2, corner.x0 + 2, corner.top + 2))
    part = np.asarray(image.convert("L"))[px(top)[0] : px(bottom)[0], px(x0)[0] : px(x1)[0]]
    assert part.min() < 100
    assert all(isinstance(value, float) for value in (x0, top, x1, bottom))


def stamped(image, colour=(215, 40, 40)):
    """The picture under a round stamp, which mixes with what it covers."""
    layer = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(layer)
    draw.ellipse(px(240, 90, 360, 210), outline=colour, width=12)
    draw.line(px(300, 100, 300, 200), fill=colour, width=10)
    return Image.fromarray(np.minimum(np.asarray(image), np.asarray(layer)))


def test_a_stamp_over_the_table_is_taken_off_and_the_writing_under_it_stays():
    """The same rules as without it; ink where there was ink, none where there was only the stamp."""
    image = page()
    ImageDraw.Draw(image).rectangle(px(330, 160, 336, 175), fill="black")
    plain, under = scan_of(image, PIXELS_PER_PT), scan_of(stamped(image), PIXELS_PER_PT)
    close(walls_of(under.rules), walls_of(plain.rules))
    close(floors_of(under.rules), floors_of(plain.rules))
    assert len(ink_lines(under, (301, 157, 379, 189))) == 1
    assert ink_lines(under, (222, 115, 298, 127)) == []


def test_red_writing_is_kept():
    """A title in red is no stamp."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    for x in range(100, 480, 24):
        draw.rectangle(px(x, 100, x + 16, 120), fill=(210, 30, 30))
    assert len(ink_lines(scan_of(image, PIXELS_PER_PT), (90, 90, 500, 130))) == 1


def test_specks_are_no_writing_and_a_small_digit_is():
    """Dirt of a point, a stroke of six."""
    image = page(strokes=False)
    draw = ImageDraw.Draw(image)
    for x in (230, 250, 270):
        draw.rectangle(px(x, 120, x + 0.7, 120.7), fill="black")
    draw.line(px(340, 117, 340, 124), fill="black", width=3)
    scan = scan_of(image, PIXELS_PER_PT)
    assert ink_lines(scan, (221, 115, 299, 127)) == []
    assert len(ink_lines(scan, (301, 115, 379, 127))) == 1
