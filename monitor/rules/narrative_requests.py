"""Prose: what it says of requests agrees with table 3, wherever its meaning is plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from monitor.finding import RuleOutcome, Severity
from monitor.rules.claims.answered_alike import (
    answered_alike,
    any_at_all,
    made_by_none,
    the_only_request,
)
from monitor.rules.claims.applicants import divides_a_part, of_applicants
from monitor.rules.claims.carried import CARRIED_SOMEWHERE, none_carried, old_told_next
from monitor.rules.claims.claim import (
    Claim,
    Meaning,
    agrees,
    apart,
    judge,
    segments,
)
from monitor.rules.claims.denials import MAY_DENY, REQUESTS, denied, denies_requests
from monitor.rules.claims.elsewhere import why_undecided
from monitor.rules.claims.ended import ONE_OF_THOSE_DONE, meanings_of_those_ended
from monitor.rules.claims.fewer import fewer_were_taken_on, others_took_the_rest
from monitor.rules.claims.new_alone import is_of_the_new_alone
from monitor.rules.claims.request_divisions import wrong_divisions
from monitor.rules.claims.request_meanings import (
    ALL_DONE_AFTER,
    DONE,
    FROM_LAST_YEAR_AFTER,
    IN_HAND_AFTER,
    INTO_YEAR_AFTER,
    NEW,
    NEW_AND_OLD,
    OUTCOME,
    OUTCOME_BEHIND,
    PERSONS_BEHIND,
    TO_NEXT_YEAR_AFTER,
    WITHOUT_OLD,
    by_applicant,
    meanings_of,
)
from monitor.rules.claims.request_passages import (
    Passage,
    passages_of_requests,
    wrong_in_passage,
    wrong_shares,
)
from monitor.rules.claims.request_rows import beside, is_single_row, rows_named, told_as_row, told_beside
from monitor.rules.claims.request_words import (
    ALL_CHANNELS,
    BY_OTHERS,
    CHANNEL,
    CLASSIFIED,
    HANDLED,
    WAYS,
    is_of_no_request,
    is_of_some_requests,
)
from monitor.rules.claims.scope import speaks_of_year
from monitor.rules.claims.topic import REQUEST_NAMED, Topic
from monitor.rules.context import FIRST_YEAR_OF_TABLES, RuleContext
from monitor.rules.narrative_sum import sums_in_prose
from monitor.rules.outcome import Outcome, cannot_tell
from monitor.rules.prose.quantities import Quantity, quantities
from monitor.rules.prose.readable import is_garbled, not_read, readable
from monitor.rules.prose.sentences import Sentence, sentences
from monitor.rules.registry import rule

_COUNTED = re.compile(r"\d+[件份宗条起项]")
"""另行制作5件不予处理8件: lines that no mark parts."""
_QUOTES = dict.fromkeys(map(ord, "“”‘’「」\"'"))
_UNITS = frozenset({"件", "宗", "份", "条", "次", "起", "个", "例", "项", "件次"})
_LOOK_BEHIND = 32
_TOLD_BEHIND = (
    ALL_DONE_AFTER,
    PERSONS_BEHIND,
    OUTCOME_BEHIND,
    FROM_LAST_YEAR_AFTER,
    TO_NEXT_YEAR_AFTER,
    IN_HAND_AFTER,
    INTO_YEAR_AFTER,
)
"""What a number may be told behind it to mean."""
_FOR_ALL = re.compile(
    r"(?:(?<=办公室)|(?<=办公厅)|(?<=政府办))代表(?:本?[省市县区旗州])?(?:人民)?政府|公民(?:个人)?[、和及或]法人(?:(?:[、和及或]|或者)(?:其他|非法人)组织)?"
)
_OWN_APART = re.compile(r"转[送交办]|直接|[本我](?:机关|办|厅)|另")
_IN_TIME = re.compile(r"按时|按期|及时")
"""What was done in time may be less than all that was done, but not more."""
_ALL_IN_TIME = re.compile(
    r"^(?:申请)?[，、（](?:按[时期])?(?:办结|答复|回复|办理)率(?:达到|达|为|均为|均达|：)?100%|"
    r"^(?:申请)?，已?(?:全部|均)已?(?:按[时期]|依法|按要求)*(?:办结|答复|办理完毕)"
)
"""Unless all was: 按期办结36件，按期办结率达100%."""
_OF_THE_OTHERS = re.compile("(?:其中)?其[他它](?:申请|人员|主体|方面)")
"""企业申请办结6件，其他申请办结3件: of whoever was not named."""
_OF_PEOPLE = re.compile("群众|村民|居民|市民|公众")
"""受理群众申请31件: all that came, or those of persons."""
_OTHER_NUMBER = re.compile(r"^.*\d[^，。；\d]{0,12}?(?:以及|及(?!时)|[和与])")
"""33件新收申请和2件: the words before belong to the number before."""
_AFTER = re.compile(
    r"$|[，。；、（）]|均|已|全部|都|一?并|无|结转|答复|办结|(?:政府|政务)?信息(?:公开|依申请)|依申请|申请|公开申请|的|以及|和|及|"
    r"(?:公众|公民|群众)[^，。；\d]{0,30}申请"
)
"""What may follow a number: nothing, what became of them, or the word for requests."""
_ENUMERATED = re.compile(rf"、(?:{WAYS})[^，。；、\d]{{0,4}}\d")
"""办结网上申请3件、纸质申请36件: one verb for both, so neither is all."""
_WITH_OLD = re.compile(
    r"^（(?:其中|均)?(?:含|包括|包含)[^）\d]{0,8}(?:上年|上一年|去年|20\d\d年)度?(?:结转|转结)"
)
"""答复98件（含上年度结转8件）: then it counts those carried in."""
_OLD_APART = re.compile(
    r"(?:(?!其中|包括|包含|含)[^。；（\d])*，(?:同时|另有?|另外有?|加上|连同|还有?)(?:办理|承接|处理)?(?:了)?(?:上一?年度?|去年|20\d\d年度?)(?:结转|转结|转入)"
)
"""Those of last year, counted apart: 受理4件申请，另有上年结转1件."""
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
    told = [
        claim for sentence in readable(context) for claim in apart(context, list(_claims(context, sentence)))
    ]
    passages = passages_of_requests(context, told)
    wrong = [claim for passage in passages for claim in wrong_in_passage(context, passage)]
    both = (*told, *wrong)
    claims = [claim for claim in both if not _is_of_some_taken_on(context, claim)]
    proofs = (*claims, *(claim for passage in passages for claim in passage.claims))
    for claim in claims:
        if agrees(context, claim):
            yield from judge(context, claim, proofs)
        elif reason := why_undecided(context, claim, proofs):
            yield _undecided(context, claim, reason)
        elif not is_of_the_new_alone(context, claim):
            yield from judge(context, claim, proofs)
    for sentence in filter(is_garbled, sentences(context)):
        if REQUEST_NAMED.search(sentence.text):
            yield not_read(context, sentence, "其中的申请件数")
    for passage in passages:
        yield from wrong_shares(context, passage)
        yield from _wrong_in_sum(context, passage)


def _undecided(context: RuleContext, claim: Claim, reason: str) -> Outcome:
    evidence = claim.sentence.evidence(context, claim.start, claim.end)
    return cannot_tell(f"“{evidence.raw}”{reason}。", evidence)


def _is_of_some_taken_on(context: RuleContext, claim: Claim) -> bool:
    told = context, claim.sentence.text, claim.end
    return fewer_were_taken_on(*told) or others_took_the_rest(*told)


def _wrong_in_sum(context: RuleContext, passage: Passage) -> Iterator[Outcome]:
    """Yield the divisions of all requests that add up to none, unless `narrative.sum` tells of them."""
    found = [outcome for sentence in passage.said for outcome in wrong_divisions(context, sentence)]
    if found:
        sums = [str(one.evidence[0].raw) for one in sums_in_prose(context) if one.outcome is RuleOutcome.FAIL]
        yield from (one for one in found if not any(str(one.evidence[0].raw) in told for told in sums))


def _claims(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    told = quantities(sentence.text)
    if not (told or MAY_DENY.search(sentence.text)):
        return
    is_classified = bool(CLASSIFIED.search(sentence.text))
    counted = [item for item in told if item.unit in _UNITS and item.exact]
    yield from made_by_none(context, sentence)
    topic = Topic.of_heading(sentence)
    for start, end in segments(sentence):
        words = sentence.text[start:end]
        if is_classified and not HANDLED.match(words):
            continue
        yield from any_at_all(context, sentence, start, end)
        topic = topic.behind(words, sentence.text[:end])
        if topic.may_carry:
            yield from none_carried(context, sentence, start, end)
        if topic.may_deny:
            yield from _negations(context, sentence, start, end)
        if not topic.may_count(words):
            continue
        for item in counted:
            if start <= item.start and item.end <= end:
                yield from _claim(context, sentence, start, item)
                yield from answered_alike(context, sentence, item)
                yield from the_only_request(context, sentence, item)


def _negations(context: RuleContext, sentence: Sentence, start: int, end: int) -> Iterator[Claim]:
    parts = denied(sentence, start, end, context.report.organization or "", REQUESTS)
    if any(map(denies_requests, parts)) and speaks_of_year(context, sentence, start, end):
        yield Claim(sentence, start, end, Decimal(0), (NEW,), understood=True)


def _is_of_one_channel(own: str, after: str) -> bool:
    """Tell requests that came in one way: part of all, which all cannot be fewer than.

    代表政府受理9件，转送部门2件: those received for the government are not the office's own.
    """
    channels = ALL_CHANNELS.sub("", own.removeprefix("其中"))
    return bool(CHANNEL.search(_FOR_ALL.sub("", channels)) or ("代表" in own and _OWN_APART.search(after)))


def _meanings_of_number(
    context: RuleContext, sentence: Sentence, item: Quantity, own: str, after: str
) -> tuple[Meaning, ...]:
    """Return what a number may mean by its own words and by what the sentence says of those carried on."""
    meanings = meanings_of(context, own, after, sentence.text)
    if meanings[:1] == (NEW,) and _OF_PEOPLE.search(own):
        meanings += of_applicants("自然人")
    if meanings and _WITH_OLD.match(after):
        meanings = tuple(meaning for meaning in meanings if meaning not in (NEW, WITHOUT_OLD)) or meanings
    if meanings[:1] == (DONE,):
        return meanings_of_those_ended(context, sentence, item, meanings)
    if meanings[:2] == (NEW, NEW_AND_OLD) and (
        _OLD_APART.match(sentence.text, item.end) or old_told_next(context, sentence)
    ):
        return (NEW,)
    is_rest = bool(_REST.search(own) and _REST_DONE.match(after)) and "结转" in sentence.text[: item.start]
    return meanings or ((DONE,) if is_rest else ())


def _claim(context: RuleContext, sentence: Sentence, start: int, item: Quantity) -> Iterator[Claim]:
    before = sentence.text[start : item.start]
    previous = max((before.rfind(mark) for mark in "、（"), default=-1)
    own = before[previous + 1 :] if re.search(r"\d", before) else before
    own = _OTHER_NUMBER.sub("", own)
    after = sentence.text[item.end : item.end + _LOOK_BEHIND]
    if (
        is_of_no_request(sentence.text, item.start)
        or CARRIED_SOMEWHERE.match(after)
        or _OF_THE_OTHERS.match(own)
        or ONE_OF_THOSE_DONE.search(sentence.text, 0, item.start - len(own))
    ):
        return
    told = told_as_row(own, after)
    if told is not None:
        yield from _of_row(context, sentence, start, item, told)
        return
    if _ENUMERATED.match(sentence.text, item.end):
        return
    if not any(words.match(after) for words in (_AFTER, *_TOLD_BEHIND)):
        return
    if BY_OTHERS.search(own) or (_RESULT.search(own) and not OUTCOME.search(own.translate(_QUOTES))):
        return
    # What is new may be anything else: 新增栏目, 新增账号.
    if "新增" in own and not REQUEST_NAMED.search(
        sentence.heading + sentence.text[: item.end + _LOOK_BEHIND]
    ):
        return
    meanings = _meanings_of_number(context, sentence, item, own.translate(_QUOTES), after)
    others = beside(sentence.text, item.start - len(own), item.start)
    meanings = told_beside(_with_rows(context, meanings, own), others)
    applicants = () if divides_a_part(context, sentence, item) else by_applicant(sentence, item)
    is_part = not applicants and bool(meanings) and _is_of_one_channel(own, after)
    if applicants or not meanings:
        meanings = applicants
    elif is_part:
        meanings = (NEW_AND_OLD, NEW) if meanings[0] == NEW and "申请" in own else ()
    if meanings and speaks_of_year(context, sentence, start, item.end):
        may_be_late = _IN_TIME.search(own) and not _ALL_IN_TIME.match(after)
        at_most = is_part or bool(may_be_late) or is_of_some_requests(sentence.text, item.start)
        yield Claim(sentence, item.start - len(own), item.end, item.value, meanings, at_most)


def _with_rows(context: RuleContext, meanings: tuple[Meaning, ...], own: str) -> tuple[Meaning, ...]:
    """Return what a number means where its words name a row as well: 属于内部事务信息不予公开1件."""
    own = _COUNTED.split(own)[-1]
    if meanings and _RESULT.search(own):
        return meanings + rows_named(context, own)
    found = rows_named(context, own) if meanings and OUTCOME.search(own.translate(_QUOTES)) else ()
    return found if len(found) > 1 and is_single_row(found[0]) else meanings


def _of_row(
    context: RuleContext, sentence: Sentence, start: int, item: Quantity, told: str
) -> Iterator[Claim]:
    meanings = rows_named(context, told.translate(_QUOTES))
    if meanings and speaks_of_year(context, sentence, start, item.end):
        at_most = is_of_some_requests(sentence.text, item.start)
        yield Claim(sentence, item.start, item.end, item.value, meanings, at_most)
