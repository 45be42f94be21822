"""400 generated DOCX and XLSX and 100 PDF: right or marked, whole ones to the last cell."""

import pytest

from tests.extract.generated import TIMES, check_block


@pytest.mark.parametrize("block", range(10 * TIMES))
def test_generated_docx_and_xlsx_are_read_right_or_marked(block):
    """Merged cells, numbers cut over runs, numbers as numbers and as text, up to three damages each."""
    check_block("office", block, 40)


@pytest.mark.parametrize("block", range(20 * TIMES))
def test_generated_pdfs_are_read_right_or_marked(block):
    """With rules and without, over several pages, up to three damages each."""
    check_block("pdf", block, 5)
