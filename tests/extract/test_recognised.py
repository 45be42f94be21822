"""Recognised numbers: believed where two readings agree or the sums decide, never otherwise."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.model import Anchor, State
from extract.normalize import normalize
from extract.parser import parse_report

CORPUS = Path(__file__).parent.parent / "fixtures" / "corpus"
RECEIVED = "requests.received.natural_person"
RULES = "disclosure.rules.in_force"


@lru_cache(maxsize=1)
def scan():
    """A report's text as if every cell had been recognised twice, without an error."""
    text = normalize((CORPUS / "seed003-hard.docx").read_bytes())
    lines = text.text.split("\n")
    cells = {key: lines[key[0]].split("\t")[key[1]] for key in text.anchors if "\t" in lines[key[0]]}
    return replace(
        text,
        anchors={key: Anchor(1, (0, 0, 1, 1), anchor.locator) for key, anchor in text.anchors.items()},
        recognised=cells,
        recognised_pages=frozenset({1}),
    )


@lru_cache(maxsize=1)
def facts():
    """The true facts by path."""
    return {fact.path: fact for fact in parse_report(scan()).facts}


def place(path):
    """The (line, cell) of a fact."""
    locator = facts()[path].anchor.locator
    return next(key for key, anchor in scan().anchors.items() if anchor.locator == locator)


def misread(first=None, second=None):
    """The report with other first or second readings: {path: raw}."""
    text = scan()
    lines = [line.split("\t") for line in text.text.split("\n")]
    for path, raw in (first or {}).items():
        line, cell = place(path)
        lines[line][cell] = raw
    changed = {place(path): raw for path, raw in (second or {}).items()}
    written = "\n".join("\t".join(cells) for cells in lines)
    return replace(text, text=written, recognised={**text.recognised, **changed})


def read(first=None, second=None):
    """The facts of a misread report, and its problem codes."""
    report = parse_report(misread(first, second))
    return {fact.path: fact for fact in report.facts}, [problem.code for problem in report.problems]


def test_two_readings_that_agree_are_believed():
    """All 200 cells, and each says that it was recognised."""
    plain = parse_report(normalize((CORPUS / "seed003-hard.docx").read_bytes()))
    assert {fact.path: fact.value for fact in plain.facts} == {
        path: fact.value for path, fact in facts().items()
    }
    assert {fact.reader for fact in facts().values()} == {"ocr"}
    assert {fact.reader for fact in plain.facts} == {"grid"}


@pytest.mark.parametrize("side", ["first", "second"])
def test_table_two_has_no_sums_so_a_difference_stays_open(side):
    """Neither reading is preferred."""
    got, codes = read(**{side: {RULES: "77"}})
    assert (got[RULES].state, got[RULES].value) == (State.AMBIGUOUS, None)
    assert "recognised_unconfirmed" in codes


@pytest.mark.parametrize("side", ["first", "second"])
@pytest.mark.parametrize("raw", ["", "7", "�"])
def test_sums_decide_between_two_readings(side, raw):
    """Whichever of the two is right, where the other is wrong, missing or unreadable."""
    got, codes = read(**{side: {RECEIVED: raw}})
    assert got[RECEIVED].state is State.READ
    assert got[RECEIVED].value == facts()[RECEIVED].value
    assert "recognised_unconfirmed" not in codes


def test_a_cell_with_ink_is_not_blank():
    """Nothing was found on the page, but something stands there that cannot be read: not zero, not blank."""
    got, _ = read({RULES: ""}, {RULES: "�"})
    assert got[RULES].state is State.AMBIGUOUS


def test_a_blank_cell_is_blank_only_by_both():
    """No ink."""
    got, _ = read({RULES: ""}, {RULES: ""})
    assert (got[RULES].state, got[RULES].value) == (State.BLANK, None)


def test_a_number_that_all_its_sums_contradict_is_not_believed():
    """Both readings may be wrong alike: row and column say so together."""
    got, _ = read({RECEIVED: "9999"}, {RECEIVED: "9999"})
    assert (got[RECEIVED].state, got[RECEIVED].value) == (State.AMBIGUOUS, None)


def test_without_a_second_reading_only_sums_count():
    """A text that was recognised by a reader that gives none."""
    report = parse_report(replace(scan(), recognised={}))
    assert all(fact.value is None for fact in report.facts if fact.path.startswith("disclosure."))


def test_letters_that_look_like_digits_agree_with_the_digit():
    """O for 0 and l for 1 in the crop of a single digit; never the other way round."""
    zeros = [path for path, fact in facts().items() if fact.raw == "0" and path.startswith("disclosure")]
    for path in zeros:
        got, _ = read(second={path: "O"})
        assert got[path].value == 0
        got, _ = read(first={path: "O"}, second={path: "O"})
        assert got[path].value is None


def test_pages_with_text_are_not_doubted():
    """Only cells on recognised pages are settled by second readings."""
    text = misread(second={RULES: "77"})
    report = parse_report(replace(text, recognised_pages=frozenset({2})))
    fact = report.fact(RULES)
    assert (fact.state, fact.value, fact.reader) == (State.READ, facts()[RULES].value, "grid")


digits = st.text(alphabet="0123456789", min_size=1, max_size=4)
errors = st.dictionaries(
    st.sampled_from(range(200)),
    st.tuples(st.booleans(), st.one_of(digits, st.just(""), st.just("�"))),
    max_size=25,
)


@given(errors)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_with_one_wrong_reading_a_cell_no_number_is_ever_wrong(wrong):
    """Up to 25 cells misread in one of their two readings: right or null."""
    paths = list(facts())
    first = {paths[n]: raw for n, (on_page, raw) in wrong.items() if on_page}
    second = {paths[n]: raw for n, (on_page, raw) in wrong.items() if not on_page}
    got, _ = read(first, second)
    for path, fact in facts().items():
        if path in got and got[path].value is not None:
            assert got[path].value == fact.value
