"""The running text of a document, by code that has no part in reading its tables.

HTML: the markup as a string, cut at its tags, no tree and no spans. PDF: the text in the order in which
pdfium itself gives it. Both are only compared with what the grid says (extract/flow_check.py).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from extract import media
from extract.page_data import unfold
from extract.readers.limits import MAX_PAGES
from extract.readers.wording import clean_keeping_columns

_UNSEEN = re.compile(
    r"<!--.*?-->|<(script|style|title|noscript|select)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_ROW = re.compile(r"<tr\b[^>]*>", re.IGNORECASE)
_ROW_END = re.compile(r"</(?:tr|table)\s*>", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:/?(?:p|div|h\d|li|table|section|article)\b[^>]*|br\b[^>]*)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"[0-9０-９][0-9０-９.,，]*$")
_PLACEHOLDER = "—"
_GAP = "  "


def flow_lines(content: bytes, media_type: str) -> list[str]:
    """Return the lines of a document's running text; none where there is no flow reading of its type."""
    read = _READS.get(media_type)
    return read(content) if read else []


def _html_lines(content: bytes) -> list[str]:
    markup = media.decode(content)
    markup = _UNSEEN.sub(" ", unfold(markup) or markup)
    lines: list[str] = []
    for number, part in enumerate(_ROW.split(markup)):
        row, *rest = _ROW_END.split(part) if number else ("", part)
        lines += [_row_line(row)] if number else []
        lines += [_text(line) for chunk in rest for line in _BREAK.split(chunk)]
    return lines


def _row_line(row: str) -> str:
    """Write the cells of one row on a line; a blank one among numbers keeps its place as a mark."""
    cells = [_text(_BREAK.sub(" ", cell)) for cell in _CELL.split(row)[1:]]
    numbers = [place for place, cell in enumerate(cells) if _NUMBER.match(cell)]
    if numbers:
        between = range(numbers[0], numbers[-1])
        cells = [_PLACEHOLDER if not cell and n in between else cell for n, cell in enumerate(cells)]
    return _GAP.join(cell for cell in cells if cell)


def _text(markup: str) -> str:
    text = html.unescape(_TAG.sub("", markup) if "<" in markup else markup)
    return " ".join(clean_keeping_columns(text).split())


def _pdf_lines(content: bytes) -> list[str]:
    return clean_keeping_columns("\n".join(_pdf_texts(content))).split("\n")


def _pdf_texts(content: bytes) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(min(len(document), MAX_PAGES)):
            page = document[number]
            text_page = page.get_textpage()
            yield text_page.get_text_range()
            text_page.close()
            page.close()
    finally:
        document.close()


_READS: dict[str, Callable[[bytes], list[str]]] = {media.HTML: _html_lines, media.PDF: _pdf_lines}
