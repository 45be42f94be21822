"""Find the report's title in its text, and what else says whose it is and of which year.

The text's own first lines come first (a title may be broken over lines); then what the reader found
outside the text (`hints`); the year may also come from the phrase that states the statistical period.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extract.headings import plain
from extract.labels import half_width
from extract.titles import FIRST_YEAR, LAST_YEAR, TitleReading, Verdict, read_page_title, read_title

_TITLE_HINTS = ("meta_title", "ucap_title", "h1", "title_class", "page_title")
_MOST_LINES_SEARCHED = 40
_MOST_LINES_OF_TITLE = 4
_MOST_LINE_CHARS = 70
_NOT_PART = re.compile(
    r"[：:。；！？>＞|]|^\d{4}-\d|发布|来源|浏览|字号|打印|分享|索引号|首页|当前位置|关闭|目\s*录"
)
_BODY = re.compile(
    r"(?:政府|办公[厅室]|[局委厅办院处站所队部署社会]|街道|[镇乡县市区州盟旗省苏木]|中心|公司|学校|集团|法院)$"
)
_YEAR_END = re.compile(r"\S(?:20\d\d|二[〇零○]\S\S)年度?$")
_YEAR_LINE = re.compile(r"[(（]?\s*[\d〇零○一二三四五六七八九]{4}\s*年度?\s*[)）]?$")
_PERIODS = (
    re.compile(r"(?:统计|数据|填报)[^。；]{0,16}?(20\d\d)年1月1日"),
    re.compile(r"(20\d\d)年1月1日(?:起|零时)?[^。；\d]{0,6}(?:20\d\d)?年?12月31日"),
)
_OPENING = re.compile(
    r"(?:发布|公布|编制|形成)[^。；，]{0,40}?(20\d\d)年(?:度)?政府信息公开(?:工作)?年度报告"
)
_PUBLISHER = re.compile(
    r"(?:发布机构|公开机构|发文机关|发布单位|信息来源|责任单位|来源)[：:\s]*([^\s：:，,；;|]{2,40})"
)
_REPORT = re.compile(r"年报|报告|报表")
_PERIOD_CHARS = 6000
_OPENING_CHARS = 500


@dataclass(frozen=True, slots=True)
class TitleFound:
    """The title and the lines of the text it takes up (none where it comes from a hint)."""

    reading: TitleReading
    lines: range = range(0)


def find_title(lines: Sequence[str], end: int, hints: Mapping[str, str]) -> TitleFound:
    """Find the title in the lines before `end` (the first official heading), else in the hints."""
    places = [n for n in range(min(end, len(lines))) if lines[n].strip()][:_MOST_LINES_SEARCHED]
    own = _in_text(lines, places)
    if own and own.reading.verdict is Verdict.REPORT:
        return replace(own, reading=_complete(own.reading, hints))
    for hint in _TITLE_HINTS:
        reading = read_page_title(hints.get(hint, ""))
        if reading.verdict is Verdict.REPORT and (not own or own.reading.verdict is Verdict.UNDECIDED):
            return TitleFound(_complete(reading, hints))
        if reading.verdict is Verdict.OTHER and not own and _REPORT.search(reading.title):
            return TitleFound(reading)
    if own:
        return own
    first = lines[places[0]] if places else ""
    return TitleFound(replace(read_title(first), verdict=Verdict.UNDECIDED))


def _in_text(lines: Sequence[str], places: Sequence[int]) -> TitleFound | None:
    """Return the report's title among the lines, or the line that says it is something else."""
    marked = next((n for n in places if lines[n].startswith("# ")), places[0] if places else None)
    if marked is not None:
        reading = read_title(plain(lines[marked]))
        if reading.verdict is Verdict.OTHER and (
            lines[marked].startswith("# ") or _REPORT.search(reading.title)
        ):
            return TitleFound(reading, range(marked, marked + 1))
    found = [hit for count in range(1, _MOST_LINES_OF_TITLE + 1) for hit in _titles(lines, places, count)]
    named = next((hit for hit in found if hit.reading.organization), None)
    bare = next(iter(found), None)
    if bare is None:
        return _doubtful_title(lines, places)
    if named and named.lines.start <= bare.lines.start and bare.lines.stop <= named.lines.stop:
        return named  # the same title, with the body's name on the line before
    return bare if named is None or bare.lines.start < named.lines.start else named


def _doubtful_title(lines: Sequence[str], places: Sequence[int]) -> TitleFound | None:
    """Return the first line that speaks of a report without being the title of one for certain."""
    for number in places:
        reading = read_title(plain(lines[number]))
        if (
            reading.speaks_of_report
            and reading.verdict is Verdict.UNDECIDED
            and _may_be_title([lines[number]])
        ):
            return TitleFound(reading, range(number, number + 1))
    return None


def _titles(lines: Sequence[str], places: Sequence[int], count: int) -> list[TitleFound]:
    """Return the titles of exactly `count` lines, a year on the line below taken in."""
    hits = []
    for start in range(len(places) - count + 1):
        chosen = [plain(lines[n]) for n in places[start : start + count]]
        if not _may_be_title(chosen):
            continue
        reading = read_title("".join(chosen))
        last = start + count
        if reading.verdict is Verdict.REPORT and reading.year is None and last < len(places):
            below = plain(lines[places[last]])
            longer = read_title("".join(chosen) + f"({below.strip('()（）')})")
            if _YEAR_LINE.match(below) and longer.verdict is Verdict.REPORT:
                reading, last = longer, last + 1
        if reading.verdict is Verdict.REPORT:
            hits.append(TitleFound(reading, range(places[start], places[last - 1] + 1)))
    return hits


def _may_be_title(chosen: Sequence[str]) -> bool:
    if any(len(line) > _MOST_LINE_CHARS for line in chosen) or any(_NOT_PART.search(x) for x in chosen[:-1]):
        return False
    if len(chosen) > 1 and read_title("".join(chosen[1:])).verdict is Verdict.REPORT:
        return bool(_BODY.search(chosen[0]) or _YEAR_END.search(chosen[0]))
    return not _NOT_PART.search(chosen[-1])


def _complete(reading: TitleReading, hints: Mapping[str, str]) -> TitleReading:
    """Take the body's name and the year, where the title lacks them, from the page's other titles."""
    organization, year = reading.organization, reading.year
    for hint in _TITLE_HINTS:
        other = read_page_title(hints.get(hint, ""))
        if other.verdict is Verdict.REPORT:
            organization, year = organization or other.organization, year or other.year
    return replace(reading, organization=organization, year=year)


def publisher_named(hints: Mapping[str, str]) -> str | None:
    """Return the body that the index block names as the publisher."""
    match = _PUBLISHER.search(hints.get("index_block", ""))
    return match[1] if match else None


def period_years(text: str) -> frozenset[int]:
    """Return the years that the text states as its statistical period or as the report's year."""
    bare = re.sub(r"\s+", "", half_width(text[:_PERIOD_CHARS]))
    found = [int(year) for pattern in _PERIODS for year in pattern.findall(bare)]
    # Further down, a report may praise the timely publication of last year's.
    found += [int(year) for year in _OPENING.findall(bare[:_OPENING_CHARS])]
    return frozenset(year for year in found if FIRST_YEAR <= year <= LAST_YEAR)
