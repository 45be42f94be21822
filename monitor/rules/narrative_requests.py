"""Prose: what it says of requests agrees with table 3, wherever its meaning is plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from monitor.finding import Severity
from monitor.rules.claims import Claim, Meaning, judge, segments, speaks_of_year
from monitor.rules.context import FIRST_YEAR_OF_TABLES, RuleContext
from monitor.rules.official import cells_of
from monitor.rules.outcome import Outcome
from monitor.rules.prose import Sentence, sentences
from monitor.rules.quantities import Quantity, quantities
from monitor.rules.registry import rule
from monitor.rules.request_words import (
    CHANNEL,
    NONE_AT_ALL,
    NONE_CARRIED,
    NONE_RECEIVED,
    OTHER_TOPIC,
    SUBJECT,
    is_of_all_requests,
)
from monitor.rules.sums import form_of_requests

_QUOTES = dict.fromkeys(map(ord, "“”‘’「」\"'"))
_UNITS = frozenset({"件", "宗", "份", "条", "次", "起", "个", "例", "项", "件次"})
_REQUEST = re.compile(rf"(?:{SUBJECT}|申请)")
_REQUEST_NAMED = re.compile(r"申请")
"""What is new may be anything else: 新增栏目, 新增账号."""
_HEADING = re.compile(r"依申请|公开申请|申请公开|申请情况")
"""A heading under which every number may be of requests; 政府信息公开平台建设 is none."""
_AREA = re.compile(r"(?:省|市|县|区|州|旗|盟|人民政府)$")
_WHOLE_AREA = re.compile(r"全[省市县区州旗盟](?![面程])|各级")
"""Whose requests a department counts that are not its own: 全县各级行政机关共收到……"""
_LAWSUITS = re.compile(r"复议|诉讼|应诉|投诉|举报|仲裁")
_CLASSIFIED = re.compile(
    r"公文|公开属性|制发|拟制|印发|主动公开[^，。；、]{0,10}\d+[^，。；（]{0,6}(?:（[^）]*）)?[，、；]依申请公开"
)
"""Documents that are to be disclosed on request, or not at all, are no requests."""
_LOOK_BEHIND = 12
_EVERYBODY = re.compile(r"公民(?:个人)?[、和及或]法人(?:(?:[、和及或]|或者)(?:其他|非法人)组织)?")
_IN_TIME = re.compile(r"按时|按期|及时")
"""What was done in time may be less than all that was done, but not more."""
_ALL_CHANNELS = re.compile(r"[^，。；\d]*等(?:多种|各种|各类|多个)?(?:方式|渠道|途径|形式)")
"""通过网上、信函、当面等方式: every channel, so no part of the requests."""
_RECEIVED, _CARRIED_IN = "requests.received.total", "requests.carried_in.total"
_PROCESSED, _CARRIED_ON = "requests.processed_total.total", "requests.carried_forward.total"
_NEW = Meaning("本年新收政府信息公开申请数量", (_RECEIVED,))
_NEW_AND_OLD = Meaning("本年新收与上年结转之和", (_RECEIVED, _CARRIED_IN))
_DONE = Meaning("办理结果总计", (_PROCESSED,))
_OLD = Meaning("上年结转政府信息公开申请数量", (_CARRIED_IN,))
_ON = Meaning("结转下年度继续办理", (_CARRIED_ON,))
_GRANTED = Meaning("予以公开与部分公开之和", ("requests.granted.total", "requests.granted_in_part.total"))
_ORGANIZATION_COLUMNS = ("business", "research", "public_welfare", "legal_service", "other_organization")
_GROUPS = {
    "不予公开": "denied_",
    "无法提供": "unavailable_",
    "不予处理": "not_processed_",
    "其他处理": "other_",
}
_ROWS = {"予以公开": "granted", "部分公开": "granted_in_part"}

_BARE = re.compile(
    r"(?:依申请公开|信息公开申请)(?:政务信息|政府信息|信息|件|办件|事项|信息|数量|件数|总数|总量|受理量|办理量|申请量|受理数|办理数|数|共|共计|合计|为|是|的|有)*$"
)
_APPLIED = "(?:提出|申请|提交|(?:政府)?信息|公开|[的件为有共计])*"
_PERSONS = re.compile(rf"(?:自然人|公民个人|(?<![、和及或])公民){_APPLIED}$")
_ORGANIZATIONS = re.compile(rf"(?<!公民[、和及或])法人(?:和|或|及)(?:者)?(?:其他|非法人)组织{_APPLIED}$")
_PERSONS_BEHIND = re.compile(r"^(?:申请)?(?:为|是|系|由)自然人")
_OBJECT = (
    r"(?:(?:政府|政务)?信息|(?<=申请)数|依申请|公开|申请|数量|件数|总数|总量|事项|办理件|办件|件|公民|法人|其他组织|社会公众|群众|提出|提交|"
    r"各类|有关|相关|项目|案件|(?<=公开)信件|共计|合计|总计|继续|办理|[的到了并过和或、者及共为是有达计：])*"
)
"""Between a verb and its number stand only words for the requests; any other noun is another matter."""
_NEWLY = re.compile(rf"(?:新收|新增|新受理){_OBJECT}$")
_RECEIVE = re.compile(rf"(?:收到|接收|接到|接受|受理|收悉|收(?=(?:政府)?信息公开|依申请)){_OBJECT}$")
_FINISH = re.compile(
    rf"(?<![在未待续需应拟可])(?:办结|办理完毕|办理|答复|回复|处理)(?:完成|完毕|结果)?{_OBJECT}$"
)
_AFTER = re.compile(
    r"$|[，。；、（）]|均|已|全部|都|并|无|结转|答复|办结|(?:政府|政务)?信息(?:公开|依申请)|依申请|申请|公开申请|的|以及|和|及|"
    r"(?:公众|公民|群众)[^，。；\d]{0,30}申请"
)
_FROM_LAST_YEAR = re.compile(
    rf"(?:上年度?|上一年度?|去年|(?P<year>20\d\d)年度?)(?:结转|转结)(?!至|到|下)(?:本年度?|今年|未办结|未答复|处理|受理)*{_OBJECT}$"
)
_OLD_TURNED = re.compile(rf"结转(?:自)?上(?:一)?年度?{_OBJECT}$")
_FROM_LAST_TO_THIS = re.compile(
    rf"(?P<year>20\d\d)年度?结转(?:至|到|入)(?:本年度?|今年|当年|20\d\d年度?){_OBJECT}$"
)
_TO_NEXT_YEAR = re.compile(
    rf"(?:结转|转结|(?<!结)转)(?:至|到|入)?(?:下年度?|下一年度?|次年|明年|(?P<year>20\d\d)年度?)(?:答复|处理)*{_OBJECT}$"
)
_OUTCOME = re.compile(
    r"(?<!不)(?P<both>(?:予以|同意)公开(?:和|及|与|、|或)(?:予以)?)?(?P<outcome>部分予以公开|予以公开|同意公开|部分公开|不予公开|无法提供|不予处理|其他处理)(?:的|申请|类|共|计|有|为|信息|答复)*$"
)
_OUTCOME_BEHIND = re.compile(
    r"^(?:申请)?(?:为|属于|属|系|是)(?P<outcome>部分予以公开|予以公开|同意公开|部分公开|不予公开|无法提供|不予处理|其他处理)(?=[，。；、]|$)"
)
"""The number before its outcome: 4件为不予公开."""
_ONLY_OF_REQUESTS = re.compile(r"(?:予以公开|部分公开|不予公开|无法提供|不予处理|其他处理)\d")
_AND = re.compile(r"(?:公开|提供|处理|掌握|存在)的?(?:和|及|与|或)$")
"""Before an outcome that is counted together with another: 已主动公开和同意公开的3件."""
_WITHDRAWN = re.compile(r"撤[销回][^，。；\d]{0,4}\d")
"""Withdrawn requests are finished as well, and none of those answered."""
_CARRIED = re.compile("结转|转结|转[下至到入]")
_TO_NEXT_YEAR_AFTER = re.compile(
    r"^(?:申请)?(?:依法)?(?:结转|转结|转)(?:至|到|入)?(?:下年度?|下一年度?|次年|明年|(?P<year>20\d\d)年)"
)
_FROM_LAST_YEAR_AFTER = re.compile(
    r"^(?:申请)?(?:为|是|系|属于?)(?:上年度?|上一年度?|去年|(?P<year>20\d\d)年度?)(?:结转|转结)"
)
_ALL_BEFORE = re.compile(r"收到|新收|受理|接收|公开申请[^，。；\d]{0,4}\d")
_RESULT = re.compile(r"不掌握|不存在|不属于|非本机关|已公开|补正|撤[回销]|告知")
"""An outcome that is no row of the table on its own: 本机关不掌握政府信息答复4件 is no number of answers."""
_REST = re.compile(r"(?:其余|余下|剩余)(?:的)?$")
_REST_DONE = re.compile(
    r"^(?:申请)?(?:全部|均|都|已|按时|按期|及时|在规定[^，。；]{1,6}内)+(?:答复|办结|回复|办理完毕)"
)
"""收到59件，其中结转7件，其余54件全部按时答复: the rest is all that was done."""


@rule(
    "narrative.requests",
    "文字中的申请件数与表三一致",
    Severity.WARNING,
    basis="惯例：通报中的“数据失准”；《政府信息公开条例》第五十条第（二）项",
    since=FIRST_YEAR_OF_TABLES,
)
def requests_in_prose(context: RuleContext) -> Iterator[Outcome]:
    """正文所说的新收、上年结转、办结、结转下年和各类办理结果的件数与表三相同; 说法有两解的不作判断."""
    is_area = bool(_AREA.search(context.report.organization or ""))
    for sentence in sentences(context):
        for claim in _claims(context, sentence):
            if is_area or not _WHOLE_AREA.search(sentence.text[: claim.end]):
                yield from judge(context, claim)


def _claims(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    counted = [item for item in quantities(sentence.text) if item.unit in _UNITS and item.exact]
    if _CLASSIFIED.search(sentence.text):
        return
    on_topic = was_on_topic = bool(_HEADING.search(sentence.heading))
    for start, end in segments(sentence):
        words = sentence.text[start:end]
        on_topic = _is_on_topic(words, on_topic)
        was_on_topic = was_on_topic or on_topic
        if not on_topic and not (was_on_topic and _is_about_outcomes(words)):
            continue
        yield from _negations(context, sentence, start, end)
        for item in counted:
            if start <= item.start and item.end <= end:
                yield from _claim(context, sentence, start, item)


def _is_about_outcomes(words: str) -> bool:
    """Tell words that only requests get: 不予公开32件; they go on with them behind a clause about others."""
    return bool(_ONLY_OF_REQUESTS.search(words)) and not OTHER_TOPIC.search(words)


def _is_on_topic(words: str, before: bool) -> bool:
    """Tell whether a stretch speaks of requests, from its own words or from those before it."""
    if not re.search(SUBJECT, words):
        return before and not OTHER_TOPIC.search(words)
    return not _LAWSUITS.search(words) and (before or not words.startswith("其中"))


def _negations(context: RuleContext, sentence: Sentence, start: int, end: int) -> Iterator[Claim]:
    received = NONE_RECEIVED.search(sentence.text, start, end)
    if received is not None and not is_of_all_requests(received["object"]):
        received = None
    for match, meaning in (
        (received or NONE_AT_ALL.search(sentence.text, start, end), _NEW),
        (NONE_CARRIED.search(sentence.text, start, end), _OLD),
    ):
        if match and speaks_of_year(context, sentence, start, end):
            yield Claim(sentence, match.start(), match.end(), Decimal(0), (meaning,))


def _claim(context: RuleContext, sentence: Sentence, start: int, item: Quantity) -> Iterator[Claim]:
    before = sentence.text[start : item.start]
    previous = max((before.rfind(mark) for mark in "、（"), default=-1)
    own = before[previous + 1 :] if re.search(r"\d", before) else before
    after = sentence.text[item.end : item.end + _LOOK_BEHIND]
    if not any(
        words.match(after) for words in (_AFTER, _PERSONS_BEHIND, _OUTCOME_BEHIND, _FROM_LAST_YEAR_AFTER)
    ):
        return
    if _RESULT.search(own) and not _OUTCOME.search(own.translate(_QUOTES)):
        return
    if "新增" in own and not _REQUEST_NAMED.search(
        sentence.heading + sentence.text[: item.end + _LOOK_BEHIND]
    ):
        return
    told = sentence.text[: item.start]
    meanings = _meanings(context, own.translate(_QUOTES), after, told)
    if (
        not meanings
        and _REST.search(own)
        and _REST_DONE.match(after)
        and "结转" in sentence.text[: item.start]
    ):
        meanings = (_DONE,)
    applicants = _by_applicant(sentence, item)
    if applicants or not meanings:
        meanings = applicants
    elif CHANNEL.search(_EVERYBODY.sub("", _ALL_CHANNELS.sub("", own.removeprefix("其中")))):
        return
    if meanings and speaks_of_year(context, sentence, start, item.end):
        at_most = bool(_IN_TIME.search(own))
        yield Claim(sentence, item.start - len(own), item.end, item.value, meanings, at_most)


def _by_applicant(sentence: Sentence, item: Quantity) -> tuple[Meaning, ...]:
    """Return what a number of applicants of one kind means after the number of all requests received."""
    before = sentence.text[: item.start]
    columns: tuple[str, ...] = ()
    if _PERSONS.search(before) or _PERSONS_BEHIND.match(sentence.text[item.end :]):
        label, columns = "自然人", ("natural_person",)
    elif _ORGANIZATIONS.search(before):
        label, columns = "法人或其他组织", _ORGANIZATION_COLUMNS
    if not columns or not (_ALL_BEFORE.search(before) or _HEADING.search(sentence.heading)):
        return ()
    new, old, done = (
        tuple(f"requests.{row}.{column}" for column in columns)
        for row in ("received", "carried_in", "processed_total")
    )
    return (
        Meaning(f"本年新收（{label}）", new),
        Meaning(f"新收与结转（{label}）", new + old),
        Meaning(label, done),
    )


def _meanings(context: RuleContext, before: str, after: str, told: str) -> tuple[Meaning, ...]:
    """Return what a number may mean by the words before and after it; nothing where that is unclear."""
    carried = _carried(context, before, after)
    if carried is not None:
        return carried
    outcome = _OUTCOME.search(before)
    if outcome and _AND.search(before[: outcome.start()]):
        return ()
    if outcome:
        return _of_outcome(context, outcome["outcome"], bool(outcome["both"]))
    behind = _OUTCOME_BEHIND.match(after)
    if behind:
        return _of_outcome(context, behind["outcome"], both=False)
    if _NEWLY.search(before):
        return (_NEW,)
    if _RECEIVE.search(before):
        return (_NEW, _NEW_AND_OLD) if "受理" not in before else (_NEW, _NEW_AND_OLD, _DONE)
    if (
        _FINISH.search(before)
        and not _WITHDRAWN.search(told)
        and (not OTHER_TOPIC.search(before) or _REQUEST.search(before))
    ):
        without_old = Meaning("办结的本年申请", (_PROCESSED, f"-{_CARRIED_IN}"))
        return (_DONE, without_old, _NEW, _NEW_AND_OLD)
    return (_NEW, _NEW_AND_OLD, _DONE) if _BARE.search(before) else ()


def _carried(context: RuleContext, before: str, after: str) -> tuple[Meaning, ...] | None:
    """Return what a number of carried requests means; an empty tuple for those of other years."""
    year = context.report.year or 0
    for pattern, words, meaning, own in (
        (_FROM_LAST_YEAR, before, _OLD, year - 1),
        (_FROM_LAST_TO_THIS, before, _OLD, year - 1),
        (_OLD_TURNED, before, _OLD, year - 1),
        (_TO_NEXT_YEAR, before, _ON, year + 1),
        (_TO_NEXT_YEAR_AFTER, after, _ON, year + 1),
        (_FROM_LAST_YEAR_AFTER, after, _OLD, year - 1),
    ):
        match = pattern.search(words)
        if match:
            named = match.groupdict().get("year")
            return (meaning,) if not named or int(named) == own else ()
    return () if _CARRIED.search(before) else None


def _of_outcome(context: RuleContext, outcome: str, both: bool) -> tuple[Meaning, ...]:
    outcome = outcome.replace("部分予以", "部分").replace("同意", "予以")
    if outcome in _ROWS:
        own = Meaning(outcome, (f"requests.{_ROWS[outcome]}.total",))
        if both:
            return (_GRANTED,)
        return (own, _GRANTED) if outcome == "予以公开" else (own,)
    if both:
        return ()
    rows = [
        row for row in cells_of(form_of_requests(context), "requests") if row.startswith(_GROUPS[outcome])
    ]
    return (Meaning(outcome, tuple(f"requests.{row}.total" for row in rows)),)
