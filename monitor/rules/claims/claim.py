"""What the prose claims of a number that a table holds as well, and whether the two agree.

A claim names the cells that it may mean, most literal first: 收到 may or may not count what was carried
in. It fails only if it equals none of them, and cannot be told as long as one of them was not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from extract.model import Number
from monitor.finding import evidence_of
from monitor.rules.arithmetic import number
from monitor.rules.claims.understood import strange_words
from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome, cannot_tell, fails
from monitor.rules.prose.sentences import Sentence

Cells: TypeAlias = tuple[str, ...]
"""Paths whose values are added; a path may start with `-` to be taken away."""

_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)学?年")
_BROKEN_YEAR = re.compile(r"\d \d{1,3}年")
_CARRIED_YEARS = re.compile(
    r"20\d\d年(?=度?(?:结转|转入))|(?<=转[至到入])20\d\d年|(?<=转)20\d\d年|(?<=转结)20\d\d年|(?<=[件份]待)20\d\d年"
)
_COMPARED_YEARS = re.compile(
    r"[比较]20\d\d年度?(?:（[^）]*）)?|[与同和]20\d\d年度?(?:同期)?(?=(?:基本)?(?:持平|相比|相当|一致))"
)
_THIS_YEARS_SUM = re.compile(
    r"(?:全年|全年度|今年(?:以来)?|(?<![至止])20\d\d年度?(?![底末]))，?[^，。\d]{0,10}累计"
)
"""累计 of this year alone, not since the beginning."""
_REMARK = re.compile(r"（(?:(?:其中|含|包括)[^（）]*|(?:上年|去年|20\d\d年)(?:同期)?为?\d+[^（）]{0,6})）")
"""What some of the things are, which may be of another year than all of them."""
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”")
_OTHER_TIME = re.compile(
    r"同比|环比|较|比上|比去|去年(?!结转)|(?<!结转)上一?年(?!度?(?:结转|转结))|往年|历年|[前近][一二两三四五几]年|累计|季度|半年|月份|\d月(?!\d{1,2}日(?:至|到|起|止))(?<!12月(?=底))|"
    r"截[至止](?!当年|本年|20\d\d年年?(?:底|末)|20\d\d年12月|年[底末]|12月)"
)
_PERIOD = re.compile(r"[上下]半年|[第前一二三四1-4]季度")
"""A part of the year that a sentence begins with; all that follows is of it."""
_LAST_YEAR_TOLD = re.compile(
    r"(?:^|[，。；：（])(?:而|但)?(?:上一?年度?|去年)(?!度|同期|结转|转结|转入|未|尚|遗留)(?![^，。；]{0,6}相比)"
    r"(?![^。]*(?:本年|今年|当年|全年|年内|新收|新增|20\d\d年))"
)
"""上年度行政复议3件，维持2件: all that follows is of last year, until the sentence turns to another."""
_OTHER_SCOPE = re.compile(
    r"各[一-龥]{0,10}?(?:队|所|站|分局|局|委办|镇|街道|乡|学校)(?:共|累计|全年)*(?:收到|受理|接收|新收|办理|接到)|本级|[厅局委院校]属|系统(?:共|内|各)|全系统|下设|所辖|各部门|各单位|各村|各社区|各乡镇|各镇|各街道|各县|各区|所属|下属|直属|部门共|(?<![我本])单位共|(?<!责任)(?<!承办)(?<!相关)(?<!业务)科室|股室|某"
)
_BY_LEVEL = re.compile(
    r"(?:其中|[，；、：])[^，。；、\d]{0,4}(?:[省市县区州旗]政府(?:（[^）]*）)?|[省市县区州旗]直(?:各)?(?:部门|单位|机关)|[省市县区]级(?:部门|机关|单位)?|县区|区县|市县|部门|(?:部门[、和及与])?乡镇?(?:（[^）]*）|、?街道)?|(?<!我)街道|镇街)"
    r"(?:共|新)?(?:收到|受理|接收|新收|接到|办[理结]|答复|予以公开|部分公开|不予公开|无法提供|不予处理|"
    r"被(?:申请|提起)?(?:行政)?(?:复议|诉讼|起?诉)|(?:行政)?(?:复议|诉讼)(?:案件)?)\d"
)
"""Whose requests those of an area are: 其中县政府受理41件，县直部门受理109件."""
_AS_PARTY = re.compile("(?:[省市县区州旗]政府|部门|街道|乡镇)(?:作为|为)(?:共同)?(?:被告|被申请人|复议机关)")
"""Whose case of an area's it is: 省政府作为被告的诉讼17件."""
_OF_GOVERNMENT = re.compile(
    r"(?:^|[，。；：])[省市县区州旗](?:人民)?政府(?:全年|本年度?|共|累计)*(?P<does>被(?:申请|提起|复议|诉)|收到|受理|接收|新收|接到|审[理结])"
)
"""What the government above a bureau received, or was taken to court for: 县政府被申请行政复议4件."""
_OF_AREA = re.compile("人民政府$")
_ALL_LEVELS = re.compile("各级[、和及]?(?:各(?:部门|单位))?")
"""All of an area's bodies, whose requests its government's table counts."""
_OTHER_BODY = re.compile(
    r"(?:^|[，。；])(?:[^，。；\d]{0,12}?)(?P<name>中心|工作站|所|支队|大队|分局|公司|医院)(?:全年|共|累计)*(?:收到|受理|接收|新收|接到)"
)
"""A part of the body, or another one, that received requests itself."""
_AREA = re.compile(r"(?:省|市|县|区|州|旗|盟|人民政府)$")
_WHOLE_AREA = re.compile(
    r"全[省市县区州旗盟](?![面程])(?!(?:政务|政府信息)公开(?:工作)?的?(?:会议|要点|培训|考核|评估|水平|质量|任务|测评|推进|领导|重点))|各级"
)
"""Whose requests a department counts that are not its own: 全县各级行政机关共收到……"""
_RANKED = re.compile(r"（[^（）]*(?:同比|排名|位列|位居|位次)[^（）]*）")
"""How many more they are, and how many others have: remarks on the body's own number."""
_ANOTHER = re.compile(
    r"(?:^|[，。；])(?:全年|今年|当年|年内|本年度?)?(?P<name>[一-龥]{0,8}?(?:委|会|院|镇|乡|街道))(?:全年|共|累计|当年|今年)*(?:收到|受理|接收|新收|接到)"
)
"""Whoever received requests, by a name that may be the body's own in short."""
_OWN_LEVEL = re.compile("政府本级(?:[、和及]?(?:[市县区省州旗])?政府办(?:公[厅室])?)?")
"""The government itself, whose requests its office takes and counts."""
_OF_OFFICE = re.compile(r"政府办(?:公[厅室])?(?:共|累计)?(?:收到|受理|接收|新收)")
"""The government's office is another body than its government, and than any department."""
_OFFICE = re.compile(r"政府办(?:公[厅室])?$")


FAR_TIMES, FAR_BEYOND = 3, 10
"""A slip of the pen seldom goes so far; a number of something else may."""
_SAYS_WHAT = re.compile("申请|复议|诉讼|结转")
_WORDS_BEHIND = 12


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a claim may mean: cells that add up to it, and what to call their sum."""

    label: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Claim:
    """A number (0 for a negation) that the prose states at [start, end) of a sentence."""

    sentence: Sentence
    start: int
    end: int
    value: Decimal
    meanings: tuple[Meaning, ...]
    at_most: bool = False


def judge(context: RuleContext, claim: Claim) -> Iterator[Outcome]:
    """Compare one claim with the table."""
    evidence = claim.sentence.evidence(context, claim.start, claim.end)
    values = [number_in_table(context, meaning) for meaning in claim.meanings]
    first = claim.meanings[0]
    if any(value is None for value in values):
        if not any(value == claim.value for value in values):
            yield cannot_tell(f"“{evidence.raw}”无法与表核对：表中“{first.label}”没有读出。", evidence)
        return
    known = [value for value in values if value is not None]
    if claim.value in known or (claim.at_most and claim.value < known[0]):
        return
    if _may_be_of_other_things(claim, known):
        held = f"表中“{first.label}”为 {number(known[0])}"
        yield cannot_tell(f"“{evidence.raw}”与表相差悬殊（{held}），不能确定说的是同一件事。", evidence)
        return
    told = claim.sentence.text[claim.start : claim.end]
    strange = strange_words(told, context.report.organization or "")
    if strange:
        yield cannot_tell(
            f"“{evidence.raw}”与表不同，但其中的“{strange}”含义不明，不能确定说的是同一件事。", evidence
        )
        return
    facts = (context.facts[path.lstrip("-")] for path in first.cells)
    yield fails(
        f"“{evidence.raw}”与表不符：表中“{first.label}”为 {number(known[0])}。",
        evidence,
        *(evidence_of(fact) for fact in facts),
        expected=known[0],
        actual=number_of(claim.value),
    )


def _may_be_of_other_things(claim: Claim, known: Sequence[Number]) -> bool:
    """Tell a number far from the table's that does not say what it counts: 完成信息公开716件."""
    is_more = claim.value > FAR_TIMES * max(known) + FAR_BEYOND
    is_less = FAR_TIMES * claim.value + FAR_BEYOND < min(known) and bool(claim.value)
    own = claim.sentence.text[claim.start : claim.end + _WORDS_BEHIND]
    return (is_more or is_less) and not _SAYS_WHAT.search(own)


def apart(context: RuleContext, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield claims but those that share one meaning among several bodies: 政府新收2件；部门新收10件."""
    for claim in claims:
        alike = [other.value for other in claims if other.meanings == claim.meanings]
        if len(set(alike)) == 1 or not may_be(context, claim, sum(alike, Decimal(0))):
            yield claim


def may_be(context: RuleContext, claim: Claim, value: Decimal) -> bool:
    """Tell whether a number is what the table holds for any meaning of a claim."""
    return any(number_in_table(context, meaning) == value for meaning in claim.meanings)


def agrees(context: RuleContext, claim: Claim) -> bool:
    """Tell whether a claim is right, or may be, because a cell that it may mean was not read."""
    values = [number_in_table(context, meaning) for meaning in claim.meanings]
    known = [value for value in values if value is not None]
    is_fewer = claim.at_most and bool(known) and claim.value < known[0]
    return claim.value in known or len(known) < len(values) or is_fewer


def is_proof(context: RuleContext, claim: Claim) -> bool:
    """Tell whether a claim of something is just what the table holds; what was not read proves nothing."""
    return bool(claim.value) and any(
        number_in_table(context, meaning) == claim.value for meaning in claim.meanings
    )


def is_of_same_number(claim: Claim, other: Claim) -> bool:
    """Tell whether two claims are about one number of a sentence."""
    overlap = claim.sentence is other.sentence and claim.start < other.end and other.start < claim.end
    return overlap and claim.value == other.value


def is_told(context: RuleContext, claim: Claim, other: Claim) -> bool:
    """Tell whether another claim on the same number was told already, or allows all that this one does."""
    is_same = claim.meanings[0].cells in {meaning.cells for meaning in other.meanings}
    return is_of_same_number(claim, other) and (is_same or not agrees(context, other))


def segments(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas; lists (、) stay together."""
    start = 0
    for match in re.finditer(r"[，；。：]", sentence.text):
        yield start, match.start()
        start = match.end()
    if start < len(sentence.text):
        yield start, len(sentence.text)


def speaks_of_year(context: RuleContext, sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch speaks of the whole report year and of the body itself."""
    year = context.report.year
    if year is None:
        return False
    told = _QUOTED.sub("", sentence.text[start:end])
    until = _COMPARED_YEARS.sub(
        "", _CARRIED_YEARS.sub("", _REMARK.sub("", _QUOTED.sub("", sentence.text[:end])))
    )
    if _OF_AREA.search(context.report.organization or ""):
        until = _ALL_LEVELS.sub("", until)
    if _THIS_YEARS_SUM.search(until):
        told = told.replace("累计", "")
    if _OF_OFFICE.search(until) and not _OFFICE.search(context.report.organization or ""):
        return False
    if "政府本级" in until and _OFFICE.search(context.report.organization or ""):
        until = _OWN_LEVEL.sub("", until)
    is_area = bool(_AREA.search(context.report.organization or ""))
    if not is_area and (
        _WHOLE_AREA.search(_RANKED.sub("", sentence.text[:end])) or _is_of_government(context, until)
    ):
        return False
    other = _OTHER_BODY.search(until)
    if other and other["name"] not in (context.report.organization or ""):
        return False
    another = _ANOTHER.search(until)
    own = context.report.organization
    if another and own and not _may_be_own(another["name"], own):
        return False
    if (
        _BROKEN_YEAR.search(until)
        or _PERIOD.search(until)
        or _LAST_YEAR_TOLD.search(until)
        or _OTHER_TIME.search(told)
        or _OTHER_SCOPE.search(until)
        or (is_area and (_BY_LEVEL.search(sentence.text[: end + _WORDS_BEHIND]) or _AS_PARTY.search(until)))
    ):
        return False
    named = [int(match["year"]) for match in _YEAR.finditer(until)]
    return not named or named[-1] == year


def _is_of_government(context: RuleContext, until: str) -> bool:
    """Tell what the government above did or suffered; its office takes the requests made to it."""
    match = _OF_GOVERNMENT.search(until)
    is_office = bool(_OFFICE.search(context.report.organization or ""))
    return match is not None and ("被" in match["does"] or not is_office)


def _may_be_own(name: str, own: str) -> bool:
    """Tell whether a name may be short for the body's own: 县卫健委, 我局."""
    rest = iter(own)
    return "我" in name or "本" in name or all(character in rest for character in name)


def number_of(value: Decimal) -> Number:
    """Return a whole number as int."""
    return int(value) if value == value.to_integral_value() else value


def number_in_table(context: RuleContext, meaning: Meaning) -> Number | None:
    """Return what the table holds of a meaning; None where one of its cells was not read."""
    total: Number = 0
    for path in meaning.cells:
        fact = context.facts.get(path.lstrip("-"))
        if fact is None or fact.value is None:
            return None
        total += -fact.value if path.startswith("-") else fact.value
    return total
