"""All requests of a year that were answered alike: 收到申请1件，已依法予以公开; 收到2件申请，均不予公开.

Only where table 3 has just as many new ones as were done, and none of last year: then no other request
can have been meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.rules.claims.claim import Claim, number_in_table, speaks_of_year
from monitor.rules.claims.request_meanings import DONE, NEW, OLD
from monitor.rules.claims.request_rows import rows_named
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import Quantity
from monitor.rules.prose.sentences import Sentence

_RECEIVED = re.compile(r"(?:收到|受理|接收|接到|新收)[^，。；\d]{0,16}$")
_ALIKE = re.compile(
    r"(?:(?:政府|政务)?信息公开|依申请公开)?(?:申请)?，(?:(?P<all>均|全部|都)|已|依法|依规|按时|按期|及时|作出|在规定期限内)*"
    r"(?P<outcome>予以公开|同意公开|部分公开|予以部分公开|不予公开|无法提供|不予处理)(?:的?(?:答复|处理|决定))?(?=[，。；]|$)"
)


def answered_alike(context: RuleContext, sentence: Sentence, item: Quantity) -> Iterator[Claim]:
    """Yield what all requests of a number are said to have come to, against that row or group."""
    if not item.value or not _RECEIVED.search(sentence.text, 0, item.start):
        return
    match = _ALIKE.match(sentence.text, item.end)
    if match is None or not (match["all"] or item.value == 1):
        return
    held = [number_in_table(context, meaning) for meaning in (NEW, DONE, OLD)]
    meanings = rows_named(context, match["outcome"]) if held == [item.value, item.value, 0] else ()
    if meanings and speaks_of_year(context, sentence, item.start, item.end):
        yield Claim(sentence, item.end, match.end(), item.value, meanings)
