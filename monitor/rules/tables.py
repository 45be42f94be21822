"""The three tables: there, as text, whole, and in the format of their year."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from extract.model import Fact, Format
from monitor.finding import Evidence, Severity, evidence_of
from monitor.rules.context import FIRST_YEAR_OF_2021_FORMAT, FIRST_YEAR_OF_TABLES, RuleContext
from monitor.rules.official import (
    FORM_2019,
    FORM_2021,
    NUMERALS,
    TABLES,
    cells_of,
    column_label,
    row_label,
    section_of,
)
from monitor.rules.outcome import Outcome, cannot_tell, fails
from monitor.rules.registry import rule
from monitor.rules.sections import IMAGE_CODES

_BASIS = "国办公开办函〔2021〕30号、〔2019〕60号所附格式"
MOST_ROWS_NAMED = 5
_WORD_OF = {"disclosure": "主动公开", "requests": "收到和处理", "remedies": "行政复议"}
_DOUBT_CODES = frozenset({"unplaced_number", "row_ambiguous", "row_unrecognised", "scan"})
_HEADER_ONLY = "只有表头"
"""Words of the parser's `table_missing` where a table's header is there without readable rows."""


@rule(
    "structure.table-missing",
    "三张表齐全，且以文字公布",
    Severity.ERROR,
    basis=_BASIS,
    since=FIRST_YEAR_OF_TABLES,
)
def missing_tables(context: RuleContext) -> Iterator[Outcome]:
    """统一格式在第二、三、四部分各规定一张表. 以图片公布的表另有规则."""
    for table in TABLES:
        if context.table(table):
            continue
        doubts = _doubts(context, table)
        name = f"第{NUMERALS[section_of(table)]}部分的{TABLES[table]}"
        if doubts:
            yield cannot_tell(f"没有读到{name}；{doubts[0]}，无法判断原件是否有这张表。")
        elif not _pictures(context, table):
            yield fails(f"没有{name}。", *_headings(context, table))


@rule(
    "structure.table-as-image",
    "表格不只以图片公布",
    Severity.ERROR,
    basis="《政府信息公开条例》第二十四条（便于检索、查阅、下载）；" + _BASIS,
    since=FIRST_YEAR_OF_TABLES,
)
def tables_as_image(context: RuleContext) -> Iterator[Outcome]:
    """条例第二十四条要求公开的信息能检索、查阅、下载; 只有图片的表做不到."""
    for table, title in TABLES.items():
        pictures = [] if context.table(table) else _pictures(context, table)
        if pictures:
            yield fails(f"{title}只有图片，没有文字。", Evidence(raw=pictures[0]))


@rule(
    "structure.row-missing",
    "表格的行、列齐全",
    Severity.ERROR,
    basis=_BASIS,
    since=FIRST_YEAR_OF_TABLES,
)
def missing_rows(context: RuleContext) -> Iterator[Outcome]:
    """统一格式逐行逐列规定三张表; 一张表用哪年的格式, 看表本身."""
    for table, title in TABLES.items():
        lacking = _lacking(context, table) if context.table(table) else []
        if not lacking:
            continue
        doubts = _doubts(context, table)
        named = "、".join(f"“{label}”" for label in lacking[:MOST_ROWS_NAMED])
        more = f"等 {len(lacking)} 处" if len(lacking) > MOST_ROWS_NAMED else ""
        if doubts:
            yield cannot_tell(f"{title}没有读到{named}{more}；{doubts[0]}，无法判断原件是否缺少。")
        else:
            yield fails(f"{title}缺少{named}{more}。", expected="、".join(lacking))


@rule(
    "structure.outdated-format",
    "各表使用当年的格式",
    Severity.WARNING,
    basis="国办公开办函〔2021〕30号：自 2021 年度报告起使用新格式",
    since=FIRST_YEAR_OF_2021_FORMAT,
)
def outdated_format(context: RuleContext) -> Iterator[Outcome]:
    """2021 年度起的报告应当使用国办公开办函〔2021〕30号所附格式, 不再使用〔2019〕60号的表."""
    if context.report.format not in (Format.F2019, Format.MIXED):
        return
    old = {table: _cells_of_2019_only(context, table) for table in TABLES}
    found = {table: facts for table, facts in old.items() if facts}
    names = "、".join(TABLES[table] for table in found) or "表格"
    evidence = [evidence_of(facts[0]) for facts in found.values()]
    yield fails(
        f"{names}仍用国办公开办函〔2019〕60号的格式。",
        *evidence,
        expected=str(Format.F2021),
        actual=str(context.report.format),
    )


def form_of_table(context: RuleContext, table: str) -> str:
    """Return the form that one table of the document follows."""
    old, new = _cells_of_2019_only(context, table), _cells_of_2021_only(context, table)
    return FORM_2019 if len(old) > len(new) else FORM_2021


def _lacking(context: RuleContext, table: str) -> list[str]:
    """Return the labels of rows, and of columns in rows that are there, which the document lacks."""
    official = cells_of(form_of_table(context, table), table)
    rows = [row_label(f"{table}.{row}") for row in official if f"{table}.{row}" not in context.rows]
    columns = {
        column_label(table, column): None
        for row, keys in official.items()
        if f"{table}.{row}" in context.rows
        for column in keys
        if f"{table}.{row}.{column}" not in context.facts
    }
    return rows + list(columns)


def _cells_of_2019_only(context: RuleContext, table: str) -> list[Fact]:
    return _only(context, table, FORM_2019, FORM_2021)


def _cells_of_2021_only(context: RuleContext, table: str) -> list[Fact]:
    return _only(context, table, FORM_2021, FORM_2019)


def _only(context: RuleContext, table: str, form: str, other: str) -> list[Fact]:
    own = _paths_of_one_form(form, other, table)
    return [fact for fact in context.table(table) if fact.path in own]


@cache
def _paths_of_one_form(form: str, other: str, table: str) -> frozenset[str]:
    return _paths(form, table) - _paths(other, table)


def _paths(form: str, table: str) -> frozenset[str]:
    cells = cells_of(form, table).items()
    return frozenset(f"{table}.{row}.{key}" for row, columns in cells for key in columns)


def _doubts(context: RuleContext, table: str) -> list[str]:
    """Return what the parser could not settle in tables, in words: numbers are there, but not placed."""
    return [
        problem.detail.rstrip("。")
        for problem in context.report.problems
        if problem.code in _DOUBT_CODES
        or (problem.code == "table_missing" and _is_header_of(table, problem.detail))
    ]


def _is_header_of(table: str, detail: str) -> bool:
    return _HEADER_ONLY in detail and _WORD_OF[table] in detail


def _pictures(context: RuleContext, table: str) -> list[str]:
    """Return what the reader says of pictures in the place of a table, or of the whole text."""
    return [
        problem.detail
        for problem in context.report.problems
        if problem.code == "text_as_image"
        or (problem.code in IMAGE_CODES and _WORD_OF[table] in problem.detail)
    ]


def _headings(context: RuleContext, table: str) -> list[Evidence]:
    number = section_of(table)
    return [Evidence(raw=item.heading) for item in context.report.sections if item.number == number]
