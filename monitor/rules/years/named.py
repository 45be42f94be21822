"""Phrases that can only name the report's own year: its period, its publication, the work it tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.rules.prose.numerals import chinese_number
from monitor.rules.prose.sentences import Sentence

YEAR = r"(?P<year>\d{4}|二[〇零]{1}[一二][〇零一二三四五六七八九])"
_BODY = r"[^。；，、《》\d]{0,24}?"
_ANCHORED = (
    re.compile(
        rf"(?:统计(?:数据)?(?:的)?(?:期限|时限|时间|时段|区间|周期|口径|范围)|数据(?:的)?(?:统计|口径|区间|时限|时间|起止|截取|期限|范围|核定|采集)|所列数据)[^。；《]{{0,20}}?{YEAR}年1月1日"
    ),
    re.compile(
        rf"(?:统计|数据|报告)[^。；《]{{0,30}}?(?<!\d){YEAR}年1月1日(?:0时)?起?，?"
        r"(?:至|到|—|-|~|～)(?:当年|同年|(?P=year)年)?12[月年]31日"
    ),
    re.compile(
        rf"(?:现(?:面)?(?:向社会)?(?:公众)?(?:将|就|公布|发布|公开|编制)|特(?:此|向社会)?(?:编制|公布|发布)|编制本)[^。；，、》]{{0,14}}?《?[^。；，、《》\d]{{0,24}}"
        rf"{YEAR}年度?{_BODY}(?:政府|政务)信息(?:公开|(?=工作))(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)(?!格式|模板|的通知)"
    ),
    re.compile(
        rf"现将[^。；，《\d]{{0,20}}{YEAR}年度?{_BODY}(?:政府|政务)信息公开(?:工作)?(?:有关|开展)?(?:的)?情况(?:报告|公布|汇报)"
    ),
    re.compile(
        rf"[将把][^。；，《\d]{{0,24}}{YEAR}年度?{_BODY}信息公开(?:工作)?(?:有关|开展)?的?情况(?:向[^，。；]{{1,8}})?(?:作个?|简要)?(?:报告|公布|汇报|说明|介绍)(?:一下|如下)"
    ),
    re.compile(
        rf"(?:涵盖|反映|起止时间(?:为)?：?)(?:自|从)?{YEAR}年1月1日起?(?:至|到|—|-|~|～)(?:(?P=year)年)?12月31日"
    ),
    re.compile(
        rf"对[^。；，、《》\d]{{0,16}}{YEAR}年度?[^。；，《》\d]{{0,16}}(?:工作|情况)[^。；，]{{0,6}}(?:总结|梳理|汇总)，?"
        r"[^。；]{0,10}(?:形成|编制|撰写)"
    ),
    re.compile(
        rf"编制了?(?:[^。；，、《》\d]{{0,20}})?《?[^。；，、《》\d]{{0,24}}{YEAR}年度?{_BODY}(?:政府|政务)信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)》?"
        r"，?(?:现|特|并|予以|向社会|同步|以便|供)"
    ),
    re.compile(rf"(?:统计|所列|使用|各项)的?数据的?(?:自|从|为|：)?{YEAR}年1月1日"),
    re.compile(rf"数据(?:自|从){YEAR}年1月1日"),
    re.compile(rf"(?:统计|数据)[^。；《\d]{{0,12}}(?:截[止至]|核定)[^。；《\d]{{0,8}}{YEAR}年12月31日"),
    re.compile(rf"(?:编制|形成)[了本]?{YEAR}年度(?:工作)?(?:报告|年报)，?(?:现|予以|并)"),
    re.compile(
        rf"统计(?:数据)?(?:的)?(?:期限|时限|时间|时段|区间|周期|口径|范围)(?:为|是|：)?{YEAR}年(?:全年|度)"
    ),
    re.compile(rf"^本年度（{YEAR}年1月1日"),
    re.compile(
        rf"编制了?(?:自|从)?{YEAR}年1月1日起?(?:至|到|—|-|~|～)[^。；，]{{0,20}}(?:政府|政务)信息公开"
    ),
    re.compile(
        rf"结合[^，。；、《》\d]{{0,18}}{YEAR}年(?:度)?[^。；，]{{0,16}}(?:实际|工作情况)[^。；]{{0,20}}(?:编制|撰写)"
    ),
)
"""Phrases that can only name the report's own year."""
_IN_PREFACE = (
    re.compile(
        rf"(?:公布|发布|公开|编制)[^。；，、《》\d]{{0,10}}《?[^。；，、《》\d]{{0,24}}{YEAR}年度?{_BODY}(?:年度)?(?:工作)?(?:报告|年报)》?(?:如下)?[。：]?$"
    ),
    re.compile(
        rf"(?:编制|撰写|形成)[了本]?{YEAR}年度?(?:工作)?(?:报告|年报)(?![^，。；]{{0,10}}(?:通知|要求|规定|部署|培训|》))"
    ),
    re.compile(
        rf"(?:^|，)《?[^，。；《》\d]{{2,24}}{YEAR}年度?(?:政府|政务)信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)》?(?:（(?:以下|下)?简?称[^）]*）)?(?:是|系)?(?:由|根据|依据|按照|已经|现予)"
    ),
)
"""Before the first section only the report itself is published; later it may be last year's."""
_PERIOD_OF_PREFACE = re.compile(
    rf"(?<!\d){YEAR}年1月1日(?:[0零]时)?(?:起算|开始|起统计|[起始])?，?(?:截?[至到止]|—|-|~|～|和|与)(?:20\d\d年|当年|同年)?12月31日"
)
_WORK_OF_PREFACE = re.compile(
    rf"(?<!\d){YEAR}年度?[^。；，、《》\d]{{0,24}}(?:(?:政府|政务)信息公开(?:工作)?|(?<=年)工作)的?(?:总体|主要|有关|开展|进展)?(?:情况|实际|工作(?!年度|报告|年报|情况))"
    r"(?![^。；，]{0,20}(?:通知|通报|问题|要求|格式|函|意见|部署|会议|要点|方案|考核|评估|基础|相比))"
)
"""Before the first section periods and work are those of the report's year."""
_MADE = re.compile(
    rf"(?<!关于)(?<!做好)(?<!已)(?:编制|制定|制作|撰写|形成|编写)了?《?[^。；，、《》\d的]{{0,24}}{YEAR}年度?"
    r"(?:政府|政务)信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)》?(?=如下|[，。；]|$)"
)
"""Before the first section the report that was made is this one, unless its own year is named beside it."""
_CITED = re.compile(r"(?:关于|做好|印发|根据|按照|依据|对照|落实)[^，。；《》]{0,30}$")
"""What is done because of a notice, which may be about another year."""
_OF_PREFACE = (*_IN_PREFACE, _PERIOD_OF_PREFACE, _WORK_OF_PREFACE, _MADE)
_END_OF_PERIOD = re.compile(r"(?:[至到和与]|—|-|~|～)(?P<year>\d{4})年12月31日")
_BACKWARD = re.compile(
    r"(?<!\d)(?P<year>20\d\d)年\d{1,2}月\d{1,2}日起?(?:至|到|—|-|~|～)(?P<until>20\d\d)年\d{1,2}月\d{1,2}日"
)
"""A stretch of time; one of its years is wrong where it ends before it begins."""
LAST_YEARS = re.compile(
    r"上(?:一)?年|去年|往年|历年|此前|以前|上一?年度|整改|问题|不足|基础上|以来|对比|较(?![好大强为高多快])|比(?![例重如])"
)
_OWN_REPORT_BEHIND = re.compile(r"，现[^，。；\d]{0,16}(?P<year>20\d\d)年[^，。；\d]{0,30}(?:报告|年报)")
"""已按时编制2023年……报告，现公布2024年度报告: the first was made last year."""
_MOST_PERIOD = 40
_WORDS_BEFORE = 12


def named_years(sentence: Sentence, year: int | None) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, year) of the phrases that must name the report's year."""
    if "年" not in sentence.text:
        return
    seen: set[int] = set()
    for pattern in _ANCHORED if sentence.section else (*_ANCHORED, *_OF_PREFACE):
        for match in pattern.finditer(sentence.text):
            start, end = match.span("year")
            named = number_of_year(match["year"])
            before = sentence.text[max(0, start - _WORDS_BEFORE) : start]
            if pattern in (_WORK_OF_PREFACE, _MADE) and _may_be_of_another_year(sentence.text, start, year):
                continue
            if named is None or start in seen or LAST_YEARS.search(before):
                continue
            published = _OWN_REPORT_BEHIND.search(sentence.text, end)
            if published and int(published["year"]) == year:
                continue
            seen.add(start)
            yield match.start(), match.end(), named
            ending = _END_OF_PERIOD.search(sentence.text, end, end + _MOST_PERIOD)
            if ending and int(ending["year"]) != named:
                yield ending.start("year"), ending.end(), int(ending["year"])
    for match in _BACKWARD.finditer(sentence.text) if "日" in sentence.text else ():
        begun, ended = int(match["year"]), int(match["until"])
        if ended < begun and match.start() not in seen:
            yield match.start(), match.end(), begun if begun != year else ended


def _may_be_of_another_year(text: str, start: int, year: int | None) -> bool:
    """Tell whether work named in the preface is a notice's, or told beside the report's own year."""
    return bool(_CITED.search(text, 0, start) or re.search(rf"{year}年(?!\d{{1,2}}月)", text))


def number_of_year(text: str) -> int | None:
    """Return the year that is written in digits or in words."""
    return int(text) if text.isdecimal() else chinese_number(text)
