"""Nine thousand generated texts in every layout: right or marked, whole ones to the last cell."""

import pytest

from tests.extract.generated import TIMES, check_block


@pytest.mark.parametrize("block", range(36 * TIMES))
def test_generated_texts_are_read_right_or_marked(block):
    """Blanks, marks, large numbers, and up to three damages each."""
    check_block("text", block, 250)
