"""The prose is the body's own of this year: not last year's, and not another body's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.model import Report
from monitor.finding import Evidence, Severity
from monitor.rules.context import RuleContext
from monitor.rules.copies import (
    COMPARED_SECTIONS,
    COPIED_SHARE,
    LEAST_CHARACTERS,
    SHINGLE,
    Masked,
    Overlap,
    longest,
    masked_report,
    overlap,
)
from monitor.rules.official import section_title
from monitor.rules.outcome import Outcome, cannot_tell, fails
from monitor.rules.registry import rule

_BASIS = "惯例：评估与通报中的“内容雷同、敷衍塞责”（雷同率 50% 以上）；《政府信息公开条例》第四十七条"


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One report's sections beside another's: overlaps by section, and the share of all of them."""

    overlaps: dict[int, Overlap]
    share: float


@rule(
    "text.copied-from-last-year",
    "文字不是上一年度的照抄",
    Severity.WARNING,
    basis=_BASIS,
)
def copied_from_last_year(context: RuleContext) -> Iterator[Outcome]:
    """第一、第五部分写本年度的工作; 去掉数字、名称和官方套语之后, 一半以上与上一年度相同即为雷同."""
    if context.previous is None or not _is_long(context.report):
        return
    if not _is_long(context.previous):
        yield cannot_tell(f"{context.previous.year} 年度报告的文字太少或没有读出，无法比较。")
        return
    found = _compare(context.report, context.previous)
    if found.share >= COPIED_SHARE:
        yield _outcome(context, context.previous, found, f"{context.previous.year} 年度报告")


@rule(
    "text.copied-from-peer",
    "文字不是其他机关的照抄",
    Severity.WARNING,
    basis=_BASIS,
)
def copied_from_peer(context: RuleContext) -> Iterator[Outcome]:
    """第一、第五部分写本机关的工作; 去掉数字、名称和官方套语之后, 一半以上与其他机关相同即为雷同."""
    if not context.peers or not _is_long(context.report):
        return
    readable = [peer for peer in context.peers if _is_long(peer)]
    found = [(_compare(context.report, peer), peer) for peer in readable]
    best = max(found, key=lambda pair: pair[0].share, default=None)
    if best is None:
        yield cannot_tell("其他机关的报告文字太少或没有读出，无法比较。")
    elif best[0].share >= COPIED_SHARE:
        comparison, peer = best
        yield _outcome(context, peer, comparison, f"“{peer.organization or peer.title}”的报告")


def copied_share(own: Report, other: Report) -> float:
    """Return the share of one report's prose that stands in another's (0 to 1)."""
    return _compare(own, other).share


def _compare(own: Report, other: Report) -> _Comparison:
    """Compare all sections of one report with all of the other: copied is copied, wherever it stands."""
    mine, theirs = masked_report(own), masked_report(other)
    shingles = frozenset[str]().union(*(masked.shingles() for masked in theirs.values()))
    overlaps = {number: overlap(masked, shingles) for number, masked in mine.items()}
    size = sum(len(masked.text) for masked in mine.values())
    copied = sum(end - start for item in overlaps.values() for start, end in item.runs)
    return _Comparison(overlaps, copied / size if size else 0.0)


def _is_long(report: Report) -> bool:
    return sum(len(masked.text) for masked in masked_report(report).values()) >= LEAST_CHARACTERS


def _outcome(context: RuleContext, other: Report, found: _Comparison, name: str) -> Outcome:
    shares = "、".join(
        f"{section_title(number)} {found.overlaps[number].share:.0%}" for number in COMPARED_SECTIONS
    )
    evidence = [item for number in COMPARED_SECTIONS for item in _passages(context, other, found, number)]
    message = f"去掉数字、名称和套语后，{found.share:.0%} 的文字与{name}相同（{shares}）。"
    return fails(message, *evidence, actual=f"{found.share:.0%}")


def _passages(context: RuleContext, other: Report, found: _Comparison, number: int) -> Iterator[Evidence]:
    """Yield the longest copied passages side by side: this report's, then the other's."""
    masked = masked_report(context.report)[number]
    for start, end in longest(found.overlaps[number].runs):
        sentence, first = masked.places[start]
        last_sentence, last = masked.places[end - 1]
        until = last + 1 if last_sentence == sentence else len(masked.said[sentence].text)
        yield masked.said[sentence].evidence(context, first, until)
        twin = _twin(masked.text[start:end], other)
        if twin:
            yield Evidence(raw=twin)


def _twin(words: str, other: Report) -> str:
    """Return the other report's original words for the beginning of a copied run."""
    for masked in masked_report(other).values():
        at = _find(masked, words)
        if at >= 0:
            sentence, place = masked.places[at]
            return masked.said[sentence].raw(place)
    return ""


def _find(masked: Masked, words: str) -> int:
    for length in (len(words), len(words) // 2, SHINGLE):
        at = masked.text.find(words[:length])
        if at >= 0:
            return at
    return -1
