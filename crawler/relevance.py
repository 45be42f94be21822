"""A light, over-inclusive look at link titles: which are worth a request.

Theory. Extraction decides what is a report; here a title only has to be a possible one. Left out is
what says of itself that it is something else with the same words: readings (解读), charts, the
parallel 政府网站工作年度报表, reports on the rule of law, notices about compiling reports.
"""

from __future__ import annotations

import re
import unicodedata

OLDEST_YEAR, NEWEST_YEAR = 2008, 2099

_BLANK = re.compile(r"\s+")
_POSSIBLE = re.compile(
    r"公开.{0,12}(?:年度?(?:工作)?报告|年报|工作报告)"
    r"|年度?.{0,20}公开.{0,12}(?:报告|年报)"
    r"|公开年度"
    r"|年报|^年度(?:工作)?报告"
)
_OTHER = re.compile(
    r"解读|图解|图说|一图|看懂|问答|说明会|发布会|报表|网站工作|网站年度|法治政府|依法行政|依法治"
    r"|半年|季度|上半年|月报|绩效|审计|预算|决算|统计公报|企业年报|工商|年报公示|财务|社会责任|环境"
    r"|(?:做好|编制|编写|报送|开展|组织|加强).{0,30}(?:通知|方案|要求|提示|培训)|通知$|培训|模板|格式|样本"
)
_COLUMN = re.compile(
    r"^(?:[\u4e00-\u9fff、()]{0,8}?)(?:政府)?(?:信息|政务)?公开(?:工作)?(?:年度(?:工作)?报告|年报)(?:专栏|目录|汇总)?$"
    r"|^(?:[\u4e00-\u9fff、()]{0,6})(?:年度报告|年报)(?:专栏|目录|汇总)?$"
)
_ORGANISATION = re.compile(r"[局厅委办院署校会]|人民政府|中心|公司")
_YEAR_FOLDER = re.compile(r"^(20\d{2})(?:年|年度)?$")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_CHINESE_YEAR = re.compile(r"二[〇○零ＯO0]([〇○零ＯO0一二三四五六七八九])([〇○零ＯO0一二三四五六七八九])年")
_DIGITS = {**dict.fromkeys("〇○零ＯO0", 0), **{char: n for n, char in enumerate("一二三四五六七八九", 1)}}


def tidy(title: str) -> str:
    """Return a title without blanks, with half-width digits and brackets."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", title))


def could_be_report(title: str) -> bool:
    """Tell whether something with this title may be an annual report."""
    words = tidy(title)
    return bool(_POSSIBLE.search(words)) and not is_clearly_other(words)


def is_clearly_other(title: str) -> bool:
    """Tell whether a title says that it is not a report, although it has the same words."""
    return bool(_OTHER.search(tidy(title)))


def is_column(title: str) -> bool:
    """Tell whether a title is rather the name of an annual-report column than of one report."""
    words = tidy(title)
    return bool(_COLUMN.match(words)) and not _ORGANISATION.search(words) and not is_clearly_other(words)


def year_folder(title: str) -> int | None:
    """Return the year that a link such as 2024年 or 2024年度 stands for, or None."""
    match = _YEAR_FOLDER.match(tidy(title))
    return int(match.group(1)) if match else None


def years_named(title: str) -> tuple[int, ...]:
    """Return the report years that a title names, in its order, in Arabic or Chinese digits."""
    words = tidy(title)
    years = [int(year) for year in _YEAR.findall(words)]
    years += [2000 + 10 * _DIGITS[tens] + _DIGITS[ones] for tens, ones in _CHINESE_YEAR.findall(words)]
    return tuple(dict.fromkeys(year for year in years if OLDEST_YEAR <= year <= NEWEST_YEAR))


def is_wanted(title: str, year: int) -> bool:
    """Tell whether a title names this report year, or no year at all."""
    years = years_named(title)
    return not years or year in years
