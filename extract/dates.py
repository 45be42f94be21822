"""Dates on pages and in addresses, as evidence of when a report was published.

Theory. A page shows several dates and they differ in real pages (shown 01-16, address 01-20): composed
(成文) is not published (发布), a page header carries dates of its own, a site's move resets what the
CMS shows. So a date counts only with the label or the place that says what it is, and each carries
its kind: evidence of different kinds is independent, of one kind is not. `UPDATE` dates (更新,
生成) prove that the page existed by then, never that it was not there before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

SHANGHAI = timezone(timedelta(hours=8))
OLDEST_YEAR = 2000
NEWEST_YEAR = 2099


class DateKind(StrEnum):
    """Where a date stands; kinds are independent of each other."""

    URL = "url"  # in the address
    LABEL = "label"  # on the page, behind 发布日期 and the like
    INDEX = "index"  # in the meta elements or the index block (索引号 ...)
    LIST = "list"  # beside the link on the list page
    UPDATE = "update"  # changed or generated then: it existed by that day


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """A day that something says the report was published on; `raw` is the string as found."""

    kind: DateKind
    on: date
    raw: str


PUBLICATION_LABELS = (
    "发布日期", "发布时间", "发表日期", "发表时间", "公开日期", "公开时间", "公布日期", "公布时间",
    "信息提供日期", "日期", "时间",
)  # fmt: skip
UPDATE_LABELS = ("更新日期", "更新时间", "生成日期", "生成时间")
OTHER_LABELS = (
    "成文日期", "成文时间", "发文日期", "发文时间", "撰写日期", "撰写时间", "生效日期", "生效时间",
)  # fmt: skip
"""Days of writing and of coming into force: not days of publication, so no evidence at all."""

_SHORTEST = len("2025-1-9")
_DIGITS = str.maketrans("〇○零ＯO一二三四五六七八九０１２３４５６７８９", "00000123456789" + "0123456789")
_NUMERIC = re.compile(r"(?<!\d)(\d{4})\s*([-./年])\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)")
_CHINESE = re.compile(
    r"([二2][〇○零ＯO0][〇○零ＯO0-9一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月"
    r"([一二三四五六七八九十]{1,3})日"
)
_ZONED = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})")
_LABELLED = re.compile(
    "(" + "|".join((*UPDATE_LABELS, *OTHER_LABELS, *PUBLICATION_LABELS)) + r")\s*[】\]]?\s*[：:]?\s*"
    r"(?=([\d２二][^\n]{5,24}))"
)
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])[ \t\u3000]+(?=[\u4e00-\u9fff])")
_URL_DATES = (
    re.compile(r"/t(20\d{2})(\d{2})(\d{2})_"),  # TRS: 202503/t20250315_123.html
    re.compile(r"/(20\d{2})[-/](\d{1,2})[-/](\d{1,2})(?=/)"),  # art/2025/1/16/, doc/2025/01/16/
    re.compile(r"/(20\d{2})/(\d{2})-(\d{2})(?=/)"),  # Henan: 2026/01-07/
    re.compile(r"/(20\d{2})(\d{2})/(\d{2})(?=/)"),  # columns/.../202501/16/
    re.compile(r"/(20\d{2})(\d{2})(\d{2})(?=/)"),  # c27683/20250116/, Epoint
    re.compile(r"/(20\d{2})/[0-9a-z]+_(\d{2})(\d{2})(?=/)"),  # Yunnan: html/2025/<col>_0116/
)


def parse_date(text: str) -> date | None:
    """Return the first real day that `text` names, or None; instants with a zone count in Shanghai."""
    if len(text) < _SHORTEST:
        return None
    if zoned := _ZONED.search(text):
        return _zoned_day(zoned.group())
    for pattern in (_NUMERIC, _COMPACT, _CHINESE):
        for match in pattern.finditer(text):
            groups = [group for group in match.groups() if group not in "-./年"]
            day = _real_day(*(_number(group) for group in groups))
            if day is not None:
                return day
    return None


def date_in_url(url: str) -> date | None:
    """Return the day that an address spells in one of the known shapes; a month alone is no day."""
    for pattern in _URL_DATES:
        for match in pattern.finditer(url):
            day = _real_day(*(int(group) for group in match.groups()))
            if day is not None:
                return day
    return None


def labelled_dates(text: str, kind: DateKind = DateKind.LABEL) -> list[DateEvidence]:
    """Return the dates of `text` that stand behind a label of publication, or of an update."""
    found = []
    for match in _LABELLED.finditer(_SPACED.sub("", text)):
        label, rest = match.groups()
        day = parse_date(rest)
        if day is None or label in OTHER_LABELS:
            continue
        found.append(
            DateEvidence(DateKind.UPDATE if label in UPDATE_LABELS else kind, day, f"{label}：{rest}")
        )
    return found


def dates_of_hints(hints: Mapping[str, str]) -> list[DateEvidence]:
    """Return the date evidence among the hints of a normalized text (docs/normalized-text.md)."""
    block = hints.get("index_block", "")
    in_block = labelled_dates(block, DateKind.INDEX)
    days_in_block = {item.on for item in in_block}
    shown = [item for item in labelled_dates(hints.get("date_labels", "")) if item.on not in days_in_block]
    return [
        *_whole(hints, "meta_pub_date", DateKind.INDEX),
        *in_block,
        *_whole(hints, "publish_time", DateKind.LABEL),
        *shown,
        *_whole(hints, "meta_generated", DateKind.UPDATE),
    ]


def kinds_of(evidence: Iterable[DateEvidence]) -> frozenset[DateKind]:
    """Return the kinds that the evidence is of."""
    return frozenset(item.kind for item in evidence)


def _whole(hints: Mapping[str, str], name: str, kind: DateKind) -> Iterator[DateEvidence]:
    raw = hints.get(name, "")
    day = parse_date(raw)
    if day is not None:
        yield DateEvidence(kind, day, raw)


def _zoned_day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).astimezone(SHANGHAI).date()
    except ValueError:
        return None


def _number(text: str) -> int:
    """Read Arabic or Chinese digits, and 十 as in 十六, 三十, 三十一."""
    if "十" in text:
        tens, _, ones = text.partition("十")
        return _number(tens or "1") * 10 + _number(ones or "0")
    return int(text.translate(_DIGITS))


def _real_day(year: int, month: int, day: int) -> date | None:
    if not OLDEST_YEAR <= year <= NEWEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
