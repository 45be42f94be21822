"""Prose: a sentence that names another year, but tells what the report's own table holds, is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.model import Number
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import quantities
from monitor.rules.prose.sentences import Sentence

_OPENING = re.compile(
    r"^(?:[^，。；：\d]{2,14}，)?(?:在)?(?P<year>20\d\d)年度?(?:全年)?，?[^，。；《\d]{0,24}?(?:收到|受理|接收|新收)[^，。；\d一二三四五六七八九十]{0,24}"
    r"(?:申请|公开)[^，。；\d]{0,8}?(?=[\d一二三四五六七八九十])"
)
_NOTHING = re.compile(
    r"(?:^|[；。])(?:在)?(?P<year>20\d\d)年度?(?:全年)?，?[^，。；《\d]{0,24}?(?:未|没有|无)"
    r"(?:(?:发生|发现|出现|产生)[^，。；\d]{0,24}?|[^，。；\d]{0,16}?(?=责任追究|问责|泄密))"
    r"(?P<what>[一-龥]{2})(?:的?(?:情况|案件|现象|问题|事件|情形))?(?=[，。；]|$)"
)
_UNTIL = re.compile(
    r"^截[至止]到?(?P<year>20\d\d)年(?:年?底|12月(?:31日|底)?)止?，[^，。；《\d]{0,24}?(?:公开|发布|更新|推送)[^，。；\d]{0,16}\d+余?[条件篇份期项次]"
)
_ANY_YEAR = re.compile(r"20\d\d(?=年)")
_NOW = re.compile(r"今年|本年|全年|当年|年内")
_CHANGE = re.compile(r"[比较与]|增|减|降|升|多|少|持平")
_CASES = re.compile(r"申请")
_CASES_OF_YEAR = re.compile(
    r"^(?:[^，。；：、《\d]{2,20}?)?在?(?P<year>20\d\d)年度?(?:全年)?，?(?!起|以来|[^。；]{0,30}[将拟要])[^。；《\d]{0,20}?"
    r"(?:(?P<none>未|没有|均?无|零)|发生|收到|被申请|被提起|引发|产生|共有)[^。；《]{0,24}?(?:复议|诉讼)"
)
"""What happened in the year that is told: neither what is planned, nor a rule from that year on."""
_COMPARED = re.compile(r"上一?年|去年|同比|[比较]|结转|以来|累计")
_ROWS_OF_CASES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
_FIRST_SECTION, _SECTION_OF_CASES = 1, 4


def left_over(
    context: RuleContext, sentence: Sentence, body: Sequence[Sentence], year: int
) -> re.Match[str] | None:
    """Return how a sentence of section one begins that tells of another year what is true of this one."""
    if sentence.section != _FIRST_SECTION or "20" not in sentence.text:
        return None
    match = next(
        filter(
            None,
            (
                _OPENING.match(sentence.text),
                _NOTHING.search(sentence.text),
                _UNTIL.match(sentence.text),
            ),
        ),
        None,
    )
    if match is None or int(match["year"]) == year or _names(sentence.text, year):
        return None
    others = [item.text for item in body if item is not sentence and item.section == _FIRST_SECTION]
    return match if _is_left_over(context, sentence, match, others, year) else None


def _is_left_over(
    context: RuleContext, sentence: Sentence, match: re.Match[str], others: list[str], year: int
) -> bool:
    if match.re is _OPENING:
        told = [text for text in others if _CASES.search(text)]
        return _is_of_table(context, sentence) and not any(_names(text, year) for text in told)
    if match.re is _NOTHING:
        if len(set(_ANY_YEAR.findall(sentence.text))) > 1 or "以来" in sentence.text:
            return False
        return not any(match["what"] in text and _names(text, year) for text in others)
    named = int(match["year"])
    is_told_on = any(
        _UNTIL.match(text) or f"{named}年" in text or (f"{year}年" in text and "新增" in text)
        for text in others
    )
    return "累计" not in sentence.text and not is_told_on and any(f"{year}年" in text for text in others)


def _names(text: str, year: int) -> bool:
    """Tell whether a text speaks of the report's own year, by its number or as this one."""
    return f"{year}年" in text or bool(_NOW.search(text))


def _is_of_table(context: RuleContext, sentence: Sentence) -> bool:
    """Tell whether a sentence counts the requests that the table has for the report's own year.

    One number may be the same in both years; so either two agree, or the table's is compared with the
    year before the one that is named.
    """
    numbers = [item for item in quantities(sentence.text) if item.exact]
    received = context.values.get("requests.received.total")
    if not received or not numbers or numbers[0].value != received:
        return False
    table = {value for path, value in context.values.items() if path.startswith("requests.")}
    all_to_do = _sum_of(context, "received", "carried_in")
    table |= set() if all_to_do is None else {all_to_do}
    rest = [item for item in numbers[1:] if not _CHANGE.search(sentence.text[numbers[0].end : item.start])]
    return all(item.value in table for item in rest) and len(numbers) > 1


def _sum_of(context: RuleContext, *rows: str) -> Number | None:
    values = [context.values.get(f"requests.{row}.total") for row in rows]
    return None if None in values else sum(value for value in values if value is not None)


def cases_left_over(
    context: RuleContext, body: Sequence[Sentence], year: int
) -> Iterator[tuple[Sentence, re.Match[str]]]:
    """Yield what section four tells of reviews and suits of the year before or after, and of no other.

    Cases of the year before may be told on purpose; so what is told of them must be what table 4 holds.
    """
    told = [sentence for sentence in body if sentence.section == _SECTION_OF_CASES]
    if any(_names(item.text, year) or _COMPARED.search(item.text) for item in told):
        return
    for sentence in told:
        match = _CASES_OF_YEAR.match(sentence.text)
        if match is None or int(match["year"]) not in (year - 1, year + 1):
            continue
        if int(match["year"]) > year or _agrees(context, sentence, is_none=bool(match["none"])):
            yield sentence, match


def _agrees(context: RuleContext, sentence: Sentence, *, is_none: bool) -> bool:
    """Tell whether a sentence tells as many reviews or suits first as table 4, or none as it does."""
    totals = [context.values.get(f"remedies.{row}.total") for row in _ROWS_OF_CASES]
    if any(total is None for total in totals):
        return False
    review, direct, after = (total or 0 for total in totals)
    first = next((item.value for item in quantities(sentence.text) if item.exact), None)
    if first is None:
        return is_none and not review + direct + after
    return bool(first) and first in (review, direct + after)
