"""Prose: another bureau where only the publisher can stand.

A bureau may name many others; but what is planned next, who is to be asked, and whose report it is are
its own. Silent on bodies that a bureau may be as well (signboards), on those that look after disclosure
for others, and on bodies above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.rules.authors import MADE, author_pattern
from monitor.rules.body_names import is_below, is_of_another_area, is_same, level_of
from monitor.rules.prose.sentences import Sentence

_NAME = (
    r"(?P<name>[一-龥]{2,24}?(?:(?<![结布格全当时])局(?![面部势限长])|(?<!常)(?<!党)委员会|"
    r"(?<![党常村居社工纪编省市县区州旗镇乡])委(?![员托派屈任书])|"
    r"厅(?![室堂局])|管委会))"
)
_WHEN = r"(?:下一步|今后|接下来|下一年度?|明年|新的一年里?|20\d\d年度?)[，：]?"
_PLANNING = re.compile(
    rf"(?:^|[，。；：])(?:针对[^，。；]{{2,24}}，)?{_WHEN}{_NAME}(?:将|要|拟|计划)(?!.{{0,12}}[列纳]入)"
)
_CONTACT = re.compile(
    rf"(?:[本该](?:年度)?(?:报告|年报)[^。；]{{0,16}}|如(?:有|存在)[^。；]{{0,6}})(?:疑问|问题|意见)，?(?:欢迎|请)(?:直接|您)?(?:与|同|向|联系|咨询)：?{_NAME}[^，。；]{{0,16}}?(?:联系|咨询|反映|（|，|。|$)"
)
_AUTHOR = author_pattern(_NAME)
_TEAM = author_pattern(r"(?P<name>[一-龥]{4,24}?[支总大]队)")
"""The teams that enforce one field or another, where the publisher is one: 交通运输综合行政执法支队."""
_MADE_BY = re.compile(
    rf"(?:由|系|编制(?:单位|机关|主体|部门)(?:为|是|：)){_NAME}(?:负责|组织|牵头)?(?:(?:{MADE}|公布|发布|向社会公[布开])|(?:依照|根据|依据|按照)[^。；]{{2,100}}?(?:{MADE})|(?=[，。]))"
)
_WHOSE = re.compile(
    rf"(?:^|，)(?!现|特|为|将|反映|公布|发布){_NAME}20\d\d年度?的?(?:政府|政务)?(?:信息|政务)公开(?:工作|情况|，)"
)
_REPORTED = re.compile(
    rf"(?:现将|现公布|现发布|特?向社会公布|公布如下：|公布){_NAME}(?:20\d\d年|上一?年)度?[^，。；]{{0,4}}信息公开"
)
_FIRST = re.compile(
    rf"^(?:在?20\d\d年度?，|全年，?)?{_NAME}(?:门户网站|政府网站|网站|共?主动公开|共发布|通过[^，。；]{{2,16}}(?:公开|发布))"
)
_FIRST_DEED = re.compile(
    rf"(?:^|，)(?:在?20\d\d年度?，)?{_NAME}(?:主动|积极|认真|深入|全面|始终|牢固|坚持|紧紧|严格|切实|不断|扎实|聚焦|围绕|紧扣|着力|把|立足)"
)
_FEE = re.compile(
    rf"^(?:20\d\d年度?，)?{_NAME}(?:依申请公开|政府信息公开|在|按照|根据|严格|依据|未|没有|无|共|对)[^。]{{0,80}}(?:收取|产生|收到|发生)[^，。；]{{0,12}}处理费"
)
_CASES = re.compile(
    rf"^(?:20\d\d年度?，?)?{_NAME}(?:20\d\d年度?)?(?:未|没有|无|因|被|共|全年)[^。；]{{0,30}}(?:复议|诉讼)"
)
_OF_ITS_AUTHOR = (_AUTHOR, _TEAM, _MADE_BY, _WHOSE, _REPORTED)
_TAX = "国家税务总局"
"""Stands before the name of every tax bureau, and names no other body there."""
_BUREAU = re.compile(r"(?<!人民政府)(?:局|厅|委员会|委)$")
_BUREAU_OR_TEAM = re.compile(rf"{_BUREAU.pattern}|[支总大]队$")
_INSTITUTION = re.compile(r"(?:中心|医院|学校|[支总大]队|供销合作社|供销社)$")
"""A public institution: another bureau may be above it, but does not write its report."""
_ZONE_OFFICE = re.compile(r"(?:管委会|管理委员会)$")
_OFFICE_OF_AREA = re.compile(r"[县区旗][^县区旗]{1,12}(?:局|委员会|委)$")
_NAMED_ZONE = re.compile(
    r"^(?:[一-龥]{0,6}?[省市县区州])?(?:经开|高新|经济技术|综合保税|保税|自贸|临港|空港|旅游)"
)
_NO_NAME = re.compile(
    r"我|(?<!无)为|[是在被把的了等并]|[该其本各]|有关|相关|上级|所属|下属|直属|兄弟|牵头|主管|责任|[、与及或]|[局委厅办]和|政府|党|国务院|国家|办公|联合|会同|配合|协调|督促|指导|组织|推动|要求|由|^(?:编[制写撰]|制作|撰写|起草|形成|根据|依据|按照|依照|遵照|经|受|在|向|与|从|于|结合|公布|发布|公开|将|把|对|就|为|请|应)"
)
_SIGNBOARD = re.compile(
    r"粮食|物资|能源|知识产权|中医|疾控|疾病预防|文物|广播|广电|体育|林业|林草|绿化|乡村振兴|扶贫|人防|人民防空|地震|国资|国有资产|民族|宗教|"
    r"档案|保密|外事|侨务|机关事务|金融|信访|公务员|密码|新闻|版权|电影|畜牧|兽医|水产|渔业|海洋|招商|口岸|投资|老龄|园林|公路|国防|"
    r"防震|防汛|物价|中小企业|海事|爱卫|药品|质量技术|编制|机构|老干部|社会工作|港航|移民|双拥|大项目|铁路|邮政"
)
"""Bodies that often share one office and one set of people with another."""
_HOSTS = tuple(
    (re.compile(fields), re.compile(hosts))
    for fields, hosts in (
        ("乡村振兴|扶贫|畜牧|兽医|水产|渔业", "农|林|牧|渔|自然资源|发展|民政|移民"),
        ("林业|林草|绿化", "自然资源|农|园林|城市|生态|林"),
        ("地震", "应急|科|住|自然资源|地震"),
        ("医疗保障|医保", "人力|社会保障|人社|卫生|卫健|医"),
    )
)
"""The fields of bureaus that are known to be housed with few others; of the rest nothing is known."""
_OF_DISCLOSURE = re.compile(r"政务|数据|审批|网信|信息中心|电子|营商|智慧|公共资源")
"""Whoever may be asked about disclosure, or builds its platform, for others."""
_SELF = re.compile("我|本[局委厅办镇乡街]")
_PARTS = re.compile("[，。；：、]|20\\d\\d年度?")
_ANY_NAME = re.compile(_NAME)
_PREFACE, _OPENING, _SECTION_OF_CASES, _LAST = (None,), (None, 1), (4,), (6,)
_REPORT_WORDS = ("报告", "年报", "情况")
_PLACES = (
    (("将", "要", "拟", "计划"), _PLANNING, ()),
    (("联系", "咨询"), _CONTACT, _OPENING),
    (_REPORT_WORDS, _AUTHOR, _PREFACE),
    (("队",), _TEAM, _PREFACE),
    (("由", "系", "编制"), _MADE_BY, _PREFACE),
    (("公开",), _WHOSE, (1,)),
    (("现", "公布"), _REPORTED, _OPENING),
    (("处理费",), _FEE, _LAST),
    (("复议", "诉讼"), _CASES, _SECTION_OF_CASES),
)
"""A word that is there, what to look for, and where: everywhere, up to the first section, in the last."""


def may_share_office(name: str, own: str) -> bool:
    """Tell two bureaus of which one may be a signboard of the other: 自然资源局, 林业和草原局."""
    if not (_BUREAU.search(name) and _BUREAU.search(own)):
        return False
    for one, other in ((name, own), (own, name)):
        hosts = [hosts for fields, hosts in _HOSTS if fields.search(one)]
        if hosts and not any(host.search(other) for host in hosts):
            return False
    return bool(_SIGNBOARD.search(name + own))


def authors(sentence: Sentence) -> Iterator[re.Match[str]]:
    """Yield the bureaus that a preface names as its author; whose report it is they do not show."""
    if sentence.section is None and any(word in sentence.text for word in _REPORT_WORDS):
        yield from (match for match in _AUTHOR.finditer(sentence.text) if not _NO_NAME.search(match["name"]))


def other_bodies(sentence: Sentence, own: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Yield names of other bureaus, or zones, that stand in a place of the publisher's own."""
    is_bureau = all(_BUREAU.search(name) for name in own)
    is_institution = not is_bureau and all(_INSTITUTION.search(name) for name in own)
    if not (is_bureau or is_institution) and not all(_ZONE_OFFICE.search(name) for name in own):
        return
    for pattern in _patterns(sentence):
        if is_institution and pattern not in (_AUTHOR, _TEAM, _REPORTED):
            continue
        for match in pattern.finditer(sentence.text):
            if pattern in (_PLANNING, _FIRST_DEED, _CASES) and speaks_of_own(sentence.text, own):
                continue
            name, known = match["name"], own
            if pattern in _OF_ITS_AUTHOR and all(_TAX in whole for whole in (name, *own)):
                name, known = name.replace(_TAX, ""), tuple(whole.replace(_TAX, "") for whole in own)
            is_lower = pattern in _OF_ITS_AUTHOR and all(is_below(name, one) for one in known)
            if _is_other(name, known, is_bureau=is_bureau or is_institution, is_lower=is_lower):
                yield match


def _patterns(sentence: Sentence) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that may match where a sentence stands, by its plainest words."""
    for words, pattern, sections in _PLACES:
        is_there = not sections or sentence.section in sections
        if is_there and any(word in sentence.text for word in words):
            yield pattern
    if sentence.section == 1 and sentence.first:
        yield from (_FIRST, _FIRST_DEED)


def speaks_of_own(text: str, own: tuple[str, ...]) -> bool:
    """Tell whether a text names the publisher as well, beside whom another may do something."""
    if _SELF.search(text):
        return True
    named = (
        name for part in _PARTS.split(text) if (match := _ANY_NAME.match(part)) for name in [match["name"]]
    )
    return any(is_same(name, known) for name in named if not name.endswith("总局") for known in own)


def _is_other(name: str, own: tuple[str, ...], *, is_bureau: bool, is_lower: bool) -> bool:
    """Tell whether a name is certainly that of another body of the publisher's kind and rank.

    `is_lower`: it stands where the author does, and is of a lower rank, which writes no report for others.
    """
    if name.startswith(_TAX) and all(known.startswith(_TAX) for known in own):
        name, own = name.removeprefix(_TAX), tuple(known.removeprefix(_TAX) for known in own)
    if _OFFICE_OF_AREA.search(name) and all(is_of_another_area(name, known) for known in own):
        return not _NO_NAME.search(name)
    if _NO_NAME.search(name) or any(may_share_office(name, known) for known in own):
        return False
    if not is_bureau and _SIGNBOARD.search(name + "".join(own)):
        return False
    if any(is_same(name, known) for known in own):
        return False
    if not is_bureau:
        return bool(_NAMED_ZONE.search(name))
    if not _BUREAU_OR_TEAM.search(name) or _OF_DISCLOSURE.search(name):
        return False
    level = level_of(name)
    return is_lower or not level or any(level == level_of(known) for known in own)
