"""The words of the pages: labels of every code that the public copy holds, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from config.clock import SHANGHAI

Labels: TypeAlias = dict[str, tuple[str, str]]

STANDINGS: Labels = {
    "published": ("按期公布", "Published"),
    "late": ("逾期公布", "Late"),
    "not_published": ("逾期未公布", "Not published"),
    "withdrawn": ("已撤下", "Withdrawn"),
    "cannot_tell": ("无法判定", "Cannot tell"),
    "upcoming": ("期限将至", "Due soon"),
    "not_due": ("未到期限", "Not due"),
    "archived": ("已收录", "Archived"),
    "unconfirmed": ("待核实", "To be confirmed"),
    "not_examined": ("尚未查看", "Not examined yet"),
}
"""In the order in which they are always shown."""
STANDING_MARKS = {
    "published": "✓", "late": "迟", "not_published": "缺", "withdrawn": "撤", "cannot_tell": "?",
    "upcoming": "…", "not_due": "·", "archived": "✓",
    "unconfirmed": "核", "not_examined": "",
}  # fmt: skip
KINDS: Labels = {
    "province_government": ("省级政府", "Province"),
    "city_government": ("市级政府", "City"),
    "county_government": ("县级政府", "County"),
    "government_office": ("政府办公厅（室）", "Government office"),
    "department": ("政府部门", "Department"),
    "township": ("乡镇", "Township"),
    "subdistrict": ("街道", "Subdistrict"),
    "development_zone": ("开发区", "Development zone"),
    "authorised_organisation": ("授权组织", "Authorised organisation"),
    "": ("未归类", "Other"),
}
SEVERITIES: Labels = {
    "error": ("错误", "Error"), "warning": ("警示", "Warning"), "info": ("提示", "Note"),
}  # fmt: skip
FORMATS: Labels = {
    "2021": ("2021 年格式（国办公开办函〔2021〕30号）", "2021 form"),
    "2019": ("2019 年格式（国办公开办函〔2019〕60号）", "2019 form"),
    "mixed": ("两种格式混用", "Both forms mixed"),
    "unknown": ("非全国统一格式", "Not a national form"),
}
ROLES: Labels = {"article": ("正文页", "Page"), "attachment": ("附件", "Attachment")}
MEDIA_TYPES = {
    "text/html": "HTML", "application/pdf": "PDF", "text/plain": "TXT", "application/msword": "DOC",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.ms-excel": "XLS", "application/zip": "ZIP", "application/rtf": "RTF",
    "application/ofd": "OFD",
}  # fmt: skip
NUMERALS = "〇一二三四五六"


@dataclass(frozen=True, slots=True)
class Words:
    """What templates ask for words: the language is the visitor's."""

    language: str

    def say(self, chinese: str, english: str) -> str:
        """Return the text in the visitor's language."""
        return english if self.language == "en" else chinese

    def label(self, labels: Labels, code: str | None) -> str:
        """Return the label of a code, the code itself where there is none."""
        pair = labels.get(code or "")
        return self.say(*pair) if pair else (code or "")

    def template_variables(self) -> dict[str, Any]:
        """Return the functions that every template may call."""
        named: dict[str, Callable[..., str]] = {
            "standing_label": lambda code: self.label(STANDINGS, code),
            "kind_label": lambda code: self.label(KINDS, code),
            "severity_label": lambda code: self.label(SEVERITIES, code),
            "format_label": lambda code: self.label(FORMATS, code),
            "role_label": lambda code: self.label(ROLES, code),
        }
        return {"say": self.say, "lang": self.language, "standing_marks": STANDING_MARKS, **named}


def titled(row: Mapping[str, Any]) -> str:
    """Return the title of a report; one without a title is called by its body and year."""
    if row.get("title"):
        return str(row["title"])
    name = row.get("name") or row.get("organization") or row.get("body") or ""
    return f"{name}{row.get('year') or ''}年度报告"


def local_time(stamp: str | None) -> str:
    """Write a stored instant as Chinese time, to the minute."""
    if not stamp:
        return ""
    return datetime.fromisoformat(stamp).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def local_day(stamp: str | None) -> str:
    """Write a stored instant as the day in China."""
    return local_time(stamp)[:10]


def media_name(media_type: str | None) -> str:
    """Return the short name of a file type."""
    return MEDIA_TYPES.get((media_type or "").split(";")[0].strip(), media_type or "")


def grouped(number: float | None) -> str:
    """Write a number with thousands apart, as people read it; empty for None."""
    return "" if number is None else f"{number:,}"
