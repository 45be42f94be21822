"""What is shown of a total that its parts do not make: the words, both sides and what parts them."""

from __future__ import annotations

from decimal import Decimal

from monitor.rules.arithmetic import number
from monitor.rules.context import RuleContext
from monitor.rules.lists.named import WrongCount
from monitor.rules.lists.runs import sum_of
from monitor.rules.lists.stocks import Stock
from monitor.rules.lists.totals_behind import TotalBehind
from monitor.rules.outcome import Outcome, cannot_tell, fails
from monitor.rules.prose.quantities import Quantity, Reading
from monitor.rules.prose.sentences import Sentence


def wrong_behind(context: RuleContext, sentence: Sentence, behind: TotalBehind) -> Outcome:
    """Return the finding on a total that stands behind its parts."""
    added = sum_of(behind.parts)
    evidence = sentence.evidence(context, behind.parts[0].start, behind.total.end)
    told = " + ".join(number(part.value) for part in behind.parts)
    return fails(
        f"“{evidence.raw}”：分项 {told} = {number(added)}，总数写作 {number(behind.total.value)}。",
        evidence,
        expected=_plain(added),
        actual=_plain(behind.total.value),
    )


def wrong_list(
    context: RuleContext, sentence: Sentence, total: Quantity, parts: Reading, certain: bool
) -> Outcome:
    """Return the finding on a list, or that nobody can tell whether it names all parts."""
    added = sum_of(parts)
    start, end = min(total.start, parts[0].start), max(total.end, parts[-1].end)
    evidence = sentence.evidence(context, start, end)
    told = " + ".join(number(part.value) for part in parts)
    parts_told = f"{told} = {number(added)}" if len(parts) > 1 else told
    sides = f"总数写作 {number(total.value)}，分项 {parts_told}"
    if not certain:
        return cannot_tell(f"“{evidence.raw}”：{sides}，不能确定分项是否列全。", evidence)
    difference = number(abs(added - total.value))
    return fails(
        f"“{evidence.raw}”：{sides}，相差 {difference}。",
        evidence,
        expected=_plain(added),
        actual=_plain(total.value),
    )


def wrong_count(context: RuleContext, sentence: Sentence, found: WrongCount) -> Outcome:
    """Return the finding on a numeral that is not the number of the names before it."""
    evidence = sentence.evidence(context, found.start, found.end)
    return fails(
        f"“{evidence.raw}”：列出 {found.expected} 个，写作 {found.told} 个。",
        evidence,
        expected=found.expected,
        actual=found.told,
    )


def wrong_stock(context: RuleContext, sentence: Sentence, stock: Stock) -> Outcome:
    """Return the finding on a stock whose end does not follow from its beginning."""
    evidence = sentence.evidence(context, stock.told[0].start, stock.end.end)
    return fails(
        f"“{evidence.raw}”：按所述增减应为 {number(stock.expected)}，写作 {number(stock.end.value)}。",
        evidence,
        expected=_plain(stock.expected),
        actual=_plain(stock.end.value),
    )


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value
