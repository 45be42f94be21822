"""Reviews and suits in the story of one passage, proven by its other numbers.

What became of cases is told in words that a body also uses of cases that it decides itself. Where a
total of the passage is just what table 4 holds, the passage is about the cases of disclosure, and what
else it counts of them can be held against the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, combinations

from extract.model import Number
from monitor.rules.claims.authority import OF_DISCLOSURE, decides, is_in_hand, is_of_authority
from monitor.rules.claims.causes import OF_OTHER_ACTS, has_other_cause
from monitor.rules.claims.claim import Claim, Meaning, agrees, is_proof, is_told, may_be
from monitor.rules.claims.ending_divided import divides_an_ending
from monitor.rules.claims.remedy_groups import groups_of, groups_told_of
from monitor.rules.claims.remedy_rows import (
    AFTER,
    ANNULLED,
    DIRECT,
    KINDS,
    NAMES,
    REVIEWS,
    SUITS,
    Rows,
    is_of_two,
    meanings_of_outcome,
    outcome_of,
    rows_of,
    total_of,
)
from monitor.rules.claims.remedy_words import (
    ALL_OF_ONE_WAY,
    ASKED_FOR,
    MORE_THAN_ONE_STORY,
    OF_ALL_KINDS,
    SOME_CASES,
    THEIR_STORY,
    way_of_suits,
)
from monitor.rules.claims.request_words import is_under_requests
from monitor.rules.claims.scope import speaks_of_year
from monitor.rules.claims.shares import shared_numbers, wrong_share
from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome
from monitor.rules.prose.quantities import Quantity, quantities
from monitor.rules.prose.readable import readable
from monitor.rules.prose.sentences import Sentence

_UNITS = frozenset({"件", "起", "宗", "次", "例", "个"})
_NOT_ONE = re.compile("(?:没有|无|未有|未(?:发生|出现|产生))任?何?一$")
"""没有一件被撤销 counts nothing."""
_OF_TWO_YEARS = re.compile(r"20\d\d年[^，。；、\d]{1,8}、20\d\d年[^，。；、\d]{1,8}$")
"""2023年受理、2024年审结1件: one that came before, of those that ended."""
_TOPIC = re.compile("复议|诉讼|起诉|被诉")
_TOTAL = re.compile(
    r"(?:复议|诉讼|应诉|起诉|被诉)(?:类)?(?:案件|申请|案)?(?:答复通知书|通知书)?(?:的?数量|件数|总数|情况)?(?:一审)?[共计为有达的：]*$"
)
_TOTAL_HEADED = re.compile(r"行政(?:复议|诉讼)(?:方面|情况)?：(?:20\d\d年度?|全年|本年度?|年内|共|，)*$")
"""行政诉讼方面：全年2件."""
_TOTAL_BEHIND = re.compile(
    r"^(?:的)?(?:被?(?:申请|提起|提出))?(?:因?政府信息公开(?:引发)?的?)?(?:行政)?(?:复议|诉讼|应诉)(?:案件|申请|案)?(?=$|[，。；、）中])|"
    r"^(?:案件)?[为系是]?(?:未经复议直接起诉|经?复议后(?:再)?起诉)(?:的|案件|案)*(?=$|[，。；、）])"
)
_ALL = re.compile(
    r"^(?:案件|申请)?(?:，经[^，。；\d]{0,8}审理(?=，))?(?:[，、（；：]|中)?(?:(?![一二两三四五六七八九十百]+[件起宗])[^，。；\d均全都除其无未没]){0,14}?(?P<all>均|全部|都)?"
    r"(?:已|被|获|获得|予以|为|依法|判决|裁定|作出|决定|确认)*"
    rf"(?P<words>维持|胜诉|败诉|驳回|{ANNULLED}|纠正|违法|其他结果)(?![^，。；]{{0,4}}\d)"
)
_BORNE = re.compile("复议[^，。；、\\d]{0,4}被(?:维持|纠正|撤销)")
"""Whoever decides reviews does not say that his own are 被维持."""
_COUNTS_ON = re.compile(r"[^\d]*\d")
"""4件中维持3件; 其余12件维持10件: what is behind the number is of the next one."""
_COLUMNS = ("upheld", "corrected", "other", "pending")
_ENDED = re.compile("(?:均|全部|都)(?:已|已经)?(?:审结(?!一审)|结案|审理完毕)")
_OTHER_SCOPE = re.compile(
    r"全[省市县区州]?各类|(?:为被申请人|为被告|被申请人)(?!的(?:政府)?信息公开|(?:政府)?信息公开)|上年|去年|出庭|新增|结转|(?<!原)行政行为|公开无[关涉]|不(?:涉及|属于)[^，。；]{0,6}信息公开"
)


def against_table(
    context: RuleContext, told: Sequence[Claim]
) -> tuple[list[Claim], list[tuple[Claim, tuple[Number, ...]]]]:
    """Return what passages claim wrongly, and what rightly with all that it may be a share of.

    Only passages count of which a total agrees with the table; `told` is judged elsewhere.
    """
    wrong, right = [], []
    for found, own, proofs in _proven(context, told):
        for claim in found:
            if agrees(context, claim):
                right.append((claim, _bases(context, claim)) if "%" in claim.sentence.text else (claim, ()))
            elif claim.meanings[0].cells not in proofs and not any(
                is_told(context, claim, other) for other in own
            ):
                wrong.append(claim)
    return wrong, right


def wrong_rates(context: RuleContext, right: Sequence[tuple[Claim, tuple[Number, ...]]]) -> Iterator[Outcome]:
    """Yield shares (42件，纠错率14.7%) that fit neither all cases nor any of their outcomes together."""
    for claim, bases in right:
        if claim.value and bases:
            yield from _wrong_rate(context, claim, bases)


def _bases(context: RuleContext, claim: Claim) -> tuple[Number, ...]:
    rows = dict.fromkeys(cell.rpartition(".")[0] for cell in claim.meanings[0].cells)
    cells = [[context.values.get(f"{row}.{name}") for row in rows] for name in _COLUMNS]
    if any(value is None for column in cells for value in column):
        return ()  # a share of what was not read
    columns = [sum(value for value in column if value is not None) for column in cells]
    subsets = chain.from_iterable(combinations(columns, size) for size in range(1, len(columns) + 1))
    counted = (item.value for item in quantities(claim.sentence.text))
    return tuple(base for base in (*map(sum, subsets), *counted) if base)


def _wrong_rate(context: RuleContext, claim: Claim, bases: Sequence[Number]) -> Iterator[Outcome]:
    for item in shared_numbers(claim.sentence):
        if claim.start <= item.start and item.end <= claim.end:
            yield from wrong_share(context, claim.sentence, item, bases)


def _proven(
    context: RuleContext, told: Sequence[Claim]
) -> Iterator[tuple[list[Claim], list[Claim], set[tuple[str, ...]]]]:
    """Yield what each passage claims of which a total is the table's, what is judged, and those totals."""
    for passage in _passages(context):
        found = [
            claim for sentence in passage for claim in _not_in_two(context, list(_claims(context, sentence)))
        ]
        own = [claim for claim in told if any(claim.sentence is sentence for sentence in passage)]
        proofs = {
            claim.meanings[0].cells
            for claim in (*found, *own)
            if claim.meanings[0].label.endswith("总计") and is_proof(context, claim)
        }
        wrong = [claim for claim in found if not agrees(context, claim)]
        outcomes = set() if proofs else _outcomes_borne(context, found)
        if (proofs and len(wrong) <= 2 * len(proofs)) or (outcomes and len(wrong) == 1):
            yield found, own, proofs


def _outcomes_borne(context: RuleContext, found: Sequence[Claim]) -> set[tuple[str, ...]]:
    """Return the outcomes of the table that a passage about requests tells as borne: 复议被维持3件."""
    return {
        claim.meanings[0].cells
        for claim in found
        if is_under_requests(claim.sentence)
        and "各类" not in claim.sentence.text
        and _BORNE.search(claim.sentence.text[claim.start : claim.end])
        and is_proof(context, claim)
    }


def _not_in_two(context: RuleContext, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield claims but those that together are what the table holds: 1件经一审维持，1件经二审维持."""
    for claim in claims:
        alike = [other.value for other in claims if other.meanings == claim.meanings]
        if len(alike) == 1 or not may_be(context, claim, sum(alike, Decimal(0))):
            yield claim


def _passages(context: RuleContext) -> Iterator[list[Sentence]]:
    run: list[Sentence] = []
    for sentence in readable(context):
        is_near = bool(run) and run[-1].source is sentence.source and run[-1].heading == sentence.heading
        if run and not (is_near and _TOPIC.search(sentence.text)):
            yield run
            run = []
        if _TOPIC.search(sentence.text):
            run.append(sentence)
    if run:
        yield run


def _claims(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    of_others = OF_OTHER_ACTS.search(sentence.text) and not OF_DISCLOSURE.search(sentence.text)
    if of_others or _OTHER_SCOPE.search(sentence.text) or is_of_authority(sentence):
        return
    is_of_all = decides(sentence.text)
    if has_other_cause(sentence.text, anywhere=True):
        return
    before = 0
    for item in quantities(sentence.text):
        start = max(before, *(sentence.text.rfind(mark, 0, item.start) + 1 for mark in "，。；：、（）"))
        before = item.end
        if _NOT_ONE.search(sentence.text[: item.start + 1]) or _OF_TWO_YEARS.search(
            sentence.text, 0, item.start
        ):
            continue
        if item.unit in _UNITS and item.exact and speaks_of_year(context, sentence, start, item.end):
            found = list(_of_number(context, sentence, start, item))
            if found and is_in_hand(sentence, found[0]) and not is_proof(context, found[0]):
                if is_of_all:
                    return
                continue
            yield from found
    yield from _all_ended(context, sentence)


def _all_ended(context: RuleContext, sentence: Sentence) -> Iterator[Claim]:
    """Yield the claim that nothing is pending of what was named last: ；已全部审结."""
    for match in _ENDED.finditer(sentence.text):
        clause = sentence.text.rfind("；", 0, match.start()) + 1
        last = rows_of(sentence.text[clause : match.start()]) or rows_of(sentence.text[: match.start()])
        words = sentence.text[clause : match.start()]
        named = [rows for rows, _label, pattern in NAMES[2:] if pattern.search(words)]
        rows = named or ([SUITS if last[0] != REVIEWS else REVIEWS] if last else [])
        own = re.split("[，。；：]", words)[-1]
        way = None if any(map(str.isdecimal, own)) else rows_of(own)
        if way and way[0] in KINDS:
            rows = [way[0]]  # 直接起诉的案件全部审结: of these alone
        elif last and last[0] in KINDS and last[0] not in rows:
            rows.append(last[0])  # 复议后起诉案件中维持1件、纠正2件，已全部审结: of these, or of all suits
        meanings = tuple(Meaning("尚未审结", tuple(f"{row}.pending" for row in group)) for group in rows)
        if meanings and speaks_of_year(context, sentence, clause, match.end()):
            yield Claim(sentence, match.start(), match.end(), Decimal(0), meanings)


def _of_number(context: RuleContext, sentence: Sentence, start: int, item: Quantity) -> Iterator[Claim]:
    words = sentence.text[start : item.start]
    behind = re.split("[，。；：、（）]", sentence.text[item.end :], maxsplit=1)[0]
    if OF_ALL_KINDS.match(sentence.text, item.end) or divides_an_ending(sentence.text, item.start):
        return
    is_told_apart = "分别" in words or "维持后" in words or SOME_CASES.search(words)
    if is_told_apart or way_of_suits(sentence.text[: item.start], behind):
        return
    if "其中" in words and "诉讼" in behind and "复议" in sentence.text[:start]:
        return  # 行政复议5件，其中1件提起诉讼
    is_total = bool(_TOTAL.search(words) or _TOTAL_HEADED.search(sentence.text, 0, item.start))
    named = (
        rows_of(sentence.text[: item.start])
        if is_total or not _TOTAL_BEHIND.match(behind)
        else rows_of(behind)
    )
    if named is None:
        return
    rows, label = named
    if is_total or _TOTAL_BEHIND.match(behind):
        end = item.end + (0 if is_total else len(behind))
        yield Claim(sentence, start, end, item.value, (total_of(rows, label),))
        yield from _all_of_them(sentence, item, end, named)
        yield from _of_their_way(sentence, item, end, rows)
        return
    own_behind = "" if _COUNTS_ON.match(behind) else behind
    outcome = outcome_of(words) or outcome_of(own_behind)
    end = item.end + (0 if outcome_of(words) else len(behind))
    is_shared = is_of_two(sentence.text[:start], words if outcome_of(words) else own_behind)
    groups = groups_told_of(context, sentence, start, end, rows) if outcome and not is_shared else ()
    if outcome and groups:
        yield Claim(sentence, start, end, item.value, meanings_of_outcome(groups, outcome))


def _all_of_them(sentence: Sentence, item: Quantity, end: int, named: tuple[Rows, str]) -> Iterator[Claim]:
    """Yield what became of all cases of a number: 均已审结, or of the only one: 1件，法院判决驳回."""
    match = _ALL.match(sentence.text[end:])
    is_of_others = any(map(str.isdecimal, sentence.text[item.end : end]))  # 3件诉讼中已有2件审结，均为纠正
    if match is None or is_of_others or not item.value or not (match["all"] or item.value == 1):
        return
    if named[0] != REVIEWS and re.search("(?<!经)复议(?!后|机关)", match.group()):
        return  # 诉讼2起，复议均维持 speaks of the reviews
    outcome = outcome_of(match["words"])
    if outcome and not ASKED_FOR.search(match.group()):
        meanings = meanings_of_outcome(groups_of(sentence, named[0]), outcome)
        own = tuple(item for item in meanings if named[0] in KINDS and _is_within(item, named[0]))
        yield Claim(sentence, item.start, end + match.end(), item.value, own or meanings)


def _of_their_way(sentence: Sentence, item: Quantity, end: int, rows: Rows) -> Iterator[Claim]:
    """Yield how all suits of a number were brought, and what became of them, each in a clause of its own.

    行政诉讼1件，为未经复议直接起诉，法院判决驳回; 行政诉讼2件，均为复议后起诉，结果均为维持.
    """
    if rows != SUITS or not item.value:
        return
    match = ALL_OF_ONE_WAY.match(sentence.text, end)
    if match is None or not (match["all"] or item.value == 1):
        return
    way, label = (DIRECT, "未经复议直接起诉") if match["direct"] else (AFTER, "复议后起诉")
    yield Claim(sentence, item.start, match.end(), item.value, (total_of(way, label),))
    story = THEIR_STORY.match(sentence.text, match.end())
    if (
        story is None
        or MORE_THAN_ONE_STORY.search(story["words"])
        or not (item.value == 1 or "均" in story["words"])
    ):
        return
    outcomes = {named[0]: named for clause in story["words"].split("，") if (named := outcome_of(clause))}
    if len(outcomes) == 1:
        (outcome,) = outcomes.values()
        yield Claim(sentence, match.end(), story.end(), item.value, meanings_of_outcome((way,), outcome))


def _is_within(meaning: Meaning, rows: Rows) -> bool:
    return all(cell.startswith(rows) for cell in meaning.cells)
