"""The draft of a district's roster: complete, unconfirmed, ready to be edited."""

import openpyxl
import pytest

from config.bodies import BodyKind, load_bodies
from config.divisions import load_divisions
from config.errors import ConfigError
from monitor.cli import run
from monitor.names import name_key
from monitor.roster_draft import draft_roster
from tests.monitor.season_support import configure


@pytest.fixture
def at(places):
    """Arguments that name empty directories."""
    return ["--data", str(places.data), "--config", str(places.config)]


def drafted(code, **options):
    """Bodies by id."""
    bodies = draft_roster(code, "", {}, **{"statistical": False, **options})
    return {body.id: body for body in bodies}


def test_district_has_government_office_departments_and_all_townships():
    """卧龙区: 7 subdistricts, 11 townships; the scenic area is only statistical."""
    bodies = drafted("411303")
    kinds = [body.kind for body in bodies.values()]
    assert kinds.count(BodyKind.SUBDISTRICT) == 7
    assert kinds.count(BodyKind.TOWNSHIP) == 11
    assert kinds.count(BodyKind.DEPARTMENT) >= 25
    assert bodies["411303-gov"].name == "南阳市卧龙区人民政府"
    assert bodies["411303-office"].kind is BodyKind.GOVERNMENT_OFFICE
    assert bodies["411303003"].name == "南阳市卧龙区卧龙岗街道办事处"
    assert bodies["411303109"].aliases == ("卧龙区谢庄镇人民政府",)
    assert "411303400" not in bodies
    assert "411303400" in drafted("411303", statistical=True)


@pytest.mark.parametrize(
    ("code", "town"), [("4419", "东莞市长安镇人民政府"), ("6202", "嘉峪关市新城镇人民政府")]
)
def test_city_without_counties_has_its_townships_at_once(code, town):
    """No second government of the same name; the towns' supervisor is the city's office."""
    bodies = drafted(code).values()
    governments = [body for body in bodies if body.kind in {"city_government", "county_government"}]
    assert [body.id for body in governments] == [f"{code}-gov"]
    (found,) = [body for body in bodies if body.name == town]
    assert (found.kind, found.supervisor) == (BodyKind.TOWNSHIP, f"{code}-office")


def test_municipality_has_bureaus_and_a_general_office():
    """北京市财政局, not 厅; 办公厅 as a province."""
    bodies = drafted("11")
    assert not [
        body.name for body in bodies.values() if body.name.endswith("厅") and "办公厅" not in body.name
    ]
    assert bodies["11-office"].name == "北京市人民政府办公厅"


def test_corps_city_answers_to_its_region():
    """石河子市 is under no prefecture."""
    assert drafted("659001")["659001-gov"].supervisor == "65-office"


def test_supervisors_follow_article_3():
    """A department's is its own government's office, a government's that of the level above."""
    bodies = drafted("411303")
    assert bodies["411303-education"].supervisor == "411303-office"
    assert bodies["411303109"].supervisor == "411303-office"
    assert bodies["411303-gov"].supervisor == "4113-office"
    assert drafted("110105")["110105-gov"].supervisor == "11-office"


def test_nothing_is_confirmed_and_no_two_bodies_share_a_name():
    """In every province, at every level but the townships, which their counties tell apart."""
    codes = [code for code in load_divisions().by_code if len(code) == 2]
    for code in [*codes, "4113", "411303", "110105"]:
        bodies = drafted(code).values()
        assert not any(body.confirmed for body in bodies)
        keys = [key for body in bodies for key in {name_key(name) for name in body.names}]
        assert len(keys) == len(set(keys)), code


def test_statistical_division_is_refused():
    """市辖区 has no government."""
    with pytest.raises(ConfigError, match="只是统计区划"):
        drafted("1101")


def test_command_writes_a_roster_that_is_right(at, places, capsys):
    """Written, checked, and a second time nothing is added."""
    assert run(["bodies", "init", "--division", "411303", *at]) == 0
    assert "待核实" in capsys.readouterr().out
    before = load_bodies(places.config)
    assert run(["bodies", "check", *at]) == 0
    assert run(["bodies", "init", "--division", "411303", *at]) == 0
    assert load_bodies(places.config) == before


def test_bodies_that_the_roster_has_under_other_ids_are_left_alone(at, places):
    """The district has four of them already, one of them confirmed."""
    configure(places)
    known = load_bodies(places.config)
    assert run(["bodies", "init", "--division", "411303", "--portal", "wolong", *at]) == 0
    bodies = load_bodies(places.config)
    assert {id_: bodies[id_] for id_ in known} == known
    assert "411303-education" not in bodies
    assert "411303-gov" not in bodies
    assert bodies["411303-health"].portals == ("wolong",)


def test_unknown_portal_is_refused_and_nothing_is_written(at, places, capsys):
    """The roster would not fit."""
    assert run(["bodies", "init", "--division", "411303", "--portal", "nowhere", *at]) == 1
    assert "'nowhere' 不是已配置的网站" in capsys.readouterr().err
    assert not (places.config / "bodies").exists()


def test_draft_goes_through_a_spreadsheet_and_comes_back_confirmed(at, places, tmp_path, capsys):
    """Export, edit in XLSX, import; and a wrong cell is refused with its line."""
    run(["bodies", "init", "--division", "411303", *at])
    path = tmp_path / "411303.xlsx"
    assert run(["bodies", "export", "--format", "xlsx", "--output", str(path), *at]) == 0
    book = openpyxl.load_workbook(path)
    sheet = book.active
    confirmed = [cell.value for cell in sheet[1]].index("已核实") + 1
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, confirmed).value = "yes"
    book.save(path)
    assert run(["bodies", "import", str(path), *at]) == 0
    assert all(body.confirmed for body in load_bodies(places.config).values())
    sheet.cell(3, confirmed).value = "maybe"
    book.save(path)
    assert run(["bodies", "import", str(path), *at]) == 1
    assert f"{path}:3: confirmed" in capsys.readouterr().err
