"""A light, over-inclusive look at link titles: which are worth a request.

Theory. Extraction decides what is a report. Here a title that the grammar of extract.titles calls a
report is followed, one that it calls another kind of page (解读, 图解, 政府网站工作年度报表) is not, and of
the undecided ones those that could be a report under a shortened or unusual title.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extract.labels import half_width
from extract.titles import Verdict, read_title, tidy_title
from extract.titles import years_named as years_of_title

TITLES_REMEMBERED = 4096
"""A navigation bar says the same on every page."""

_POSSIBLE = re.compile(
    r"公开.{0,12}(?:年度?(?:工作)?报告|年报|工作报告)|年度?.{0,20}公开.{0,12}(?:报告|年报)|公开年度|公开工作年"
    r"|(?<!企业)年报|^(?:20\d\d年?度?)?年度(?:工作)?报告"
)
_OTHER = re.compile(
    r"解读|图解|图说|一图|看懂|读懂|问答|发布会|报表|网站工作|网站年度|法治政府|依法行政|依法治|半年|季度|月报"
    r"|绩效|审计|预算|决算|统计公报|企业年报|工商|公示|财务|社会责任|环境"
    r"|(?:做好|编制|编写|报送|开展|组织|加强).{0,30}(?:通知|方案|要求|提示|培训)|培训|模板|格式|样本"
)
_EXPLANATION = re.compile(r"解读|图解|图说|一图|看懂|读懂|问答|模板|样表|填报说明")
_COLUMN = re.compile(
    r"^[\u4e00-\u9fff、()]{0,8}?(?:政府)?(?:信息|政务)?公开(?:工作)?(?:年度(?:工作)?报告|年报)(?:专栏|目录|汇总)?$"
    r"|^[\u4e00-\u9fff、()]{0,6}(?:年度报告|年报)(?:专栏|目录|汇总)?$"
)
_ORGANISATION = re.compile(r"[局厅委办院署校会]|人民政府|中心|公司")
_PART = re.compile(
    r"^(?:各|本|全|省|市|区|县|州|旗|盟)*[直级属]?(?:人民)?(?:政府)?(?:工作|组成|职能|直属|派出|所属|驻区|驻县|驻市)*"
    r"(?:部门|单位|机构|机关|委办局|企事业单位)?$"
    r"|^[各全]?[市区县]?(?:乡镇|镇街|街镇|街道|街|乡|镇|县市区|市县区|区县|县区|市县|园区|开发区|部门|[、()/和及与])+"
    r"(?:人民政府|政府|办事处|单位)?$"
    r"|^(?:公共)?企?事业单位$|^国有?企业?$|^[市区县]?本级(?:政府)?$|^[市区县]?政府办(?:公室)?$"
)
_BODY = re.compile(
    r"^[\u4e00-\u9fff、()]{1,24}(?:局|委|委员会|办|办公室|厅|院|署|中心|政府|街道|办事处|镇|乡|管委会|支队|大队|总队|公司)$"
)
_YEAR_FOLDER = re.compile(r"^(20\d{2})(?:年|年度)?$")
_YEAR_IN_BRACKETS = re.compile(r"[(\[〔【](20\d{2})[)\]〕】]")


@lru_cache(maxsize=TITLES_REMEMBERED)
def could_be_report(title: str) -> bool:
    """Tell whether something with this title may be an annual report."""
    if "报" not in title and "公开" not in title:
        return False
    verdict = _verdict(title)
    if verdict is not Verdict.UNDECIDED:
        return verdict is Verdict.REPORT
    words = _tidy(title)
    return bool(_POSSIBLE.search(words)) and not _OTHER.search(words)


@lru_cache(maxsize=TITLES_REMEMBERED)
def is_clearly_other(title: str) -> bool:
    """Tell whether a title says that it is not a report, although it may have the same words."""
    verdict = _verdict(title)
    if verdict is Verdict.REPORT:  # a bureau of audit, of finance or of the environment reports, too
        return False
    return verdict is Verdict.OTHER or bool(_OTHER.search(_tidy(title)))


def is_explanation(title: str) -> bool:
    """Tell whether a file beside a report is only about it: a reading, a chart, a template."""
    return bool(_EXPLANATION.search(_tidy(title)))


@lru_cache(maxsize=TITLES_REMEMBERED)
def is_column(title: str) -> bool:
    """Tell whether a title is rather the name of an annual-report column than of one report."""
    words = _tidy(title)
    return bool(_COLUMN.match(words)) and not _ORGANISATION.search(words) and not _OTHER.search(words)


@lru_cache(maxsize=TITLES_REMEMBERED)
def is_part_of_column(title: str) -> bool:
    """Tell whether a title names a kind of bodies (政府部门, 镇街), by which a column may be divided."""
    words = _tidy(title)
    return len(words) > 1 and bool(_PART.match(words))


@lru_cache(maxsize=TITLES_REMEMBERED)
def is_body_name(title: str) -> bool:
    """Tell whether a title could be the bare name of one body."""
    words = _tidy(title)
    return bool(_BODY.match(words)) and not _PART.match(words) and not _OTHER.search(words)


def year_folder(title: str) -> int | None:
    """Return the year that a link such as 2024年 or 2024年度 stands for, or None."""
    match = _YEAR_FOLDER.match(_tidy(title))
    return int(match.group(1)) if match else None


@lru_cache(maxsize=TITLES_REMEMBERED)
def years_named(title: str) -> tuple[int, ...]:
    """Return the report years that a title names, also as 二〇二四年 or (2024), in ascending order."""
    bracketed = {int(year) for year in _YEAR_IN_BRACKETS.findall(_tidy(title))}
    return tuple(sorted(years_of_title(title) | bracketed))


def is_wanted(title: str, year: int) -> bool:
    """Tell whether a title names this report year, or no year at all."""
    years = years_named(title)
    return not years or year in years


@lru_cache(maxsize=TITLES_REMEMBERED)
def _verdict(title: str) -> Verdict:
    return read_title(title).verdict


@lru_cache(maxsize=TITLES_REMEMBERED)
def _tidy(title: str) -> str:
    return half_width(tidy_title(title))
