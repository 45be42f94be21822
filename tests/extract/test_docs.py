"""The page that specifies the normalized text names every problem code and every hint."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "normalized-text.md").read_text("utf-8")
SOURCES = {path: path.read_text("utf-8") for path in sorted((ROOT / "extract").rglob("*.py"))}
CODES = sorted({code for text in SOURCES.values() for code in re.findall(r'Problem\(\s*"(\w+)"', text)})


def test_there_are_codes_to_check():
    """The pattern finds what the readers and the parser report."""
    assert {"title_conflict", "tables_as_image", "row_ambiguous"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_problem_code_is_documented(code):
    """Codes are a contract: other programs read them."""
    assert f"| `{code}` |" in PAGE


def test_every_hint_is_documented():
    """Hints are the evidence that dates and titles build on."""
    source = SOURCES[ROOT / "extract" / "readers" / "html_hints.py"]
    hints = {*re.findall(r'hints\["(\w+)"\]', source), *re.findall(r'^    "(\w+)": "', source, re.MULTILINE)}
    assert len(hints) > 10
    assert [hint for hint in sorted(hints) if f"`{hint}`" not in PAGE] == []
