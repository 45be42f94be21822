"""The roster is CSV; a mistake names file, line and reason."""

import pytest

from config.bodies import BodyKind, load_bodies, read_bodies
from config.errors import ConfigError

HEAD = "id,name,aliases,kind,division,supervisor,portals,since,until,confirmed\n"
GOOD = (
    HEAD + "wolong,卧龙区人民政府,卧龙区政府;卧龙区,county_government,411303,nanyang,wolong-gov,2019,,yes\n"
)


def test_row_becomes_a_body_with_lists_and_years():
    """Lists are split at semicolons; empty years are open."""
    ((line, body),) = read_bodies(GOOD, "roster.csv")
    assert (line, body.kind, body.aliases) == (2, BodyKind.COUNTY_GOVERNMENT, ("卧龙区政府", "卧龙区"))
    assert (body.since, body.until, body.confirmed) == (2019, None, True)
    assert [body.owes(year) for year in (2018, 2019, 2030)] == [False, True, True]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a b,某局,,department,,,,,,", "id"),
        ("ab,某局,,ministry,,,,,,", "kind"),
        ("ab,某局,,department,41x,,,,,", "division"),
        ("ab,某局,,department,,,,soon,,", "since"),
        ("ab,某局,,department,,,,,,perhaps", "confirmed"),
    ],
)
def test_mistake_names_line_and_column(row, reason):
    """The message can be acted upon."""
    with pytest.raises(ConfigError, match=rf"roster.csv:3: {reason}"):
        read_bodies(GOOD + row + "\n", "roster.csv")


def test_unknown_column_is_refused():
    """A misspelt column would silently lose its values."""
    with pytest.raises(ConfigError, match="namee: 没有这一列"):
        read_bodies("id,namee\n", "roster.csv")


def test_same_id_twice_is_refused(places):
    """Ids are one body's for ever."""
    folder = places.config / "bodies"
    folder.mkdir()
    (folder / "a.csv").write_text(GOOD, encoding="utf-8")
    (folder / "b.csv").write_text(GOOD, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"b.csv:2: id: 'wolong' 已有机关使用"):
        load_bodies(places.config)


def test_files_saved_by_a_spreadsheet_load_too(places):
    """A byte-order mark at the start is not part of the first column's name."""
    folder = places.config / "bodies"
    folder.mkdir()
    (folder / "a.csv").write_text(GOOD, encoding="utf-8-sig")
    assert list(load_bodies(places.config)) == ["wolong"]
