"""Find the report's title among the first lines, also where it is broken over several.

The text's own title wins over the one given outside it (meta tag, heading of the page) unless the two
name different years: then the page's stays, the other remains a line of the text, and a problem says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.model import Anchor, Problem
from extract.readers.blocks import Block, Paragraph
from extract.readers.titles_in_text import is_title, section_number, years_in

_SEARCHED_BLOCKS = 30
_MOST_LINES = 4
_MOST_LINE_CHARS = 60
_LABEL = re.compile(r"[：:]|[。；！？]|发布|来源|浏览|字号|打印|分享|索引号|首页|当前位置|^附件|关闭|目\s*录")
_BODY_END = re.compile(
    r"(?:政府|办公[厅室]|[局委厅办院处站所队]|街道|[镇乡县市区州盟旗]|委员会|中心|公司|管委会|学校|集团)$"
)
_NO_NAME = re.compile(r"解读|图解|首页|网站|报表|栏目|专栏|年报$|报告$|公开$")
"""Links of a menu that may stand right above a title."""
_NO_BODY = re.compile(r"^(?:关于)?(?:[12２１二]|政[府务]信息|政务公开|信息公开|年度|工作)")
_TAIL = re.compile(r"^[（(]?\s*(?:\d{4}|[〇零○一二三四五六七八九]{4})\s*年度?\s*[)）]?$")


@dataclass(frozen=True, slots=True)
class TitleChoice:
    """The title to write, its place, and the numbers of the blocks that it uses up."""

    title: str
    anchor: Anchor | None = None
    used: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = ()


def choose_title(blocks: Sequence[Block], given: str) -> TitleChoice:
    """Choose between the title in the text and the one `given` outside it."""
    own = _find_title(blocks)
    if own is None:
        return _drop_repeated(blocks, given)
    ours, theirs = years_in(own.title), years_in(given)
    if is_title(given) and theirs and ours and not ours & theirs:
        detail = f"网页标题为“{given}”，正文标题为“{own.title}”"
        return TitleChoice(given, problems=(Problem("title_conflict", detail),))
    if is_title(given) and theirs and not ours:
        return _drop_repeated(blocks, given)  # the name of the column, or a menu
    if is_title(given) and own.title.replace(" ", "") in given.replace(" ", ""):
        return TitleChoice(given, own.anchor, own.used)
    return own


def _drop_repeated(blocks: Sequence[Block], given: str) -> TitleChoice:
    """Keep `given`; a first line that only repeats it is not written twice."""
    for number, block in enumerate(blocks[:_SEARCHED_BLOCKS]):
        if given and isinstance(block, Paragraph) and block.text.replace(" ", "") == given.replace(" ", ""):
            return TitleChoice(given, block.anchor, frozenset({number}))
    return TitleChoice(given)


def _find_title(blocks: Sequence[Block]) -> TitleChoice | None:
    """Find the first title that names a year, else the first: a column is called 政府信息公开年报, too."""
    undated = None
    for start, block in enumerate(blocks[:_SEARCHED_BLOCKS]):
        if isinstance(block, Paragraph) and section_number(block.text) == 1:
            break
        found = _title_from(blocks, start)
        if found and years_in(found.title):
            return found
        undated = undated or found
    return undated


def _title_from(blocks: Sequence[Block], start: int) -> TitleChoice | None:
    """Find a title in the lines from `start` on."""
    for count in range(1, _MOST_LINES + 1):
        lines = _title_lines(blocks, start, count)
        if lines is None or _begins_before(lines):
            return None
        if is_title("".join(line.text for line in lines)):
            return _widen(blocks, start, start + count)
    return None


def _begins_before(lines: Sequence[Paragraph]) -> bool:
    """Tell whether a title is whole without its first line, and that is no body: a menu, a label."""
    if len(lines) < 2 or not is_title("".join(line.text for line in lines[1:])):
        return False
    return bool(_NO_NAME.search(lines[0].text)) or not (
        lines[0].prominent or _BODY_END.search(lines[0].text) or years_in(lines[0].text)
    )


def _title_lines(blocks: Sequence[Block], start: int, count: int) -> list[Paragraph] | None:
    lines = [block for block in blocks[start : start + count] if isinstance(block, Paragraph)]
    if len(lines) < count or not all(_may_be_part(line) for line in lines[:-1]):
        return None
    return lines


def _may_be_part(line: Paragraph) -> bool:
    return 0 < len(line.text) <= _MOST_LINE_CHARS and not _LABEL.search(line.text)


def _widen(blocks: Sequence[Block], start: int, end: int) -> TitleChoice:
    """Take in the body's name on a line before the title, and the year on a line after it."""
    lines = [block for block in blocks[start:end] if isinstance(block, Paragraph)]
    while start > 0 and len(lines) < _MOST_LINES and _NO_BODY.match(lines[0].text):
        before = blocks[start - 1]
        if not isinstance(before, Paragraph) or not _may_be_part(before):
            break
        if _NO_NAME.search(before.text) or not (before.prominent or _BODY_END.search(before.text)):
            break
        lines.insert(0, before)
        start -= 1
    after = blocks[end] if end < len(blocks) else None
    if isinstance(after, Paragraph) and _TAIL.match(after.text):
        lines.append(after)
        end += 1
    title = "".join(line.text for line in lines)
    return TitleChoice(title, lines[0].anchor, frozenset(range(start, end)))
