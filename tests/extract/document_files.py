"""Write a document of blocks as HTML, DOCX, XLSX or PDF, in the ways that portals and offices do.

`FILES` maps a name to a function of (document, random source) that returns the bytes.
"""

from __future__ import annotations

import html
import io
import random
from collections.abc import Callable

from openpyxl import Workbook

from tests.extract.documents import Block, Cell, Document, Table
from tests.extract.hostile import docx_of, word_body
from tests.extract.readers.drawing import Drawing

Make = Callable[[Document, random.Random], bytes]

# HTML


def page(document: Document, inside: str) -> bytes:
    """Put a body in a page with a portal around it."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{document[0]}</title></head><body>"
        f"<div class='nav'><a href='/'>首页</a> &gt; <a href='/zwgk'>政务公开</a></div>{inside}"
        "<div class='foot'>版权所有 <a href='/about'>关于我们</a></div></body></html>"
    ).encode()


def _html_table(table: Table, write: Callable[[str], str], attributes: str = "border=1") -> str:
    rows = "".join(f"<tr>{''.join(_td(cell, write) for cell in row)}</tr>" for row in table.rows)
    return f"<table {attributes}>{rows}</table>"


def _td(cell: Cell, write: Callable[[str], str]) -> str:
    spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    spans += f' colspan="{cell.cols}"' if cell.cols > 1 else ""
    return f"<td{spans}>{write(cell.text)}</td>"


def _plain(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def html_plain(document: Document, _rng: random.Random) -> bytes:
    """Clean markup."""
    blocks = [
        _html_table(block, _plain) if isinstance(block, Table) else f"<p>{_plain(block)}</p>"
        for block in document[1:]
    ]
    return page(document, f"<h1>{_plain(str(document[0]))}</h1>{''.join(blocks)}")


def html_word(document: Document, rng: random.Random) -> bytes:
    """Pasted from a word processor: a span for every run, numbers cut over spans."""

    def run(text: str) -> str:
        pieces = [html.escape(piece) for piece in _cut(text, rng)]
        return "".join(f'<span lang="EN-US" style="font-family:宋体"><font>{p}</font></span>' for p in pieces)

    def write(text: str) -> str:
        lines = text.split("\n")
        inside = "".join(f'<p class="MsoNormal" align="center">{run(line)}<o:p></o:p></p>' for line in lines)
        return inside if text else '<p class="MsoNormal"><span>&nbsp;</span></p>'

    blocks = [
        _html_table(b, write, 'class="MsoTableGrid"') if isinstance(b, Table) else write(b) for b in document
    ]
    return page(document, f"<div id='zoom'>{''.join(blocks)}</div>")


def _cut(text: str, rng: random.Random) -> list[str]:
    """Cut a text in pieces of random length."""
    pieces, at = [], 0
    while at < len(text):
        size = rng.choice((1, 2, 5, 20))
        pieces.append(text[at : at + size])
        at += size
    return pieces


def html_nested(document: Document, _rng: random.Random) -> bytes:
    """Everything in the cells of a layout table."""
    blocks = "".join(
        f"<tr><td>{_html_table(b, _plain) if isinstance(b, Table) else f'<p>{_plain(b)}</p>'}</td></tr>"
        for b in document
    )
    return page(document, f"<table width='100%'><tr><td>索引号</td></tr>{blocks}</table>")


def html_giant(document: Document, _rng: random.Random) -> bytes:
    """The whole report as the rows of one table, as 洪雅 has it."""
    width = max(block.width for block in document if isinstance(block, Table))
    rows: list[tuple[Cell, ...]] = []
    for block in document:
        if isinstance(block, str):
            rows.append((Cell(block, 1, width),))
            continue
        missing = width - block.width
        for row, places in zip(block.rows, block.places(), strict=True):
            ends = places and places[-1][0] + places[-1][1].cols == block.width
            last = Cell(row[-1].text, row[-1].rows, row[-1].cols + missing) if row else None
            rows.append((*row[:-1], last) if missing and ends and last else row)
    return page(document, _html_table(Table(tuple(rows)), _plain))


# DOCX


def docx(document: Document, rng: random.Random) -> bytes:
    """Paragraphs and tables with gridSpan and vMerge, numbers cut over runs."""
    return docx_of(word_body("".join(_docx_block(block, rng) for block in document)))


def _docx_block(block: Block, rng: random.Random) -> str:
    if isinstance(block, str):
        return _docx_text(block, rng)
    places = block.places()
    grid = "<w:gridCol w:w='600'/>" * block.width
    rows = []
    for number in range(len(block.rows)):
        cells = {column: (cell, True) for column, cell in places[number]}
        for above in range(number):
            spanning = {column: (c, False) for column, c in places[above] if above + c.rows > number}
            cells.update(spanning)
        rows.append("".join(_docx_cell(*cells[column], rng) for column in sorted(cells)))
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def _docx_cell(cell: Cell, begins: bool, rng: random.Random) -> str:
    spans = f'<w:gridSpan w:val="{cell.cols}"/>' if cell.cols > 1 else ""
    if cell.rows > 1:
        spans += '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    text = _docx_text(cell.text if begins else "", rng)
    return f"<w:tc><w:tcPr>{spans}</w:tcPr>{text}</w:tc>"


def _docx_text(text: str, rng: random.Random) -> str:
    runs = [
        "<w:br/>".join(f'<w:t xml:space="preserve">{html.escape(part)}</w:t>' for part in piece.split("\n"))
        for piece in _cut(text, rng)
    ]
    return f"<w:p>{''.join(f'<w:r>{run}</w:r>' for run in runs)}</w:p>"


# XLSX


def xlsx(document: Document, rng: random.Random) -> bytes:
    """One sheet; numbers as numbers or as text."""
    book = Workbook()
    sheet, row = book.active, 1
    for block in document:
        if isinstance(block, str):
            sheet.cell(row, 1, block)
            row += 2
            continue
        for offset, cells in enumerate(block.places()):
            for column, cell in cells:
                first, left = row + offset, column + 1
                sheet.cell(first, left, _stored(cell.text, rng))
                if cell.rows > 1 or cell.cols > 1:
                    area = {"end_row": first + cell.rows - 1, "end_column": left + cell.cols - 1}
                    sheet.merge_cells(start_row=first, start_column=left, **area)
        row += len(block.rows) + 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _stored(text: str, rng: random.Random) -> object:
    if not text or rng.random() < 0.3:
        return text or None
    try:
        return int(text) if text.isascii() and str(int(text)) == text else float(text)
    except ValueError:
        return text


# PDF

LEFT, RIGHT, TOP, BOTTOM = 50.0, 545.0, 60.0, 780.0
SIZE, PITCH, PAD = 8.0, 10.0, 2.0
NARROW_LABELS = {10: (30.0, 34.0, 150.0)}
"""Widths of the label columns of table 3; the others share what is left."""


class _Sheet:
    """A PDF in the making, with the height that is used on its page."""

    def __init__(self, *, with_rules: bool) -> None:
        self.drawing, self.y, self.with_rules = Drawing(), TOP, with_rules

    def room(self, height: float) -> None:
        """Begin a page where `height` is not left on this one."""
        if self.y + height > BOTTOM:
            self.drawing.next_page()
            self.y = TOP

    def write(self, text: str) -> None:
        """Write a paragraph."""
        per_line = int((RIGHT - LEFT) / 11)
        for start in range(0, len(text), per_line):
            self.room(18)
            self.drawing.text(LEFT, self.y + 12, text[start : start + per_line], 10.5)
            self.y += 18
        self.y += 4

    def table(self, table: Table) -> None:
        """Draw a table; rows that do not fit begin a page, and what spans them goes on there."""
        xs = _columns(table.width)
        places = table.places()
        heights = _heights(table, places, xs)
        start = 0
        while start < len(places):
            self.room(sum(heights[start : start + 1]))
            end, used = start, 0.0
            while end < len(places) and self.y + used + heights[end] <= BOTTOM:
                used += heights[end]
                end += 1
            self._rows(places, (start, max(end, start + 1)), heights, xs)
            start = max(end, start + 1)
        self.y += 8

    def _rows(
        self,
        places: list[list[tuple[int, Cell]]],
        part: tuple[int, int],
        heights: list[float],
        xs: list[float],
    ) -> None:
        start, end = part
        tops = [self.y + sum(heights[start:number]) for number in range(start, end + 1)]
        for number in range(end):
            for column, cell in places[number]:
                first, last = max(number, start), min(number + cell.rows, end)
                if first >= last:
                    continue
                box = (xs[column], tops[first - start], xs[column + cell.cols], tops[last - start])
                self._cell(box, cell.text if number >= start else "")
        self.y = tops[-1]

    def _cell(self, box: tuple[float, float, float, float], text: str) -> None:
        x0, top, x1, bottom = box
        if self.with_rules:
            for line in (
                (x0, top, x1, top),
                (x0, bottom, x1, bottom),
                (x0, top, x0, bottom),
                (x1, top, x1, bottom),
            ):
                self.drawing.line(*line)
        lines = _wrapped(text, x1 - x0)
        y = (top + bottom) / 2 - PITCH * len(lines) / 2
        for number, line in enumerate(lines):
            width = _text_width(line)
            self.drawing.text((x0 + x1 - width) / 2, y + PITCH * number + SIZE, line, SIZE)


def _columns(width: int) -> list[float]:
    labels = NARROW_LABELS.get(width, (120.0,) if 1 < width < 10 else ())
    rest = (RIGHT - LEFT - sum(labels)) / (width - len(labels))
    xs = [LEFT]
    for size in (*labels, *[rest] * (width - len(labels))):
        xs.append(xs[-1] + size)
    return xs


def _heights(table: Table, places: list[list[tuple[int, Cell]]], xs: list[float]) -> list[float]:
    heights = [PITCH + 2 * PAD] * len(table.rows)
    for number, row in enumerate(places):
        for column, cell in row:
            lines = len(_wrapped(cell.text, xs[column + cell.cols] - xs[column]))
            own = slice(number, number + cell.rows)
            missing = lines * PITCH + 2 * PAD - sum(heights[own])
            if missing > 0:
                heights[own] = [height + missing / len(heights[own]) for height in heights[own]]
    return heights


def _text_width(text: str) -> float:
    return sum(SIZE if ord(c) > 0x2000 else SIZE / 2 for c in text)


def _wrapped(text: str, width: float) -> list[str]:
    lines = []
    for part in text.split("\n"):
        line = ""
        for character in part:
            if line and _text_width(line + character) > width - 2 * PAD:
                lines.append(line)
                line = ""
            line += character
        lines.append(line)
    return lines


def pdf(document: Document, _rng: random.Random) -> bytes:
    """A table with all its rules, over as many pages as it takes."""
    return _pdf(document, with_rules=True)


def pdf_without_rules(document: Document, _rng: random.Random) -> bytes:
    """The same without a single rule."""
    return _pdf(document, with_rules=False)


def _pdf(document: Document, *, with_rules: bool) -> bytes:
    sheet = _Sheet(with_rules=with_rules)
    sheet.drawing.centred(TOP, str(document[0]), 16)
    sheet.y = TOP + 30
    for block in document[1:]:
        if isinstance(block, Table):
            sheet.table(block)
        else:
            sheet.write(block)
    return sheet.drawing.pdf()


HTML: dict[str, Make] = {
    "html plain": html_plain, "html word": html_word, "html nested": html_nested, "html giant": html_giant,
}  # fmt: skip
OFFICE: dict[str, Make] = {"docx": docx, "xlsx": xlsx}
PDF: dict[str, Make] = {"pdf": pdf, "pdf without rules": pdf_without_rules}
FILES = HTML | OFFICE | PDF
