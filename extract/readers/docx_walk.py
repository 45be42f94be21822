"""The body of a DOCX in document order: paragraphs, tables at cell level, text boxes, pictures.

Read as Word shows it with all changes accepted: insertions kept, deletions and hidden text dropped,
results of fields kept, automatic numbers written out. Bookmarks and field codes are not text.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from extract.errors import TooLarge, UnreadableDocument
from extract.model import Anchor
from extract.readers.blocks import Block, Paragraph, Picture
from extract.readers.docx_markup import Names
from extract.readers.docx_numbering import Numbering
from extract.readers.docx_tables import Columns, place_cells
from extract.readers.limits import MAX_BLOCKS, MAX_DEPTH
from extract.readers.table_layout import GridRow, Placed, RawCell, lay_out
from extract.readers.wording import clean

_PICTURES = frozenset({"drawing", "pict", "object"})
_MARKS = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_PICTURE_ELEMENTS = ("}blip", "}imagedata", "}OLEObject", "}chart")
_SMALL_PICTURE_EMU = 600_000
"""1.7 cm: seals and icons are bigger or smaller, but no readable table is smaller."""


class BodyWalk:
    """One walk over word/document.xml; blocks come out with `p[N]` and `table[N]/tr[R]/tc[C]`."""

    def __init__(self, root: Element, numbering: Numbering, skipped_styles: frozenset[str]) -> None:
        """Take the part's root; `skipped_styles` are those of a table of contents."""
        names = self._names = Names(root)
        self._numbering = numbering
        self._skipped_styles = skipped_styles
        self._numbers = {
            element: number
            for local in ("p", "tbl")
            for number, element in enumerate(root.iter(names.tag(local)), 1)
        }
        self._depth = 0
        self._count = 0

    def blocks(self, container: Element) -> Iterator[Block]:
        """Yield what `container` (body, cell, text box) holds; raises UnreadableDocument beyond limits."""
        self._depth += 1
        if self._depth > MAX_DEPTH // 8:
            raise UnreadableDocument("文档嵌套过深")
        for child in self._names.children(container):
            self._count += 1
            if self._count > MAX_BLOCKS:
                raise TooLarge(f"文档段落过多，超过上限 {MAX_BLOCKS}")
            local = self._names.local(child)
            if local == "p":
                yield from self._paragraph(child)
            elif local == "tbl":
                yield from self._table(child)
        self._depth -= 1

    def _paragraph(self, element: Element) -> Iterator[Block]:
        names = self._names
        style = names.value(element, "pPr", "pStyle") or ""
        if style in self._skipped_styles:
            return
        attached: list[Block] = []
        text = "".join(self._texts(element, attached))
        if text.strip():
            text = self._numbering.label(element, names) + text
        anchor = Anchor(locator=f"p[{self._numbers.get(element, 0)}]")
        prominent = names.value(element, "pPr", "jc") == "center" or style.lower().startswith("title")
        for line in clean(text).split("\n"):
            if line.strip():
                yield Paragraph(line.strip(), anchor, prominent)
        yield from attached

    def _texts(self, element: Element, attached: list[Block]) -> Iterator[str]:
        """Yield the pieces of text below a paragraph; boxes and pictures go to `attached`."""
        for child in self._names.children(element):
            local = self._names.local(child)
            if local == "r" and not self._names.is_on(child, "rPr", "vanish"):
                yield from self._run(child, attached)
            elif local in {"dir", "bdo", "subDoc"}:
                yield from self._texts(child, attached)
            elif local == "" and child.tag.endswith(("}oMath", "}oMathPara")):
                yield from (node.text or "" for node in child.iter() if str(node.tag).endswith("}t"))

    def _run(self, run: Element, attached: list[Block]) -> Iterator[str]:
        names = self._names
        for child in names.children(run):
            local = names.local(child)
            if local == "t":
                yield child.text or ""
            elif local in _MARKS:
                yield _MARKS[local]
            elif local == "br":
                yield "" if names.value(child, attribute="type") in {"page", "column"} else "\n"
            elif local == "sym":
                yield _symbol(names.value(child, attribute="char"))
            elif local == "ruby":
                base = names.find(child, "rubyBase")
                yield from self._texts(base, attached) if base is not None else ()
            elif local in _PICTURES:
                attached.extend(self._drawn(child))

    def _drawn(self, element: Element) -> Iterator[Block]:
        """Yield the content of text boxes, or the picture where there are none."""
        boxes = list(element.iter(self._names.tag("txbxContent")))
        for box in boxes:
            yield from self.blocks(box)
        if not boxes and _is_picture(element):
            yield Picture()

    def _table(self, element: Element) -> Iterator[Block]:
        names = self._names
        number = self._numbers.get(element, 0)
        columns = Columns(element, names)
        rows: list[GridRow] = []
        for r, row in enumerate(_of(names, element, "tr"), 1):
            properties = names.find(row, "trPr")
            if properties is not None and names.find(properties, "del") is not None:
                continue
            cells = list(_of(names, row, "tc"))
            own: dict[int, RawCell] = {}
            for c, column in place_cells(row, cells, names):
                cell = RawCell(f"table[{number}]/tr[{r}]/tc[{c + 1}]")
                cell.blocks = [Placed(block, cells[c]) for block in self.blocks(cells[c])]
                snapped = columns.snapped(column)
                own[column if snapped in own else snapped] = cell
            rows.append(GridRow(own, alone=len(cells) == 1))
        yield from (placed.block for placed in lay_out(rows, element))


def _of(names: Names, element: Element, local: str) -> Iterator[Element]:
    return (child for child in names.children(element) if names.local(child) == local)


def _symbol(code: str | None) -> str:
    """Return the character of a symbol font; what has no meaning outside the font is U+FFFD."""
    try:
        value = int(code or "", 16)
    except ValueError:
        return "\ufffd"
    return "\ufffd" if 0xE000 <= value <= 0xF8FF or value > 0x10FFFF else chr(value)


def _is_picture(element: Element) -> bool:
    if not any(str(node.tag).endswith(_PICTURE_ELEMENTS) for node in element.iter()):
        return False
    for node in element.iter():
        if str(node.tag).endswith("}extent"):
            sides = (node.get("cx", ""), node.get("cy", ""))
            return all(not side.isdigit() or int(side[:12]) >= _SMALL_PICTURE_EMU for side in sides)
    return True
