"""Prose: the numbers of the notices that every report cites are written rightly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.finding import Severity
from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome, fails
from monitor.rules.prose.sentences import sentences
from monitor.rules.registry import rule

_OPEN = "〔【[［（(〖「『﹝"
_CLOSE = "〕】]］）)〗」』﹞"
_YEARS_OF_NOTICES = {
    ("国办公开办函", "30"): "2021",
    ("国办公开办函", "60"): "2019",
    ("国办公开办函", "61"): "2019",
    ("国办公开办函", "201"): "2016",
    ("国办函", "109"): "2020",
}
"""What annual reports cite: both formats, the platform standard, the replies of 2016, the fee rules."""
_TITLES = (
    ("国办公开办函", "2021", "30", re.compile(r'年度报告格式[》〉>”"的通知（(]*$')),
    ("国办函", "2020", "109", re.compile(r'信息处理费管理办法[》〉>”"的通知（(]*$')),
)
"""What the notices are about, right before their number."""
_CITATION = re.compile(
    rf"(?P<series>国办公开办函|国办函)[{re.escape(_OPEN)}](?P<year>\d{{4}})年?[{re.escape(_CLOSE)}]第?(?P<number>\d{{1,3}})号"
)
_MISSPELT = re.compile(r"国办公开办(?:涵|函件|发)|国办(?:涵)|国务院公开办函|国办公开函|国公开办函")
_BROKEN = re.compile(
    rf"(?:国办公开办函|国办函)(?:[{re.escape(_OPEN)}]\d{{5,}}(?:号|年?[{re.escape(_CLOSE)}])|[{re.escape(_OPEN)}]\d{{4}}(?!\d|年?[{re.escape(_CLOSE)}])"
    rf"|\d{{4}}[{re.escape(_CLOSE)}])"
)

_DECREE = re.compile(
    r"政府信息公开条例》?[（，、]?(?:中华人民共和国)?(?:国务院令?|国令)(?:令)?[，、]?第?(?P<number>\d{3})号"
)
_DECREES = ("711", "492")
"""The regulation as it is in force, and as it was before 15 May 2019."""


@rule(
    "narrative.document-number",
    "引用的文号书写正确",
    Severity.INFO,
    basis="《党政机关公文格式》GB/T 9704—2012（发文字号由机关代字、年份、序号组成）",
)
def document_numbers(context: RuleContext) -> Iterator[Outcome]:
    """发文字号由机关代字、年份、序号组成; 只查各报告都引用的几个文号, 括号的样式不计较."""
    for sentence in sentences(context):
        text = sentence.text
        for match in (*_MISSPELT.finditer(text), *_BROKEN.finditer(text)):
            evidence = sentence.evidence(context, match.start(), match.end() + 6)
            yield fails(f"文号“{evidence.raw}”书写有误。", evidence, actual=evidence.raw)
        for match in _DECREE.finditer(text) if "令" in text else ():
            if match["number"] not in _DECREES:
                evidence = sentence.evidence(context, match.start("number") - 1, match.end())
                message = f"《政府信息公开条例》是国务院令第711号，文中写作“{evidence.raw}”。"
                yield fails(message, evidence, expected="第711号", actual=evidence.raw)
        for match in _CITATION.finditer(text):
            expected = _right_number(text[: match.start()], match)
            if expected:
                evidence = sentence.evidence(context, match.start(), match.end())
                message = f"文号“{evidence.raw}”应为“{expected}”。"
                yield fails(message, evidence, expected=expected, actual=evidence.raw)


def _right_number(before: str, match: re.Match[str]) -> str | None:
    """Return how a notice is to be cited, where it is cited wrongly: known by its number or by its title."""
    series, cited = match["series"], (match["year"], match["number"])
    year = _YEARS_OF_NOTICES.get((series, match["number"]))
    if year is not None:
        return f"{series}〔{year}〕{match['number']}号" if year != match["year"] else None
    for of_series, year, number, title in _TITLES:
        if of_series == series and (year, number) != cited and title.search(before):
            return f"{series}〔{year}〕{number}号"
    return None
