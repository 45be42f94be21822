"""Pages of a PDF as pdfplumber (pdfminer.six) reads them. pdfium's reading shares no code with it."""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Iterable, Iterator
from typing import Any

from extract.errors import EncryptedDocument, TooLarge, UnreadableDocument
from extract.readers.limits import MAX_PAGES, MAX_RULES_PER_PAGE
from extract.readers.paged import Box, Char, Page, Rule, check_char_count, is_finite
from extract.readers.path_rules import area_rules, polyline_rules

_UNMAPPED = "(cid:"
REPLACEMENT = "\ufffd"


def pages(content: bytes) -> Iterator[Page]:
    """Yield the pages; raises EncryptedDocument where the empty password does not open it."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every font without a box
    try:
        document = pdfplumber.open(io.BytesIO(content))
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise EncryptedDocument("PDF 有密码保护，无法打开") from error
        raise UnreadableDocument("PDF 结构损坏或文件不完整") from error
    with document:
        if len(document.pages) > MAX_PAGES:
            raise TooLarge(f"PDF 有 {len(document.pages)} 页，超过上限 {MAX_PAGES}")
        for number, page in enumerate(document.pages, 1):
            yield _page(page, number)
            page.close()


def _page(page: Any, number: int) -> Page:  # noqa: ANN401 - pdfplumber has no types for its objects
    left, top, right, bottom = page.bbox
    objects = page.objects
    check_char_count(len(objects.get("char", ())), number)
    move = (left, top)
    return Page(
        number=number,
        width=float(right - left),
        height=float(bottom - top),
        chars=list(_chars(objects.get("char", ()), move)),
        rules=list(_rules(objects, move))[:MAX_RULES_PER_PAGE],
        pictures=[_box(image, move) for image in objects.get("image", ())],
    )


def _chars(chars: Iterable[dict[str, Any]], move: tuple[float, float]) -> Iterator[Char]:
    for char in chars:
        box = _box(char, move)
        if is_finite(*box):
            text = REPLACEMENT if char["text"].startswith(_UNMAPPED) else char["text"]
            a, b = char["matrix"][:2]
            yield Char(text, *box, 0 if not b and a >= 0 else round(math.degrees(math.atan2(b, a))))


def _rules(objects: dict[str, list[dict[str, Any]]], move: tuple[float, float]) -> Iterator[Rule]:
    for kind in ("rect", "line", "curve"):
        for drawn in objects.get(kind, ()):
            box = _box(drawn, move)
            if not is_finite(*box):
                continue
            if kind == "curve":
                points = [(x - move[0], y - move[1]) for x, y in drawn["pts"]]
                yield from polyline_rules(points, stroked=bool(drawn["stroke"]), filled=bool(drawn["fill"]))
            elif drawn["stroke"] or drawn["fill"]:
                yield from area_rules(box, stroked=bool(drawn["stroke"]), thin_only=kind == "line")
    for image in objects.get("image", ()):
        yield from area_rules(_box(image, move), stroked=False, thin_only=True)


def _box(drawn: dict[str, Any], move: tuple[float, float]) -> Box:
    return (
        float(drawn["x0"] - move[0]),
        float(drawn["top"] - move[1]),
        float(drawn["x1"] - move[0]),
        float(drawn["bottom"] - move[1]),
    )
