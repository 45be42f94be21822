"""Whose report, which year, and is it one: a grammar for titles.

    title   = [lead] body? year? body? core suffix?      (spaces and line breaks do not count)
    core    = [政府|政务] 信息公开 {工作|情况|的|year} {年度|工作} (报告|年报)
    year    = 2024年 | 2024年度 | 二〇二四年 ..., anywhere before or inside the core, or in brackets after it

The title must speak of a year (a year, 年度 or 年报). Words like 解读, 季度 or 网站 around the core say
that it is another kind of page. What is neither is undecided, with the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from extract.labels import half_width

FIRST_YEAR, LAST_YEAR = 2007, 2099

_DIGITS = str.maketrans("〇零○ＯOo一二三四五六七八九", "000000123456789")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CHINESE_YEAR = re.compile(r"[二2][〇零○ＯOo0][〇零○ＯOo0一二三四五六七八九\d]{2}(?=年)")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?:年度|年|(?=政府信息公开|政务信息公开|信息公开|年?度))")
_MARKUP = re.compile(r"\s+|^#+|\*\*|[\u200b-\u200f\ufeff]")
_LEAD = re.compile(
    r"^(?:标题[：:]|附件\d*[：:.、]?|[【\[][^】\]]*[】\]]|关于(?:印发|发布|公布|公开|报送|上报|呈报|报告)?|公布)"
)
_LETTER = re.compile(r"^关于(?:报送|上报|呈报|报告|印送)")
_CORE = re.compile(
    r"(?P<subject>政府信息公开|政务信息公开|信息公开|政务公开)"
    r"(?P<middle>(?:工作|情况|的|年度|@|-|—|\(@\))*)"
    r"(?P<kind>年度工作报告|年度报告|工作报告|年报|报告|年度工作总结|工作总结|总结)"
)
_SUFFIX = re.compile(
    r"^(?:\((?:@|图片版|超链版|文字版|全文|公开版|正文|盖章版|扫描件|第?\w{1,8}号公告?)\)|正文|全文|\.(?:pdf|docx?|wps|ofd|html?|xlsx?))*$",
    re.IGNORECASE,
)
_OTHER_KINDS = (
    ("解读", re.compile(r"解读|问答|读懂")),
    ("图解", re.compile(r"图解|图说|长图|一图|动漫")),
    ("政府网站年度报表", re.compile(r"政府网站.{0,8}报表|网站.{0,6}年度报[表告]|网站监管")),
    ("法治政府建设报告", re.compile(r"法治政府|依法行政|法治建设")),
    ("季度、半年或月度材料", re.compile(r"季度|半年|月报|月度|\d月份")),
    (
        "方案、通知或计划",
        re.compile(r"实施方案|工作方案|方案$|的?通知$|的通报|工作要点|工作计划|工作安排|编制工作|编制说明"),
    ),
    ("统计表或指标", re.compile(r"指标|统计表|数据统计|统计数据|报表$|一览表")),
    ("指南、目录或制度", re.compile(r"公开指南|公开目录|公开制度|公开条例|管理办法|暂行办法|实施办法")),
    ("说明", re.compile(r"说明$|的函$|情况说明")),
    ("其他报告", re.compile(r"预算|决算|审计报告|评估报告|政府工作报告|调研报告")),
)
_TRUNCATED = re.compile(r"(?:…+|\.{2,}|。。。)")
_NO_BODY = re.compile(r"^(?:本(?:机关|单位|部门|局|级|年度?)?|我\w|年度|的|各\w*|有关\w*|\d*)$")
_SENTENCE = re.compile(r"[。；;！!？?]|[，,].*[，,]")
_AFTER_BODY = re.compile(r"(?:年度|的|\(\)|关于(?:印发|发布|公布|公开|报送)?)+$")
_BEFORE_BODY = re.compile(r"^(?:年度|度)")
_MOST_BODY_CHARS = 60
_SITE = re.compile(r"[_|｜]|\s[-–—]+\s|--+|——")


class Verdict(StrEnum):
    """What a title says about its document."""

    REPORT = "report"
    OTHER = "other"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class TitleReading:
    """A title read: `title` without blanks, digits half-width; `reason` (Chinese) where not REPORT.

    `speaks_of_report`: its words name a report on information disclosure, whatever the verdict.
    """

    verdict: Verdict
    title: str
    organization: str | None = None
    year: int | None = None
    reason: str = ""
    speaks_of_report: bool = False


def tidy_title(text: str) -> str:
    """Return a title without blanks, line breaks and heading marks, digits half-width."""
    return _MARKUP.sub("", text).translate(_WIDE_DIGITS)


def read_title(text: str) -> TitleReading:
    """Read a title by the grammar above."""
    title = tidy_title(text)
    years, bare = _take_years(half_width(title))
    year = next(iter(years)) if len(years) == 1 else None
    core = _find_core(bare)
    if core is None:
        return _without_core(title, bare, year)
    body, suffix = _body_of(bare, core), bare[core.end() :].strip('》"”')
    letter = _LETTER.match(bare) is not None
    reason = "" if letter else _other_kind(bare[: core.start()], suffix)
    if reason:
        return TitleReading(Verdict.OTHER, title, body, year, reason, speaks_of_report=True)
    undecided = _doubt(bare, core, suffix, years)
    if undecided:
        return TitleReading(Verdict.UNDECIDED, title, body, year, undecided, speaks_of_report=True)
    return TitleReading(Verdict.REPORT, title.strip("《》"), body, year, speaks_of_report=True)


def read_page_title(text: str) -> TitleReading:
    """Read a title that may carry the site's name: `…年度报告_某某区人民政府`; the best part wins."""
    readings = [read_title(part) for part in (text, *_SITE.split(text)) if part.strip()]
    order = (Verdict.REPORT, Verdict.OTHER, Verdict.UNDECIDED)
    return min(readings, key=lambda reading: order.index(reading.verdict), default=read_title(text))


def years_named(text: str) -> frozenset[int]:
    """Return the years that a title names."""
    return _take_years(half_width(tidy_title(text)))[0]


def is_same_body(short: str, long: str) -> bool:
    """Tell whether one name is the other with parts left out: 住建局, 某县住房和城乡建设局.

    Both end alike: a government is not its office.
    """
    letters = iter(long)
    return short[-1:] == long[-1:] and all(letter in letters for letter in short)


def _take_years(title: str) -> tuple[frozenset[int], str]:
    """Return the years named and the title with `@` in the place of each."""
    numeric = _CHINESE_YEAR.sub(lambda match: match[0].translate(_DIGITS), title)
    years = frozenset(int(y) for y in _YEAR.findall(numeric) if FIRST_YEAR <= int(y) <= LAST_YEAR)
    return years, _YEAR.sub("@", numeric)


def _find_core(bare: str) -> re.Match[str] | None:
    """Return the last core: 伊宁县政府信息公开工作@报告 has its body before it."""
    return next(iter(reversed(list(_CORE.finditer(bare)))), None)


def _body_of(bare: str, core: re.Match[str]) -> str | None:
    before = bare[: core.start()].replace("@", "").strip('《》“”"、，,:：—-·')
    before = _LEAD.sub("", _LEAD.sub("", before)).strip('《》“”"、，,:：—-·')
    before = _AFTER_BODY.sub("", before)
    before = _BEFORE_BODY.sub("", before)
    if before.endswith("人民") and core["subject"].startswith("政府"):
        before += "政府"
    plausible = 2 <= len(before) <= _MOST_BODY_CHARS and not _SENTENCE.search(before)
    return before if plausible and not _NO_BODY.match(before) and "…" not in before else None


def _other_kind(before: str, suffix: str) -> str:
    for name, pattern in _OTHER_KINDS:
        body_word = name in ("说明", "其他报告", "统计表或指标")
        if pattern.search(suffix) or (not body_word and pattern.search(before)):
            return f"标题表明这是{name}"
    return ""


def _doubt(bare: str, core: re.Match[str], suffix: str, years: frozenset[int]) -> str:
    if _TRUNCATED.search(bare):
        return "标题不完整"
    if _LETTER.match(bare):
        return "标题是报送报告的函"
    if core["kind"].endswith("总结"):
        return "标题是工作总结，不是年度报告"
    if not _SUFFIX.match(suffix):
        return f"标题在“报告”之后还有“{suffix[:20]}”"
    if _SENTENCE.search(bare[: core.start()]):
        return "标题像一句话"
    yearly = years or "年" in core["middle"] + core["kind"] or "年度" in bare
    if not yearly:
        return "标题没有年份，也没有“年度”"
    if core["subject"] == "政务公开":
        return "标题是政务公开报告，不是政府信息公开报告"
    return ""


def _without_core(title: str, bare: str, year: int | None) -> TitleReading:
    for name, pattern in _OTHER_KINDS:
        if pattern.search(bare):
            return TitleReading(Verdict.OTHER, title, None, year, f"标题表明这是{name}")
    truncated = _TRUNCATED.search(bare)
    body = None
    if truncated and "信息公开" in bare:
        cut = re.split(r"@|政府信息公开|政务信息公开|信息公开", bare)[0]
        body = cut if len(cut) >= 2 else None
    reason = "标题不完整" if truncated else "标题不是年度报告的标题"
    return TitleReading(Verdict.UNDECIDED, title, body, year, reason)
