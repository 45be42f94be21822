"""Requests that came, of which the same sentence says how many were taken on: the table counts those."""

from __future__ import annotations

import re
from decimal import Decimal

from monitor.rules.claims.claim import number_in_table
from monitor.rules.claims.request_meanings import NEW
from monitor.rules.claims.request_words import RECEIVED
from monitor.rules.context import RuleContext

_REALLY_FEWER = re.compile(
    r"[^。；]*(?:撤[回销]|重复|剔除|扣除|合并|退回|误投|属于(?:咨询|信访|投诉)|不属于|不符合|经甄别)[^。；]*实际?(?:新收|收到|受理|接收|办理)"
)
"""接收申请14件，其中2件撤回，实际新收12件."""
_REGISTERED = re.compile(
    r"(?:申请)?，(?:其中)?(?:经审[查核]，?)?(?:予以|依法|正式|符合[^，。；\d]{0,8})?"
    r"(?:登记|受理|接收){1,2}(?:申请)?(?P<count>\d+)[件份条宗]"
)
"""接收申请15件，登记受理12件，3件退回."""
_REAL_ONES = re.compile(
    r"[^。；\d]{0,24}(?:属于?|认定为?|确认为?|认定属于|确属|真正)(?:的)?(?:政府)?信息公开申请(?:的|有|共|为)*(?P<count>\d+)[件份条宗]"
)
"""收到各类申请26件，经甄别，属于政府信息公开申请12件."""
_OWN_NUMBER = re.compile(r"(?<!\d)(?P<count>\d+)[件份条宗]$")
_OTHERS_TOOK = re.compile(
    rf"(?:申请)?[，；、](?P<who>[^，。；、\d]{{2,10}}?)(?:共|也)?(?:{RECEIVED})(?:了|申请)?(?P<count>\d+)[件份条宗]"
)
"""局办公室收到5件，窗口收到7件: together they took all that came."""


def fewer_were_taken_on(context: RuleContext, text: str, end: int) -> bool:
    """Tell whether behind a number the table's own one is told as that of the requests taken on."""
    if _REALLY_FEWER.match(text, end):
        return True
    told = (words.match(text, end) for words in (_REGISTERED, _REAL_ONES))
    return any(match and Decimal(match["count"]) == number_in_table(context, NEW) for match in told)


def others_took_the_rest(context: RuleContext, text: str, end: int) -> bool:
    """Tell whether a number received and the next one, of others, are together all that came."""
    own, others = _OWN_NUMBER.search(text, 0, end), _OTHERS_TOOK.match(text, end)
    if own is None or others is None:
        return False
    return int(own["count"]) + int(others["count"]) == number_in_table(context, NEW)
