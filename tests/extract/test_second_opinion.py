"""Two readings of one document: the same is kept, a difference is marked, sums confirm what one lacks."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from extract.model import Fact, NormalizedText, Report, State
from extract.parser import parse_report
from extract.read import open_document, read_report
from extract.readers import pdf, pdf_plumber
from extract.second_opinion import is_doubtful, meet
from extract.sums import summands, sums_of
from tests.extract.generate import Shape, make_sample
from tests.extract.render import normal
from tests.extract.texts import codes_of, facts_of, parse

NAMES = ("pdfium", "pdfplumber")
RECEIVED = "requests.received.natural_person"
RULES = "disclosure.rules.issued"


@pytest.fixture
def clean() -> Report:
    """A report whose sums all hold."""
    return parse(normal(make_sample(11, Shape(zeros=0.2))))


def with_fact(report: Report, path: str, **changes: object) -> Report:
    """The report with one fact changed."""
    facts = [replace(fact, **changes) if fact.path == path else fact for fact in report.facts]
    return replace(report, facts=tuple(facts))


def marked(report: Report, path: str) -> Report:
    """The report with one cell marked."""
    return with_fact(report, path, value=None, state=State.AMBIGUOUS)


def without_row(report: Report, row: str) -> Report:
    """The report without the facts of a row."""
    return replace(report, facts=tuple(f for f in report.facts if not f.path.startswith(f"{row}.")))


def test_clean_report_needs_no_second_reading(clean):
    """Every cell read, every sum holds."""
    assert not is_doubtful(clean)


@pytest.mark.parametrize("path", [RECEIVED, "requests.other_other.total", "remedies.reconsideration.pending"])
def test_sum_that_fails_asks_for_a_second_reading(clean, path):
    """Any single wrong cell of tables 3 and 4 breaks a sum."""
    value = facts_of(clean)[path].value
    assert is_doubtful(with_fact(clean, path, value=value + 1))


def test_marked_cell_and_missing_label_ask_for_a_second_reading(clean):
    """In table 2 too, which has no sums."""
    assert is_doubtful(marked(clean, RULES))
    assert is_doubtful(parse(normal(make_sample(11)).replace("行政强制", "口口口口")))


def test_same_reading_twice_is_kept_with_the_report_s_own_error(clean):
    """A sum that fails by both readings is the source's."""
    wrong = with_fact(clean, RECEIVED, value=12345)
    assert meet(wrong, wrong, NAMES) == wrong


def test_different_numbers_are_ambiguous_and_both_are_named(clean):
    """Neither is believed."""
    value = facts_of(clean)[RULES].value
    other = with_fact(clean, RULES, value=value + 7, raw=str(value + 7))
    met = meet(clean, other, NAMES)
    fact = facts_of(met)[RULES]
    assert (fact.value, fact.state, fact.reader) == (None, State.AMBIGUOUS, "disputed")
    (problem,) = [one for one in met.problems if one.code == "readings_differ"]
    assert f"pdfium读作“{value}”、pdfplumber读作“{value + 7}”" in problem.detail


def test_blank_by_one_and_number_by_the_other_is_a_difference(clean):
    """A number that only one reading sees in a cell that the other sees blank."""
    blank = with_fact(clean, RULES, value=None, raw="", state=State.BLANK)
    for one, other in ((clean, blank), (blank, clean)):
        assert facts_of(meet(one, other, NAMES))[RULES].state is State.AMBIGUOUS


def test_number_of_one_reading_is_taken_where_the_sums_confirm_it(clean):
    """Marked by the first, read by the second, and row and column come out."""
    met = meet(marked(clean, RECEIVED), clean, NAMES)
    assert facts_of(met)[RECEIVED] == facts_of(clean)[RECEIVED]


def test_number_of_one_reading_stays_marked_without_a_sum(clean):
    """Table 2 has none; and a number that breaks its sums is not confirmed."""
    assert facts_of(meet(marked(clean, RULES), clean, NAMES))[RULES].state is State.AMBIGUOUS
    wrong = with_fact(clean, RECEIVED, value=facts_of(clean)[RECEIVED].value + 1)
    assert facts_of(meet(marked(clean, RECEIVED), wrong, NAMES))[RECEIVED].state is State.AMBIGUOUS


def test_row_of_one_reading_comes_in_marked_or_confirmed(clean):
    """A label that pdfium did not find is not missing if pdfplumber finds it."""
    for row, state in (("requests.granted", State.READ), ("disclosure.licensing", State.AMBIGUOUS)):
        met = meet(without_row(clean, row), clean, NAMES)
        assert [fact.path for fact in met.facts] == [fact.path for fact in clean.facts]
        assert {f.state for f in met.facts if f.path.startswith(f"{row}.")} == {state}
    assert "row_unrecognised" in codes_of(met)


def test_problem_of_a_row_goes_when_the_row_is_settled(clean):
    """Row ambiguous, row missing."""
    text = normal(make_sample(11, Shape(zeros=0.2)))
    broken = parse(text.replace("重复申请", "口口"))
    assert "row_unrecognised" in codes_of(broken)
    met = meet(broken, clean, NAMES)
    assert "row_unrecognised" not in codes_of(met)
    assert {fact.value for fact in met.facts} == {fact.value for fact in clean.facts}


def test_second_reading_without_tables_changes_nothing(clean):
    """It has no opinion."""
    assert meet(marked(clean, RULES), replace(clean, facts=()), NAMES) == marked(clean, RULES)


def test_number_that_the_second_reading_cannot_tell_is_kept_unless_something_speaks_against_it(clean):
    """Table 3 has sums for it; in table 2 nothing confirms it."""
    assert facts_of(meet(clean, marked(clean, RECEIVED), NAMES))[RECEIVED].state is State.READ
    assert facts_of(meet(clean, marked(clean, RULES), NAMES))[RULES].state is State.AMBIGUOUS
    wrong = with_fact(clean, RECEIVED, value=9999)
    assert facts_of(meet(wrong, marked(clean, RECEIVED), NAMES))[RECEIVED].state is State.AMBIGUOUS


def test_sums_are_those_of_the_form_that_the_document_follows():
    """39 sums over table 3 of 2021 and 37 of 2019, and three over table 4; all hold."""
    for form, count in (("2021", 39 + 3), ("2019", 37 + 3)):
        report = parse(normal(make_sample(5, Shape(form=form))))
        sums = sums_of({fact.path for fact in report.facts})
        assert len(sums) == count
        assert {one.holds(summands(report.facts)) for one in sums} == {True}


PDFS = ["seed000-rand-lo.pdf", "seed002-orig-lo.pdf", "seed003-hard-lo.pdf", "seed003-randbig-chrome.pdf",
        "seed003-randbig-lo.pdf", "seed004-randblank-chrome.pdf"]  # fmt: skip


@pytest.mark.parametrize("name", PDFS)
def test_both_sources_give_the_same_facts(fixtures, name):
    """Values, states and raw strings; and so the second opinion is never needed."""
    content = (fixtures / "corpus" / name).read_bytes()
    first, second = (parse_report(reader.read(content)) for reader in (pdf, pdf_plumber))

    def told(fact: Fact) -> tuple[object, ...]:
        return fact.path, fact.value, fact.raw, fact.state

    assert [told(fact) for fact in first.facts] == [told(fact) for fact in second.facts]


def test_every_pdf_of_the_fixtures_is_among_them(fixtures):
    """A new one is compared too."""
    assert sorted(path.name for path in (fixtures / "corpus").glob("*.pdf")) == PDFS


def damaged(text: NormalizedText, row: str) -> NormalizedText:
    """A reading in which the first two numbers of a row have run together."""
    lines = text.text.split("\n")
    place = next(n for n, line in enumerate(lines) if row in line and "\t" in line)
    cells = lines[place].split("\t")
    number = next(n for n, cell in enumerate(cells) if cell.isdigit())
    cells[number : number + 2] = [f"{cells[number]} {cells[number + 1]}", ""]
    lines[place] = "\t".join(cells)
    return replace(text, text="\n".join(lines))


@pytest.mark.parametrize("packed", [False, True])
def test_pdf_with_a_torn_row_is_completed_from_the_other_source(fixtures, monkeypatch, packed):
    """In an archive too; the places still lead to the original."""
    content = (fixtures / "corpus" / "seed000-rand-lo.pdf").read_bytes()
    right = read_report(content)
    read = pdf.read
    monkeypatch.setattr(pdf, "read", lambda content: damaged(read(content), "重复申请"))
    if packed:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            package.writestr("年报/report.pdf", content)
        content = stream.getvalue()
    document = open_document(content)
    assert State.AMBIGUOUS in {fact.state for fact in parse_report(document.text).facts}
    report = document.report()
    assert [fact.value for fact in report.facts] == [fact.value for fact in right.facts]
    assert report.problems == ()
    places = {(fact.anchor.locator or "").partition("!/")[0] for fact in report.facts}
    assert places == ({"年报/report.pdf"} if packed else {""})


def test_second_reading_that_fails_leaves_the_first(fixtures, monkeypatch):
    """Whatever its library raises."""
    content = (fixtures / "corpus" / "seed000-rand-lo.pdf").read_bytes()
    read = pdf.read
    monkeypatch.setattr(pdf, "read", lambda content: damaged(read(content), "重复申请"))

    def broken(content: bytes) -> NormalizedText:
        raise RuntimeError("broken")

    monkeypatch.setattr(pdf_plumber, "read", broken)
    states = [fact.state for fact in read_report(content).facts]
    assert states.count(State.AMBIGUOUS) == 2  # the torn cell, and the one that it left blank
