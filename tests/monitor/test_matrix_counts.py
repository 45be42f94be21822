"""Counts by supervisor, kind, area and year agree with the matrix itself, and leave the unconfirmed out."""

import json
from collections import Counter

import pytest

from monitor.cli import run
from monitor.matrix import compliance_matrix
from monitor.matrix_counts import GROUPS, matrix_counts
from tests.monitor.coverage_support import DUE, days
from tests.monitor.season_support import configure, crawl_season


@pytest.fixture
def at(places, archive, fixtures, monkeypatch):
    """A processed season: two published, one missing, one missing but unconfirmed."""
    monkeypatch.setenv("NIANBAO_NOW", (DUE + days(70)).isoformat())
    configure(places)
    crawl_season(archive, fixtures, DUE + days(69))
    words = ["--data", str(places.data), "--config", str(places.config)]
    run(["process", *words])
    return words


@pytest.mark.parametrize("by", [*((name,) for name in GROUPS), ("supervisor", "kind", "area")])
def test_counts_are_those_of_the_matrix(at, archive, places, by):
    """Whatever they are grouped by."""
    year = None if "year" in by else 2024
    rows = matrix_counts(archive, places.config, year, by)
    whole = [row for row in compliance_matrix(archive, places.config, 2024) if row["confirmed"]]
    assert sum(row["total"] for row in rows) == len(whole) == 3
    counts = Counter(row["standing"] for row in whole)
    assert sum(row["published"] for row in rows) == counts["published"]
    assert sum(row["not_published"] for row in rows) == counts["not_published"]
    missing = next(row for row in rows if row["not_published"])
    expected = {
        "supervisor": "wolong-zwgk", "kind": "government_office", "area": "411303", "year": 2024
    }  # fmt: skip
    assert {name: missing[name] for name in by} == {name: expected[name] for name in by}


def test_rates_are_of_those_who_could_be_judged(at, archive, places):
    """One of two streets and offices published; the area's supervisor has one of one."""
    rows = {row["supervisor"]: row for row in matrix_counts(archive, places.config, 2024, ("supervisor",))}
    assert rows["wolong-zwgk"]["on_time"] == 0.5
    assert rows["nanyang"]["on_time"] == 1.0
    assert rows["nanyang"]["judged"] == 1.0


def test_only_the_latest_standing_counts(at, archive, places, monkeypatch):
    """Two rows of one body are one body."""
    row = archive.row("select * from standings where body = 'wolong-office'")
    archive.add("standings", {**row, "id": None, "standing": "late"})
    (counted,) = matrix_counts(archive, places.config, None, ("year",))
    assert (counted["total"], counted["late"], counted["not_published"]) == (3, 1, 0)


def test_year_that_was_never_processed_is_counted_from_the_roster(at, archive, places):
    """Nobody looked: cannot tell, in no rate."""
    rows = matrix_counts(archive, places.config, 2021, ("kind",))
    assert sum(row["total"] for row in rows) == 3
    assert {row["on_time"] for row in rows} == {None}
    assert {row["judged"] for row in rows} == {0.0}


def test_command_prints_groups_and_fails_where_somebody_is_overdue(at, capsys):
    """As a table in words and as data."""
    assert run(["status", "--year", "2024", "--by", "supervisor,kind", *at]) == 1
    assert "政府办公厅（室）" in capsys.readouterr().out
    assert run(["status", "--year", "2024", "--by", "year", "--format", "json", *at]) == 1
    assert json.loads(capsys.readouterr().out)[0]["total"] == 3
    assert run(["status", "--by", "colour", *at]) == 64
