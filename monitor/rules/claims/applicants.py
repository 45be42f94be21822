"""Who made the requests: what the prose calls the kinds of applicants of table 3."""

from __future__ import annotations

import re

from monitor.rules.claims.claim import Meaning, number_in_table
from monitor.rules.claims.request_meanings import DONE, NEW, NEW_AND_OLD
from monitor.rules.claims.request_words import RECEIVED
from monitor.rules.context import RuleContext
from monitor.rules.official import ORGANIZATIONS
from monitor.rules.prose.quantities import Quantity, quantities
from monitor.rules.prose.sentences import Sentence

_COLUMNS = (
    ("自然人", ("natural_person",), re.compile("自然人|公民(?!、法人|和法人|或法人)|个人")),
    ("法人或其他组织", None, re.compile("(?<!公民[、和及或与])法人[和或及、与]者?其[他它]组织")),
    ("商业企业", ("business",), re.compile("企业|公司")),
    ("科研机构", ("research",), re.compile("科研")),
    ("社会公益组织", ("public_welfare",), re.compile("公益")),
    ("法律服务机构", ("legal_service",), re.compile("法律服务|律师事务所|律所")),
)
_OF_PERSONS = frozenset({"家", "人", "名", "位", "户"})
"""Units of whoever asks."""
_ALL_BUT_PERSONS = re.compile(
    "(?:企业|公司|企事业单位)(?:单位)?[和或及与]者?其[他它](?:社会|法人)?(?:组织|机构|单位)"
)
_WITH_OTHERS = re.compile(
    "等|企事业|[和或及与、]者?(?:其[他它]|社会|各类|有关)*(?:法人|组织|机构|单位|团体|社团)"
)
"""企业及其他组织申请13件: all but natural persons; 企业和有关单位: of whom, the table does not tell."""
_NOT_OF_ALL = re.compile("予以|不予|公开[^申]|无法|处理|办结|答复|撤回|咨询|代理")
_SEVERAL_BEHIND = re.compile(
    r"[^，。；、\d]{0,8}(?:自然人|公民|个人|企业|公司|机构|律所|律师事务所|组织)、[^，。；、\d]{2,12}[^，。；\d]{0,24}(?=[，。；）]|$)"
)
_SEVERAL_BEFORE = re.compile(
    r"(?:自然人|公民|个人|企业|公司|机构|律所|律师事务所|组织|单位|院校|高校)[^，。；、\d一二两三四五六七八九十百]{0,4}、$"
)
_ALL_BY = re.compile(
    r"(?:(?:政府信息公开|依申请公开|信息公开)?申请)?[，（；]?(?:其中)?(?:申请(?:人|主体|者|对象)|提出(?:人|者))?(?:均|都|全部|皆)?(?:为|是|系|来自(?:于)?|由)"
    r"(?P<words>自然人|公民个人|公民|个人|商业企业|企业|科研机构|法律服务机构|律师事务所|社会公益组织)(?:所)?(?:通过)?(?:网上|网络|线上|书面|当面|邮寄|信函|现场)?(?:方式)?(?:提出|申请|提交|递交)?(?=[，。；）]|$)"
)
_RECEIVED = re.compile(rf"(?:{RECEIVED})[^，。；\d]{{0,12}}公开[^，。；\d]{{0,12}}$")
_APPLICATIONS = re.compile(
    rf"(?:{RECEIVED})(?:(?:(?:政府|政务)?信息公开|依申请公开)?申请\d+[件份]|[^，。；\d]{{0,2}}\d+[件份](?=申请))"
)
"""A number of all requests; one of answers or of another part may be of others."""
_CARRIED = re.compile("结转|转结|转[入来]|上一?年")
"""上年结转1件，由企业提出: who made those, carried_by.py tells."""
_PARTS = r"(?:[^，。；：、\d]{1,10}\d+[件宗份条][，、和与及])*[^，。；、\d]{0,8}$"
_OF_THE_LAST = re.compile(
    r"(?<!\d)(?P<whole>\d+)[件宗份条](?:申请)?(?:[，（：；]?其中[，：]?|（|(?:当?中|里面?)[，：]?)" + _PARTS
)
_OUTCOME = r"(?:予以|同意|准予|部分|区分|不予|不作|无法|其[他它])(?:公开|提供|处理)"
_OF_AN_OUTCOME = re.compile(
    rf"(?:{_OUTCOME}[^，。；、\d]{{0,4}}(?P<whole>\d+)[件宗份条]|"
    rf"(?<!\d)(?P<first>\d+)[件宗份条](?:申请)?(?:属于?|为|是|作出)?{_OUTCOME})"
)
"""予以公开15件，自然人12件、企业2件: who made those that were granted."""
_OF_ALL = re.compile("[。；]|新收|收到|受理|接收|全年|年内|所有|全部|总计|合计|申请人")
_REMARK = re.compile("[，；（](?:约|各|分别)?(?:占|同比|环比|[较比与]上)[^，。；（）]*）?")
"""A share or a change between a number and its parts: 予以公开63件，占47.4%，其中自然人49件."""
_LEFT_OVER = re.compile(r"(?:剩余|其余|余下|剩下|另外?|还有|尚有|仍有)(?:的|有)?$")
"""剩余2件为自然人申请: what was left over, not all of theirs."""
_CAME_TO = re.compile(
    r"(?:、[^，。；、\d]{1,10}\d+[件宗份条])*(?:申请)?[^，。；、\d]{0,8}?"
    r"(?:(?:予以|部分|同意|准予|不予|不作)(?:公开|处理)|无法提供|其[他它]处理|结转|转入|撤回|涉及|由申请人)"
)
"""自然人6件、社会公益组织1件予以公开: who made the requests that came to this."""
_AMONG_A_KIND = re.compile(r"(?:公开|提供|处理)的(?:申请)?(?:当?中|里[头面]?)[，有][^。；]*$")
"""无法提供的申请中，2件由自然人提出."""


def divides_a_part(context: RuleContext, sentence: Sentence, item: Quantity) -> bool:
    """Tell applicants who divide a part of the requests: 征地类申请最多，有6件，其中自然人4件."""
    text = sentence.text[: item.start]
    if _AMONG_A_KIND.search(text) or _LEFT_OVER.search(text) or _CAME_TO.match(sentence.text, item.end):
        return True
    text = _REMARK.sub("", text)
    if _divides_an_outcome(text, item):
        return True
    told = _OF_THE_LAST.search(text)
    if told is None or int(told["whole"]) < item.value:
        return False
    return int(told["whole"]) not in [number_in_table(context, one) for one in (NEW, NEW_AND_OLD, DONE)]


def _divides_an_outcome(text: str, item: Quantity) -> bool:
    *_before, outcome = [None, *_OF_AN_OUTCOME.finditer(text)]
    if outcome is None or _OF_ALL.search(text, outcome.end()):
        return False
    return int(outcome["whole"] or outcome["first"]) >= item.value


def may_ask_twice(context: RuleContext, sentence: Sentence, item: Quantity) -> bool:
    """Tell a number of persons, each of whom may have made several requests: 自然人10人、企业1家.

    Where there are as many persons as requests, each made one.
    """
    if item.unit not in _OF_PERSONS:
        return False
    persons = sum(other.value for other in quantities(sentence.text) if other.unit in _OF_PERSONS)
    return persons not in [number_in_table(context, meaning) for meaning in (NEW, NEW_AND_OLD)]


def of_applicants(words: str) -> tuple[Meaning, ...]:
    """Return what a number of applicants of the one kind that is named may mean."""
    kinds = [(label, columns) for label, columns, pattern in _COLUMNS if pattern.search(words)]
    if _ALL_BUT_PERSONS.search(words):
        kinds = [item for item in kinds if item[0] != "商业企业"] + [("法人或其他组织", None)]
    if len(kinds) != 1 or _NOT_OF_ALL.search(words):
        return ()
    if kinds[0][1] and _WITH_OTHERS.search(words):
        return ()
    label, columns = kinds[0][0], kinds[0][1] or ORGANIZATIONS
    new, old, done = (
        tuple(f"requests.{row}.{column}" for column in columns)
        for row in ("received", "carried_in", "processed_total")
    )
    return (
        Meaning(f"{NEW.label}（{label}）", new),
        Meaning(f"新收与结转（{label}）", new + old),
        Meaning(f"办理结果总计（{label}）", done),
    )


def are_of_several_kinds(text: str, start: int, item: Quantity, *, is_behind: bool) -> bool:
    """Tell a number of several kinds: 来自企业、科研机构; 企业、科研单位、律师事务所申请38件."""
    if is_behind:
        return _SEVERAL_BEHIND.match(text, item.end) is not None
    return _SEVERAL_BEFORE.search(text, 0, start) is not None


def only_applicants(text: str, item: Quantity) -> tuple[tuple[Meaning, ...], int, int] | None:
    """Return what it means that all of a number of requests were made by one kind, and where that is said."""
    match = _ALL_BY.match(text, item.end)
    is_received = _RECEIVED.search(text, 0, item.start) or _APPLICATIONS.search(text, 0, item.end + 2)
    own = text[max(text.rfind(mark, 0, item.start) for mark in "，；。：（") + 1 : item.start]
    if match is None or not item.value or not is_received or _CARRIED.search(own):
        return None
    meanings = of_applicants(match["words"])
    return (meanings, match.start("words"), match.end()) if meanings else None
