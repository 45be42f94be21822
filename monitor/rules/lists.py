"""“A，其中 a、b、c”: a total and the list of its parts, as the prose states them.

A list is closed where every counted thing after the opener is a part and nothing says that there are
more; 等, 主要, 包括, 涵盖, 余, 约 ... make it open. Where the list ends, or which part a second 其中
divides, is often not written: a list then has several readings, and it is wrong only if none fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.rules.list_openers import Opener, bracket_end, openers, without_inner_brackets
from monitor.rules.list_runs import (
    OF_ANOTHER_KIND,
    OPEN_WORDS,
    Run,
    mixed_to_the_end,
    prefixes,
    run_of,
    sum_of,
)
from monitor.rules.quantities import Quantity, Reading

_OUTCOMES = re.compile(r"予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|结转")
"""What became of requests is no division of those received: some are carried from year to year."""
_CLASSES = re.compile("主动公开")
"""What is to become of documents divides them: 主动公开、依申请公开、不予公开."""
_CHANGE_WORDS = re.compile(
    r"(?:增长|增加|增多|减少|下降|同比|较上年|比上年|较去年|比去年|环比)[^，。；\d]{0,8}$"
)
_AVERAGE = re.compile(
    r"(?:平均|日均|月均|人均|户均|每[年月日天周期人户篇条件]|单篇|单条|单日)[^，。；\d]{0,10}$"
)
"""Before a number that is no total of anything."""
_GAP = re.compile(r"[^，,。；;：:\d]{0,14}[，,：:。（]?$")
_INNER = "其中"


@dataclass(frozen=True, slots=True)
class PartList:
    """A total with the readings of its parts, the likeliest first.

    `closed`: the parts claim to be all; `followed`: something of another unit comes after them with the
    same mark as between them; `uniform`: nothing says that they are of different kinds; `adjacent`: they
    follow the total; `settled`: if no reading fits, the first is the one to show. `candidates` are all
    numbers that may be the total. `tail` is what the sentence counts behind the parts.
    """

    total: Quantity
    readings: tuple[Reading, ...]
    closed: bool
    followed: bool
    uniform: bool
    adjacent: bool
    settled: bool
    candidates: tuple[Quantity, ...]
    tail: Reading


def part_lists(text: str, counted: Sequence[Quantity]) -> Iterator[PartList]:
    """Yield the lists of parts in an even sentence; `counted` are its quantities."""
    inner_ends: dict[int, tuple[int, ...]] = {}
    for opener in openers(text, counted):
        body = without_inner_brackets(text, opener)
        second = body.find(_INNER, *opener.body)
        limit = second if second >= 0 else opener.body[1]
        run = run_of(body, counted, opener.body[0], limit)
        stable, candidates = _totals(text, counted, opener, run)
        if not run.parts or stable is None:
            continue
        readings, settled = prefixes(run, stable), True
        apart = any(sum_of(run.parts[:end]) == stable.value for end in run.rises)
        if opener.body[0] in inner_ends:
            readings = tuple(run.parts[:end] for end in inner_ends[opener.body[0]]) or readings
            settled = len(readings) == 1
        elif second >= 0 and not apart:
            inner = run_of(body, counted, second + len(_INNER), opener.body[1])
            inner_ends[_after_comma(text, second + len(_INNER))] = _inner_ends(stable, run.parts, inner.parts)
            readings, settled = _nested_readings(run.parts, inner.parts)
            run = replace(inner, parts=run.parts, rises=run.rises)
        told = body[opener.body[0] : max(run.end, opener.body[0])]
        if _OUTCOMES.search(told) and not _CLASSES.search(told):
            continue
        tail = tuple(item for item in counted if run.end <= item.start and item.end <= opener.body[1])
        mixed = mixed_to_the_end(text, readings[0], tail, stable)
        readings = (mixed, *readings) if mixed else readings
        is_plain = not opener.is_open and not OPEN_WORDS.search(told)
        is_mixed = len({part.unit for part in readings[0]}) > 1
        yield PartList(
            total=stable,
            readings=readings,
            closed=((run.complete or bool(mixed)) and is_plain) or run.has_rest,
            followed=run.is_followed and is_plain,
            uniform=not (is_mixed or OF_ANOTHER_KIND.search(told)),
            adjacent=bool(_GAP.match(text[stable.end : opener.start])),
            settled=settled,
            candidates=candidates,
            tail=tail,
        )


def _totals(
    text: str, counted: Sequence[Quantity], opener: Opener, run: Run
) -> tuple[Quantity | None, tuple[Quantity, ...]]:
    """Return the number that the list divides, and all numbers before it that it may divide."""
    unit = run.parts[0].unit if run.parts else ""
    before = tuple(
        item
        for item in counted
        if item.end <= opener.start and item.unit == unit and _same_level(text, item, opener)
    )
    stable = [item for item in before if not _is_no_total(text[: item.start])]
    return (stable[-1] if stable else None), before


def _is_no_total(before: str) -> bool:
    return bool(_CHANGE_WORDS.search(before) or _AVERAGE.search(before))


def _same_level(text: str, item: Quantity, opener: Opener) -> bool:
    """Tell whether a quantity is not shut in brackets that end before the list."""
    close = bracket_end(text, item.start)
    return close is None or (opener.in_brackets and close >= opener.body[1])


def _nested_readings(outer: Reading, inner: Reading) -> tuple[tuple[Reading, ...], bool]:
    """Return the outer list for each end of the inner one, which divides the outer list's last part."""
    ends = range(1, len(inner) + 1)
    divided = [end for end in ends if sum_of(inner[:end]) == outer[-1].value]
    ordered = [*divided, *(end for end in ends if end not in divided)]
    return tuple(outer + inner[end:] for end in ordered) or (outer,), len(divided) == 1


def _inner_ends(total: Quantity, outer: Reading, inner: Reading) -> tuple[int, ...]:
    """Return the ends of the inner list that let the outer one add up; all of them if none does."""
    ends = range(1, len(inner) + 1)
    fitting = tuple(end for end in ends if sum_of(outer) + sum_of(inner[end:]) == total.value)
    return fitting or tuple(ends)


def _after_comma(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] in ("，", ",", "：", ":") else at
