"""Prose: what it says of a change, or of a share, fits the numbers that it tells beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from monitor.rules.context import RuleContext
from monitor.rules.outcome import Outcome, fails
from monitor.rules.prose.quantities import SAME_UNIT, Quantity, quantities
from monitor.rules.prose.sentences import Sentence

_BASE = (
    r"(?:较|比|与|同|和|相比|相较|对比)(?:于)?(?:上一?年度?|去年|20\d\d年度?|上一年度|前一年)(?:同期)?(?:的)?"
    r"(?:（?(?P<base>\d+)(?P<unit>[件条个次份篇宗起])）?)?(?:相比)?，?"
)
_VERB = r"(?:同比)?(?P<verb>增加|增长|上升|提高|增幅|多|减少|下降|降低|降幅|少)(?:了|为|达)?"
_CHANGE = re.compile(
    rf"{_BASE}{_VERB}(?:(?P<by>\d+)[件条个次份篇宗起])?(?:[，、（]?(?:同比)?(?P<verb2>增长|增加|上升|增幅|减少|下降|降低|降幅)?(?:率)?(?:了|为|达)?(?P<share>\d+(?:\.\d+)?)%)?"
)
_YEAR_ON_YEAR = re.compile(
    r"(?:同比)(?P<verb>增加|增长|上升|多|减少|下降|降低|少)(?:了)?(?:(?P<by>\d+)[件条个次份篇宗起])?(?:[，、（]?(?:同比)?(?P<verb2>增长|增加|上升|增幅|减少|下降|降低|降幅)?(?:率)?(?:了|为|达)?(?P<share>\d+(?:\.\d+)?)%)?"
    r"(?:（?(?:上年|去年|20\d\d年)(?:同期)?为?(?P<base>\d+)(?P<unit>[件条个次份篇宗起]))?"
)
_FROM_TO = re.compile(
    r"(?:由|从)(?:上年|去年|20\d\d年)(?:同期)?的?(?P<base>\d+)(?P<unit>[件条个次份篇宗起])(?P<verb>增加|增长|上升|提高|增|下降|减少|降低|降|减)(?:到|至)"
    r"(?:今年|本年|20\d\d年)?的?(?P<now>\d+)[件条个次份篇宗起](?P<by>(?!))?(?P<verb2>(?!))?(?:，(?:同比)?(?:增长|上升|增幅|下降|减少|降幅)(?:了|为|达)?(?P<share>\d+(?:\.\d+)?)%)?"
)
_NEAR = 2
_FALLS = re.compile("减|降|少")
SHARE = re.compile(
    r"(?:[，（、]?(?:[二两三](?:者|项))?(?:合计|共计|共)?(?:占|比例|比重|(?:直接|综合)?纠错率)(?P<of>[^，。；（\d]{0,16}?)(?:的)?(?:比)?(?:例)?(?:为|达)?|（)(?P<share>\d+(?:\.\d+)?)%(?![、和与及][\d.]+%)"
)
"""What share a number has right behind it; 占91.7%和8.3% is of several numbers."""
_IN_TABLE = re.compile("申请|复议|诉讼")
_RIGHT_AFTER = re.compile(r"[，；：](?:其中|申请人中)[^，。；\d]{0,20}")


MOST_ROUNDED = Decimal("0.2")
"""Percent that authors shift to make their shares add up to a hundred."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A stretch of a sentence whose numbers contradict each other, and what they would have to be."""

    start: int
    end: int
    told: str
    fitting: str


def numbers_against_each_other(context: RuleContext, sentence: Sentence) -> Iterator[Outcome]:
    """Yield the changes and the shares of a sentence that its own numbers contradict.

    Shares of requests and cases are held against the table instead.
    """
    is_in_table = _IN_TABLE.search(sentence.heading + sentence.text)
    shares = () if is_in_table else wrong_shares(sentence.text)
    for found in (*wrong_changes(sentence.text), *shares):
        evidence = sentence.evidence(context, found.start, found.end)
        message = f"“{evidence.raw}”的数字互相矛盾：写作 {found.told}，应为 {found.fitting}。"
        yield fails(message, evidence, expected=found.fitting, actual=found.told)


def wrong_changes(text: str) -> Iterator[Misfit]:
    """Yield changes that no number before them can have made: 22件，较上年的18件增加5件."""
    counted = [item for item in quantities(text) if item.exact]
    for pattern in (_FROM_TO, _CHANGE, _YEAR_ON_YEAR):
        for match in pattern.finditer(text):
            told_now = match.groupdict().get("now")
            before = [item for item in counted if item.end <= match.start()]
            near = [item for item in before if match.start() - item.end <= _NEAR]
            if told_now:
                near = before = [item for item in counted if item.start == match.start("now")]
            found = [_of_change(match, item) for item in before if near and item.unit == near[-1].unit]
            wrong = [misfit for misfit in found if misfit is not None]
            if len(wrong) == len(found):
                yield from wrong[-1:]


def _of_change(match: re.Match[str], now: Quantity) -> Misfit | None:
    """Return what contradicts a change to the number `now`; nothing where it fits, or too little is told."""
    told = {key: Decimal(value) if (value := match[key]) else None for key in ("base", "by", "share")}
    base, by, share = told["base"], told["by"], told["share"]
    if base is None and (by is None or share is None):
        return None
    if base is not None and SAME_UNIT.get(match["unit"], match["unit"]) != now.unit[0]:
        return None
    sign = -1 if _FALLS.search(match["verb"]) else 1
    before = base if base is not None else now.value - sign * (by or 0)
    change = (now.value - before) * sign
    if before <= 0 or (match["verb2"] and bool(_FALLS.search(match["verb2"])) != (sign < 0)):
        return None
    if base is not None and by is not None and change != by:
        return Misfit(now.start, match.end(), f"{by:f}", f"{change:f}")
    if base is not None and change < 0:
        return Misfit(now.start, match.end(), match["verb"], "减少" if sign > 0 else "增加")
    if share is not None and not fits(share, change, (before, now.value), match["share"]):
        right = (change / before * 100).quantize(Decimal("0.1"))
        return Misfit(now.start, match.end(), f"{match['share']}%", f"{right}%")
    return None


def fits(share: Decimal, change: Decimal, bases: Sequence[Decimal], raw: str) -> bool:
    """Tell whether a share may be that of a change to one of the bases, rounded or cut off."""
    step = Decimal(10) ** -len(raw.partition(".")[2])
    tolerance = max(step, MOST_ROUNDED)
    return any(base and abs(change / base * 100 - share) <= tolerance for base in bases)


def wrong_shares(text: str) -> Iterator[Misfit]:
    """Yield shares that no number before them has of the total which others in the sentence are shares of.

    A share may also be of several numbers told one after another.
    """
    counted = [item for item in quantities(text) if item.value]
    told = [(match, item) for match in SHARE.finditer(text) for item in counted if item.end == match.start()]
    for match, own in told:
        same = [item for item in counted if item.unit == own.unit and item.end <= own.end]
        total = _total_of_shares(text, own, same, told)
        if total is None or not all(item.exact for item in same):
            continue
        parts = set(accumulate(item.value for item in reversed(same)))
        totals = {item.value for item in counted if item.unit == own.unit}
        totals |= set(accumulate(item.value for item in same))
        share = Decimal(match["share"])
        if not any(fits(share, part, tuple(totals), match["share"]) for part in parts):
            right = (own.value / total * 100).quantize(Decimal("0.1"))
            yield Misfit(own.start, match.end(), f"{match['share']}%", f"{right}%")


def _total_of_shares(
    text: str,
    own: Quantity,
    same: Sequence[Quantity],
    told: Sequence[tuple[re.Match[str], Quantity]],
) -> Decimal | None:
    """Return the total that a share is of: one right before it, or one that another share proves."""
    larger = [item for item in same[:-1] if item.value >= own.value]
    if larger and larger[-1] is same[-2] and _RIGHT_AFTER.fullmatch(text[larger[-1].end : own.start]):
        return larger[-1].value
    for item in larger:
        for match, other in told:
            is_other = other is not own and other.unit == own.unit and other.value <= item.value
            if (
                is_other
                and item is not other
                and fits(Decimal(match["share"]), other.value, (item.value,), match["share"])
            ):
                return item.value
    return None
