"""“A，其中 a、b、c”: a total and the list of its parts, as the prose states them.

A list is closed where every counted thing after the opener is a part and nothing says that there are
more; 等, 主要, 包括, 涵盖, 余, 约 ... make it open. Where the list ends, or which part a second 其中
divides, is often not written: a list then has several readings, and it is wrong only if none fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from monitor.rules.quantities import Quantity

Reading: TypeAlias = tuple[Quantity, ...]
"""One way to say which of the counted things are the parts."""

_OPENER = re.compile(
    r"[，,：:；;、（。]?(?:其中|分别为|分别是|分为|包括|包含|涵盖|主要有|主要包括|涉及|含)[，,：:]?|"
    r"(?<=[条件篇个份项宗])[^，。；：、\d]{0,8}(?<!其)中[，：]"
)
_OPEN_OPENERS = ("包括", "包含", "涵盖", "主要", "涉及", "含")
_OPEN_WORDS = re.compile(
    r"等|主要|包括|包含|涵盖|涉及|重点|例如|譬如|诸如|其他若干|之一|尤其|特别是|各(?![类项级部界])"
)
_STOP_WORDS = re.compile(
    r"此外|另外|另有|另|同时|还|累计|合计|总计|共计|同比|较|比上年|上年|去年|环比|增长|增加|增幅|减少|下降|占比|平均|"
    r"点击|浏览|阅读|访问|播放|粉丝|关注|^[，；]?(?:全年|先后|累计|共)*(?:召开|举办|开展|组织(?!机构)|培训|参加)|^[，；]?总?共$"
)
_SHARE = re.compile(
    r"[，、（]?(?:约?占(?:比|总数|总量|全部|总体)?|占[^，。；、\d]{1,10})(?:为|的|约)?\d+(?:\.\d+)?[%‰]）?"
)
"""What share a part has: a remark between parts."""
_LIST_IS_OVER = re.compile(
    r"^[，；](?:总|累计|合计)?(?:阅读|浏览|点击|播放|访问|转发|点赞)(?:总|人|次)?(?:量|数|次数)|^[，；]均|"
    r"^[，；](?:按时|按期|群众|总)?(?:办结|满意|回复|答复|处理|解读|公开)率"
)
_OF_ANOTHER_KIND = re.compile(
    r"采用|采纳|录用|转发|推送|更新|回复|答复|办理|上报|报送|刊登|解决|整改|点赞|评论"
)
"""Verbs in the words of a part: it may count something else than the total does."""
_VERB_ALONE = re.compile(
    r"^[，；、。]?(?:现?已|均|全部|目前|当年|按时|按期|及时)*(?:办结|答复|回复|采纳|整改|办理|审结|完成|受理)(?:完毕|完成)?了?$"
)
"""What was done with the things that are divided, and no part of them: 收到25件，其中网上20件，办结24件."""
_OUTCOMES = re.compile(r"予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|结转")
"""What became of requests is no division of those received: some are carried from year to year."""
_CHANGE_WORDS = re.compile(
    r"(?:增长|增加|增多|减少|下降|同比|较上年|比上年|较去年|比去年|环比)[^，。；\d]{0,8}$"
)
_AVERAGE = re.compile(
    r"(?:平均|日均|月均|人均|户均|每[年月日天周期人户篇条件]|单篇|单条|单日)[^，。；\d]{0,10}$"
)
"""Before a number that is no total of anything."""
_GAP = re.compile(r"[^，,。；;：:\d]{0,14}[，,：:。（]?$")
_MOST_LABEL = 40
_RANK = {"、": 1, "，": 2, "；": 3, "。": 4}
_INNER = "其中"


@dataclass(frozen=True, slots=True)
class PartList:
    """A total with the readings of its parts, the likeliest first.

    `closed`: the parts claim to be all; `followed`: something of another unit comes after them with the
    same mark as between them; `uniform`: nothing says that they are of different kinds; `adjacent`: they
    follow the total; `settled`: if no reading fits, the first is the one to show. `candidates` are all
    numbers that may be the total.
    """

    total: Quantity
    readings: tuple[Reading, ...]
    closed: bool
    followed: bool
    uniform: bool
    adjacent: bool
    settled: bool
    candidates: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class _Opener:
    """Where a list of parts begins; `body` is where its parts may stand."""

    start: int
    body: tuple[int, int]
    is_open: bool
    in_brackets: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """Counted things in a row; `rises` are the lengths at which a stronger mark may end the list.

    `complete`: after the last part comes the sentence's end, or a mark stronger than those between.
    """

    parts: Reading
    rises: tuple[int, ...]
    complete: bool
    end: int
    is_followed: bool = False


def part_lists(text: str, counted: Sequence[Quantity]) -> Iterator[PartList]:
    """Yield the lists of parts in an even sentence; `counted` are its quantities."""
    inner_ends: dict[int, tuple[int, ...]] = {}
    for opener in _openers(text, counted):
        body = _without_inner_brackets(text, opener)
        second = body.find(_INNER, opener.body[0])
        limit = second if second >= 0 else opener.body[1]
        run = _run(body, counted, opener.body[0], limit)
        stable, candidates = _totals(text, counted, opener, run)
        if not run.parts or stable is None:
            continue
        readings, settled = _prefixes(run, stable), True
        apart = any(sum_of(run.parts[:end]) == stable.value for end in run.rises)
        if opener.body[0] in inner_ends:
            readings = tuple(run.parts[:end] for end in inner_ends[opener.body[0]])
            settled = len(readings) == 1
        elif second >= 0 and not apart:
            inner = _run(body, counted, second + len(_INNER), opener.body[1])
            inner_ends[_after_comma(text, second + len(_INNER))] = _inner_ends(stable, run.parts, inner.parts)
            readings, settled = _nested_readings(run.parts, inner.parts)
            run = _Run(run.parts, run.rises, inner.complete, inner.end, inner.is_followed)
        told = body[opener.start : max(run.end, opener.body[0])]
        if _OUTCOMES.search(told):
            continue
        is_plain = not opener.is_open and not _OPEN_WORDS.search(told)
        yield PartList(
            total=stable,
            readings=readings,
            closed=run.complete and is_plain,
            followed=run.is_followed and is_plain,
            uniform=not _OF_ANOTHER_KIND.search(told),
            adjacent=bool(_GAP.match(text[stable.end : opener.start])),
            settled=settled,
            candidates=candidates,
        )


def sum_of(parts: Sequence[Quantity]) -> Decimal:
    """Return what the parts add up to."""
    return sum((part.value for part in parts), Decimal(0))


def _openers(text: str, counted: Sequence[Quantity]) -> list[_Opener]:
    found = {}
    for match in _OPENER.finditer(text):
        close = _bracket_end(text, match.start())
        is_open = any(word in match.group() for word in _OPEN_OPENERS)
        found[match.end()] = _Opener(
            match.start(), (match.end(), close or len(text)), is_open, close is not None
        )
    for quantity in counted:
        follows = text[quantity.end : quantity.end + 1]
        if follows in ("：", ":", "（") and not _OPENER.match(text, quantity.end):
            end = _bracket_end(text, quantity.end) if follows == "（" else len(text)
            body = (quantity.end + 1, end or len(text))
            found.setdefault(body[0], _Opener(quantity.end, body, False, follows == "（"))
    return [found[start] for start in sorted(found)]


def _bracket_end(text: str, at: int) -> int | None:
    """Return where the bracket that `at` stands in, or opens, is closed; None outside brackets."""
    if text.rfind("（", 0, at + 1) <= text.rfind("）", 0, at + 1):
        return None
    close = text.find("）", at)
    return close if close >= 0 else len(text)


def _totals(
    text: str, counted: Sequence[Quantity], opener: _Opener, run: _Run
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


def _same_level(text: str, item: Quantity, opener: _Opener) -> bool:
    """Tell whether a quantity is not shut in brackets that end before the list."""
    close = _bracket_end(text, item.start)
    return close is None or (opener.in_brackets and close >= opener.body[1])


def _without_inner_brackets(text: str, opener: _Opener) -> str:
    """Blank out what stands in brackets inside the list: remarks about single parts."""
    depth, out = 0, list(text)
    for place in range(*opener.body):
        depth += text[place] == "（"
        if depth > 0:
            out[place] = " "
        depth -= text[place] == "）"
    return _SHARE.sub(lambda match: " " * len(match.group()), "".join(out))


def _run(body: str, counted: Sequence[Quantity], start: int, limit: int) -> _Run:
    """Read the parts between two places."""
    parts: list[Quantity] = []
    rises: list[int] = []
    at, rank = start, 0
    for quantity in counted:
        inside = start <= quantity.start and quantity.end <= limit
        if not inside or _is_wording(quantity, parts) or not body[quantity.start : quantity.end].strip():
            continue
        label = body[at : quantity.start]
        mark = _rank(label.strip())
        if _is_no_part(label, quantity, parts):
            over = mark > rank or bool(_LIST_IS_OVER.match(label.strip()))
            follows = bool(parts) and quantity.unit != parts[0].unit
            return _Run(tuple(parts), tuple(rises), over and len(parts) > 1, at, follows)
        if len(parts) > 1 and mark > rank:
            rises.append(len(parts))
        rank = max(rank, mark) if parts else 0
        parts.append(quantity)
        at = quantity.end
    return _Run(tuple(parts), tuple(rises), not _OPEN_WORDS.match(body[at:limit].strip("，、 ")), at)


def _rank(label: str) -> int:
    """Return how strong the mark before a part is; where the number comes first, the mark is inside."""
    return _RANK.get(label[:1], 0) or max((_RANK.get(letter, 0) for letter in label), default=0)


def _is_wording(quantity: Quantity, parts: Sequence[Quantity]) -> bool:
    """Tell a Chinese numeral of another unit, which belongs to the words: 一类事项, 三个方面."""
    return quantity.in_words and bool(parts) and quantity.unit != parts[0].unit


def _is_no_part(label: str, quantity: Quantity, parts: Sequence[Quantity]) -> bool:
    if parts and quantity.unit != parts[0].unit:
        return True
    words = label.strip()
    return len(label) > _MOST_LABEL or bool(_STOP_WORDS.search(words) or (parts and _VERB_ALONE.match(words)))


def _prefixes(run: _Run, total: Quantity) -> tuple[Reading, ...]:
    """Return the parts up to each place where the list may end, the nearest to the total first."""
    ends = dict.fromkeys((*run.rises, len(run.parts)))
    readings = [run.parts[:end] for end in ends]
    return tuple(sorted(readings, key=lambda parts: abs(sum_of(parts) - total.value)))


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
