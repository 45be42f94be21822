"""Pages of a PDF as pdfium reads them, through pypdfium2's raw interface: the fast source.

pdfium gives boxes in the page's own space (y up, before its rotation); they are moved to the displayed
page here. Blanks that pdfium makes up from gaps are left out: gaps are judged by our own code.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

from extract.errors import EncryptedDocument, TooLarge, UnreadableDocument
from extract.readers.limits import MAX_DEPTH, MAX_PAGES, MAX_RULES_PER_PAGE
from extract.readers.paged import Box, Char, Page, Rule, check_char_count, is_finite
from extract.readers.path_rules import area_rules, polyline_rules

_Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_Mover: TypeAlias = Callable[[float, float, float, float], Box]

_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_REPLACEMENT = "\ufffd"
_ASCENT = 0.88
"""Share of the font's size above the baseline, for CJK fonts."""
_HYPHENS = frozenset({0x02, 0xFFFE})
_BLANKS = frozenset({0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x3000})
_MOST_FORM_DEPTH = MAX_DEPTH // 20


def pages(content: bytes) -> Iterator[Page]:
    """Yield the pages; raises EncryptedDocument where the empty password does not open it."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedDocument("PDF 有密码保护，无法打开") from error
        raise UnreadableDocument("PDF 结构损坏或文件不完整") from error
    try:
        if len(document) > MAX_PAGES:
            raise TooLarge(f"PDF 有 {len(document)} 页，超过上限 {MAX_PAGES}")
        for number in range(len(document)):
            page = document[number]
            try:
                yield _page(page, number + 1)
            finally:
                page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument("PDF 页面损坏，无法读取") from error
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage, number: int) -> Page:
    width, height = page.get_size()
    move = _mover(page)
    text_page = page.get_textpage()
    try:
        check_char_count(text_page.count_chars(), number)
        chars = list(_Glyphs(text_page.raw, move, page.get_rotation()).chars())
    finally:
        text_page.close()
    found = _Drawn(move)
    found.add_objects(page.raw, _IDENTITY, 0)
    return Page(number, float(width), float(height), chars, found.rules, found.pictures)


def _mover(page: pypdfium2.PdfPage) -> _Mover:
    """Return the map from a box of the page's space (left, bottom, right, top) to the displayed page."""
    left, bottom, right, top = page.get_cropbox()
    rotation = page.get_rotation()
    if rotation == 90:
        return lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if rotation == 180:
        return lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom)
    if rotation == 270:
        return lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0)
    return lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0)


class _Glyphs:
    """Reads the characters of one page. Boxes of a line of writing share its baseline and its height.

    pdfium's own boxes follow the glyph where a font states no ascent, so that 一 and 国 on one line
    would have different middles; the baseline and the size of the font do not differ.
    """

    def __init__(self, text_page: Any, move: _Mover, rotation: int) -> None:  # noqa: ANN401 - a ctypes pointer
        self._page = text_page
        self._move = move
        self._rotation = rotation
        self._baseline = math.nan
        self._size = 0.0

    def chars(self) -> Iterator[Char]:
        """Yield the characters in the order of the file."""
        page, rect = self._page, pdfium.FS_RECTF()
        at = ctypes.byref(rect)
        for index in range(pdfium.FPDFText_CountChars(page)):
            code = pdfium.FPDFText_GetUnicode(page, index)
            if code in _BLANKS and pdfium.FPDFText_IsGenerated(page, index) == 1:
                continue
            if not pdfium.FPDFText_GetLooseCharBox(page, index, at):
                continue
            box = self._move(rect.left, rect.bottom, rect.right, rect.top)
            degrees = -round(math.degrees(pdfium.FPDFText_GetCharAngle(page, index))) - self._rotation
            if degrees % 360 == 0:
                box = self._on_baseline(index, box)
            if is_finite(*box):
                yield Char(_text(page, index, code), *box, degrees % 360)

    def _on_baseline(self, index: int, box: Box) -> Box:
        x, y = ctypes.c_double(), ctypes.c_double()
        if not pdfium.FPDFText_GetCharOrigin(self._page, index, x, y):
            return box
        baseline = self._move(x.value, y.value, x.value, y.value)[1]
        if baseline != self._baseline:
            self._baseline, self._size = baseline, self._font_size(index) or box[3] - box[1]
        return (box[0], baseline - _ASCENT * self._size, box[2], baseline + (1 - _ASCENT) * self._size)

    def _font_size(self, index: int) -> float:
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(self._page, index, matrix):
            return 0.0
        return float(pdfium.FPDFText_GetFontSize(self._page, index)) * math.hypot(matrix.c, matrix.d)


def _text(text_page: Any, index: int, code: int) -> str:  # noqa: ANN401
    """Return the character; U+FFFD where the font has no mapping, so that no digit is ever guessed."""
    if code in _HYPHENS:
        return "-"
    if not 0x1F < code < 0x110000 or pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1:
        return _REPLACEMENT
    return chr(code)


class _Drawn:
    """Collects rules and pictures from a page's objects, those of nested forms included."""

    def __init__(self, move: _Mover) -> None:
        self.rules: list[Rule] = []
        self.pictures: list[Box] = []
        self._move = move

    def add_objects(self, page: Any, matrix: _Matrix, depth: int) -> None:  # noqa: ANN401
        """Add the objects of a page (depth 0) or of a form drawn through `matrix`."""
        count = pdfium.FPDFFormObj_CountObjects(page) if depth else pdfium.FPDFPage_CountObjects(page)
        get = pdfium.FPDFFormObj_GetObject if depth else pdfium.FPDFPage_GetObject
        for index in range(count):
            if len(self.rules) >= MAX_RULES_PER_PAGE:
                return
            drawn = get(page, index)
            kind = pdfium.FPDFPageObj_GetType(drawn)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._add_path(drawn, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._add_picture(drawn, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MOST_FORM_DEPTH:
                self.add_objects(drawn, _product(_matrix_of(drawn), matrix), depth + 1)

    def _add_path(self, drawn: Any, matrix: _Matrix) -> None:  # noqa: ANN401
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
        if not fill.value and not stroke.value:
            return
        whole = _product(_matrix_of(drawn), matrix)
        for points in _subpaths(drawn):
            moved = [self._point(x, y, whole) for x, y in points]
            if all(is_finite(*point) for point in moved):
                self.rules.extend(polyline_rules(moved, stroked=bool(stroke.value), filled=bool(fill.value)))

    def _add_picture(self, drawn: Any, matrix: _Matrix) -> None:  # noqa: ANN401
        a, b, c, d, e, f = _product(_matrix_of(drawn), matrix)
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        box = self._move(min(xs), min(ys), max(xs), max(ys))
        if is_finite(*box):
            self.pictures.append(box)
            self.rules.extend(area_rules(box, stroked=False, thin_only=True))

    def _point(self, x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
        a, b, c, d, e, f = matrix
        px, py = a * x + c * y + e, b * x + d * y + f
        return self._move(px, py, px, py)[:2]


def _subpaths(drawn: Any) -> Iterator[list[tuple[float, float]]]:  # noqa: ANN401
    """Yield the corners of each part of a path; a closed part ends where it began."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(drawn), MAX_RULES_PER_PAGE)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            if points:
                yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _matrix_of(drawn: Any) -> _Matrix:  # noqa: ANN401
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, matrix):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _product(first: _Matrix, second: _Matrix) -> _Matrix:
    """Return the matrix that applies `first`, then `second`."""
    if second is _IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
