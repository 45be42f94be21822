"""The rows of table 4 that words name, and what authors call the outcomes that are its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from monitor.rules.claims.claim import Meaning
from monitor.rules.prose.sentences import Sentence

Rows: TypeAlias = tuple[str, ...]
Ending: TypeAlias = tuple[str, tuple[tuple[str, ...], ...]]
"""A label, and the sets of columns whose sum it may mean."""

REVIEWS = ("remedies.reconsideration",)
DIRECT, AFTER = ("remedies.litigation_direct",), ("remedies.litigation_after_reconsideration",)
SUITS = DIRECT + AFTER
KINDS = (DIRECT, AFTER)
BOTH = (REVIEWS, SUITS, REVIEWS + SUITS)
_NOT_REVIEWED = r"(?:未曾?|没有?)(?:经过?|走过?|申请过?)(?:行政)?复议(?![之以]?后)"
_REVIEWED = r"(?:经过|走[过完]|申请过)(?:行政)?复议(?!机关|机构|委员|局|决定|审)"
_BY_A_SUIT = r"(?:[^，。；、\d]{0,8}?诉讼)?"
"""复议后诉讼3件: suits of this way alone."""
NAMES = (
    (
        DIRECT,
        "未经复议直接起诉",
        re.compile(rf"(?:{_NOT_REVIEWED}|(?:被直接|直接被?)(?:向(?:人民)?法院)?(?:起诉|提起)){_BY_A_SUIT}"),
    ),
    (
        AFTER,
        "复议后起诉",
        re.compile(
            rf"(?<!未经)复议后{_BY_A_SUIT}|(?<!未)经复议(?:后)?的?(?:再)?(?:起诉|提起|\d|$)|{_REVIEWED}"
        ),
    ),
    (REVIEWS, "行政复议", re.compile("复议")),
    (SUITS, "行政诉讼", re.compile("诉讼(?!请求)|应诉|被诉|被起诉")),
)
ANNULLED = "撤销(?!(?:行政)?(?:复议)?申请|诉讼|起诉|了?(?:一审|原审|原判))"
"""An act is annulled; an application that is 撤销 was withdrawn."""
_OUTCOMES = (
    (
        "尚未审结",
        (("pending",),),
        re.compile(r"(?:未|没有?|待)(?:审|办)结|未结|在审|审理中|(?:正在|尚在|仍在)(?:审理|办理)"),
    ),
    ("结果纠正", (("corrected",),), re.compile("纠[正错]")),
    (
        "结果纠正",
        (("corrected",), ("other",), ("corrected", "other")),
        re.compile(rf"{ANNULLED}|违法|败诉|责令"),
    ),
    ("其他结果", (("other",),), re.compile("其他结果")),
    (
        "其他结果",
        (("other",), ("upheld",), ("upheld", "other")),
        re.compile("终止|撤[回诉]|中止|撤销(?:行政)?(?:复议)?申请"),
    ),
    ("结果维持", (("upheld",),), re.compile("维持")),
    ("结果维持", (("upheld",), ("other",), ("upheld", "other")), re.compile("驳回|胜诉")),
    ("已审结", (("upheld", "corrected", "other"),), re.compile("审结|办结")),
)
"""What authors call the outcomes, and the columns that may hold them."""

_WAY_OF_SUITS = re.compile(
    r"(?:(?P<direct>未经复议|直接(?:提起|起诉))|(?<!未经)复议后)[^，。；、\d]{0,8}(?:行政)?诉讼(?:案件|案)?[共计为有的]*$"
)
"""经复议后提起诉讼1件, 直接提起行政诉讼2件: one way, not all suits."""


_BOTH_TOGETHER = re.compile("复议[、和及与]?(?:行政)?诉讼(?:案件|案)(?:共|共计|合计|总计|总数)$")
"""复议诉讼案件共计8件: both together."""
_DENIED = re.compile(
    r"(?:无|没有|未(?:发生|收到|产生|引发|被提起|被申请)|不存在)[^，。；、\d]{0,16}(?:复议|诉讼)(?:案件|案|情况)?(?=[，。；]|$)"
)
"""行政诉讼2件，无行政复议案件。其中被纠正的1件: what there was none of is not told of."""


def rows_of(words: str) -> tuple[Rows, str] | None:
    """Return the rows that are named last before a number."""
    words = _DENIED.sub("", words)
    if _BOTH_TOGETHER.search(words):
        return BOTH[-1], "行政复议与行政诉讼之和"
    way = _WAY_OF_SUITS.search(words)
    if way:
        return (DIRECT, "未经复议直接起诉") if way["direct"] else (AFTER, "复议后起诉")
    best, found = -1, None
    for rows, label, pattern in NAMES:
        at = max((match.end() for match in pattern.finditer(words)), default=-1)
        if at > best:
            best, found = at, (rows, label)
    return found


def outcome_of(words: str) -> Ending | None:
    """Return the outcome that words tell, the first of the table's that fits."""
    return next(((label, sets) for label, sets, pattern in _OUTCOMES if pattern.search(words)), None)


def is_of_two(before: str, words: str) -> bool:
    """Tell a number of several outcomes together: 维持、纠正的共4件, 2件为其他结果和未审结."""
    named = {label for label, _sets, pattern in _OUTCOMES[:-1] if pattern.search(words)}
    list_before = re.split("[，。；：（]", before)[-1]
    is_joined = before.endswith("、") and not any(map(str.isdecimal, list_before))
    return len(named) > 1 or (is_joined and outcome_of(list_before) is not None)


def meanings_of_outcome(groups: Sequence[Rows], outcome: Ending) -> tuple[Meaning, ...]:
    """Return what a number of cases with one outcome may mean, of each of these groups of rows."""
    label, sets = outcome
    return tuple(
        Meaning(label, tuple(f"{row}.{column}" for row in group for column in columns))
        for group in dict.fromkeys(groups)
        for columns in sets
    )


def names_both(sentence: Sentence) -> bool:
    """Tell whether a sentence names a way in which suits are brought."""
    return any(pattern.search(sentence.text) for _rows_, _label, pattern in NAMES[:2])


def total_of(rows: Rows, label: str) -> Meaning:
    """Return the total of some rows."""
    return Meaning(f"{label}总计", tuple(f"{row}.total" for row in rows))
