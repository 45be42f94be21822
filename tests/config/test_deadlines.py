"""Due days have the right basis for each kind of body and end at midnight in Shanghai."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from config.bodies import AREA_GOVERNMENTS, Body, BodyKind
from config.deadlines import load_deadlines
from config.errors import ConfigError
from config.places import PACKAGE_CONFIG

NOT_IN_ARTICLE_49 = (
    BodyKind.TOWNSHIP,
    BodyKind.SUBDISTRICT,
    BodyKind.DEVELOPMENT_ZONE,
    BodyKind.AUTHORISED_ORGANISATION,
)


def body(kind, division="411303", id_="a-body"):
    """A body of a kind."""
    return Body(id=id_, name="某机关", kind=kind, division=division)


@pytest.fixture
def shipped():
    """The deadlines that come with the program."""
    return load_deadlines(PACKAGE_CONFIG)


@pytest.mark.parametrize("kind", [BodyKind.DEPARTMENT, BodyKind.GOVERNMENT_OFFICE])
def test_departments_and_offices_owe_by_31_january(shipped, kind):
    """Article 49, paragraph 1."""
    due = shipped.deadline(body(kind), 2024)
    assert (due.due_on, due.severity) == (date(2025, 1, 31), "error")
    assert "第四十九条第一款" in due.basis


@pytest.mark.parametrize("kind", sorted(AREA_GOVERNMENTS))
def test_area_governments_owe_by_31_march(shipped, kind):
    """Article 49, paragraph 2."""
    due = shipped.deadline(body(kind), 2024)
    assert (due.due_on, due.severity) == (date(2025, 3, 31), "error")
    assert "第四十九条第二款" in due.basis


@pytest.mark.parametrize("kind", NOT_IN_ARTICLE_49)
def test_bodies_that_no_article_names_are_warned_by_custom_only(shipped, kind):
    """Townships and streets are not in article 49, and the words must not pretend so."""
    due = shipped.deadline(body(kind), 2024)
    assert (due.due_on, due.severity) == (date(2025, 1, 31), "warning")
    assert "惯例" in due.basis
    assert "第四十九条" not in due.basis


@pytest.mark.parametrize("kind", sorted(BodyKind))
def test_report_years_up_to_2018_fall_under_the_former_regulation(shipped, kind):
    """31 March for every body."""
    due = shipped.deadline(body(kind), 2018)
    assert due.due_on == date(2019, 3, 31)
    assert "第三十一条" in due.basis


def test_day_ends_at_midnight_in_shanghai(shipped):
    """16:00 UTC of the due day is the first instant that is too late."""
    due = shipped.deadline(body(BodyKind.DEPARTMENT), 2024)
    assert due.passed_at == datetime(2025, 1, 31, 16, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["America/New_York", "UTC", "Europe/Berlin", "Pacific/Auckland"])
def test_machine_zone_does_not_move_the_deadline(zone):
    """A process in another zone computes the same instant."""
    code = (
        "from config.deadlines import *; from config.bodies import Body;"
        "b = Body(id='ab', name='某局', kind='department');"
        "print(load_deadlines(PACKAGE_CONFIG).deadline(b, 2024).passed_at.isoformat())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "TZ": zone}, capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == "2025-01-31T16:00:00+00:00"


def write(places, overrides):
    """Write a deadlines.yml with overrides before the shipped defaults."""
    shipped_text = (PACKAGE_CONFIG / "deadlines.yml").read_text("utf-8")
    text = shipped_text.replace("overrides: []", f"overrides:\n{overrides}")
    (places.config / "deadlines.yml").write_text(text, "utf-8")


def test_local_notice_makes_a_street_owe_by_its_own_day(places):
    """An override by area, kind and years, with its number, weighs as an error there and nowhere else."""
    write(places, '  - {division: "4312", kinds: [township, subdistrict], since: 2021, until: 2021,'
                  ' due: "02-20", basis: 怀化市通知, notice: 〔2022〕1号, severity: error}')  # fmt: skip
    deadlines = load_deadlines(places.config)
    there = deadlines.deadline(body(BodyKind.SUBDISTRICT, "431202"), 2021)
    assert (there.due_on, there.severity, there.basis) == (
        date(2022, 2, 20), "error", "怀化市通知（〔2022〕1号）",
    )  # fmt: skip
    assert deadlines.deadline(body(BodyKind.SUBDISTRICT, "431202"), 2022).severity == "warning"
    assert deadlines.deadline(body(BodyKind.SUBDISTRICT, "411303"), 2021).severity == "warning"
    assert deadlines.deadline(body(BodyKind.DEPARTMENT, "431202"), 2021).due_on == date(2022, 1, 31)


def test_one_body_can_have_a_day_of_its_own(places):
    """An override by id."""
    write(places, '  - {bodies: [late-bureau], due: "02-10", basis: 批准延期, severity: warning}')
    deadlines = load_deadlines(places.config)
    assert deadlines.deadline(body(BodyKind.DEPARTMENT, id_="late-bureau"), 2024).due_on == date(2025, 2, 10)
    assert deadlines.deadline(body(BodyKind.DEPARTMENT), 2024).due_on == date(2025, 1, 31)


@pytest.mark.parametrize(
    ("override", "reason"),
    [
        ('{due: "02-20", basis: 某市通知, severity: error}', "须写明通知文号"),
        ('{due: "02-30", basis: 某市通知, severity: warning}', "overrides.0.due"),
        ('{due: "02-29", basis: 某市通知, severity: warning}', "2月29日"),
        ('{due: "02-20", basis: 某市通知, severity: warning, area: x}', "overrides.0.area"),
    ],
)
def test_wrong_override_is_refused_with_its_reason(places, override, reason):
    """A mistake is found at load."""
    write(places, f"  - {override}")
    with pytest.raises(ConfigError, match=reason):
        load_deadlines(places.config)


def test_defaults_that_leave_a_body_without_a_day_are_refused(places):
    """Every kind and year has a deadline."""
    text = 'defaults: [{kinds: [department], due: "01-31", basis: 条例第四十九条, severity: error}]'
    (places.config / "deadlines.yml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match="没有适用的默认期限"):
        load_deadlines(places.config)


def test_due_day_moves_for_a_holiday_only_where_the_rule_says_so(places, shipped):
    """31 January 2025 lies in the Spring Festival, 31 January 2024 is a working day."""
    assert shipped.deadline(body(BodyKind.SUBDISTRICT), 2024).due_on == date(2025, 1, 31)
    write(places, '  - {due: "01-31", basis: 某市通知, severity: error, notice: 〔2024〕1号,'
                  ' kinds: [subdistrict], if_holiday: next_workday}')  # fmt: skip
    there = load_deadlines(places.config).deadline(body(BodyKind.SUBDISTRICT), 2024)
    assert there.due_on == date(2025, 2, 5)
    assert there.basis.endswith("1月31日为休息日，顺延至2月5日")
    assert load_deadlines(places.config).deadline(body(BodyKind.SUBDISTRICT), 2023).due_on == date(
        2024, 1, 31
    )


def test_due_day_that_moved_by_an_unknown_calendar_is_no_more_than_a_warning(places):
    """31 January 2099 is a Saturday; which days are free in 2099 nobody has said."""
    write(places, '  - {due: "01-31", basis: 某市通知, severity: error, notice: 〔2024〕1号,'
                  ' kinds: [subdistrict], if_holiday: next_workday}')  # fmt: skip
    there = load_deadlines(places.config).deadline(body(BodyKind.SUBDISTRICT), 2098)
    assert (there.due_on, there.severity) == (date(2099, 2, 2), "warning")
    assert there.basis.endswith("（节假日未核）")
