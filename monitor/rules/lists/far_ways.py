"""A total whose ways are told one sentence each: 共公开444条。网站发布118条。公众号发布326条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from monitor.rules.lists.complements import LEAST_WAYS, Complement
from monitor.rules.lists.divisions import divides
from monitor.rules.lists.each import counted_in
from monitor.rules.lists.gaps import MOST_SHARE_MISSED_FAR
from monitor.rules.lists.labels import CHANNEL, SAYS_ALL
from monitor.rules.lists.runs import sum_of
from monitor.rules.prose.quantities import Quantity
from monitor.rules.prose.sentences import Sentence, joined

MOST_SHARE_MISSED_UNSAID = Decimal("0.05")
"""By how much things of the next sentence may miss a total, where nothing says that they are its parts."""
LEAST_PARTS = 4
"""So many things that nearly make up a number are its parts, although nothing says so."""
_THE_REST = re.compile(r"\d[条件份篇个期][，；、]其[他它](?:[^，。；、\d]{0,8}(?:信息|内容|类))?$")
_SHARE = r"[，（]?约?占(?:比|总[数量])?(?:约|为)?[\d.]+[%％]）?"
_SHARE_BEHIND = re.compile(rf"\d[条件份篇个]{_SHARE}。$")
_PARTS_WITH_SHARES = re.compile(
    rf"(?:(?:[^，。；\d（]|（[^）]*）){{2,40}}\d+[条件份篇个]{_SHARE}[，；、。]?)+"
)
_WITHIN = re.compile(r"其中|含|包括|（")
_OF_ANOTHER_TOTAL = re.compile("占[^，。；]{0,8}(?:成|半|大多|多数|分之)")
"""A share in words, which is of what was told before it, wherever that was."""


def with_its_shares(said: Sequence[Sentence], place: int) -> Sentence | None:
    """Return a list and the sentences that go on with it, each part with its share: 动态类17份，占17%."""
    whole = said[place]
    if not _SHARE_BEHIND.search(whole.text):
        return None
    for following in said[place + 1 :]:
        if following.source is not whole.source or not _PARTS_WITH_SHARES.fullmatch(following.text):
            break
        whole = joined(whole, following)
    return whole if whole is not said[place] else None


def ways_in_sentences(said: Sequence[Sentence], place: int) -> Iterator[tuple[Sentence, Complement]]:
    """Yield a total that stands alone with the ways that two or more sentences count, if they nearly fit."""
    sentence = said[place]
    totals = [item for item in counted_in(sentence.text) if item.value]
    if not totals or not totals[0].exact or CHANNEL.search(sentence.text[: totals[0].start]):
        return
    parts = list(_ways_of(sentence, totals[0], totals[0].end))
    if len(parts) < len(totals) - 1 or sum_of(parts) == totals[0].value:
        return
    if parts and _WITHIN.search(sentence.text[totals[0].end :]):
        return
    whole, count = sentence, int(bool(parts))
    for following in said[place + 1 :]:
        if _tells_why(following, sentence):
            whole = joined(whole, following)
            continue
        is_apart = following.source is not sentence.source or _OF_ANOTHER_TOTAL.search(following.text)
        told = () if is_apart else _ways_of(following, totals[0], 0)
        if not told:
            break
        parts += [item for item in counted_in(joined(whole, following).text) if _is_at(item, told, whole)]
        whole, count = joined(whole, following), count + 1
        if sum_of(parts) == totals[0].value:
            return
    else:
        following = sentence
    goes_on = following is not sentence and _counts(following, totals[0])
    says_all = bool(SAYS_ALL.search(sentence.text[: totals[0].start]))
    if count > 1 and len(parts) > (1 if says_all else LEAST_WAYS) and not goes_on:
        yield from _near_miss(whole, totals[0], parts, MOST_SHARE_MISSED_FAR)


def _ways_of(sentence: Sentence, total: Quantity, start: int) -> tuple[Quantity, ...]:
    """Return the ways that a sentence counts, not what it counts within them."""
    found: list[Quantity] = []
    at = start
    for item in counted_in(sentence.text):
        if item.start < start:
            continue
        label = sentence.text[at : item.start]
        if found and _WITHIN.search(label):
            break
        if item.unit != total.unit or not item.exact or not CHANNEL.search(label):
            return ()
        found.append(item)
        at = item.end
    return tuple(found)


def _near_miss(
    whole: Sentence, total: Quantity, parts: Sequence[Quantity], most: Decimal
) -> Iterator[tuple[Sentence, Complement]]:
    """Yield a total and parts that miss it by at most this share, and so must be its parts."""
    if 0 < abs(sum_of(parts) - total.value) <= total.value * most:
        yield whole, Complement(total, tuple(parts))


def _tells_why(sentence: Sentence, first: Sentence) -> bool:
    """Tell a sentence about one of the ways that counts nothing."""
    is_point = bool(re.match(r"[一二三四五]是|同时", sentence.text))
    return is_point and sentence.source is first.source and not counted_in(sentence.text)


def _is_at(item: Quantity, told: Sequence[Quantity], before: Sentence) -> bool:
    return any(item.start == len(before.text) + way.start for way in told)


def _counts(sentence: Sentence, total: Quantity) -> bool:
    return any(item.unit == total.unit for item in counted_in(sentence.text))


def list_in_next_sentence(said: Sequence[Sentence], place: int) -> Iterator[tuple[Sentence, Complement]]:
    """Yield a total that stands alone with the things that the next sentence counts, and nothing else.

    公开信息100条。概况类5条；动态类60条；公告类20条；其他15条: only where they nearly make it up.
    """
    following = said[place + 1] if place + 1 < len(said) else None
    totals = [item for item in counted_in(said[place].text) if item.value]
    if following is None or following.source is not said[place].source or len(totals) != 1:
        return
    both = joined(said[place], following)
    parts = tuple(item for item in counted_in(both.text) if item.start >= len(said[place].text))
    is_plain = all(item.unit == totals[0].unit and item.exact for item in (*parts, totals[0]))
    if is_plain and len(parts) >= LEAST_PARTS and not _WITHIN.search(following.text):
        takes_the_rest = bool(_THE_REST.search(both.text[: parts[-1].start]))
        is_division = divides(said[place].text[: totals[0].start], _names(both.text, totals[0], parts))
        most = MOST_SHARE_MISSED_FAR if takes_the_rest or is_division else MOST_SHARE_MISSED_UNSAID
        yield from _near_miss(both, totals[0], parts, most)


def _names(text: str, total: Quantity, parts: Sequence[Quantity]) -> list[str]:
    """Return what each part is called, by the words between it and the number before."""
    ends = (total.end, *(part.end for part in parts))
    return [text[end : part.start].lstrip("，。；、：") for end, part in zip(ends, parts, strict=False)]
