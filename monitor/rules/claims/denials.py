"""What a clause denies altogether: that any request came, was carried over, or led to a review or suit.

A denial is a clause with a negation and a word for what is denied, of which every other word is one of
those that narrow nothing: when, the body itself, anybody, received, of disclosure. A kind, a channel, an
outcome, another matter or a part of the body has words that are not among them, so nothing is accused.
"""

from __future__ import annotations

import re

from monitor.rules.body_names import in_order
from monitor.rules.claims.causes import OF_OTHER_ACTS
from monitor.rules.claims.request_words import WAYS
from monitor.rules.prose.sentences import Sentence

_EVERY_WAY = (
    rf"(?:通过|以|(?:政府)?(?:信息公开)?(?:{WAYS}|电子|来电|来访|口头)|[、和及或与])*"
    r"(?:任何|各种|各类|各|多种|等(?:任何|各种|各类|多种|多个)?)(?:形式|方式|渠道|途径)|"
    r"线上(?:[、和及或与]|以及|或者)?线下|(?:书面|纸质)(?:[、和及或与]|或者)(?:电子|网络|网上)"
)
_TIME = (
    r"截[至止]到?(?:目前|(?:20\d\d|当|本|今)?年?(?:年?[底末]|12月(?:31日|份?底)))|自?20\d\d年1月1日起?[至到](?:20\d\d年)?12月31日止?|"
    r"20\d\d年度?|(?:本|该|今|当|全)年度?|报告(?:期|年度)|一年来|以来|年度|年内|目前"
)
_ITSELF = (
    r"[我本](?:们|机关|单位|部门|街道办事处|街道办|街道|办事处|中心|分局|支队|大队|总队|管委会|苏木|[局委办厅镇乡街县区市州盟旗省院校会部处队馆])|"
    r"全(?:街道|[镇乡街区县市州旗省局])"
)
_OF_DISCLOSURE = r"(?:部门)?(?:政府信息|政务信息|信息|政务|依法?申请)公开(?:工作|事务|行为)?"
_COMPLAINTS = r"(?:行政)?(?:举报|投诉|申诉|信访|责任追究)(?=[、和及与或等投举申]|的?情|案|$)"
_TOWARDS = r"向(?:[省市县区旗州]|上级)?(?:人民)?(?:政府|行政机关|机关|法院)"
_ANSWERS = r"答复(?=不服|[引而被无均未零实])"
_COMMON = """
    未曾 未有 从未 没有 不存在 不涉及 不曾 未 没 无 零 0 为 是 发生 出现 产生 存在 涉及 涉 有 实现 接受 收到
    接到 接收 接获 接 均 都 皆 也 亦 并 且 但 而 故 因此 暂时 暂 尚 还 从 共 所有 过 了 到 内 中 在 于 的 之
    等 任何 任意 公民 法人 其他组织 其它组织 非法人组织 社会组织 组织 个人 群众 社会公众 公众 社会各界 社会
    企业 市民 申请人 单位 自然人 主体 人 各类 类 和 或者 或 与 及 以及 相关 有关 此类 该类 该项 向 提出 提交
    依申请 政府信息 政务信息 信息 申请公开 公开 申请件 申请书 申请 方面 情况 情形 现象 事项 事宜 数量 总量
    件数 数 量 要求 诉求 1件 1起 1例 1宗 一件 一起 一例 一宗 一份 一条 一 件 起 例
"""
_OF_REQUESTS = """
    收到和处理 收到及处理 收悉 受理 需要办理 办理 申请量 受理量 办件 公开件 来信 来函 信件 请求 需求 获取 提供
    新收 新增 关于 针对 递交 依法 提请
"""
_OF_CASES = """
    因为 由于 因 由 就 对 关于 针对 以 作为 引发 引起 导致 被 提起 提请 参加 参与 行政复议申请 行政复议
    复议申请 复议 行政诉讼 行政应诉 应诉通知书 应诉通知 诉讼 起诉 应诉 被诉讼 被诉 被告 被申请人
    行政复议机关 复议机关 人民法院 法院 案件 案例 案 处理情况 监督保障 事件 不服
"""
_OF_CARRIED = """
    需 结转 转结 转入 转到 转至 遗留 留下 剩下
    跨年 余 上一年度 上一年 上年度 上年 去年 下一年度 下一年 下年度 下年 次年
    明年 年底 年末 期末 继续 办理 处理 答复 办件 入 至
"""


def _plain(words: str, *more: str) -> re.Pattern[str]:
    """Return a pattern of words that narrow nothing, the longest first."""
    told = sorted(map(re.escape, f"{_COMMON} {words}".split()), key=len, reverse=True)
    return re.compile("|".join((_EVERY_WAY, _TIME, _ITSELF, _OF_DISCLOSURE, *more, *told)))


REQUESTS, CARRIED = _plain(_OF_REQUESTS), _plain(_OF_CARRIED)
CASES = _plain(_OF_CASES, _COMPLAINTS, _ANSWERS, _TOWARDS)
MAY_DENY = re.compile("[未没无零不]|[为是]0")
"""A letter without which nothing is denied: few sentences are read further."""
_IDLE = re.compile(
    r"^(?:（[^）]{1,3}）|\d{1,2}[.．、]|[一二三四五六七八九十]{1,2}[是、])|[“”\"‘’]|（[^）]*）?$|[.．！？。]+$|"
    r"(?<=[无有])(?:政府信息公开)?申请结转(?:办理)?(?:情况)?[及和、]"
)
_NEGATES = re.compile(
    r"未有|没有|(?<!有)无|零|不存在|不涉及|"
    r"(?:未曾?|没|不曾)(?=有|收|接|受理|办理|发生|出现|产生|引|涉及|存在|新增|被|因|由|作为|参[加与]|结转|申请|提[起出])"
)
_TAIL = re.compile(
    r"(?:[为是](?:零|0|无)|(?:未|没有|未有)(?:发生|出现|产生|收到|接到)过?|零(?:发生|受理)|(?<=.)(?:无|没有|零))$"
)
_NEXT_DENIAL = re.compile(
    r"(?:、|也|亦|且|并且|并|及|和|与)(?=未|没|无|零|不存在|不涉及)|(?<=申请)(?=零)|(?<=复议)(?=零)"
)
_STILL_OPEN = re.compile("未办结|未办(?!理)|未结(?!转)")
_STAGE = re.compile(
    r"(?:^|[，；：。])(?P<words>[^，；：。]*(?:期间|时|[外前后底月日上中]|渠道|方式|平台|方面))，$"
)
"""疫情期间，: what follows is of that time, way or part alone."""
_SPEAKS_OF_SUCH = re.compile(
    r"的(?:公民|群众|公众|企业|单位|个人|市民|申请人|人)?$|(?:未|没有?)(?:办理|受理|处理|答复|[收接]到|提出|提交|申请公开)的(?!情|现|事)|"
    r"(?:未|没有?)(?:办理|受理|处理|答复).*结转|复议[^、和及与或]*(?:被|引|起|提|不服|而)[^、和及与或]*诉"
)
"""未收到答复的, 没有办理的申请, 行政复议被诉: whom or what the rest of the sentence tells of."""
_SUCH = re.compile("[此该这]类|该项")
"""内容不明确的告知补正，无此类申请: a kind that was told before, unless nothing was said to lack there."""
_ORGANIZATION = re.compile("法人|组织|企业|(?<![我本])单位")
_PERSON = re.compile("自然人|个人|市民")
_ANYBODY = re.compile("任何|公民|公众|群众|各界|申请人|[无有]人")
_APPLICANT_FIRST = re.compile("申请人.*(?:[未没]|不(?!服))|未曾?申请(?!行政|复议)")
_CLASSED = re.compile("主动公开|不予公开")
_INFORMATION = re.compile("依申请公开的?(?:政府)?信息")
_GOT = re.compile("[收接受]|申请公开.*申请")
"""Information classed as 依申请公开 is no request, unless it was asked for."""
_AIMED_AT = re.compile("力争|争取|努力|下一步|目标|确保|力求|推动|追求|[为以]实现")
_NO_TASK = re.compile(f"信息公开|依申请|{_TIME}")
"""我局不涉及行政复议工作 is said of its tasks; with a year or a word for disclosure, of its cases."""
_NOTHING_ELSE = re.compile(
    rf"(?:{_TIME}|{_ITSELF}|[均都暂尚也])*(?:无|没有|零|(?:未|没有)(?:收到|接到|发生|受理|产生|出现)过?)"
    rf"(?P<such>(?:以(?:{_ITSELF})为被(?:申请人|告)的|任何|一[件起宗例])*(?:案件|案))?"
)
"""本年度无: of what, the words before the colon or the heading tell."""
_CASES_AS_TOPIC = re.compile("(?:行政)?(?:复议|诉讼)(?:和行政诉讼)?(?:方面|情况|案件)")
"""行政复议方面，无: a heading before a comma."""
_WISH = (
    "公开(?:(?:政府|政务|相关|有关)?信息)?的?(?:要求|诉求|需求|请求)|(?:要求|诉求|需求|请求).*(?:公开|提供)"
)
OF_DISCLOSURE = re.compile(f"依申请|依法申请|申请公开|公开.*申请|申请.*信息|{_WISH}")
"""What is denied in such words is of requests, whatever was told before."""
_REQUEST = re.compile(f"申请(?!人)|依申请|{_WISH}")
_REVIEW = re.compile("复议(?!机关|申请人)")
_SUIT = re.compile("诉讼(?!人)|起诉(?!人)|被诉|应诉")
_CAUSE = re.compile(
    r"(?:因|由|就|对|关于|针对).*?(?:引[发起]|产生|导致|不服|被|而|申请(?=行政|复议)|提起|发生)"
)
"""What the cases that are denied would have come of."""
_MEANT_AS_WELL = re.compile("举报|投诉|信访|登记|当事人")
"""Complaints denied beside the cases name no other acts."""
_OTHER_WORK = re.compile(f"{OF_OTHER_ACTS.pattern}|纠纷|调解|矛盾")
_BROUGHT = re.compile("(?:未|没)曾?被?(?:申请|提[起出请]|起诉)")
_BESIDE_REVIEWS = re.compile(
    r"被(?:申请|提起)(?:行政)?复议(?:案件|案)?\d+[件起宗例]，[也但]?(?:未|没有?)被(?:提起|提出)(?:过)?行政诉讼"
)
"""被申请行政复议4件，未被提起行政诉讼: both of the body, not of those reviewed."""
_SOME = re.compile("部分|个别|一些|有的|有些|少数|多数|其中|另|该|复议")
"""What was told before, so that those who did not sue may be some applicants alone."""


def denied(sentence: Sentence, start: int, end: int, own: str, words: re.Pattern[str]) -> list[str]:
    """Return what the clause at [start, end) denies, one text a negation; nothing where a word narrows it."""
    clause = _STILL_OPEN.sub("余", _IDLE.sub("", sentence.text[start:end]))
    if not MAY_DENY.search(clause) or _SPEAKS_OF_SUCH.search(clause):
        return []
    if _SUCH.search(clause) and MAY_DENY.search(sentence.text, 0, start):
        return []
    if (nothing := _NOTHING_ELSE.fullmatch(clause)) is not None:
        topic = _IDLE.sub("", _topic(sentence, start))
        clause = clause + topic if nothing["such"] else topic + clause
    stage = _STAGE.search(sentence.text, 0, start)
    is_plain = all(_is_plain(told, own, words) for told in (clause, stage["words"] if stage else ""))
    if not is_plain or _is_of_a_kind(clause) or _is_no_fact(sentence.text[:end], clause):
        return []
    return [part for part in _NEXT_DENIAL.split(clause) if _denied_in(part)]


def _topic(sentence: Sentence, start: int) -> str:
    """Return what a mere “none” is said of: the words before its colon, or the heading above it."""
    if not start:
        return sentence.heading
    before = re.split("[，；：。]", sentence.text[: start - 1])[-1]
    is_told = sentence.text[start - 1] == "：" or _CASES_AS_TOPIC.fullmatch(before)
    return before if is_told else ""


def _is_plain(told: str, own: str, words: re.Pattern[str]) -> bool:
    """Tell whether all words are among those that narrow nothing, or the body's name, in full or short."""
    for known in _in_full_or_short(own):
        told = told.replace(known, "、")
    rest = words.sub("、", told)
    return all(len(name) > 1 and in_order(name, own) for name in rest.split("、") if name)


def _in_full_or_short(own: str) -> tuple[str, ...]:
    """Return a name with and without the areas before it, and as its trade's: 水务部门 for 水务局."""
    return (*(own[at:] for at in range(len(own) - 2)), *([f"{own[:-1]}部门"] if own else []))


def _is_of_a_kind(clause: str) -> bool:
    """Tell words of persons alone, or of organizations alone, or of the applicants told before."""
    is_one = bool(_ORGANIZATION.search(clause)) != bool(_PERSON.search(clause))
    return (is_one and not _ANYBODY.search(clause)) or bool(_APPLICANT_FIRST.search(clause))


def _is_no_fact(told: str, clause: str) -> bool:
    """Tell an aim (努力实现零复议), a task that the body does not have, or how information is classed."""
    if ("零" in clause or "实现" in clause) and _AIMED_AT.search(told):
        return True
    if "不涉及" in clause and not _NO_TASK.search(clause):
        return True
    return bool(_INFORMATION.search(clause) and _CLASSED.search(told)) and not _GOT.search(clause)


def _denied_in(part: str) -> str:
    """Return what one negation denies: the words behind it, or all before where it ends the clause."""
    tail = _TAIL.search(part)
    if tail:
        return part[: tail.start()]
    negations = list(_NEGATES.finditer(part))
    return part[negations[0].end() :] if len(negations) == 1 else ""


def denies_requests(part: str) -> bool:
    """Tell whether a part of a clause denies that any request came."""
    return bool(_REQUEST.search(_denied_in(part)))


def cases_denied(part: str) -> tuple[bool, bool]:
    """Tell whether a part of a clause denies all reviews, and all suits."""
    told = _CAUSE.sub("", _denied_in(part))
    return bool(_REVIEW.search(told)), bool(_SUIT.search(told))


def is_of_some(sentence: Sentence, start: int, part: str) -> bool:
    """Tell cases of other acts, which the sentence named before, or of some applicants, who did not sue."""
    before = sentence.text[:start]
    if _BROUGHT.search(part) and _SOME.search(before) and not _BESIDE_REVIEWS.search(before + part):
        return True
    of_others = _OTHER_WORK.search(_MEANT_AS_WELL.sub("", before))
    return bool(of_others) and not re.search("信息公开|依申请", part)
