"""Reviews that ended against the body, as section five tells them among the problems of disclosure.

复议纠错情形仍有发生，全年被纠正2件; 行政复议纠错13件; 复议纠错案件由上年的4件降至3件: no total stands beside
them, but the section is of disclosure alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor.rules.claims.causes import OF_OTHER_ACTS
from monitor.rules.claims.claim import Claim, Meaning
from monitor.rules.claims.remedy_rows import REVIEWS, SUITS
from monitor.rules.claims.scope import speaks_of_year
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import quantities
from monitor.rules.prose.sentences import Sentence

_SECTION_OF_PROBLEMS = 5
_UNITS = frozenset({"件", "起", "宗", "例"})
_CHANGED = r"(?:由|从)(?:上一?年度?|去年)的?\d+[件起宗例](?:下降|降低|降|减少|减|上升|增加|增)(?:至|到|为)"
_CORRECTED = re.compile(
    r"(?:复议[^，。；、\d]{0,12}|(?:复议|答复)[^。；、\d]{0,20}，(?:20\d\d年度?|全年|本年度?|年内)*)"
    rf"(?:被)?纠[错正](?:案件|情形)?(?:共|为|有|达|{_CHANGED})?$"
)
_ANSWERS = re.compile("答复|公开|申请")
_SUIT_CORRECTED = re.compile(
    r"(?:^|[，：])(?P<told>(?:20\d\d年度?|全年|本年度?|年内|今年)*[共已]?有?(?P<count>\d+[件起宗例](?:行政)?(?P<kind>诉讼|复议)(?:案件|案)?)"
    r"(?:被|经)?(?:人民)?(?:法院|复议机关)?(?:判决|依法|予以)*纠[正错])(?=[，。；]|$)"
)
"""年内有1件行政诉讼被法院纠正: no more than those, for it may be one of several."""
_LAST_WORDS = 6
_WITH_OTHERS = re.compile("纠|败诉|违法|撤销|责令|部门|单位|县区|科室|其中|机关")
"""Told beside it, it may be a part, or of others."""


def corrected_among_problems(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    """Yield the number of reviews that were corrected, where the fifth section counts it."""
    if sentence.section != _SECTION_OF_PROBLEMS or "纠" not in sentence.text:
        return
    if OF_OTHER_ACTS.search(sentence.text):
        return
    for at, point in _points(sentence):
        yield from _suits_corrected(context, point, sentence, at)
        for item in quantities(point.text):
            match = _CORRECTED.search(point.text, 0, item.start)
            if match is None or item.unit not in _UNITS or not item.exact:
                continue
            since = item.start
            if "由" not in match.group() and "从" not in match.group():
                since = max(point.text.rfind(mark, 0, match.start()) for mark in "，。：") + 1
            rest = point.text[: match.start()] + point.text[item.end :]
            if not _WITH_OTHERS.search(rest) and speaks_of_year(context, point, since, item.end):
                as_table = "纠正" in match.group()[-_LAST_WORDS:]
                meanings = _AS_THE_TABLE if as_table else _AS_THE_TABLE + _OR_OTHERS
                if "，" not in match.group():
                    meanings = tuple(one for one in meanings if _is_of_reviews(one))
                yield Claim(sentence, at + item.start, at + item.end, item.value, meanings)


def _suits_corrected(context: RuleContext, point: Sentence, sentence: Sentence, at: int) -> Iterator[Claim]:
    """Yield how many cases a court or another body corrected, told among the problems of the answers."""
    match = _SUIT_CORRECTED.search(point.text)
    if match is None or not _ANSWERS.search(point.text, 0, match.start()):
        return
    rest = point.text[: match.start("told")] + point.text[match.end() :]
    if _WITH_OTHERS.search(rest) or not speaks_of_year(context, point, 0, match.end()):
        return
    item = next((item for item in quantities(point.text) if item.start == match.start("count")), None)
    if item is None:
        return
    rows = REVIEWS if match["kind"] == "复议" else SUITS
    meanings = (
        _meaning(rows, "corrected"),
        *([] if match.group().endswith("正") else [_meaning(rows, "corrected", "other")]),
    )
    yield Claim(sentence, at + item.start, at + match.end(), item.value, meanings, at_most=True)


def _points(sentence: Sentence) -> Iterator[tuple[int, Sentence]]:
    """Yield what stands between semicolons, and where: one problem each, told of nobody else's."""
    start = 0
    for part in sentence.text.split("；"):
        end = start + len(part)
        yield start, replace(sentence, text=part, places=sentence.places[start:end])
        start = end + 1


def _is_of_reviews(meaning: Meaning) -> bool:
    return all(cell.startswith(REVIEWS) for cell in meaning.cells)


def _meaning(rows: tuple[str, ...], *columns: str) -> Meaning:
    return Meaning("结果纠正", tuple(f"{row}.{column}" for row in rows for column in columns))


_AS_THE_TABLE = tuple(_meaning(rows, "corrected") for rows in (REVIEWS, SUITS, REVIEWS + SUITS))
_OR_OTHERS = tuple(_meaning(rows, "corrected", "other") for rows in (REVIEWS, SUITS, REVIEWS + SUITS))
"""Authors count suits that were lost among them; 纠错 may be what table 4 has under 其他结果."""
