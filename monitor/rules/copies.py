"""How much of one report's prose stands in another's, with numbers, names and boilerplate taken out.

Prose is masked (digits become #, the publisher's own name @) and cut into shingles of a few
characters; the share copied is the share of characters that lie in a shingle of the other report.
Single words may be exchanged without hiding the copy, and stock phrases are too short to count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from extract.model import Report
from monitor.rules.context import RuleContext
from monitor.rules.prose.sentences import Sentence, sentences

COMPARED_SECTIONS = (1, 5)
"""Where a body writes of its own work; the others hold tables and the fee."""
SHINGLE = 12
LEAST_CHARACTERS = 150
"""Masked characters below which a share says nothing."""
COPIED_SHARE = 0.5
"""The criterion that inspections use for 雷同."""
MOST_PASSAGES_SHOWN = 3
_NUMBER = re.compile(r"[0-9][0-9,.%]*|[〇零一二三四五六七八九十百千万亿]{2,}")
_SELF = re.compile(r"(?:我|本)(?:局|委|办|厅|镇|乡|街道|街|县|区|市|单位|机关|中心|院|公司)|(?<![一-龥])街道")
_TITLE = re.compile(r"《[^》]{1,60}》")
_BOILERPLATE = re.compile(
    r"统计期限|电子版|下载|联系(?:电话|地址|人)|邮编|如有疑问|任何疑问|[六6]个?部分|报告如下|具体(?:情况|报告)如下|编制(?:本|了|而成)|"
    r"根据《|按照《|依据《"
)
_STOCK_PHRASES = re.compile(
    r"以?习近平新时代中国特色社会主义思想(?:为指导)?|(?:全面|深入)?(?:学习)?贯彻(?:落实)?党的[^，。]{2,24}精神|"
    r"以?公开为常态、?不公开(?:为|是)例外(?:的?原则)?|在[^，。]{2,20}的?(?:正确|坚强)领导下|"
    r"保障(?:了)?(?:人民)?群众的?知情权、参与权、?(?:表达权)?(?:、|和)监督权|三审三校"
)
_PUNCTUATION = re.compile(r"[^\w#@]+")
_AREAS = re.compile(r"^(?:[一-龥]{1,8}?(?:自治[区州县旗]|省|市|盟|州|县|区|旗))+?(?=.{2})")
_KIND = re.compile(r"(?:人民政府|街道办事处|办事处|街道|委员会|办公[厅室]|局|厅|委|镇|乡)+$")


@dataclass(frozen=True)
class Masked:
    """Masked prose of some sentences; `hidden` is the pattern of what is masked or left out."""

    text: str
    said: tuple[Sentence, ...]
    hidden: re.Pattern[str]

    @cached_property
    def places(self) -> tuple[tuple[int, int], ...]:
        """For each character of `text`: the sentence it came from, and its place there."""
        found: list[tuple[int, int]] = []
        for index, sentence in enumerate(self.said):
            found += ((index, place) for place in _kept_places(sentence.text, self.hidden))
        return tuple(found)

    def shingles(self) -> frozenset[str]:
        """Return all stretches of SHINGLE characters."""
        return frozenset(self.text[at : at + SHINGLE] for at in range(len(self.text) - SHINGLE + 1))


@dataclass(frozen=True, slots=True)
class Overlap:
    """What of a masked text stands in another: the share, and the copied runs [start, end)."""

    share: float
    runs: tuple[tuple[int, int], ...]


@lru_cache(maxsize=64)
def masked_report(report: Report) -> dict[int, Masked]:
    """Return the masked prose of the compared sections by number; the last few are remembered."""
    return mask_report(report)


def mask_report(report: Report) -> dict[int, Masked]:
    """Return the masked prose of the compared sections by number."""
    said = sentences(RuleContext(report))
    names = tuple(own_names(report.organization or ""))
    return {
        number: _mask([item for item in said if item.section == number], names)
        for number in COMPARED_SECTIONS
    }


def overlap(own: Masked, other: frozenset[str]) -> Overlap:
    """Return how much of `own` lies in the shingles of another text."""
    copied = bytearray(len(own.text))
    for at in range(len(own.text) - SHINGLE + 1):
        if own.text[at : at + SHINGLE] in other:
            copied[at : at + SHINGLE] = b"\x01" * SHINGLE
    runs = tuple((match.start(), match.end()) for match in re.finditer(rb"\x01+", bytes(copied)))
    return Overlap(sum(copied) / len(own.text) if own.text else 0.0, runs)


def longest(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest copied runs, in the order of the text."""
    chosen = sorted(runs, key=lambda run: run[0] - run[1])[:MOST_PASSAGES_SHOWN]
    return sorted(chosen)


def own_names(organization: str) -> Iterator[str]:
    """Yield the names that a body uses of itself, the longest first: whole, without area, without kind."""
    if not organization:
        return
    local = _AREAS.sub("", organization)
    core = _KIND.sub("", local)
    names = {organization, local, core, f"{core}街道" if "街道" in organization else core}
    area = _AREAS.match(organization)
    if area:
        names.add(area.group())
    yield from sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name))


def _mask(said: Sequence[Sentence], names: tuple[str, ...]) -> Masked:
    pattern = _hidden(names)
    own = tuple(sentence for sentence in said if not _BOILERPLATE.search(sentence.text))
    shown = (_PUNCTUATION.sub("", pattern.sub(_sign, sentence.text)) for sentence in own)
    return Masked("".join(shown), own, pattern)


@lru_cache(maxsize=256)
def _hidden(names: tuple[str, ...]) -> re.Pattern[str]:
    own = "|".join(re.escape(name) for name in names) or r"(?!)"
    return re.compile(
        f"(?P<stock>{_STOCK_PHRASES.pattern})|(?P<title>{_TITLE.pattern})|(?P<name>{own}|{_SELF.pattern})|"
        f"(?P<number>{_NUMBER.pattern})"
    )


def _sign(match: re.Match[str]) -> str:
    return {"name": "@", "number": "#"}.get(match.lastgroup or "", "")


def _kept_places(text: str, hidden: re.Pattern[str]) -> Iterator[int]:
    """Yield the places of a sentence that stand in its masked text; a sign stands where its words began."""
    at = 0
    for match in hidden.finditer(text):
        yield from (place for place in range(at, match.start()) if not _PUNCTUATION.match(text[place]))
        if _sign(match):
            yield match.start()
        at = match.end()
    yield from (place for place in range(at, len(text)) if not _PUNCTUATION.match(text[place]))
