"""What the title of a link or page says: is it an annual report, whose, of which year.

The document itself is the authority (extract); a title is evidence for what was not fetched or could
not be read. It is strict: a 解读 or a 政府网站工作年度报表 is never taken for a report.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_REPORT = re.compile(
    r"(?P<lead>.*?)(?:政府|政务)?信息公开.{0,16}?(?:年度?工作报告|年度报告|年报|工作报告)(?P<after>.*)"
)
_OTHER_BEFORE = re.compile(r"解读|图解|问答|一图|做好|通知|编制|报送|填报|法治政府|网站")
_OTHER_AFTER = re.compile(
    r"解读|图解|问答|报表|季度|半年|方案|通知|通报|指南|目录|要点|计划|评估|填报|编制|培训|模板|格式|流程|规定"
    r"|办法|专栏|汇总|统计|会议|征集|意见|说明"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*(?:年度?)?")
_CHINESE_YEAR = re.compile(r"二[〇○零ＯO0][〇○零ＯO0一二三][〇○零ＯO0一二三四五六七八九](?=年)")
_DIGITS = str.maketrans("〇○零ＯO一二三四五六七八九", "00000123456789")
_DECORATION = re.compile(r"[《》“”\"'\[\]【】]|^(?:关于|公布|发布)+|(?:关于|公布|发布|的|：|:)+$")
_AFTER = re.compile(r"\.(?:pdf|docx?|wps|ofd|html?|zip|rar|rtf|xlsx?)$", re.IGNORECASE)
_MOST_CHARS = 90


@dataclass(frozen=True, slots=True)
class LinkTitle:
    """A title read: `organization` may be empty, `year` None, where the title leaves them out."""

    is_report: bool
    organization: str = ""
    year: int | None = None


def read_link_title(text: str | None) -> LinkTitle:
    """Read the title of a link, page or file."""
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))
    bare = _AFTER.sub("", bare)
    match = _REPORT.search(bare)
    year = _year(bare)
    if match is None or len(bare) > _MOST_CHARS or _is_other(match["lead"], match["after"]):
        return LinkTitle(False, "", year)
    return LinkTitle(True, _organization(match["lead"]), year)


def says_other_paper(text: str | None) -> bool:
    """Tell whether a title names something that is not a report (解读, 图解, 问答 ...)."""
    return bool(_OTHER_BEFORE.search(text or ""))


def _is_other(lead: str, after: str) -> bool:
    return bool(_OTHER_BEFORE.search(lead) or _OTHER_AFTER.search(after))


def _year(text: str) -> int | None:
    years = {int(item) for item in _YEAR.findall(text)}
    if not years and (chinese := _CHINESE_YEAR.search(text)):
        years = {int(chinese.group().translate(_DIGITS))}
    return years.pop() if len(years) == 1 else None


def _organization(lead: str) -> str:
    """Take the year and the decoration off what stands before 政府信息公开."""
    rest = _CHINESE_YEAR.sub("", _YEAR.sub("", lead))
    rest = re.sub(r"^年度?|年度?$", "", rest)
    previous = None
    while previous != rest:
        previous, rest = rest, _DECORATION.sub("", rest)
    return rest
