"""Prose: title, statistical period and text name the same year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from monitor.finding import Evidence, Severity
from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome, cannot_tell, fails
from monitor.rules.prose.quantities import quantities
from monitor.rules.prose.sentences import Sentence, sentences
from monitor.rules.registry import rule
from monitor.rules.years.ahead import stale_plans, wrong_turns
from monitor.rules.years.named import LAST_YEARS, YEAR, named_years, number_of_year
from monitor.rules.years.told import cases_left_over, left_over

_OPENING = re.compile(rf"^(?:在)?{YEAR}年度?，")
_FEE_OPENING = re.compile(
    rf"^(?:(?!自|从|根据|按照|依据|依照|遵照|截)[^，。；《》\d]{{2,20}}?)?(?<![自从])在?{YEAR}年度?"
    r"(?!起|开始|以来|以后|[^，。；\d]{0,12}(?:印发|出台|实施|施行|颁布|修订|规定|办法|(?<![费缴])通知))"
    r"，?(?:[^，。；]{0,20}，)?[^，。；]{0,20}?(?:未|没有|无|收取|产生|发生)"
)
"""Neither the year of the rules on the fee, nor one since which it was not charged."""
_BASIS = re.compile(r"^(?:根据|依据|按照|依照)《[^》]*》(?:（[^）]*）)?(?:的)?(?:有关|相关)?(?:规定|要求)?，")
_FEE_AT_LAST = re.compile(
    rf"^(?:[^，。；《\d]{{2,20}}?)?{YEAR}年度?，(?!.{{0,30}}(?:印发|出台|颁布|修订|施行|起|以来))[^。；]{{0,70}}，(?:未|没有|共|实际|全年)*(?:收取|产生|发生)[^，。；\d]{{0,10}}处理费"
)
"""The same behind what it was charged by: 2024年，我局按照《办法》规定，……，收取信息处理费520元."""
_PERIOD_OPENING = re.compile(
    rf"^(?:自|从|在)?{YEAR}年1月1日起?(?:至|到|—|-|~|～)(?:当年|同年|(?P=year)年)?12月31日(?:止|期间)?，[^。]{{0,24}}"
    r"(?:共|收到|受理|公开|发布|未|没有)"
)
_CASES_OPENING = re.compile(
    rf"^(?:[我本](?:机关|单位|部门|街道|[局镇乡委厅办]))?(?:在)?{YEAR}年度?(?:全年)?，?[^，。；《\d]{{0,24}}?(?:未|没有|均?无|共|新?收到|受理|接收|被)[^，。；\d]{{0,24}}"
    r"(?:公开申请|申请公开|依申请公开|行政复议|行政诉讼|(?<=收到)申请(?=\d))"
)
"""What a report tells of its own year only: requests, reviews and suits."""
_PUBLISHED_OPENING = re.compile(
    rf"^(?:截[至止])?(?:[一-龥]{{2,8}}(?<![报布展成对开据照按将]))?在?{YEAR}年度?(?!报告|年报|考核|工作|[底末初])(?:以来)?(?:全年)?，?[^，。；《\d]{{0,24}}?"
    r"(?:公开|发布|更新|推送|上传|刊发|编发)(?!后|以后|前|栏目|目录)[^。；《\d]{0,30}\d+余?[条件篇份期项次]"
)
"""What a report counts of its own year, and compares with the year before where it names that."""
_WORK_OPENING = re.compile(
    rf"^在?{YEAR}年度?，?(?P<who>[^，。；《\d]{{2,24}}?)(?:认真|深入|严格|坚决|全面)?(?:贯彻|落实|学习贯彻|执行)[^。；]{{0,24}}"
    r"(?:《[^》]*条例》|条例)"
)
"""What a report says of its own year at its beginning: 2023年，我局认真贯彻《条例》."""
_USUAL_OPENING = re.compile(
    rf"^(?:[^，。；《\d]{{2,16}}?)?在?{YEAR}年度?，?[^，。；《\d]{{0,20}}?(?:政务|政府)?信息公开工作(?:在|坚持|紧紧|以|稳步|扎实|有序|深入|全面|始终)"
)
_FIRST_WORK = re.compile(
    rf"^(?:[^，。；《\d]{{2,20}}?)?在?{YEAR}年度?，?(?:(?:根据|按照|依据|依照)《[^》]*》[^，。；\d]{{0,12}}，)?"
    rf"(?:[^。；《\d]|(?<=[据照实行彻》、])《[^》\d]*》){{0,48}}?(?:认真|坚持|深入|全面|严格|围绕|积极|以习近平|领导下|按照|面对|始终|高度重视|持续|扎实|切实|大力|着力|不断|紧扣|聚焦|立足|锚定|统筹|强化|全力|牢固)"
)
"""What the first sentence says of the work of the report's own year, unless the next goes on to that."""
_INTENDED = re.compile(r"将|拟|(?<!规划)计划(?!总结|类)|力争|预计|继续|下一步|目标")
_LAID_DOWN = re.compile(r"要点|要求|部署|任务|方案|^完成|年1月1日起")
_DONE_WELL = re.compile("认真(?:贯彻|落实)|严格(?:贯彻|落实|按照)|较好地|取得|完成")
_MEANT = re.compile(rf"{_INTENDED.pattern}|要(?!求|点)|进一步|打算|争取|准备|做好|抓好|应")
_COMPARED = re.compile(r"今年|本年|上年|去年|同期|同比|较(?![好大强为高多快])|比(?![例重如])|以来|结转|分别")
_NEGATION = re.compile(r"未|没有|无")
_CASES = re.compile(r"申请|复议|诉讼")
_REMEDIES = re.compile("复议|诉讼")
_NONE_CARRIED = re.compile(r"(?:无|没有|不存在)[^，。；\d]{0,4}结转[^，。；\d]{0,6}")
_CARRIED_INTO = re.compile(rf"{_NONE_CARRIED.pattern}|20\d\d年度?结转(?!至|到|下)")
"""What the year before left is no comparison: 2021年收到22件，2019年结转1件."""
_FEE = re.compile(r"信息(?:公开)?处理费")
_ANY_YEAR = re.compile(r"(?<!\d)(?<!结转)(?<!转结)(?<!结转至)(?<!结转到)(20\d\d)年(?!度?结转)")
"""The years of what is carried say nothing of the year that is told."""
_QUOTED = re.compile(r"《[^》]*》")
_SUITS = ("direct", "after_reconsideration")
_FIRST_SECTION, _LAST_SECTION = 1, 6


@rule(
    "narrative.year",
    "标题、统计期限与正文的年度一致",
    Severity.WARNING,
    basis="《政府信息公开条例》第四十九条、第五十条（上一年度的工作年度报告）",
)
def years(context: RuleContext) -> Iterator[Outcome]:
    """报告的标题、统计期限、“现公布××年度报告”说的是同一年; 提到上年、下年的话不在此列."""
    year = context.report.year
    for sentence in sentences(context):
        for start, end, named in named_years(sentence, year):
            if named != year:
                yield _outcome(year, named, sentence.evidence(context, start, end))
    if year is not None:
        yield from _stale_sentences(context, year)
        yield from wrong_turns(context, year)
        yield from stale_plans(context, year)
        for sentence, match in cases_left_over(context, sentences(context), year):
            yield _outcome(year, int(match["year"]), sentence.evidence(context, 0, match.end() + 8))


def _outcome(year: int | None, named: int, evidence: Evidence) -> Outcome:
    if year is None:
        return cannot_tell(f"“{evidence.raw}”说的是 {named} 年，但报告年度未能确定。", evidence)
    message = f"“{evidence.raw}”说的是 {named} 年，本报告是 {year} 年度。"
    return fails(message, evidence, expected=year, actual=named)


def _stale_sentences(context: RuleContext, year: int) -> Iterator[Outcome]:
    """Find an opening sentence, or the sentence on the fee, that was left over from last year."""
    body = [item for item in sentences(context) if item.section in (_FIRST_SECTION, _LAST_SECTION)]
    in_first = "".join(_QUOTED.sub("", item.text) for item in body if item.section == _FIRST_SECTION)
    own_year_named = f"{year}年" in in_first
    for place in range(len(body)):
        goes_on = place + 1 < len(body) and body[place + 1].heading == body[place].heading
        following = body[place + 1].text if goes_on else ""
        found = chain(
            _stale_case(context, body, place, year),
            _stale_work(context, body, place, year),
            _stale_opening(context, body[place], following, year, own_year_named=own_year_named),
            _left_over(context, body, place, year),
        )
        yield from islice(found, 1)


def _left_over(context: RuleContext, body: Sequence[Sentence], place: int, year: int) -> Iterator[Outcome]:
    """Find a sentence that names another year and tells what the table holds of this one, or denies it."""
    match = left_over(context, body[place], body, year)
    if match is not None:
        evidence = body[place].evidence(context, 0, match.end() + 8)
        yield _outcome(year, int(match["year"]), evidence)


def _stale_opening(
    context: RuleContext, sentence: Sentence, following: str, year: int, *, own_year_named: bool
) -> Iterator[Outcome]:
    """Find the beginning of a period, of the whole text, or of the sentence on the fee, in another year."""
    period = _PERIOD_OPENING.match(sentence.text)
    if period and not _COMPARED.search(sentence.text):
        yield from _stale(context, sentence, period, year)
    opening = _OPENING.match(sentence.text)
    is_first = sentence.section == _FIRST_SECTION and sentence.first
    if (is_first and opening and not own_year_named) or (
        opening and _is_after(opening, sentence, year) and not own_year_named
    ):
        yield from _stale(context, sentence, opening, year)
    elif is_first and not following.startswith((f"{year}年", f"在{year}年")):
        work = _FIRST_WORK.match(sentence.text)
        if work and not LAST_YEARS.search(sentence.text):
            yield from _stale(context, sentence, work, year)
    fee = _FEE_OPENING.match(_BASIS.sub("", sentence.text)) or _FEE_AT_LAST.match(sentence.text)
    if sentence.section == _LAST_SECTION and fee and _FEE.search(sentence.text) and "将" not in fee.group():
        yield from _stale(context, sentence, fee, year)


def _is_after(opening: re.Match[str], sentence: Sentence, year: int) -> bool:
    """Tell a sentence of section one that tells of the year after the report's as of one that is over."""
    is_next = number_of_year(opening["year"]) == year + 1 and sentence.section == _FIRST_SECTION
    is_told = bool(quantities(sentence.text) or _DONE_WELL.search(sentence.text))
    return is_next and is_told and not _MEANT.search(sentence.text)


def _stale_case(context: RuleContext, body: Sequence[Sentence], place: int, year: int) -> Iterator[Outcome]:
    """Find a sentence that tells of next year's requests or suits, or denies last year's and no others."""
    sentence = body[place]
    opening = _CASES_OPENING.match(sentence.text)
    carried = _CARRIED_INTO if opening and number_of_year(opening["year"]) == year + 1 else _NONE_CARRIED
    if opening is None or _COMPARED.search(carried.sub("", sentence.text)):
        return
    topic = _REMEDIES if _REMEDIES.search(opening.group()) else _CASES
    others = [item.text for item in (*body[:place], *body[place + 1 :]) if topic.search(item.text)]
    is_past = number_of_year(opening["year"]) == year - 1
    is_own = _is_ownnumber_of_year(context, sentence)
    own_year = [text for text in others if f"{year}年" in text]
    if is_past and (
        (others if not is_own else own_year) or not (_NEGATION.search(opening.group()) or is_own)
    ):
        return
    if not any(f"{year + 1}年" in text or _COMPARED.search(text) for text in others):
        yield from _stale(context, sentence, opening, year)


def _is_ownnumber_of_year(context: RuleContext, sentence: Sentence) -> bool:
    """Tell whether a sentence about last year has the number that the table has for the report's own."""
    received = context.values.get("requests.received.total")
    numbers = [item.value for item in quantities(sentence.text) if item.exact]
    suits = [
        value
        for row in _SUITS
        if (value := context.values.get(f"remedies.litigation_{row}.total")) is not None
    ]
    reviews = context.values.get("remedies.reconsideration.total")
    if numbers == [received]:
        return bool(received)
    all_suits = sum(suits) if len(suits) == len(_SUITS) else None
    cases = [value for value in (reviews, all_suits) if value]
    return bool(cases) and "申请公开" not in sentence.text and numbers[:1] in [[value] for value in cases]


def _stale_work(context: RuleContext, body: Sequence[Sentence], place: int, year: int) -> Iterator[Outcome]:
    """Find a count of what was published, or the usual first words, that name another year.

    Silent where the sentence or one beside it compares or intends, where a count is also told of the
    report's own year, and where the work may be told year by year.
    """
    sentence = body[place]
    patterns = (_PUBLISHED_OPENING, _WORK_OPENING, _USUAL_OPENING)
    opening = next(filter(None, (pattern.match(sentence.text) for pattern in patterns)), None)
    if opening is None or sentence.section != _FIRST_SECTION or _CASES.search(opening.group()):
        return
    around = "".join(item.text for item in body[max(0, place - 1) : place + 2])
    if _COMPARED.search(around) or _INTENDED.search(sentence.text) or LAST_YEARS.search(around):
        return
    others = (match for item in body if (match := opening.re.match(item.text)) is not None)
    own = [
        match
        for match in others
        if number_of_year(match["year"]) == year and not _CASES.search(match.group())
    ]
    named = {int(found) for item in body for found in _ANY_YEAR.findall(_QUOTED.sub("", item.text))}
    if not own and len(named - {year}) == 1:
        yield from _stale(context, sentence, opening, year)


def is_by_its_plan(text: str, year: int) -> bool:
    """Tell whether a sentence names a year only for what was laid down for it: 落实2021年全市工作要求.

    Work of the year before cannot follow that.
    """
    told = re.findall(rf"(?:完成了?)?{year}年度?[^，。；]{{0,14}}", _QUOTED.sub("", text))
    return all(_LAID_DOWN.search(one) for one in told)


def _stale(context: RuleContext, sentence: Sentence, opening: re.Match[str], year: int) -> Iterator[Outcome]:
    named = number_of_year(opening["year"])
    others = {int(found) for found in _ANY_YEAR.findall(_QUOTED.sub("", sentence.text))}
    if year in others and is_by_its_plan(sentence.text, year):
        others.discard(year)
    if named is not None and named != year and year not in others:
        yield _outcome(year, named, sentence.evidence(context, 0, opening.end() + 16))
