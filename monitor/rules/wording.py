"""The title, and what a template or a covering letter left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.finding import Evidence, Severity
from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome, cannot_tell, fails
from monitor.rules.registry import rule

_REPORT_TITLE = re.compile(r"年度(?:工作)?报告|年报")
_SUBJECT = re.compile(r"信息公开|政务公开")
_OF_ARTICLE_55 = re.compile(r"(?:大学|学院|学校|[中小]学|幼儿园|医院|公司|集团)(?:关于)?\s*$")
_THEIR_TITLE = re.compile(r"20\d\d[^，。；]{0,8}信息公开(?:工作)?(?:年度)?(?:工作)?报告")
"""Article 55: schools, hospitals and companies report by the rules of their trade, which name no title."""
_HEADLINE = re.compile(
    r"[^，。；：！？]{0,30}20\d\d年[^，。；：！？]{0,12}(?:信息|政务)公开[^，。；：！？]{0,14}|"
    r"[^，。；：！？]{0,30}20\d\d年[^，。；：！？]{0,24}(?:总结|汇报|工作要点|实施方案|工作计划|(?<!年度)工作报告)"
)
_LETTER = re.compile(
    r"(?:根据|按照|按|依据|遵照|收到|报送|致|经)贵(?:办|局|室|中心|单位|科|处|委)(?!事处)|"
    r"贵(?:办|局|室|中心|单位|科|处|委)(?:《|关于|通知|要求|印发|下发|来函)"
)
_LETTER_TITLE = re.compile("(?:报送|呈报|上报|呈送|报请)[^，。；]*(?:函|报告|请示)$")
_ADDRESSED = re.compile(
    r"^[一-龥]{0,8}?(?:政府办(?:公[厅室])?|(?:政务|信息)公开(?:领导小组|工作)?办(?:公室)?)[：:]$",
    re.MULTILINE,
)
"""A letter begins with whom it is written to."""
LETTER_LENGTH = 300
"""Characters from the start within which a covering letter addresses its reader."""
_BLANK_BEFORE = "年月日件条次个份篇期元家场项人户处批轮"
_UNIT_AFTER = "年|月|日|件|条|次|篇|个|份|期|元|万元|局|委|办|镇|乡|街道|市|县|区|省|单位|部门|人民政府|同志"
_NAMELESS = (
    "诉|等人|先生|女士|不服|申请|提出|提起|向|与|同志|案|说|有约|"
    "村|小区|社区|地块|项目|路|公司|企业|楼|号|工程"
)
"""What names are made unreadable of in the same way as a template's blanks: 王××不服, ××小区."""
_ANY = r"[^（）()【】\[\]\n]"
_NOTES = (
    rf"{_ANY}{{0,16}}?(?:请|待){_ANY}{{0,6}}?(?:补充|填写|填报){_ANY}{{0,8}}",
    rf"{_ANY}{{0,16}}?(?:请{_ANY}{{0,6}}?|(?:需|须|待|应)(?:再|进一步)?)(?:核实|核对|确认|替换){_ANY}{{0,8}}",
    rf"{_ANY}{{0,10}}(?:(?:可|请|应|需)(?:以)?(?:删除|删去|删掉|不写|不填)|自行增减|酌情增减|自行补充|自行填写|自行添加|自行修改){_ANY}{{0,8}}",
    rf"(?:如|若)(?:没有|无|未){_ANY}{{0,14}}(?:请|可|则|就|应)(?:直接)?(?:填|写|注明|删){_ANY}{{0,8}}",
    rf"(?:如|若)?(?:没有|无)(?:则|的|此项|该项|相关内容|内容)?，?(?:请|可|就)?(?:填|写|删|不填|不写){_ANY}{{0,24}}",
    rf"{_ANY}{{0,16}}(?:需|应|须|请)与{_ANY}{{1,14}}一致",
    rf"{_ANY}{{0,10}}待(?:更新|补|定|核)",
    rf"(?:如|若)有{_ANY}{{0,6}}请{_ANY}{{0,6}}(?:说明|注明|填写|列明|补充|列出){_ANY}{{0,6}}",
    rf"列举{_ANY}{{1,8}}",
    rf"填{_ANY}{{1,8}}",
    rf"{_ANY}{{0,6}}(?:结合|根据|按照)(?:本|各|自身|工作)?(?:部门|单位|地|机关|镇|局)?实际(?:情况)?{_ANY}{{0,6}}(?:列举|填写|补充|增减|调整|撰写|修改|展开)",
    rf"{_ANY}{{0,10}}(?:不少于|不超过|不多于|控制在)\d+字",
    rf"{_ANY}{{0,6}}(?:此处|可|应)写{_ANY}{{1,12}}",
    rf"{_ANY}{{0,10}}\d+字(?:以内|左右|以上|以下|之内|内)",
    rf"(?:此处|此段|该处|本段|以上|以下){_ANY}{{0,12}}(?:与表{_ANY}{{0,6}}一致|根据|按照|参照|参考|改为|更新){_ANY}{{0,10}}",
)
"""What a template's author tells its users, in brackets."""
_RESIDUES = (
    r"请根据实际\S{0,12}?(?:填写|修改|填报|调整)",
    r"[（(](?:请|此处|可)\S{0,20}?(?:填写|填入|删除|补充|修改)\S{0,8}?[）)]",
    r"[（(][^（）()\n]{0,16}请(?:(?:删除|删去|列举|简述|概述)[^（）()\n]{0,8}|写明|注明)[）)]",
    r"[（(](?:填写|填入|输入|补充)[^（）()\d\n]{1,12}[）)]",
    r"[（(](?:此[段处节句条]|以[上下](?:内容)?|仅)?供?(?:仅供)?参考[）)]",
    r"[（(][^（）()\n]{0,10}(?:待(?:核实|补充|确认|定|填写?|完善)|需(?:核实|补充|确认))[）)]",
    r"(?<=[：:])\s*[xX×Ｘ]{2,}(?![A-Za-z0-9])",
    r"(?<=[“《])[XxＸ×]{2,}(?=[”》])",
    rf"(?<=[，。；]在)[XxＸ×]{{2,}}(?=[一-龥]{{2}})(?!{_NAMELESS})",
    r"(?<=[：:])\s*某{2,3}(?=[，。；、\s（(]|$)",
    r"此处(?:填写|填入|输入|插入)\S{0,10}",
    r"[（(][^（）()]{0,12}(?:宋体|仿宋|黑体|楷体)[^（）()]{0,12}[）)]",
    r"[（(][^（）()]{0,8}(?:小[一二三四五六]|[一二三四五六]号字)号?字?[^（）()]{0,8}[）)]",
    rf"(?<![A-Za-z0-9])[XxＸ×]{{2,}}(?=\s{{0,2}}(?:{_UNIT_AFTER}|次|项|场|人次|余|分(?!局|公司)|%|％|(?:[名人类批])(?=[，。；、（]|$)))",
    r"(?<=[，。；：、\n])[XxＸ×]{2,}(?=[一-龥【]{2})",
    rf"(?<=[一-龥】）])(?<![^一-龥】）][一-龥])(?<![人告民友工户主员商众客生长任记授][一-龥])[XxＸ×]{{2,}}(?=[一-龥，。；、（【])(?!{_NAMELESS})",
    rf"(?<=[一-龥])[#＃△□◇☆?？]{{2,}}(?=[万余多]{{0,2}}(?:{_UNIT_AFTER}|次|项|场|人|处|户|家|类|批))",
    r"(?<=[一-龥])\*{2,}(?=(?:条|件|篇|份|次|期|个|项|场|人|名|部|户|家|类|批|年|月|日|号)(?:[一-龥，。；、]|$))",
    rf"(?<=[一-龥])[（(\[【][ \u3000]{{0,12}}[）)\]】](?=(?:{_UNIT_AFTER}|项|期|次|场|人|户|家|类|批))",
    r"[（(][^（）()\n]{0,16}(?:发布|公布|上网|报送|定稿)(?:时|前|后)(?:请|应|需)?(?:删除|删去)[）)]",
    r"(?<=[一-龥])(?<!第)[XNYＸ×](?=(?:份|次|人次|件|条|篇|期|场|人|名|个|项)(?:[，。；、（×XNＸ共]|$))",
    rf"(?<![一-龥])某某(?=(?:{_UNIT_AFTER}))",
    r"(?<=[一-龥])某某(?=副?(?:主任|局长|镇长|乡长|县长|区长|市长|书记|科长|处长|厅长))",
    rf"(?<=[一-龥])N{{2,}}(?=(?:{_UNIT_AFTER}|次|项|场|人|家|户))",
    rf"(?<![名字章签_＿])[_＿]{{2,}}(?=[{_BLANK_BEFORE}次])",
    r"(?<=[一-龥])[_＿](?=[次件条个份篇期场家](?:[，。；、]|$))",
    r"(?<=[一-龥])(?<![名字章签])[_＿]{3,}(?=[一-龥])",
    r"[（(](?:此处|这里)填(?:数|写|报)[^（）()\n]{0,6}[）)]",
    r"[（(](?:数字|数量|条数|件数|次数|年份)[）)](?=[年月日件条个次份篇期场家项人])",
    r"【(?:\s*|[^【】]{0,10}(?:填写|此处|单位名称|年份|插入)[^【】]{0,10})】",
    r"[（(](?:(?:单位|机关|部门|街道|局|地区|公章|盖章)名称?|(?:单位|机关|部门|机构|行政机关)(?:全称|简称))[）)]",
    r"&(?:nbsp|lt|gt|amp|quot|[lr][ds]quo|mdash|hellip|middot|#\d{2,5});",
    r"[（(](?:示例|样例|范例|模板|参考模板)[）)]",
    r"[（(](?:注|备注|说明|提示)[：:][^（）()\n]{0,24}?(?:实际|需要|情况)[^（）()\n]{0,8}?(?:删减|删除|增减|修改|填写|调整)[^（）()\n]{0,8}[）)]",
    r"[\[［【]\s*(?:此处)?插入[^\]］】\n]{0,12}[\]］】]",
    r"\{\{[^{}\n]{1,30}\}\}|\$\{[^{}\n]{1,30}\}",
    r"\[bookmark:[^\]\n]{0,40}\]",
    r"_GoBack|_Toc\d{6,}|_Hlk\d{6,}",
    r"错误[！!]\s*(?:未找到引用源|未定义书签|超链接引用无效)",
    r"Error!\s*(?:Bookmark not defined|Reference source not found|Hyperlink reference not valid)",
)
_FIRST_SIGNS = r"请（(【\[［{$&*_＿#＃△□◇☆?？XxＸ×NY某此错E\s"
"""What a residue begins with: few places of a text are tried with all patterns."""
_RESIDUE = re.compile(rf"(?=[{_FIRST_SIGNS}])(?:{'|'.join(_RESIDUES)})")
_IN_BRACKETS = re.compile(rf"[（(【\[](?P<note>{_ANY}{{2,48}})[）)】\]]")
_NOTE = re.compile("|".join(f"(?:{note})" for note in _NOTES))
_CUT_BRACKETS = re.compile(rf"[（(【\[]{_ANY}{{2,32}}\n{_ANY}{{2,32}}[）)】\]]")
"""Brackets that a line's end cuts in two, as in the text of a PDF."""
CONTEXT_CHARACTERS = 12


@rule(
    "structure.title",
    "标题是年度报告的标题，没有夹带报送函",
    Severity.WARNING,
    basis="《政府信息公开条例》第四十九条、第五十条（政府信息公开工作年度报告）",
)
def title(context: RuleContext) -> Iterator[Outcome]:
    """条例第四十九条: 公布的是“政府信息公开工作年度报告”, 不是工作报告, 也不是给上级的报送函."""
    written = context.report.title or _headline(context)
    if not written:
        yield cannot_tell("没有找到标题，无法判断。")
    elif _is_of_the_trade(written):
        pass
    elif _LETTER_TITLE.search(written) or not (_REPORT_TITLE.search(written) and _SUBJECT.search(written)):
        yield fails(f"标题“{written}”不是“政府信息公开工作年度报告”。", Evidence(raw=written), actual=written)
    opening = "".join(section.text for section in context.report.sections)[:LETTER_LENGTH]
    letter = _LETTER.search(opening) or _ADDRESSED.search(opening)
    if letter:
        raw = _around(opening, letter)
        yield fails(f"正文夹带了写给上级的报送函：“{raw}”。", Evidence(raw=raw))


@rule(
    "structure.template-residue",
    "没有模板的残留",
    Severity.WARNING,
    basis="惯例：公布前应删去模板的提示语、格式说明和软件的标记",
)
def template_residue(context: RuleContext) -> Iterator[Outcome]:
    """实际检查中常见: “请根据实际情况填写”、“（宋体加粗小四号字）”、“××局”、书签标记 _GoBack 等."""
    text = _whole_text(context)
    seen = set()
    for match in _residues(text):
        residue = match.group().replace("\n", "")
        if residue not in seen:
            seen.add(residue)
            span = match.span() if context.text else None
            evidence = Evidence(raw=_around(text, match), span=span)
            yield fails(f"残留了模板或软件的标记：“{residue}”。", evidence, actual=residue)


def _residues(text: str) -> list[re.Match[str]]:
    """Return what a template left in a text, in the order of the places where it begins."""
    notes = (match for match in _IN_BRACKETS.finditer(text) if _NOTE.fullmatch(match["note"]))
    cut = (match for match in _CUT_BRACKETS.finditer(text) if _is_residue(match.group().replace("\n", "")))
    return sorted((*_RESIDUE.finditer(text), *notes, *cut), key=lambda found: found.start())


def _is_residue(brackets: str) -> bool:
    return bool(_RESIDUE.fullmatch(brackets) or _NOTE.fullmatch(brackets, 1, len(brackets) - 1))


def _is_of_the_trade(written: str) -> bool:
    """Tell the title that a school, hospital or company gives its report: 某大学2024年信息公开工作报告."""
    found = _THEIR_TITLE.search(written)
    return found is not None and bool(_OF_ARTICLE_55.search(written, 0, found.start()))


def _headline(context: RuleContext) -> str:
    """Return the text's first line where it is a headline about disclosure that is no report's title."""
    lines = context.text.text.splitlines() if context.text is not None else []
    first = next((line.strip("# ") for line in lines if line.strip()), "")
    return first if _HEADLINE.fullmatch("".join(first.split())) else ""


def _whole_text(context: RuleContext) -> str:
    if context.text is not None:
        return context.text.text
    parts = [f"{section.heading}\n{section.text}" for section in context.report.sections]
    return "\n".join([context.report.title, *parts])


def _around(text: str, match: re.Match[str]) -> str:
    start = max(0, match.start() - CONTEXT_CHARACTERS)
    return " ".join(text[start : match.end() + CONTEXT_CHARACTERS].split())
