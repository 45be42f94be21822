"""Reviews that ended against the body, as section five tells them among the problems of disclosure.

复议纠错情形仍有发生，全年被纠正2件; 行政复议纠错13件; 复议纠错案件由上年的4件降至3件: no total stands beside
them, but the section is of disclosure alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from monitor.rules.claims.causes import OF_OTHER_ACTS
from monitor.rules.claims.claim import Claim, Meaning, is_proof
from monitor.rules.claims.remedy_rows import AFTER, DIRECT, REVIEWS, SUITS, Rows, total_of
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
    r"(?:均|全部|都)?(?:被|经|获)?(?:人民)?(?:法院|复议机关)?(?:判决|依法|予以)*纠[正错])(?=[，。；]|$)"
)
"""年内有1件行政诉讼被法院纠正: no more than those, for it may be one of several."""
_WAY = r"(?P<way>未经复议直接起诉|直接起诉|经?复议后(?:再)?起诉)"
_WAS_CORRECTED = (
    r"(?:案件|诉讼)?(?:结果|被|获|均|全部)*(?:人民)?(?:法院|复议机关)?(?:判决|依法|予以)*"
    r"纠[正错](?=[，。；]|$)"
)
_OUT_OF = re.compile(
    rf"(?:{_WAY}的)?(?P<all>\d+)[件起宗](?P<kind>行政诉讼|行政复议|诉讼|复议)?(?:案件|案)?[中里]，?有?"
    rf"(?P<count>\d+)[件起宗]{_WAS_CORRECTED}"
)
"""19件行政诉讼中有12件结果纠正, 复议后起诉的4件案件中有2件被法院纠正."""
_OF_ONE_WAY = re.compile(
    rf"{_WAY}的(?P<count>\d+)[件起宗]{_WAS_CORRECTED}|"
    rf"(?P<counted>\d+)[件起宗]{_WAY.replace('way', 'brought')}的?{_WAS_CORRECTED}"
)
"""直接起诉的3件全部被纠正, 3件未经复议直接起诉的案件被纠正."""
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
        yield from _out_of(context, point, sentence, at)
        yield from _of_one_way(context, point, sentence, at)
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
                if "，" not in match.group() and "诉讼" not in match.group():
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


def _out_of(context: RuleContext, point: Sentence, sentence: Sentence, at: int) -> Iterator[Claim]:
    """Yield how many of so many cases were corrected; one of the two numbers must be right."""
    for match in _OUT_OF.finditer(point.text):
        rows = _rows_of(match["way"] or match["kind"] or "")
        if rows is None or not speaks_of_year(context, point, match.start(), match.end()):
            continue
        label = "行政复议" if rows == REVIEWS else "行政诉讼"
        corrected = _meaning(rows, "corrected"), _meaning(rows, "corrected", "other")
        claims = [
            Claim(sentence, at + match.start(), at + match.end(), Decimal(match[name]), meanings, at_most)
            for name, meanings, at_most in (
                ("all", (total_of(rows, label),), False),
                ("count", corrected[: 1 if match.group().endswith("正") else 2], True),
            )
        ]
        if any(is_proof(context, claim) for claim in claims):
            yield from claims


def _of_one_way(context: RuleContext, point: Sentence, sentence: Sentence, at: int) -> Iterator[Claim]:
    """Yield how many suits that were brought in one way were corrected."""
    for match in _OF_ONE_WAY.finditer(point.text):
        rows = _rows_of(match["way"] or match["brought"])
        if rows and speaks_of_year(context, point, match.start(), match.end()):
            corrected = _meaning(rows, "corrected"), _meaning(rows, "corrected", "other")
            meanings = corrected[: 1 if match.group().endswith("正") else 2]
            count = Decimal(match["count"] or match["counted"])
            yield Claim(sentence, at + match.start(), at + match.end(), count, meanings, at_most=True)


def _rows_of(words: str) -> Rows | None:
    """Return the rows of table 4 that are named: 复议后起诉, 行政诉讼, 复议; None where none is."""
    if "起诉" in words:
        return AFTER if "复议后" in words else DIRECT
    if "诉讼" in words:
        return SUITS
    return REVIEWS if "复议" in words else None


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


_GROUPS = (REVIEWS, SUITS, REVIEWS + SUITS, DIRECT, AFTER, REVIEWS + DIRECT, REVIEWS + AFTER)
_AS_THE_TABLE = tuple(_meaning(rows, "corrected") for rows in _GROUPS)
_OR_OTHERS = tuple(_meaning(rows, "corrected", "other") for rows in _GROUPS)
"""Authors count suits that were lost among them; 纠错 may be what table 4 has under 其他结果."""
