"""Pages become pictures of their own proportions, and hostile bytes an error."""

import struct

import pytest

from extract.errors import UnreadableDocument
from extract.page_picture import draw_page


@pytest.fixture
def pdf(fixtures):
    """A real PDF report."""
    return (fixtures / "corpus" / "seed000-rand-lo.pdf").read_bytes()


def test_picture_has_the_proportions_of_the_page(pdf):
    """Two pixels a point."""
    png, (width, height) = draw_page(pdf, 1)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == pytest.approx((2 * width, 2 * height), abs=2)


@pytest.mark.parametrize("page", [0, -1, 99])
def test_page_that_is_not_there_is_said(pdf, page):
    """No page, one line."""
    with pytest.raises(UnreadableDocument, match=f"没有第 {page} 页"):
        draw_page(pdf, page)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"<html>"])
def test_bytes_that_are_no_pdf_are_refused(content):
    """Whatever they are."""
    with pytest.raises(UnreadableDocument):
        draw_page(content, 1)


def test_a_picture_is_drawn_as_its_own_page(fixtures):
    """A scan as JPEG: its longer side is that of A4."""
    content = (fixtures / "scans" / "seed000-rand-table-2.jpg").read_bytes()
    png, size = draw_page(content, 1, 1.0)
    assert png.startswith(b"\x89PNG")
    assert max(size) == pytest.approx(842, abs=1)
    with pytest.raises(UnreadableDocument):
        draw_page(content, 2)
