"""Two versions are compared cell by cell and sentence by sentence."""

from hypothesis import given
from hypothesis import strategies as st

from archive.differences import (
    Change,
    Passage,
    differing_cells,
    differing_passages,
    differing_sections,
    sentences,
)
from extract.model import Fact, Section, State
from tests.archive.filled import report

TEXTS = st.text("甲乙。；\n 丙", max_size=30)


def test_changed_sentence_is_shown_between_the_same_ones():
    """One sentence out of three."""
    passages = list(differing_passages("甲一。乙二。丙三。", "甲一。乙五。丙三。"))
    assert passages == [
        Passage(Change.SAME, "甲一。"),
        Passage(Change.GONE, "乙二。"),
        Passage(Change.NEW, "乙五。"),
        Passage(Change.SAME, "丙三。"),
    ]


@given(TEXTS, TEXTS)
def test_passages_give_back_both_texts(left, right):
    """Nothing is lost and nothing is made up."""
    passages = list(differing_passages(left, right))
    shown_left = "".join(p.text for p in passages if p.change is not Change.NEW)
    shown_right = "".join(p.text for p in passages if p.change is not Change.GONE)
    assert "".join(shown_left.split()) == "".join(left.split())
    assert "".join(shown_right.split()) == "".join(right.split())


@given(TEXTS)
def test_text_does_not_differ_from_itself(text):
    """Also where only blanks were moved."""
    assert all(p.change is Change.SAME for p in differing_passages(text, text.replace("。", "。\n")))


def test_sentences_keep_their_end_marks():
    """Chinese end marks and line breaks."""
    assert sentences("甲。乙；丙！\n丁") == ["甲。", "乙；", "丙！", "丁"]


def test_only_cells_that_read_differently_are_told():
    """A number, a blank, and a cell that one side lacks."""
    left, right = report(numbers=1), report(numbers=1)
    facts = list(right.facts)
    facts[3] = Fact(facts[3].path, 9, "9", State.READ)
    facts[5] = Fact(facts[5].path, None, "", State.BLANK)
    gone = facts.pop()
    right = report(facts=tuple(facts))
    assert [(item.path, item.right and item.right.raw) for item in differing_cells(left, right)] == [
        (facts[3].path, "9"),
        (facts[5].path, ""),
        (gone.path, None),
    ]


def test_sections_are_compared_by_their_number():
    """A heading written otherwise is no difference of words; a new part is."""
    left = report(sections=(Section(1, "总体情况", "甲。"), Section(2, "主动公开", "乙。")))
    right = report(
        sections=(Section(1, "基本情况", "甲。"), Section(2, "主动公开", "丙。"), Section(None, "附", "丁。"))
    )
    assert [item.number for item in differing_sections(left, right)] == [2, None]
