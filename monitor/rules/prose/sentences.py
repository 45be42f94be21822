"""The prose of a report, made even for reading: sentences without blanks, traceable to their place.

Blanks that only set characters apart, wrapped lines and full-width digits say nothing; they are taken
out before any pattern is tried. Every sentence remembers where each of its characters came from, so
that a finding can show the original words and their span in the normalized text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from monitor.finding import Evidence
from monitor.rules.context import RuleContext
from monitor.rules.prose.numerals import in_digits

_FULL_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), 0xFF05, 0xFF0E)
}
_BRACKETS = {ord("○"): "〇", ord("("): "（", ord(")"): "）", ord("﹝"): "〔", ord("﹞"): "〕"}
_MARKS = {",": "，", ":": "：", ";": "；"}
_EVEN = {**_FULL_WIDTH, **_BRACKETS}
OF_THOSE = (
    r"在?(?:(?:本|该|20\d\d)年度?|全年|[我本][镇局乡街委区县市办校院])*"
    r"(?:(?:主动|已|所|全部|以上|上述)*公开的?(?:政府|政务)?|这些(?:政府|政务)?|上述(?:政府|政务)?)信息中"
)
"""在公开的信息中: what follows divides what was counted before."""
_UNFINISHED = ("；", ";", "，", ",", "、")
BY_WAYS = r"(?:(?:受理|申请|提交|接收|收件|来源)(?:渠道|方式|途径)(?:方面|上)|(?:收到|受理|新收)的申请[中里])"
"""受理渠道方面，网络5件: how the requests came, counted before, is told."""
SEEN_BY = (
    rf"{BY_WAYS}|分(?:渠道|类别|平台|内容|领域|季度|月份|层级|形式|(?:发布)?主体)(?:来)?看|"
    r"[从按][^，。；：、\d]{0,8}(?:渠道|方式|类型|类别|分类|内容|平台|主体|结果|领域|属性|来源|形式|途径|载体|对象|性质|"
    r"种类|层级|栏目|人|(?:申请|处理|受理|办理|答复|公开|发布)情况)(?:上|来|角度|划|区)*(?:[看分]|统计|分类)(?:是|的话|如下)?|按(?:信息|公开|发布)?(?:内容|类别|类型|渠道)(?=，)"
)
"""从公开渠道来看: what was counted before is divided by something."""
COUNTED_NAMES = "建议|提案|议案|文件|公文|申请|留言|咨询|信件|来信|诉求|解读|稿件|案件|推文"
"""Things that reports count; 所提建议分为 divides the number of 建议 before it, not that of other things."""
TOLD_AS = (
    r"(?:其中?|这些|上述|以上|主动|所[提办收]?|公开|发布|更新|政府|政务|信息|主要|具体|重点|大致|内容|类[别型]|种类|范围|领域|事项|"
    rf"的|共|可|细|既|分别|{COUNTED_NAMES}){{0,6}}"
    r"(?:包括|包含|涵[盖括]|囊括|涉及|覆盖|分[为成]|分类[为是]|分布[在于为]|主要(?:公开|发布)了)[了有]?"
)
"""公开的内容主要包括: what was counted before holds what follows; its words name the things counted alone."""
DIVIDED_AS = (
    r"(?:主要|具体|其|各|信息|公开|发布|政府|政务|内容|的)*(?:构成|组成|分类|分布|类[别型]?|种类|明细|具体|渠道|方式|统计)"
    r"(?:情况|信息|数量?)*(?:分别[为是]?|[为是]|如下|(?=：))：?(?=[^，。；：、\d]{0,14}\d)"
)
"""各类信息数量分别为, 构成情况：: what was counted before is divided, part by part."""
_END = re.compile(
    r"[。！？!?](?!其中|具体(?:[为是]|如下|情况[为如])|(?:信息|内容)?主要(?:包括|涉及|涵盖|公开)[^。；\d]{4,100}[，；]其中|涉及[^，。；\d]{2,14}\d|"
    rf"{TOLD_AS}：?[^，。；\d]{{0,40}}\d+[条件篇]|{DIVIDED_AS}|分别[为是]|"
    rf"{BY_WAYS}，|按(?:信息|公开|发布)?(?:内容|类别|类型|渠道)，[^，。；\d]{{2,20}}\d|分(?:渠道|类别|平台|内容|领域|季度|月份|层级|形式|(?:发布)?主体)(?:来)?看，|(?:办结|答复|回复)率|(?:处理|办理|答复)结果中|{OF_THOSE}|"
    r"[从按]照?(?:申请|处理|受理|办理|公开|发布|信息|内容|渠道|平台|类别|方式|途径|载体|类型|种类|来源|形式|栏目|主体|对象|领域|层级)[^，。；\d]{0,6}(?:[看分]|统计|分类))|\n"
)
"""A sentence that begins with 其中, or 在公开的信息中, divides what the one before it counts."""
_HEADING = re.compile(r"\s*(?:#|（?[一二三四五六七八九十]{1,3}[）、]|[（(]?\d{1,2}[)）、.．]\D)")
_INLINE_HEADING = re.compile(
    r"\s*(?P<heading>(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[（(]?\d{1,2}[)）、.．]|[一二三四五六七八九]是)"
    r"[^，,。；;：:\d]{2,20})[。：:]"
)
"""A heading on the line of its text: （二）依申请公开。全年收到……"""
_RANKS = tuple(
    map(
        re.compile,
        ("#", "[一二三四五六七八九十]+、", "[（(][一二三四五六七八九十]", r"\d+[、.．]", r"[（(]?\d"),
    )
)
_TOPIC = re.compile(r"\s*[一-龥]{2,12}[：:]")
"""What a line is about: 依申请公开：新收21件."""
_DIVIDES = re.compile(rf"\s*(?:其中|(?:{SEEN_BY})[，：])")
"""A line that divides what the one above it counts."""
_LINE_END = "。；！？：:;!?"
_SHORT_LINE = 24
_BOXED = re.compile("(?<=[一-龥])（( *[0-9]{1,7} *)）(?=[条件份篇次宗起期项个](?![目例人]))")
"""A number in the brackets that a template had for it: 共（29）件."""
_WORD = re.compile(r"\S+")
_MARK = re.compile(r"(?<!\d)[,:;]|[,:;](?!\d)")
"""Half-width marks that do not stand between digits."""
_INSIDE_NUMBER = re.compile(r"[0-9.%]")
_ASCII_WORD = re.compile(r"[A-Za-z0-9.,%]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One even sentence. `places[i]` is where its i-th character stands in `source`, the section's text.

    `first` tells the first sentence of a section; `heading` is the nearest sub-heading above, `above` the
    one that it stands under: （二）依申请公开 above 1.申请数量.
    """

    text: str
    places: tuple[int, ...]
    source: str
    section: int | None
    heading: str = ""
    first: bool = False
    above: str = ""

    @property
    def goes_on(self) -> bool:
        """Tell whether the line before ends in the middle of what this one goes on with: 政策类60条；."""
        before = self.source[: self.places[0]].rstrip() if self.places else ""
        return before[-1:] in _UNFINISHED

    def raw(self, start: int = 0, end: int | None = None) -> str:
        """Return the original words of a stretch of the sentence, on one line."""
        stop = len(self.text) if end is None else min(end, len(self.text))
        if start >= stop:
            return ""
        return " ".join(self.source[self.places[start] : self.places[stop - 1] + 1].split())

    def evidence(self, context: RuleContext, start: int = 0, end: int | None = None) -> Evidence:
        """Return a stretch of the sentence as evidence, with its span where the text is known."""
        stop = len(self.text) if end is None else min(end, len(self.text))
        return Evidence(raw=self.raw(start, stop), span=self._span(context, start, stop))

    def _span(self, context: RuleContext, start: int, stop: int) -> tuple[int, int] | None:
        if context.text is None or start >= stop:
            return None
        original = self.source[self.places[start] : self.places[stop - 1] + 1]
        at = context.text.text.find(original)
        return (at, at + len(original)) if at >= 0 else None


def joined(sentence: Sentence, following: Sentence) -> Sentence:
    """Return two sentences as one, for what is said in both."""
    return replace(sentence, text=sentence.text + following.text, places=sentence.places + following.places)


@lru_cache(maxsize=8)
def sentences(context: RuleContext) -> tuple[Sentence, ...]:
    """Return the sentences of all sections in document order, headings left out."""
    return tuple(
        sentence
        for section in context.report.sections
        for sentence in _sentences_of(section.text, section.number)
    )


def _sentences_of(text: str, number: int | None) -> Iterator[Sentence]:
    titles, first = _Titles(), True
    for start, end in _paragraphs(text):
        line = text[start:end]
        if _is_title(line) and line.strip()[-1] not in _LINE_END:
            titles = titles.behind("".join(line.split()))
            continue
        announced = _INLINE_HEADING.match(line)
        if announced:
            titles = titles.behind("".join(announced["heading"].split()))
        for sentence in _cut(text, start, end, number):
            yield Sentence(*sentence, titles.own, first, titles.above)
            first = False


@dataclass(frozen=True, slots=True)
class _Titles:
    """The nearest sub-heading and the one that it stands under."""

    own: str = ""
    above: str = ""

    def behind(self, title: str) -> _Titles:
        """Return the headings behind a new one, which stands under the last one of a higher rank."""
        if self.own and _rank(title) > _rank(self.own):
            return _Titles(title, self.own)
        return _Titles(title, self.above if self.above and _rank(title) > _rank(self.above) else "")


def _rank(title: str) -> int:
    """Return the rank of a heading by its mark, 0 for the highest: # 一、 （一） 1. （1）."""
    ranks = (place for place, mark in enumerate(_RANKS) if mark.match(title))
    return next(ranks, len(_RANKS))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that belong together: lines that only wrap are one paragraph."""
    start, at = 0, 0
    lines = text.split("\n")
    for place, line in enumerate(lines):
        end = at + len(line)
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if not _wraps(line, following):
            if text[start:end].strip():
                yield start, end
            start = end + 1
        at = end + 1


def _is_title(line: str) -> bool:
    """Tell a heading that stands on a line of its own."""
    return bool(_HEADING.match(line)) and len(line.strip()) <= _SHORT_LINE


def _wraps(line: str, following: str) -> bool:
    told = line.strip()
    if told.endswith(("。", "；")) and _DIVIDES.match(following) and not _is_title(line):
        return True
    if not told or not following.strip() or told[-1] in _LINE_END or "\t" in line + following:
        return False
    return len(told) > _SHORT_LINE and not (_HEADING.match(following) or _TOPIC.match(following))


def _cut(
    text: str, start: int, end: int, number: int | None
) -> Iterator[tuple[str, tuple[int, ...], str, int | None]]:
    even, places = in_digits(*_even(text, start, end))
    at = 0
    for match in (*_END.finditer(even), None):
        stop = match.end() if match else len(even)
        if even[at:stop].strip("。！？!? "):
            yield even[at:stop], tuple(places[at:stop]), text, number
        at = stop


def _even(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """Return the stretch without idle blanks, digits half-width, and each character's place."""
    stretch = _MARK.sub(lambda match: _MARKS[match.group()], text[start:end].translate(_EVEN))
    if "（" in stretch:
        stretch = _BOXED.sub(r" \1 ", stretch)
    characters: list[str] = []
    places: list[int] = []
    at = 0
    for word in _WORD.finditer(stretch):
        if at and _stays_apart(stretch[at - 1], stretch[at : word.start()], word.group()):
            characters.append(" ")
            places.append(start + at)
        characters.append(word.group())
        places += range(start + word.start(), start + word.end())
        at = word.end()
    return "".join(characters), places


def _stays_apart(before: str, blanks: str, after: str) -> bool:
    """Tell whether a blank means something: between words of letters, not where a line cuts a number."""
    if "\n" in blanks and _INSIDE_NUMBER.match(before) and _INSIDE_NUMBER.match(after):
        return False
    is_share = before.isdigit() and after[:1] == "%"  # 16.8 %
    return bool(_ASCII_WORD.match(before) and _ASCII_WORD.match(after)) and not is_share
