"""Prose: the parts of a list add up to its total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from monitor.finding import Severity
from monitor.rules.claims.case_verdict import are_right
from monitor.rules.claims.changes import numbers_against_each_other
from monitor.rules.context import RuleContext
from monitor.rules.divided_parts import (
    divides_a_part,
    divides_another_number,
    divides_others,
    ends_with_those_left,
    is_filled_up,
    is_one_ending,
    is_overfull,
    is_within,
)
from monitor.rules.lists.against_table import is_for_the_table, may_be_in_table
from monitor.rules.lists.bare_rows import bare_rows
from monitor.rules.lists.complements import (
    LEAST_WAYS,
    WAY,
    Complement,
    applicants,
    are_of_requests,
    classes_of_documents,
    complements,
    misses,
    misses_closely,
    names_all,
    up_to_the_rest,
    ways,
    ways_of,
)
from monitor.rules.lists.each import counted_in
from monitor.rules.lists.far_ways import list_in_next_sentence, ways_in_sentences, with_its_shares
from monitor.rules.lists.gaps import MOST_SHARE_MISSED_FAR
from monitor.rules.lists.labels import SAYS_ALL
from monitor.rules.lists.lines import with_its_lines
from monitor.rules.lists.named import wrong_counts, wrong_kinds
from monitor.rules.lists.openers import opens_too_many
from monitor.rules.lists.part_lists import PartList, part_lists
from monitor.rules.lists.points import points, points_before_total, with_its_points
from monitor.rules.lists.remainders import (
    all_done,
    but_for_some,
    done_and_pending,
    done_and_rest,
    ended_otherwise,
    goes_on_with_pending,
    one_kind_and_rest,
)
from monitor.rules.lists.respective import respective
from monitor.rules.lists.runs import sum_of, tells_who
from monitor.rules.lists.shared_numbers import shared_numbers
from monitor.rules.lists.shown import wrong_behind, wrong_count, wrong_list, wrong_stock
from monitor.rules.lists.slips import is_slip
from monitor.rules.lists.stocks import stock_in, wrong_stocks
from monitor.rules.lists.sums_behind import wrong_sums_behind
from monitor.rules.lists.verdict import judge
from monitor.rules.lists.whole_rows import whole_rows
from monitor.rules.outcome import Outcome
from monitor.rules.prose.quantities import Quantity, Reading, quantities
from monitor.rules.prose.readable import is_garbled, not_read
from monitor.rules.prose.sentences import OF_THOSE, Sentence, joined, sentences
from monitor.rules.registry import rule

_FAR = re.compile(f"{OF_THOSE}[，：]")
_OUTCOME = re.compile("予以公开|部分公开|不予公开|无法提供|不予处理")
"""What became of requests divides those done; the total before may be of those received."""
LONGEST_NAME = 12
_REQUESTS_CAME = re.compile(r"(?:收到|新收|受理|接收)[^，。；\d]{0,16}申请(?:共|共计)?$")
_SENT = re.compile("答复|回复|送达|寄出|寄送")
_BY_WHOM = re.compile(r"(?:申请)?，其中(?:自然人|公民|个人|企业|法人)")
_OVERLAP = re.compile(
    r"(?:部分|有的|个别|同一(?!申请人)|一条|一件)[^，。；\d]{0,10}(?:同时|同步|重复(?!申请)|交叉|重叠|多个|不同|多次|共同|多级|多家|多[项种类]|两级|兼)"
    r"|(?:同时|同步|重复)(?:在|于|通过)?(?:多个|不同|两个|各)(?:平台|渠道|栏目)"
    r"|且有?\d|重复(?:计算|统计|计数)|(?:不|未|没有)(?:计入|纳入|列入|算入|包括在|包含在)(?!上述)[^，。；\d]{0,8}(?:数|内|中|统计)|(?:存在|有)(?:所|部分|一定)?(?:的)?(?:重复(?!申请|提出|提交)|交叉|重叠)"
)
"""The author says that a thing may be counted in several parts: their sum proves nothing."""
_OF_CASES = re.compile("行政复议|行政诉讼")
"""Behind a list of other things what is counted of cases is none of its parts."""
_END = re.compile(r"[。！？；!?;]$")
_GOES_ON = re.compile(r"[\d、，,；;）)%条件个篇份次期项]")
"""How the second half of a sentence begins that a page break cut in two."""


@rule(
    "narrative.sum",
    "文字中分项之和等于总数",
    Severity.WARNING,
    basis="惯例：评估与通报中的“数据失准”；《政府信息公开条例》第五十条",
)
def sums_in_prose(context: RuleContext) -> Iterator[Outcome]:
    """“A，其中 a、b、c”: 列举完的分项之和等于总数; 有“等、主要、包括、涵盖、余、约”的, 分项之和不超过总数.

    点了名的(“微信、微博、抖音三个账号”), 个数与所写的相同.
    """
    said = sentences(context)
    for place, sentence in enumerate(said):
        yield from _of_names(context, sentence)
        following = said[place + 1] if place + 1 < len(said) else None
        behind = following.text if following and following.section == sentence.section else ""
        if not quantities(sentence.text) or _OVERLAP.search(sentence.text) or _OVERLAP.search(behind):
            continue
        if is_garbled(sentence) or opens_too_many(sentence.text):
            yield not_read(context, sentence, "其中的分项")
            continue
        if stock_in(sentence.text, quantities(sentence.text)):
            stocks = wrong_stocks(sentence.text, quantities(sentence.text))
            yield from (wrong_stock(context, sentence, stock) for stock in stocks)
            continue
        lines = with_its_lines(said, place)
        whole = lines or with_its_shares(said, place) or _with_its_total(said, place)
        divided = list(_of_sentence(context, whole, "" if lines else behind))
        yield from divided or numbers_against_each_other(context, sentence)
        yield from _of_its_ways(context, sentence, following)
        yield from _of_those_pending(context, sentence, following)
        for whole, pair in _in_sentences(said, place):
            yield wrong_list(context, whole, pair.total, pair.parts, certain=True)


def _of_names(context: RuleContext, sentence: Sentence) -> Iterator[Outcome]:
    """Yield the numerals that are not the number of the names beside them."""
    if not is_garbled(sentence):
        text = sentence.text
        for found in (*wrong_counts(text), *wrong_kinds(text, quantities(text))):
            yield wrong_count(context, sentence, found)


def _in_sentences(said: Sequence[Sentence], place: int) -> Iterator[tuple[Sentence, Complement]]:
    """Yield the totals whose parts are told point by point, or in sentences of their own, and wrongly."""
    whole = with_its_points(said, place)
    yield from ((whole, pair) for pair in points(whole.text, counted_in(whole.text)))
    yield from points_before_total(said, place)
    yield from ways_in_sentences(said, place)
    yield from list_in_next_sentence(said, place)


def _with_its_total(said: Sequence[Sentence], place: int) -> Sentence:
    """Return a sentence that divides what was disclosed together with the one that tells how much it was.

    公开信息50条。工作运行正常。在主动公开的信息中，政策类4条……: the total stands two sentences before.
    """
    sentence = said[place]
    far = _FAR.search(sentence.text)
    before = said[place - 1] if place else None
    if far is None or before is None or before.source is not sentence.source:
        return sentence
    if quantities(sentence.text[: far.start()]) or not quantities(before.text):
        return sentence
    return joined(before, sentence)


def _of_sentence(context: RuleContext, sentence: Sentence, following: str) -> Iterator[Outcome]:
    text, counted = sentence.text, counted_in(sentence.text)
    read: dict[int, int] = {}
    wrong: list[PartList] = []
    unsure: list[PartList] = []
    right: list[Reading] = []
    for found in part_lists(text, counted):
        right += [reading for reading in found.readings if sum_of(reading) == found.total.value]
        read[found.total.start] = max(map(len, found.readings))
        if is_for_the_table(context, found, text) or divides_a_part(context, found, sentence):
            continue
        verdict = judge(_with_what_follows(found, text, following))
        if verdict is not None:
            (wrong if verdict else unsure).append(found)
    yield from (wrong_list(context, sentence, one.total, one.readings[0], certain=True) for one in wrong)
    told = {one.total.start for one in wrong}
    unread = (pair for pair in whole_rows(text, counted) if len(pair.parts) > read.get(pair.total.start, 0))
    for pair in (*_divisions(context, text, counted), *unread, *bare_rows(text, counted)):
        if pair.total.start in told or is_within(pair, right) or is_filled_up(pair, text, counted, following):
            continue
        if not (_is_of_others(context, sentence, pair) or is_overfull(pair, text)):
            told.add(pair.total.start)
            yield wrong_list(context, sentence, pair.total, pair.parts, certain=True)
    undecided = (one for one in unsure if one.total.start not in told)
    yield from (wrong_list(context, sentence, one.total, one.readings[0], certain=False) for one in undecided)
    if not sentence.goes_on:
        yield from (wrong_behind(context, sentence, behind) for behind in wrong_sums_behind(text, counted))


def _is_of_others(context: RuleContext, sentence: Sentence, pair: Complement) -> bool:
    """Tell parts of another number than the total, or numbers that the table has just so."""
    is_of_those_done = _OUTCOME.search(sentence.text, pair.parts[0].start - LONGEST_NAME, pair.parts[-1].end)
    if is_of_those_done and may_be_in_table(context, pair.parts):
        return True
    if divides_others(context, sentence.text, pair.total, pair.parts[0]):
        return True
    if ends_with_those_left(sentence.text, pair.total, pair.parts) or is_one_ending(sentence.text, pair):
        return True
    if divides_another_number(sentence.text, pair.total, pair.parts):
        return True
    if any(
        tells_who(sentence.text, one, following, pair.total.unit) for one, following in pairwise(pair.parts)
    ):
        return True
    return are_right(context, sentence, (pair.total, *pair.parts))


def _divisions(context: RuleContext, text: str, counted: Sequence[Quantity]) -> Iterator[Complement]:
    """Yield the totals that a sentence divides without 其中, and divides wrongly."""
    of_requests = (*applicants(text, counted), *but_for_some(text, counted))
    pairs = tuple(complements(text, counted))
    yield from (pair for pair in pairs if is_slip(pair.total, pair.parts) and names_all(text, pair))
    whole = (
        *pairs,
        *classes_of_documents(text, counted),
        *all_done(text, counted),
        *done_and_rest(text, counted),
        *one_kind_and_rest(text, counted),
        *(pair for pair in of_requests if not may_be_in_table(context, pair.parts)),
    )
    yield from (pair for pair in whole if misses(pair) and names_all(text, pair))
    shared = shared_numbers(text, counted)
    yield from (pair for pair in shared if pair.parts[0].value != pair.total.value)
    rows = (*ways(text, counted), *up_to_the_rest(text, counted))
    by_ways = (pair for pair in ways(text, counted) if are_of_requests(text, pair))
    yield from (pair for pair in by_ways if misses(pair) and names_all(text, pair))
    yield from (pair for pair in respective(text, counted) if names_all(text, pair))
    yield from (pair for pair in rows if misses_closely(pair) and names_all(text, pair))


def _of_its_ways(context: RuleContext, sentence: Sentence, following: Sentence | None) -> Iterator[Outcome]:
    """Judge a total whose ways the next sentence counts, and nothing else."""
    totals = [item for item in counted_in(sentence.text) if item.value]
    if following is None or following.source is not sentence.source or not totals:
        return
    total = totals[0]
    if not total.exact or (len(totals) > 1 and not _are_all_requests(sentence.text, total)):
        return
    before = sentence.text[: total.start]
    both = joined(sentence, following)
    parts = [item for item in counted_in(both.text) if item.start >= len(sentence.text)]
    for pair in ways_of(total, both.text, parts):
        if not (SAYS_ALL.search(before) or (len(parts) > LEAST_WAYS and not WAY.search(before))):
            continue
        if len(totals) > 1 and (may_be_in_table(context, pair.parts) or _SENT.search(following.text)):
            continue
        if 0 < abs(sum_of(pair.parts) - total.value) <= total.value * MOST_SHARE_MISSED_FAR:
            yield wrong_list(context, both, total, pair.parts, certain=True)


def _are_all_requests(text: str, total: Quantity) -> bool:
    """Tell the number of all requests that came, which a sentence divides by whoever made them."""
    return bool(_REQUESTS_CAME.search(text, 0, total.start)) and bool(_BY_WHOM.match(text, total.end))


def _of_those_pending(
    context: RuleContext, sentence: Sentence, following: Sentence | None
) -> Iterator[Outcome]:
    """Judge a total of requests whose answers, and what is carried on, perhaps in the next sentence."""
    whole = sentence
    if following is not None and following.source is sentence.source and goes_on_with_pending(following.text):
        whole = joined(sentence, following)
    carried_on = context.values.get("requests.carried_forward.total")
    behind = "" if following is None or whole is not sentence else following.text
    for pair in done_and_pending(whole.text, quantities(whole.text)):
        is_of_table = pair.parts[-1].value == carried_on
        is_all = not ended_otherwise(whole.text[pair.parts[-1].end :] + behind)
        if is_of_table and is_all and misses(pair) and not may_be_in_table(context, pair.parts):
            yield wrong_list(context, whole, pair.total, pair.parts, certain=True)


def _with_what_follows(found: PartList, text: str, following: str) -> PartList:
    """Return the list with what the next sentence counts behind it; a sentence cut in two closes none."""
    is_cut = not _END.search(text) and bool(_GOES_ON.match(following))
    return replace(
        found,
        closed=found.closed and not is_cut,
        followed=found.followed and not is_cut,
        tail=found.tail + (_goes_on_with(found, following) if _END.search(text) else ()),
    )


def _goes_on_with(found: PartList, following: str) -> Reading:
    """Return the things of one kind that the next sentence counts, where the list's last parts may be."""
    stop = _OF_CASES.search(following)
    end = stop.start() if stop else len(following)
    return tuple(item for item in quantities(following[:end]) if item.unit == found.total.unit)
