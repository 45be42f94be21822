"""What clerks say of requests in words of their own: 上年没办完转过来的1件, 1件按期限要求转入下年, 年底剩2件.

Such words are read only in a passage that the table proves to be about all requests of the year, and only
as what is left of them at either end of it, or as all that came or ended; whatever else stands beside the
number is judged by the other readings.
"""

from __future__ import annotations

import re

from monitor.rules.claims.all_of_year import is_told_before
from monitor.rules.claims.applicants import of_applicants
from monitor.rules.claims.claim import Meaning, number_in_table
from monitor.rules.claims.ended import ONE_OF_THOSE_DONE, adds_up_outcomes
from monitor.rules.claims.request_meanings import DONE, NEW, NEW_AND_OLD, OLD, ON, WITHOUT_OLD
from monitor.rules.claims.request_rows import rows_named
from monitor.rules.context import RuleContext
from monitor.rules.prose.quantities import Quantity
from monitor.rules.prose.sentences import Sentence

_LAST = r"(?:上一?年度?|去年|头年|前一年度?|(?P<year>20\d\d)年度?)"
_NEXT = r"(?:[下次明来]一?年|翌年|(?P<next>20\d\d)年)"
_LEFT = (
    r"(?:[没未](?:有)?(?:来得及)?(?:全部)?(?:办理?|答复?|处理|回复?)?[完结毕]|[没未](?:有)?(?:办|答复|处理|回复)|"
    r"结转|转结|接转|流转|结余|遗留|留存|跨年|顺延|延续|延|转|留|剩余?|余|带|移)"
)
_FORTH = (
    r"(?:结转|下来|过来|转来|来|下|入|到|至|今年|本年度?|当年|继续|办理?|处理|的|了|给|"
    r"政府信息公开|依申请公开|信息公开|申请|件|共|有|为|是|尚)*"
)
_OLD_BEFORE = re.compile(rf"{_LAST}(?:[年时底末还尚所]|申请)*{_LEFT}(?:(?!{_NEXT}){_LEFT})*{_FORTH}$")
_OLD_BEHIND = re.compile(
    rf"(?:申请)?(?:为|是|系|属于?|来自)?{_LAST}(?:[年时底末还尚所]|申请)*{_LEFT}(?:(?!{_NEXT}){_LEFT})*{_FORTH}(?=[，。；）]|$)"
)
"""还有2件是上年转来的."""
_END_OF_YEAR = (
    r"(?:截?[至到止]?(?:(?P<end>20\d\d)年|当年|本年)?(?:年?[底末]|期末|年终|12月(?:31日|底))(?:时|前)?，?)"
)
_ON_BEFORE = re.compile(
    rf"(?:^|[，：；])(?:{_END_OF_YEAR}(?:[还尚仍另共]|(?<=[还尚仍另])有)*(?:剩余?|余|结余|留存|遗留|[没未]有?(?:办[完结毕]|结|答复))|"
    r"(?:[还尚仍另]有?)*[没未]有?(?:办[完结毕]|办理(?:完毕|完))|跨年度?(?:继续)?(?:办理|处理|答复)|(?:还|尚)?在办(?=$|的))"
    r"(?:下|的|有|了|申请|共|计|为)*$"
)
"""年底剩2件, 没办完2件, 跨年度继续办理1件."""
_ON_BEHIND = re.compile(
    rf"(?:申请)?(?:[到至]{_END_OF_YEAR})?(?:[还尚仍]|(?<=[还尚仍])在)*(?:[没未]有?(?:来得及)?(?:办[完结毕]|答复|办理完)|在办|办着)(?:完)?的?(?=[，。；）]|$)"
)
_TO_NEXT = re.compile(
    rf"(?P<between>(?:[^。；\d]|\d{{1,2}}月|\d{{1,2}}日){{0,40}}?)(?:结转|转结|顺延|接转|转|留|延|拖|跨)(?:[至到入给]|期[至到])?(?:了)?{_NEXT}(?P<behind>[^。；]{{0,10}})"
)
"""还有2件没到期限，转到下年接着办: what stands between tells why."""
_OTHERS_BETWEEN = re.compile(
    r"[没未不无](?:有|需要?|存在|再|予|能|用|必|须)*$|其余|剩|余下|另(?!行)|还有|部分|个别|几件|多数|少数|[和与、]|(?<!来不)及(?!时)|"
    r"复议|诉讼|提案|建议|工单|来信|来访|上一?年|去年|头年|(?<![未没能])(?<!没有)(?<!没能)办[结完毕]|(?:已|均|全部)[^，。；]{0,8}(?:答复|办理)"
)
_LATER_NUMBER = re.compile(
    r"度?(?:继续|接着|再)?(?:办理?|处理|答复)?(?:的|有|共|为|是|只|仅|申请|件|案)*(?:\d|[零无没一二两三四五六七八九十])"
)
_GOES_ON = re.compile(rf"(?:结转|转结|顺延|接转|转|留|延|拖)(?:[至到入给]|期[至到])?{_NEXT}")
"""Told twice, each tells of a part: 1件自然人的申请转入下年，1件企业的申请也转入下年."""
_IS_REST = re.compile(
    rf"(?:{_END_OF_YEAR}|其中|另外?有?|还有?|尚有?|仍有?|剩余?|余|剩下|余下|其余|[没未]有?办[完结毕]|在办|的|有|已|共|是)*"
)
_NEW_BEFORE = re.compile(
    r"(?:^|[，：；])(?:\d\.)?(?:今年|全年|本年度?|当年|年内|一年|一共|共|总共|合计|[我本][办局委厅镇乡区县市]|里|下来)*(?P<new>新)?(?:收|接|来)(?:到|了|下|件|申请)*$"
)
_ENDED = re.compile(
    r"(?:^|[，：；])(?:今年|全年|本年度?|当年|年内|一年里?|一共|共|总共|到年底|年底前|里|内|已经?)*(?:办|处理|答复)(?:完|结|毕|妥|理完毕)(?:了|的)*(?:有|是|共)?$"
)
_ENDED_BEFORE = re.compile(r"(?:办[完结毕]|答复|办理|处理)[^，。；]{0,6}(?:\d|$)")
"""办结12件，其中2件是上年结转的: perhaps not all that last year left."""
_ABOVE = re.compile(r"在?(?:以上|上述|这|全部|所有)的?")
_ENDED_AMONG = re.compile(
    r"(?:已|全部)?办结的?(?:政府信息公开|依申请公开|信息公开)?(?:申请|事项)?(?:件)?(?:当?中|里面?)，"
)
"""31件办结申请中，予以公开15件."""
_AMONG = re.compile(r"(?:政府信息公开|依申请公开|信息公开)?申请(?:当?中|里面?)，")
_DIVIDED_AMONG = re.compile(
    rf"{_AMONG.pattern}(?:其中)?(?:由)?(?:自然人|公民|个人|商业企业|企业|法人|(?:予以|部分|不予)公开)"
)
"""12件申请中，自然人11件; 5件申请中，有3件需征求意见 may be some of them."""
_WHOLE_BEFORE = re.compile(
    r"(?<!\d)(?P<count>\d+)[件宗份条](?:政府信息公开|依申请公开|信息公开)?(?:申请)?(?:当?中|里面?)?，(?:其中)?$"
)
_THE_REST_GOES_ON = re.compile(
    rf"(?:申请)?(?:已|均|都|按[期时]|及时|依法|如期|年内|当年)*(?:办结|答复|办理完毕|办完)，(?:另有?|其余|还有|剩余|余下|剩下)?(?:的)?"
    rf"(?P<rest>\d+)[件宗份条](?:申请)?(?:依法|按期|按规定|因[^，。；\d]{{2,16}}?，?)*(?:结转|转结|转|顺延|留)(?:[至到入])?{_NEXT}"
)
_MOST = re.compile(
    r"(?:^|[，；。：])(?:其中，?|申请[人者]?(?:中|里)?)*(?P<who>[^，；。：\d]{2,24}?)(?:的|类|情形)?(?:占)?(?:为主|最多|居多|居首|多数|大头|大多数|绝大多数|较多)，(?:共|有|计|达|为|是|合计|占)*$"
)
"""予以公开的最多，13件; 无法提供的申请以本机关不掌握为主，共20件."""


def said_plainly(
    context: RuleContext, sentence: Sentence, start: int, item: Quantity
) -> tuple[tuple[Meaning, ...], int]:
    """Return what a number of a story of requests means by a clerk's own words, and where these begin."""
    text = sentence.text
    words, behind = text[start : item.start], text[item.end :]
    year = context.report.year or 0
    before = _OLD_BEFORE.search(words)
    old = before or _OLD_BEHIND.match(behind)
    if old:
        is_last = not old["year"] or int(old["year"]) == year - 1
        is_told = is_last and not _ENDED_BEFORE.search(text, 0, start + (before.start() if before else 0))
        return ((OLD, *_of_whom(OLD, "carried_in", behind)) if is_told else ()), item.start
    is_told_once = len(_GOES_ON.findall(text)) <= 1
    if is_told_once and (_is_carried_on(words, behind, year) or _is_left(words, behind, year)):
        return (ON, *_of_whom(ON, "carried_forward", behind)), item.start
    new = _NEW_BEFORE.search(words)
    if new and not ONE_OF_THOSE_DONE.search(text, 0, start):
        return ((NEW,) if new["new"] else (NEW, NEW_AND_OLD)), start
    all_told = _all_told(context, sentence, item, words)
    if all_told:
        return all_told, item.start
    if _ENDED.search(words):
        return (DONE, WITHOUT_OLD, NEW, NEW_AND_OLD), start
    return _of_the_most(context, text[: item.start])


def _all_told(context: RuleContext, sentence: Sentence, item: Quantity, words: str) -> tuple[Meaning, ...]:
    """Return what all are that were just told, and those of them done: 上述82件中，80件已办结，2件结转."""
    text = sentence.text
    if adds_up_outcomes(context, sentence, item):
        return (DONE,)
    if not words and _ENDED_AMONG.match(text, item.end):
        return (DONE,)
    is_all = _ABOVE.fullmatch(words) or (item.start == 0 and _DIVIDED_AMONG.match(text, item.end))
    if is_all and _AMONG.match(text, item.end):
        return () if is_told_before(context, sentence, item) else (NEW_AND_OLD, NEW, DONE)
    whole, rest = _WHOLE_BEFORE.search(text, 0, item.start), _THE_REST_GOES_ON.match(text, item.end)
    if whole is None or rest is None or int(whole["count"]) != number_in_table(context, NEW_AND_OLD):
        return ()
    return (DONE,) if int(rest["rest"]) == number_in_table(context, ON) else ()


def _is_left(words: str, behind: str, year: int) -> bool:
    """Tell what is said to be left at the end of the year."""
    before = _ON_BEFORE.search(words)
    if before:
        return not before["end"] or int(before["end"]) == year
    return bool(_IS_REST.fullmatch(words) and _ON_BEHIND.match(behind))


def _is_carried_on(words: str, behind: str, year: int) -> bool:
    """Tell what is said, behind its number, to go on to the next year."""
    told = _TO_NEXT.match(behind)
    if told is None or not _IS_REST.fullmatch(words) or (told["next"] and int(told["next"]) != year + 1):
        return False
    return not (_OTHERS_BETWEEN.search(told["between"]) or _LATER_NUMBER.match(told["behind"]))


def _of_whom(whole: Meaning, row: str, behind: str) -> tuple[Meaning, ...]:
    """Return the column of a row as well, where applicants are named: 上年结转的2件自然人申请."""
    kinds = of_applicants(re.split("[，。；]", behind, maxsplit=1)[0])
    if not kinds:
        return ()
    columns = (cell.rsplit(".", 1)[1] for cell in kinds[0].cells)
    return (Meaning(whole.label, tuple(f"requests.{row}.{column}" for column in columns)),)


def _of_the_most(context: RuleContext, told: str) -> tuple[tuple[Meaning, ...], int]:
    """Return what is said to be the most, or nearly all, before a number."""
    most = _MOST.search(told)
    if most is None:
        return (), 0
    return rows_named(context, most["who"]) or of_applicants(most["who"]), most.start("who")
