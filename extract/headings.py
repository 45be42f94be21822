"""Find the six official parts by their titles, whatever their level, numbering or company.

A title counts by its words; its number may be wrong, missing or start again. It may be glued to the
paragraph that follows or to a short answer (六、其他需要报告的事项：无), broken over two lines, or carry the
residue of a template. A title in words of its own counts where it stands in its place, with its number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from extract.formats import official_forms
from extract.labels import half_width, squash

_NUMBERED = re.compile(
    r"(?:(?P<number>[一二三四五六七八九十]{1,2})\s*[、.．,，:：]|第(?P<part>[一二三四五六])部分[、:：]?|"
    r"(?P<digit>[1-9])\s*[、.．])\s*(?P<rest>\S.*)",
    re.DOTALL,
)
_RESIDUE = re.compile(r"\s*\[[^\]]*\]\s*")
_LEAST_FUZZY_SCORE = 86.0
_LEAST_TITLE_CHARS = 4
_MOST_TITLE_CHARS = 40
_MOST_ANSWERED_CHARS = 80
_LEAST_UNNUMBERED_CHARS = 6
_LEAST_GLUED_CHARS = 6
_LEAST_TITLE_OF_SENTENCE_CHARS = 12
SENTENCE_END = "。；;！？!?：:"
_LEAST_SECTIONS_OF_OTHER_FORM = 3
_LEAST_OF_WHOLE_FORM = 5
"""So many parts with their numerals and subjects are the form's, however few bear its titles."""
_ANSWER = re.compile(
    r"[\s。：:、—（(\-]*(?P<said>(?:暂|均|目前|本(?:年度?|机关|单位|部门|[局镇乡委厅办])|我?[局镇乡委厅办])*"
    r"(?:无|没有|未发生|不涉及)(?:此类|该类|相关|其[他它])?(?:情况|事项|内容|需要?(?:报告|说明)的?(?:其[他它])?事项)?)[。）)\s]*$"
)
"""A part that is answered on the line of its title: 六、其他需要报告的事项：无。"""
_GLUED = re.compile(r"\s+\S|[。：:\d]")
"""How the paragraph of a part begins on the line of its title."""
_SHORT_TEXT = re.compile(r"[。：:]\s*(?!单位|续|附)[\u4e00-\u9fff]{2}")
"""六、其他需要报告的事项：未收费; page numbers of a contents list and units of a table are no text."""
_SENTENCE_BEHIND = re.compile(r"(?![的表统如（(])[^\n]{6,}。$")
"""Behind a long title a sentence may begin without a mark: a page joined the two lines."""
_REWORDED = re.compile(
    r"(?:(?P<bracket>[（(])?(?P<number>[一二三四五六])(?(bracket)[）)]|\s*[、.．])\s*)?(?P<title>[^，,。；;：:！!？?\t]{2,25}?)(?:[\s。：:]+(?P<glued>\S.*)?)?"
)
"""六、其他事项, （六）其他需要报告的事项, or a line marked as a heading; perhaps with its text behind it."""
_TITLE_OF_REPORT = re.compile("报告|年报")
_NUMERALS = "一二三四五六"


@dataclass(frozen=True, slots=True)
class Heading:
    """A title found: its official number (None: outside the six), its words, and where it stands.

    `glued` is text of the same line after the title, `before` what stands before it on the line.
    `last_line` differs from `line` where the title is broken. `mark` is the numbering as printed.
    """

    number: int | None
    title: str
    line: int
    last_line: int
    glued: str = ""
    before: str = ""
    mark: str = ""


def plain(line: str) -> str:
    """Return a line without heading marks, TABs and emphasis."""
    return line.lstrip("# \t").replace("**", "").strip()


def find_headings(lines: Sequence[str]) -> list[Heading]:
    """Return the official titles in document order, entries of a table of contents left out."""
    found: list[Heading] = []
    number = 0
    while number < len(lines):
        heading = _heading_at(lines, number)
        if heading:
            found.append(heading)
            number = heading.last_line
        number += 1
    return _with_reworded(_without_sub_headings(_without_contents(found, lines)), lines)


def _heading_at(lines: Sequence[str], number: int) -> Heading | None:
    line = plain(lines[number])
    if len(line) < _LEAST_TITLE_CHARS or lines[number].strip("\t").count("\t"):
        return None
    match = _RESIDUE.match(line)
    before = match[0].strip() if match else ""
    bare = line[match.end() :] if match else line
    numbered = _NUMBERED.match(bare)
    rest = numbered["rest"].strip() if numbered else bare
    heading = None
    if numbered and not numbered["digit"]:
        heading = _numbered_heading(rest, lines, number)
    elif len(bare) <= _MOST_TITLE_CHARS and (numbered or _stands_alone(bare)):
        title = _bare_title(rest)
        heading = Heading(title, rest, number, number) if title else _answered(rest, number, _bare_title)
    mark = (numbered["number"] or numbered["part"] or numbered["digit"]) if numbered else ""
    return replace(heading, before=before, mark=mark) if heading else None


def _stands_alone(text: str) -> bool:
    """Tell whether words are those of a title even without a number (基本情况 may be a menu's)."""
    return len(squash(text)) >= _LEAST_UNNUMBERED_CHARS or squash(text) == "总体情况"


def _numbered_heading(rest: str, lines: Sequence[str], number: int) -> Heading | None:
    """Read a numbered line: a title to the letter, broken over two lines, damaged, or with its text."""
    answered = _answered(rest, number, _damaged_number)
    if answered:
        return answered
    exact = _exact_number(rest)
    joined = None if exact else _next_words(lines, number)
    if joined and len(rest) >= _LEAST_GLUED_CHARS and rest[-1] not in SENTENCE_END:
        whole = rest + plain(lines[joined])
        title = _bare_title(whole)
        if title:
            return Heading(title, whole, number, joined)
    title = exact or _damaged_number(rest)
    return Heading(title, rest, number, number) if title else _glued_heading(rest, number)


def _next_words(lines: Sequence[str], number: int) -> int | None:
    """Return the number of the next line with words, over one blank line at most."""
    for following in range(number + 1, min(number + 3, len(lines))):
        if lines[following].strip():
            return following
    return None


def _bare_title(text: str) -> int | None:
    """Return the number of the official title that `text` is to the letter."""
    squashed = squash(text)
    return next((n for n, names in official_forms().titles if squashed in names), None)


def _exact_number(text: str) -> int | None:
    """Return the number of the official title that `text` is, residue in brackets aside."""
    return _bare_title(re.sub(r"[(][^()]*[)]?$", "", half_width(text)).strip())


def _damaged_number(text: str) -> int | None:
    """Return the number of the official title that a numbered, short line resembles closely."""
    if len(text) > _MOST_TITLE_CHARS or re.search(r"[。；！？]", text):
        return None
    squashed = squash(text)
    scores = {n: max(fuzz.ratio(squashed, name) for name in names) for n, names in official_forms().titles}
    best = max(scores, key=lambda n: scores[n])
    return best if scores[best] >= _LEAST_FUZZY_SCORE else None


def _answered(rest: str, number: int, number_of: Callable[[str], int | None]) -> Heading | None:
    """Read a title that a short answer follows on the same line: 无, 没有, 本年度无此情况."""
    answer = _ANSWER.search(rest) if len(rest) <= _MOST_ANSWERED_CHARS else None
    title = rest[: answer.start()] if answer else ""
    official = number_of(title) if title else None
    return Heading(official, title, number, number, answer["said"]) if answer and official else None


def _glued_heading(rest: str, number: int) -> Heading | None:
    """Read a title that its paragraph follows on the same line."""
    for official, names in official_forms().titles:
        for name in names:
            end = _end_of(name, rest)
            if end is None:
                continue
            tail = rest[end:]
            if _is_glued(tail, name):
                return Heading(official, rest[:end], number, number, tail.lstrip("。：: "))
    return None


def _is_glued(tail: str, name: str) -> bool:
    """Tell whether what follows a title on its line is the text of its part."""
    if _GLUED.match(tail) and len(tail) >= _LEAST_GLUED_CHARS:
        return True
    if _SHORT_TEXT.match(tail):
        return True
    return len(name) >= _LEAST_TITLE_OF_SENTENCE_CHARS and bool(_SENTENCE_BEHIND.match(tail))


def _end_of(name: str, text: str) -> int | None:
    """Return where the squashed `name` ends in `text`, or None where `text` does not begin with it."""
    place = 0
    for end, character in enumerate(text, 1):
        if squash(character):
            if character != name[place]:
                return None
            place += 1
            if place == len(name):
                return end
    return None


def _without_contents(found: list[Heading], lines: Sequence[str]) -> list[Heading]:
    """Drop titles without text below where the same title comes again with text (contents lists)."""
    kept = []
    for place, heading in enumerate(found):
        end = found[place + 1].line if place + 1 < len(found) else len(lines)
        empty = not heading.glued and not any(line.strip() for line in lines[heading.last_line + 1 : end])
        if not (empty and any(later.number == heading.number for later in found[place + 1 :])):
            kept.append(heading)
    return kept


def _without_sub_headings(found: list[Heading]) -> list[Heading]:
    """Drop points of the first part (1.收到和处理…申请情况, 主动公开情况) titled as a later part (三、…)."""
    kept = []
    for place, heading in enumerate(found):
        later = [other for other in found[place + 1 :] if other.number == heading.number]
        is_point = not heading.mark or heading.mark.isdigit()
        is_numbered_later = any(other.mark and not other.mark.isdigit() for other in later)
        if not (is_point and is_numbered_later) and (
            _has_own_numeral(heading) or not any(map(_has_own_numeral, later))
        ):
            kept.append(heading)
    return kept


def _has_own_numeral(heading: Heading) -> bool:
    """Tell a title numbered as the form numbers it: 二、主动公开…, not 一、主动公开情况 in the first part."""
    return heading.number is not None and heading.mark == _NUMERALS[heading.number - 1]


def _with_reworded(found: list[Heading], lines: Sequence[str]) -> list[Heading]:
    """Add the parts whose titles are worded freely: by numeral or level, place, and subject."""
    there = {heading.number for heading in found}
    missing = (number for number in range(1, len(_NUMERALS) + 1) if number not in there)
    more = [heading for number in missing if (heading := _in_its_place(number, found, lines))]
    is_form = len(there) >= _LEAST_SECTIONS_OF_OTHER_FORM or len(there) + len(more) >= _LEAST_OF_WHOLE_FORM
    lines_of_more = [heading.line for heading in more]
    if not is_form or lines_of_more != sorted(lines_of_more):
        return found
    return sorted([*found, *more], key=lambda heading: heading.line)


def _in_its_place(number: int, found: Sequence[Heading], lines: Sequence[str]) -> Heading | None:
    """Return the one line between the parts before and behind that may be the title of a part."""
    before = max((item.last_line for item in found if (item.number or 0) < number), default=-1)
    behind = min((item.line for item in found if (item.number or 0) > number), default=len(lines))
    signs = official_forms().signs[number]
    may_be = [
        Heading(number, match["title"], place, place, match["glued"] or "", mark=match["number"] or "")
        for place in range(before + 1, behind)
        if (match := _REWORDED.fullmatch(plain(lines[place])))
        and (match["number"] == _NUMERALS[number - 1] or (not match["number"] and _is_marked(lines[place])))
        and any(sign in squash(match["title"]) for sign in signs)
        and (not match["bracket"] or _bare_title(match["title"]) == number)
    ]
    return may_be[0] if len(may_be) == 1 else None


def _is_marked(line: str) -> bool:
    """Tell a line that stands out as a heading, and is not the title of the report."""
    return line[:1] == "#" and not _TITLE_OF_REPORT.search(line)


def other_headings(lines: Sequence[str], official: Sequence[Heading]) -> list[Heading]:
    """Find parts outside the six: 七、… after them, or a report's own parts where the six are not used."""
    used = {heading.line for heading in official}
    own: list[Heading] = []
    after = max(used, default=-1) if len(official) >= _LEAST_SECTIONS_OF_OTHER_FORM else -1
    free = len(official) < _LEAST_SECTIONS_OF_OTHER_FORM
    for number, line in enumerate(lines):
        match = _NUMBERED.match(plain(line))
        if not match or not match["number"] or number in used or "\t" in line or number <= after:
            continue
        short = len(match["rest"]) <= _MOST_TITLE_CHARS and match["rest"][-1] not in SENTENCE_END
        if short and (free or match["number"] in ("七", "八", "九", "十")):
            own.append(Heading(None, match["rest"].strip(), number, number, mark=match["number"]))
    return own
