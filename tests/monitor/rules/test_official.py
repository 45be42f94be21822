"""What the rules know of the official tables agrees with the forms."""

import pytest

from monitor.rules.official import FORM_2019, FORM_2021, ORGANIZATIONS, PERSON, cells_of


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021])
def test_applicants_are_the_columns_of_every_row_of_table_3(form):
    """Persons, the five kinds of organizations, and the total."""
    assert set(cells_of(form, "requests").values()) == {(PERSON, *ORGANIZATIONS, "total")}
