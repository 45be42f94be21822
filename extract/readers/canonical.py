"""Write blocks as the normalized text (docs/normalized-text.md): title, headings, lines, tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.errors import TooLarge
from extract.model import Anchor, CellKey, NormalizedText, Problem
from extract.readers.blocks import Block, Paragraph, Picture, Table
from extract.readers.limits import MAX_BLOCKS, MAX_HINT_CHARS
from extract.readers.title_lines import TitleChoice, choose_title
from extract.readers.titles_in_text import heading_level, section_number

TABLE_SECTIONS = {
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、行政复议、行政诉讼情况",
}
"""The official sections that hold a table."""
_FEW_CHARS = 200


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader knows beside the blocks; `title` is the one given outside the report's text."""

    media_type: str
    reader: str
    version: int
    title: str = ""
    problems: tuple[Problem, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)


def compose(blocks: Sequence[Block], source: Source) -> NormalizedText:
    """Write `blocks` in the one form; raises UnreadableDocument where there are too many."""
    if len(blocks) > MAX_BLOCKS:
        raise TooLarge(f"文档有 {len(blocks)} 个段落，超过上限 {MAX_BLOCKS}")
    choice = choose_title(blocks, source.title)
    writer = _Writer()
    writer.write_title(choice)
    for number, block in enumerate(blocks):
        if number not in choice.used:
            writer.write(block)
    hints = {key: value[:MAX_HINT_CHARS] for key, value in source.hints.items() if value}
    problems = (*source.problems, *choice.problems, *picture_problems(blocks))
    return NormalizedText(
        text=writer.text(),
        media_type=source.media_type,
        reader=source.reader,
        version=source.version,
        anchors=writer.anchors,
        problems=problems,
        hints=hints,
    )


class _Writer:
    """Collects lines and their anchors; a table is set off by blank lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.anchors: dict[CellKey, Anchor] = {}

    def text(self) -> str:
        while self.lines and not self.lines[-1]:
            self.lines.pop()
        return "\n".join(self.lines) + "\n"

    def write_title(self, choice: TitleChoice) -> None:
        if choice.title:
            self._add(f"# {choice.title}", choice.anchor)

    def write(self, block: Block) -> None:
        if isinstance(block, Table):
            self._write_table(block)
        elif isinstance(block, Paragraph) and block.text:
            level = heading_level(block.text)
            text = "＃" + block.text[1:] if block.text.startswith("#") else block.text
            self._add(f"{'#' * level} {text}" if level else text, block.anchor)

    def _add(self, line: str, anchor: Anchor | None) -> None:
        if anchor:
            self.anchors[len(self.lines), 0] = anchor
        self.lines.append(line)

    def _write_table(self, table: Table) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")
        for row in table.rows:
            for place, cell in enumerate(row):
                if cell and cell.anchor:
                    self.anchors[len(self.lines), place] = cell.anchor
            self.lines.append("\t".join(cell.text if cell else "" for cell in row))
        self.lines.append("")


def picture_problems(blocks: Sequence[Block]) -> list[Problem]:
    """Find official tables that are only a picture, and documents that are only pictures."""
    section = 0
    seen: dict[int, set[type]] = {number: set() for number in range(7)}
    chars = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            section = section_number(block.text) or section
            chars += len(block.text)
        seen[section].add(type(block))
    pictured = [name for n, name in TABLE_SECTIONS.items() if Picture in seen[n] and Table not in seen[n]]
    if pictured:
        return [Problem("tables_as_image", "只有图片，没有表格：" + "；".join(pictured))]
    if Picture in seen[0] and chars < _FEW_CHARS and not any(Table in kinds for kinds in seen.values()):
        return [Problem("text_as_image", f"正文以图片形式发布（文字仅 {chars} 字）")]
    return []
