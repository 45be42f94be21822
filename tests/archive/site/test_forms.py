"""The official tables are laid out as the forms print them, from what the document has."""

import pytest

from archive.site.forms import cell_label, forms, lay_out
from extract.model import Fact, State

FORM_CELLS = {("2021", "disclosure"): 10, ("2021", "requests"): 175, ("2021", "remedies"): 15,
              ("2019", "requests"): 23 * 7, ("2019", "remedies"): 15}  # fmt: skip


def all_facts(form, name):
    """Every cell of an official table, read as 1."""
    table = forms()[form].table(name)
    paths = [f"{name}.{row.key}.{column.key}" for row in table.rows for column in table.columns_of(row)]
    return {path: Fact(path, 1, "1", State.READ) for path in paths}


@pytest.mark.parametrize(("form", "name"), sorted(FORM_CELLS))
def test_every_fact_of_the_form_has_its_cell(form, name):
    """None is left out, none stands twice."""
    laid_out = lay_out(all_facts(form, name), name, form)
    cells = [cell for row in laid_out.body for cell in row if cell.path]
    assert laid_out.form == form
    assert len(cells) == len({cell.path for cell in cells}) == FORM_CELLS[form, name]
    assert all(cell.fact for cell in cells)
    assert laid_out.others == []


def test_table_of_the_old_form_is_laid_out_as_such_whatever_the_report_says():
    """The facts decide, as they do for the format."""
    assert lay_out(all_facts("2019", "disclosure"), "disclosure", "2021").form == "2019"


def test_fact_outside_the_form_is_not_lost():
    """A row of the other form is told beneath the table."""
    facts = all_facts("2021", "requests")
    stray = Fact("requests.other_processing.total", 3, "3", State.READ)
    laid_out = lay_out({**facts, stray.path: stray}, "requests", "2021")
    assert laid_out.others == [stray]


def test_row_that_the_document_lacks_has_no_number():
    """The cell is there, the fact is not."""
    facts = all_facts("2021", "remedies")
    del facts["remedies.reconsideration.total"]
    laid_out = lay_out(facts, "remedies", "2021")
    assert [cell.path for cell in laid_out.body[0] if cell.fact is None] == ["remedies.reconsideration.total"]


def test_table_without_facts_is_not_shown():
    """No table is made up."""
    assert lay_out(all_facts("2021", "remedies"), "requests", "2021") is None


def test_cells_are_called_as_people_call_them():
    """Group, row and column as the form prints them."""
    assert cell_label("requests.denied_state_secret.total") == "（三）不予公开 · 1.属于国家秘密 · 总计"
    assert cell_label("requests.granted.business") == "（一）予以公开 · 商业企业"
    assert cell_label("unknown.path") == "unknown.path"
