"""Applicants told one kind after another (自然人8件、企业3件、其他1件), against one row of table 3.

On its own each number may be of those received, of all there was to do, or of those done; together they
must be of the same. Where all but one are, that one is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from extract.model import Number
from monitor.rules.claims.applicants import divides_a_part, may_ask_twice
from monitor.rules.claims.claim import Claim, Meaning, number_in_table
from monitor.rules.claims.each import EACH
from monitor.rules.claims.request_meanings import DONE, NEW, NEW_AND_OLD, divides_those_carried
from monitor.rules.claims.scope import speaks_of_year
from monitor.rules.context import RuleContext
from monitor.rules.official import ORGANIZATIONS, PERSON, column_label
from monitor.rules.prose.quantities import Quantity, quantities
from monitor.rules.prose.sentences import Sentence

_UNITS = frozenset({"件", "份", "条", "次", "个", "件次", "人次", "家", "人", "名", "位", "户", "宗"})
_KINDS = (
    (re.compile("(?:自然人|公民个人|公民|个人)"), (PERSON,)),
    (re.compile("法人(?:和|或者|或|及|、|以及)其[他它]组织"), ORGANIZATIONS),
    (re.compile("(?:商业)?(?:企业|公司)(?:法人)?"), ("business",)),
    (re.compile("科研(?:机构|单位|院所)"), ("research",)),
    (re.compile("(?:社会)?公益(?:组织|机构)"), ("public_welfare",)),
    (re.compile("法律服务(?:机构|组织)|律师事务所|律所"), ("legal_service",)),
)
_OTHERS = re.compile("其[他它](?:组织|机构|单位|主体|申请人)?")
_AROUND = re.compile(
    r"(?:(?:本年|全年)?(?:新收到?|收到|受理)的?(?:申请|信息公开申请)?(?:当中|里面|中|里)|申请[人者](?:当中|里面|中|里)|[前后]者|又|再?细?分为|其中|具体|分别|包括|包含|来自于?|由|为|是|系|占|有|的|提出|提交|递交|申请人?|政府信息公开|信息公开|各|合计|共|按申请主体划?分|从申请人看|：)"
)
_SHARE = re.compile(r"[，（]?(?:约|各)?占(?:比|总[数量]|全部|新收)?[^，。；、\d]{0,8}[\d.]+[%％]）?")
_MOSTLY = re.compile("以(?P<who>[^，。；\\d]{2,8})(?:为主|居多)，")
"""申请人以自然人为主，共18件: who made most of them made so many."""
_BETWEEN = re.compile(r"[、和与及]|以及")
_OPEN = re.compile("(?:申请)?等")
_ALL_NEW = re.compile("新收|新接收|新增|新申请")
_CLOSED_BY = re.compile(r"[，。；：）（]|、(?=[^，。；、：\d]*\d)|$")


@dataclass(frozen=True, slots=True)
class _Told:
    """One number of a row and the columns of table 3 that it counts; several where each has so many."""

    item: Quantity
    start: int
    columns: tuple[tuple[str, ...], ...]


_Row: TypeAlias = Sequence[_Told]


def wrong_applicants(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    """Yield the one number of a row of applicants that keeps it from being any row of the table."""
    for told in _rows(sentence):
        first = told[0].item
        if divides_those_carried(sentence.text, first.start) or divides_a_part(context, sentence, first):
            continue
        if not speaks_of_year(context, sentence, told[0].start, first.end):
            continue
        wrong = _wrong_one(context, sentence, told)
        if wrong is not None:
            number, meaning = wrong
            item = number.item
            may_be_fewer = may_ask_twice(context, sentence, item)
            yield Claim(
                sentence, number.start, item.end, item.value, (meaning,), may_be_fewer, understood=True
            )


def _rows(sentence: Sentence) -> Iterator[_Row]:
    """Yield the runs of two or more numbers of kinds of applicants."""
    text, run = sentence.text, list[_Told]()
    before = 0
    for item in quantities(text):
        told = _told(text, before, item, run) if item.unit in _UNITS and item.exact else None
        if told is None:
            if len(run) > 1 and not _OPEN.match(text, run[-1].item.end):
                yield run
            run = []
        else:
            run = [*run, told]
        before = item.end
    if len(run) > 1 and not _OPEN.match(text, run[-1].item.end):
        yield run


def _told(text: str, before: int, item: Quantity, run: _Row) -> _Told | None:
    """Return what a number counts, by the words before it or behind it; None if that is no applicant."""
    between = _MOSTLY.sub(r"\g<who>", _SHARE.sub("", text[before : item.start]))
    if run and re.search("[。]|其中|等", between):
        return None
    own = between.rsplit("，", 1)[-1].rsplit("；", 1)[-1].rsplit("（", 1)[-1].rsplit("：", 1)[-1].lstrip("、")
    bare = _AROUND.sub("", own)
    if not bare:
        stop = _CLOSED_BY.search(text, item.end)
        bare = _AROUND.sub("", text[item.end : stop.start() if stop else len(text)])
    is_each = bool(EACH.search(own))
    whole = _columns(bare, run)
    names = [name for name in _BETWEEN.split(bare) if name] if not whole else []
    if len(names) > 1 and "分别" in own:
        return None  # 来自科研机构、公益组织的分别为4件、1件: a number for each
    columns = (whole,) if whole else tuple(_columns(name, run or names[1:]) for name in names)
    if not columns or not all(columns):
        return None
    if not is_each:  # 企业、科研机构和其他组织5件: all of them together
        columns = (tuple(dict.fromkeys(column for kind in columns for column in kind)),)
    return _Told(item, item.start - len(own), columns)


def _columns(name: str, run: Sequence[object]) -> tuple[str, ...]:
    if run and _OTHERS.fullmatch(name):
        return (ORGANIZATIONS[-1],)
    return next((columns for pattern, columns in _KINDS if pattern.fullmatch(name)), ())


def _wrong_one(context: RuleContext, sentence: Sentence, told: _Row) -> tuple[_Told, Meaning] | None:
    """Return the only number that is wrong if the row is that of the table which fits it best."""
    wrong_by_row = []
    for whole, rows in _readings(context, sentence, told[0].item):
        held = [_held(context, one, rows) for one in told]
        if any(value is None for values in held for value in values):
            return None
        wrong = [
            one for one, values in zip(told, held, strict=True) if any(one.item.value != v for v in values)
        ]
        if not wrong:
            return None
        wrong_by_row.append((whole, rows, wrong))
    counted = sum(one.item.value * len(one.columns) for one in told)
    if any(counted == number_in_table(context, whole) for whole, _rows_, _wrong in wrong_by_row):
        return None
    for whole, rows, wrong in wrong_by_row:
        right = [one for one in told if one not in wrong and one.item.value]
        if len(wrong) == 1 and right:
            return wrong[0], _meaning(context, wrong[0], whole, rows)
    return None


def _readings(
    context: RuleContext, sentence: Sentence, first: Quantity
) -> Iterator[tuple[Meaning, tuple[str, ...]]]:
    """Yield the rows that may be told of: those received alone, where a number before is theirs."""
    new = number_in_table(context, NEW)
    before = [item.value for item in quantities(sentence.text) if item.end <= first.start]
    yield NEW, ("received",)
    is_of_more = bool(before) and before[-1] in (  # 新收359件，加上结转1件，共360件。其中，自然人……
        number_in_table(context, meaning) for meaning in (NEW_AND_OLD, DONE)
    )
    is_of_new = _ALL_NEW.search(sentence.text, 0, first.start) and not is_of_more
    if is_of_new or (before and before[-1] == new):
        return
    yield NEW_AND_OLD, ("received", "carried_in")
    yield DONE, ("processed_total",)


def _held(context: RuleContext, one: _Told, rows: tuple[str, ...]) -> list[Number | None]:
    return [number_in_table(context, Meaning("", _cells(columns, rows))) for columns in one.columns]


def _meaning(context: RuleContext, one: _Told, whole: Meaning, rows: tuple[str, ...]) -> Meaning:
    """Return what the wrong number should be; of kinds that have so many each, the one that has not."""
    columns = next(
        columns
        for columns in one.columns
        if number_in_table(context, Meaning("", _cells(columns, rows))) != one.item.value
    )
    label = column_label("requests", columns[0]) if len(columns) == 1 else "法人或其他组织"
    return Meaning(f"{whole.label}（{label}）", _cells(columns, rows))


def _cells(columns: tuple[str, ...], rows: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"requests.{row}.{column}" for row in rows for column in columns)
