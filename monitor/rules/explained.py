"""What a report says of a difference from last year's: bodies merge, documents lapse, slips are mended.

A difference that is explained is no inconsistency to accuse anybody of; whether the explanation holds is
for people to judge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.model import Fact, Number
from monitor.finding import Evidence, evidence_of
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import quantities
from monitor.rules.prose.sentences import sentences

CARRIED = re.compile("结转|转结")
STOCK = re.compile("规范性文件|规章")
_OTHER_COUNT = re.compile(
    "口径|机构改革|职能(?:调整|划转)|划[转入出归]|移交|并入|合并(?!办理|处理|答复|回复|受理|审理)|撤并"
    "|重新(?:认定|统计|清理|核定)|更正|(?<!内容)(?<!信息)(?<!地址)(?<!方式)(?<!电话)有误|误[填报统计录]|漏[填报统计]"
)
"""Why all of a kind are counted anew, or another body's are among them.

Requests that are answered together (合并办理), and an applicant's slips, explain nothing.
"""
_COUNTED_APART = re.compile("失效|修订|修改|延期|延续|恢复")
"""What becomes of documents that the table has no column for."""


def why_other(context: RuleContext, subject: re.Pattern[str], difference: Number) -> Evidence | None:
    """Return the sentence that explains why a number of `subject` does not follow from last year's."""
    for sentence in sentences(context):
        text = sentence.text
        if not subject.search(text):
            continue
        is_apart = bool(_COUNTED_APART.search(text)) and any(
            item.value == abs(Decimal(difference)) for item in quantities(text)
        )
        if is_apart or _OTHER_COUNT.search(text):
            return sentence.evidence(context, 0, len(text))
    return None


def noted(facts: Sequence[Fact]) -> Evidence | None:
    """Return the first cell with a note beside its number: 废止 55（含自然失效29件）."""
    return next((evidence_of(fact) for fact in facts if fact.note), None)
