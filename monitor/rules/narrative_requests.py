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
from monitor.rules.sums import form_of_requests

_UNITS = frozenset({"件", "宗", "份", "条", "次", "起", "个", "例", "项", "件次"})
_SUBJECT = r"(?:政府)?信息公开|依申请公开|公开申请"
_REQUEST = re.compile(rf"(?:{_SUBJECT}|申请)")
_OTHER_TOPIC = re.compile(
    r"复议|诉讼|投诉|举报|信访|热线|提案|建议|议案|工单|咨询|留言|信箱|12345|来信|来访|会议|解读|文件|许可|办事|行政审批|事项|"
    r"救助|低保|公租房|补贴|证明|登记|仲裁|听证|补正|延期"
)
_CHANNEL = re.compile(
    r"网上|网络|网站|平台|在线|线上|线下|信函|邮寄|邮件|邮箱|当面|现场|窗口|传真|电话|书面|"
    r"自然人|企业|法人(?!.{0,3}其他组织)|组织(?<!其他组织)|机构|个人|按时|按期|及时|延期|其中|主要|涉及"
)
_RECEIVED, _CARRIED_IN = "requests.received.total", "requests.carried_in.total"
_PROCESSED, _CARRIED_ON = "requests.processed_total.total", "requests.carried_forward.total"
_NEW = Meaning("本年新收政府信息公开申请数量", (_RECEIVED,))
_NEW_AND_OLD = Meaning("本年新收与上年结转之和", (_RECEIVED, _CARRIED_IN))
_DONE = Meaning("办理结果总计", (_PROCESSED,))
_OLD = Meaning("上年结转政府信息公开申请数量", (_CARRIED_IN,))
_ON = Meaning("结转下年度继续办理", (_CARRIED_ON,))
_ORGANIZATION_COLUMNS = ("business", "research", "public_welfare", "legal_service", "other_organization")
_GROUPS = {
    "不予公开": "denied_",
    "无法提供": "unavailable_",
    "不予处理": "not_processed_",
    "其他处理": "other_",
}
_ROWS = {"予以公开": "granted", "部分公开": "granted_in_part"}

_BARE = re.compile(
    r"(?:依申请公开|信息公开申请)(?:件|事项|信息|数量|件数|总数|总量|共|共计|合计|为|是|的|有)*$"
)
_PERSONS = re.compile(r"自然人(?:提出|申请|提交)?(?:的)?(?:申请)?$")
_ORGANIZATIONS = re.compile(r"法人(?:和|或|及)(?:者)?(?:其他|非法人)组织(?:提出|申请|提交)?(?:的)?(?:申请)?$")
_NEWLY = re.compile(r"(?:新收|新增|新受理)(?:到|了)?[^\d]{0,24}$")
_RECEIVE = re.compile(r"(?:收到|接收|接到|受理|收悉)(?:到|了|并)?[^\d]{0,36}$")
_FINISH = re.compile(r"(?:办结|办理完毕|办理|答复|处理)(?:了|完成)?[^\d]{0,16}$")
_FROM_LAST_YEAR = re.compile(r"(?:上年度?|上一年度?|去年|(?P<year>20\d\d)年度?)结转(?!至|到|下)[^\d]{0,20}$")
_TO_NEXT_YEAR = re.compile(
    r"结转(?:至|到|入)?(?:下年度?|下一年度?|次年|明年|(?P<year>20\d\d)年度?)[^\d]{0,14}$"
)
_OUTCOME = re.compile(
    r"(?<!不)(?P<outcome>予以公开|部分公开|不予公开|无法提供|不予处理|其他处理)(?:的|申请|类|共|计|有|为|信息|答复)*$"
)
_TO_NEXT_YEAR_AFTER = re.compile(
    r"^(?:申请)?(?:依法)?结转(?:至|到|入)?(?:下年度?|下一年度?|次年|明年|(?P<year>20\d\d)年)"
)
_NONE_RECEIVED = re.compile(
    r"(?:未|没有|并未|尚未)(?:收到|接到|接收到|受理|接收)(?:过)?(?P<object>[^，。；\d]{0,28}?)申请(?!费|表|行政|复议)"
)
_ANYBODY = re.compile(
    r"^(?:任何|相关|有关|公民|法人|其他组织|社会公众|公众|群众|个人|单位|和|或者|或|及|、|的|提出|提交|书面|新|过|一件|此类)*$"
)
_NOT_ALL = re.compile(r"不予|撤销|撤回|重复|补正|延期|有效|不当|复议|诉讼|费")


@rule(
    "narrative.requests",
    "文字中的申请件数与表三一致",
    Severity.WARNING,
    basis="惯例：通报中的“数据失准”；《政府信息公开条例》第五十条第（二）项",
    since=FIRST_YEAR_OF_TABLES,
)
def requests_in_prose(context: RuleContext) -> Iterator[Outcome]:
    """正文所说的新收、上年结转、办结、结转下年和各类办理结果的件数与表三相同; 说法有两解的不作判断."""
    for sentence in sentences(context):
        for claim in _claims(context, sentence):
            yield from judge(context, claim)


def _claims(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    counted = [item for item in quantities(sentence.text) if item.unit in _UNITS and item.exact]
    on_topic = bool(re.search(_SUBJECT, sentence.heading))
    for start, end in segments(sentence):
        words = sentence.text[start:end]
        if _OTHER_TOPIC.search(words) and not re.search(_SUBJECT, words):
            on_topic = False
        elif re.search(_SUBJECT, words):
            on_topic = not re.search(r"复议|诉讼|投诉|举报", words)
        if not on_topic:
            continue
        yield from _negations(context, sentence, start, end)
        for item in counted:
            if start <= item.start and item.end <= end:
                yield from _claim(context, sentence, start, item)


def _negations(context: RuleContext, sentence: Sentence, start: int, end: int) -> Iterator[Claim]:
    match = _NONE_RECEIVED.search(sentence.text, start, end)
    if match is None or not _is_of_all_requests(match["object"]):
        return
    if speaks_of_year(sentence, start, end, context.report.year):
        yield Claim(sentence, match.start(), match.end(), Decimal(0), (_NEW,))


def _is_of_all_requests(words: str) -> bool:
    """Tell whether a negation denies every request, not those of a kind, a channel or another matter."""
    if _ANYBODY.match(words):
        return True
    plain = re.search(_SUBJECT, words) and not _OTHER_TOPIC.search(words)
    return bool(plain) and not (_CHANNEL.search(words) or _NOT_ALL.search(words))


def _claim(context: RuleContext, sentence: Sentence, start: int, item: Quantity) -> Iterator[Claim]:
    before = sentence.text[start : item.start]
    previous = max((before.rfind(mark) for mark in "、（"), default=-1)
    own = before[previous + 1 :] if re.search(r"\d", before) else before
    after = sentence.text[item.end : item.end + 12]
    meanings = _meanings(context, own, after)
    if not meanings:
        meanings = _by_applicant(sentence.text[: item.start])
    elif _CHANNEL.search(own.removeprefix("其中")):
        return
    if meanings and speaks_of_year(sentence, start, item.end, context.report.year):
        yield Claim(sentence, item.start - len(own), item.end, item.value, meanings)


def _by_applicant(before: str) -> tuple[Meaning, ...]:
    """Return what a number of applicants of one kind means after the number of all requests received."""
    columns: tuple[str, ...] = ()
    if _PERSONS.search(before):
        label, columns = "自然人", ("natural_person",)
    elif _ORGANIZATIONS.search(before):
        label, columns = "法人或其他组织", _ORGANIZATION_COLUMNS
    if not columns or not re.search(r"(?:收到|新收|受理|接收)", before):
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


def _meanings(context: RuleContext, before: str, after: str) -> tuple[Meaning, ...]:
    """Return what a number may mean by the words before and after it; nothing where that is unclear."""
    carried = _carried(context, before, after)
    if carried is not None:
        return carried
    outcome = _OUTCOME.search(before)
    if outcome:
        return _of_outcome(context, outcome["outcome"])
    if _NEWLY.search(before):
        return (_NEW,)
    if _RECEIVE.search(before):
        return (_NEW, _NEW_AND_OLD) if "受理" not in before else (_NEW, _NEW_AND_OLD, _DONE)
    if _FINISH.search(before) and not _is_of_something_else(before):
        without_old = Meaning("办结的本年申请", (_PROCESSED, f"-{_CARRIED_IN}"))
        return (_DONE, without_old, _NEW, _NEW_AND_OLD)
    return (_NEW, _NEW_AND_OLD, _DONE) if _BARE.search(before) else ()


def _carried(context: RuleContext, before: str, after: str) -> tuple[Meaning, ...] | None:
    """Return what a number of carried requests means; an empty tuple for those of other years."""
    year = context.report.year or 0
    for pattern, words, meaning, own in (
        (_FROM_LAST_YEAR, before, _OLD, year - 1),
        (_TO_NEXT_YEAR, before, _ON, year + 1),
        (_TO_NEXT_YEAR_AFTER, after, _ON, year + 1),
    ):
        match = pattern.search(words)
        if match:
            return (meaning,) if not match["year"] or int(match["year"]) == own else ()
    return None


def _of_outcome(context: RuleContext, outcome: str) -> tuple[Meaning, ...]:
    if outcome in _ROWS:
        granted = Meaning(
            "予以公开与部分公开之和", ("requests.granted.total", "requests.granted_in_part.total")
        )
        own = Meaning(outcome, (f"requests.{_ROWS[outcome]}.total",))
        return (own, granted) if outcome == "予以公开" else (own,)
    rows = [
        row for row in cells_of(form_of_requests(context), "requests") if row.startswith(_GROUPS[outcome])
    ]
    return (Meaning(outcome, tuple(f"requests.{row}.total" for row in rows)),)


def _is_of_something_else(before: str) -> bool:
    return bool(_OTHER_TOPIC.search(before)) and not _REQUEST.search(before)
