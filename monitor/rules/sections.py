"""The six sections: there, in order, not empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.finding import Evidence, Severity
from monitor.rules.context import FIRST_YEAR_OF_TABLES, RuleContext
from monitor.rules.official import FORM_2021, NUMERALS, TABLES, forms, section_of, section_title
from monitor.rules.outcome import Outcome, cannot_tell, fails
from monitor.rules.registry import rule

_BASIS = "《政府信息公开条例》第五十条；国办公开办函〔2021〕30号、〔2019〕60号所附格式"
_SUBHEADING = re.compile(
    r"^[\s#]*[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*(?:工作)?(?:中)?(?:存在的?(?:主要)?问题|主要问题|改进|下一步|整改|主动公开|"
    r"依申请公开|政府信息管理|(?:政府信息公开)?平台建设|监督保障|(?:政府)?信息(?:公开)?处理费|其他)[^。；;，,：:]{0,12}$"
)
"""A line that only announces what should follow."""
_NUMBERED_LINE = re.compile(
    r"^[# ]*(?P<numeral>[一二三四五六七八九十]{1,2})[、.．](?P<title>[^\n\t]{2,40})$", re.MULTILINE
)
_SHORT_LINE = re.compile(r"^[ \u3000]*[一-龥、]{2,14}$", re.MULTILINE)
"""A line of words alone, as titles without a numeral are."""
LEAST_TITLES = 3
"""With fewer of the form's titles a report may have titles of its own, and nothing is known to be missing."""
IMAGE_CODES = frozenset({"text_as_image", "tables_as_image"})
UNREAD_CODES = frozenset({"text_as_image", "scan"})
"""Problems of a reader: parts of the document are pictures, and nothing is known of what they say."""


@rule(
    "structure.section-missing",
    "六个部分齐全",
    Severity.ERROR,
    basis=_BASIS,
    since=FIRST_YEAR_OF_TABLES,
)
def missing_sections(context: RuleContext) -> Iterator[Outcome]:
    """条例第五十条列举年度报告应当包括的内容; 统一格式把它们分为六个部分."""
    there = {section.number for section in context.report.sections if section.number}
    if len(there) == len(NUMERALS):
        return
    if not there:
        yield cannot_tell("没有读到任何一个部分的标题，也许只是附表，也许读取有误，无法判断。")
        return
    if len(there) < LEAST_TITLES:
        read = "、".join(NUMERALS[number] for number in sorted(there))
        message = f"六个部分的标题只认出第{read}部分，其余各部分也许用了别的标题，无法判断。"
        yield cannot_tell(
            message, *(Evidence(raw=item.heading) for item in context.report.sections if item.number)
        )
        return
    unread = next((item.detail for item in context.report.problems if item.code in UNREAD_CODES), "")
    headings = tuple(Evidence(raw=item.heading) for item in context.report.sections if item.heading)
    for number in sorted(NUMERALS.keys() - there):
        title = section_title(number)
        other = _title_in_place(context, number)
        if unread:
            yield cannot_tell(f"没有读到第{NUMERALS[number]}部分“{title}”；{unread}，无法判断。", *headings)
        elif other:
            message = f"第{NUMERALS[number]}部分的位置上是“{other}”，不能确定它是不是“{title}”。"
            yield cannot_tell(message, Evidence(raw=other))
        else:
            yield fails(f"缺少第{NUMERALS[number]}部分“{title}”。", *headings, expected=title)


def _title_in_place(context: RuleContext, number: int) -> str:
    """Return the one line of the part before that may be a part's title: 六、附则, or in words 其他事项."""
    before = [section for section in context.report.sections if (section.number or 0) < number]
    text = before[-1].text if before else ""
    numbered = [match for match in _NUMBERED_LINE.finditer(text) if match["title"][-1] not in "。；"]
    if numbered:
        is_alone = len(numbered) == 1 and numbered[0]["numeral"] == NUMERALS[number]
        return numbered[0].group().strip("# ") if is_alone else ""
    signs = forms()[FORM_2021].sections[number - 1].signs
    short = [line for line in _SHORT_LINE.findall(text) if any(sign in line for sign in signs)]
    return short[0].strip() if len(short) == 1 and number > 1 else ""


@rule(
    "structure.section-order",
    "六个部分按规定的顺序编排",
    Severity.WARNING,
    basis=_BASIS,
    since=FIRST_YEAR_OF_TABLES,
)
def section_order(context: RuleContext) -> Iterator[Outcome]:
    """统一格式规定六个部分依次为: 总体情况、主动公开、收到和处理申请、复议诉讼、问题及改进、其他事项."""
    first_seen = list(dict.fromkeys(_numbers_in_order(context)))
    if first_seen != sorted(first_seen):
        headings = tuple(Evidence(raw=item.heading) for item in context.report.sections if item.number)
        found = "、".join(NUMERALS[number] for number in first_seen)
        right = "、".join(NUMERALS[number] for number in sorted(first_seen))
        yield fails(f"各部分的顺序是{found}，应为{right}。", *headings, expected=right, actual=found)
        return
    for number, written, evidence in _wrong_numerals(context):
        title = section_title(number)
        message = f"“{title}”的序号写作“{written}”，应为“{NUMERALS[number]}”。"
        yield fails(message, evidence, expected=NUMERALS[number], actual=written)


@rule(
    "structure.section-empty",
    "各部分都有内容",
    Severity.WARNING,
    basis=_BASIS,
    since=FIRST_YEAR_OF_TABLES,
)
def empty_sections(context: RuleContext) -> Iterator[Outcome]:
    """条例第五十条要求报告的内容, 没有发生的也应说明; 第二至第四部分缺表另有规则."""
    of_tables = {section_of(table) for table in TABLES}
    pictured = any(problem.code in UNREAD_CODES for problem in context.report.problems)
    for number in NUMERALS.keys() - of_tables:
        parts = [section for section in context.report.sections if section.number == number]
        if parts and not any(_has_content(part.text) for part in parts):
            if pictured:
                yield cannot_tell(f"“{section_title(number)}”没有读到文字，原件含有图片，无法判断。")
            else:
                yield fails(f"“{section_title(number)}”没有内容。", Evidence(raw=parts[0].heading))


def _wrong_numerals(context: RuleContext) -> Iterator[tuple[int, str, Evidence]]:
    """Yield the official headings whose own numeral is another, where the text shows it plainly."""
    if context.text is None:
        return
    numbers = {
        (item.mark, "".join(item.heading.split())): item.number
        for item in context.report.sections
        if item.number
    }
    for match in _NUMBERED_LINE.finditer(context.text.text):
        number = numbers.get((match["numeral"], "".join(match["title"].split())))
        if number and match["numeral"] != NUMERALS[number]:
            yield number, match["numeral"], Evidence(raw=match.group().strip("# "), span=match.span())


def _numbers_in_order(context: RuleContext) -> Iterator[int]:
    """Yield the sections' numbers as they stand; a sub-heading (1.) that a section has too (三、) is none."""
    numbered = [(section.number, section.mark) for section in context.report.sections if section.number]
    whole = {number for number, mark in numbered if not mark.isdigit()}
    return (number for number, mark in numbered if not (mark.isdigit() and number in whole))


def _has_content(text: str) -> bool:
    return any(line.strip() and not _SUBHEADING.match(line) for line in text.splitlines())
