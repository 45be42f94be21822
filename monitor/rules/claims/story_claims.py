"""What the numbers of a sentence in a story of requests may mean, by short or unusual words beside them.

属执法案卷5件, 当面提交后公开6项, 1件跨年办理: such words say too little on their own;
request_passages.py asks whether other numbers of the story prove that it is about all requests of the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.rules.claims.all_of_year import all_of_year
from monitor.rules.claims.applicants import (
    are_of_several_kinds,
    divides_a_part,
    may_ask_twice,
    of_applicants,
    only_applicants,
)
from monitor.rules.claims.carried import carried_oddly, is_left_over
from monitor.rules.claims.claim import (
    Claim,
    Meaning,
    number_in_table,
)
from monitor.rules.claims.each import EACH
from monitor.rules.claims.ended import (
    COUNTED_TOGETHER,
    ONE_OF_THOSE_DONE,
    SHARED_BEHIND,
    is_all_that_ended,
    meanings_of_those_ended,
)
from monitor.rules.claims.new_alone import OLD_TOLD
from monitor.rules.claims.plainly import said_plainly
from monitor.rules.claims.reasons import reason_of_all
from monitor.rules.claims.request_meanings import (
    DONE,
    NEW,
    NEW_AND_OLD,
    ON,
    WITHOUT_OLD,
    divides_those_carried,
    meanings_of,
)
from monitor.rules.claims.request_rows import (
    beside,
    is_one_of_several,
    is_one_reason,
    rest_of_group,
    rows_named,
    told_beside,
)
from monitor.rules.claims.request_words import (
    BY_OTHERS,
    CHANNEL,
    CLASSIFIED,
    WAYS,
    is_of_no_request,
    is_of_some_requests,
)
from monitor.rules.claims.scope import speaks_of_year
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import Quantity, quantities
from monitor.rules.prose.sentences import Sentence

_UNITS = frozenset({"件", "份", "条", "次", "个", "项", "件次", "人次", "家", "人", "名", "位", "户"})
_REQUEST_NAMED = re.compile("依申请|公开的?申请|申请公开")
_MARKS = "，。；：、（）"
_PARTED = re.compile("[，。；：、（）]|(?<![一-龥]和)和(?!国)|分别[为是]")
_FILLERS = re.compile(
    r"(?:其中|另外|另有|还有|尚有|剩余|其余|余下|剩下|有|共计|共|计|分别|为|的|是|：|因|属于?|系|涉及|对|予以(?=$))*"
)
_AMONG = re.compile("(?:申请|答复|办结的|提供的|公开的|处理的)中有?$")
"""无法提供的申请中有11件是……: what those are, the words behind the number tell."""
_NEXT = re.compile(r"[，。；：（）]|、(?!(?:行政)?法规)")
_OTHER_THING = re.compile(
    "(?:行政)?(?:复议|诉讼|应诉|案件|提案|建议|议案|工单|热线|留言|咨询|来信|来访|线索|投诉(?!举报))"
)
"""1件提案转入下年办理."""
_COUNTED = re.compile(r"(?<!第)\d+[件宗份]")
"""其余3件为本机关不掌握2件、没有现成信息1件: each has a number of its own."""
_OTHER = re.compile(
    r"复议|诉讼|应诉|热线|提案|建议|议案|工单|咨询|留言|信箱|12345|来访|会议|解读|公文|文件|许可|行政审批|救助|低保|补贴|(?<!依法)(?<!已)(?<!予以)(?<!及时)登记(?!(?:政府|信息|依申请|公开|申请))|"
    r"信访(?=转办|事项|积案|案件)|仲裁|听证|诉求|来电|处罚|网站发布|公众号|检查|培训|考核"
)
_SOME_ONLY = re.compile(rf"{WAYS}|延期|本级")
_ANSWERED = re.compile("答复|回复|办结|办理|处理|按[时期]|及时")
_ENDS = re.compile("(?:不予|其[他它]|不作|未予|不再)处理")
"""Kinds of outcomes, of which no number is fewer than what was answered."""
_PART_APART = re.compile(
    r"(?<!（含)(?<!（其中)(?<!公开\d件，其中)(?<!公开\d\d件，其中)部分(?:予以)?公开[^，。；、\d]{0,4}[1-9]|(?<!\d)[1-9]\d*[件份][^，。；、（\d]{0,6}(?:部分(?:予以)?公开|公开部分)"
)
_REMARK = re.compile("（[^（）]*）")
_NAMING = re.compile("^.*分别(?:为|是|：)(?=[一-龥]{2})")
"""分别为公开2件、不掌握1件 names each beside its number, unlike 公开、不掌握分别2件、1件."""
_ALL_TOGETHER = re.compile(
    "(?:[两二]项|两者|二者)?(?:合计|共计|总计|应办(?:理)?|共办理|共应办理|共需办理|共)(?:申请)?"
)
"""New requests and those carried in, after both were told."""
_OLD_JUST_TOLD = re.compile(r"结转(?:(?!公开|提供|处理|办结|答复)[^。；])*$")
_ENDED = re.compile("^(?:申请)?(?:均|已|全部|都|在|于)*(?:年内|当年|年底前)?(?:办结|办理完毕|答复完毕)$")
_IN_TIME = re.compile("按[时期]|及时|法定|规定")
_CARRIED = re.compile(r"结转|转结|转(?:[下至到入]|20\d\d)")
_NO_OUTCOME = re.compile("征求|意见|培训|制[定发]|印发|解读|修订|更新|模板|案例|座谈")
_ALL_OF_THEM = re.compile(
    r"^(?:申请，均[由为系][^，。；\d]{2,8}(?=，))?(?P<apart>[，、（])?(?:均|全部|都|皆)(?:为|是|因|系|属于?)?(?P<words>[^，。；、（）\d]{2,30})(?=[，。；（）]|$)"
)
_OF_SOME = re.compile("延期|补正|转[办送]|撤[回销]|自然人|公民|法人|企业|组织")
_ALL_DONE = re.compile("(?:其中)?已?(?:办理|办结|答复|回复)的")
"""What all of are said to be without a mark between: 已办理的3件均属于本机关不掌握."""
_OPEN_AT_END = re.compile(
    r"(?:跨年(?:度)?(?:办理|答复)|未办结|尚未(?:办结|答复|到期)|(?:正在|尚在|仍在)(?:办理|处理|审查)|在办(?!结|妥|毕|理的)|顺延|延至|(?:下|次|明)年度?(?:办理|答复|处理)|未到(?:答复|办理)?期|待(?:20\d\d年度?|下一?年度?|次年|明年)(?:继续)?(?:办理|答复|处理))"
)
_OF_NOW = re.compile("目前|现已")
_OLD_STORY = re.compile(r"上年|上一年|去年|往年")


def claims_in_story(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    """Yield what the numbers of a sentence about requests claim, if its story is about all of the year."""
    counted = quantities(sentence.text)
    if not (counted or "结转" in sentence.text) or CLASSIFIED.search(sentence.text):
        return
    before = 0
    for item in counted:
        start = max(before, *(sentence.text.rfind(mark, 0, item.start) + 1 for mark in _MARKS))
        start = _before_bracket(sentence.text, item, start, before)
        before = item.end
        if item.unit not in _UNITS or not item.exact or not _is_on_topic(sentence, item):
            continue
        told, since = said_plainly(context, sentence, start, item)
        meanings, end = (told, item.end) if told else _meanings(context, sentence, start, item)
        is_exact = False
        if meanings[:1] == (DONE,):
            meanings = meanings_of_those_ended(context, sentence, item, meanings)
            is_exact = is_all_that_ended(context, sentence, item)
        if not told:
            is_left = is_left_over(sentence.text[start : item.start])
            since = item.start if is_left else _clause(sentence, item)
        if meanings and speaks_of_year(context, sentence, since, end):
            is_fewer = _may_be_fewer(sentence, start, item) or may_ask_twice(context, sentence, item)
            is_fewer = (
                is_fewer and not is_exact and meanings != (NEW_AND_OLD,)
            )  # all that was due is no number of answers
            yield Claim(sentence, min(start, since) if told else start, end, item.value, meanings, is_fewer)
        yield from _all_of_them(context, sentence, item)
        yield from reason_of_all(context, sentence, item)
        yield from _all_by_one_kind(context, sentence, item)


def _before_bracket(text: str, item: Quantity, start: int, last: int) -> int:
    """Return where the words begin of a number that stands alone in brackets behind them: 不掌握（6件）."""
    if text[item.start - 1 : item.start] + text[item.end : item.end + 1] != "（）":
        return start
    return max(last, *(match.end() for match in _PARTED.finditer(text, 0, item.start - 1)), 0)


def _may_be_fewer(sentence: Sentence, start: int, item: Quantity) -> bool:
    """Tell a number of answers, which may leave out what ended without one, or one of a single channel."""
    is_answered = _ANSWERED.search(_ENDS.sub("", sentence.text[start : item.start]))
    return bool(is_answered) or is_of_some_requests(sentence.text, item.start)


def _all_of_them(context: RuleContext, sentence: Sentence, item: Quantity) -> Iterator[Claim]:
    """Yield what all of a number are said to be: 不予公开2件，均为内部事务信息."""
    match = _ALL_OF_THEM.match(sentence.text[item.end :])
    own = sentence.text[max(sentence.text.rfind(mark, 0, item.start) + 1 for mark in _MARKS) : item.start]
    if _OF_SOME.search(own) or (match and not match["apart"] and not _ALL_DONE.fullmatch(own)):
        return
    meanings = rows_named(context, match["words"]) if match and item.value > 1 else ()
    if match and meanings and speaks_of_year(context, sentence, _clause(sentence, item), item.end):
        yield Claim(sentence, item.start, item.end + match.end(), item.value, meanings)


def _all_by_one_kind(context: RuleContext, sentence: Sentence, item: Quantity) -> Iterator[Claim]:
    """Yield who made all of a number of requests: 收到申请3件，申请人均为自然人."""
    found = only_applicants(sentence.text, item)
    held = [number_in_table(context, meaning) == item.value for meaning in (NEW, NEW_AND_OLD)]
    if found and any(held) and speaks_of_year(context, sentence, _clause(sentence, item), item.end):
        yield Claim(sentence, found[1], found[2], item.value, found[0][:1] if held[0] else found[0])


def _is_on_topic(sentence: Sentence, item: Quantity) -> bool:
    """Tell whether the last topic that the sentence names before a number is its requests."""
    text = sentence.text[: item.end]
    other = max((match.end() for match in _OTHER.finditer(text)), default=-1)
    own = max((match.end() for match in _REQUEST_NAMED.finditer(text)), default=0)
    is_other = _OTHER_THING.match(sentence.text, item.end) or is_of_no_request(sentence.text, item.start)
    return own > other and not is_other


def _clause(sentence: Sentence, item: Quantity) -> int:
    return max(sentence.text.rfind(mark, 0, item.start) + 1 for mark in "，。；：")


def _meanings(
    context: RuleContext, sentence: Sentence, start: int, item: Quantity
) -> tuple[tuple[Meaning, ...], int]:
    """Return what a number may mean by the words before it, or behind it where none stand before."""
    words = _NAMING.sub("", sentence.text[start : item.start])
    stop = _NEXT.search(sentence.text, item.end)
    is_shared = stop is not None and SHARED_BEHIND.match(sentence.text, stop.start())
    told = sentence.text[:start]
    if is_shared or EACH.search(words) or COUNTED_TOGETHER.search(told) or ONE_OF_THOSE_DONE.search(told):
        return (), item.end
    behind = sentence.text[item.end : stop.start() if stop else len(sentence.text)]
    label = "" if _AMONG.search(words) else _FILLERS.sub("", words)
    carried = carried_oddly(sentence.text, item, label, words) or all_of_year(context, sentence, item, words)
    if carried:
        return carried, item.end
    if "分别" in words or _SOME_ONLY.search(words) or _OLD_STORY.search(words + behind):
        return (), item.end
    if _OPEN_AT_END.search(words + behind):
        is_of_end = not (_OF_NOW.search(sentence.text[: item.end]) or OLD_TOLD.search(words))
        return ((ON,) if is_of_end else ()), item.end + len(behind)
    if (_ALL_TOGETHER.fullmatch(label) or _ALL_TOGETHER.fullmatch(words)) and _OLD_JUST_TOLD.search(
        sentence.text, 0, start
    ):
        return (NEW_AND_OLD, NEW, DONE), item.end
    if _CARRIED.search(words + behind):
        return meanings_of(context, words, behind, sentence.text), item.end + len(behind)
    is_unclear = (
        behind.startswith(("等", "分别", "分属"))
        or is_one_of_several(words, behind)
        or is_one_reason(words + behind, sentence.text)
    )
    if is_unclear or _NO_OUTCOME.search(words + behind):
        return (), item.end
    is_behind = len(label) <= 1 and bool(behind) and "中" not in behind[:8]  # 38件答复中予以公开
    is_behind = is_behind and not _COUNTED.search(behind)
    told = behind if is_behind else words
    end = item.end + (len(behind) if is_behind else 0)
    is_of_several = are_of_several_kinds(sentence.text, start, item, is_behind=is_behind)
    is_of_others = is_of_several or divides_those_carried(sentence.text, item.start)
    is_of_others = is_of_others or divides_a_part(context, sentence, item)
    rows = _rows(context, sentence, told, (start, item, end))
    found = rows or (() if is_of_others else of_applicants(told))
    if not found and is_behind and _ENDED.match(behind) and not _IN_TIME.search(behind):
        return (DONE, NEW, NEW_AND_OLD, WITHOUT_OLD), end
    if found or is_behind or CHANNEL.search(words.replace("其中", "")) or BY_OTHERS.search(words):
        return found, end
    return meanings_of(context, words, "", words), end


def _rows(
    context: RuleContext, sentence: Sentence, told: str, place: tuple[int, Quantity, int]
) -> tuple[Meaning, ...]:
    """Return the rows that words name, by what the sentence tells beside them."""
    start, item, end = place
    rows = rows_named(context, told, apart=_is_part_apart(sentence.text, item))
    if not rows:
        return ()
    others = beside(sentence.text, start, end)
    return told_beside(rows, others) + rest_of_group(context, rows[0].label, others)


def _is_part_apart(text: str, item: Quantity) -> bool:
    """Tell whether those granted in part are counted beside a number, not within it.

    公开4件（全部公开2件、部分公开2件）counts them within.
    """
    remark = _REMARK.match(text, item.end)
    return bool(_PART_APART.search(text[: remark.start()] + text[remark.end() :] if remark else text))
