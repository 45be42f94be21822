"""Prose: what it says of reviews and suits agrees with table 4, wherever its meaning is plain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest

from monitor.finding import RuleOutcome, Severity
from monitor.rules.claims.case_verdict import is_right, stories, wrong_in_story
from monitor.rules.claims.causes import DISCLAIMED, OF_OTHER_ACTS, has_other_cause
from monitor.rules.claims.claim import Claim, Meaning, agrees, is_of_same_number, judge, overlap, segments
from monitor.rules.claims.corrected import corrected_among_problems
from monitor.rules.claims.denials import CASES, cases_denied, denied, is_of_some
from monitor.rules.claims.elsewhere import is_apart_from_its_story, may_be_of_more_cases
from monitor.rules.claims.ending_divided import divides_an_ending
from monitor.rules.claims.remedy_groups import JOINT
from monitor.rules.claims.remedy_passages import against_table, wrong_rates
from monitor.rules.claims.remedy_words import OF_ALL_KINDS
from monitor.rules.claims.scope import speaks_of_year
from monitor.rules.context import FIRST_YEAR_OF_TABLES, RuleContext
from monitor.rules.outcome import Outcome, cannot_tell
from monitor.rules.prose.quantities import Quantity, quantities
from monitor.rules.prose.readable import is_garbled, not_read, readable
from monitor.rules.prose.sentences import Sentence, sentences
from monitor.rules.registry import rule

_UNITS = frozenset({"件", "起", "宗", "次", "例", "个"})
_SELDOM_OF_CASES = frozenset({"条", "项", "份"})
"""Units that count pieces of information, unless the words before them name cases of disclosure."""
_NAMED_AS_CASES = re.compile(
    r"(?:(?:信息公开|依申请公开)(?:引发|引起|产生)?的?|(?:引发|引起|产生|发生|被申请|被提起)的?)(?:行政)?(?:复议|诉讼)"
    r"(?:案件|案|事项)?(?:[、和及与或](?:行政)?诉讼(?:案件|案|事项)?)?(?:均|共|为|有)*$"
)
_REVIEWS = Meaning("行政复议总计", ("remedies.reconsideration.total",))
_SUITS = Meaning(
    "行政诉讼总计", ("remedies.litigation_direct.total", "remedies.litigation_after_reconsideration.total")
)
_AFTER_REVIEW = re.compile(
    "(?:复议后|(?:不服|对)(?:行政)?复议(?:机关)?(?:的)?(?:决定|结果))[^，。；]{0,8}诉讼"
)
"""复议后被提起行政诉讼2件: suits, of which the table tells those after a review apart."""
_EACH = re.compile("[均都][为是有]$")
_BOTH = Meaning("行政复议与行政诉讼之和", (*_REVIEWS.cells, *_SUITS.cells))
_NOT_AFTER_REVIEW = re.compile("(?:未经复议|直接(?:提起|起诉))[^，。；]{0,8}诉讼")
_WAYS = (
    Meaning("未经复议直接起诉总计", ("remedies.litigation_direct.total",)),
    Meaning("复议后起诉总计", ("remedies.litigation_after_reconsideration.total",)),
)
_BROUGHT = re.compile(
    r"(?:未经复议直接起诉|(?<!未)(?P<after>经?复议后)(?:再)?起诉)(?:的)?(?:案件|案)?(?:共|为|有)?$"
)
_SAYS_DISCLOSURE = re.compile("信息公开|依申请")
"""The table's own words for how suits were brought, which mean nothing else."""
_TOPIC = re.compile(r"复议|诉讼|应诉|直接起诉")
_REVIEW = re.compile(
    r"(?:行政|信息公开的?|信息公开类|被|被申请|引发|引起|产生|发生|^(?:全年|本年度?|年内|当年|共|有|发生)*|[、和]有?)复议(?:案件|申请|案|事项)?(?:的|数量|件数|情况)?[均都]?(?:共|计|为|是|有|共计)?$"
)
_SUIT = re.compile(
    r"(?:行政(?:诉讼|应诉)|(?<=行政复议[、和与及])诉讼|^(?:全年|本年度?|年内|当年|共|有|发生)*诉讼|(?<=[件起][、和])有?诉讼|被(?:起)?诉(?!讼)|(?:被提起|引发|引起|产生|发生)诉讼)(?:案件|案|事项)?(?:的|数量|件数|情况)?[均都]?(?:共|计|为|是|有|共计)?$"
)
_REVIEW_AFTER = re.compile(
    r"^(?:有关|涉及|因|由)?(?:政府信息公开)?(?:工作)?(?:引[发起]|产生|导致)?的?行政复议(?:案件|案|申请)?(?=$|[，。；、（和及与])"
)
_SUIT_AFTER = re.compile(
    r"^(?:有关|涉及|因|由)?(?:政府信息公开)?(?:工作)?(?:引[发起]|产生|导致)?的?行政诉讼(?:案件|案)?(?=$|[，。；、（和及与])"
)
_OF_DISCLOSURE = re.compile(r"信息公开|公开(?:政府|政务)?信息|依申请|被申请|被提起|引[发起]|发生|产生|因此")
_CASES_ALONE = re.compile(
    r"^(?:\d{1,2}[.．、])?(?:20\d\d年度?|全年|本年度?|年内|当年|今年|[我本][局镇乡委厅办]|街道|共|有|发生|无|未发生|零申请|零|没有|，|、)*(?:行政)?(?:复议|诉讼)[^。]{0,30}。?$"
)
_OF_OTHERS = re.compile(
    "审理|受理|收到|接收|接到|办理|机关(?!维持|撤销)|司法|调解|指导|引导|出庭|应诉|代理|参与|案例|培训|法院|法庭"
)
"""A report of disclosure that counts cases and says no more of them speaks of its own."""
_AS_AUTHORITY = re.compile(
    r"审理|受理|接收|审结|办理|代理|复议机关|维持|纠正|败诉|胜诉|撤销|撤回|尚未审结|其他结果|驳回|终止|出庭|调解|结案|其中|上年|结转|第三人"
)
_DIVIDED_APART = re.compile(
    r"(?:收到|接收|受理|审理|审结|办理)[^，。；、\d]{0,6}复议[^，。；、\d]{0,4}\d[^。]*其中[，：]$"
)
_OPENERS = ("其中，", "其中：")
"""收到行政复议申请214件，审结172件，其中，信息公开类31件: the mark does not cut what is divided off."""
_OUTCOME = re.compile(
    r"(?P<outcome>(?:结果)?维持(?:原行政行为)?|(?:结果)?(?:被)?纠(?:正|错)|其他结果|尚未审结|未审结)(?:的)?(?:共|计|有|为)?$"
)
_OUTCOMES = {"维持": ("upheld", "结果维持"), "纠": ("corrected", "结果纠正"),
             "其他": ("other", "其他结果"), "审结": ("pending", "尚未审结")}  # fmt: skip
_RECEIVED = re.compile(r"(?:收到|接到|接收)(?!政府信息公开|信息公开|因|涉及|申请人)[^，。；]{0,6}行政复议")
"""Whoever receives applications for review decides them."""
_OF_ONE_WAY = re.compile("起诉|一审|二审|再审")
"""Told behind the suits, it divides them, and what follows is of its part."""
_OUTCOME_WORDS = re.compile(r"维持|纠正|其他结果|审结")
_JUDGING = re.compile(r"审理|受理|接收|审结(?<!未审结)|办理|复议机关|法院|第三人")
_REMARK = re.compile(r"（[^（）]*）")
_NEW = re.compile(r"新增|新发生|新收|本年新|当年新")
_DENIED = re.compile("(?:未|没有|无|不)[^，。；]{0,6}$")
"""Not one: 未发生一起因政府信息公开引发的行政复议."""
_OF_THOSE_REVIEWED = re.compile("其中|有$")
"""行政复议5件，其中1件提起诉讼: how many went on to a court, not all suits."""
_ANOTHER = re.compile(r"[，；]另(?:有|外)?[^，。；\d]{0,6}\d")
"""More of them are told apart: 引发行政复议1件，另有1件……."""
_COUNTS_OLD = re.compile(r"(?:复议|诉讼)[^。]{0,16}含上(?:一)?年")
"""A footnote of table 4: its numbers count what was pending from last year as well."""
_SECTION_OF_CASES = 4
"""Whose title says that its reviews and suits are about disclosure."""


@rule(
    "narrative.remedies",
    "文字中的复议诉讼件数与表四一致",
    Severity.WARNING,
    basis="惯例：通报中的“数据失准”；《政府信息公开条例》第五十条第（三）项",
    since=FIRST_YEAR_OF_TABLES,
)
def remedies_in_prose(context: RuleContext) -> Iterator[Outcome]:
    """正文所说因政府信息公开发生的行政复议、行政诉讼件数与表四总计相同; 只说“新增”的可以少于总计."""
    counts_old = any(_COUNTS_OLD.search(section.text) for section in context.report.sections)
    told: list[Claim] = []
    prose = readable(context)
    for sentence, following in zip_longest(prose, prose[1:]):
        behind = following.text if following and following.section == sentence.section else ""
        if not _TOPIC.search(sentence.text) or DISCLAIMED.search(sentence.text + behind):
            continue
        for start, end in segments(sentence):
            found = list(_claims(context, sentence, start, end))
            if found and speaks_of_year(context, sentence, start, end):
                told += found
        told += (
            claim
            for claim in corrected_among_problems(context, sentence)
            if not any(is_of_same_number(claim, other) for other in told)
        )
    wrong, right = against_table(context, told)
    claims = [
        replace(claim, at_most=claim.at_most or counts_old)
        for claim in (*told, *wrong)
        if agrees(context, claim) or not is_right(context, claim)
    ]
    judged = [(claim, outcome) for claim in claims for outcome in _judged(context, claim, claims)]
    accused = [claim for claim, outcome in judged if outcome.outcome is RuleOutcome.FAIL]
    read = [] if counts_old else list(_of_stories(context, accused))
    for claim, outcome in judged:
        if claim in accused or not any(overlap(claim, other) for other in read):
            yield outcome
    for claim in read:
        yield from (_judged if is_apart_from_its_story(claim) else judge)(context, claim, claims)
    yield from wrong_rates(context, right)
    for sentence in filter(is_garbled, sentences(context)):
        if _TOPIC.search(sentence.text):
            yield not_read(context, sentence, "其中的复议诉讼件数")


def _judged(context: RuleContext, claim: Claim, claims: Sequence[Claim]) -> Iterator[Outcome]:
    if not agrees(context, claim) and may_be_of_more_cases(context, claim):
        evidence = claim.sentence.evidence(context, claim.start, claim.end)
        yield cannot_tell(f"“{evidence.raw}”与表四中几行之和相同，不能确定说的是哪几行。", evidence)
    else:
        yield from judge(context, claim, claims)


def _of_stories(context: RuleContext, accused: Sequence[Claim]) -> Iterator[Claim]:
    """Yield what the stories of cases claim wrongly, where nothing was accused yet."""
    for story in stories(context):
        for claim in wrong_in_story(context, story):
            if not any(overlap(claim, other) for other in accused):
                yield claim


def _claims(context: RuleContext, sentence: Sentence, start: int, end: int) -> Iterator[Claim]:
    yield from _negations(context, sentence, start, end)
    yield from _numbers(sentence, start, end)
    yield from _outcomes(sentence, start, end)


def _negations(context: RuleContext, sentence: Sentence, start: int, end: int) -> Iterator[Claim]:
    for part in denied(sentence, start, end, context.report.organization or "", CASES):
        if is_of_some(sentence, start, part):
            continue
        for is_denied, meaning in zip(cases_denied(part), (_REVIEWS, _SUITS), strict=True):
            if is_denied:
                yield Claim(sentence, start, end, Decimal(0), (meaning,), understood=True)


def _numbers(sentence: Sentence, start: int, end: int) -> Iterator[Claim]:
    is_apart = sentence.text.endswith(_OPENERS, 0, start) and _DIVIDED_APART.search(sentence.text, 0, start)
    since = start - len(_OPENERS[0]) if is_apart else start
    words = _REMARK.sub("", sentence.text[since:end])
    if _AS_AUTHORITY.search(words) or _RECEIVED.search(words) or "各" in words:
        return
    inside = [
        item
        for item in quantities(sentence.text)
        if start <= item.start and item.end <= end and item.exact and _counts_cases(sentence, start, item)
    ]
    of_disclosure = bool(inside) and _is_of_disclosure(sentence, end)
    for item in inside:
        if of_disclosure or not item.value:
            yield from _number(sentence, start, end, item)


def _counts_cases(sentence: Sentence, start: int, item: Quantity) -> bool:
    """Tell a number of cases by its unit, or by the words before a unit that cases seldom have."""
    if item.unit in _UNITS:
        return True
    return item.unit in _SELDOM_OF_CASES and bool(_NAMED_AS_CASES.search(sentence.text, start, item.start))


def _outcomes(sentence: Sentence, start: int, end: int) -> Iterator[Claim]:
    """Yield what became of the reviews or suits that the sentence speaks of."""
    told = [
        (item, match)
        for item in quantities(sentence.text)
        if start <= item.start and item.end <= end and item.unit in _UNITS and item.exact
        if (match := _OUTCOME.search(sentence.text, start, item.start))
    ]
    if not told or _JUDGING.search(sentence.text) or not _is_of_disclosure(sentence, end):
        return
    for item, match in told:
        column, label = _OUTCOMES[next(word for word in _OUTCOMES if word in match["outcome"])]
        cells = tuple(f"{row}.{column}" for row in _rows_spoken_of(sentence.text[: item.start]))
        if cells:
            yield Claim(sentence, match.start(), item.end, item.value, (Meaning(label, cells),))


def _is_of_disclosure(sentence: Sentence, end: int) -> bool:
    """Tell whether the reviews and suits up to `end` are about disclosure, not about another act."""
    told = sentence.text[:end]
    if OF_OTHER_ACTS.search(told) and not re.search(r"信息公开|依申请公开", told):
        return False
    if has_other_cause(told):
        return False
    if sentence.section == _SECTION_OF_CASES:
        return True
    return bool(_OF_DISCLOSURE.search(sentence.heading + told) or _is_only_of_cases(sentence))


def _is_only_of_cases(sentence: Sentence) -> bool:
    """Tell a short sentence of section one that counts or denies cases of both kinds and says no more."""
    is_short = sentence.section == 1 and _CASES_ALONE.match(sentence.text)
    names_both = "复议" in sentence.text and "诉讼" in sentence.text
    return bool(is_short) and names_both and not _OF_OTHERS.search(sentence.text)


def _rows_spoken_of(before: str) -> tuple[str, ...]:
    """Return the rows of what was named last, reviews or suits; nothing where either may be meant.

    Either is meant where both are named before their outcomes; the outcome's own words settle it.
    """
    own = before[max(before.rfind(mark) for mark in "，。；、") + 1 :]
    if JOINT.search(before):
        return ()  # of both together, or of either
    if "起诉" in own or "被诉" in own or _OF_ONE_WAY.search(before, max(0, before.rfind("行政诉讼"))):
        return ()
    named = {word for word in ("复议", "诉讼") if word in own}
    if len(named) != 1:
        review, suit = before.rfind("行政复议"), before.rfind("行政诉讼")
        between = before[min(review, suit) : max(review, suit)]
        if max(review, suit) < 0 or (min(review, suit) >= 0 and not _OUTCOME_WORDS.search(between)):
            return ()
        named = {"复议" if review > suit else "诉讼"}
    totals = _REVIEWS if named == {"复议"} else _SUITS
    return tuple(path.rpartition(".")[0] for path in totals.cells)


def _number(sentence: Sentence, start: int, end: int, item: Quantity) -> Iterator[Claim]:
    if OF_ALL_KINDS.match(sentence.text, item.end) or divides_an_ending(sentence.text, item.start):
        return
    before, after = sentence.text[start : item.start], sentence.text[item.end : end]
    reviews, suits = bool(_REVIEW.search(before)), bool(_SUIT.search(before))
    first = max(before.rfind(mark) for mark in "、和及与") if re.search(r"\d", before) else -1
    own, stop = before[first + 1 :], item.end
    if (reviews or suits) and _AFTER_REVIEW.search(own):
        meaning = _WAYS[True]
    elif (reviews or suits) and _NOT_AFTER_REVIEW.search(own):
        meaning = _WAYS[False]
    elif (reviews or suits) and "复议" in own and "诉讼" in own:
        meaning = _BOTH
    elif reviews or suits:
        meaning = _REVIEWS if reviews else _SUITS
    elif (way := _BROUGHT.search(before)) is not None and _SAYS_DISCLOSURE.search(
        sentence.heading + sentence.text[: item.start]
    ):
        meaning, own = _WAYS[bool(way["after"])], way.group()
    elif _DENIED.search(before) or (_OF_THOSE_REVIEWED.match(before) and "复议" in sentence.text[:start]):
        return
    elif (named := _REVIEW_AFTER.match(after) or _SUIT_AFTER.match(after)) is not None:
        meaning = _REVIEWS if named.re is _REVIEW_AFTER else _SUITS
        own, stop = "", item.end + named.end()
    else:
        return
    meanings = (_REVIEWS, _SUITS, _BOTH) if meaning is _BOTH and _EACH.search(before) else (meaning,)
    is_part = bool(_NEW.search(before) or _ANOTHER.search(sentence.text, item.end))
    yield Claim(sentence, item.start - len(own), stop, item.value, meanings, is_part)
