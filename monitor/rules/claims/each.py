"""Outcomes that have so many requests each: 行政执法案卷、行政查询事项各1件, 不予处理和其他处理各9件."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.rules.claims.claim import Claim
from monitor.rules.claims.request_rows import is_single_row, rows_named
from monitor.rules.claims.scope import speaks_of_year
from monitor.rules.claims.understood import strange_words
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import quantities
from monitor.rules.prose.sentences import Sentence

EACH = re.compile(r"各(?:自)?(?:有|为|占|计|提出|提交|申请)?$")
_NAMES = re.compile(
    r"(?P<names>[^，。；：（）\d]{4,80}?)(?:(?:最多|居多|较多)，?)?(?:各自?|均)(?:有|为|占|计)?$"
)
_BETWEEN = re.compile(r"、|和|与|以及|(?<!危)及(?!时)")
_GROUP = re.compile("(?:予以|部分|不予)公开|无法提供|不予处理|其[他它]处理")
_LONGEST = 100
"""So far before a number the names stand that have so many each."""
_UNITS = frozenset({"件", "份", "宗", "条"})


def each_outcome(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    """Yield what is claimed of each row, or kind of outcome, that is named before 各 and a number."""
    for item in quantities(sentence.text):
        since = max(0, item.start - _LONGEST)
        told = _NAMES.search(sentence.text, since, item.start) if item.unit in _UNITS and item.exact else None
        if told is None or not speaks_of_year(context, sentence, told.start(), item.end):
            continue
        for name in _BETWEEN.split(told["names"]):
            meanings = rows_named(context, name)
            is_plain = not strange_words(name, context.report.organization or "")
            is_named = bool(meanings) and (is_single_row(meanings[0]) or _GROUP.fullmatch(name))
            if is_named and is_plain:
                yield Claim(sentence, told.start(), item.end, item.value, meanings[:1], understood=True)
