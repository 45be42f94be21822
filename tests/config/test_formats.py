"""The official forms as data."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import ConfigError
from config.formats import load_forms
from config.places import PACKAGE_CONFIG
from extract.formats import decide_format, official_forms
from extract.model import Format


def cells_of(form: str, table: str) -> int:
    """How many cells a table of a form has."""
    own = load_forms()[form].table(table)
    return sum(len(own.columns_of(row)) for row in own.rows)


def test_forms_have_their_official_size():
    """10 + 175 + 15 cells, and the older form with its own table 2 and 23 rows in table 3."""
    sizes = {
        form: [cells_of(form, table) for table in ("disclosure", "requests", "remedies")]
        for form in load_forms()
    }
    assert sizes == {"2021": [10, 175, 15], "2019": [22, 161, 15]}


def test_keys_are_those_of_the_contract():
    """Every key of the forms stands in docs/contract/report.md."""
    contract = (PACKAGE_CONFIG.parent / "docs" / "contract" / "report.md").read_text("utf-8")
    for form in load_forms().values():
        for table in form.tables:
            keys = {row.key for row in table.rows}
            keys |= {column.key for row in table.rows for column in table.columns_of(row)}
            assert [key for key in sorted(keys) if f"`{key}`" not in contract] == []


def test_rows_of_both_forms_stand_in_one_order():
    """（六）其他处理 comes after the three rows that replaced it, before （七）总计."""
    rows = [row.key for row in official_forms().tables["requests"].rows]
    assert rows[-6:] == [
        "other_no_correction", "other_unpaid_fee", "other_other", "other_processing", "processed_total",
        "carried_forward",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "form"),
    [
        ({"disclosure": {"licensing": {"decisions"}}}, Format.F2021),
        ({"disclosure": {"licensing": {"previous_items", "change", "decisions"}}}, Format.F2019),
        ({"requests": {"other_processing": {"total"}}}, Format.F2019),
        ({"disclosure": {"rules": {"issued"}}, "requests": {"other_processing": {"total"}}}, Format.MIXED),
        ({"requests": {"received": {"total"}}}, Format.UNKNOWN),
        ({}, Format.UNKNOWN),
    ],
)
def test_form_is_decided_by_what_only_it_has(found, form):
    """Never by the year."""
    frozen = {t: {row: frozenset(columns) for row, columns in rows.items()} for t, rows in found.items()}
    assert decide_format(frozen) is form


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("group: article_5", "group: article_4"), "no group 'article_4'"),
        (("key: licensing", "key: rules"), "used twice"),
        (("kind: amount", "kind: money"), "kind"),
        (("notice: ", "notices: "), "notices"),
        (('id: "2021"', 'id: "2020"'), "is not the file's name"),
    ],
)
def test_mistake_in_a_form_is_found_at_load(tmp_path: Path, change, reason):
    """With file and reason."""
    text = (PACKAGE_CONFIG / "formats" / "2021.yml").read_text("utf-8")
    (tmp_path / "2021.yml").write_text(text.replace(*change, 1), "utf-8")
    with pytest.raises(ConfigError, match=reason):
        load_forms(tmp_path)
