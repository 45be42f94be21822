"""A written OFD page is drawn anew from its characters and lines; nothing of its markup is taken over."""

import xml.etree.ElementTree as ET

import pytest

from extract.errors import UnreadableDocument
from extract.normalize import normalize
from extract.page_svg import _svg, draw_written_page
from extract.parser import parse_report
from extract.readers.paged import Char, Page

SVG = "{http://www.w3.org/2000/svg}"


def test_number_is_written_within_its_box(fixtures):
    """What the proof frames is the number that was read."""
    content = (fixtures / "corpus" / "seed000-rand.ofd").read_bytes()
    fact = parse_report(normalize(content)).fact("requests.received.total")
    svg, (width, height) = draw_written_page(content, fact.anchor.page)
    assert (round(width), round(height)) == (595, 842)
    x0, top, x1, bottom = fact.anchor.bbox
    found = ""
    for text in ET.fromstring(svg).iter(f"{SVG}text"):
        for x, character in zip(map(float, text.get("x").split()), text.text, strict=True):
            if x0 <= x < x1 and top <= float(text.get("y")) <= bottom:
                found += character
    assert found == fact.raw


def test_page_that_is_not_there_is_said(fixtures):
    """No empty picture."""
    with pytest.raises(UnreadableDocument, match="没有第 99 页"):
        draw_written_page((fixtures / "corpus" / "seed000-rand.ofd").read_bytes(), 99)


def test_hostile_words_are_words():
    """Markup in the text stays text, and what XML forbids is left out."""
    chars = [
        Char(character, 10.0 * at, 10.0, 10.0 * at + 10, 20.0)
        for at, character in enumerate("<a>&\x00\ufffe1")
    ]
    svg = _svg(Page(1, 100, 100, chars))
    assert [text.text for text in ET.fromstring(svg).iter(f"{SVG}text")] == ["<a>&1"]
