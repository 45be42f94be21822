"""The nation's divisions: what is a public body's area, and what only statistics know."""

import pytest

from config.departments import load_usual_departments
from config.divisions import Division, Level, load_divisions
from config.errors import ConfigError


def test_shipped_table_holds_the_nation():
    """31 provinces, 342 cities, 2 978 counties, 41 352 townships."""
    levels = [division.level for division in load_divisions().by_code.values()]
    assert [levels.count(level) for level in Level] == [31, 342, 2978, 41352]


def test_every_division_lies_in_a_larger_one():
    """No code without the code before it."""
    divisions = load_divisions()
    around = {4: 2, 6: 4, 9: 6}
    for code in divisions.by_code:
        assert len(code) == Level.PROVINCE.value or code[: around[len(code)]] in divisions.by_code


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("1101", "市辖区"),
        ("5002", "县"),
        ("4190", "省直辖县级行政区划"),
        ("6590", "自治区直辖县级行政区划"),
        ("411303400", "龙王沟风景区"),
        ("150202598", "某农场"),
        ("469001198", "县直辖村级区划"),
        ("350527000", "金门县"),
    ],
)
def test_rows_for_counting_are_statistical(code, name):
    """Nobody publishes a report under these names."""
    assert Division(code, name).is_statistical


@pytest.mark.parametrize(
    ("code", "name"), [("411303", "卧龙区"), ("411303003", "卧龙岗街道"), ("411303399", "某乡")]
)
def test_real_areas_are_not(code, name):
    """Up to 399 townships."""
    assert not Division(code, name).is_statistical


def test_zones_are_told_from_county_level_cities():
    """411371 is a zone, 411381 the city of Dengzhou."""
    divisions = load_divisions()
    assert divisions.find("411371").is_zone
    assert not divisions.find("411381").is_zone


def test_statistical_rows_are_passed_through():
    """Beijing's districts stand below 市辖区, and Jiyuan below 省直辖."""
    divisions = load_divisions()
    assert divisions.around("110101").name == "北京市"
    assert "419001" in {division.code for division in divisions.below("41")}


def test_unknown_code_is_refused():
    """With what a code looks like."""
    with pytest.raises(ConfigError, match="县 6 位"):
        load_divisions().find("999999")


def test_usual_departments_have_one_suffix_each():
    """Ids are made of them."""
    suffixes = [department.suffix for department in load_usual_departments()]
    assert len(suffixes) == len(set(suffixes))
