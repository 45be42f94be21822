"""A sample report as a DOCX file, with merged cells and page numbers as offices make them."""

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

BODY_FONT, HEADING_FONT, TABLE_FONT = "Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Serif CJK SC"


def write_docx(report, path):
    """Write the report to `path`."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = (
        Cm(2.8),
        Cm(2.6),
        Cm(3.2),
        Cm(2.8),
    )
    _add_page_number(page.footer.paragraphs[0])
    _add_paragraph(document, report.title, HEADING_FONT, 20, centred=True)
    for block in report.blocks:
        if block.kind == "table":
            _add_table(document, block.rows)
        else:
            font = BODY_FONT if block.kind == "paragraph" else HEADING_FONT
            _add_paragraph(document, block.text, font, 15)
    document.core_properties.title = report.title
    document.core_properties.author = "nianbao"
    document.save(str(path))


def _add_paragraph(document, text, font, size, *, centred=False):
    paragraph = document.add_paragraph()
    _set_font(paragraph.add_run(text), font, size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    paragraph.paragraph_format.space_after = Pt(2)


def _add_table(document, rows):
    width = sum(cell.columns for cell in rows[0])
    table = document.add_table(rows=len(rows), cols=width)
    table.style = "Table Grid"
    taken = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            taken |= {(y + dy, x + dx) for dy in range(cell.rows) for dx in range(cell.columns)}
            _write_cell(table, cell, y, x)
    if width == 10:
        _set_widths(table, (1.5, 1.7, 4.2, *[1.15] * 7))
    document.add_paragraph()


def _write_cell(table, cell, y, x):
    target = table.cell(y, x)
    if cell.rows > 1 or cell.columns > 1:
        target = target.merge(table.cell(y + cell.rows - 1, x + cell.columns - 1))
    paragraph = target.paragraphs[0]
    _set_font(paragraph.add_run(cell.text), TABLE_FONT, 10)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _set_widths(table, widths_cm):
    table.autofit = False
    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)
    for properties in table._tbl.iter(qn("w:tcW")):
        properties.set(qn("w:type"), "auto")


def _set_font(run, font, size):
    run.font.size = Pt(size)
    run.font.name = font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _add_page_number(paragraph):
    """Write `— N —` as a field, which is not a part of the report's text."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._element.append(element)
    paragraph.add_run(" —")
