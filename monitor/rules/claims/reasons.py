"""The one reason that is given for a whole kind of outcome: 不予公开1件（属于行政查询事项）.

Where the table has just as many requests of the kind, they all stand in the row of that reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from monitor.rules.claims.applicants import of_applicants
from monitor.rules.claims.claim import Claim, number_in_table
from monitor.rules.claims.request_meanings import DONE, NEW, OLD, ON
from monitor.rules.claims.request_rows import is_single_row, rows_named
from monitor.rules.claims.scope import speaks_of_year
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import Quantity, quantities
from monitor.rules.prose.sentences import Sentence

_KIND = re.compile(
    r"(?:^|[，。；：、])(?:其中，?)?(?P<kind>不予公开|无法提供|不予处理|其[他它]处理)(?:的)?(?:该|这|那)?(?:申请)?(?:有|共|为)?$"
)
_REASON = re.compile(
    r"(?:的|申请)?(?:（(?:均|全部)?(?:属于?|因|系|涉及|为)?(?P<inside>[^，。；（）\d]{2,30})）|"
    r"，(?:(?:理由|原因)(?:均|全部)?(?:为|是)|(?:均|全部|都)?(?:系|属于))(?P<behind>[^，。；、（）\d]{2,30})(?=[，。；]|$)|"
    r"(?:均|全部|都)?(?:是因为?|因为?|系|属于?|为)(?P<itself>[^，。；、（）\d]{2,30})(?=[，。；]|$))"
)
_THE_ONE = re.compile(
    r"(?:^|[，。；：])(?:其中，?)?(?:被)?(?P<kind>不予公开|无法提供|不予处理|其[他它]处理)的(?:该|那|这|此|唯一|仅有)的?(?:一|1)?(?:件|宗|份|条|项)?(?:申请)?"
    r"，?(?:属于?|系|为|是|是因为?|因为?)(?P<row>[^，。；、（）\d]{2,30})(?=[，。；]|$)"
)
"""不予处理的该宗申请系要求提供公开出版物: the only one of its kind."""
_NONE_OF_KIND = re.compile(
    r"(?:(?<!申请)公开|提供|处理|办结)[^，。；、\d]{0,6}\d+[件宗份][，、；](?P<none>(?:也|并)?(?:没有|无|不存在|未出现|未作出)(?:被)?(?P<kind>部分公开|不予公开|无法提供|不予处理)(?:的|类|决定|答复)*"
    r"(?:申请|情形|情况|事项|件)?)(?=[，。；]|$)"
)
_PARTS_OF_KIND = re.compile(
    r"(?:^|[，。；：、])(?:\d\.)?(?:在)?(?P<kind>不予公开|无法提供|不予处理|其[他它]处理)(?:的)?(?:申请)?(?:当?中|里[头面]?)，(?P<parts>[^。；：]*)"
)
_NESTED = re.compile(
    "其中|包括|包含|含|占|自然人|企业|涉及|同时|又|[^一样]均|合计|共|上年|去年|予以公开|部分公开|结转"
)
"""其他处理里头，有5件是逾期不补正，有5件是逾期不缴费，还有1件是申请人自己撤回: none counted twice."""
_WHERE = ("received", "carried_in", "processed_total", "carried_forward")
_ALL_BY = re.compile(
    r"(?:^|[，。；])(?:其中)?申请(?:人|主体|者)(?:均|全部|都|皆)(?:为|是|系|来自)?"
    r"(?P<who>自然人|公民个人|公民|个人|商业企业|企业|科研机构|法律服务机构|律师事务所|社会公益组织)(?=[，。；]|$)"
)


def reason_of_all(context: RuleContext, sentence: Sentence, item: Quantity) -> Iterator[Claim]:
    """Yield the row in which all requests of a kind of outcome are said to stand."""
    kind = _KIND.search(sentence.text, 0, item.start)
    told = _REASON.match(sentence.text, item.end) if kind else None
    if kind is None or told is None or not item.value:
        return
    whole = rows_named(context, kind["kind"])
    meanings = rows_named(context, told["inside"] or told["behind"] or told["itself"])
    is_whole = bool(whole) and number_in_table(context, whole[0]) == item.value
    if not is_whole or not meanings or not is_single_row(meanings[0]):
        return
    if speaks_of_year(context, sentence, kind.start("kind"), item.end):
        yield Claim(sentence, kind.start("kind"), told.end(), item.value, meanings[:1])


def told_of_kinds(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    """Yield what a sentence tells of kinds of applicants or outcomes beside their numbers."""
    yield from _made_by_one_kind(context, sentence)
    yield from _reason_of_the_one(context, sentence)
    yield from _none_of_kind(context, sentence)
    yield from _more_than_kind(context, sentence)


def _more_than_kind(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    """Yield the parts of a kind of outcome that are, together, more than the table has of it."""
    for told in _PARTS_OF_KIND.finditer(sentence.text):
        counted = [
            item for item in quantities(sentence.text) if told.start("parts") <= item.start < told.end()
        ]
        meanings = rows_named(context, told["kind"])
        held = number_in_table(context, meanings[0]) if meanings else None
        added = sum((item.value for item in counted), Decimal(0))
        is_plain = (
            len(counted) > 1 and all(item.exact for item in counted) and not _NESTED.search(told["parts"])
        )
        if not held or not is_plain or added <= held:
            continue
        if speaks_of_year(context, sentence, told.start("kind"), told.end()):
            end = counted[-1].end
            yield Claim(sentence, told.start("kind"), end, added, meanings[:1], understood=True)


def _reason_of_the_one(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    """Yield the row in which the only request of a kind of outcome is said to stand."""
    for told in _THE_ONE.finditer(sentence.text):
        whole, meanings = rows_named(context, told["kind"]), rows_named(context, told["row"])
        is_one = bool(whole) and number_in_table(context, whole[0]) == 1
        if not is_one or not meanings or not is_single_row(meanings[0]):
            continue
        if speaks_of_year(context, sentence, told.start("kind"), told.end()):
            yield Claim(sentence, told.start("kind"), told.end(), Decimal(1), meanings[:1])


def _none_of_kind(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    """Yield kinds of outcome that are denied in a list of all of them: 部分公开5件，没有不予公开的."""
    for told in _NONE_OF_KIND.finditer(sentence.text):
        meanings = rows_named(context, told["kind"])
        if meanings and speaks_of_year(context, sentence, told.start("kind"), told.end()):
            yield Claim(sentence, told.start("none"), told.end(), Decimal(0), meanings[:1], understood=True)


def _made_by_one_kind(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    """Yield that all requests were made by a kind of applicants of which the table has none anywhere."""
    for told in _ALL_BY.finditer(sentence.text):
        kinds = of_applicants(told["who"])
        rows = [number_in_table(context, meaning) for meaning in (NEW, OLD, DONE, ON)]
        if not kinds or None in rows or not rows[0]:
            continue
        columns = [cell.rsplit(".", 1)[1] for cell in kinds[0].cells]
        cells = [f"requests.{row}.{column}" for row in _WHERE for column in columns]
        is_none = not any(context.values.get(cell, None) != 0 for cell in cells)
        if is_none and speaks_of_year(context, sentence, told.start("who"), told.end()):
            yield Claim(sentence, told.start(), told.end(), Decimal(rows[0]), kinds[:1], understood=True)
