"""Which rows of table 4 an outcome is told of: 行政诉讼4件，……4件中维持3件 is of all suits."""

from __future__ import annotations

import re

from monitor.rules.claims.claim import number_in_table
from monitor.rules.claims.remedy_rows import (
    AFTER,
    BOTH,
    DIRECT,
    KINDS,
    NAMES,
    REVIEWS,
    SUITS,
    Rows,
    names_both,
    outcome_of,
    total_of,
)
from monitor.rules.claims.remedy_words import OUTCOME_OF_ITS_OWN
from monitor.rules.context import RuleContext
from monitor.rules.prose.sentences import Sentence

_TOPIC = re.compile("复议|诉讼|起诉|被诉")
_AMONG = re.compile(r"(?:^|[，。；：（])[^，。；：（\d]{0,8}(?P<count>\d+)[件起宗例]案?件?中[^，。；]*$")
JOINT = re.compile(r"复议(?:案件)?[、和与及]+(?:行政)?(?:诉讼|应诉)(?:案件)?[^，。；、\d]{0,14}$")
"""复议、诉讼中被纠正的10件: of both together, or of either."""
_TOGETHER = re.compile(r"(?:以上|上述|两类|[两二]者|两项|案件)[^，。；\d]{0,6}(?:合计|总计|共计?)")
"""以上合计维持5件: of reviews and suits, or of what was named last."""
_ALL = REVIEWS + SUITS


def groups_told_of(
    context: RuleContext, sentence: Sentence, start: int, end: int, rows: Rows
) -> tuple[Rows, ...]:
    """Return the groups of rows that an outcome at [start, end) may be of; `rows` were named last."""
    among = _AMONG.search(sentence.text, 0, end)
    number = re.search(r"\d+[^\d]*$", sentence.text[start:end])
    if number and JOINT.search(sentence.text, 0, start + number.start()):
        return (_ALL, *BOTH)
    part = max(sentence.text.rfind(mark, 0, start) for mark in "；。") + 1
    if rows in (REVIEWS, SUITS) and _TOGETHER.search(sentence.text, part, end):
        return BOTH
    if among is not None:
        return _with_total(context, int(among["count"]))
    return BOTH if _follows_both(sentence.text, start, end, rows) else groups_of(sentence, rows)


def _with_total(context: RuleContext, count: int) -> tuple[Rows, ...]:
    """Return the groups of which the table holds so many cases: 4件中 names no row itself."""
    groups = (REVIEWS, SUITS, DIRECT, AFTER, _ALL)
    return tuple(rows for rows in groups if number_in_table(context, total_of(rows, "")) == count)


def _follows_both(text: str, start: int, end: int, rows: Rows) -> bool:
    """Tell an outcome told after reviews and suits together, so of either: 复议2件、诉讼0件，维持2件."""
    if rows not in (REVIEWS, SUITS) or _TOPIC.search(text, start, end):
        return False
    ends = [
        max((match.end() for match in pattern.finditer(text, 0, start)), default=0)
        for _rows_, _label, pattern in NAMES[2:]
    ]
    between = text[min(ends) : max(ends)]
    if OUTCOME_OF_ITS_OWN.match(text, max(ends), start):
        return False
    is_apart = "；" in between and "；" not in text[max(ends) : start]
    return all(ends) and not is_apart and outcome_of(between) is None


def groups_of(sentence: Sentence, rows: Rows) -> tuple[Rows, ...]:
    """Return the rows named last, and all suits where a way of bringing them may have been meant."""
    if rows == REVIEWS:
        return (rows,)
    return (rows, SUITS, *(KINDS if names_both(sentence) else ()))
