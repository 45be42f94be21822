"""A certificate of absence proves it to somebody who has nothing but the file, or is not given."""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from archive.records import Verdict
from monitor import certificate_check
from monitor.cli import run
from tests.monitor.coverage_support import COLUMN, DUE, Crawler, days
from tests.monitor.season_support import configure

CHECK = Path(certificate_check.__file__)
OTHER = "卧龙区民政局2024年政府信息公开工作年度报告"
PAGE = f"<html><ul><li><a href='/1.html'>{OTHER}</a></li></ul></html>".encode()


@pytest.fixture
def at(places, monkeypatch):
    """Arguments that name a configured district, seventy days after the deadline."""
    monkeypatch.setenv("NIANBAO_NOW", (DUE + days(70)).isoformat())
    configure(places)
    return ["--data", str(places.data), "--config", str(places.config)]


@pytest.fixture
def crawler(archive):
    """Writes looks whose list page is a real page."""
    return Crawler(archive)


def look(crawler, day, verdict=Verdict.OK, page=PAGE):
    """One look at the column."""
    run_id = crawler.archive.start_run("crawl", portal="wolong", year=2024)
    capture = crawler.capture(
        DUE + days(day), run_id, COLUMN, "list", verdict, links=(("http://a/1", OTHER),), content=page
    )
    crawler.archive.finish_run(run_id, "ok")
    return capture


def check(path):
    """Run the script as a stranger would: alone, isolated from our packages."""
    done = subprocess.run([sys.executable, "-I", str(CHECK), str(path)], capture_output=True, text=True)
    return done.returncode, done.stdout


def test_proven_absence_is_certified_and_checked_independently(at, crawler, tmp_path, capsys):
    """Also where the server said that the page is unchanged."""
    look(crawler, 1)
    look(crawler, 69, Verdict.UNCHANGED)
    path = tmp_path / "out" / "proof.zip"
    assert run(["certificate", "wolong-office", "2024", "--out", str(path), *at]) == 0
    seal = capsys.readouterr().out.split()[-1]
    assert check(path) == (0, f"good {seal}\n")
    with zipfile.ZipFile(path) as file:
        statement = file.read("证明.txt").decode()
        assert file.read(next(name for name in file.namelist() if name.startswith("pages/"))) == PAGE
    assert "卧龙区人民政府办公室2024年度" in statement
    assert "第四十九条第一款" in statement
    assert "不证明该机关没有编制" in statement


@pytest.mark.parametrize(
    ("body", "verdict", "reason"),
    [
        ("wolong-office", Verdict.DECLINED, "网站拒绝自动访问"),
        ("jyj", Verdict.OK, "待核实"),
    ],
)
def test_what_is_not_proven_is_not_certified(at, crawler, tmp_path, capsys, body, verdict, reason):
    """Exit 1, the reason in words, and no file."""
    look(crawler, 69, verdict)
    path = tmp_path / "proof.zip"
    assert run(["certificate", body, "2024", "--out", str(path), *at]) == 1
    assert reason in capsys.readouterr().err
    assert not path.exists()


def test_absence_that_a_person_dismissed_is_not_certified(at, crawler, tmp_path, capsys):
    """Somebody knows better than the column, and says why."""
    look(crawler, 1)
    look(crawler, 69)
    run(["process", *at])
    sql = "select id from alerts where body = 'wolong-office' and rule = 'publication.missing'"
    assert run(["alerts", "dismiss", str(crawler.archive.row(sql)["id"]), "--reason", "电话核实", *at]) == 0
    assert run(["certificate", "wolong-office", "2024", "--out", str(tmp_path / "p.zip"), *at]) == 1
    assert "已由人驳回 (电话核实)" in capsys.readouterr().err
    assert not (tmp_path / "p.zip").exists()


def test_unknown_body_is_refused(at, tmp_path):
    """Nobody by this id."""
    assert run(["certificate", "nobody", "2024", "--out", str(tmp_path / "p.zip"), *at]) == 1


def rewritten(path, name, change):
    """Change one file of the ZIP, and its sum unless it is a page."""
    with zipfile.ZipFile(path) as file:
        files = {item: file.read(item) for item in file.namelist()}
    names = [item for item in files if item.startswith(name)]
    files[names[0]] = change(files[names[0]])
    with zipfile.ZipFile(path, "w") as file:
        for item, content in files.items():
            file.writestr(item, content)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("pages/", lambda content: content + b" "),
        ("certificate.json", lambda content: content.replace(b'"verdict": "ok"', b'"verdict": "error"')),
        ("certificate.json", lambda content: content.replace(b"2025-", b"2024-")),
        ("captures.csv", lambda content: content[:-3]),
    ],
)
def test_touched_certificate_is_not_good(at, crawler, tmp_path, name, change):
    """Whatever is changed, the script says what."""
    look(crawler, 69)
    path = tmp_path / "proof.zip"
    run(["certificate", "wolong-office", "2024", "--out", str(path), *at])
    rewritten(path, name, change)
    code, told = check(path)
    assert code == 1
    assert told.startswith(f"{path}: ")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("certificate.json", lambda content: content.replace("办公室".encode(), "财政局".encode())),
        ("证明.txt", lambda content: content.replace("办公室".encode(), "财政局".encode())),
        ("captures.csv", lambda content: content.replace(b",ok,", b",unchanged,")),
        ("listings.csv", lambda content: content.splitlines(keepends=True)[0]),
        ("pages/", lambda content: content + b" "),
    ],
)
def test_certificate_whose_sums_were_forged_too_contradicts_itself(at, crawler, tmp_path, name, change):
    """One file is not changed without the others; and the seal is another in any case."""
    look(crawler, 69)
    path = tmp_path / "proof.zip"
    run(["certificate", "wolong-office", "2024", "--out", str(path), *at])
    rewritten(path, name, change)
    with zipfile.ZipFile(path) as file:
        names = [item for item in file.namelist() if item != "SHA256SUMS"]
        sums = "".join(f"{hashlib.sha256(file.read(item)).hexdigest()}  {item}\n" for item in names)
    rewritten(path, "SHA256SUMS", lambda _content: sums.encode())
    code, told = check(path)
    assert code == 1
    assert "SHA256SUMS" not in told


def test_page_that_shows_the_report_is_found_by_the_script(at, crawler, tmp_path):
    """It reads the page itself, whatever we made of it."""
    shown = PAGE.replace("民政局".encode(), "人民政府办公室".encode())
    look(crawler, 69, page=shown)
    path = tmp_path / "proof.zip"
    run(["certificate", "wolong-office", "2024", "--out", str(path), *at])
    code, told = check(path)
    assert code == 1
    assert "shows 卧龙区人民政府办公室2024年" in told
