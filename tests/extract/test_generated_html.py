"""500 generated pages, plain, pasted, nested or one table: right or marked, whole ones to the last cell."""

import pytest

from tests.extract.generated import TIMES, check_block


@pytest.mark.parametrize("block", range(5 * TIMES))
def test_generated_pages_are_read_right_or_marked(block):
    """Blanks, marks, large numbers, and up to three damages each."""
    check_block("html", block, 100)
