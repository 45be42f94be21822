"""Prose: what is still to come is to come in a later year: plans, and requests that are carried on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome, fails
from monitor.rules.prose.quantities import quantities
from monitor.rules.prose.sentences import Sentence, sentences

_PLAN_SECTION = 5
_TO_DO = (
    r"进一步|继续|持续|着力|重点|不断|严格|认真|切实|大力|更加|积极|从|在|以|围绕|按照|聚焦|优化|完善|加强|推进|推动|深化|提升|强化|健全|"
    r"加大|规范|组织|开展|抓|出台|建立|制定|探索|打造|举办|启动|拓展|丰富|坚持|突出|扩大|创新|定期|增加|新增|修订|充分|力争|全面|会同|联合|多|"
    r"选派|分级|分类|分批|推出|推行|压缩|压减|改进|细化|梳理|主动|坚决|常态化|适时|逐步|争取|努力|选取|引入|引进|开设|开通|设立|搭建|编制|编印|"
    r"整合|统筹|升级|改版|延伸|拓宽|理顺|压实|狠抓|严把|督促|指导|邀请|走进|全力|统一|同步|紧盯|紧扣|立足|依托|结合|对照|借助|利用|针对|采取|实行|实施|"
    r"充实|招聘|配备|增配|改造|研究|制作|编发|召开|设置|引导|鼓励|吸纳|扩充|更好|尽快|真正|高质量|高标准|有效|合理|科学|精心|加快|突破|补齐|"
    r"弥补|破解|改变|培养|培育|借鉴|学习|畅通|严格|严肃|明确|确保|保障|促进|促使|做好|做实|办好|用好|建好|管好|写好|讲好|再|"
    r"开发|研发|安排|上线|试行|构建|开拓|打通|提高|降低|缩短|严控|修改|重点抓|落实好|抓好|抓实|继而|尝试|完备|力求|加密|加紧|关注|直面|破除"
)
"""What follows 将 when it tells of the future, and hardly ever when it only marks an object."""
_PLANNED = re.compile(
    rf"(?<!\d)(?P<year>20\d\d)年度?，?[^，。；《\d]{{0,16}}?(?:将(?:{_TO_DO})(?!的)|将(?:把|会)|(?:拟|计划)(?:举办|开展|组织|出台|建设|推进|完善))"
)
_DATED_PLAN = re.compile(r"将(?:在|于)(?P<year>20\d\d)年(?:年?底|内|上半年|下半年|[一二三四第]|\d{1,2}月)")
_SURELY = re.compile("将(?:把|会|由)")
"""Words after which 将 cannot mark an object."""
_NO_PLAN = re.compile(r"的情况|作为|纳入|列入|列为|融入|贯穿|放在|摆在|实际|完成|已|原|了")
"""将 before what is done with a thing, and plans that were carried out."""
_CARRIED_OUT = re.compile(
    r"已于|已经|均已|目前已|已全部|已按|完工|已(?:完成|落实|建成|整改|实现)|得到了?(?:解决|落实|改善|整改)"
)
_TURN = re.compile(
    r"(?:结转|转结|顺延|(?<!结)(?<!流)(?<!旋)转)(?P<to>至|到|入)?(?P<year>20\d\d)年度?(?P<goes>继续|办理|答复|处理)?"
)
_OF_LAST_YEAR = re.compile(r"上一?年|去年|往年|历年|此前|原|同期")
_REST = re.compile(r"(?:剩[余下]?|其余|余|尚有|未办结|未到期)[^，。；]{0,12}$")
_THIS_YEAR = re.compile("今年|本年|全年|年内")
_REMARK = re.compile(r"（[^（）]*）")
_NEAR = 12


def stale_plans(context: RuleContext, year: int) -> Iterator[Outcome]:
    """Find what section five means to do in the year that is over: 2024年，将进一步完善."""
    for sentence in sentences(context):
        if sentence.section != _PLAN_SECTION:
            continue
        match = _PLANNED.search(sentence.text) or _DATED_PLAN.search(sentence.text)
        if match is None or int(match["year"]) != year or f"{year + 1}年" in sentence.text:
            continue
        clause = re.split("[，。；]", sentence.text[match.start() + len("2024年，") :])[0]
        is_plan = _SURELY.search(clause) or not _NO_PLAN.search(clause)
        if is_plan and not _CARRIED_OUT.search(sentence.text, match.end()):
            evidence = sentence.evidence(context, match.start(), match.end() + 8)
            message = f"“{evidence.raw}”说的是今后的打算，年份却是本报告的 {year} 年。"
            yield fails(message, evidence, expected=year + 1, actual=year)


def wrong_turns(context: RuleContext, year: int) -> Iterator[Outcome]:
    """Find requests that are carried on to a year that is not the next.

    To the report's own year only those of the year before it are carried.
    """
    for sentence in sentences(context):
        for match in (
            _TURN.finditer(sentence.text) if "转" in sentence.text or "顺延" in sentence.text else ()
        ):
            named, before = int(match["year"]), _REMARK.sub("", sentence.text[: match.start()])
            if named == year + 1 or "申请" not in _around(context, sentence):
                continue
            if named != year and not (match["to"] and f"{named - 1}年" not in before):
                continue
            is_rest = bool(_REST.search(before) and (_THIS_YEAR.search(before) or f"{year}年" in before))
            if not is_rest and (_OF_LAST_YEAR.search(before) or f"{year - 1}年" in before):
                continue
            if named != year or is_rest or _is_of_the_end(context, sentence, match):
                evidence = sentence.evidence(context, max(0, match.start() - 6), match.end())
                message = f"“{evidence.raw}”结转到 {named} 年，本报告是 {year} 年度，应结转到 {year + 1} 年。"
                yield fails(message, evidence, expected=year + 1, actual=named)


def _around(context: RuleContext, sentence: Sentence) -> str:
    """Return the sentence with its heading, and the one before it, which may name what it goes on with."""
    said = sentences(context)
    place = said.index(sentence)
    before = said[place - 1] if place else sentence
    return sentence.heading + sentence.text + (before.text if before.source is sentence.source else "")


def _is_of_the_end(context: RuleContext, sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether the number beside it is the one that the table carries forward, not the one carried in."""
    carried = context.values.get("requests.carried_forward.total")
    carried_in = context.values.get("requests.carried_in.total")
    if not carried:
        return False
    near = [
        item.value
        for item in quantities(sentence.text)
        if 0 <= match.start() - item.end <= _NEAR or 0 <= item.start - match.end() <= _NEAR
    ]
    return carried in near and (carried != carried_in or (match["goes"] == "继续" and bool(match["to"])))
