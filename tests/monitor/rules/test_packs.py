"""Local packs: severity, points, switched off with a reason, due days; nothing without a pack."""

from datetime import date
from decimal import Decimal

import pytest

from config.bodies import Body, BodyKind
from config.deadlines import load_deadlines
from config.errors import ConfigError
from config.packs import load_packs
from config.places import PACKAGE_CONFIG
from monitor.finding import Severity
from monitor.rules.context import RuleContext
from monitor.rules.engine import run_rules
from monitor.rules.examples import sound_report
from monitor.rules.packs import points, weighed
from monitor.rules.registry import all_rules

BODY = Body(id="water", name="示例市水务局", kind=BodyKind.DEPARTMENT, division="4301")
TOWN = Body(id="town", name="示例县城关镇人民政府", kind=BodyKind.TOWNSHIP, division="430121")
ELSEWHERE = Body(id="far", name="邻省水利厅", kind=BodyKind.DEPARTMENT, division="44")
BODIES = {body.id: body for body in (BODY, TOWN, ELSEWHERE)}
DAY = date(2025, 3, 1)
PACK = """
id: hunan
title: 扣分
basis: 某市考核细则
division: "43"
rules:
  requests.row-total: {points: 1}
  requests.balance: {points: 2, severity: warning}
  structure.title:
    switched_off: {reason: 另行清理, from_on: 2025-01-01, until_on: 2025-06-30}
deadlines:
  - {kinds: [township], due: "02-20", basis: 某市年报通知, severity: warning}
"""


@pytest.fixture
def packs(places):
    """A pack for division 43."""
    (places.config / "packs").mkdir()
    (places.config / "packs" / "hunan.yml").write_text(PACK, encoding="utf-8")
    return load_packs(places.config, all_rules())


def findings(body, **change):
    """The findings of a changed report of a body."""
    return run_rules(RuleContext(sound_report().changed(change).report(), body=body))


WRONG_TOTAL = {"cells": {"requests.received.total": 21}}


def test_severity_is_changed_for_the_area_only(packs):
    """A pack speaks for its division."""
    for body, severity in ((BODY, Severity.WARNING), (ELSEWHERE, Severity.ERROR)):
        told = {
            item.rule: item.severity for item in weighed(findings(body, **WRONG_TOTAL), packs, BODIES, DAY)
        }
        assert told["requests.balance"] is severity
        assert told["requests.row-total"] is Severity.ERROR


def test_points_count_a_problem_once_at_its_dearest_rule(packs):
    """Two broken sums of one wrong cell are one problem."""
    assert points(findings(BODY, **WRONG_TOTAL), packs, BODIES) == Decimal(2)
    assert points(findings(ELSEWHERE, **WRONG_TOTAL), packs, BODIES) == Decimal(0)
    assert points(findings(BODY), packs, BODIES) == Decimal(0)


@pytest.mark.parametrize(("day", "count"), [(date(2025, 6, 30), 0), (date(2025, 7, 1), 1)])
def test_rule_is_off_between_its_two_days(packs, day, count):
    """Both days included; afterwards it speaks again."""
    wrong = findings(BODY, title="示例市水务局2024年度政府信息公开工作报告")
    told = [item for item in weighed(wrong, packs, BODIES, day) if item.rule == "structure.title"]
    assert len(told) == count


def test_due_days_of_a_pack_override_the_defaults(packs):
    """By local notice; other kinds and areas keep theirs."""
    due = packs.with_due_days(load_deadlines(PACKAGE_CONFIG))
    assert due.deadline(TOWN, 2024).due_on == date(2025, 2, 20)
    assert due.deadline(BODY, 2024).due_on == date(2025, 1, 31)


def test_unknown_rule_is_a_mistake_that_names_file_and_rule(places):
    """A typing error must not silently switch nothing."""
    (places.config / "packs").mkdir()
    path = places.config / "packs" / "wrong.yml"
    path.write_text(PACK.replace("structure.title", "structure.titel"), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"wrong\.yml.*structure\.titel"):
        load_packs(places.config, all_rules())


def test_shipped_example_is_valid_and_not_in_force():
    """It shows the form, and changes nothing."""
    packs = load_packs(PACKAGE_CONFIG, all_rules())
    assert packs.rule_ids
    body = Body(id="any", name="任一机关", kind=BodyKind.TOWNSHIP, division="0000")
    assert all(packs.change(rule, body, 2024) is None for rule in packs.rule_ids)
    assert packs.due_rules() == ()
