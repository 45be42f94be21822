"""The 通报 as files: DOCX to send, XLSX to work with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from archive.tabular import defused, timeless
from config.bodies import BodyKind
from monitor.coverage import StandingKind
from monitor.matrix import KIND_WORDS
from monitor.notice import FORMER_UNTIL, Line, Notice
from monitor.standing_words import KINDS, chinese_day

BODY_FONT, TITLE_FONT = "仿宋", "黑体"
BODY_PT, TABLE_PT = 14, 10
A4_MM, MARGIN_MM = (210, 297), 20
COLUMNS_MM = {6: (36, 20, 24, 48, 74, 55), 7: (36, 34, 15, 70, 46, 36, 20)}
"""Widths of a table's columns by their number: they fill a wide page."""
LINE_HEADINGS = ("机关", "类别", "期限", "依据", "情况", "证据")
FINDING_HEADINGS = ("机关", "问题", "程度", "说明", "依据", "来源", "编号")
SEVERITIES = {"error": "错误", "warning": "提醒"}
Cells: TypeAlias = Sequence[Sequence[str]]


def write_docx(notice: Notice, target: Path) -> None:
    """Write the 通报 for people, in the fonts that official letters use."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document, tables = Document(), list(_tables(notice))
    _set_fonts(document)
    document.core_properties.created = datetime.combine(notice.on, time(), UTC)
    _set_page(document.sections[0], A4_MM)
    document.add_heading(title_of(notice), 0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for paragraph in (*opening(notice), *_summary(tables), closing(notice)):
        document.add_paragraph(paragraph)
    document.add_paragraph(chinese_day(notice.on)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if tables:
        _set_page(document.add_section(), A4_MM[::-1])
    for heading, remark, headings, cells in tables:
        document.add_heading(f"{heading}（{len(cells)}）", 1)
        if remark:
            document.add_paragraph(remark).paragraph_format.keep_with_next = True
        _add_table(document, headings, cells)
    target.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(target))


def write_xlsx(notice: Notice, target: Path) -> None:
    """Write the same tables as sheets, the overview first."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    overview = book.create_sheet("概况")
    for line in (title_of(notice), *opening(notice), closing(notice)):
        overview.append([defused(line)])
    for heading, remark, headings, cells in _tables(notice):
        sheet = book.create_sheet(heading[:31])
        sheet.append(list(headings))
        for row in cells:
            sheet.append([defused(cell) for cell in row])
        if remark:
            overview.append([heading, remark])
    written = BytesIO()
    book.save(written)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(timeless(written.getvalue()))


def title_of(notice: Notice) -> str:
    """Return the heading of the 通报."""
    return f"关于{notice.year}年度政府信息公开工作年度报告公布情况的通报"


def opening(notice: Notice) -> list[str]:
    """Return the paragraphs before the tables: what was examined, and what it counts up to."""
    total = sum(notice.counts.values())
    told = "，".join(
        f"{word} {notice.counts[kind]} 个" for kind, word in KINDS.items() if notice.counts.get(kind)
    )
    lines = [
        f"{notice.supervisor}：",
        f"截至{chinese_day(notice.on)}，对应公布{notice.year}年度报告的 {total} 个机关进行了核查：{told}。",
    ]
    if notice.waived:
        lines.append(f"另有 {notice.waived} 个机关的问题经核实不予通报，未计入。")
    if notice.unconfirmed:
        lines.append(f"另有 {notice.unconfirmed} 个机关尚待核实，未计入。")
    return lines


def closing(notice: Notice) -> str:
    """Return what is asked for, with a basis that fits the year."""
    asked = "请督促有关机关核实整改，整改后的报告重新公布时应当说明。"
    if notice.year <= FORMER_UNTIL:
        return f"{asked}本年度报告的公布期限适用原《中华人民共和国政府信息公开条例》（国务院令第492号）。"
    return f"依据《中华人民共和国政府信息公开条例》第四十七条，{asked}"


def _summary(tables: Iterable[tuple[str, str, tuple[str, ...], Cells]]) -> Iterable[str]:
    """Return a line that leads to the tables behind the letter."""
    told = "，".join(f"{heading} {len(cells)} 项" for heading, _remark, _headings, cells in tables)
    return [f"详见附表：{told}。"] if told else []


def _tables(notice: Notice) -> Iterable[tuple[str, str, tuple[str, ...], Cells]]:
    """Yield heading, remark, column headings and cells of each table that has rows."""
    custom = "《条例》第四十九条没有规定乡镇、街道、开发区和授权组织的期限，以下依各行所列通知或惯例提醒。"
    for remark, suffix, groups in (("", "", notice.by_law), (custom, "（依通知或惯例）", notice.by_custom)):
        for heading, lines in groups.items():
            if lines:
                yield f"{heading}{suffix}", remark, LINE_HEADINGS, [_cells(line) for line in lines]
    if notice.inconsistencies:
        cells = [[SEVERITIES.get(value, value) for value in astuple(item)] for item in notice.inconsistencies]
        yield "报告内容问题", "", FINDING_HEADINGS, cells
    if notice.undecided:
        remark = "下列机关因网站或文件原因无法查看，不代表没有公布，不作评价。"
        yield (
            KINDS[StandingKind.CANNOT_TELL],
            remark,
            LINE_HEADINGS,
            [_cells(line) for line in notice.undecided],
        )


def _cells(line: Line) -> list[str]:
    kind = KIND_WORDS[BodyKind(line.kind)]
    return [line.name, kind, line.due_on, line.basis, line.words, line.proof]


def _set_fonts(document: Any) -> None:  # noqa: ANN401 - python-docx has no types
    """Set Latin and East Asian font of each style, which Word keeps apart; headings are plain black."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, font, size in (
        ("Normal", BODY_FONT, BODY_PT),
        ("Title", TITLE_FONT, 20),
        ("Heading 1", TITLE_FONT, 15),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        for rule in style.element.findall(f"{qn('w:pPr')}/{qn('w:pBdr')}"):
            rule.getparent().remove(rule)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(attribute), font)
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)


def _set_page(section: Any, size_mm: tuple[int, int]) -> None:  # noqa: ANN401
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.page_width, section.page_height = (Mm(side) for side in size_mm)
    is_wide = size_mm[0] > size_mm[1]
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(MARGIN_MM))


def _add_table(document: Any, headings: Sequence[str], cells: Cells) -> None:  # noqa: ANN401
    """Add a table that fills a wide page: its headings on every page, no row over two."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.autofit = False
    widths = [Mm(width_mm) for width_mm in COLUMNS_MM[len(headings)]]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    rows: Iterable[Sequence[str]] = (headings, *cells)
    for number, row in enumerate(rows):
        line = table.rows[0] if number == 0 else table.add_row()
        mark = OxmlElement("w:tblHeader" if number == 0 else "w:cantSplit")
        line._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no word for it
        for cell, words, width in zip(line.cells, row, widths, strict=True):
            cell.width = width
            run = cell.paragraphs[0].add_run(words)
            run.font.size, run.bold = Pt(TABLE_PT), number == 0


def counts_line(counts: Mapping[str, int]) -> str:
    """Return the counts in one line, for the terminal."""
    return "，".join(f"{word} {counts[kind]}" for kind, word in KINDS.items() if counts.get(kind))
