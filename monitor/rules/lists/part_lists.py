"""“A，其中 a、b、c”: a total and the list of its parts, as the prose states them.

A list is closed where every counted thing after the opener is a part and nothing says that there are
more; 等, 主要, 包括, 涵盖, 余, 约 ... make it open. Where the list ends, or which part a second 其中
divides, is often not written: a list then has several readings, and it is wrong only if none fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.rules.lists.divisions import exclude_each_other, is_whole_year
from monitor.rules.lists.gaps import is_adjacent, most_missed
from monitor.rules.lists.kinds import is_doubtful, may_be_qualities, unit_of
from monitor.rules.lists.labels import MARKS, breaks, goes_on, is_whole, labels, rest_of, says_more
from monitor.rules.lists.mixed import LEAST_PARTS, LEAST_WAYS, is_near, mixed_from_the_start, mixed_to_the_end
from monitor.rules.lists.openers import Opener, openers, without_inner_brackets
from monitor.rules.lists.runs import (
    OF_ANOTHER_KIND,
    Run,
    first_of_each,
    heads_of,
    prefixes,
    run_of,
    sum_of,
    without_inner,
)
from monitor.rules.lists.totals import has_rivals, is_no_total, same_level, totals
from monitor.rules.prose.quantities import Quantity, Reading

_OUTCOMES = re.compile(
    r"予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|结转|\d件[^，。；]{0,10}(?:办理|答复|办结)"
)
"""What became of requests divides those finished, not those received: some are carried on."""
_CLASSES = re.compile("主动公开")
"""What is to become of documents divides them: 主动公开、依申请公开、不予公开."""
LEAST_COUNTED = 2
"""A total and a part."""
_INNER = "其中"
_DESCRIPTION = re.compile(r"(?![^，；]{0,8}(?:[以如]下|方面|类|种)[，；])[^，；]{2,}[，；]")
"""Words without a number between an open list's opener and a comma."""
_CARRIED_IN_APART = re.compile(
    r"；(?:另外?)?(?:有|办理)?(?:(?:上(?:一)?年度?|20\d\d年度?)(?:结转|转结)|结转上(?:一)?年度?)[^，。；\d]{0,8}$"
)
_CARRIED_ON = re.compile("结转|转[至到入]?(?:下|次)")


@dataclass(frozen=True, slots=True)
class PartList:
    """A total with the readings of its parts, the likeliest first.

    `closed`: the parts claim to be all; `followed`: something of another unit comes after them with the
    same mark as between them; `uniform`: nothing says that they are of different kinds; `adjacent`: they
    follow the total; `settled`: if no reading fits, the first is the one to show. `candidates` are all
    numbers that may be the total, `has_rivals`: more than one in the same clause. `of_qualities`: one thing
    may be in several parts. `tail` is what the sentence counts behind the parts. `breaks` are the starts of
    parts that may belong to another list.
    `whole`: the last part is 其他, the parts are all ways or all kinds of applicants, or the opener
    announces all. `outcomes`: they are what became of requests, `carried`: with those carried to the next
    year. `most_missed`: by what share they may miss a total that another number may be; `again`: so may a
    number of the table. `rest` is the start of a part that is 其他信息: all before it are parts. `exclusive`:
    the parts are levels, or seasons, of which nothing is in two.
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
    breaks: frozenset[int] = frozenset()
    whole: bool = False
    outcomes: bool = False
    carried: bool = False
    has_rivals: bool = False
    of_qualities: bool = False
    most_missed: Decimal | None = None
    again: bool = False
    rest: int | None = None
    exclusive: bool = False


def part_lists(text: str, counted: Sequence[Quantity]) -> Iterator[PartList]:
    """Yield the lists of parts in an even sentence; `counted` are its quantities."""
    if len(counted) < LEAST_COUNTED:
        return
    inner_ends: dict[int, tuple[int, ...]] = {}
    apart = 0
    for opener in openers(text, counted):
        if opener.start < apart:
            continue
        body = without_inner_brackets(text, opener)
        found = _list_at(text, body, counted, opener, inner_ends)
        if found is None or not found.adjacent:
            found = _mixed_list_at(text, body, counted, opener) or found
        if found is None:
            continue
        yield found
        if found.readings == (_divided_heads(body, counted, opener),):
            apart = _stop(body, opener)
            yield from _inner_lists(text, counted, found.readings[0], apart)


def _divided_heads(body: str, counted: Sequence[Quantity], opener: Opener) -> Reading:
    """Return the parts between ； of a list that has lists within it."""
    if not _has_divided_part(body[slice(*opener.body)]):
        return ()
    return heads_of(body, counted, opener.body[0], _stop(body, opener))


def _has_divided_part(body: str) -> bool:
    """Tell a list between ； of which a part has a list within it: 机构20条，其中……；工作11条."""
    stretches = body.split("；")
    if any(_INNER in stretch.partition("。")[0] for stretch in stretches[1:]):
        return True
    return any(_is_divided(stretch.rpartition("。")[2]) for stretch in stretches[:-1])


def _is_divided(stretch: str) -> bool:
    count, _inner, inside = stretch.rpartition(_INNER)
    return bool(inside) and any(map(str.isdecimal, count))


def _inner_lists(text: str, counted: Sequence[Quantity], heads: Reading, stop: int) -> Iterator[PartList]:
    """Yield the lists that divide single parts of a list, each read on its own between its ；."""
    ends = (*(head.start for head in heads[1:]), stop)
    for head, end in zip(heads, ends, strict=True):
        close = text.rfind("；", head.end, end) if end != stop else stop
        alone = "。" * head.start + text[head.start : close] + "。" * (len(text) - close)
        inside = [item for item in counted if head.start <= item.start and item.end <= close]
        yield from part_lists(alone, inside)


def _list_at(
    text: str,
    body: str,
    counted: Sequence[Quantity],
    opener: Opener,
    inner_ends: dict[int, tuple[int, ...]],
) -> PartList | None:
    """Return the list that an opener begins; `inner_ends` is what was learned of those within others."""
    second = body.find(_INNER, *opener.body)
    limit = second if second >= 0 else opener.body[1]
    run = run_of(body, counted, opener.body[0], limit)
    stable, candidates = totals(text, counted, opener, run)
    if not run.parts or stable is None or (opener.is_open and _describes(body, opener, run)):
        return None
    readings, settled = prefixes(run, stable), True
    apart = any(sum_of(run.parts[:end]) == stable.value for end in run.rises)
    if opener.body[0] in inner_ends:
        readings = tuple(run.parts[:end] for end in inner_ends[opener.body[0]]) or readings
        settled = len(readings) == 1
    elif second >= 0 and not apart and _ends_before(counted, run, second):
        inner = run_of(body, counted, second + len(_INNER), opener.body[1])
        inner_ends[_after_comma(text, second + len(_INNER))] = _inner_ends(stable, run.parts, inner.parts)
        readings, settled = _nested_readings(run.parts, inner.parts)
        run = replace(inner, parts=run.parts, rises=run.rises)
    heads = heads_of(body, counted, opener.body[0], _stop(body, opener))
    first = first_of_each(body, counted, opener.body[0], _stop(body, opener))
    ends = (end for end in range(2, len(first) + 1) if sum_of(first[:end]) == stable.value)
    readings = (*readings, *(first[:end] for end in ends))
    of_year = tuple(part for part in readings[0] if not _is_of_last_year(text, part))
    readings = readings if of_year == readings[0] else (*readings, of_year)
    told_all = _named(body, counted, opener, _stop(body, opener))
    readings = (*without_inner(body, readings[0]), *readings, *without_inner(body, told_all))
    is_divided = is_near(heads, stable)
    if is_divided:
        readings, settled = (heads,), True
    told = body[opener.body[0] : max(run.end, opener.body[0])]
    is_ended = len(readings[0]) in run.rises and readings[0] == run.parts[: len(readings[0])]
    end = readings[0][-1].end
    own = body[opener.body[0] : end] + _words_behind(body, end)
    tail = tuple(
        item
        for item in counted
        if run.end <= item.start and item.end <= opener.body[1] and not _is_of_last_year(text, item)
    )
    mixed = mixed_to_the_end(text, readings[0], tail, stable)
    if mixed:
        readings, tail = (mixed, *readings), ()
    named = _named(body, counted, opener, run.end)
    words = labels(body, opener.body[0], named)
    if opener.names_one and _names_first_behind(body, words, named):
        return None
    all_named = (*named, *(item for item in mixed if item not in named))
    is_plain = not (opener.is_open or says_more(words) or goes_on(body[run.end :]))
    is_mixed = len({part.unit for part in readings[0]}) > 1
    return PartList(
        total=stable,
        readings=readings,
        closed=((run.complete or bool(mixed) or is_divided or is_ended) and is_plain) or run.has_rest,
        followed=run.is_followed and is_plain,
        uniform=not (is_mixed or OF_ANOTHER_KIND.search(told)),
        adjacent=is_adjacent(text, stable, opener),
        settled=settled and not is_doubtful(text, words, stable, candidates, readings[0], tail),
        candidates=candidates,
        tail=tail,
        breaks=breaks(labels(body, opener.body[0], all_named), all_named),
        whole=run.has_rest or (is_plain and (opener.names_all or is_whole(words) or is_whole_year(words))),
        outcomes=bool(_OUTCOMES.search(own) and not _CLASSES.search(told)),
        carried=bool(_CARRIED_ON.search(told + _words_behind(body, run.end))),
        has_rivals=has_rivals(text, candidates, opener, end),
        of_qualities=not (run.has_rest or is_divided or opener.names_all)
        and may_be_qualities(words, unit_of(text, stable)),
        most_missed=most_missed(text, stable, opener),
        again=opener.again,
        rest=rest_of(words, named),
        exclusive=exclude_each_other([label.strip(MARKS) for label in words]),
    )


def _mixed_list_at(text: str, body: str, counted: Sequence[Quantity], opener: Opener) -> PartList | None:
    """Return the list in several units that divides the number right before the opener."""
    before = [item for item in counted if item.end <= opener.start and same_level(text, item, opener)]
    if not before or opener.is_open or not is_adjacent(text, before[-1], opener):
        return None
    least = LEAST_WAYS if opener.in_brackets else LEAST_PARTS
    parts = mixed_from_the_start(body, counted, opener.body[0], before[-1], least)
    if parts and len(parts) < LEAST_PARTS and not is_whole(labels(body, opener.body[0], parts)):
        return None
    if not parts or is_no_total(text[: before[-1].start]) or says_more(labels(body, opener.body[0], parts)):
        return None
    return PartList(
        total=before[-1],
        readings=(parts,),
        closed=True,
        followed=False,
        uniform=False,
        adjacent=True,
        settled=True,
        candidates=(before[-1],),
        tail=(),
    )


def _names_first_behind(body: str, words: Sequence[str], named: Reading) -> bool:
    """Tell a first part named behind its number, the last one before: 12件涉及规划，网络提交18件."""
    is_ended = body[named[-1].end :][:1] in ("", "。", "，")
    return len(named) > 1 and not words[0] and bool(words[-1]) and is_ended


def _describes(body: str, opener: Opener, run: Run) -> bool:
    """Tell an opener that only names what a total is about: 信息100条，涵盖政策、动态等，公众号发布60条."""
    return bool(_DESCRIPTION.match(body[opener.body[0] : run.parts[0].start]))


def _is_of_last_year(text: str, item: Quantity) -> bool:
    """Tell requests carried in that a sentence counts apart, behind ；: no part of those received."""
    return bool(_CARRIED_IN_APART.search(text, 0, item.start))


def _words_behind(body: str, end: int) -> str:
    """Return what is said of the last part where its number comes first: 剩余2件结转下年度."""
    return re.split("[，。；]", body[end:], maxsplit=1)[0]


def _stop(body: str, opener: Opener) -> int:
    """Return where the sentence ends in which the list stands."""
    end = body.find("。", *opener.body)
    return end if end >= 0 else opener.body[1]


def _ends_before(counted: Sequence[Quantity], run: Run, second: int) -> bool:
    """Tell whether a second 其中 follows the list itself: 信息30条，其中……；申请5件，其中…… are two."""
    before = [item for item in counted if item.end <= second]
    return bool(run.parts) and bool(before) and before[-1] == run.parts[-1]


def _named(body: str, counted: Sequence[Quantity], opener: Opener, end: int) -> tuple[Quantity, ...]:
    """Return all things counted in a list, those of lists within it as well, remarks left out."""
    return tuple(
        item
        for item in counted
        if opener.body[0] <= item.start and item.end <= end and body[item.start : item.end].strip()
    )


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
