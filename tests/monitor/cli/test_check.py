"""`nianbao check`: verdict, rows and exit codes of the contract, on real reports."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from monitor.cli import run

SEEDS = ["000", "001", "002", "003", "004"]


@pytest.fixture
def seed(fixtures):
    """The path of a real report by its number."""
    return lambda number: str(next((fixtures / "seeds").glob(f"{number}_*.txt")))


@pytest.fixture
def broken(seed, tmp_path):
    """Seed 004 with the total of its received requests written 274 instead of 247."""
    text = Path(seed("004")).read_text("utf-8")
    before, row, after = text.partition("一、本年新收政府信息公开申请数量")
    assert row
    cells = after.split("247", 2)
    path = tmp_path / "wrong.txt"
    path.write_text(before + row + cells[0] + "247" + cells[1] + "274" + cells[2], encoding="utf-8")
    return str(path)


def findings(capsys):
    """The rows of --format json, and what went to standard error."""
    out, err = capsys.readouterr()
    return json.loads(out), err


@pytest.mark.parametrize("number", SEEDS)
def test_real_report_has_no_finding_on_its_tables(number, seed, capsys):
    """The five seeds' tables are complete and add up."""
    run(["check", seed(number), "--format", "json"])
    rows, _err = findings(capsys)
    about_tables = (
        "requests.",
        "remedies.",
        "cell.",
        "structure.table",
        "structure.row",
        "structure.section",
    )
    assert [row["rule"] for row in rows if row["rule"].startswith(about_tables)] == []


@pytest.mark.parametrize(
    ("number", "rules"),
    [
        ("000", set()),
        ("001", set()),
        ("002", {"narrative.date-invalid"}),
        ("003", set()),
        ("004", {"narrative.sum", "structure.template-residue"}),
    ],
)
def test_real_report_has_exactly_these_findings(number, rules, seed, capsys):
    """What a careful inspector finds in the five seeds, and nothing else."""
    assert run(["check", seed(number), "--format", "json"]) == (1 if rules else 0)
    rows, _err = findings(capsys)
    assert {row["rule"] for row in rows} == rules
    assert {row["outcome"] for row in rows} <= {"fail"}


def test_wrong_total_is_named_with_its_cell_and_difference(broken, capsys):
    """Both broken sums point at the one cell that explains them."""
    assert run(["check", broken, "--format", "json"]) == 1
    rows, err = findings(capsys)
    sums = [row for row in rows if row["rule"].startswith("requests.")]
    assert {row["rule"] for row in sums} == {"requests.row-total", "requests.balance"}
    assert {row["group"] for row in sums} == {"requests.received.total"}
    assert [(row["cell"], row["expected"], row["actual"]) for row in sums] == [
        ("requests.received.total", 247, 274)
    ] * 2
    assert {row["blame"] for row in sums} == {"source"}
    assert "应为 247，表中 274" in sums[0]["message"]
    place = {item["path"]: item for item in sums[0]["evidence"]}["requests.received.total"]
    assert place["raw"] == "274"
    assert place["locator"]
    assert "发现" in err


def test_verdict_comes_first_and_the_file_is_named_in_each_row(broken, capsys):
    """A person reads the answer in the first line."""
    assert run(["check", broken]) == 1
    out, _err = capsys.readouterr()
    assert out.startswith("核对 1 份报告，发现 ")
    assert "requests.balance" in out


def test_verdict_counts_what_one_cell_explains_once(broken, capsys):
    """Two broken sums of one wrong cell, one wrong list and one residue are three problems."""
    run(["check", broken])
    out, _err = capsys.readouterr()
    assert out.startswith("核对 1 份报告，发现 3 处问题（错误 1、警告 2）。")


PACK = """id: local
title: 本地细则
basis: 本级考核细则
enabled: true
division: ""
since: 2021
rules:
  narrative.sum: {severity: info}
  structure.template-residue:
    switched_off: {reason: 另行清理, from_on: 2025-01-01, until_on: 2025-06-30}
"""


@pytest.mark.parametrize(
    ("day", "severities"), [("2025-03-01", ["info"]), ("2025-07-01", ["info", "warning"])]
)
def test_local_pack_weighs_and_switches_off(day, severities, seed, tmp_path, monkeypatch, capsys):
    """A pack of the configuration changes severity and exit code, and is off between its two days only."""
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "local.yml").write_text(PACK, encoding="utf-8")
    monkeypatch.setenv("NIANBAO_NOW", f"{day}T09:00:00+08:00")
    expected = 1 if "warning" in severities else 0
    assert run(["check", seed("004"), "--config", str(tmp_path), "--format", "json"]) == expected
    rows, _err = findings(capsys)
    assert sorted(row["severity"] for row in rows) == severities


def test_checking_again_gives_the_same_fingerprints(broken, capsys):
    """A dismissed finding stays dismissed as long as the numbers stay."""
    run(["check", broken, "--format", "json"])
    first, _err = findings(capsys)
    run(["check", broken, "--format", "json"])
    second, _err = findings(capsys)
    assert first == second
    assert len({row["fingerprint"] for row in first}) == len(first)


def test_unreadable_file_is_one_line_and_the_others_are_still_checked(seed, tmp_path, capsys):
    """Missing, empty, a directory, not a report: each is named with its reason."""
    empty, letter = tmp_path / "empty.txt", tmp_path / "letter.txt"
    empty.write_bytes(b"")
    letter.write_text("关于召开会议的通知\n\n各单位：\n请准时参加。\n", encoding="utf-8")
    missing = tmp_path / "missing.txt"
    code = run(["check", str(empty), str(letter), str(missing), str(tmp_path), seed("001")])
    out, err = capsys.readouterr()
    assert code == 2
    lines = err.splitlines()
    assert [line.split(": ")[1] for line in lines] == [str(empty), str(letter), str(missing), str(tmp_path)]
    assert all(line.startswith("nianbao: ") for line in lines)
    assert out.startswith("核对 1 份报告，没有发现问题；4 个文件不能读取或不是年度报告")


def test_nothing_to_check_is_not_called_faultless(tmp_path, capsys):
    """No report, no praise."""
    missing = str(tmp_path / "missing.txt")
    assert run(["check", missing]) == 2
    assert capsys.readouterr().out.startswith("没有可以核对的报告；1 个文件不能读取")


def test_failure_outranks_an_unreadable_file(broken, tmp_path, capsys):
    """Exit 1 if anything is wrong, else 2 if something could not be read."""
    assert run(["check", str(tmp_path / "missing.txt"), broken]) == 1
    capsys.readouterr()


def test_every_format_holds_the_same_findings(broken, tmp_path, capsys):
    """json, jsonl, csv and xlsx differ in form only."""
    run(["check", broken, "--format", "json"])
    rows, _err = findings(capsys)
    run(["check", broken, "--format", "jsonl"])
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == rows
    run(["check", broken, "--format", "csv"])
    told = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["rule"] for row in told] == [row["rule"] for row in rows]
    book = tmp_path / "findings.xlsx"
    run(["check", broken, "--format", "xlsx", "--output", str(book)])
    sheet = openpyxl.load_workbook(book).active
    assert sheet.max_row == len(rows) + 1


def test_clean_report_as_json_is_an_empty_list(seed, capsys):
    """Programs get rows, people the verdict."""
    assert run(["check", seed("001"), "--format", "json"]) == 0
    rows, err = findings(capsys)
    assert rows == []
    assert "没有发现问题" in err


def test_xlsx_without_output_is_wrong_usage(seed, capsys):
    """A spreadsheet cannot be printed on a terminal."""
    assert run(["check", seed("001"), "--format", "xlsx"]) == 64
    assert "--output" in capsys.readouterr().err
