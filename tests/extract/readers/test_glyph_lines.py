"""Lines of writing from characters, also where a damaged file gives them no height."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.readers import glyph_lines
from extract.readers.paged import Char

places = st.floats(-1000, 1000, allow_nan=False)
lengths = st.sampled_from([0.0, 0.0, 1e-300, 0.5, 12.0])


@st.composite
def chars(draw: st.DrawFn) -> Char:
    """One character in any box, also one without width or height."""
    x0, top = draw(places), draw(places)
    return Char(draw(st.sampled_from("政 府1")), x0, top, x0 + draw(lengths), top + draw(lengths))


def test_writing_stands_where_the_page_has_it():
    """Two blanks to a character's height."""
    writing = [Char("政", 10, 0, 22, 12), Char("府", 22, 0, 34, 12), Char("1", 70, 0, 76, 12)]
    (line,) = glyph_lines.lines_of(writing)
    assert line.laid_out(10) == "政府      1"


@pytest.mark.parametrize("height", [0.0, 1e-320])
def test_writing_without_height_is_laid_out_within_a_page(height):
    """A damaged font size ends in no error, and in no more blanks than a page has room for."""
    writing = [Char("政", 10, 5, 22, 5 + height), Char("府", 1e6, 5, 1e6, 5 + height)]
    (line,) = glyph_lines.lines_of(writing)
    text = line.laid_out(0)
    assert text.split() == ["政", "府"]
    assert len(text) <= 1001


@given(st.lists(chars(), max_size=8))
def test_any_boxes_give_lines_that_can_be_laid_out(writing):
    """No box of a damaged file ends in an error or in endless blanks."""
    for line in glyph_lines.lines_of(writing):
        assert line.laid_out(line.x0).split() == line.text.split()
        assert len(line.laid_out(-1000)) < 10_000
