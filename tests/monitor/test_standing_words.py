"""Every reason has words for people and a line in the docs."""

from pathlib import Path

from monitor.coverage import DATE_UNCLEAR, DATES_AGREE, DOUBTFUL_MATCH, SEEN_LATER, StandingKind
from monitor.looks import WORST_FIRST
from monitor.matrix import NOT_PROCESSED
from monitor.naming import NameCode
from monitor.standing_words import KINDS, REASONS

DOCS = (Path(__file__).parents[2] / "docs" / "coverage.md").read_text("utf-8")
ALL_REASONS = {*WORST_FIRST, DATE_UNCLEAR, DATES_AGREE, DOUBTFUL_MATCH, SEEN_LATER, NOT_PROCESSED}


def test_every_reason_has_words_and_a_line_in_the_docs():
    """No code reaches a person without its meaning."""
    assert set(REASONS) == ALL_REASONS
    assert [reason for reason in ALL_REASONS if f"`{reason}`" not in DOCS] == []


def test_every_match_code_is_documented():
    """The public archive shows them."""
    assert [code for code in NameCode if code and f"`{code}`" not in DOCS] == []


def test_every_standing_has_a_word():
    """Seven of them."""
    assert set(KINDS) == set(StandingKind)
