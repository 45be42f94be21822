"""A query finds exactly the texts that contain it."""

import sqlite3

from hypothesis import example, given
from hypothesis import strategies as st

from archive.search import (
    Piece,
    character_tokens,
    excerpt,
    facet_token,
    fold,
    highlight,
    match_expression,
    pair_tokens,
    terms,
)

CHINESE = st.text("政府信息公开复议𠮷龘〇", max_size=30)
MIXED = st.text("信息公开2024aA２ ，。〔〕\n-_\"'*():^{}", max_size=40)


def hits(texts, expression):
    """Numbers of the texts that an index of them finds."""
    db = sqlite3.connect(":memory:")
    db.execute(
        "create virtual table s using fts5(title, words, initials, facets, tokenize=ascii, content='')"
    )
    for number, text in enumerate(texts):
        row = (number, pair_tokens(text), character_tokens(text), facet_token("n", number))
        db.execute("insert into s(rowid, title, words, initials, facets) values (?, '', ?, ?, ?)", row)
    found = [row[0] for row in db.execute("select rowid from s where s match ? order by 1", [expression])]
    db.close()
    return found


@given(st.lists(CHINESE, max_size=6), CHINESE.filter(len))
@example(["信息公开"], "信息")
@example(["开公息信"], "信息")
def test_chinese_query_hits_exactly_the_texts_that_contain_it(texts, query):
    """The index agrees with `in`, for words of every length."""
    assert hits(texts, match_expression(query)) == [n for n, text in enumerate(texts) if query in text]


@given(st.lists(MIXED, max_size=4), MIXED)
def test_any_query_is_a_valid_expression_and_hits_only_texts_with_all_terms(texts, query):
    """Quotes, brackets and operators of the query language cannot break out."""
    expression = match_expression(query)
    if expression is None:
        assert terms(query) == []
        return
    flat = ["".join(fold(text).split()) for text in texts]
    for number in hits(texts, expression):
        assert all(term in flat[number] for term in terms(query))


@given(MIXED)
def test_folding_keeps_offsets(text):
    """A highlight in the folded text is one in the text."""
    assert len(fold(text)) == len(text)
    assert "".join(piece.text for piece in highlight(text, "信息")) == text


def test_line_break_inside_a_word_does_not_hide_it():
    """PDF text is full of them."""
    assert hits(["信息公\n开", "2024 年"], match_expression("公开")) == [0]
    assert hits(["信息公\n开", "2024 年"], match_expression("2024年")) == [1]


def test_words_apart_by_punctuation_are_not_one_word():
    """信，息 is not 信息."""
    assert hits(["信，息"], match_expression("信息")) == []


def test_several_terms_are_all_asked_for():
    """A blank between two words means and."""
    assert hits(["复议一件，诉讼两件", "复议一件"], match_expression("复议 诉讼")) == [0]


def test_one_character_is_asked_of_titles_and_names():
    """A single character finds the text by its single characters."""
    assert hits(["叶县", "原州区"], match_expression("县")) == [0]


def test_facets_narrow_the_hits():
    """A filter is one more token to ask for."""
    assert hits(["复议", "复议"], match_expression("复议", [facet_token("n", 1)])) == [1]
    assert match_expression("", [facet_token("rule", "requests.row-total")]) == (
        'facets : "rule·requests·row·total"'
    )


def test_excerpt_shows_the_hit_in_its_context():
    """Dots stand where the text goes on."""
    pieces = excerpt("前" * 100 + "行政复议" + "后" * 100, "复议", width=30)
    assert Piece("复议", True) in pieces
    assert (pieces[0].text, pieces[-1].text) == ("…", "…")
    assert excerpt("没有", "复议") == []
