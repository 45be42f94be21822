"""Whether a stretch of the prose is of the report year and of the body itself, as the tables are.

What is said of another time, of a part of the body, of others or of a whole area is held against no table.
"""

from __future__ import annotations

import re

from monitor.rules.body_names import in_order
from monitor.rules.claims.request_words import RECEIVED
from monitor.rules.context import RuleContext
from monitor.rules.prose.sentences import Sentence

_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)学?年")
_BROKEN_YEAR = re.compile(r"\d \d{1,3}年")
_CARRIED_YEARS = re.compile(
    r"20\d\d年(?=度?(?:结转|转入|转来|带[过来]))|(?<=[延留移拖跨][至到])20\d\d年|(?<=延期[至到])20\d\d年|(?<=转[至到入])20\d\d年|(?<=转)20\d\d年|(?<=转结)20\d\d年|(?<=[件份]待)20\d\d年"
)
_COMPARED_YEARS = re.compile(
    r"[比较]20\d\d年度?(?:（[^）]*）)?|[与同和]20\d\d年度?(?:同期)?(?=(?:基本)?(?:持平|相比|相当|一致))"
)
_THIS_YEARS_SUM = re.compile(
    r"(?:全年|全年度|当年|本年度?|年内|今年(?:以来)?|(?<![至止])20\d\d年度?(?![底末]))，?[^，。\d]{0,10}累计"
)
"""累计 of this year alone, not since the beginning."""
_REMARK = re.compile(r"（(?:(?:其中|含|包括)[^（）]*|(?:上年|去年|20\d\d年)(?:同期)?为?\d+[^（）]{0,6})）")
"""What some of the things are, which may be of another year than all of them."""
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”")
_OTHER_TIME = re.compile(
    r"同比|环比|较|比上|比去|去年(?!结转)|(?<!结转)上一?年(?!度?(?:结转|转结))|往年|历年|[前近][一二两三四五几]年|累计|季度|半年|月份|(?<!31)(?<=\d日)[以之]?[前后]|[上中下]旬|(?<![截当][至年])(?<![至到])[年月岁][初末底](?:才|新|前后|左右|时)*(?:收|接到|接收|受理|提出|提交)|临近年|\d月(?!\d{1,2}日(?:至|到|起|止))(?<!12月(?=底))|"
    r"截[至止](?!当年|本年|20\d\d年年?(?:底|末)|20\d\d年12月|年[底末]|12月|(?:报告|统计)?期末)"
)
_PERIOD = re.compile(
    r"(?:实施|施行|生效)[以之]?后，[^；。]*$|[上下]半年|[第前一二三四1-4]季度|截[至止](?:20\d\d年)?(?:[1-9]|1[01])月(?:底|末|\d{1,2}日)?，[^；。]*$"
    r"|历年来?累计(?![^。]*(?:本年|今年|当年|全年|20\d\d年))"
)
"""A part of the year, or all years together, that a sentence begins with; all that follows is of it."""
_SEVERAL_YEARS = re.compile(r"20\d\d(?:年度?)?(?:[、和及与至到]|[-—－~～]+)(?:20)?\d\d年度?[^。；]{0,16}分别")
"""2022年、2023年分别收到32件、40件: a number for each."""
_LAST_YEAR_TOLD = re.compile(
    r"(?:^|[，。；：（])(?:而|但)?(?:上一?年度?|去年)(?!度|同期|结转|转结|转入|转来|转过来|未|没|尚|遗留|留|剩|(?:也|并)?(?:无|没有|不存在|零)[^，。；]{0,6}(?:结转|转结|遗留))(?![^，。；]{0,6}相比)"
    r"(?![^。]*(?:本年|今年|当年|全年|年内|新收|新增|20\d\d年))"
)
"""上年度行政复议3件，维持2件: all that follows is of last year, until the sentence turns to another."""
_OLD_CASES = re.compile(
    r"(?:(?P<year>20\d\d)|上一?|去)年(?:度)?(?:底|末)?(?:结转|遗留|转入|延续|受理|(?:尚未|仍未|未)(?:审结|办结|结案|了结|完结))"
    r"(?:至(?:本年|20\d\d年)度?)?的?[^，。；、]{0,10}(?:复议|诉讼|案件|案)[^。；]*$"
)
"""2023年尚未审结的3件诉讼，2024年已全部审结，其中维持2件: cases of another year's table."""
_DEEDS = re.compile("[^；。：]*(?:培训|会议|座谈|督查|检查|考核|演练|部署|分工)[^；。：收受申办]*；")
"""组织全系统业务培训1次；: a deed before a semicolon does not say of whom the next clause tells."""
_OTHER_SCOPE = re.compile(
    rf"各[一-龥]{{0,10}}?(?:队|所|站|分局|局|委办|镇|街道|乡|学校)(?:共|累计|全年)*(?:{RECEIVED}|办理)|本级|[厅局委]机关(?=(?:全年|共|新)*(?:{RECEIVED}|办[理结]|答复))|"
    rf"[两二三四五六七八九\d]家(?:单位|部门|机关)?(?:合计|共计|共|分别)*(?:收到|受理|新收|接收|办[理结]|答复)|[厅局委院校]属|系统(?:共|内|各)|(?<!申请)(?<!公开)系统(?:{RECEIVED}|办[理结])|全系统|下设|所辖|各部门|各单位|各村|各社区|各乡镇|各镇|各街道|各县|各区|所属|下属|直属|以[省市县区州旗]?(?:人民)?政府名义|部门共|(?<![我本])单位共|(?<!责任)(?<!承办)(?<!相关)(?<!业务)科室|股室|某"
)
_NAMED_BODIES = re.compile(
    r"(?:单位|部门|机关|乡镇|街道|科室)(?:依次|分别|主要)?(?:是|为|有)[^；。\d]{4,}，[^；。，]*$"
)
"""申请量居前三位的单位是县自然资源局、县住建局，合计收到58件: so many came to these."""
_BY_LEVEL = re.compile(
    r"(?:其中|[，；、：])[^，。；、\d]{0,4}(?:[省市县区州旗]政府(?:（[^）]*）)?|[省市县区州旗]直(?:各)?(?:部门|单位|机关)|[省市县区]级(?:部门|机关|单位)?|县区|区县|市县|部门|(?:部门[、和及与])?乡镇?(?:（[^）]*）|、?街道)?|(?<!我)街道|镇街)"
    rf"(?:共|新)?(?:{RECEIVED}|办[理结]|答复|予以公开|部分公开|不予公开|无法提供|不予处理|"
    r"被(?:申请|提起)?(?:行政)?(?:复议|诉讼|起?诉)|(?:行政)?(?:复议|诉讼)(?:案件)?)\d"
)
"""Whose requests those of an area are: 其中县政府受理41件，县直部门受理109件."""
_BY_NAME = re.compile(
    r"(?:(?<![结布格全当时各])局|(?<![派各])委|厅|(?<![乡各村城])镇|(?<![城各])乡|(?<![各（、])街道|办公[厅室]|政府办)[^，。；：\d]{0,10}"
    rf"(?:{RECEIVED}|办[理结]|答复)[^，。；：\d]{{0,12}}\d+[件份宗条起](?:，(?![^；。]*(?:全[省市县区州旗]|[共合总]计))[^；。]*)?$"
)
"""One or two of an area's bodies: 县自然资源局、县住建局分别收到申请9件; 县政府办公室代表县政府受理12件."""
_ASKED_APART = re.compile(
    r"向(?:[省市县区州旗]直?)?(?:人民)?(?:政府(?:办公[厅室])?|各?部门|各?单位|机关|各?乡镇|各?镇街?|街道)[^，。；\d]{0,6}(?:提出|提交|申请|递交|寄)"
)
"""Of whom an area's requests were made: 向县政府提出的申请3件，办结3件；向部门提出的……."""
_AS_PARTY = re.compile(
    "[省市县区州旗]政府作出的|被[省市州]政府(?:复议)?(?:维持|纠正|撤销)|(?:[省市县区州旗]政府|部门|街道|乡镇)(?:作为|为)(?:共同)?(?:被告|被申请人|复议机关)"
)
"""Whose case of an area's it is: 省政府作为被告的诉讼17件."""
_OF_GOVERNMENT = re.compile(
    rf"(?:^|[，。；：])[省市县区州旗](?:人民)?政府(?:全年|本年度?|共|累计)*(?P<does>被(?:申请|提起|复议|诉)|{RECEIVED}|审[理结])"
)
"""What the government above a bureau received, or was taken to court for: 县政府被申请行政复议4件."""
_OF_AREA = re.compile("人民政府$")
_ALL_LEVELS = re.compile("各级[、和及]?(?:各(?:部门|单位))?")
"""All of an area's bodies, whose requests its government's table counts."""
_OTHER_BODY = re.compile(
    rf"(?:^|[，。；])(?:[^，。；\d]{{0,12}}?)(?P<name>中心|工作站|所|支队|大队|分局|公司|医院)(?:全年|共|累计)*(?:{RECEIVED})"
)
"""A part of the body, or another one, that received requests itself."""
_AGAINST_US = re.compile(
    r"(?:针对|涉及?|因|就|以|对|不服)[我本](?:机关|单位|部门|街道|[局委办厅镇乡])(?:的)?(?:政府|政务)?"
    r"(?:信息公开|依申请公开|(?:作)?为被)[^，。；：]{0,16}(?:复议|诉讼)[^，。；：]*$"
)
"""Cases against the body itself, whoever was named before them."""
_AREA = re.compile(r"(?:省|市|县|区|州|旗|盟|人民政府)$")
_COUNTY = re.compile(r"[省市县区州旗盟](?:人民政府)?$")
"""An area that has bureaus and townships."""
_WHOLE_AREA = re.compile(
    r"全[省市县区州旗盟](?![面程])(?!(?:政务|政府信息)公开(?:工作)?的?(?:会议|要点|培训|考核|评估|水平|质量|任务|测评|推进|领导|重点))|各级"
)
"""Whose requests a department counts that are not its own: 全县各级行政机关共收到……"""
_RANKED = re.compile(r"（[^（）]*(?:同比|排名|位列|位居|位次)[^（）]*）")
"""How many more they are, and how many others have: remarks on the body's own number."""
_ANOTHER = re.compile(
    rf"(?:^|[，。；])(?:全年|今年|当年|年内|本年度?)?(?P<name>[一-龥]{{0,8}}?(?:局|厅|委|会|院|镇|乡|街道))(?:全年|共|累计|当年|今年)*(?:{RECEIVED})"
)
"""Whoever received requests, by a name that may be the body's own in short."""
_ITSELF = re.compile("[我本该]|^全")
"""我局, 本局, 全局; not 安全局."""
_OWN_LEVEL = re.compile("政府本级(?:[、和及]?(?:[市县区省州旗])?政府办(?:公[厅室])?)?")
"""The government itself, whose requests its office takes and counts."""
_OF_OFFICE = re.compile(rf"政府办(?:公[厅室])?(?:全年|共|累计|共计)*(?:{RECEIVED}|办[理结]|承办|答复)")
"""The government's office is another body than its government, and than any department."""
_OFFICE = re.compile(r"政府办(?:公[厅室])?$")


WORDS_BEHIND = 12
"""So far behind a number a word may stand that says what the number is of."""


def speaks_of_year(context: RuleContext, sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch speaks of the whole report year and of the body itself."""
    year = context.report.year
    own = context.report.organization or ""
    against_us = _AGAINST_US.search(sentence.text, 0, end)
    until = _without_own_names(own, _before(sentence.text[:end]))
    return year is not None and not (
        _is_of_old_cases(year, sentence.text[:end])
        or _is_of_another_time(year, _QUOTED.sub("", sentence.text[start:end]), until)
        or _is_of_others(own, against_us.group() if against_us else until)
        or (_AREA.search(own) and _is_of_a_part(until, sentence.text[: end + WORDS_BEHIND]))
        or (_COUNTY.search(own) and _BY_NAME.search(until))
        or (not _AREA.search(own) and _is_of_area(own, until, sentence.text[:end]))
    )


def _before(text: str) -> str:
    """Return what was said until then, without years that are only compared, carried from or quoted."""
    text = _REMARK.sub("", _QUOTED.sub("", text))
    return _COMPARED_YEARS.sub("", _CARRIED_YEARS.sub("", text))


def _without_own_names(own: str, until: str) -> str:
    """Return it without the words for others that the body's own table counts."""
    if _OF_AREA.search(own):
        until = _ALL_LEVELS.sub("", until)
    return _OWN_LEVEL.sub("", until) if _OFFICE.search(own) else until


def _is_of_another_time(year: int, told: str, until: str) -> bool:
    if _THIS_YEARS_SUM.search(until):
        told = told.replace("累计", "")
    if _OTHER_TIME.search(told) or any(
        words.search(until) for words in (_BROKEN_YEAR, _PERIOD, _LAST_YEAR_TOLD, _SEVERAL_YEARS)
    ):
        return True
    named = [int(match["year"]) for match in _YEAR.finditer(until)]
    return bool(named) and named[-1] != year


def _is_of_old_cases(year: int, text: str) -> bool:
    match = _OLD_CASES.search(text)
    return match is not None and match["year"] != str(year)


def _is_of_others(own: str, until: str) -> bool:
    """Tell what bodies, or parts of the body, did that are named before."""
    if _OTHER_SCOPE.search(_DEEDS.sub("", until)) or (_OF_OFFICE.search(until) and not _OFFICE.search(own)):
        return True
    part, another = _OTHER_BODY.search(until), _ANOTHER.search(until)
    if part and part["name"] not in own:
        return True
    return another is not None and bool(own) and not _may_be_own(another["name"], own)


def _is_of_a_part(until: str, around: str) -> bool:
    """Tell what an area's government or departments did, each for itself."""
    if _NAMED_BODIES.search(until):
        return True
    return bool(_BY_LEVEL.search(around) or _AS_PARTY.search(until) or _ASKED_APART.search(until))


def _is_of_area(own: str, until: str, text: str) -> bool:
    """Tell a bureau's words on its area, or on the government above, whose requests only its office takes."""
    above = _OF_GOVERNMENT.search(until)
    if above and ("被" in above["does"] or not _OFFICE.search(own)):
        return True
    return bool(_WHOLE_AREA.search(_RANKED.sub("", text)))


def _may_be_own(name: str, own: str) -> bool:
    """Tell whether a name may be short for the body's own: 县卫健委, 我局, 全局."""
    return bool(_ITSELF.search(name)) or in_order(name, own)
