"""Table 2: who may make rules (规章)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.bodies import Body, BodyKind
from extract.model import Fact
from monitor.finding import Severity, evidence_of
from monitor.rules.arithmetic import number
from monitor.rules.context import FIRST_YEAR_OF_TABLES, RuleContext
from monitor.rules.official import column_label
from monitor.rules.outcome import Outcome, cannot_tell, fails
from monitor.rules.registry import rule

_ROW = "disclosure.rules."
_COLUMNS_OF_MAKERS = ("issued", "repealed", "in_force", "created")
"""Not the 2019 columns of what was disclosed: a body may publish another's rules."""
_MAKERS = frozenset({BodyKind.PROVINCE_GOVERNMENT, BodyKind.CITY_GOVERNMENT})
_DIVISION_DIGITS_OF_CITIES = 4
_NAMES_OF_MAKERS = re.compile(
    r"^(?:国家|国务院|中国|中华人民共和国|海关总署|审计署|中央)|(?:省|自治区|州|盟)(?:人民政府)?(?:办公[厅室])?$|"
    r"^(?:北京|天津|上海|重庆)市(?:人民政府)?(?:办公厅)?$|^[^省市区县州]{1,8}部$"
)
_NAMES_OF_OTHERS = re.compile(
    r"(?:街道|街道办事处|镇|乡|苏木|民族乡)(?:人民政府|办事处)?(?:办公室)?$|"
    r"(?<!自治)(?:县|区|旗)(?:人民政府)?(?:办公室)?$|自治县(?:人民政府)?(?:办公室)?$|管理?委(?:员)?会$|"
    r"(?:省|市|区|县|州|旗)[^省市区县州旗]{1,14}(?:局|厅|委|委员会|中心|大队|支队)$"
)


@rule(
    "disclosure.rules-power",
    "填报规章的机关有权制定规章",
    Severity.WARNING,
    basis="《立法法》关于规章制定权的规定（国务院部门、省级和设区的市、自治州人民政府）",
    since=FIRST_YEAR_OF_TABLES,
)
def rules_power(context: RuleContext) -> Iterator[Outcome]:
    """规章由国务院部门、省级人民政府、设区的市和自治州人民政府制定; 其他机关填报的多是误填规范性文件."""
    facts = [context.facts.get(_ROW + column) for column in _COLUMNS_OF_MAKERS]
    filled = [fact for fact in facts if fact and fact.value]
    if not filled:
        return
    may = _may_make_rules(context)
    name = context.body.name if context.body else context.report.organization or "本机关"
    evidence = [evidence_of(fact) for fact in filled]
    if may is None:
        yield cannot_tell(f"填报了规章（{_told(filled)}），不能确定“{name}”是否有规章制定权。", *evidence)
    elif not may:
        yield fails(f"“{name}”没有规章制定权，却填报了规章：{_told(filled)}。", *evidence, expected=0)


def _may_make_rules(context: RuleContext) -> bool | None:
    if context.body is not None:
        return _body_may(context.body)
    name = context.report.organization or ""
    if _NAMES_OF_MAKERS.search(name):
        return True
    return False if _NAMES_OF_OTHERS.search(name) else None


def _body_may(body: Body) -> bool | None:
    if body.kind in _MAKERS:
        return True
    if _NAMES_OF_MAKERS.search(body.name):
        return True
    if body.kind is BodyKind.GOVERNMENT_OFFICE:
        return None if len(body.division) <= _DIVISION_DIGITS_OF_CITIES else False
    return False


def _told(facts: list[Fact]) -> str:
    return "、".join(
        f"{column_label('disclosure', fact.path.rpartition('.')[2])} {number(fact.value)}"
        for fact in facts
        if fact.value is not None
    )
