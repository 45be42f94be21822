"""The roster goes out and comes in unchanged, and mistakes name line and reason."""

import csv
import io

import openpyxl
import pytest

from config.bodies import load_bodies
from config.places import PACKAGE_CONFIG
from monitor.cli import run
from tests.monitor.season_support import BODIES, configure


@pytest.fixture
def at(places):
    """Arguments that name a configured district."""
    configure(places)
    return ["--data", str(places.data), "--config", str(places.config)]


def test_shipped_configuration_is_right(capsys):
    """The real start."""
    assert run(["bodies", "check", "--config", str(PACKAGE_CONFIG)]) == 0
    assert "名录无误" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "line", "reason"),
    [
        ("x1,某局,department,411303,nowhere,,", 6, "'nowhere' 不是已配置的网站"),
        ("x1,某局,bureau,411303,wolong,,", 6, "kind"),
        ("x1,卧龙区政府,county_government,411303,wolong,,", 6, "同名"),
        ("wolong,某局,department,411303,wolong,,", 6, "已有机关使用"),
    ],
)
def test_check_names_file_line_and_reason(at, places, capsys, row, line, reason):
    """Exit 1, one line a mistake."""
    path = places.config / "bodies" / "wolong.csv"
    path.write_text(BODIES + row + "\n", "utf-8")
    assert run(["bodies", "check", *at]) == 1
    err = capsys.readouterr().err
    assert f"{path}:{line}:" in err
    assert reason in err


def test_exported_roster_imports_to_the_same_bodies(at, places, tmp_path, capsys):
    """CSV and XLSX."""
    before = load_bodies(places.config)
    for ending in ("csv", "xlsx"):
        path = tmp_path / f"wolong.{ending}"
        assert run(["bodies", "export", "--format", ending, "--output", str(path), *at]) == 0
        assert run(["bodies", "import", str(path), *at]) == 0
        assert load_bodies(places.config) == before


def test_export_is_readable_csv(at, capsys):
    """One row a body."""
    assert run(["bodies", "export", "--format", "csv", *at]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert {row["confirmed"] for row in rows} == {"yes", "no"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id,name,kind\nwolong,某局,department\n", ":2: id: 'wolong' 已在另一名录文件中"),
        ("id,name,kind\na1,某局,department\na1,另一局,department\n", ":3: id: 'a1' 已用于第 2 行"),
        ("id,name,kind\na1,,department\n", ":2: name"),
        ("id,name,level\na1,某局,department\n", "level: 没有这一列"),
        ("id,name,kind,portals\na1,某局,department,nowhere\n", ":2: portals: 'nowhere'"),
    ],
)
def test_wrong_import_is_refused_and_changes_nothing(at, places, tmp_path, capsys, text, reason):
    """All or nothing."""
    before = load_bodies(places.config)
    path = tmp_path / "more.csv"
    path.write_text(text, "utf-8")
    assert run(["bodies", "import", str(path), *at]) == 1
    assert reason in capsys.readouterr().err
    assert load_bodies(places.config) == before


def test_file_that_is_no_spreadsheet_is_refused(at, tmp_path, capsys):
    """One line, no traceback."""
    path = tmp_path / "more.xlsx"
    path.write_bytes(b"not a workbook")
    assert run(["bodies", "import", str(path), *at]) == 1
    assert "不是可读的 XLSX" in capsys.readouterr().err


def test_chinese_headings_of_a_spreadsheet_are_understood(at, places, tmp_path):
    """The office that fills it in sees Chinese."""
    book = openpyxl.Workbook()
    book.active.append(["编号", "名称", "类别", "首个年度"])
    book.active.append(["mzj", "卧龙区民政局", "department", 2019])
    book.save(tmp_path / "more.xlsx")
    assert run(["bodies", "import", str(tmp_path / "more.xlsx"), *at]) == 0
    assert load_bodies(places.config)["mzj"].since == 2019
