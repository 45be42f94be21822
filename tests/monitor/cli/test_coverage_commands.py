"""process, status, explain, portals and import: outputs and exit codes of the contract."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from archive.store import Archive
from config.places import Places
from monitor.cli import run
from tests.monitor.season_support import AFTER_SEASON, STREET_URL, configure, crawl_season


@pytest.fixture(scope="module")
def season(tmp_path_factory):
    """A season of one district, crawled; and the same, processed: made once, copied by each test."""
    folder = tmp_path_factory.mktemp("season")
    raw = Places(folder / "raw" / "data", folder / "raw" / "config")
    raw.config.mkdir(parents=True)
    configure(raw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NIANBAO_NOW", AFTER_SEASON.isoformat())
        with Archive.open(raw) as archive:
            crawl_season(archive, Path(__file__).parents[2] / "fixtures")
        shutil.copytree(folder / "raw", folder / "done")
        assert run(["process", *arguments_of(folder / "done")]) == 0
    return folder


@pytest.fixture
def at(season, places, monkeypatch):
    """Arguments that name a season of one district."""
    return take(season / "raw", places, monkeypatch)


@pytest.fixture
def processed(season, places, monkeypatch):
    """The same, after `nianbao process`."""
    return take(season / "done", places, monkeypatch)


def take(prepared, places, monkeypatch):
    """Copy a prepared season to where the test works."""
    monkeypatch.setenv("NIANBAO_NOW", AFTER_SEASON.isoformat())
    shutil.copytree(prepared, places.data.parent, dirs_exist_ok=True)
    return arguments_of(places.data.parent)


def arguments_of(folder):
    """Return --data and --config of a folder."""
    return ["--data", str(folder / "data"), "--config", str(folder / "config")]


def rows_of(capsys, *arguments, code):
    """Run a command and return its JSON rows."""
    assert run([*arguments, "--format", "json"]) == code
    return json.loads(capsys.readouterr().out)


def test_process_says_what_it_did_and_that_the_clock_is_simulated(at, capsys):
    """People see the counts; the second time nothing."""
    assert run(["process", *at]) == 0
    told = capsys.readouterr().out
    assert "NIANBAO_NOW=2025-04-12" in told
    assert "报告 2" in told
    assert run(["process", *at]) == 0
    assert "新读取: 无" in capsys.readouterr().out


def test_status_is_one_row_a_body_and_1_when_something_is_overdue(processed, capsys):
    """The office has not published."""
    rows = rows_of(capsys, "status", "--year", "2024", *processed, code=1)
    assert {row["body"]: row["standing"] for row in rows} == {
        "wolong": "published",
        "wolonggang": "published",
        "wolong-office": "not_published",
        "jyj": "not_published",
    }
    street = next(row for row in rows if row["body"] == "wolonggang")
    assert (street["published_on"], street["due_on"], street["reading"]) == (
        "2025-01-20",
        "2025-01-31",
        "read",
    )


def test_status_of_a_supervisor_whose_bodies_are_in_time_is_0(processed, capsys):
    """Only that supervisor's bodies count."""
    rows = rows_of(capsys, "status", "--year", "2024", "--supervisor", "nanyang", *processed, code=0)
    assert [row["body"] for row in rows] == ["wolong"]


def test_table_counts_confirmed_bodies_only_and_sums_the_documents(processed, capsys):
    """待核实 counts in no rate; every document ends as one of three."""
    assert run(["status", "--year", "2024", *processed]) == 1
    told = capsys.readouterr().out
    assert "卧龙区教育局（待核实）" in told
    assert "应报 3，按期公布 2，未公布 1；待核实 1" in told
    assert "报告 2，不是报告 0，不能读取 0，待读取 0" in told
    assert told.startswith("（模拟时钟 NIANBAO_NOW=")


def test_machine_formats_keep_standard_output_clean(processed, capsys):
    """The clock is told on standard error there."""
    assert run(["status", "--year", "2024", "--format", "csv", *processed]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("body,name,")
    assert "NIANBAO_NOW" in err


def test_status_as_a_spreadsheet(processed, tmp_path):
    """The same rows."""
    path = tmp_path / "status.xlsx"
    assert run(["status", "--year", "2024", "--format", "xlsx", "--output", str(path), *processed]) == 1
    sheet = openpyxl.load_workbook(path).active
    assert sheet.max_row == 5


def test_passed_deadline_since_the_last_processing_is_not_shown_as_waiting(at, capsys, monkeypatch):
    """What was 临近期限 at the last run cannot be told now."""
    monkeypatch.setenv("NIANBAO_NOW", "2025-01-25T00:00:00+08:00")
    run(["process", *at])
    capsys.readouterr()
    monkeypatch.setenv("NIANBAO_NOW", "2025-02-01T00:00:00+08:00")
    rows = rows_of(capsys, "status", "--year", "2024", *at, code=0)
    office = next(row for row in rows if row["body"] == "wolong-office")
    assert (office["standing"], office["reason"]) == ("cannot_tell", "not_processed")


def test_status_before_anything_was_processed_shows_the_configured_bodies(at, capsys):
    """Nothing is known, nobody is accused."""
    rows = rows_of(capsys, "status", "--year", "2023", *at, code=0)
    assert {row["standing"] for row in rows} == {"cannot_tell"}


def test_explain_tells_everything_in_the_order_of_time(processed, capsys):
    """Column, document, reading, match, standing, with evidence."""
    rows = rows_of(capsys, "explain", "wolonggang", "2024", *processed, code=0)
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    kinds = [row["kind"] for row in rows]
    assert {"capture", "document", "reading", "match", "standing"} <= set(kinds)
    document = next(row for row in rows if row["kind"] == "document")
    assert STREET_URL in document["evidence"]
    assert "卧岗区" in next(row["words"] for row in rows if row["kind"] == "match")


def test_explain_of_a_missing_report_names_the_capture_that_proves_it(processed, capsys):
    """And ends with the sentence that a person can forward."""
    rows = rows_of(capsys, "explain", "wolong-office", "2024", *processed, code=0)
    capture = next(row["evidence"] for row in rows if row["kind"] == "capture")
    standing = next(row for row in rows if row["kind"] == "standing")
    assert capture in standing["evidence"]
    assert run(["explain", "wolong-office", "2024", *processed]) == 0
    assert "结论: 卧龙区人民政府办公室2024年度" in capsys.readouterr().out


def test_explain_of_an_unknown_body_says_so(processed, capsys):
    """One line."""
    assert run(["explain", "nobody", "2024", *processed]) == 1
    assert "名录中没有机关 nobody" in capsys.readouterr().err


def test_portals_list_shows_last_run_verdicts_and_last_good_day(processed, capsys):
    """What an operator looks at in the morning."""
    (row,) = rows_of(capsys, "portals", "list", *processed, code=0)
    assert (row["portal"], row["outcome"], row["last_good_on"]) == ("wolong", "ok", "2025-04-12")
    assert (row["bodies"], row["verdicts"]) == (4, {"ok": 1})


def seed(fixtures, number):
    """The path of a real report."""
    return str(next((fixtures / "seeds").glob(f"{number}_*.txt")))


def hand_in(fixtures, at, number="001", body="wolong-office", year="2024"):
    """Import a seed as somebody's report."""
    url = ["--url", "http://www.wolong.gov.cn/x.txt"]
    return run(["import", seed(fixtures, number), "--body", body, "--year", year, *url, *at])


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"number": "001"}, "叶县盐都街道办事处"),
        ({"number": "004"}, "卧龙区人民政府"),
        ({"number": "004", "body": "wolong", "year": "2023"}, "是 2024 年度的报告"),
    ],
)
def test_report_of_another_body_or_year_is_refused_with_the_reason(
    processed, fixtures, capsys, changes, reason
):
    """Also that of the area for its office."""
    assert hand_in(fixtures, processed, **changes) == 1
    assert reason in capsys.readouterr().err


def test_what_is_no_report_is_refused_and_the_others_are_taken(processed, fixtures, tmp_path, capsys):
    """The good file counts."""
    letter = tmp_path / "letter.txt"
    letter.write_text("关于报送年度报告的函\n\n现将有关材料报上。\n", "utf-8")
    arguments = ["--body", "wolong", "--year", "2024", "--url", "http://www.wolong.gov.cn/x.txt", *processed]
    assert run(["import", str(letter), seed(fixtures, "004"), *arguments]) == 1
    out, err = capsys.readouterr()
    assert "letter.txt" in err
    assert "已收下" in out


def test_handed_in_report_is_published_by_that_basis(at, places, fixtures, capsys):
    """A portal that declines, and a person who has the file."""
    (places.config / "bodies" / "more.csv").write_text(
        "id,name,kind,portals\nyandu,叶县盐都街道办事处,subdistrict,wolong\n", "utf-8"
    )
    assert hand_in(fixtures, at, body="yandu") == 0
    assert hand_in(fixtures, at, body="yandu") == 0
    run(["process", *at])
    capsys.readouterr()
    rows = rows_of(capsys, "status", "--year", "2024", *at, code=1)
    row = next(row for row in rows if row["body"] == "yandu")
    assert (row["standing"], row["reason"], row["basis"]) == ("published", "date_unclear", "handed_in")
    with Archive.open(places) as archive:
        (document,) = archive.rows("select * from documents where handed_in_by is not null")
        assert archive.row("select method from captures where id = :id", {"id": document["first_capture"]})
