"""`nianbao parse`: JSON Lines in the order of the arguments, reasons on standard error."""

import io
import json
import sys
from pathlib import Path

from monitor.cli import run


def seeds(fixtures):
    """All five real reports."""
    return [str(path) for path in sorted((fixtures / "seeds").glob("*.txt"))]


def test_one_object_a_line_in_the_order_of_the_arguments(fixtures, capsys):
    """The contract's object, with the figures of seed 004."""
    paths = list(reversed(seeds(fixtures)))
    assert run(["parse", *paths]) == 0
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [report["source"] for report in reports] == paths
    area = reports[0]
    assert (area["schema"], area["organization"], area["year"]) == (
        "nianbao.report/1",
        "卧龙区人民政府",
        2024,
    )
    assert area["requests"]["received"]["total"] == 247
    assert area["disclosure"]["fees"]["amount"] == 143.2062
    assert "facts" not in area


def test_evidence_adds_the_facts(fixtures, capsys):
    """Path, raw string and state of each cell."""
    assert run(["parse", "--evidence", seeds(fixtures)[4]]) == 0
    facts = {fact["path"]: fact for fact in json.loads(capsys.readouterr().out)["facts"]}
    assert facts["requests.received.total"]["raw"] == "247"
    assert facts["requests.received.total"]["state"] == "read"


def test_text_is_the_normalized_text_and_parses_to_the_same_report(fixtures, tmp_path, capsys):
    """Writing and reading again."""
    assert run(["parse", "--format", "text", seeds(fixtures)[4]]) == 0
    text = tmp_path / "again.txt"
    text.write_text(capsys.readouterr().out, "utf-8")
    assert run(["parse", seeds(fixtures)[4], str(text)]) == 0
    first, again = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    for table in ("disclosure", "requests", "remedies", "title"):
        assert first[table] == again[table]


def test_bad_files_are_named_with_their_reason_and_the_others_printed(fixtures, tmp_path, capsys):
    """No such file, a directory, empty, no report."""
    empty, letter = tmp_path / "empty.pdf", tmp_path / "letter.txt"
    empty.write_bytes(b"")
    letter.write_text("今天天气很好。\n" * 20, "utf-8")
    bad = [str(tmp_path / "absent.pdf"), str(tmp_path), str(empty), str(letter)]
    assert run(["parse", *bad, seeds(fixtures)[0]]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    lines = err.splitlines()
    assert [line.split(": ")[1] for line in lines] == bad
    assert all(line.startswith("nianbao: ") for line in lines)


def test_standard_input_is_a_dash(fixtures, capsys, monkeypatch):
    """In a pipe."""
    content = Path(seeds(fixtures)[0]).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert run(["parse", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["source"] == "-"


def test_no_file_is_wrong_usage():
    """64."""
    assert run(["parse"]) == 64
