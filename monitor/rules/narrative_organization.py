"""Prose: the body named as author or subject is the publishing body.

Without a roster only what the words themselves prove is told: a self-designation of another kind of
body (我局 in a township's report), or an author whose name shares nothing with the publisher's. Areas
above and below are legitimate subjects, and so are parts of the publisher's own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.finding import Severity
from monitor.rules.authors import author_pattern
from monitor.rules.body_names import (
    AREA_ONLY,
    is_anyones_office,
    is_area,
    is_below,
    is_of_another_area,
    is_same,
)
from monitor.rules.context import RuleContext
from monitor.rules.other_bodies import authors, may_share_office, other_bodies, speaks_of_own
from monitor.rules.outcome import Outcome, cannot_tell, fails
from monitor.rules.prose.sentences import Sentence, sentences
from monitor.rules.registry import rule
from monitor.rules.self_names import other_kinds
from monitor.rules.townships import is_just_a_township, is_township

_ENDING = (
    r"(?:人民政府办公[厅室]|人民政府|街道办事处|街道办|街道|委员会|管委会|办公[厅室]|"
    r"大学|学院(?!派)|厅(?![室堂局])|(?<![结布格全当])局|(?<![下])镇(?!域|区|村)|(?<![下城家])乡(?!村|镇))"
)
_NAME = rf"(?P<name>[一-龥]{{2,24}}?{_ENDING})"
_SHORT_NAME = "(?:（(?:以?下?简称|下称)[^（）]{1,16}）)?"
"""What a body is called from there on: 示例县水务局（以下简称“县水务局”）."""
_BASIS = r"(?:(?:根据|依据|按照)[^，。；]{2,100})?"
_AUTHOR = re.compile(rf"(?:本(?:年度)?报告)?(?:系|是)?由{_NAME}(?:负责)?{_BASIS}(?:编制|撰写|编写)")
_PREFACE_AUTHOR = re.compile(
    rf"(?:由|(?<=报告)系){_NAME}(?:负责|牵头|组织)?{_BASIS}(?:，结合[^，。；]{{2,40}}?)?"
    r"(?:编制|撰写|编写|起草|制作|汇编|汇总|(?<=镇|乡)公布|(?<=街道|事处)公布|(?<=牵头)[，。])"
)
"""Before the first part all that is made is the report: 由示例县水务局起草."""
_SUBJECT = re.compile(
    rf"^(?:在?\d{{4}}年(?:度)?(?:以来)?，|过去一年，|[过一]年来，|本年度，|全年，|今年以来，)?{_NAME}{_SHORT_NAME}(?:20\d\d年度?)?(?:深化|推进|推动|加强|落实|牢固|结合|突出|强化|立足|把|着力|切实|大力|不断|主动|扎实|在|依据|根据|按照|围绕|聚焦|紧扣|以|持续|认真|坚持|坚决|严格|深入|全面|始终|高度重视|积极|紧紧围绕|贯彻)"
)
_OTHER_BUREAU = re.compile(
    rf"^(?:在?\d{{4}}年(?:度)?(?:以来)?，|一年来，)?{_NAME}{_SHORT_NAME}(?:认真|坚持|严格|深入|全面|始终|高度重视|积极|紧紧围绕|贯彻)"
    r"[^。；]{0,30}(?:信息公开|政务公开|《条例》)"
)
_BUREAU = re.compile(r"(?<!人民政府)(?:局|委员会|厅)$")
_UPPER = re.compile(r"政府|党|省|自治区|国家|国务院|上级|领导|各|办公|委$")
_LOCAL_NAME = (
    r"(?P<name>[一-龥]{2,12}?(?:街道办事处|街道|镇人民政府|乡人民政府|(?<![下城])镇|(?<![下城家])乡))"
)
_LOCAL_SUBJECT = re.compile(
    rf"(?:^|[，。；：])(?:在?\d{{4}}年(?:度)?，?)?{_LOCAL_NAME}(?:党委[、和]?(?:政府)?|党工委[、和]?(?:办事处)?|政府)?"
    r"(?:于|按照|紧扣|聚焦|20\d\d年(?:度)?(?:政府|政务)信息公开|在\d{4}年|在[“《]|在[^，。；]{1,16}(?:领导|指导|支持|关心)下|认真|坚持|积极|严格|高度重视|始终|持续|充分|切实|深入|全面|将继续|未收|未发|没有收|共收|主动公开|收到|坚决|围绕|"
    r"注重|加强|不断|着力|大力|扎实|进一步|将|在?本年度|全年|20\d\d年度?(?:未|没有|无|将|共)|不存在|未产生|无收|没有|政务(?:信息)?公开(?:工作)?(?:虽然|取得|还|仍))"
)
_FEE_SUBJECT = re.compile(
    rf"(?:^|[，；])(?:在?\d{{4}}年(?:度)?，?)?{_NAME}(?:在?\d{{4}}年(?:度)?)?(?:未|没有|无|不)[^，。；]{{0,24}}处理费"
)
_CONTACT = re.compile(
    rf"(?:疑问|问题|意见)[^。]{{0,30}}?(?:(?P<by>与|同(?![志时步样意比级类期一等年名])|向)|联系|咨询){_NAME}[^，。；]{{0,24}}?"
    "(?(by)(?:联系|咨询|反映|询问|提出|电话)|(?:联系|咨询|反映|（|，|。|$))"
)
_REPORTED = re.compile(
    rf"(?:现将|现公布|现发布|反映|向社会公布|(?<![《于])公布){_NAME}(?:20\d\d年|上一?年)(?!考核|工作要点|部门)"
)
_AS_AUTHOR = author_pattern(_NAME)
_MAKER = re.compile(rf"编制(?:单位|机关|主体)(?:为|是|：){_NAME}(?=[，。])")
_PUBLISHED = re.compile(rf"现(?:向社会)?(?:公布|公开|发布)《?{_NAME}20\d\d年")
"""Whose report it says that it is; a township's is never that of a bureau."""
_FIRST_SUBJECT = re.compile(
    rf"(?:^|，)(?:在?\d{{4}}年(?:度)?(?:以来)?，)?{_NAME}{_SHORT_NAME}(?:认真|坚持|严格|深入|全面|始终|高度重视|积极|紧紧围绕|紧扣|围绕|聚焦|贯彻|按照|持续)"
)
_FIRST_AREA = re.compile(
    r"^(?:在?\d{4}年(?:度)?(?:以来)?，)?(?P<name>[一-龥]{2,6}(?<![辖社地园校景片小库山矿牧郊新发范验作市灾街能全我本各该两])(?<!主城)(?<!老城)(?<!心城)(?<!我城)[县区旗])(?:人民政府|政府)?(?:20\d\d年度?)?"
    r"(?:认真|坚持|坚决|严格|深入|全面|始终|高度重视|积极|紧紧围绕|紧扣|围绕|聚焦|贯彻|按照|以习近平|持续)"
)
_CITY_GOVERNMENT = re.compile("(?P<area>[一-龥]{2,6}市)(?:人民政府(?:办公[厅室])?)?")
_GENERIC = re.compile(
    r"^(?:(?:业务|行业)?主管|(?:经济)?开发区管|园区管|[镇乡]党委|本|我|该|各|全|上级|有关|相关|下属|所属|其他|兄弟|乡镇|辖区)"
)
_NEVER_FOR_OTHERS = re.compile(
    "财政|商务|教育|农业|水利|水务|公安|民政|交通|住房|住建|卫生|卫健|自然资源|生态环境|应急|审计|统计|"
    "市场监督|医疗保障|税务|气象|人力资源|国有资产|科学技术|文化|体育|退役军人|乡村振兴|林业|城市管理|民族"
)
"""Fields of bureaus that write no report but their own; an area's is its office's, or 政务服务局's."""
_STREETS = "(?:和平|和谐|和睦|向阳|向前|向东|让胡路|经纬)(?:街道|镇|乡)"
"""Names that begin like a preposition: 向阳街道严格按照……"""
_NO_NAME = re.compile(
    r"我|(?<!无)为|[是在由被把的及与或了等并]|^[度年厅局委院特现]|向社会|领导小组|^(?:下一?步|下一?阶段|今后|接下来|未来|目前|同时|此外|首先|其次|因此|明年|近年来?)|今年|去年|全年|本[局镇乡街委厅单机年]|(?:村|乡|城|集|小|古|新|强|重|名|大|各|全|中心|示范|试点|重点|建制|先进|特色|周边|相邻|邻近)[镇乡]$|"
    r"(?:属地|相关|有关|试点|重点|示范|周边|相邻|辖区|先进|社区|城区|反映|[各全镇乡主大])街道$|"
    rf"^(?!{_STREETS})(?:完成|报告期|编[制写撰]|制作|撰写|起草|汇总|形成|公开|公布|发布|推动|联合|学习|指导|组织|对接|协调|督促|要求|通过|依托|围绕|加强|支持|服务|面向|针对|根据|按照|依据|作为|成为|打造|建设|"
    r"反映|群众|参照|借鉴|邀请|走访|深入|下沉|统筹|引导|鼓励|[原由在与和及对向为让使经从给至到将把以是驻包撤现])|"
    r"[设放]在|[设位挂]于|设立|挂靠|挂牌|窗口|专人|分管|交由|工作由|"
    r"深化|优化|提升|推进|促进|完善|规范|强化|健全|不断|持续|进一步|落实|开展|做好|提高|增强|压实|发挥|确保"
)
"""What ends like a township's name and is none: 重点村镇, 属地街道, 学习某街道 …"""
_LOCAL_BODY = re.compile(r"(?:街道办事处|街道|镇|乡|苏木|苏木人民政府|镇人民政府|乡人民政府)$")
_WHOLE_NAME = ("人民政府", "办事处")
_PLACES_OF_A_SUBJECT = (_SUBJECT, _OTHER_BUREAU, _LOCAL_SUBJECT, _FEE_SUBJECT, _PUBLISHED)
_LAST_SECTION = 6


@rule(
    "narrative.organization",
    "文中自称与编制单位是公布机关",
    Severity.WARNING,
    basis="惯例：通报中的“内容雷同、张冠李戴”；《政府信息公开条例》第四十七条",
)
def organization(context: RuleContext) -> Iterator[Outcome]:
    """报告写的是本机关的工作: “由××编制”、开头的主语和“我局”“我镇”之类的自称应与公布机关一致."""
    own = context.body.names if context.body else (context.report.organization or "",)
    if not any(own):
        return
    yield from other_kinds(context, own)
    told: set[str] = set()
    for sentence in sentences(context):
        for match in _named(sentence, own):
            if match["name"] not in told:
                found = list(_foreign_name(context, sentence, match, own))
                told |= {match["name"]} if found else set()
                yield from found
        for match in (*_of_elsewhere(sentence, own), *other_bodies(sentence, own)):
            if match["name"] not in told:
                told.add(match["name"])
                evidence = sentence.evidence(context, match.start("name"), match.end())
                message = f"正文说的是“{match['name']}”，公布机关是“{own[0]}”。"
                yield fails(message, evidence, expected=own[0], actual=match["name"])


def _of_elsewhere(sentence: Sentence, own: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Yield names of bodies of another area of the same kind, or of another bureau as the first subject."""
    patterns = [_CONTACT, _REPORTED, *([] if sentence.section else [_AS_AUTHOR, _MAKER])]
    if sentence.section == _LAST_SECTION:
        patterns.append(_FEE_SUBJECT)
    if sentence.section == 1:
        patterns += (
            [_FIRST_AREA]
            if all(AREA_ONLY.search(name) for name in own)
            else [_FIRST_SUBJECT] * sentence.first
        )
    for pattern in patterns:
        for match in pattern.finditer(sentence.text):
            name = match["name"]
            if _is_no_name(name):
                continue
            is_other_place = pattern is not _FIRST_SUBJECT and _LOCAL_BODY.search(name)
            if all(
                is_of_another_area(name, known)
                or (pattern in (_AS_AUTHOR, _REPORTED) and _are_two_governments(name, known))
                or (pattern is _AS_AUTHOR and is_below(name, known))
                or (is_other_place and _LOCAL_BODY.search(known) and not is_same(name, known))
                for known in own
            ):
                yield match


def _are_two_governments(name: str, own: str) -> bool:
    """Tell the governments of two cities, of which only one can publish its report: 仙源市, 桃源市."""
    areas = [match["area"] for whole in (name, own) if (match := _CITY_GOVERNMENT.fullmatch(whole))]
    return len(areas) == len((name, own)) and areas[0] not in own and areas[1] not in name


def _named(sentence: Sentence, own: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Yield the names that stand where only the publisher's can stand."""
    text = sentence.text
    if "由" in text or (sentence.section is None and "系" in text):
        yield from (_AUTHOR if sentence.section else _PREFACE_AUTHOR).finditer(text)
    if all(is_area(name) for name in own):
        yield from authors(sentence)
    if sentence.section == 1 and sentence.first:
        yield from _SUBJECT.finditer(text)
    if sentence.section == _LAST_SECTION:
        yield from _FEE_SUBJECT.finditer(text)
    if all(_LOCAL_BODY.search(name) for name in own):
        yield from (  # whoever was named before, as one learnt from, goes on as the guest
            match
            for match in _LOCAL_SUBJECT.finditer(text)
            if match["name"] not in text[: match.start("name")]
        )
        by_bureaus = (_PUBLISHED,) if sentence.section else (_PUBLISHED, _AS_AUTHOR)
        yield from (
            match
            for pattern in by_bureaus
            for match in pattern.finditer(text)
            if _BUREAU.search(match["name"])
        )
    if all(_BUREAU.search(name) for name in own):
        found = _OTHER_BUREAU.match(text)
        if found and _BUREAU.search(found["name"]) and not _UPPER.search(found["name"]):
            yield found


def _foreign_name(
    context: RuleContext, sentence: Sentence, match: re.Match[str], own: tuple[str, ...]
) -> Iterator[Outcome]:
    name, is_author = match["name"], match.re not in _PLACES_OF_A_SUBJECT
    if is_author and _is_of_another_county(name, own):
        evidence = sentence.evidence(context, match.start("name"), match.end())
        message = f"报告说由“{name}”编制，公布机关是“{own[0]}”。"
        yield fails(message, evidence, expected=own[0], actual=name)
        return
    if _is_no_name(name) or any(is_same(name, known) for known in own if known):
        return
    if match.re in (_SUBJECT, _OTHER_BUREAU) and speaks_of_own(sentence.text[match.end("name") :], own):
        return
    evidence = sentence.evidence(context, match.start("name"), match.end())
    where = "报告说由" if is_author else "正文说的是"
    message = f"{where}“{name}”{'编制' if is_author else ''}，公布机关是“{own[0]}”"
    if is_author and all(may_share_office(name, known) for known in own):
        yield cannot_tell(f"{message}，两个机关可能合署办公。", evidence)
    elif _LOCAL_BODY.search(name) and not _is_name_of_place(match, own):
        yield cannot_tell(f"{message}，不能确定这是一个机构的名称。", evidence)
    elif any(is_area(known) for known in own) or AREA_ONLY.search(name):
        if is_author and _BUREAU.search(name) and _NEVER_FOR_OTHERS.search(name):
            yield fails(f"{message}。", evidence, expected=own[0], actual=name)
        elif is_author:
            yield cannot_tell(f"{message}，可能是主管部门代为编制。", evidence)
    else:
        yield fails(f"{message}。", evidence, expected=own[0], actual=name)


def _is_name_of_place(match: re.Match[str], own: tuple[str, ...]) -> bool:
    """Tell a township's or street's name from words that end like one: 坚持乡党政办统一发布."""
    begins = match.start() == 0 and match["name"].endswith(_WHOLE_NAME)
    return begins or is_township(match["name"], like=own)


def _is_no_name(name: str) -> bool:
    """Tell words that end like a body's name and are not one's: 下沉街道, 综合办公室."""
    is_word = bool(_NO_NAME.search(name)) and not (name.endswith(_WHOLE_NAME) and is_just_a_township(name))
    return is_word or is_anyones_office(name) or bool(_GENERIC.match(name))


def _is_of_another_county(name: str, own: tuple[str, ...]) -> bool:
    """Tell an author of another county than the publisher's, who can have written for none of this one."""
    is_name = not _is_no_name(name)
    return is_name and all(
        is_of_another_area(name, known)
        or _are_two_governments(name, known)
        or is_below(name, known)
        or (is_area(name) and is_area(known) and is_below(known, name))
        for known in own
    )
