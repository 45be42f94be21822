"""What a number of requests in the prose may mean, by the words before and after it."""

from __future__ import annotations

import re

from monitor.rules.claims.claim import Meaning
from monitor.rules.claims.request_rows import (
    beside,
    gives_reason,
    is_one_of_several,
    is_one_reason,
    rest_of_group,
    rows_named,
    told_beside,
)
from monitor.rules.claims.request_words import OTHER_TOPIC, SUBJECT, is_under_requests
from monitor.rules.context import RuleContext
from monitor.rules.official import ORGANIZATIONS, cells_of
from monitor.rules.prose.quantities import Quantity
from monitor.rules.prose.sentences import Sentence
from monitor.rules.sums import form_of_requests

_REQUEST = re.compile(rf"(?:{SUBJECT}|申请)")
_RECEIVED, _CARRIED_IN = "requests.received.total", "requests.carried_in.total"
_PROCESSED, _CARRIED_ON = "requests.processed_total.total", "requests.carried_forward.total"
NEW = Meaning("本年新收政府信息公开申请数量", (_RECEIVED,))
WITHOUT_OLD = Meaning("办结的本年申请", (_PROCESSED, f"-{_CARRIED_IN}"))
NEW_AND_OLD = Meaning("本年新收与上年结转之和", (_RECEIVED, _CARRIED_IN))
DONE = Meaning("办理结果总计", (_PROCESSED,))
OLD = Meaning("上年结转政府信息公开申请数量", (_CARRIED_IN,))
ON = Meaning("结转下年度继续办理", (_CARRIED_ON,))
_GRANTED = Meaning("予以公开与部分公开之和", ("requests.granted.total", "requests.granted_in_part.total"))
_GROUPS = {
    "不予公开": "denied_",
    "无法提供": "unavailable_",
    "不予处理": "not_processed_",
    "其他处理": "other_",
}
_ROWS = {"予以公开": "granted", "部分公开": "granted_in_part"}
_BARE = re.compile(
    r"(?:依申请公开|信息公开申请|(?:公民|群众|公众|申请人|组织|方式|途径|渠道)[^，。；、\d]{0,4}(?:提出|提交|递交)的(?:书面|网上)?申请)(?:政务信息|政府信息|信息|件|办件|事项|信息|数量|件数|总数|总量|受理量|办理量|申请量|受理数|办理数|申请数|数|量|共|共计|合计|为|是|的|有)*$"
)
_APPLIED = "(?:提出|申请|提交|(?:政府)?信息|公开|[的件为有共计])*"
_PERSONS = re.compile(rf"(?:自然人|公民个人|(?<![、和及或])公民){_APPLIED}$")
_ORGANIZATIONS = re.compile(rf"(?<!公民[、和及或])法人(?:和|或|及)(?:者)?(?:其他|非法人)组织{_APPLIED}$")
PERSONS_BEHIND = re.compile(r"^(?:申请)?(?:为|是|系|由)自然人")
_NARROWED = re.compile("(?:[未尚余已留待]|结转)[^，。；]{0,6}的?$")
"""未办结的1件为自然人申请: not all that came from them."""
_OBJECT = (
    r"(?:(?:政府|政务)?信息|(?<=申请)[数书]|依申请|公开|申请|数量|件数|总数|总量|事项|办理件|办件|件|公民|法人|其他组织|社会公众|群众|居民|村民|市民|提出|提交|要求|"
    r"(?:书面|网络|信函|当面|线上)(?:、(?:书面|网络|信函|当面|线下|邮寄))*等(?:各种|多种)?(?:形式|方式|渠道)|书面|"
    r"各类|有关|相关|项目|案件|(?<=公开)信件|(?<=公开)请求|向[一-龥]{1,8}(?=申请)|共计|合计|总计|继续|办理|[的到了并过和或、者及共为是有达计：])*"
)
"""Between a verb and its number stand only words for the requests; any other noun is another matter."""
_NEWLY = re.compile(
    rf"(?:新收|新增|新受理|新接[收到]?|新登记|(?:收到|受理|接收|接到)新的?(?=(?:政府信息公开|信息公开)?申请)){_OBJECT}$"
)
_RECEIVE = re.compile(
    rf"(?:收到|接收|接到|接受|(?<!不予)受理|收悉|登记(?=(?:政府|信息|依申请|公开|申请))|收(?=(?:政府)?信息公开|依申请)){_OBJECT}$"
)
_FINISH = re.compile(
    rf"(?<![在未没待续需应拟可不类再])(?:办结|办毕|办完|办理完结|办理完毕|办理|答复|回复|(?<![分他它作])处理|完成(?!(?:主动|政府|政务|信息|公开)+$))(?:完成|完毕|结果(?![是为：有]+公开)|件?数量?)?{_OBJECT}$"
)
_FROM_LAST_YEAR = re.compile(
    rf"(?:上年度?|上一年度?|去年|(?P<year>20\d\d)年度?)(?:结转|转结|转入|转来|遗留)(?!至|到|下)(?:过?来)?(?:本年度?|今年|未办结|未答复|处理|受理|办理)*{_OBJECT}$"
)
_OLD_TURNED = re.compile(rf"结转(?:自)?上(?:一)?年度?{_OBJECT}$")
_FROM_LAST_TO_THIS = re.compile(
    rf"(?P<year>20\d\d)年度?结转(?:(?:至|到|入)(?:本年度?|今年|当年|20\d\d年度?)|20\d\d年度?){_OBJECT}$"
)
_TO_NEXT_YEAR = re.compile(
    rf"(?:结转|转结|转接|(?<!结)转|顺延|留)(?:至|到|入)?(?:下年度?|下一年度?|次年|明年|(?P<year>20\d\d)年度?)(?:答复|处理)*{_OBJECT}$"
)
OUTCOME = re.compile(
    r"(?<!不)(?P<both>(?:予以|同意|(?<![不予分动请主]))公开(?:和|及|与|、|或)(?:予以)?)?(?P<outcome>部分予以公开|予以公开|同意公开|准予公开|部分公开|不予公开|无法提供|不予处理|其他处理)(?:的|申请|类|共|计|有|为|(?:政府)?信息|答复|处理|办理)*$"
)
_PART_APART = re.compile(
    r"[，、；]部分(?:予以)?公开[^，。；（\d]{0,4}\d|[，、；]\d+[件份][^，。；、（\d]{0,6}(?:部分公开|公开部分)"
)
"""Told beside those granted whole, and so no part of them."""
OUTCOME_BEHIND = re.compile(
    r"^(?:申请)?(?P<is>为|属于|属|系|是|作出?|(?:由于|因为?)[^，。；\d]{1,36}?)?(?P<outcome>予以部分公开|部分予以公开|予以公开|同意公开|准予公开|部分公开|不予公开|无法提供|不予处理|其他处理)(?:处理|答复|决定)?(?=[，。；]|$|、(?![^，。；、\d]{0,6}(?:公开|提供|处理)(?:[，。；、和或]|$)))"
)
"""The number before its outcome: 4件为不予公开."""
_NAMELESS = re.compile(r"(?:其中)?有?")
_AND = re.compile(r"(?:公开|提供|处理|掌握|存在)的?(?:和|及|与|或|、)$")
"""Before an outcome that is counted together with another: 已主动公开和同意公开的3件."""
_MARK = re.compile("[，。；、]")
_OTHER_ENDS = re.compile(r"(?:撤[销回]|不予受理|补正|(?<!结)转[办送])[^，。；\d]{0,14}[1-9]")
"""Withdrawn requests, and others that were not taken, are finished as well, and none of those answered."""
_IN_HAND = re.compile(
    r"(?:正在|尚在)办理中?的?$|(?<![上去下一]年)(?<!年度)(?<!结转)(?:尚未|未)办结(?:的|申请)*(?:共|有|为)?$"
)
_IN_ONE_WAY = re.compile(
    r"^(?:其中)?(?:(?:因|由于)?其[他它](?:原因|情形|情况|方式)|作为|告知|按(?!时|期|规定|要求|程序|照|法|流程))[^，。；、\d]{1,14}$"
)
"""其他原因处理3件, 按便民原则答复2件: some of those done, which the table may hold anywhere."""
_ALL_ONCE_MORE = re.compile("(?:以上|上述|所有|全部|这|该)?")
_AMONG_DONE = re.compile("在办结的$")
_OF_THEM = re.compile("^(?:(?:政府)?信息公开|依申请公开)?申请中")
"""在办结的11件申请中: all that were done, unless they are of one kind."""
_ANSWER = re.compile("答复|回复")
_RECEIVED_AND = re.compile("(?:收到|受理|接收|接到)(?:并|和|及|、)")
"""受理并答复5件: all that came were answered."""
ALL_DONE_AFTER = re.compile(
    r"^(?:政府信息公开|依申请公开)?申请(?:事项|件)?(?:现?已经?)?(?:均|全部|都)已?[^，。；\d]{0,20}?(?:答复|回复|办结|办理完毕|办理完成)"
)
"""12件申请均在法定期限内予以答复: all of them named again."""
IN_HAND_AFTER = re.compile(r"^(?:申请)?(?:正在|尚在)办理")
_CARRIED = re.compile("结转|转结|转[下至到入]|顺延|(?:下一?年度?|次年|明年)[^，。；]{0,6}(?:答复|办理|处理)")
TO_NEXT_YEAR_AFTER = re.compile(
    r"^(?:申请)?(?:依法|依规|按(?:规定|程序|要求|期限|期|时)|要求|已|将|需|均|都)*(?:(?:结转|转结|转|顺延|留)(?:至|到|入)?|到(?=[^，。；\d]{2,5}(?:继续)?(?:办理|答复|处理)))(?:下年度?|下一年度?|次年|明年|(?P<year>20\d\d)年)"
)
INTO_YEAR_AFTER = re.compile(r"^(?:申请)?(?:至|到|入)(?:下年度?|下一年度?|次年|明年|(?P<year>20\d\d)年)")
"""The number between verb and year: 结转3件至下年度."""
_TO_NEXT_YEAR_AROUND = re.compile(rf"(?:结转|转结|顺延)#{INTO_YEAR_AFTER.pattern.removeprefix('^')}")
FROM_LAST_YEAR_AFTER = re.compile(
    r"^(?:申请)?(?:为|是|系|属于?|来自于?|来源于)(?:上年度?|上一年度?|去年|(?P<year>20\d\d)年度?)(?:结转|转结)"
)
_AMONG_THOSE_CARRIED = re.compile(
    r"(?:结转|转[至到入]?(?:下|次|20\d\d))(?:(?!收到|新收|受理|办结|答复|回复)[^。；])*$|"
    r"(?:结转|转)[至到入]?(?:下|次|明)[^。；\d]{0,12}(?:\d+件)?。其中[^。；]*$"
)
_NONE_CARRIED = re.compile(
    r"(?:无|没有|未有|不存在)[^，。；\d]{0,8}(?:结转|转结)(?=[^，。；\d]{0,8}[，；。])|年度?[均也]?(?:无|没有)结转"
)
_ON_REQUEST = re.compile("依申请公开的?$")
_GIVEN = re.compile("依申请公开(?:政府|政务)?信息(?:共|共计|为|了)?$")
"""依申请公开信息22件: those that came, or those that were granted."""
_OTHER_OUTCOME = re.compile(r"(?:部分(?:予以)?公开|不予公开|无法提供|不予处理)[^，。；、\d]{0,4}\d")
_REMARK = re.compile(r"（(?:其中|含|包括)[^（）]*）")
"""A remark that is over: 124宗（含上年结转5宗），公民申请113宗."""
_COUNTED_BEFORE = re.compile(r"(?:依申请公开|申请)[^，。；\d]{0,6}\d")
_REST = re.compile(r"(?:[，；。：])(?:另外?|其余|剩余|余下|还有|尚有|仍有)(?:的|有)?$")
"""办结103件，另1件为自然人申请，结转下年度办理: what was left, not all of theirs."""
_ALL_BEFORE = re.compile(r"收到|新收|受理|接收|公开申请[^，。；\d]{0,4}\d")


def divides_those_carried(text: str, at: int) -> bool:
    """Tell a number that divides what is carried on: 共7件结转至下一年度，其中自然人6件."""
    return bool(_AMONG_THOSE_CARRIED.search(_NONE_CARRIED.sub("", _REMARK.sub("", text[:at]))))


def by_applicant(sentence: Sentence, item: Quantity) -> tuple[Meaning, ...]:
    """Return what a number of applicants of one kind means after the number of all requests received."""
    before = sentence.text[: item.start]
    columns: tuple[str, ...] = ()
    is_behind = PERSONS_BEHIND.match(sentence.text[item.end :]) and not _NARROWED.search(before)
    if _PERSONS.search(before) or is_behind:
        label, columns = "自然人", ("natural_person",)
    elif _ORGANIZATIONS.search(before):
        label, columns = "法人或其他组织", ORGANIZATIONS
    if divides_those_carried(sentence.text, item.start) or _REST.search(before):
        return ()
    if not columns or not (_ALL_BEFORE.search(before) or is_under_requests(sentence)):
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


def meanings_of(context: RuleContext, before: str, after: str, sentence: str) -> tuple[Meaning, ...]:
    """Return what a number may mean by the words before and after it; nothing where that is unclear."""
    if is_one_of_several(before, after):
        return ()  # 新收申请有8件来自自然人
    if _IN_HAND.search(before) or IN_HAND_AFTER.match(after):
        return (ON,) if _ALL_BEFORE.search(sentence) else ()
    carried = _carried(context, before, after)
    if carried is not None:
        return carried
    ended = _outcome(context, before, after, sentence)
    if ended is not None:
        return ended
    if _ALL_ONCE_MORE.fullmatch(before) and ALL_DONE_AFTER.match(after):
        return (DONE, WITHOUT_OLD, NEW, NEW_AND_OLD)
    if _NEWLY.search(before):
        return (NEW,)
    if _RECEIVE.search(before):
        return (NEW, NEW_AND_OLD) if "受理" not in before else (NEW, NEW_AND_OLD, DONE)
    done = _done(context, before, after, sentence)
    if done is not None:
        return done
    is_bare = _BARE.search(before) and not _is_part_by_name(before, sentence)
    return (NEW, NEW_AND_OLD, DONE, *_given_on_request(context, before, sentence)) if is_bare else ()


def _given_on_request(context: RuleContext, before: str, sentence: str) -> tuple[Meaning, ...]:
    """Return those granted, where 依申请公开7件 is one of several outcomes: 部分公开1件、依申请公开7件."""
    is_outcome = _ON_REQUEST.search(before) and _OTHER_OUTCOME.search(sentence)
    is_given = is_outcome or _GIVEN.search(before)
    return _of_outcome(context, "予以公开", both=False) if is_given else ()


def _outcome(context: RuleContext, before: str, after: str, sentence: str) -> tuple[Meaning, ...] | None:
    """Return what a number of an outcome means; None where none is told right before it or behind it."""
    outcome, behind = OUTCOME.search(before), OUTCOME_BEHIND.match(after)
    own = _MARK.split(before)[-1]
    is_unclear = is_one_reason(own, sentence) or is_one_of_several(own, after)
    if outcome and (_AND.search(before[: outcome.start()]) or is_unclear):
        return ()
    at = max(sentence.find(before), 0)
    others = beside(sentence, at, at + len(before)) if outcome else ""
    if outcome and gives_reason(own):
        return told_beside(rows_named(context, own), others)
    if outcome:
        found = _of_outcome(context, outcome["outcome"], bool(outcome["both"]))
        found = found[:1] if _PART_APART.search(sentence) else found
        return found + rest_of_group(context, outcome["outcome"], others)
    if behind is None or not (behind["is"] or _NAMELESS.fullmatch(before)):
        return None
    if behind["is"] and gives_reason(behind.group()):
        return rows_named(context, behind.group())
    return _of_outcome(context, behind["outcome"], both=False)


def _is_part_by_name(before: str, sentence: str) -> bool:
    """Tell a part that bears the name of the whole: 依申请公开28件（其中依申请公开25条，重复申请3条）."""
    at = sentence.find(before)
    return before.startswith("其中") and (at == 0 or bool(_COUNTED_BEFORE.search(sentence, 0, at)))


def _done(context: RuleContext, before: str, after: str, sentence: str) -> tuple[Meaning, ...] | None:
    """Return what a number of requests done may mean; None where it is not said to be one."""
    if _AMONG_DONE.search(before):
        return (DONE, WITHOUT_OLD) if _OF_THEM.match(after) else ()
    if not _FINISH.search(before) or _OTHER_ENDS.search(sentence):
        return None
    if _IN_ONE_WAY.search(before):
        return ()
    if OTHER_TOPIC.search(before) and not _REQUEST.search(before):
        return None
    answered = _answered(context) if _ANSWER.search(before) and not _RECEIVED_AND.search(before) else ()
    return (DONE, WITHOUT_OLD, NEW, NEW_AND_OLD, *answered)


def _answered(context: RuleContext) -> tuple[Meaning, ...]:
    """Return what may be meant by those answered: without those not processed, or ended otherwise."""
    others = (("不予处理",), ("其他处理",), ("不予处理", "其他处理"))
    return tuple(
        Meaning(
            "办理结果总计", (_PROCESSED, *(f"-{cell}" for kind in kinds for cell in _cells_of(context, kind)))
        )
        for kinds in others
    )


def _carried(context: RuleContext, before: str, after: str) -> tuple[Meaning, ...] | None:
    """Return what a number of carried requests means; an empty tuple for those of other years."""
    year = context.report.year or 0
    for pattern, words, meaning, own in (
        (_FROM_LAST_YEAR, before, OLD, year - 1),
        (_FROM_LAST_TO_THIS, before, OLD, year - 1),
        (_OLD_TURNED, before, OLD, year - 1),
        (_TO_NEXT_YEAR, before, ON, year + 1),
        (TO_NEXT_YEAR_AFTER, after, ON, year + 1),
        (_TO_NEXT_YEAR_AROUND, f"{before}#{after}", ON, year + 1),
        (FROM_LAST_YEAR_AFTER, after, OLD, year - 1),
    ):
        match = pattern.search(words)
        if match:
            named = match.groupdict().get("year")
            if pattern is _FROM_LAST_TO_THIS and int(match["year"]) == year:
                return (ON,)
            return (meaning,) if not named or int(named) == own else ()
    return () if _CARRIED.search(before) else None


def _of_outcome(context: RuleContext, outcome: str, both: bool) -> tuple[Meaning, ...]:
    outcome = (
        outcome.replace("部分予以", "部分")
        .replace("予以部分", "部分")
        .replace("同意", "予以")
        .replace("准予", "予以")
    )
    if outcome in _ROWS:
        own = Meaning(outcome, (f"requests.{_ROWS[outcome]}.total",))
        if both:
            return (_GRANTED,)
        return (own, _GRANTED) if outcome == "予以公开" else (own,)
    if both:
        return ()
    return (Meaning(outcome, _cells_of(context, outcome)),)


def _cells_of(context: RuleContext, outcome: str) -> tuple[str, ...]:
    """Return the cells of one kind of outcome."""
    rows = (
        row for row in cells_of(form_of_requests(context), "requests") if row.startswith(_GROUPS[outcome])
    )
    return tuple(f"requests.{row}.total" for row in rows)
