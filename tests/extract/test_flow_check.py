"""The running text against the grid: agreement changes nothing, a difference marks the cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract import media
from extract.flow_check import compare, open_paths
from extract.model import Report, State
from extract.normalize import normalize
from extract.parser import parse_report
from extract.read import read_report
from extract.readers.plain_flow import flow_lines
from tests.extract.generate import Sample, Shape, make_sample
from tests.extract.render import disclosure_grid, flow_raw, normal, remedy_grid, request_grid
from tests.extract.texts import facts_of, parse

RULES = "disclosure.rules.issued"
RECEIVED = "requests.received.natural_person"
FILES = ["seed000-rand-plain.html", "seed003-hard-plain.html", "seed004-randblank-word.html",
         "seed000-rand-lo.pdf", "seed003-randbig-chrome.pdf", "seed004-randblank-chrome.pdf"]  # fmt: skip


def page(sample: Sample) -> str:
    """The sample as a web page with plain tables."""
    parts = [f"<h1>{sample.title}</h1>"]
    grids = {2: disclosure_grid(sample), 3: request_grid(sample), 4: remedy_grid(sample)}
    for part in sample.form.sections:
        parts.append(f"<p>{'一二三四五六'[part.number - 1]}、{part.title}</p>")
        rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in grids.get(part.number, []))
        parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        parts.append(
            "<p>本机关认真贯彻落实条例，做好各项工作，全年主动公开政府信息二百余条，回应群众关切。</p>"
        )
    return f"<html><body>{''.join(parts)}</body></html>"


def with_value(report: Report, path: str, value: int) -> Report:
    """The report with another number in one cell."""
    facts = [replace(f, value=value, raw=str(value)) if f.path == path else f for f in report.facts]
    return replace(report, facts=tuple(facts))


@pytest.mark.parametrize("name", FILES)
def test_running_text_agrees_with_the_grid_on_real_files(fixtures, name):
    """And nothing is marked; it reads at least the rows of single numbers."""
    content = (fixtures / "corpus" / name).read_bytes()
    report = parse_report(normalize(content))
    lines = flow_lines(content, media.sniff(content))
    assert compare(report, frozenset(fact.path for fact in report.facts), lines) is report
    changed = with_value(report, "disclosure.licensing.decisions", 424242)
    assert compare(changed, open_paths(changed), lines) != changed


def test_number_on_which_both_differ_is_marked_and_both_are_named():
    """Table 2 has no sums: the flow is its only check."""
    sample = make_sample(3, Shape(zeros=0.0, largest=50))
    right = parse(normal(sample))
    value = facts_of(right)[RULES].value
    wrong = with_value(right, RULES, value + 1)
    told = compare(wrong, open_paths(wrong), flow_raw(sample).split("\n"))
    fact = facts_of(told)[RULES]
    assert (fact.value, fact.state, fact.reader, fact.raw) == (
        None, State.AMBIGUOUS, "disputed", str(value + 1),
    )  # fmt: skip
    (problem,) = told.problems
    assert problem.code == "readings_differ"
    assert f"“规章·本年制发件数”表格中读作“{value + 1}”、文字流中读作“{value}”" in problem.detail


def test_only_cells_that_no_sum_speaks_for_are_compared():
    """Table 2 always; of tables 3 and 4 the cells of sums that fail."""
    report = parse(normal(make_sample(3)))
    tables = {path.partition(".")[0] for path in open_paths(report)}
    assert tables == {"disclosure"}
    wrong = with_value(report, RECEIVED, facts_of(report)[RECEIVED].value + 1)
    opened = open_paths(wrong)
    assert RECEIVED in opened
    assert "requests.received.total" in opened
    assert "requests.granted.total" not in opened


def test_report_s_own_wrong_sum_is_read_the_same_by_both_and_stays():
    """It is the source's error, and no reading's."""
    sample = make_sample(3)
    sample.cells[RECEIVED] = str(int(sample.cells[RECEIVED]) + 5)
    report = read_report(page(sample).encode())
    assert facts_of(report)[RECEIVED].state is State.READ
    assert report.problems == ()


def test_page_that_shows_other_digits_than_its_markup_holds_is_marked():
    """Digits hidden inside a cell: one reading leaves them out, the other does not."""
    sample = make_sample(4, Shape(zeros=0.0))
    sample.cells[RULES] = '7<span style="display:none">9</span>'
    fact = facts_of(read_report(page(sample).encode()))[RULES]
    assert (fact.value, fact.state) == (None, State.AMBIGUOUS)


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_blank_cells_keep_their_places_in_the_flow_of_a_page(form):
    """Compared by place: the number after a blank is not taken for the one before it."""
    sample = make_sample(9, Shape(form=form, zeros=0.5, blanks=1.0))
    report = read_report(page(sample).encode())
    read = {path: None if f.value is None else float(f.value) for path, f in facts_of(report).items()}
    assert read == sample.values
    assert "readings_differ" not in {problem.code for problem in report.problems}


def test_document_without_flow_reading_has_no_lines():
    """Word documents carry their tables as such."""
    assert flow_lines(b"PK", media.DOCX) == []
