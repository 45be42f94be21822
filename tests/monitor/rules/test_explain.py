"""Table 3 as an error-detecting code: one wrong cell is named, up to three are always detected."""

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.rules.context import RuleContext
from monitor.rules.examples import ReportSpec
from monitor.rules.explain import explain
from monitor.rules.official import FORM_2021, cells_of, outcome_rows
from monitor.rules.sums import request_sums

COLUMNS = cells_of(FORM_2021, "requests")["received"]
CELLS = [f"requests.{row}.{column}" for row in cells_of(FORM_2021, "requests") for column in COLUMNS]
counts = st.integers(0, 400)


@st.composite
def consistent_values(draw):
    """A table 3 whose 39 sums are right."""
    values = {}
    for column in COLUMNS[:-1]:
        outcomes = {row: draw(st.sampled_from([0, 0, 0, 1, 3, 17, 240])) for row in outcome_rows(FORM_2021)}
        processed, forward = sum(outcomes.values()), draw(st.integers(0, 9))
        carried_in = draw(st.integers(0, processed + forward))
        rows = {
            **outcomes,
            "processed_total": processed,
            "carried_forward": forward,
            "carried_in": carried_in,
            "received": processed + forward - carried_in,
        }
        values |= {f"requests.{row}.{column}": count for row, count in rows.items()}
    for row in cells_of(FORM_2021, "requests"):
        values[f"requests.{row}.total"] = sum(values[f"requests.{row}.{column}"] for column in COLUMNS[:-1])
    return values


def sums():
    """The 39 sums of the 2021 format."""
    return request_sums(RuleContext(ReportSpec(year=2024).report()))


def test_there_are_39_sums_over_175_cells():
    """25 rows, and two sums for each of seven columns; the 2019 format has two rows fewer."""
    assert len(sums()) == 39
    assert len({path for item in sums() for path in item.terms}) == len(CELLS) == 175
    old = RuleContext(ReportSpec(year=2020, format="2019").report())
    assert len(request_sums(old)) == 37


@given(consistent_values())
def test_consistent_table_has_no_broken_sum(values):
    """What adds up is silent."""
    assert explain(sums(), values) == []


@given(consistent_values(), st.sampled_from(CELLS), counts)
def test_single_wrong_cell_is_named_with_its_right_value(values, cell, wrong):
    """Every cell has its own signature of broken sums."""
    right = values[cell]
    if wrong == right:
        return
    broken = explain(sums(), {**values, cell: wrong})
    assert broken
    assert {item.group for item in broken} == {cell}
    assert all(
        [(one.cell, one.expected, one.actual) for one in item.explanations] == [(cell, right, wrong)]
        for item in broken
    )


@settings(max_examples=40, deadline=None)
@given(consistent_values(), st.sets(st.sampled_from(CELLS), min_size=2, max_size=3), st.data())
def test_two_or_three_wrong_cells_are_detected_and_among_the_explanations(values, cells, data):
    """The true cells explain the broken sums, unless fewer changes would mend the table as well."""
    wrong = {
        cell: data.draw(counts.filter(lambda count, cell=cell: count != values[cell]))
        for cell in sorted(cells)
    }
    broken = explain(sums(), {**values, **wrong})
    assert broken
    offered = {(one.cell, one.expected) for item in broken for one in item.explanations}
    truth = {(cell, values[cell]) for cell in cells}
    smaller = len({cell for cell, _value in offered}) < len(cells)
    assert truth <= offered or smaller or not offered


def test_unread_cell_takes_its_sums_out_of_the_search():
    """Nothing is concluded from a sum with a blank cell."""
    report = ReportSpec(year=2024, cells={"requests.received.business": "", "requests.received.total": 5})
    context = RuleContext(report.report())
    broken = explain(request_sums(context), context.values)
    assert [item.sum.name for item in broken] == ["requests.*.total"]


def test_independent_errors_are_separate_groups():
    """Two wrong cells with different differences are two things to mend."""
    cells = {"requests.received.business": 5, "requests.granted.research": 3}
    context = RuleContext(ReportSpec(year=2024, cells=cells).report())
    broken = explain(request_sums(context), context.values)
    assert {item.group for item in broken} == set(cells)
