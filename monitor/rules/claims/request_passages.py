"""Numbers of requests in the story of one passage, proven by its other numbers.

A number beside short or unusual words (属执法案卷5件, 当面提交后公开6项, 1件跨年办理) says too little on
its own. Where others of the same passage are just what table 3 holds, the passage is about all requests
of the body and its year, and such a number can be held against its row as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.rules.claims.answered_alike import came_to_one, is_of_all
from monitor.rules.claims.applicant_rows import wrong_applicants
from monitor.rules.claims.carried_by import carried_by
from monitor.rules.claims.claim import (
    LEAST_PROOFS,
    Claim,
    agrees,
    apart,
    is_of_same_number,
    is_proof,
    is_told,
    number_in_table,
    overlap,
)
from monitor.rules.claims.divided import is_divided_whole
from monitor.rules.claims.each import each_outcome
from monitor.rules.claims.reasons import told_of_kinds
from monitor.rules.claims.request_meanings import DONE, NEW, NEW_AND_OLD
from monitor.rules.claims.request_rows import is_single_row, without_rows
from monitor.rules.claims.request_words import (
    OTHER_TOPIC,
    SUBJECT,
    is_under_requests,
    names_requests,
)
from monitor.rules.claims.shares import shared_numbers, wrong_share
from monitor.rules.claims.story_claims import claims_in_story
from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome
from monitor.rules.prose.quantities import quantities
from monitor.rules.prose.readable import readable
from monitor.rules.prose.sentences import Sentence

_OF_REQUESTS = re.compile(rf"{SUBJECT}|申请公开")
_STARTS = re.compile(r"申请|受理|收到|办件")
_COUNTED = re.compile(
    r"(?:收到|新收|接到|接收|受理|新增|收|收件|新收件)[^，。；：\d]{0,8}(?:\d+[件宗份条])?申请|申请[^，。；\d]{0,4}\d+[件宗份条]|\d+[件宗份条](?:新)?申请|"
    r"(?:新收|收件|收到|受理)(?:申请)?\d+[件宗份条]"
)
"""Requests by their plain name, which may be those for anything: 年内新收申请20件."""
_COUNTED_PLAINLY = re.compile(
    r"[^，。；：\d]{0,8}(?:收到|新收|接到|接收|受理|新增)(?:的|新|了)?(?:申请)?(?:共|共计|计)?\d+[件宗份条](?:申请)?，"
)
_CAME = re.compile(r"(?:收到|新收|接到|接收|受理|新增|收件)[^，。；：\d]{0,16}\d+[件宗份条]")
LEAST_PROOFS_UNNAMED = 4
"""So many numbers of the table prove a passage that never says what was requested."""
LONGEST_TITLE = 14
"""A title on the line of its text that has no number: 受理申请情况。"""
_OF_A_SENTENCE = (wrong_applicants, each_outcome, told_of_kinds, carried_by, came_to_one)
"""What reads a sentence of a passage as a whole; what one has accused, those behind it do not."""


@dataclass(frozen=True)
class Passage:
    """Sentences about requests, their claims, what is judged elsewhere, and the ids of what is right."""

    said: list[Sentence]
    claims: list[Claim]
    own: list[Claim]
    right: frozenset[int]


def passages_of_requests(context: RuleContext, told: Sequence[Claim]) -> list[Passage]:
    """Return the passages that the table proves to be about all requests; `told` is judged elsewhere."""
    found = []
    for said in _passages(context):
        claims = [claim for sentence in said for claim in claims_in_story(context, sentence)]
        own = [claim for claim in told if any(claim.sentence is sentence for sentence in said)]
        right = frozenset(id(claim) for claim in (*claims, *own) if agrees(context, claim))
        proofs = {claim.meanings[0].cells for claim in (*claims, *own) if is_proof(context, claim)}
        wrong = sum(id(claim) not in right for claim in claims)
        is_whole = len(proofs) < LEAST_PROOFS and is_divided_whole(context, (*claims, *own))
        least = LEAST_PROOFS if _is_named(said) else LEAST_PROOFS_UNNAMED
        if len(proofs) + is_whole >= least and wrong <= len(proofs) + is_whole:
            found.append(Passage(said, claims, own, right))
    return found


def wrong_in_passage(context: RuleContext, passage: Passage) -> Iterator[Claim]:
    """Yield what a passage claims against the table beside what each of its sentences does on its own."""
    yield from _wrong_claims(context, passage)
    known = [claim for claim in (*passage.own, *passage.claims) if id(claim) not in passage.right]
    for sentence in passage.said:
        for read in _OF_A_SENTENCE:
            told = [
                claim
                for claim in read(context, sentence)
                if not any(overlap(claim, other) for other in known)
            ]
            known += told
            yield from told


def _wrong_claims(context: RuleContext, passage: Passage) -> Iterator[Claim]:
    """Yield what a passage claims against the table, unless its number is judged elsewhere."""
    for claim in apart(context, passage.claims):
        if id(claim) in passage.right:
            continue
        is_of_row = is_single_row(claim.meanings[0])
        tells_more = is_of_row or is_of_all(claim)
        known = (
            is_told(context, claim, other) if tells_more else is_of_same_number(claim, other)
            for other in passage.own
        )
        if not any(known):
            yield claim


def wrong_shares(context: RuleContext, passage: Passage) -> Iterator[Outcome]:
    """Yield shares that a number of a passage has of nothing that the passage or the table counts.

    The number is the table's own, or another of the passage has a share that fits.
    """
    accused = {_place(claim) for claim in passage.own if id(claim) not in passage.right}
    shared = [
        (sentence, item)
        for sentence in passage.said
        if "%" in sentence.text
        for item in shared_numbers(sentence)
        if (sentence.text, item.end) not in accused
    ]
    if not shared:
        return
    values = [number_in_table(context, meaning) for meaning in (NEW, NEW_AND_OLD, DONE)]
    if any(value is None for value in values):
        return  # a share may be that of what was not read
    counted = (item.value for sentence in passage.said for item in quantities(sentence.text))
    bases = [*counted, *(value for value in values if value)]
    right = {_place(claim) for claim in passage.claims if claim.value and id(claim) in passage.right}
    judged = [(place, list(wrong_share(context, *place, bases))) for place in shared]
    has_witness = any(not outcomes for _place_, outcomes in judged)
    for (sentence, item), outcomes in judged:
        if has_witness or (sentence.text, item.end) in right:
            yield from outcomes


def _is_named(said: Sequence[Sentence]) -> bool:
    """Tell whether a passage says that its requests are for information, or stands under such a heading."""
    return any(map(_is_of_requests, said))


def _place(claim: Claim) -> tuple[str, int]:
    return claim.sentence.text, claim.end


def _passages(context: RuleContext) -> Iterator[list[Sentence]]:
    """Yield runs of sentences of one section that begin with requests and go on with nothing else."""
    run: list[Sentence] = []
    for sentence in readable(context):
        if run and not (_is_near(run[-1], sentence) and _is_more(sentence, run)):
            yield run
            run = []
        if run or _begins(sentence):
            run.append(sentence)
    if run:
        yield run


def _is_near(before: Sentence, sentence: Sentence) -> bool:
    """Tell two sentences under one heading, or under points of one heading: 1.数量, 2.来源."""
    is_one = before.heading == sentence.heading
    is_one_above = bool(sentence.above) and sentence.above in (before.above, before.heading)
    is_point = is_one_above and is_under_requests(sentence) and not OTHER_TOPIC.search(sentence.heading)
    return before.source is sentence.source and (is_one or is_point)


def _is_more(sentence: Sentence, run: Sequence[Sentence]) -> bool:
    """Tell whether a sentence goes on with the requests of a run, rather than with others that came as well.

    收到申请12件，办结11件。受理信用修复申请45件: what came was counted before, and nobody said what.
    """
    if _is_of_requests(sentence):
        return True
    came_before = any(_CAME.search(one.text) for one in run)
    if came_before and _CAME.search(sentence.text) and not _is_named(run):
        return False
    told = without_rows(sentence.text)
    if not OTHER_TOPIC.search(told) or "办结" in told[:8]:
        return True
    counted = _COUNTED_PLAINLY.match(told)  # 收到申请39件，多为举报奖励等事项
    return bool(counted and not came_before and not OTHER_TOPIC.search(counted.group()))


def _begins(sentence: Sentence) -> bool:
    return _is_of_requests(sentence) or bool(_COUNTED.search(sentence.text))


def _is_of_requests(sentence: Sentence) -> bool:
    is_title = len(sentence.text) <= LONGEST_TITLE and names_requests(sentence.text)
    if is_title or is_under_requests(sentence):
        return True
    return bool(_OF_REQUESTS.search(sentence.text) and _STARTS.search(sentence.text))
