"""Prose: every date exists."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.finding import Severity
from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome, cannot_tell, fails
from monitor.rules.prose.numerals import chinese_number
from monitor.rules.prose.sentences import Sentence, sentences
from monitor.rules.registry import rule

_D = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_Y = r"(?:\d{4}|[〇零一二三四五六七八九]{4})"
_FULL = re.compile(rf"(?<!\d )(?<![\d.])(?<![^日]-)(?P<year>{_Y})年(?P<month>{_D})月(?P<day>{_D})[日号]")
_MONTH = re.compile(rf"(?<!\d )(?<![\d.\-])(?P<year>{_Y})年(?P<month>{_D})月(?!{_D}[日号])")
_SHORT = re.compile(
    rf"(?<!\d )(?<![\d.\-〇零一二三四五六七八九十])(?<![\d〇零一二三四五六七八九]年)"
    rf"(?P<month>{_D})月(?P<day>{_D})[日号]"
)
_RANGE = re.compile(r"(?<![\d.\-])(?P<month>\d{1,2})月\d{1,2}日?(?:至|到|—|-|~|～)(?P<day>\d{1,2})[日号]")
"""5月15日至32日: the last day is of the same month."""
_NUMERIC = re.compile(
    r"(?<![\d./\-])(?P<year>20\d\d)(?P<mark>[-/])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d./\-])"
)
_DOTTED = re.compile(
    r"(?<![\d./\-])(?P<year>20\d\d)\.(?P<month>0?[1-9]|1[0-2])\.(?P<day>0?[1-9]|[12]\d|3[01])(?![\d./\-])"
)
"""With dots it may be a version's number, unless it could be a date of a longer month."""
_PERHAPS_A_DATE = re.compile(r"\d[年月日]|[一二三四五六七八九十]日")
_MARKED = re.compile(r"20\d\d[-/.]")
_INCOMPLETE = "不是完整的日期"
_MALFORMED = (
    (re.compile(rf"{_Y}年{_D}年{_D}日"), _INCOMPLETE),
    (re.compile(rf"(?<![\d.\-]){_Y}年\d{{1,2}}日(?=[，。；、）止起至前]|$)"), _INCOMPLETE),
    (re.compile(r"(?<=[至到—\-~～])\d{1,2}年\d{1,2}[日号]"), _INCOMPLETE),
    (re.compile(rf"{_Y}年\d{{1,2}}日\d{{1,2}}[日号]"), _INCOMPLETE),
    (re.compile(r"(?<!\d)20\d\d月\d{1,2}月(?:\d{1,2}[日号])?"), "把“年”写作“月”"),
    (re.compile(r"(?<!\d)\d{1,2}月(?:1[3-9]|[23]\d)月"), "把“日”写作“月”"),
    (re.compile(r"(?<!\d)20(?:\d|\d{3})年(?:度|\d{1,2}月)"), "年份不是四位"),
)
"""Slips that leave no date at all: 12年31日, 2023月12月31日, 12月31月, 20233年1月."""
_MONTHS_LOST = re.compile(r"(?<=[至到年—\-~～])(?:20\d\d)?1[0-2][0-3]\d日")
"""Nobody writes 1231日: where it stands, the page was read without its 月, and no date is the author's."""
_LEAP_YEAR = 2024
_LAST_MONTH = 12
_RECOGNISED = ("ocr_layer", "recognised", "scan")
_FIRST_YEAR, _LAST_YEAR = 1949, 2100


@dataclass(frozen=True, slots=True)
class _Wrong:
    start: int
    end: int
    why: str


@rule(
    "narrative.date-invalid",
    "日期真实存在",
    Severity.WARNING,
    basis="惯例：通报中的“内容不准确”",
)
def invalid_dates(context: RuleContext) -> Iterator[Outcome]:
    """统计期限、联系和发布日期等都应是存在的日期; “12 年 31 日”、“2 月 30 日”不是."""
    for sentence in sentences(context):
        for wrong in _wrong_dates(sentence.text):
            yield _outcome(context, sentence, wrong)


def _outcome(context: RuleContext, sentence: Sentence, wrong: _Wrong) -> Outcome:
    evidence = sentence.evidence(context, wrong.start, wrong.end)
    if any(problem.code in _RECOGNISED for problem in context.report.problems):
        return cannot_tell(f"“{evidence.raw}”{wrong.why}，但文字是从图片识别的，可能认错。", evidence)
    return fails(f"“{evidence.raw}”{wrong.why}。", evidence, actual=evidence.raw)


def _wrong_dates(text: str) -> Iterator[_Wrong]:
    in_words = (_FULL, _MONTH, _SHORT, _RANGE) if "月" in text else ()
    in_numbers = (_NUMERIC, _DOTTED) if _MARKED.search(text) else ()
    for pattern in (*in_words, *in_numbers):
        for match in pattern.finditer(text):
            why = _why_wrong(match)
            if why:
                yield _Wrong(match.start(), match.end(), why)
    if _PERHAPS_A_DATE.search(text):
        yield from _malformed(text)


def _malformed(text: str) -> Iterator[_Wrong]:
    """Yield what is no date by its form, each place once."""
    ended = 0
    found = [(match, why) for pattern, why in _MALFORMED for match in pattern.finditer(text)]
    if found and _MONTHS_LOST.search(text):
        return
    for match, why in sorted(found, key=lambda item: (item[0].start(), -item[0].end())):
        if match.start() >= ended:
            ended = match.end()
            yield _Wrong(match.start(), ended, why)


def _why_wrong(match: re.Match[str]) -> str:
    """Return why a date does not exist, or nothing where it does."""
    parts = match.groupdict()
    year = _number(parts["year"]) if parts.get("year") else _LEAP_YEAR
    month, day = _number(parts["month"]), _number(parts.get("day", "1"))
    if year is None or month is None or day is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return ""
    if not 1 <= month <= _LAST_MONTH:
        return f"中没有 {month} 月这个月份"
    last = calendar.monthrange(year, month)[1]
    return "" if 1 <= day <= last else f"不存在（该月到 {last} 日为止）"


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else chinese_number(text)
